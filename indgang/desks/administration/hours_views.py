"""Opening hours: every unit at a glance, the week of one channel over its periods, single dates and closing days."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from indgang.core.organisation import selectors as organisation
from indgang.core.organisation.values import Channel, DayHours, Opening, UnitCard, WeeklyHours
from indgang.desks.administration import changes
from indgang.desks.administration import hours_settings as hours
from indgang.desks.administration.answers import as_day, as_time, saved
from indgang.desks.administration.errors import BadValue
from indgang.desks.administration.gates import leads, roles_only
from indgang.desks.administration.menu import LEADERS, OPERATORS
from indgang.desks.administration.wording import hours_text, period_text, time_text, weekday_text
from indgang.foundation.access.errors import NotFound
from indgang.foundation.access.values import Role, Viewer
from indgang.foundation.runtime import clock

HERE, DAYS = "/administration/aabningstider", "/administration/aabningstider/dage"
SPANS = 2  # intervals a day: before and after a break
AHEAD = 14


@dataclass(frozen=True)
class Row:
    """One channel of one unit."""

    unit: UnitCard
    channel: str
    channel_name: str
    opening: Opening
    week: list[str]
    total: Decimal
    total_text: str
    evening: bool  # open after 17 or on a weekend
    path: str


@dataclass(frozen=True)
class EditDay:
    """One weekday of the editor."""

    number: int
    name: str
    spans: list[tuple[str, str]]


@never_cache
@require_GET
@roles_only(LEADERS | OPERATORS)
def overview(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Every unit's channels: open now, the week, hours a week."""
    at, query = clock.now(), request.GET
    kind, channel, words = query.get("slags", ""), query.get("kanal", ""), query.get("q", "")[:80].casefold()
    planned, units = organisation.planned_channels(), organisation.units(at=at)
    plans = hours.all_plans()
    now = {
        one.value: organisation.opening_many([code for code, known in planned.items() if one in known], one.value, at)
        for one in Channel
    }
    rows = [
        _row(unit, one, plans.get(hours.week_subject(unit.code, one), []), now[one][unit.code], at)
        for unit in units
        for one in planned.get(unit.code, [])
        if channel in {"", one} and kind in {"", unit.kind} and words in unit.name.casefold()
    ]
    only = query.get("kun", "")
    rows = [
        row
        for row in rows
        if not only or (only == "aften" and row.evening) or (only == "lukket" and not row.opening.open)
    ]
    context = {
        "rows": _sorted(rows, query.get("sort", "")),
        "kinds": sorted({unit.kind for unit in units}),
        "channels": [(one.value, gettext(one.label)) for one in Channel],
        "without": [unit for unit in units if unit.code not in planned and unit.kind != "authority"],
        "chosen": {"kind": kind, "channel": channel, "q": query.get("q", ""), "only": only},
        "average": hours_text(sum((row.total for row in rows), Decimal(0)) / len(rows)) if rows else "",
    }
    return render(request, "administration/hours.html", context)


@never_cache
@require_GET
@roles_only(LEADERS | OPERATORS)
def channel(request: HttpRequest, viewer: Viewer, unit: str, channel: str) -> HttpResponse:
    """The week of one channel: editor, periods, the next fourteen days."""
    return render(request, "administration/hours_channel.html", _page(viewer, unit, channel, clock.now()))


@require_POST
@roles_only(LEADERS)
def set_week(request: HttpRequest, viewer: Viewer, unit: str, channel: str) -> HttpResponse:
    """The week from a day: shown first, saved when it is confirmed."""
    at, form = clock.now(), request.POST
    subject, page = hours.week_subject(unit, channel), _page(viewer, unit, channel, at)
    new = _typed_period(form)
    plan = hours.replanned(hours.plan_of(subject), new)
    edit = changes.Edit(hours.WEEK, subject, plan, form.get("version", ""))
    if form.get("goer") == "gem":
        made = changes.change_settings(edits=[edit], viewer=viewer, at=at)
        return saved(request, made, f"{HERE}/{unit}/{channel}")
    first = max(date.fromisoformat(new["from"]), clock.today())
    ahead = changes.preview(edits=[edit], viewer=viewer, at=at, look=lambda: _days(unit, channel, first))
    now = hours.holding(hours.plan_of(subject), first)
    shown = {
        "ahead": ahead,
        "before": hours_text(hours.weekly_total(now)),
        "after": hours_text(hours.weekly_total(new)),
        "lines": hours.week_lines([new]) if new["hours"] else [gettext("Lukket hele ugen")],
    }
    context = {**page, "days": _edit_days(new), "typed": form, "preview": shown}
    return render(request, "administration/hours_channel.html", context)


