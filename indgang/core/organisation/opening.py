"""Opening hours read from the tables: open now, the hours of a week, and deadlines in opening hours."""

from collections.abc import Callable, Collection, Iterable
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

from django.db.models import Q
from django.utils.dates import MONTHS, WEEKDAYS
from django.utils.translation import get_language, gettext

from indgang.core.organisation import hours as calendar
from indgang.core.organisation.errors import UnknownUnit
from indgang.core.organisation.models import ChangedDay, ClosingDay, OpeningHours, Unit
from indgang.core.organisation.values import Channel, DayHours, Opening, WeeklyHours
from indgang.foundation.runtime import clock
from indgang.foundation.runtime.services import lasting, remembered

DAYS_AHEAD = 28  # how far "opens next" looks
_STRETCH = 90  # days of hours read at a time for a deadline
ChangedDays = dict[date, tuple[calendar.Times, str]]
_LONGEST = 12  # stretches: nobody promises an answer further ahead
# Deadlines of a unit whose hours nobody has entered: an answer is promised all the same.
_ORDINARY = tuple(calendar.DatedHours(WeeklyHours(weekday, time(8), time(16)), date.min, None) for weekday in range(5))


def opening(unit_code: str, channel: str, at: datetime) -> Opening:
    """Whether the unit's channel is open at that moment, in a sentence of the reader's language. UnknownUnit (404)."""
    found = opening_many([unit_code], channel, at)
    if unit_code not in found:
        raise UnknownUnit(unit=unit_code)
    return found[unit_code]


def opening_many(unit_codes: Iterable[str], channel: str, at: datetime) -> dict[str, Opening]:
    """Whether each unit's channel is open at that moment, in four statements however many they are; unknown units are
    left out. Every page says "open now" through this."""
    today = clock.local(at).date()
    units = _unit_ids(unit_codes)
    calendars = _calendars(units.values(), channel, today, DAYS_AHEAD, kept=True)
    return {code: _opening(calendars[unit], channel, at, today) for code, unit in units.items()}


def hours_of_week(unit_code: str, channel: str, day: date) -> list[DayHours]:
    """The seven days of that day's week, Monday first, with the reason where a day differs from the ordinary."""
    monday = day - timedelta(days=day.weekday())
    hours = _calendar(_unit_id(unit_code), channel, monday, 7)
    return [hours.day(monday + timedelta(days=offset)) for offset in range(7)]


def add_opening_hours(unit_code: str, channel: str, start: datetime, hours: Decimal) -> datetime:
    """When so many opening hours have passed since start. A channel without hours counts the unit's phone, then counter
    hours; a unit without any counts ordinary office hours, so that a promise can always be made. UnknownUnit (404)."""
    unit_id = _unit_id(unit_code)
    channel = _counted_channel(unit_id, channel)
    first = clock.local(start).date()
    for stretch in range(_LONGEST):
        days = _STRETCH * (stretch + 1)
        known = _calendar(unit_id, channel, first, days)
        if not known.week:
            known = calendar.Calendar(_ORDINARY, known.changed, known.closing)
        found = calendar.reach(known.intervals(first, days), start, hours)
        if found is not None:
            return found
    return start.astimezone(UTC) + timedelta(days=_STRETCH * _LONGEST)


def weeks_of(unit_codes: Iterable[str], channel: str, day: date) -> dict[str, list[DayHours]]:
    """The week of that day for each of the units, as `hours_of_week` tells one; unknown units are left out."""
    monday = day - timedelta(days=day.weekday())
    units = dict(Unit.objects.filter(code__in=set(unit_codes)).values_list("code", "pk"))
    calendars = _calendars(units.values(), channel, monday, 7)
    days = [monday + timedelta(days=offset) for offset in range(7)]
    return {code: [calendars[unit].day(one) for one in days] for code, unit in units.items()}


def days_from(unit_code: str, channel: str, first: date, days: int) -> list[DayHours]:
    """So many days from that day on; holidays, closing days and other days that differ from the week have a reason."""
    hours = _calendar(_unit_id(unit_code), channel, first, days)
    return [hours.day(first + timedelta(days=offset)) for offset in range(days)]


def hours_per_week(unit_code: str, channel: str, day: date) -> Decimal:
    """How many hours the ordinary week of that day has; days with other hours are not counted."""
    unit_id = _unit_id(unit_code)
    monday = day - timedelta(days=day.weekday())
    week = _calendar(unit_id, channel, monday, 7).week
    minutes = sum(
        (row.hours.closes.hour - row.hours.opens.hour) * 60 + row.hours.closes.minute - row.hours.opens.minute
        for row in week
        if row.holds(monday + timedelta(days=row.hours.weekday))
    )
    return (Decimal(minutes) / 60).quantize(Decimal("0.1"))


def clock_text(at: datetime) -> str:
    """A time of day as it is written: "8.00" in Danish, "8:00" in English."""
    local = clock.local(at)
    return f"{local.hour}{':' if get_language() == 'en' else '.'}{local.minute:02}"


def _opening(hours: calendar.Calendar, channel: str, at: datetime, today: date) -> Opening:
    if not hours.week and not hours.changed:
        return Opening(False, None, None, gettext("Åbningstiderne er ikke oplyst."))
    for interval in hours.intervals(today, DAYS_AHEAD):
        if interval.opens <= at < interval.closes:
            return Opening(True, interval.closes, None, _open_sentence(channel, interval.closes))
        if at < interval.opens:
            return Opening(False, None, interval.opens, _closed_sentence(interval.opens, today))
    return Opening(False, None, None, gettext("Lukket indtil videre."))


