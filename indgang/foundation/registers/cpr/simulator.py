"""A person register of a town that does not exist, in a process of its own.

POST /personbasedata {"personnummer"} · GET /changes?after=N · and to make things happen and look at them:
POST /happenings {"personnummer","haendelse",…} · POST /people {"personnummer"} · GET /people
"""

import sys
from datetime import date
from typing import Any

from indgang.foundation.registers.cpr import happenings
from indgang.foundation.registers.simulating import UNKNOWN, Body, Refuse, Reply, Route, serve
from indgang.foundation.registers.town_store import Facts, TownStore, facts_of

_OF_AGE = 18


def personbasedata(store: TownStore, body: Body, key: str) -> Reply:
    """What the contract SF1520 calls PersonBaseDataExtended, as JSON."""
    cpr = str(body["personnummer"])
    with store.reading() as database:
        facts = facts_of(database, cpr)
        if facts is None:
            return UNKNOWN
        children = [one for one in facts["children"] if _is_child(one, facts_of(database, one))]
    return 200, {"persondata": _person(cpr, facts, len(children)), "adresse": _home(facts), "relationer": _ties(facts)}


def changes(store: TownStore, body: Body, key: str) -> Reply:
    """The feed."""
    return 200, store.changes(int(body.get("after", 0)), int(body.get("limit", 500)))


def people(store: TownStore, body: Body, key: str) -> Reply:
    """Somebody as kept, or how many there are."""
    if "personnummer" not in body:
        return 200, {"antal": store.count()}
    facts = store.person(str(body["personnummer"]))
    return UNKNOWN if facts is None else (200, facts)


def happen(store: TownStore, body: Body, key: str) -> Reply:
    """Let something happen to somebody."""
    kind = str(body.get("haendelse", ""))
    if kind not in happenings.KINDS:
        raise Refuse(f"haendelse er en af {', '.join(happenings.KINDS)}")
    with store.writing() as database:
        facts = facts_of(database, str(body.get("personnummer", "")))
        if facts is None:
            raise Refuse("personnummeret er ukendt")
        happenings.KINDS[kind](database, str(body["personnummer"]), facts, body)
    return 200, store.changes(0, 0)


def _person(cpr: str, facts: Facts, children: int) -> dict[str, Any]:
    protection = {
        "beskyttet": bool(facts["protected_until"]),
        "startdato": None,
        "slutdato": facts["protected_until"] or None,
    }
    return {
        "personnummer": cpr,
        "gaeldendePersonnummer": cpr,
        "navn": facts["name"],
        "foedselsdato": facts["born"],
        "koen": "M" if int(cpr[-1]) % 2 else "K",
        "antalBoernUnder18": children,
        "status": facts.get("status", "01"),
        "doedsdato": facts.get("died"),
        "civilstand": {"civilstandskode": facts["civil"], "aegtefaellePersonnummer": facts["spouse"] or None},
        "statsborgerskab": "Danmark",
        "umyndiggoerelse": bool(facts.get("guardian")),
        "adressebeskyttelse": protection,
        "vejviserbeskyttelse": protection,
        "markedsfoeringsbeskyttelse": {"beskyttet": False, "startdato": None, "slutdato": None},
        "tilmeldtNemsms": False,
        "tilmeldtDigitalpost": facts["born"] > "1945",
    }


def _home(facts: Facts) -> dict[str, Any]:
    number, _, above = facts["house"].partition(", ")
    floor, _, door = above.partition(". ")
    return {
        "kommunekode": facts["municipality"],
        "vejadresseringsnavn": facts["street"],
        "husnummer": number,
        "etage": floor or None,
        "sidedoer": door or None,
        "conavn": None,
        "lokalitet": None,
        "bynavn": None,
        "postnummer": facts["postcode"],
        "postdistrikt": facts["city"],
        "adresseringsnavn": facts["name"],
        "tilflytningsdato": facts.get("moved_in"),
    }


def _ties(facts: Facts) -> dict[str, Any]:
    return {
        "foraeldremyndighed": [{"personnummer": one} for one in facts["custodians"]],
        "boern": [{"personnummer": one} for one in facts["children"]],
        "vaerge": {"personnummer": facts["guardian"]} if facts.get("guardian") else None,
    }


def _is_child(cpr: str, facts: Facts | None) -> bool:
    if facts is None or facts.get("status") == "90":
        return False
    today, born = date.today(), date.fromisoformat(facts["born"])  # noqa: DTZ011  (an outside system's own day)
    return today < born.replace(year=born.year + _OF_AGE, day=min(born.day, 28))


ROUTES: dict[str, Route] = {"/personbasedata": personbasedata, "/changes": changes}
OWN: dict[str, Route] = {"/people": people, "/happenings": happen}

if __name__ == "__main__":
    sys.exit(serve(__doc__, ROUTES, OWN))
