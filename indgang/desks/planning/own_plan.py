"""An employee's own plan, and the secret address at which their calendar reads it."""

import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.crypto import constant_time_compare, salted_hmac

from indgang.core.organisation import selectors as organisation
from indgang.core.routing import selectors as routing
from indgang.core.routing.values import ShiftRow
from indgang.desks.planning.models import CalendarLink
from indgang.desks.planning.shifts import monday_of
from indgang.foundation.access.errors import NotFound
from indgang.foundation.access.values import Viewer, system
from indgang.foundation.journal import services as journal
from indgang.foundation.runtime import clock

WEEKS = 5
BACK, AHEAD = timedelta(days=28), timedelta(days=366)  # what a calendar is told
_READER = system("calendar")


@dataclass(frozen=True)
class OwnWeek:
    """Seven days with the shifts of each, and the working hours in all."""

    monday: date
    days: tuple[tuple[date, tuple[ShiftRow, ...]], ...]
    hours: float


def weeks(viewer: Viewer, at: datetime) -> list[OwnWeek]:
    """This week and the next ones, as they are published."""
    monday = monday_of(clock.local(at).date())
    last = monday + timedelta(days=7 * WEEKS - 1)
    rows = routing.planned_shifts(viewer, _own(viewer), monday, last)
    return [_week(monday + timedelta(days=7 * number), rows) for number in range(WEEKS)]


def own_shifts(viewer: Viewer, at: datetime) -> list[ShiftRow]:
    """What their calendar holds."""
    day = clock.local(at).date()
    return routing.planned_shifts(viewer, _own(viewer), day - BACK, day + AHEAD)


def shifts_at(secret: str, at: datetime) -> list[ShiftRow]:
    """The shifts whoever knows the address may read. Raises NotFound, also for one that was changed since."""
    number = secret.partition("-")[0]
    if not number.isascii() or not number.isdecimal() or len(number) > 12:
        raise NotFound
    row = CalendarLink.objects.filter(pk=int(number)).first()
    if row is None or not constant_time_compare(_secret(row), secret):
        raise NotFound
    card, day = organisation.employee(row.pk), clock.local(at).date()
    if card is None or (card.valid_to is not None and card.valid_to < day):
        raise NotFound
    return routing.planned_shifts(_READER, row.pk, day - BACK, day + AHEAD)


def secret_of(viewer: Viewer) -> str:
    """Their own address as it is now; empty when they have none."""
    row = CalendarLink.objects.filter(pk=_own(viewer)).first()
    return _secret(row) if row else ""


@transaction.atomic
def make_address(*, viewer: Viewer, at: datetime) -> None:
    """A new address; the one before is dead from now on."""
    facts = {"salt": secrets.token_urlsafe(32), "made_at": at}
    employee = _own(viewer)
    CalendarLink.objects.update_or_create(pk=employee, defaults=facts)
    _record("plan.calendar_opened", employee, viewer, at)


@transaction.atomic
def close_address(*, viewer: Viewer, at: datetime) -> None:
    """No address any more; without one nothing changes."""
    employee = _own(viewer)
    if CalendarLink.objects.filter(pk=employee).delete()[0]:
        _record("plan.calendar_closed", employee, viewer, at)


def _own(viewer: Viewer) -> int:
    if viewer.actor is None:
        raise NotFound
    return viewer.actor.employee


def _secret(row: CalendarLink) -> str:
    digest = salted_hmac("indgang.planning.calendar", f"{row.pk}:{row.salt}", algorithm="sha256").hexdigest()
    return f"{row.pk}-{digest}"


def _week(monday: date, rows: list[ShiftRow]) -> OwnWeek:
    days = [monday + timedelta(days=number) for number in range(7)]
    mine = [row for row in rows if row.day in days]
    return OwnWeek(
        monday, tuple((day, tuple(row for row in mine if row.day == day)) for day in days), sum(map(_hours, mine))
    )


def _hours(row: ShiftRow) -> float:
    away = row.break_to - row.break_from if row.break_to and row.break_from else timedelta()
    return (row.ends_at - row.starts_at - away).total_seconds() / 3600


def _record(verb: str, employee: int, viewer: Viewer, at: datetime) -> None:
    subject = f"organisation.employee:{employee}"
    journal.record(verb, at=at, viewer_name=viewer.name, subject=subject, data={"employee": employee})
