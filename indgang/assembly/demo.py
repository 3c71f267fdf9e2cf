"""The demo town's people, cases and keys: invented citizens, and what demo.json tells about logging in."""

from datetime import datetime
from typing import Any

from django.db import transaction

from indgang.assembly.profiles import DEMO_PASSWORD
from indgang.core.cases import services as cases_services
from indgang.core.citizens import selectors as citizens
from indgang.core.citizens import services as citizens_services
from indgang.core.organisation import selectors as organisation
from indgang.foundation.access import services as access
from indgang.foundation.access.values import KeyKind

CITIZENS = 5_000
SEED = 2005
_SHOWN = 20  # citizens named in demo.json
_PROTECTED_SHOWN = 2  # and so many whose name and address are protected


@transaction.atomic
def town(at: datetime) -> dict[str, Any]:
    """Invent the citizens and some of their cases, and give every employee of the profile a key.

    Returns the parts of demo.json that are known before the start: `api_key`, `logins` and `citizens`.
    """
    citizens_services.generate(CITIZENS, SEED, at)
    cases_services.invent_town(at)
    return {
        "api_key": access.make_key(KeyKind.SYSTEM, "demo", None, at),
        "logins": [_login(account, username, roles, at) for account, username, roles in organisation.logins(at)],
        "citizens": [
            *({"name": one.name, "cpr": one.cpr} for one in citizens.invented_people(_SHOWN)),
            *_protected(),
        ],
    }


def _protected() -> list[dict[str, Any]]:
    people = citizens.invented_people(_PROTECTED_SHOWN, protected=True)
    return [{"name": one.name, "cpr": one.cpr, "protected": True} for one in people]


def _login(account: int, username: str, roles: list[str], at: datetime) -> dict[str, str]:
    return {
        "role": roles[0] if roles else "",
        "username": username,
        "password": DEMO_PASSWORD,
        "api_key": access.make_key(KeyKind.PERSONAL, username, account, at),
    }
