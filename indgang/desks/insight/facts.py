"""What the events of one contact add to the facts: a pure function of them, so that counting anew gives the same."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from indgang.foundation.journal.values import JournalLine
from indgang.foundation.runtime import clock

ARRIVED = ("contact.received", "contact.opened_by_hand")
TAKEN = frozenset({"work.accepted", "work.taken", "work.taken_over"})
FINISHED = "work.finished"
CHANGING = frozenset({"contact.tasks_set", "contact.closed", FINISHED})  # may change what was counted before
LONGEST = 4 * 60 * 60  # seconds; work that lay open longer was left, not worked on


@dataclass(frozen=True)
class Key:
    """Which fact: the half-hour it came in, how, about what, and where."""

    day: date
    slot: int
    channel: str
    group: str
    unit: str


@dataclass(frozen=True)
class Naming:
    """What the events do not say themselves."""

    group_of: Callable[[str], str]  # of a task's code; "" where it has none
    unit_of: Callable[[JournalLine], str]  # the code of the unit that took the inquiry in


Sums = Counter[tuple[Key, str]]  # (fact, its column) -> number


def facts_of(events: Sequence[JournalLine], naming: Naming) -> Sums:
    """The contact itself, and each finished piece of work with its seconds; of events in their order."""
    sums: Sums = Counter()
    arrived = next((one for one in events if one.verb in ARRIVED), None)
    if arrived is None:
        return sums
    key = _key(arrived, _task_of(events), naming)
    sums[key, "contacts"] = 1
    for place, line in enumerate(events):
        if line.verb == FINISHED and (seconds := _seconds(events[:place], line)) is not None:
            sums[key, "finished"] += 1
            sums[key, "handling_seconds"] += seconds
    return sums


def difference(events: Sequence[JournalLine], line: JournalLine, naming: Naming) -> Sums:
    """What one event of a contact changes in the facts."""
    before = [one for one in events if (one.position, one.id) < (line.position, line.id)]
    changed = facts_of([*before, line], naming)
    changed.subtract(facts_of(before, naming))
    return Counter({key: number for key, number in changed.items() if number})


def _key(arrived: JournalLine, task: str, naming: Naming) -> Key:
    at = clock.local(arrived.at)
    channel = str(arrived.data.get("channel", ""))
    return Key(at.date(), at.hour * 2 + at.minute // 30, channel, naming.group_of(task), naming.unit_of(arrived))


def _task_of(events: Iterable[JournalLine]) -> str:
    """The first of the tasks last said; empty while none is known."""
    task = ""
    for line in events:
        said = line.data.get("tasks")
        if isinstance(said, list) and said:
            task = str(said[0])
    return task


def _seconds(before: Sequence[JournalLine], finished: JournalLine) -> int | None:
    """From when it was last taken; None where nobody took it."""
    taken = [one.at for one in before if one.verb in TAKEN and one.subject == finished.subject]
    return min(LONGEST, int((finished.at - taken[-1]).total_seconds())) if taken else None
