"""What the pages about places show: the centre of an address, a unit, and opening hours by the week."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext

from indgang.core.organisation import selectors as organisation
from indgang.core.organisation.values import AddressRow, Channel, DayHours, Opening, Side, UnitCard
from indgang.entrances.site.showing import Channels, Counter
from indgang.foundation.runtime import clock
from indgang.foundation.runtime.services import sort_key

SUGGESTED_AT_MOST = 8
DAYS_AHEAD = 90  # how far ahead the pages name holidays and other days
_SHOWN = (Channel.PHONE, Channel.COUNTER)  # one may write day and night
_NOT_SHOWN = {"back_office", "authority"}  # nobody comes there
_EARLIEST, _LATEST = date(2000, 1, 1), date(2100, 1, 1)


@dataclass(frozen=True)
class ChannelHours:
    """One way to reach a unit: whether it is open now, the days to come, and how many hours a week that is."""

    name: str
    opening: Opening
    days: list[DayHours]  # the seven that come
    hours: Decimal  # in an ordinary week


@dataclass(frozen=True)
class UnitPage:
    """One unit as everybody may see it."""

    unit: UnitCard
    facilities: list[str]
    channels: list[ChannelHours]
    special_days: list[DayHours]
    neighbours: list[UnitCard]


@dataclass(frozen=True)
class SameDays:
    """Days of a week after one another that have the same hours."""

    first: date
    last: date
    hours: DayHours


@dataclass(frozen=True)
class HoursRow:
    """One unit in the list of opening hours."""

    unit: UnitCard
    opening: Opening
    week: list[SameDays]
    forwarded: str = ""  # who answers while it is closed


@dataclass(frozen=True)
class Nearest:
    """The reader's centre on the front page, and what is said to the address asked for."""

    counter: Counter | None
    week: list[SameDays]
    remembered: bool  # in this browser
    asked: dict[str, Any]  # of `finding`; empty when nobody asked


def nearest(written: str, address_id: str, channels: Channels, remembered: str, at: datetime) -> Nearest:
    """The centre of the address asked for; without one the centre this browser remembers."""
    asked = finding(written, address_id, at) if written or address_id else {}
    found = asked.get("centre")
    code = found.code if found else "" if asked else remembered
    counter = channels.counter(code)
    week: list[SameDays] = []
    if counter:
        week = _together(organisation.weeks_of([code], Channel.COUNTER, clock.local(at).date())[code])
    return Nearest(counter, week, counter is not None and code == remembered, asked)


def suggested(written: str, at: datetime) -> list[AddressRow]:
    """Addresses that begin with what is written."""
    return organisation.addresses(written, SUGGESTED_AT_MOST, at) if written else []


def finding(written: str, address_id: str, at: datetime) -> dict[str, Any]:
    """What the page says to an address: the centre, addresses to choose between, or that it is unknown."""
    rows = [] if address_id else suggested(written, at)
    chosen = organisation.address(address_id, at) if address_id else None
    if chosen is None and len(rows) == 1 and rows[0].house:
        chosen = rows[0]
    near = organisation.units_of_district(chosen.district, at) if chosen else []
    centre = next((unit for unit in near if unit.kind == "centre"), None)
    return {
        "written": _again(chosen) if chosen else written,
        "number_missing": chosen is not None and not (chosen.house or chosen.district),
        "suggested": [] if chosen else rows,
        "chosen": chosen,
        "centre": centre,
        "opening": organisation.opening(centre.code, Channel.COUNTER, at) if centre else None,
        "near": [unit for unit in near if unit != centre and unit.kind not in _NOT_SHOWN | set(Side.values)],
        "unknown": bool(written or address_id) and not (rows or chosen),
    }


def _again(chosen: AddressRow) -> str:
    """What stands in the field: the address, or a street with room for the number."""
    return chosen.text if chosen.house or chosen.district else f"{chosen.street} "


def unit_page(code: str, at: datetime) -> UnitPage | None:
    """The unit's page; None for a unit one cannot come to or that no longer stands."""
    unit = next((one for one in organisation.units(at=at) if one.code == code), None)
    if unit is None or unit.kind in _NOT_SHOWN:
        return None
    day, planned = clock.local(at).date(), organisation.planned_channels().get(code, [])
    return UnitPage(
        unit,
        [gettext(word) for word in unit.facilities],
        [_channel(unit, channel, at, day) for channel in _SHOWN if channel in planned],
        _special_days(code, day),
        [one for one in organisation.units_of_district(unit.district, at) if one != unit],
    )


def hours_page(written_day: str, at: datetime) -> dict[str, Any]:
    """Opening hours in the week of a day: the phone, the centres, other offices; job centres apart."""
    today = clock.local(at).date()
    day, wrong = _day(written_day, today)
    units = [unit for unit in organisation.units(at=at) if unit.kind not in _NOT_SHOWN]
    units.sort(key=lambda unit: sort_key(unit.name))
    phones = [unit for unit in units if unit.kind == "contact_centre"]
    centres = [unit for unit in units if unit.kind == "centre"]
    job_centres = [unit for unit in units if unit.is_job_centre]
    others = [unit for unit in units if unit not in phones + centres + job_centres]
    return {
        "day": day,
        "monday": day - timedelta(days=day.weekday()),
        "sunday": day + timedelta(days=6 - day.weekday()),
        "wrong_day": wrong,
        "this_week": day.isocalendar()[:2] == today.isocalendar()[:2],
        "phones": _rows(phones, Channel.PHONE, day, at),
        "centres": _rows(centres, Channel.COUNTER, day, at),
        "others": _rows(others, Channel.PHONE, day, at),
        "job_centres": _rows(job_centres, Channel.PHONE, day, at),
        "special_days": _special_days(phones[0].code, today) if phones else [],
    }


def _rows(units: list[UnitCard], channel: str, day: date, at: datetime) -> list[HoursRow]:
    codes = [unit.code for unit in units]
    openings, weeks = organisation.opening_many(codes, channel, at), organisation.weeks_of(codes, channel, day)
    told = organisation.forwarded(codes, channel, at)
    return [HoursRow(unit, openings[unit.code], _together(weeks[unit.code]), told.get(unit.code, "")) for unit in units]


def _channel(unit: UnitCard, channel: str, at: datetime, day: date) -> ChannelHours:
    return ChannelHours(
        gettext(str(Channel(channel).label)),
        organisation.opening(unit.code, channel, at),
        organisation.days_from(unit.code, channel, day, 7),
        organisation.hours_per_week(unit.code, channel, day),
    )


def _together(week: list[DayHours]) -> list[SameDays]:
    found: list[SameDays] = []
    for day in week:
        same = found and (found[-1].hours.intervals, found[-1].hours.reason) == (day.intervals, day.reason)
        if same:
            found[-1] = SameDays(found[-1].first, day.day, found[-1].hours)
        else:
            found.append(SameDays(day.day, day.day, day))
    return found


def _special_days(code: str, first: date) -> list[DayHours]:
    return [day for day in organisation.days_from(code, Channel.PHONE, first, DAYS_AHEAD) if day.reason]


def _day(written: str, today: date) -> tuple[date, bool]:
    """The day asked for; today for none, and for one that cannot be read (then also True)."""
    if not written:
        return today, False
    try:
        day = date.fromisoformat(written)
    except ValueError:
        return today, True
    return (day, False) if _EARLIEST <= day <= _LATEST else (today, True)
