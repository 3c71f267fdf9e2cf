"""Changing opening hours: the week of a channel from a day, single dates, and the municipality's closing days.

What a person sets is marked with its origin, and a profile leaves it alone.
"""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.db.models import F, Q, QuerySet

from indgang.core.organisation import errors
from indgang.core.organisation.duties import (
    check_period,
    check_version,
    require_manager_of,
    require_town,
    unit_row,
)
from indgang.core.organisation.models import ChangedDay, ClosingDay, OpeningHours, Unit
from indgang.core.organisation.values import Channel, Origin, WeeklyHours
from indgang.foundation.access.errors import NotFound
from indgang.foundation.access.values import Viewer
from indgang.foundation.journal import services as journal

EVERY_UNIT = "organisation.unit:all"


@transaction.atomic
def set_week(
    *,
    unit: str,
    channel: str,
    rows: Sequence[WeeklyHours],
    valid_from: date,
    viewer: Viewer,
    at: datetime,
    valid_to: date | None = None,
    source: str = "",
    version: int | None = None,
) -> None:
    """The week of a unit's channel from that day; what held before ends the day before and stays as history.

    With a last day it is another week for a while: what held before holds again afterwards. `version` is the unit's
    hours_version that was read; Stale if somebody changed its hours meanwhile.
    """
    place = _place(unit, viewer)
    check_period(valid_from, valid_to)
    if channel not in Channel.values:
        raise errors.UnknownChannel(channel=channel)
    _check_hours(rows)
    if not Unit.objects.filter(Q() if version is None else Q(hours_version=version), pk=place.pk).update(
        hours_version=F("hours_version") + 1
    ):
        raise errors.Stale
    known = OpeningHours.objects.filter(unit=place, channel=channel)
    _give_way(known, valid_from, valid_to)
    OpeningHours.objects.bulk_create(
        OpeningHours(
            unit=place,
            channel=channel,
            weekday=one.weekday,
            opens=one.opens,
            closes=one.closes,
            valid_from=valid_from,
            valid_to=valid_to,
            source=source,
            origin=Origin.HAND,
        )
        for one in rows
    )
    facts: dict[str, object] = {"channel": channel, "from": valid_from.isoformat(), "intervals": len(rows)}
    facts |= {"to": valid_to.isoformat() if valid_to else None}
    journal.record("organisation.opening_hours_set", at=at, viewer_name=viewer.name, subject=place, data=facts)


@transaction.atomic
def change_day(
    *,
    unit_code: str | None,
    day: date,
    hours: Sequence[tuple[time, time]],
    reason: str,
    viewer: Viewer,
    at: datetime,
    version: int | None = None,
) -> None:
    """Other hours on one date (none: closed), for one unit or, by the municipality itself, for all."""
    unit = _place(unit_code, viewer) if unit_code is not None else None
    if unit is None:
        require_town(viewer)
    _check_hours([WeeklyHours(day.weekday(), opens, closes) for opens, closes in hours])
    known = list(ChangedDay.objects.select_for_update().filter(unit=unit, day=day))
    newest = max(known, key=lambda row: row.version, default=None)
    if newest is not None:
        check_version(newest, version)
    ChangedDay.objects.filter(pk__in=[row.pk for row in known]).delete()
    closed: list[tuple[time | None, time | None]] = [(None, None)]
    for opens, closes in hours or closed:
        ChangedDay.objects.create(
            unit=unit,
            day=day,
            opens=opens,
            closes=closes,
            reason=reason,
            origin=Origin.HAND,
            version=newest.version + 1 if newest else 1,
        )
    facts: dict[str, object] = {"day": day.isoformat(), "intervals": len(hours)}
    journal.record("organisation.day_changed", at=at, viewer_name=viewer.name, subject=unit or EVERY_UNIT, data=facts)


@transaction.atomic
def restore_day(*, unit_code: str | None, day: date, viewer: Viewer, at: datetime) -> None:
    """The date has the week's hours again, whatever a profile says of it."""
    unit = _place(unit_code, viewer) if unit_code is not None else None
    if unit is None:
        require_town(viewer)
    known = ChangedDay.objects.filter(unit=unit, day=day, removed=False)
    brought = known.filter(origin=Origin.PROFILE).exists()
    if not known.delete()[0]:
        raise NotFound
    if brought:
        ChangedDay.objects.create(unit=unit, day=day, origin=Origin.HAND, removed=True)
    journal.record(
        "organisation.day_restored",
        at=at,
        viewer_name=viewer.name,
        subject=unit or EVERY_UNIT,
        data={"day": day.isoformat()},
    )


@transaction.atomic
def put_closing_day(
    *,
    month: int,
    day: int,
    name: str,
    name_en: str,
    valid_from: date,
    valid_to: date | None = None,
    version: int | None = None,
    viewer: Viewer,
    at: datetime,
) -> ClosingDay:
    """A day of every year, from that date and up to its last day, on which the municipality is closed."""
    require_town(viewer)
    check_period(valid_from, valid_to)
    if not name.strip():
        raise errors.NameMissing
    try:
        date(2024, month, day)  # a leap year: 29 February may be one
    except ValueError:
        raise errors.BadDay from None
    row = ClosingDay.objects.select_for_update().filter(month=month, day=day, valid_from=valid_from).first()
    facts = {"name": name, "name_en": name_en, "valid_to": valid_to}
    if row is not None:
        check_version(row, version)
        if all(getattr(row, field) == value for field, value in facts.items()):
            return row
        row.version += 1
    row = row or ClosingDay(month=month, day=day, valid_from=valid_from)
    row.name, row.name_en, row.valid_to, row.origin = name, name_en, valid_to, Origin.HAND
    row.save()
    told: dict[str, object] = {"month": month, "day": day, "fields": sorted(facts)}
    journal.record("organisation.closing_day_put", at=at, viewer_name=viewer.name, subject=row, data=told)
    return row


def _place(code: str, viewer: Viewer) -> Unit:
    unit = unit_row(code)
    require_manager_of(viewer, unit.pk)
    return unit


def _give_way(known: QuerySet[OpeningHours], valid_from: date, valid_to: date | None) -> None:
    """Make room for a week: what begins in its period goes or begins after it, what runs into it ends before it."""
    after = (
        []
        if valid_to is None
        else list(known.filter(Q(valid_to=None) | Q(valid_to__gt=valid_to), valid_from__lte=valid_to))
    )
    known.filter(valid_from__gte=valid_from).filter(
        Q() if valid_to is None else Q(valid_to__lte=valid_to, valid_to__isnull=False)
    ).delete()
    known.filter(valid_from__lt=valid_from).filter(Q(valid_to=None) | Q(valid_to__gte=valid_from)).update(
        valid_to=valid_from - timedelta(days=1)
    )
    for row in after:
        assert valid_to is not None
        OpeningHours.objects.filter(pk=row.pk, valid_from__gte=valid_from).delete()
        row.pk, row.valid_from = None, valid_to + timedelta(days=1)
        row.save(force_insert=True)


def _check_hours(hours: Sequence[WeeklyHours]) -> None:
    last: WeeklyHours | None = None
    for one in sorted(hours, key=lambda row: (row.weekday, row.opens)):
        overlaps = last is not None and last.weekday == one.weekday and one.opens < last.closes
        if one.opens >= one.closes or overlaps or one.weekday not in range(7):
            raise errors.BadHours(opens=f"{one.opens:%H.%M}", closes=f"{one.closes:%H.%M}")
        last = one
