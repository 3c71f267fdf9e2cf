"""What is planned, for those who plan it: all periods of a channel's week, changed days, closing days, competences."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db.models import Q

from indgang.core.organisation.models import ChangedDay, ClosingDay, Competence, OpeningHours
from indgang.core.organisation.values import CompetenceRow, WeeklyHours
from indgang.foundation.runtime import clock


@dataclass(frozen=True)
class HoursPeriod:
    """The week of a channel in one period; what decided it stands in `source`."""

    valid_from: date
    valid_to: date | None
    hours: tuple[WeeklyHours, ...]
    source: str


@dataclass(frozen=True)
class ChangedDayRow:
    """A date with other hours than the week says; no unit: every unit. No intervals: closed."""

    unit: str  # code
    unit_name: str
    day: date
    intervals: tuple[tuple[time, time], ...]
    reason: str
    origin: str = ""  # a person or the profile
    version: int = 1


@dataclass(frozen=True)
class ClosingDayRow:
    """A day of every year on which the municipality is closed."""

    month: int
    day: int
    name: str
    name_en: str
    valid_from: date
    valid_to: date | None
    id: int = 0
    version: int = 1


def hours_plan(unit_code: str, channel: str) -> list[HoursPeriod]:
    """Every period of the channel's week, past and future, in order; a period without hours is not a row."""
    rows = OpeningHours.objects.filter(unit__code=unit_code, channel=channel)
    return _periods(rows.order_by("valid_from", "weekday", "opens"))


def hours_plans() -> dict[tuple[str, str], list[HoursPeriod]]:
    """The plan of every unit and channel in one statement."""
    found: dict[tuple[str, str], list[OpeningHours]] = {}
    for row in OpeningHours.objects.select_related("unit").order_by("valid_from", "weekday", "opens"):
        found.setdefault((row.unit.code, row.channel), []).append(row)
    return {key: _periods(rows) for key, rows in found.items()}


def _periods(rows: Iterable[OpeningHours]) -> list[HoursPeriod]:
    found: dict[tuple[date, date | None], list[OpeningHours]] = {}
    for row in rows:
        found.setdefault((row.valid_from, row.valid_to), []).append(row)
    return [
        HoursPeriod(
            first, last, tuple(WeeklyHours(row.weekday, row.opens, row.closes) for row in period), period[0].source
        )
        for (first, last), period in found.items()
    ]


def planned_channels() -> dict[str, list[str]]:
    """The channels each unit has hours for, by the unit's code."""
    found: dict[str, list[str]] = {}
    for code, channel in (
        OpeningHours.objects.order_by("unit__code", "channel").values_list("unit__code", "channel").distinct()
    ):
        found.setdefault(code, []).append(channel)
    return found


def changed_days(first: date, last: date, unit_code: str | None = None) -> list[ChangedDayRow]:
    """Dates with other hours in the period, in order; of one unit ("" for what is said of every unit), or of all."""
    rows = ChangedDay.objects.filter(day__range=(first, last), removed=False).select_related("unit")
    if unit_code is not None:
        rows = rows.filter(unit__code=unit_code) if unit_code else rows.filter(unit=None)
    grouped: dict[tuple[date, str], list[ChangedDay]] = {}
    for row in rows.order_by("day", "unit__code", "opens"):
        grouped.setdefault((row.day, row.unit.code if row.unit else ""), []).append(row)
    return [
        ChangedDayRow(
            code,
            one[0].unit.name if one[0].unit else "",
            day,
            tuple((row.opens, row.closes) for row in one if row.opens and row.closes),
            one[0].reason,
            one[0].origin,
            max(row.version for row in one),
        )
        for (day, code), one in grouped.items()
    ]


def closing_days() -> list[ClosingDayRow]:
    """The municipality's own closing days, by the calendar."""
    return [
        ClosingDayRow(row.month, row.day, row.name, row.name_en, row.valid_from, row.valid_to, row.pk, row.version)
        for row in ClosingDay.objects.order_by("month", "day", "valid_from")
    ]


def competences(employee_ids: Iterable[int], at: datetime, group: str | None = None) -> list[CompetenceRow]:
    """What these employees know now or will know later; what is past stands in the journal."""
    day = clock.local(at).date()
    rows = Competence.objects.filter(Q(valid_to=None) | Q(valid_to__gte=day), employee__in=list(employee_ids))
    if group is not None:
        rows = rows.filter(group=group)
    return [
        competence_row(row)
        for row in rows.select_related("group").order_by("employee__sort_key", "group", "valid_from")
    ]


def competence_row(row: Competence) -> CompetenceRow:
    """The row as others read it; its group is read already."""
    return CompetenceRow(
        row.pk,
        row.employee_id,
        row.group_id,
        row.proficiency,
        row.level,
        row.valid_from,
        row.valid_to,
        row.held_back,
        row.group.name,
        row.group.course_id or "",
    )
