"""Reading the journal: each event is counted once, in the transaction that moves the reader on."""

from collections import Counter
from datetime import date
from functools import lru_cache
from pathlib import Path
from uuid import UUID

from django.db import connection, transaction

from indgang.core.catalogue import selectors as catalogue
from indgang.core.organisation import selectors as organisation
from indgang.desks.insight.facts import ARRIVED, CHANGING, Key, Naming, Sums, difference, facts_of
from indgang.desks.insight.models import DailyFact, Series
from indgang.foundation.journal import selectors as events
from indgang.foundation.journal import services as journal
from indgang.foundation.journal.values import JournalLine
from indgang.foundation.runtime import clock

READER = "insight.facts"
BATCH = 1000
COLUMNS = ("contacts", "finished", "handling_seconds")
_LOCK = 0x1457AC75  # one counter at a time, whether job or command
_ADD = (Path(__file__).parent / "sql" / "add_facts.sql").read_text()
_SEEN = (Path(__file__).parent / "sql" / "see_series.sql").read_text()


def count() -> int:
    """Count what has happened since the last time; how many events were read."""
    read = 0
    while batch := _next():
        read += batch
    return read


@transaction.atomic
def forget() -> None:
    """Throw the facts away and begin at the journal's first event: `count` makes them again."""
    _alone()
    DailyFact.objects.all().delete()
    Series.objects.all().delete()
    first = JournalLine(str(UUID(int=0)), clock.now(), "", "", "", None, None, None, None, {}, 0)
    journal.advance(READER, first)


@transaction.atomic
def _next() -> int:
    _alone()
    lines = journal.read_after(READER, BATCH)
    naming, sums = _naming(), Counter[tuple[Key, str]]()
    histories: dict[str, list[JournalLine]] = {}
    for line in lines:
        if line.verb in ARRIVED:
            sums.update(facts_of([line], naming))
        elif line.verb in CHANGING and line.contact:
            if line.contact not in histories:
                histories[line.contact] = events.events_of_contact(UUID(line.contact))
            sums.update(difference(histories[line.contact], line, naming))
    _store(sums)
    if lines:
        journal.advance(READER, lines[-1])
    return len(lines)


def _alone() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


def _naming() -> Naming:
    """Names that do not change while a batch is counted."""

    @lru_cache(maxsize=2000)
    def group_of(task: str) -> str:
        head = catalogue.heads([task]).get(task) if task else None
        return head.group if head else ""

    @lru_cache(maxsize=10_000)
    def unit_of_actor(actor: str) -> str:
        kind, _colon, number = actor.partition(":")
        card = organisation.employee(int(number)) if kind == "employee" and number.isdecimal() else None
        unit = organisation.unit(card.unit_id) if card else None
        return unit.code if unit else ""

    def unit_of(line: JournalLine) -> str:
        """As the event says; older events of contacts opened by hand say only who opened them."""
        said = line.data.get("unit")
        if said is None and line.verb == "contact.opened_by_hand":
            return unit_of_actor(line.actor)
        return str(said or "")

    return Naming(group_of, unit_of)


def _store(sums: Sums) -> None:
    rows: dict[Key, dict[str, int]] = {}
    for (key, column), number in sums.items():
        rows.setdefault(key, dict.fromkeys(COLUMNS, 0))[column] += number
    told = [(key, row) for key, row in rows.items() if any(row.values())]
    told.sort(key=lambda pair: (pair[0].day, pair[0].slot, pair[0].channel, pair[0].group, pair[0].unit))
    given: list[tuple[date | int | str, ...]] = [
        (key.day, key.slot, key.channel, key.group, key.unit, *(row[column] for column in COLUMNS)) for key, row in told
    ]
    series = [(key.channel, key.group, key.unit, key.day, key.day, row["contacts"]) for key, row in told]
    if given:
        with connection.cursor() as cursor:
            cursor.executemany(_ADD, given)
            cursor.executemany(_SEEN, series)
