"""How long it takes to find a citizen among 600,000: by name, phone, mail, address and CPR number.

    .venv/bin/python benchmarks/citizen_search.py [--people 600000] [--times 200]

Each search is held against plain psycopg fetching the very same rows by the same condition in the same run (which the
run checks), and the share of the access log (a look for each hit, committed before it shows) is told apart. Every
question is about other people. Starts a throw-away database of its own.
"""

import argparse
import sys
import time
from collections.abc import Callable
from typing import Any

from _report import Report, median, p
from _start import Database, database

LIMIT_MS = 100.0
PAGE = 21
COLUMNS = "id, name, cpr, street, house, postcode, city, provisional, protected_until"
TAIL = "AND merged_into_id IS NULL ORDER BY sort_key, id LIMIT %(limit)s"
NAME = f"""SELECT {COLUMNS} FROM citizens_person WHERE to_tsvector('simple', coalesce(replace(sort_key, '0', ' '), ''))
    @@ to_tsquery('simple', %(q)s) AND merged_into_id IS NULL ORDER BY sort_key COLLATE "C", id LIMIT %(limit)s"""
POINT = f"""SELECT {COLUMNS} FROM citizens_person WHERE id IN (SELECT person_id FROM citizens_contactpoint
    WHERE kind = %(kind)s AND value = %(q)s) {TAIL}"""
ADDRESS = f"""SELECT {COLUMNS} FROM citizens_person WHERE street_key >= %(q)s AND street_key < %(end)s
    AND house_key = %(house)s AND (%(postcode)s = '' OR postcode = %(postcode)s) {TAIL}"""
CPR = f"SELECT {COLUMNS} FROM citizens_person WHERE cpr = %(q)s {TAIL}"
LOOKS = """INSERT INTO access_lookup (id, at, actor, citizen, kind, purpose, source, outcome) SELECT uuidv7(), now(),
    'employee:1', one, 'search', 'reason:search', 'indgang', 'shown' FROM unnest(%s::uuid[]) AS one"""
Question = tuple[str, str, dict[str, str]]  # what is typed, the statement, its values


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=600_000)
    parser.add_argument("--times", type=int, default=200)
    options = parser.parse_args()
    report = Report("citizen_search")
    with database(profile=True) as db:
        fill(db, options.people, report)
        measure(db, options.times, report)
    return report.end()


def fill(db: Database, people: int, report: Report) -> None:
    """The town, and how long it takes to make it."""
    from indgang.core.citizens import services
    from indgang.foundation.runtime import clock

    start = time.perf_counter()
    made = services.generate(people, 2005, clock.now())
    report.add(
        f"{made:,} people invented with households, ties and contact points", f"{time.perf_counter() - start:.0f} s"
    )
    with db.owner() as connection:
        connection.execute("VACUUM ANALYZE")


def measure(db: Database, times: int, report: Report) -> None:
    """Every way in turn, question by question, so that both meet the same machine."""
    import psycopg

    from indgang.core.citizens import selectors
    from indgang.foundation.runtime import clock

    viewer = agent()
    with db.owner() as owner, psycopg.connect(db.url("app"), autocommit=True) as raw:
        ways = questions(owner, times + 10)
        for name, asked in ways.items():
            ours, plain, logged = [], [], []
            for number, (typed, statement, values) in enumerate(asked):
                spent, page = milliseconds(lambda q=typed: selectors.find(viewer, q, clock.now()))
                bare, rows = milliseconds(lambda s=statement, v=values: raw.execute(s, v | {"limit": PAGE}).fetchall())
                looks, _ = milliseconds(lambda f=page: raw.execute(LOOKS, [[hit.id for hit in f]]))
                visible = [row[0] for row in rows if row[-1] is None or name == "CPR number"][: PAGE - 1]
                shown = [hit.id for hit in page]
                # the page goes on past protected people; the bare question ends at its limit
                report.must(shown[: len(visible)] == visible, f"{name}: other rows than plain psycopg for {typed!r}")
                if number >= 10:
                    ours.append(spent), plain.append(bare), logged.append(looks)
            show(report, name, ours, plain, logged)


def show(report: Report, name: str, ours: list[float], plain: list[float], logged: list[float]) -> None:
    """p50, p95 and the ratio to the plain rows, with and without their looks."""
    report.at_most(f"by {name}, p95", p(ours, 0.95), LIMIT_MS, "ms")
    report.add(f"by {name}, p50", f"{median(ours):.2f} ms", f"rows {median(plain):.2f} + looks {median(logged):.2f}")
    both = [row + look for row, look in zip(plain, logged, strict=True)]
    report.add(f"by {name}: ratio to plain psycopg, p50", f"{median(ours) / median(both):.1f} x", "rows and looks")


def questions(owner: Any, count: int) -> dict[str, list[Question]]:
    """That many questions of each kind about people spread over the town."""
    rows = owner.execute(
        """SELECT p.name, p.street, p.house, p.postcode, p.cpr, p.street_key, p.house_key,
           (SELECT value FROM citizens_contactpoint c WHERE c.person_id = p.id AND kind = 'phone' LIMIT 1),
           (SELECT value FROM citizens_contactpoint c WHERE c.person_id = p.id AND kind = 'mail' LIMIT 1)
           FROM citizens_person p WHERE protected_until IS NULL ORDER BY md5(id::text) LIMIT %s""",
        [count * 3],
    ).fetchall()
    from indgang.foundation.runtime.services import sort_key

    found: dict[str, list[Question]] = {}
    for name, street, house, postcode, cpr, street_key, house_key, phone, mail in rows:
        given, last = name.split()[0], name.split()[-1]
        number = house.split(",")[0]
        typed: dict[str, Question | None] = {
            "whole name": (f"{given} {last}", NAME, words(sort_key(given), sort_key(last))),
            "family name": (last, NAME, words(sort_key(last))),
            "beginning of a name (thousands of hits)": (given[:3], NAME, words(sort_key(given[:3]))),
            "phone": (phone, POINT, {"q": phone, "kind": "phone"}) if phone else None,
            "mail": (mail, POINT, {"q": mail, "kind": "mail"}) if mail else None,
            "address": (
                f"{street} {number}, {postcode}",
                ADDRESS,
                {"q": street_key, "end": street_key + "\U0010ffff", "house": house_key, "postcode": postcode},
            ),
            "CPR number": (cpr, CPR, {"q": cpr}),
        }
        for kind, question in typed.items():
            if question is not None and len(found.setdefault(kind, [])) < count:
                found[kind].append(question)
    return found


def words(*keys: str) -> dict[str, str]:
    return {"q": " & ".join(f"{key}:*" for key in keys)}


def agent() -> Any:
    """Somebody who may search."""
    from indgang.core.organisation import selectors as organisation
    from indgang.foundation.runtime import clock

    at = clock.now()
    accounts = {username: account for account, username, roles in organisation.logins(at) if roles == ["agent"]}
    return organisation.viewer_of_account(accounts[min(accounts)], at)


def milliseconds(work: Callable[[], Any]) -> tuple[float, Any]:
    start = time.perf_counter()
    found = work()
    return (time.perf_counter() - start) * 1000, found


if __name__ == "__main__":
    sys.exit(main())