@never_cache
@require_GET
@roles_only(LEADERS | OPERATORS)
def days(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Dates with other hours, and the municipality's closing days of every year."""
    today = clock.today()
    first = as_day(request.GET.get("fra", ""), today) or today
    rows = [
        (row, hours.day_subject(row.unit, row.day), hours.unit_name(row.unit))
        for row in organisation.changed_days(first, first + timedelta(days=400))
    ]
    closing = [
        (row, hours.closing_subject(row.month, row.day, row.valid_from))
        for row in organisation.closing_days()
        if row.valid_to is None or row.valid_to >= today
    ]
    context = {
        "rows": rows,
        "closing": closing,
        "first": first,
        "today": today,
        "units": _own_units(viewer),
        "may_all": viewer.has_role(Role.EXECUTIVE),
        "may_edit": viewer.has_role(*LEADERS),
    }
    return render(request, "administration/hours_days.html", context)


@require_POST
@roles_only(LEADERS)
def set_day(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Other hours on a date, for one unit or for several at once."""
    form, at = request.POST, clock.now()
    day, units = as_day(form.get("dag", "")), form.getlist("enhed")
    if day is None or day < clock.today() or not units:
        raise BadValue(what=gettext("Vælg en dag fra i dag og frem og mindst én enhed."))
    if not form.get("hvorfor", "").strip():
        raise BadValue(what=gettext("Skriv hvorfor: borgerne ser det."))
    spans = _spans(form, "")
    if form.get("lukket") != "ja" and not spans:
        raise BadValue(what=gettext("Skriv hvornår der er åbent, eller sæt kryds ved lukket."))
    value = {"reason": form["hvorfor"].strip()[:120], "hours": [] if form.get("lukket") == "ja" else spans}
    edits = [changes.Edit(hours.DAY, hours.day_subject(unit, day), value) for unit in units]
    return saved(request, changes.change_settings(edits=edits, viewer=viewer, at=at), DAYS)


@require_POST
@roles_only(LEADERS)
def restore_day(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """The date has the week's hours again."""
    made = changes.change_setting(
        setting=hours.DAY, subject=request.POST.get("dag", ""), value=None, viewer=viewer, at=clock.now()
    )
    return saved(request, made, DAYS)


@require_POST
@roles_only(frozenset({Role.EXECUTIVE.value}))
def set_closing(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """A closing day of every year, or the end of one."""
    form, today = request.POST, clock.today()
    if form.get("dag"):
        day = as_day(form.get("dag", "")) or today
        subject = hours.closing_subject(day.month, day.day, today)
        value = {"name": form.get("navn", "").strip(), "name_en": form.get("navn_en", "").strip(), "to": None}
    else:
        subject = form.get("hvad", "")
        known = hours.closing_of(subject)
        if known is None:
            raise NotFound
        value = {**known, "to": today.isoformat()}
    made = changes.change_setting(setting=hours.CLOSING, subject=subject, value=value, viewer=viewer, at=clock.now())
    return saved(request, made, DAYS)


def _row(unit: UnitCard, channel: str, plan: list[hours.Period], opening: Opening, at: datetime) -> Row:
    now = hours.holding(plan, clock.local(at).date())
    late = any(weekday > 4 or closes > "17:00" for weekday, _opens, closes in now["hours"]) if now else False
    total = hours.weekly_total(now)
    return Row(
        unit,
        channel,
        hours.channel_name(channel),
        opening,
        hours.days_of(now) if now else [],
        total,
        hours_text(total),
        late,
        f"{HERE}/{unit.code}/{channel}",
    )


def _sorted(rows: list[Row], by: str) -> list[Row]:
    keys = {
        "enhed": lambda row: row.unit.name,
        "kanal": lambda row: (row.channel_name, row.unit.name),
        "timer": lambda row: (row.total, row.unit.name),
        "nu": lambda row: (not row.opening.open, row.unit.name),
    }
    key = keys.get(by.lstrip("-"))
    return sorted(rows, key=key, reverse=by.startswith("-")) if key else rows


def _page(viewer: Viewer, unit: str, channel: str, at: datetime) -> dict[str, object]:
    card = organisation.unit(unit)
    if card is None or channel not in Channel.values:
        raise NotFound
    subject = hours.week_subject(unit, channel)
    reading = changes.read_setting(hours.WEEK, subject, at)
    now = hours.holding(reading.value, clock.local(at).date())
    return {
        "unit": card,
        "channel": channel,
        "channel_name": hours.channel_name(channel),
        "opening": organisation.opening(unit, channel, at),
        "version": reading.version,
        "periods": [
            (
                one,
                hours.days_of(one),
                hours_text(hours.weekly_total(one)),
                one is now,
                period_text(one["from"], one["to"]),
            )
            for one in reading.value
        ],
        "days": _edit_days(now),
        "typed": {},
        "ahead": _days(unit, channel, clock.local(at).date()),
        "history": changes.history(viewer, setting=hours.WEEK, subject=subject, limit=5),
        "may_edit": leads(viewer, card.id),
        "forwards": changes.read_setting("forwarding", subject, at),
        "tomorrow": clock.local(at).date() + timedelta(days=1),
    }


def _days(unit: str, channel: str, first: date) -> list[DayHours]:
    """Fourteen days from that one."""
    found = [
        one for week in range(3) for one in organisation.hours_of_week(unit, channel, first + timedelta(weeks=week))
    ]
    return [one for one in found if first <= one.day < first + timedelta(days=AHEAD)]


def _edit_days(period: hours.Period | None) -> list[EditDay]:
    known = period["hours"] if period else []
    found = []
    for number in range(7):
        spans = [(time_text(opens), time_text(closes)) for weekday, opens, closes in known if weekday == number]
        found.append(EditDay(number, weekday_text(number), [*spans, ("", ""), ("", "")][: max(SPANS, len(spans))]))
    return found


def _typed_period(form: QueryDict) -> hours.Period:
    first = as_day(form.get("fra", ""))
    last = as_day(form.get("til", ""))
    if first is None or first < clock.today():
        raise BadValue(what=gettext("Vælg en dag fra i dag og frem: det, der er sket, ændres ikke bagud."))
    rows = [
        WeeklyHours(number, time.fromisoformat(opens), time.fromisoformat(closes))
        for number in range(7)
        for opens, closes in _spans(form, str(number))
    ]
    return hours.new_period(first, last, rows, form.get("beslutning", "").strip()[:120])


def _spans(form: QueryDict, day: str) -> list[list[str]]:
    """The typed intervals of a day; half a one is refused."""
    found = []
    for opens, closes in zip(form.getlist(f"fra{day}-tid"), form.getlist(f"til{day}-tid"), strict=False):
        start, end = as_time(opens), as_time(closes)
        if (start is None) != (end is None):
            raise BadValue(what=gettext("Skriv både hvornår der åbnes, og hvornår der lukkes."))
        if start is not None and end is not None:
            found.append([start.isoformat("minutes"), end.isoformat("minutes")])
    return found


def _own_units(viewer: Viewer) -> list[UnitCard]:
    """The units whose hours this employee decides."""
    return [unit for unit in organisation.units() if leads(viewer, unit.id)]


@require_GET
@roles_only(LEADERS | OPERATORS)
def new_channel(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Lead to the page of a channel that has no hours yet."""
    unit, channel = request.GET.get("enhed", ""), request.GET.get("kanal", "")
    if organisation.unit(unit) is None or channel not in Channel.values:
        raise NotFound
    return HttpResponseRedirect(f"{HERE}/{unit}/{channel}")
