"""Search over the sections of cards at 5,000 and 50,000 of them, beside a bare round trip and unbounded full text.

    .venv/bin/python benchmarks/section_search.py [--sections 5000,50000] [--queries 300]

Sections are made from the words of the profile's own cards, drawn as often as they occur there. Queries are the seen
sentences of docs/triage-evaluation.md. The same queries are asked at each size.
"""

import argparse
import json
import random
import sys
import time
from datetime import UTC, datetime

from _report import Report, median, p
from _start import ROOT, database

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
SEEN = ROOT / "benchmarks" / "data" / "triage_seen.jsonl"
GROWTH = 1.5
FILL = """
INSERT INTO catalogue_cardsection (task_id, anchor, language, "order", title, text, public, vector)
SELECT task, 'b' || n, 'da', 0, 'Sådan gør du', text, true, to_tsvector('danish', text)
FROM unnest(%s::text[], %s::int[], %s::text[]) AS given(task, n, text)
"""
PLAIN = """
SELECT task_id, anchor, ts_rank_cd(vector, q, 1) FROM catalogue_cardsection, to_tsquery('danish', %s) q
WHERE vector @@ q ORDER BY 3 DESC LIMIT 10
"""


def queries(count: int) -> list[str]:
    texts = [json.loads(line)["text"] for line in SEEN.read_text().splitlines()]
    return (texts * (count // len(texts) + 1))[:count]


def fill(count: int) -> float:
    """Bring the table to that many sections; seconds a thousand new ones took."""
    from django.db import connection

    from indgang.core.catalogue.models import CardSection, Task

    words = [word for text in CardSection.objects.exclude(anchor__startswith="b0").values_list("text", flat=True)[:2000]
             for word in text.split()]  # fmt: skip
    tasks = list(Task.objects.order_by("code").values_list("code", flat=True))
    chance, have = random.Random(count), CardSection.objects.count()
    start = time.perf_counter()
    for first in range(have, count, 1000):
        numbers = range(first, min(first + 1000, count))
        texts = [" ".join(chance.choices(words, k=chance.randrange(15, 90))) for _ in numbers]
        with connection.cursor() as cursor:
            cursor.execute(FILL, [[tasks[n % len(tasks)] for n in numbers], list(numbers), texts])
    spent = time.perf_counter() - start
    return 1000 * spent / max(1, count - have)


def measure(texts: list[str]) -> dict[str, list[float]]:
    """Milliseconds of the three ways, text by text."""
    from django.db import connection

    from indgang.core.catalogue import selectors, words

    def bare(_: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            cursor.fetchone()

    def plain(text: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute(PLAIN, [" | ".join(words.tokens(words.normalise(text)))])
            cursor.fetchall()

    ways = {"a bare round trip": bare, "unbounded full text": plain, "section search": selectors.search_sections}
    for text in texts[:20]:
        for way in ways.values():
            way(text)
    found: dict[str, list[float]] = {name: [] for name in ways}
    for name, way in ways.items():
        for text in texts:
            start = time.perf_counter()
            way(text)
            found[name].append((time.perf_counter() - start) * 1000)
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sections", default="5000,50000")
    parser.add_argument("--queries", type=int, default=300)
    options = parser.parse_args()
    report = Report("section_search")
    p95: list[float] = []
    with database(profile=True):
        for count in [int(each) for each in options.sections.split(",")]:
            report.add(f"making and indexing sections up to {count:,}", f"{fill(count):.2f} s a thousand")
            found = measure(queries(options.queries))
            for name, times in found.items():
                report.add(f"{name}, {count:,} sections, p50", f"{median(times):.2f} ms")
                report.add(f"{name}, {count:,} sections, p95", f"{p(times, 0.95):.2f} ms")
            p95.append(p(found["section search"], 0.95))
        report.at_most("section search p95: growth", p95[-1] / p95[0], GROWTH, "x", digits=2)
    return report.end()


if __name__ == "__main__":
    sys.exit(main())
