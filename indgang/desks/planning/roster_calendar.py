"""An employee's shifts as iCalendar (RFC 5545), for whatever calendar they use. Pure."""

from collections.abc import Iterable, Mapping
from datetime import datetime, time, timedelta
from uuid import NAMESPACE_URL, uuid5
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event

from indgang.core.routing.values import ShiftRow
from indgang.desks.planning.rostering import Shift
from indgang.desks.planning.shifts import Pattern

COPENHAGEN = ZoneInfo("Europe/Copenhagen")


def calendar_of(employee: str, shifts: Iterable[Shift], patterns: Mapping[str, Pattern], made_at: datetime) -> bytes:
    """The shifts of one employee; a shift keeps its identity, so a calendar that is read again changes nothing."""
    calendar = _calendar()
    for shift in shifts:
        if shift.employee != employee:
            continue
        pattern = patterns[shift.pattern]
        midnight = datetime.combine(shift.day, time(), COPENHAGEN)
        event = Event()
        event.add("uid", str(uuid5(NAMESPACE_URL, f"{employee}/{shift.day}/{shift.pattern}")))
        event.add("dtstamp", made_at)
        event.add("dtstart", _at(midnight, pattern.start))
        event.add("dtend", _at(midnight, pattern.end))
        event.add("summary", f"Vagt {pattern.name}")
        if pattern.break_minutes:
            start = _at(midnight, pattern.break_start)
            event.add("description", f"Pause {start:%H:%M}, {pattern.break_minutes} minutter")
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def calendar_of_plan(shifts: Iterable[ShiftRow], made_at: datetime) -> bytes:
    """A published plan; no names in it, for its address is all one needs to read it."""
    calendar = _calendar()
    for shift in shifts:
        start = shift.starts_at.astimezone(COPENHAGEN)
        event = Event()
        event.add("uid", str(uuid5(NAMESPACE_URL, f"{shift.employee}/{shift.day}/{start:%H%M}")))
        event.add("dtstamp", made_at)
        event.add("dtstart", start)
        event.add("dtend", shift.ends_at.astimezone(COPENHAGEN))
        event.add("summary", f"Vagt {shift.name}")
        if shift.break_from and shift.break_to:
            first, last = shift.break_from.astimezone(COPENHAGEN), shift.break_to.astimezone(COPENHAGEN)
            event.add("description", f"Pause {first:%H:%M}-{last:%H:%M}")
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def _calendar() -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", "-//Indgang//Vagtplan//DA")
    calendar.add("version", "2.0")
    return calendar


def _at(midnight: datetime, minutes: int) -> datetime:
    """The clock's time that day; a night on which it is put forward or back has no shift."""
    return midnight.replace(hour=0) + timedelta(minutes=minutes)
