"""Opening hours as settings: the plan of a channel's week over all its periods, single dates, yearly closing days."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from indgang.core.organisation import selectors as organisation
from indgang.core.organisation import services
from indgang.core.organisation.values import Channel, WeeklyHours
from indgang.desks.administration import changes
from indgang.desks.administration.menu import LEADERS
from indgang.desks.administration.wording import (
    day_text,
    hours_between,
    hours_text,
    period_text,
    span_text,
    weekday_text,
)
from indgang.foundation.access.values import Role, Viewer

WEEK, DAY, CLOSING = "opening_hours", "changed_day", "closing_day"
EVERY_UNIT = "alle"
FOREVER = "9999-12-31"
Period = dict[str, Any]  # {"from", "to", "source", "hours": [[0, "08:00", "18:00"]]}
Day = dict[str, Any]  # {"reason", "hours": [["10:00", "14:00"]]}


def week_subject(unit: str, channel: str) -> str:
    """ "KC:phone"."""
    return f"{unit}:{channel}"


def day_subject(unit: str, day: date) -> str:
    """ "KC:2026-12-24"; "alle" for every unit."""
    return f"{unit or EVERY_UNIT}:{day.isoformat()}"


def closing_subject(month: int, day: int, first: date) -> str:
    """ "12-24:2026-01-01"."""
    return f"{month}-{day}:{first.isoformat()}"


def new_period(first: date, last: date | None, hours: list[WeeklyHours], source: str) -> Period:
    """A week from that day, as the history keeps it."""
    rows = [
        [one.weekday, one.opens.isoformat("minutes"), one.closes.isoformat("minutes")]
        for one in sorted(hours, key=lambda row: (row.weekday, row.opens))
    ]
    return {"from": first.isoformat(), "to": last.isoformat() if last else None, "source": source, "hours": rows}


def replanned(plan: list[Period], new: Period) -> list[Period]:
    """The plan with another week in it. Without a last day it replaces all that comes; with one, what held before
    holds again afterwards."""
    first, last = new["from"], new["to"] or FOREVER
    kept: list[Period] = []
    for one in plan:
        ends = one["to"] or FOREVER
        if one["from"] < first:
            kept.append({**one, "to": one["to"] if ends < first else _shifted(first, -1)})
        if new["to"] and ends > last:
            kept.append({**one, "from": max(one["from"], _shifted(last, 1))})
    return sorted([*kept, *([new] if new["hours"] else [])], key=lambda one: str(one["from"]))


def holding(plan: list[Period], day: date) -> Period | None:
    """The period in force on that day."""
    at = day.isoformat()
    return next((one for one in plan if one["from"] <= at <= (one["to"] or FOREVER)), None)


def weekly_total(one: Period | None) -> Decimal:
    """Hours open in one week."""
    return hours_between((opens, closes) for _weekday, opens, closes in one["hours"]) if one else Decimal(0)


def week_lines(plan: list[Period]) -> list[str]:
    """The plan in words, a line for each period and its days."""
    said = []
    for one in plan:
        head = gettext("{period}: {hours} om ugen").format(
            period=period_text(one["from"], one["to"]), hours=hours_text(weekly_total(one))
        )
        said += [head, *days_of(one)]
        if one["source"]:
            said.append(gettext("Beslutning: {source}").format(source=one["source"]))
    return said or [gettext("Ingen åbningstider")]


def days_of(one: Period) -> list[str]:
    """ "mandag-fredag 8.00-18.00", neighbours with the same hours together."""
    spans: dict[int, str] = {}
    for weekday, opens, closes in one["hours"]:
        spans[weekday] = ", ".join(filter(None, [spans.get(weekday, ""), span_text(opens, closes)]))
    grouped: list[tuple[int, int, str]] = []
    for weekday, said in sorted(spans.items()):
        if grouped and grouped[-1][1] == weekday - 1 and grouped[-1][2] == said:
            grouped[-1] = (grouped[-1][0], weekday, said)
        else:
            grouped.append((weekday, weekday, said))
    return [_days(first, last) + f" {said}" for first, last, said in grouped]


def _days(first: int, last: int) -> str:
    return weekday_text(first) if first == last else f"{weekday_text(first)}-{weekday_text(last)}"


def _shifted(day: str, by: int) -> str:
    return (date.fromisoformat(day) + timedelta(days=by)).isoformat()


def plan_of(subject: str, at: datetime | None = None) -> list[Period]:
    """Every period of the channel's week."""
    unit, _colon, channel = subject.partition(":")
    return [
        new_period(one.valid_from, one.valid_to, list(one.hours), one.source)
        for one in organisation.hours_plan(unit, channel)
    ]


def all_plans() -> dict[str, list[Period]]:
    """The plans of every unit's channels, by subject, in one reading."""
    return {
        week_subject(unit, channel): [
            new_period(one.valid_from, one.valid_to, list(one.hours), one.source) for one in plan
        ]
        for (unit, channel), plan in organisation.hours_plans().items()
    }


def _apply_plan(subject: str, value: list[Period], viewer: Viewer, at: datetime) -> None:
    """Clear from the first day that differs, and lay the periods anew from there."""
    unit, _colon, channel = subject.partition(":")
    known = plan_of(subject)
    same = next((i for i, pair in enumerate(zip(known, value, strict=False)) if pair[0] != pair[1]), None)
    start = min(len(known), len(value)) if same is None else same
    rest = value[start:]
    first = min(one["from"] for one in [*known[start : start + 1], *rest[:1]])
    if known[start:]:
        _week(unit, channel, {"from": first, "to": None, "source": "", "hours": []}, viewer, at)
    for one in rest:
        _week(unit, channel, one, viewer, at)


