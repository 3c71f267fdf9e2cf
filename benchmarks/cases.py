"""The citizen's overview, searches, lists and new cases at 10,000 and at 100,000 cases, in one run.

    .venv/bin/python benchmarks/cases.py [--cases 100000] [--contacts 500000] [--share 10] [--rounds 10] [--times 20]

Cases, each with three documents, and contacts are made by what `indgang demo-data` calls; the smaller size has one
`--share`th of everything and the larger begins as a copy of it. The sizes take turns, question by question, the
citizens shown have equally many cases and contacts at both, and what is typed is the same, so growth is that of the
tables alone. Words drawn from the larger size stand in more documents than those of the smaller, and show more: what
such a search costs is told, without a limit to its growth. The overview is held against plain psycopg fetching the very
same rows (which the run checks), with the looks of the access log told apart. New cases: opening, a document and a note
in one transaction, through the services, beside the same rows inserted by psycopg in one transaction, with and without
a file written and synced.
"""

import argparse
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from _pages_parent import Side, environment
from _report import Report, median, p
from _start import Database, database

GROWTH, P95_MS = 1.2, 100.0
MORE_SHOWN = "search in documents, words drawn from it"
ROWS, LOOKS = ", its rows by psycopg", ", its rows and looks by psycopg"
Figures = dict[str, dict[str, Any]]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cases", type=int, default=100_000)
    parser.add_argument("--contacts", type=int, default=500_000)
    parser.add_argument("--share", type=int, default=10, help="the smaller size is this part of the larger")
    parser.add_argument("--rounds", type=int, default=10)
    parser.add_argument("--times", type=int, default=20, help="of each, in each round")
    parser.add_argument("--made", type=int, default=200, help="new cases")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    report = Report("cases")
    with database(profile=True) as db, sides(db, options, report) as (small, large):
        asked = small.do("ready", questions=options.times * 2)
        large.do("ready", questions=options.times * 2, asked=asked)
        for size, side in (("smaller", small), ("larger", large)):
            for difference in side.do("differences"):
                report.must(False, f"at the {size} size: {difference}")
        show(report, options.cases, rounds(small, large, options), [small.do("hits"), large.do("hits")])
        show_made(report, large.do("make_cases", count=options.made), options.cases)
    return report.end()


@contextmanager
def sides(db: Database, options: argparse.Namespace, report: Report) -> Iterator[tuple[Side, Side]]:
    """Both sizes, filled; the larger begins as a copy of the smaller."""
    from django.db import connections

    few = {"cases": options.cases // options.share, "contacts": options.contacts // options.share}
    more = {"cases": options.cases - few["cases"], "contacts": options.contacts - few["contacts"]}
    first = Side(environment(db, "indgang"), "_cases_side.py")
    first.do("invent", citizens=few["cases"] // 2, seed=options.seed, **few)
    first.end()
    connections.close_all()
    connections["default"].close_pool()
    with db.cluster.superuser() as connection:
        connection.execute("CREATE DATABASE larger TEMPLATE indgang OWNER indgang_owner")
    one, other = (Side(environment(db, name), "_cases_side.py") for name in ("indgang", "larger"))
    try:
        begun = time.monotonic()
        other.do("invent", citizens=more["cases"] // 2, seed=options.seed + 1, **more)
        made = f"{more['cases']:,} cases, {more['cases'] * 3:,} documents and {more['contacts']:,} contacts"
        report.add(f"{made} invented and analysed in", f"{time.monotonic() - begun:.0f} s")
        yield one, other
    finally:
        one.end()
        other.end()


def rounds(small: Side, large: Side, options: argparse.Namespace) -> tuple[list[Figures], list[Figures]]:
    """Each question at both sizes, one after the other and in turn first, so that a machine that slows down does so for
    both; the first round warms up and does not count."""
    found: tuple[list[Figures], list[Figures]] = ([], [])
    for number in range(options.rounds + 1):
        names, _ = small.do("begin"), large.do("begin")
        both: tuple[Figures, Figures] = ({}, {})
        for name in names:
            for place in (0, 1) if number % 2 else (1, 0):
                both[place][name] = (small, large)[place].do("figure", name=name, times=options.times if number else 5)
        if number:
            found[0].append(both[0])
            found[1].append(both[1])
    return found


def show(report: Report, cases: int, found: tuple[list[Figures], list[Figures]], hits: list[dict[str, float]]) -> None:
    """Percentiles over all rounds at the larger size; CPU and ratios are medians over the rounds."""
    small, large = found
    for name in large[0]:
        taken = [value for one in large for value in one[name]["ms"]]
        web, backend = (median([one[name][part] for one in large]) for part in ("web", "database"))
        if name.endswith((ROWS, LOOKS)):
            report.add(f"{name}, p50", f"{p(taken, 0.5):.2f} ms", f"CPU: web {web:.2f} + database {backend:.2f}")
            continue
        report.at_most(f"{name}, {cases:,} cases, p95", p(taken, 0.95), P95_MS, "ms")
        report.add(f"{name}, p50", f"{p(taken, 0.5):.1f} ms", f"CPU: web {web:.1f} + database {backend:.1f}")
        growth = median([cost(b[name]) / cost(a[name]) for a, b in zip(small, large, strict=True)])
        if name == MORE_SHOWN:
            report.add(f"{name}: growth of its CPU", f"{growth:.2f} x", shown_of(hits, "documents here"))
        else:
            report.at_most(f"{name}: growth of its CPU", growth, GROWTH, "x", digits=2)
    report.add("search in documents: hits of the same words", shown_of(hits, "documents"))
    for other in (ROWS, LOOKS):
        ratio = median([cost(one["overview"]) / cost(one["overview" + other]) for one in large])
        report.add(f"overview: ratio to {other[6:]}, CPU", f"{ratio:.1f} x")


def shown_of(hits: list[dict[str, float]], kind: str) -> str:
    few, many = (one[kind] for one in hits)
    return f"shows {few:.1f} documents at the smaller size and {many:.1f} at the larger"


def show_made(report: Report, made: dict[str, Any], cases: int) -> None:
    """New cases a second, and what each costs."""
    ours, bare, filed = made["ours"], made["rows"], made["rows and file"]
    parts = ", ".join(f"{count} {name}" for name, count in made["tables"].items())
    report.add("rows of a new case with a document and a note", str(sum(made["tables"].values())), parts)
    for name, one in (("by the services", ours), ("the same rows by psycopg", bare), ("and a synced file", filed)):
        cost_said = f"CPU: web {one['web']:.1f} + database {one['database']:.1f} ms"
        report.add(f"new cases a second at {cases:,}, {name}", f"{one['per_second']:.0f}", cost_said)
    report.add("new cases: ratio to the same rows", f"{ours['per_second'] / bare['per_second']:.2f}")
    report.add("new cases: ratio to the same rows and a file", f"{ours['per_second'] / filed['per_second']:.2f}")


def cost(one: dict[str, Any]) -> float:
    return float(one["web"] + one["database"])


if __name__ == "__main__":
    sys.exit(main())
