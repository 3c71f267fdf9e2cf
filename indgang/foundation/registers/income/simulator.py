"""An income register of a town that does not exist, in a process of its own.

POST /forskudsopgoerelse {"personnummer","indkomstaar"} · POST /indkomster {"personnummer","fra","til"} ·
POST /aendringer with Idempotency-Key {"personnummer","indkomstaar","aendringer":[{"felt","beloeb"}]} ·
GET /changes?after=N · and to make things happen and look at them: POST /happenings (as /aendringer, by the citizen) ·
GET /reports · POST /people {"personnummer"}
"""

import json
import re
import sqlite3
import sys
from datetime import UTC, datetime
from typing import Any

from indgang.foundation.registers.income import inventing
from indgang.foundation.registers.simulating import UNKNOWN, Body, Refuse, Reply, Route, serve
from indgang.foundation.registers.town_store import Facts, TownStore, facts_of, happened, put

FIELDS = ("loenindkomst", "pensionsindkomst", "kapitalindkomst", "formue")
_MAY_BE_NEGATIVE = "kapitalindkomst"
_MOST = 100_000_000
_MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")


def forskudsopgoerelse(store: TownStore, body: Body, key: str) -> Reply:
    """The preliminary assessment of a year, with what was reported since."""
    cpr, year = str(body["personnummer"]), int(body["indkomstaar"])
    facts = store.person(cpr)
    if facts is None:
        return UNKNOWN
    return 200, {"personnummer": cpr, "indkomstaar": year, **_assessed(cpr, facts, year)}


def indkomster(store: TownStore, body: Body, key: str) -> Reply:
    """What employers have reported, month by month."""
    cpr, first, last = str(body["personnummer"]), str(body["fra"]), str(body["til"])
    if not (_MONTH.fullmatch(first) and _MONTH.fullmatch(last)):
        raise Refuse("fra og til er måneder som 2026-02")
    facts = store.person(cpr)
    if facts is None:
        return UNKNOWN
    return 200, {"personnummer": cpr, "indkomster": inventing.months(cpr, facts["born"], first, last)}


def aendringer(store: TownStore, body: Body, key: str) -> Reply:
    """Take a report; the same key again is the same report, with another content it is refused."""
    if not key:
        raise Refuse("en ændring har en nøgle")
    told = json.dumps(body, sort_keys=True)
    with store.writing() as database:
        row = database.execute("SELECT body, receipt FROM taken WHERE key = ?", [key]).fetchone()
        if row is not None and row[0] != told:
            raise Refuse("nøglen er brugt til en anden ændring")
        if row is None:
            reply = _change(database, body)
            if reply is not None:
                return reply
            count = database.execute("SELECT count(*) FROM taken").fetchone()[0]
            row = (told, f"K-{count + 1:06}")
            taken = [key, told, row[1], datetime.now(UTC).isoformat()]
            database.execute("INSERT INTO taken VALUES (?, ?, ?, ?)", taken)
    return 202, {"noegle": key, "kvittering": row[1]}


def happen(store: TownStore, body: Body, key: str) -> Reply:
    """The citizen changes the assessment at the tax administration's own page."""
    with store.writing() as database:
        reply = _change(database, body)
    return reply or (200, store.changes(0, 0))


def reports(store: TownStore, body: Body, key: str) -> Reply:
    """What was reported to it, oldest first."""
    with store.reading() as database:
        rows = database.execute("SELECT key, body, receipt FROM taken ORDER BY receipt").fetchall()
    return 200, [{"noegle": one, **json.loads(told), "kvittering": receipt} for one, told, receipt in rows]


def changes(store: TownStore, body: Body, key: str) -> Reply:
    """The feed."""
    return 200, store.changes(int(body.get("after", 0)), int(body.get("limit", 500)))


def people(store: TownStore, body: Body, key: str) -> Reply:
    """Somebody as kept, or how many there are."""
    if "personnummer" not in body:
        return 200, {"antal": store.count()}
    facts = store.person(str(body["personnummer"]))
    return UNKNOWN if facts is None else (200, facts)


def _change(database: sqlite3.Connection, body: Body) -> Reply | None:
    """Write the amounts and the line of the feed; an answer where the person is unknown."""
    cpr, year = str(body["personnummer"]), int(body["indkomstaar"])
    facts = facts_of(database, cpr)
    if facts is None:
        return UNKNOWN
    amounts = {str(one["felt"]): one["beloeb"] for one in body["aendringer"]}
    if not amounts:
        raise Refuse("ingen beløb")
    for field, amount in amounts.items():
        least = -_MOST if field == _MAY_BE_NEGATIVE else 0
        if field not in FIELDS or type(amount) is not int or not least <= amount <= _MOST:
            raise Refuse(f"{field[:40]} er ikke et beløb, der kan ændres")
    years: dict[str, Any] = facts.get("years", {})
    changed = years | {str(year): {**years.get(str(year), {}), **amounts}}
    put(database, cpr, facts | {"years": changed})
    happened(database, cpr, "income_changed")
    return None


def _assessed(cpr: str, facts: Facts, year: int) -> dict[str, int]:
    amounts = inventing.assessment(cpr, facts["born"], year) | facts.get("years", {}).get(str(year), {})
    return {**amounts, "skattepligtigIndkomst": inventing.taxable(amounts)}


ROUTES: dict[str, Route] = {
    "/forskudsopgoerelse": forskudsopgoerelse,
    "/indkomster": indkomster,
    "/aendringer": aendringer,
    "/changes": changes,
}
OWN: dict[str, Route] = {"/happenings": happen, "/reports": reports, "/people": people}

if __name__ == "__main__":
    sys.exit(serve(__doc__, ROUTES, OWN))
