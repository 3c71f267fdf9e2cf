"""Builders for tests: accounts, rights and looks."""

import json
from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import connection

from indgang.foundation.access.models import Account, Authorisation

PASSWORD = "tryg-adgang-til-alle"  # noqa: S105 (of invented people)


@lru_cache(maxsize=32)
def _hashed(password: str, hasher: str) -> str:
    """Hashing is slow on purpose; tests share the result."""
    return make_password(password)


def make_account(
    username: str = "agnes", *, password: str = PASSWORD, roles: Sequence[str] = ("agent",), is_active: bool = True
) -> Account:
    """A login; for a session in a test use `client.force_login(account)`."""
    return Account.objects.create(
        username=username,
        password=_hashed(password, settings.PASSWORD_HASHERS[0]),
        roles=[str(role) for role in roles],
        is_active=is_active,
    )


def make_authorisation(
    account: Account,
    *,
    task: str = "",
    group: str = "",
    level: int = 1,
    valid_from: date = date(2000, 1, 1),
    valid_to: date | None = None,
) -> Authorisation:
    """A right as the security leader would have given it."""
    return Authorisation.objects.create(
        account=account,
        task=task,
        group=group,
        level=level,
        valid_from=valid_from,
        valid_to=valid_to,
        granted_by="employee:0",
    )


def recorded(verb: str) -> list[tuple[str, dict[str, object]]]:
    """Who did it and the facts, of every event with this verb, also those of the test's own open transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT actor, data::text FROM journal_event WHERE verb = %s ORDER BY id", [verb])
        return [(actor, json.loads(data)) for actor, data in cursor.fetchall()]
