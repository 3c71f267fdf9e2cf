"""How long triage takes at 138 tasks, beside a bare round trip and a plain full-text query in the same run.

    .venv/bin/python benchmarks/triage.py [--texts 600]

Every text is used once: the held-out sentences of the catalogue's tests, each with other slips of the finger, so that
nothing is answered from what a process remembers of a word. Starts a throw-away database of its own.
"""

import argparse
import json
import random
import sys
import time
from datetime import UTC, datetime

from _report import Report, median, p
from _start import ROOT, database

SENTENCES = ROOT / "indgang" / "core" / "catalogue" / "tests" / "held_out.jsonl"
AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
LIMIT_MS = 25.0
NAMES = {"select_1": "a bare round trip", "plain_fts": "a plain full-text query", "triage": "triage"}
PLAIN = """
SELECT task_id, ts_rank(vector, q) FROM catalogue_searchrow, to_tsquery('danish', %s) q
WHERE language = 'da' AND vector @@ q ORDER BY 2 DESC LIMIT 5
"""


def slipped(text: str, chance: random.Random) -> str:
    """The text with one letter of one longer word dropped, doubled or swapped with the next."""
    places = [n for n in range(1, len(text) - 1) if text[n - 1 : n + 2].isalpha()]
    if not places:
        return text
    at = chance.choice(places)
    kind = chance.choice(["drop", "double", "swap"])
    new = {"drop": "", "double": text[at] * 2, "swap": text[at + 1] + text[at]}[kind]
    return text[:at] + new + text[at + (2 if kind == "swap" else 1) :]


def texts(count: int) -> list[tuple[str, str]]:
    """That many different texts with their languages, the same at every run."""
    rows = [json.loads(line) for line in SENTENCES.read_text().splitlines()]
    chance = random.Random(20260302)
    made: dict[str, str] = {}
    while len(made) < count:
        row = chance.choice(rows)
        made[slipped(slipped(row["text"], chance), chance)] = row["language"]
    return list(made.items())


def milliseconds(work: object, *given: object) -> float:
    start = time.perf_counter()
    work(*given)  # type: ignore[operator]
    return (time.perf_counter() - start) * 1000


def measure(count: int) -> dict[str, list[float]]:
    """The three ways in turn, text by text, so that all meet the same machine."""
    from django.db import connection

    from indgang.core.catalogue import selectors, words

    def bare() -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            cursor.fetchone()

    def plain(text: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute(PLAIN, [" | ".join(words.tokens(words.normalise(text)))])
            cursor.fetchall()

    def ours(text: str, language: str) -> None:
        selectors.triage(text, language=language, at=AT)

    for text, language in texts(20):
        ours(text, language)
    found: dict[str, list[float]] = {"select_1": [], "plain_fts": [], "triage": []}
    for text, language in texts(count + 20)[20:]:
        found["select_1"].append(milliseconds(bare))
        found["plain_fts"].append(milliseconds(plain, text))
        found["triage"].append(milliseconds(ours, text, language))
    return found


def show(report: Report, found: dict[str, list[float]]) -> None:
    """p50, p95 and the ratios."""
    middle = {name: median(times) for name, times in found.items()}
    for name, times in found.items():
        report.add(f"{NAMES[name]}, {len(times)} texts, p50", f"{middle[name]:.2f} ms")
    for limit in ("select_1", "plain_fts"):
        report.add(f"triage: ratio to {NAMES[limit]}, p50", f"{middle['triage'] / middle[limit]:.1f} x")
    report.at_most("triage, p95", p(found["triage"], 0.95), LIMIT_MS, "ms")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--texts", type=int, default=600)
    count = parser.parse_args().texts
    report = Report("triage")
    with database():
        from indgang.assembly import profiles

        for name in ("the whole profile loaded", "the same profile loaded again"):
            start = time.perf_counter()
            rows = profiles.load("copenhagen", at=AT).changed
            report.add(f"{name}, {rows} rows changed", f"{time.perf_counter() - start:.2f} s")
        show(report, measure(count))
    return report.end()


if __name__ == "__main__":
    sys.exit(main())
