"""What has happened to people, as a register's feed tells it: read after the last number, dealt with one by one."""

import re
from datetime import datetime
from uuid import UUID

from django.db import connection

from indgang.foundation.access import services as access
from indgang.foundation.access.values import Purpose, Viewer
from indgang.foundation.registers import condition, remembered
from indgang.foundation.registers.cpr.client import CPR, facts_of, person_of
from indgang.foundation.registers.errors import RegisterAway
from indgang.foundation.registers.models import Position
from indgang.foundation.registers.outside import Failure, UnknownPerson, call, is_connected
from indgang.foundation.registers.port import KIND, PORTS
from indgang.foundation.registers.presenting import name_of
from indgang.foundation.registers.reading import Fields
from indgang.foundation.registers.values import Change, CprPerson, Source, Subject

PURPOSE = "register"  # of looks: the change a register has told of, "register:cpr-17"
_SECONDS = 5.0
_AT_ONCE = 200
_VALUE = re.compile(r"([a-z]+)-(\d{1,18})")
_FOLLOWED = """
INSERT INTO registers_position AS p (source, change) VALUES (%s, %s)
ON CONFLICT (source) DO UPDATE SET change = excluded.change WHERE p.change < excluded.change RETURNING change
"""


def changes(source: str) -> list[Change]:
    """The next changes nobody has dealt with, oldest first; none while the register is left alone.

    Raises RegisterAway.
    """
    place = f"{source}.changes"
    if not is_connected(source) or not (state := condition.known([place])[place]).may_ask:
        return []
    after = Position.objects.filter(source=source).values_list("change", flat=True).first() or 0
    try:
        found = Fields(call(source, f"/changes?after={after}&limit={_AT_ONCE}", seconds=_SECONDS))
        told = [_change(one) for one in found.parts("aendringer")]
        if found.whole("sidste") < after or any(one.number <= after for one in told):
            raise Failure("rewound")
    except (Failure, UnknownPerson) as failure:
        condition.failed(place, getattr(failure, "fault", "malformed"))
        raise RegisterAway(name=name_of(PORTS[source].source)) from None
    if state.note_answer:
        condition.answered(place)
    return sorted(told, key=lambda one: one.number)


def mark_followed(source: str, number: int) -> bool:
    """Call it first in the transaction that deals with the change: False when somebody else has done so already."""
    with connection.cursor() as cursor:
        cursor.execute(_FOLLOWED, [source, number])
        return cursor.fetchone() is not None


def note_stuck(source: str) -> None:
    """A change could not be dealt with; operations see it."""
    condition.failed(f"{source}.changes", "stuck")


def look_up(person: Subject, change: Change, viewer: Viewer, at: datetime) -> CprPerson | None:
    """Everything CPR has about somebody a change is about, after the look is logged; None: CPR does not know them.

    Raises RegisterAway, LogUnavailable, and NotFound where the change was dealt with before.
    """
    purpose = Purpose(PURPOSE, f"{CPR.code}-{change.number}")
    access.open_for(viewer, citizen=person.id, kind=KIND, purpose=purpose, at=at, sources=(CPR.code,))
    try:
        found = person_of(person.cpr)
    except UnknownPerson:
        return None
    except Failure as failure:
        condition.failed(CPR.code, failure.fault)
        raise RegisterAway(name=name_of(CPR)) from None
    condition.answered(CPR.code)
    remembered.remember(person.id, {CPR: facts_of(found)}, at)
    return found


def is_change(value: str, citizen: UUID, viewer: Viewer) -> bool:
    """The purpose of a process that follows a register: a change that nobody has dealt with yet."""
    found = _VALUE.fullmatch(value)
    if found is None or not viewer.is_process or found[1] not in PORTS:
        return False
    return not Position.objects.filter(source=found[1], change__gte=int(found[2])).exists()


def not_followed(source: Source) -> bool:
    """Whether the feed has been read once, but not for longer than it may be left."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT answered_at < clock_timestamp() - %s::interval FROM registers_condition WHERE source = %s",
            [f"{source.stale_after.total_seconds()} seconds", f"{source.code}.changes"],
        )
        row = cursor.fetchone()
    return bool(row and row[0])


def _change(one: Fields) -> Change:
    other = one.text("andetPersonnummer", needed=False)
    return Change(one.whole("nummer"), one.text("haendelse")[:40], one.text("personnummer"), other)