def _open_sentence(channel: str, closes: datetime) -> str:
    if channel == Channel.PHONE:
        return gettext("Telefonen er åben til kl. {time}").format(time=clock_text(closes))
    if channel == Channel.COUNTER:
        return gettext("Skranken er åben til kl. {time}").format(time=clock_text(closes))
    return gettext("Åbent til kl. {time}").format(time=clock_text(closes))


def _closed_sentence(opens: datetime, today: date) -> str:
    return gettext("Lukket. Åbner {day} kl. {time}").format(
        day=_day_text(clock.local(opens).date(), today), time=clock_text(opens)
    )


def _day_text(day: date, today: date) -> str:
    """ "i dag", "i morgen", "mandag", or with the date when it is a week or more away."""
    away = (day - today).days
    if away < 2:
        return gettext("i dag") if away == 0 else gettext("i morgen")
    weekday = str(WEEKDAYS[day.weekday()])
    if away < 7:
        return weekday
    return gettext("{weekday} {day}. {month}").format(weekday=weekday, day=day.day, month=MONTHS[day.month])


def _unit_id(code: str) -> int:
    found = _unit_ids([code])
    if code not in found:
        raise UnknownUnit(unit=code)
    return found[code]


def _unit_ids(codes: Iterable[str]) -> dict[str, int]:
    wanted, known = set(codes), _ids_read()
    missing = wanted - known.keys()
    if missing:
        known |= dict(Unit.objects.filter(code__in=missing).values_list("code", "pk"))
    return {code: known[code] for code in wanted if code in known}


@lasting("organisation_unit")
def _ids_read() -> dict[str, int]:
    return {}  # filled as units are asked for


@lasting("organisation_openinghours")
def _counted_channel(unit_id: int, channel: str) -> str:
    known = set(OpeningHours.objects.filter(unit=unit_id).values_list("channel", flat=True).distinct())
    return next((one for one in (channel, Channel.PHONE.value, Channel.COUNTER.value) if one in known), channel)


def _calendar(unit_id: int, channel: str, first: date, days: int) -> calendar.Calendar:
    return _calendars([unit_id], channel, first, days)[unit_id]


def _calendars(
    unit_ids: Collection[int], channel: str, first: date, days: int, *, kept: bool = False
) -> dict[int, calendar.Calendar]:
    """What decides the hours of each unit's channel, in three statements at most.

    `kept`: those of today, which every page asks for, last. Those of any other day are remembered for this run only:
    anybody may ask for any, and there are too many to keep.
    """
    language = get_language() or "da"
    known = (_kept_calendars if kept else _calendars_of_this_run)(channel, first, days, language)
    missing = set(unit_ids) - known.keys()
    if missing:
        known |= _read_calendars(missing, channel, first, days, language)
    return {unit: known[unit] for unit in unit_ids}


@lasting("organisation_openinghours", "organisation_changedday", "organisation_closingday")
def _kept_calendars(_channel: str, _first: date, _days: int, _language: str) -> dict[int, calendar.Calendar]:
    return {}


@remembered
def _calendars_of_this_run(_channel: str, _first: date, _days: int, _language: str) -> dict[int, calendar.Calendar]:
    return {}


def _read_calendars(
    unit_ids: Collection[int], channel: str, first: date, days: int, language: str
) -> dict[int, calendar.Calendar]:
    last = first + timedelta(days=days)
    weeks: dict[int, list[calendar.DatedHours]] = {unit: [] for unit in unit_ids}
    for row in OpeningHours.objects.filter(unit__in=list(unit_ids), channel=channel):
        hours = WeeklyHours(row.weekday, row.opens, row.closes)
        weeks[row.unit_id].append(calendar.DatedHours(hours, row.valid_from, row.valid_to))
    changed, closing = _changed(unit_ids, first, last), _closing(language)
    return {unit: calendar.Calendar(tuple(week), changed[unit], closing, language) for unit, week in weeks.items()}


def _changed(unit_ids: Collection[int], first: date, last: date) -> dict[int, ChangedDays]:
    """Days with other hours; what is said of the unit itself overrules what is said of all units."""
    said: dict[int | None, dict[date, list[ChangedDay]]] = {}
    days = ChangedDay.objects.filter(day__range=(first, last), removed=False)
    for row in days.filter(Q(unit__in=list(unit_ids)) | Q(unit=None)):
        said.setdefault(row.unit_id, {}).setdefault(row.day, []).append(row)
    return {
        unit: {
            day: (tuple((row.opens, row.closes) for row in rows if row.opens and row.closes), rows[0].reason)
            for day, rows in (said.get(None, {}) | said.get(unit, {})).items()
        }
        for unit in unit_ids
    }


def _closing(language: str) -> Callable[[date], str]:
    rows = list(ClosingDay.objects.all())

    def name(day: date) -> str:
        for row in rows:
            within = row.valid_from <= day and (row.valid_to is None or day <= row.valid_to)
            if within and (row.month, row.day) == (day.month, day.day):
                return row.name_en if language == "en" else row.name
        return ""

    return name