def _week(unit: str, channel: str, one: Period, viewer: Viewer, at: datetime) -> None:
    services.set_week(
        unit=unit,
        channel=channel,
        rows=[
            WeeklyHours(day, time.fromisoformat(opens), time.fromisoformat(closes))
            for day, opens, closes in one["hours"]
        ],
        valid_from=date.fromisoformat(one["from"]),
        valid_to=date.fromisoformat(one["to"]) if one["to"] else None,
        source=one["source"],
        viewer=viewer,
        at=at,
    )


def _week_name(subject: str) -> str:
    code, _colon, channel = subject.partition(":")
    return f"{unit_name(code)}: {channel_name(channel).lower()}"


def unit_name(code: str) -> str:
    """The unit's name; "Alle enheder" for what holds for all."""
    if code in {"", EVERY_UNIT}:
        return gettext("Alle enheder")
    card = organisation.unit(code)
    return card.name if card else code


def channel_name(channel: str) -> str:
    """ "Telefon"."""
    return gettext(Channel(channel).label) if channel in Channel.values else channel


def day_of(subject: str, at: datetime | None = None) -> Day | None:
    """The other hours of a date, or None when the week's hold."""
    unit, _colon, text = subject.partition(":")
    day = date.fromisoformat(text)
    found = organisation.changed_days(day, day, "" if unit == EVERY_UNIT else unit)
    if not found:
        return None
    hours = [[opens.isoformat("minutes"), closes.isoformat("minutes")] for opens, closes in found[0].intervals]
    return {"reason": found[0].reason, "hours": hours}


def _apply_day(subject: str, value: Day | None, viewer: Viewer, at: datetime) -> None:
    unit, _colon, text = subject.partition(":")
    code, day = (None if unit == EVERY_UNIT else unit), date.fromisoformat(text)
    if value is None:
        services.restore_day(unit_code=code, day=day, viewer=viewer, at=at)
        return
    hours = [(time.fromisoformat(opens), time.fromisoformat(closes)) for opens, closes in value["hours"]]
    services.change_day(unit_code=code, day=day, hours=hours, reason=value["reason"], viewer=viewer, at=at)


def _day_name(subject: str) -> str:
    unit, _colon, day = subject.partition(":")
    return f"{unit_name(unit)}, {day_text(day)}"


def day_lines(value: Day) -> list[str]:
    """The hours of the date and why."""
    spans = ", ".join(span_text(opens, closes) for opens, closes in value["hours"])
    return [line for line in (spans or gettext("Lukket"), value["reason"]) if line]


def closing_of(subject: str, at: datetime | None = None) -> dict[str, Any] | None:
    """A yearly closing day."""
    found = next(
        (one for one in organisation.closing_days() if closing_subject(one.month, one.day, one.valid_from) == subject),
        None,
    )
    if found is None:
        return None
    return {"name": found.name, "name_en": found.name_en, "to": found.valid_to.isoformat() if found.valid_to else None}


def _apply_closing(subject: str, value: dict[str, Any] | None, viewer: Viewer, at: datetime) -> None:
    """One that is taken back ends the day before it began: it never held."""
    key, _colon, first = subject.partition(":")
    month, _dash, day = key.partition("-")
    known = closing_of(subject) or {"name": "", "name_en": ""}
    wanted = value or {**known, "to": first}
    services.put_closing_day(
        month=int(month),
        day=int(day),
        name=wanted["name"],
        name_en=wanted["name_en"],
        valid_from=date.fromisoformat(first),
        valid_to=date.fromisoformat(wanted["to"]) if wanted["to"] else None,
        viewer=viewer,
        at=at,
    )


def _closing_name(subject: str) -> str:
    key = subject.partition(":")[0]
    month, _dash, day = key.partition("-")
    return gettext("{day}. i {month}. måned hvert år").format(day=day, month=month)


def closing_lines(value: dict[str, Any]) -> list[str]:
    """Its names and its last year."""
    ends = gettext("til og med {day}").format(day=day_text(value["to"])) if value["to"] else ""
    return [line for line in (value["name"], value["name_en"], ends) if line]


def _week_path(subject: str) -> str:
    return "/administration/aabningstider/" + subject.replace(":", "/")


changes.register(
    changes.Setting(
        code=WEEK,
        title=_("Åbningstider"),
        roles=LEADERS,
        read=plan_of,
        apply=_apply_plan,
        name=_week_name,
        lines=week_lines,
        path=_week_path,
    )
)
changes.register(
    changes.Setting(
        code=DAY,
        title=_("Ændret dag"),
        roles=LEADERS,
        read=day_of,
        apply=_apply_day,
        name=_day_name,
        lines=day_lines,
        path=lambda subject: "/administration/aabningstider/dage",
    )
)
changes.register(
    changes.Setting(
        code=CLOSING,
        title=_("Årlig lukkedag"),
        roles=frozenset({Role.EXECUTIVE.value}),
        read=closing_of,
        apply=_apply_closing,
        name=_closing_name,
        lines=closing_lines,
        path=lambda subject: "/administration/aabningstider/dage",
    )
)
