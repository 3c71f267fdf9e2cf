"""The simulated registers of a demo town: filled with its people, and steered through their own HTTP interfaces."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

from django.conf import settings

from indgang.foundation.registers.errors import WrongHappening
from indgang.foundation.registers.town_store import Facts, TownStore
from indgang.foundation.registers.values import TownPerson

MODES = ("ok", "slow", "hang", "down", "fail", "garbage", "error_body", "wrong_person", "truncated", "unknown_person")
_BATCH = 5_000
_SECONDS = 5


@dataclass(frozen=True)
class Simulated:
    """A simulated register as it is now; empty mode: its process does not answer."""

    code: str
    mode: str
    seconds: float


def folder(system: str) -> Path:
    """Where the simulated register keeps what it knows."""
    return Path(settings.DATA) / "simulators" / system


def fill(people: Iterable[TownPerson]) -> int:
    """Make the people known to the simulated registers; who is known already stays as they are. How many are new."""
    persons, incomes = TownStore(folder("cpr")), TownStore(folder("income"))
    stream, added = iter(people), 0
    while batch := list(islice(stream, _BATCH)):
        added += persons.fill((one.cpr, _person(one)) for one in batch)
        incomes.fill((one.cpr, {"born": one.born.isoformat()}) for one in batch)
        persons.set_guardians((ward, one.cpr) for one in batch for ward in one.guards)
    return added


def is_filled() -> bool:
    """Whether the simulated registers know anybody."""
    return TownStore(folder("cpr")).count() > 0


def simulated(system: str) -> Simulated:
    """How the simulated register behaves."""
    try:
        found = _call(system, "GET", "/behaviour")
    except (URLError, OSError, ValueError):
        return Simulated(system, "", 0.0)
    return Simulated(system, str(found.get("mode", "")), float(found.get("seconds", 0)))


def behave(system: str, mode: str, seconds: float) -> bool:
    """From now on; whether the simulator took it."""
    try:
        _call(system, "PUT", "/behaviour", {"mode": mode, "seconds": seconds})
    except (URLError, OSError, ValueError):
        return False
    return True


def happen(system: str, facts: dict[str, object]) -> None:
    """Let something happen to somebody of the town. Raises WrongHappening."""
    try:
        _call(system, "POST", "/happenings", facts)
    except HTTPError as refused:
        raise WrongHappening(why=_said(refused)) from None
    except (URLError, OSError, ValueError):
        raise WrongHappening(why="simulatoren svarer ikke") from None


def _person(one: TownPerson) -> Facts:
    return {
        "name": one.name,
        "born": one.born.isoformat(),
        "street": one.street,
        "house": one.house,
        "postcode": one.postcode,
        "city": one.city,
        "municipality": one.municipality,
        "protected_until": one.protected_until.isoformat() if one.protected_until else "",
        "civil": "G" if one.spouse else "U",
        "spouse": one.spouse,
        "children": list(one.children),
        "custodians": list(one.custodians),
    }


def _call(system: str, method: str, path: str, body: dict[str, object] | None = None) -> dict[str, Any]:
    content = None if body is None else json.dumps(body).encode()
    request = Request(settings.REGISTERS[system]["url"] + path, data=content, method=method)  # noqa: S310
    with urlopen(request, timeout=_SECONDS) as response:  # noqa: S310
        found: dict[str, Any] = json.loads(response.read())
        return found


def _said(refused: HTTPError) -> str:
    try:
        return str(json.loads(refused.read()).get("tekst", ""))[:120]
    except (ValueError, AttributeError):
        return str(refused.code)
