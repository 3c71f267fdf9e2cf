"""Search inside documents at 30,000 and 300,000 of them, as agent and caseworker, beside the same words unbounded.

    .venv/bin/python benchmarks/document_search.py [--documents 30000,300000] [--queries 200]

Documents are made from the words of the profile's own cards, drawn as often as they occur there, 40 to 400 words each,
three on a case; every word also has endings of its own, so that there are rare ones. Queries are one to three words
drawn alike. Only documents of cases one may see are found, each with the words around what was found in it, and every
hit is written to the access log.
"""

import argparse
import random
import sys
import time
from datetime import UTC, datetime, timedelta
from typing import Any

from _report import Report, median, p
from _start import Database, database

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
GROWTH = 1.5
P95 = 100.0  # ms, on a quiet machine
_ON_A_CASE = 3
_AT_ONCE = 3000
_ENDINGS = 400
FILL = """
INSERT INTO cases_documentversion (id, document_id, number, name, media_type, size, digest, pages, damaged, scan_found,
                                   read_at, tries, words, at, author, note)
SELECT v, d, 1, 'brev.pdf', 'application/pdf', 1, repeat('0', 64), 1, '', '', now(), 1, to_tsvector('danish', text),
       now(), 'system:benchmark', ''
FROM unnest(%s::uuid[], %s::uuid[], %s::text[]) AS given(v, d, text)
"""
KEEP = """
INSERT INTO cases_documenttext (version_id, text) SELECT v, text FROM unnest(%s::uuid[], %s::text[]) AS given(v, text)
"""
INDEX = "CREATE INDEX version_words ON cases_documentversion USING gin (words) WITH (fastupdate = off)"
PLAIN = """
SELECT id FROM cases_documentversion WHERE words @@ to_tsquery('danish', %s) ORDER BY id DESC LIMIT 20
"""


def vocabulary() -> list[str]:
    """The words of the cards, as often as they stand there."""
    from indgang.core.catalogue.models import CardSection

    texts = CardSection.objects.values_list("text", flat=True)[:2000]
    return [word for text in texts for word in text.split() if word.isalpha()]


