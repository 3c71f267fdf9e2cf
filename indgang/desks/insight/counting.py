"""Reading the journal: each event is counted once, in the transaction that moves the reader on."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F

from indgang.core.catalogue import selectors as catalogue
from indgang.desks.insight.models import DailyFact
from indgang.foundation.journal import selectors as events
from indgang.foundation.journal import services as journal
from indgang.foundation.journal.values import JournalLine
from indgang.foundation.runtime import clock

READER = "insight.facts"
RECEIVED, FINISHED = "contact.received", "work.finished"
TAKEN = frozenset({"work.accepted", "work.taken", "work.taken_over"})
BATCH = 1000
LONGEST = 4 * 60 * 60  # seconds; work that lay open longer was left, not worked on
Key = dict[str, Any]


def count() -> int:
    """Count what has happened since the last time; how many events were read."""
    read = 0
    while batch := _next():
        read += batch
    return read


@transaction.atomic
def _next() -> int:
    lines = journal.read_after(READER, BATCH)
    for line in lines:
        if line.verb == RECEIVED:
            _add(_key(line), contacts=1)
        elif line.verb == FINISHED and line.contact:
            _finished(line)
    if lines:
        journal.advance(READER, lines[-1])
    return len(lines)


def _finished(line: JournalLine) -> None:
    """The time of one piece of work stands where its contact came in."""
    received = next((one for one in events.events_of_contact(UUID(line.contact)) if one.verb == RECEIVED), None)
    began = [one.at for one in events.events_of_subject(line.subject) if one.verb in TAKEN and one.at <= line.at]
    if received is not None and began:
        seconds = min(LONGEST, int((line.at - began[-1]).total_seconds()))
        _add(_key(received), finished=1, handling_seconds=seconds)


def _key(line: JournalLine) -> Key:
    at = clock.local(line.at)
    tasks = line.data.get("tasks")
    first = str(tasks[0]) if isinstance(tasks, list) and tasks else ""
    needs = catalogue.needs([first], [1]) if first in catalogue.codes() else []
    return {
        "day": at.date(),
        "slot": at.hour * 2 + at.minute // 30,
        "channel": str(line.data.get("channel", "")),
        "group": needs[0].group if needs else "",
        "unit": str(line.data.get("unit", "")),
    }


def _add(key: Key, **more: int) -> None:
    row, _new = DailyFact.objects.get_or_create(**key)
    DailyFact.objects.filter(pk=row.pk).update(**{name: F(name) + number for name, number in more.items()})
