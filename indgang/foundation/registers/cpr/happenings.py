"""What can happen to people of the simulated register: each writes what is true now, and its line in the feed."""

import random
import sqlite3
from collections.abc import Callable
from datetime import date, timedelta

from indgang.foundation.registers.simulating import Body, Refuse
from indgang.foundation.registers.town_store import Facts, facts_of, happened, put

Happening = Callable[[sqlite3.Connection, str, Facts, Body], None]
_ADDRESS = ("street", "house", "postcode", "city", "municipality")
_DEAD = "90"
_YEAR = timedelta(days=365)


def moved(database: sqlite3.Connection, cpr: str, facts: Facts, body: Body) -> None:
    """To the address given, else to where somebody of the town lives."""
    if body.get("vej"):
        names = ("vej", "hus", "postnummer", "by")
        if not all(str(body.get(name, "")).strip() for name in names):
            raise Refuse("en adresse har vej, hus, postnummer og by")
        place = dict(zip(_ADDRESS, [*(str(body[name]).strip() for name in names), facts["municipality"]], strict=True))
        place["municipality"] = str(body.get("kommunekode") or facts["municipality"])
    else:
        place = _somewhere(database, cpr)
    put(database, cpr, facts | place | {"moved_in": _day(body)})
    happened(database, cpr, "moved")


def died(database: sqlite3.Connection, cpr: str, facts: Facts, body: Body) -> None:
    """A spouse who is left is a widow or widower."""
    if facts.get("status") == _DEAD:
        raise Refuse("personen er død")
    put(database, cpr, facts | {"status": _DEAD, "civil": "D", "spouse": "", "died": _day(body)})
    happened(database, cpr, "died")
    left = facts_of(database, facts["spouse"]) if facts["spouse"] else None
    if left is not None:
        put(database, facts["spouse"], left | {"civil": "E", "spouse": ""})


def renamed(database: sqlite3.Connection, cpr: str, facts: Facts, body: Body) -> None:
    """The name given."""
    name = " ".join(str(body.get("navn", "")).split())
    if not name:
        raise Refuse("skriv et navn")
    put(database, cpr, facts | {"name": name})
    happened(database, cpr, "renamed")


def protection_set(database: sqlite3.Connection, cpr: str, facts: Facts, body: Body) -> None:
    """For a year, CPR act s. 28."""
    put(database, cpr, facts | {"protected_until": (date.fromisoformat(_day(body)) + _YEAR).isoformat()})
    happened(database, cpr, "protection_set")


def protection_lifted(database: sqlite3.Connection, cpr: str, facts: Facts, body: Body) -> None:
    put(database, cpr, facts | {"protected_until": ""})
    happened(database, cpr, "protection_lifted")


def child_born(database: sqlite3.Connection, cpr: str, facts: Facts, body: Body) -> None:
    """The child has the address of this parent, and a spouse is its other parent."""
    born = date.fromisoformat(_day(body))
    child = _new_number(database, born)
    parents = [one for one in (cpr, facts["spouse"]) if one]
    name = " ".join(str(body.get("navn", "")).split()) or f"Unavngivet {facts['name'].split()[-1]}"
    put(
        database,
        child,
        {name: facts[name] for name in _ADDRESS}
        | {"name": name, "born": born.isoformat(), "protected_until": facts["protected_until"], "civil": "U"}
        | {"spouse": "", "children": [], "custodians": parents, "moved_in": born.isoformat()},
    )
    for parent in parents:
        known = facts_of(database, parent)
        if known is not None:
            put(database, parent, known | {"children": [*known["children"], child]})
            happened(database, parent, "child_born", child)


def married(database: sqlite3.Connection, cpr: str, facts: Facts, body: Body) -> None:
    """To somebody of the register who is free."""
    other = str(body.get("aegtefaelle", ""))
    theirs = facts_of(database, other)
    if theirs is None or other == cpr:
        raise Refuse("aegtefaelle er personnummeret på en anden, som registret kender")
    if facts["spouse"] or theirs["spouse"]:
        raise Refuse("en af dem er gift")
    for one, known, with_whom in ((cpr, facts, other), (other, theirs, cpr)):
        put(database, one, known | {"civil": "G", "spouse": with_whom})
        happened(database, one, "married", with_whom)


def divorced(database: sqlite3.Connection, cpr: str, facts: Facts, body: Body) -> None:
    if not facts["spouse"]:
        raise Refuse("personen er ikke gift")
    for one, other in ((cpr, facts["spouse"]), (facts["spouse"], cpr)):
        known = facts_of(database, one)
        if known is not None:
            put(database, one, known | {"civil": "F", "spouse": ""})
            happened(database, one, "divorced", other)


KINDS: dict[str, Happening] = {
    "moved": moved,
    "died": died,
    "renamed": renamed,
    "protection_set": protection_set,
    "protection_lifted": protection_lifted,
    "child_born": child_born,
    "married": married,
    "divorced": divorced,
}


def _day(body: Body) -> str:
    """The day given, else the machine's."""
    return date.fromisoformat(str(body.get("dato") or date.today())).isoformat()  # noqa: DTZ011  (its own day)


def _somewhere(database: sqlite3.Connection, cpr: str) -> Facts:
    row = database.execute("SELECT cpr FROM people WHERE cpr <> ? ORDER BY random() LIMIT 1", [cpr]).fetchone()
    host = facts_of(database, row[0]) if row else None
    if host is None:
        raise Refuse("der er ikke et sted at flytte hen")
    return {name: host[name] for name in _ADDRESS}


def _new_number(database: sqlite3.Connection, born: date) -> str:
    """Of this century, used by nobody, with a check digit that is wrong: it is nobody's real number."""
    weights = (4, 3, 2, 7, 6, 5, 4, 3, 2, 1)
    while True:
        number = f"{born:%d%m%y}{random.randint(4, 8)}{random.randrange(1000):03}"  # noqa: S311  (not secret)
        checked = sum(weight * int(digit) for weight, digit in zip(weights, number, strict=True)) % 11
        if checked and facts_of(database, number) is None:
            return number