def fill(base: Database, count: int, words: list[str]) -> float:
    """Bring the tables to that many documents; seconds a thousand new ones took, words and indexes included."""
    from django.db import connection

    from indgang.core.cases.models import Case, Document
    from indgang.core.catalogue.models import Task
    from indgang.core.organisation.models import Unit
    from indgang.foundation.runtime.services import uuid7

    tasks = list(Task.objects.order_by("code").values_list("code", "administration_id"))
    units = list(Unit.objects.order_by("pk").values_list("pk", flat=True))
    chance, have = random.Random(count), Document.objects.count()
    start = time.perf_counter()
    with base.owner() as owner_of:
        owner_of.execute("DROP INDEX version_words")
    for first in range(have, count, _AT_ONCE):
        at = AT - timedelta(days=400) + timedelta(minutes=first // _ON_A_CASE)
        cases = []
        for number in range(first // _ON_A_CASE, (first + _AT_ONCE) // _ON_A_CASE):
            task, owner = chance.choice(tasks)
            cases.append(
                Case(
                    id=uuid7(at), number=f"B-{number}", title="Ansøgning", task_id=task, administration_id=owner,
                    unit_id=chance.choice(units), opened_at=at, progress="opened",
                )
            )  # fmt: skip
        Case.objects.bulk_create(cases)
        documents = [
            Document(id=uuid7(at), case=case, title="Brev", kind="in", dated=at, author="system:benchmark")
            for case in cases
            for _ in range(_ON_A_CASE)
        ]
        Document.objects.bulk_create(documents)
        texts = [text(words, chance) for _ in documents]
        with connection.cursor() as cursor:
            versions = [uuid7(at) for _ in documents]
            cursor.execute(FILL, [versions, [one.id for one in documents], texts])
            cursor.execute(KEEP, [versions, texts])
    with base.owner() as owner_of:
        owner_of.execute("SET maintenance_work_mem = '256MB'")
        owner_of.execute(INDEX)
    spent = time.perf_counter() - start
    with base.owner() as owner_of:
        owner_of.execute("VACUUM ANALYZE")
    return 1000 * spent / max(1, count - have)


def text(words: list[str], chance: random.Random) -> str:
    """A letter: common words, and now and then one that hardly any other letter has."""
    drawn = chance.choices(words, k=chance.randrange(40, 400))
    return " ".join(word if chance.random() < 0.9 else rare(word, chance) for word in drawn)


def rare(word: str, chance: random.Random) -> str:
    return f"{word}x{chance.randrange(_ENDINGS)}q"


def queries(words: list[str], count: int) -> list[str]:
    chance = random.Random(7)
    return [
        " ".join(rare(word, chance) if chance.random() < 0.3 else word for word in chance.choices(words, k=size))
        for size in (chance.choice((1, 1, 2, 3)) for _ in range(count))
    ]


def people() -> dict[str, Any]:
    """Who searches: everybody's agent, the caseworker of one unit, and a program that sees all."""
    from indgang.core.organisation.models import CompetenceGroup, Unit
    from indgang.core.organisation.testing import make_employee, viewer_of
    from indgang.foundation.access.values import system

    groups = list(CompetenceGroup.objects.order_by("code").values_list("code", flat=True))
    centre = Unit.objects.filter(kind="contact_centre").first()
    office = Unit.objects.exclude(kind="contact_centre").order_by("pk").first()
    agent = make_employee("Agnes Agent", unit=centre, groups={code: (3, 1) for code in groups})
    worker = make_employee("Filippa Falk", unit=office, roles=["caseworker"], groups={groups[0]: (5, 3)})
    return {"agent": viewer_of(agent, AT), "caseworker": viewer_of(worker, AT), "program": system("benchmark")}


def measure(found: dict[str, Any], texts: list[str]) -> dict[str, list[float]]:
    """Milliseconds of each way, query by query."""
    from django.db import connection

    from indgang.core.cases import selectors
    from indgang.core.cases.search_words import words_asked

    def plain(q: str) -> None:
        asked = words_asked(q)
        with connection.cursor() as cursor:
            cursor.execute(PLAIN, [asked.get_source_expressions()[-1].value if asked is not None else "''"])
            cursor.fetchall()

    ways: dict[str, Any] = {"the same words unbounded": plain}
    for name, viewer in found.items():
        ways[f"search as {name}"] = lambda q, viewer=viewer: selectors.search_documents(viewer, q, at=AT)
    for q in texts[:20]:
        for way in ways.values():
            way(q)
    times: dict[str, list[float]] = {name: [] for name in ways}
    for name, way in ways.items():
        for q in texts:
            start = time.perf_counter()
            way(q)
            times[name].append((time.perf_counter() - start) * 1000)
    return times


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", default="30000,300000")
    parser.add_argument("--queries", type=int, default=200)
    options = parser.parse_args()
    report = Report("document_search")
    p95: list[float] = []
    with database(profile=True) as base:
        words = vocabulary()
        asked = queries(words, options.queries)
        found = people()
        for count in [int(each) for each in options.documents.split(",")]:
            report.add(f"making and indexing documents up to {count:,}", f"{fill(base, count, words):.2f} s a thousand")
            times = measure(found, asked)
            for name, each in times.items():
                report.add(f"{name}, {count:,} documents, p50", f"{median(each):.2f} ms")
                report.add(f"{name}, {count:,} documents, p95", f"{p(each, 0.95):.2f} ms")
            worst = max(p(each, 0.95) for name, each in times.items() if name.startswith("search"))
            p95.append(worst)
        report.at_most("document search p95", p95[-1], P95, "ms")
        report.at_most("document search p95: growth", p95[-1] / p95[0], GROWTH, "x", digits=2)
    return report.end()


if __name__ == "__main__":
    sys.exit(main())
