"""A day that was tried, as it is shown: one sentence, figures beside each other, pictures, and one contact's way."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext

from indgang.desks.planning import words
from indgang.desks.planning.pictures import Band, Line, picture
from indgang.desks.planning.trials import CHANGED, PLANNED, between
from indgang.desks.planning.values import RunRow
from indgang.desks.planning.weeks import OF_DAY

_MARKED = 4  # half-hours between the hours written under a day
_FIGURES = ("arrived", "answered", "abandoned", "called_back", "left_waiting", "wait", "p95_wait", "busy_share")
_ONLY_IF_ANY = ("called_back", "left_waiting")


@dataclass(frozen=True)
class Figure:
    """One line of the figures beside each other."""

    title: str
    formula: str
    changed: str
    planned: str


@dataclass(frozen=True)
class Curve:
    """A picture with what it tells."""

    title: str
    told: str
    picture: SafeString
    lines: list[Line]
    has_band: bool = False


def shown(row: RunRow, result: dict[str, Any]) -> dict[str, Any]:
    """The context of the page."""
    given = row.input
    halves = [dict(zip(result["tables"]["halves"]["columns"], one, strict=True)) for one in _rows(result, "halves")]
    return {
        "headline": headline(given, result),
        "is_alike": _overlap(*(_between(result["figures"][way]) for way in (CHANGED, PLANNED))),
        "warnings": list(_warnings(given, result, halves)),
        "figures": list(_figures(result)),
        "formula_level": None if result["formula"] is None else words.share(result["formula"]),
        "curves": [_levels(halves), _staff(halves), _counts(halves)],
        "again": urlencode(given["asked"]),
        "one_day": len(given["days"]) == 1,
        "trace": [
            (_when(given, one[0], one[1]), words.event(one[2]), words.seconds(one[3]))
            for one in _rows(result, "one_contact")
        ],
        "followed": f"{given['follow']}.00",
    }


def _when(given: dict[str, Any], weekday: int, clock: str) -> str:
    """10.02.13, in a week with its day."""
    time = clock.replace(":", ".")
    return time if len(given["days"]) == 1 else f"{words.WEEKDAYS[weekday]} {time}"


def what_is_tried(given: dict[str, Any]) -> str:
    """Tirsdag med 3 færre på arbejde kl. 8.00-12.00 og 20 % flere henvendelser."""
    day = gettext("Hele ugen") if len(given["days"]) > 1 else str(words.WEEKDAYS[given["days"][0]]).capitalize()
    changes = list(_changes(given))
    if not changes:
        return gettext("{day} uden ændringer").format(day=day)
    *first, last = changes
    told = gettext("{first} og {last}").format(first=", ".join(first), last=last) if first else last
    return gettext("{day} med {changes}").format(day=day, changes=told)


def headline(given: dict[str, Any], result: dict[str, Any]) -> str:
    """The answer in one breath: the share in time with the change and without, each with its interval."""
    changed, planned = (_told(result["figures"][way]) for way in (CHANGED, PLANNED))
    return gettext(
        "{what}: {level} får svar inden {seconds} sekunder ({between}). Som planlagt: {planned} ({planned_between})."
    ).format(
        what=what_is_tried(given), level=changed[0], between=changed[1], planned=planned[0],
        planned_between=planned[1], seconds=words.number(given["within"]),
    )  # fmt: skip


def _changes(given: dict[str, Any]) -> Iterator[str]:
    if given["missing"]:
        yield _missing(given)
    if given["helpers"]:
        yield ngettext("{n} hjælper", "{n} hjælpere", given["helpers"]).format(n=given["helpers"])
    more = round(abs(100 * (given["calls"] - 1)), 1)
    percent = words.number(more, 0 if more == round(more) else 1)
    if given["calls"] > 1:
        yield gettext("{percent} % flere henvendelser").format(percent=percent)
    elif given["calls"] < 1:
        yield gettext("{percent} % færre henvendelser").format(percent=percent)
    if given["handling_then"] != given["handling"]:
        then, usual = (words.number(given[key]) for key in ("handling_then", "handling"))
        yield gettext("{then} sekunder til hver henvendelse (ellers {usual})").format(then=then, usual=usual)
    if given["patience_then"] != given["patience"]:
        yield gettext("{seconds} sekunders tålmodighed").format(seconds=words.number(given["patience_then"]))
    if given["call_back"]:
        yield gettext("tilbud om at blive ringet op")


def _missing(given: dict[str, Any]) -> str:
    told = ngettext("{n} færre på arbejde", "{n} færre på arbejde", given["missing"]).format(n=given["missing"])
    if (given["first"], given["last"]) == (0, OF_DAY):
        return told
    first, last = (f"{slot // 2}.{slot % 2 * 30:02d}" for slot in (given["first"], given["last"]))
    return gettext("{told} kl. {first}-{last}").format(told=told, first=first, last=last)


def _between(figures: dict[str, Any]) -> list[float]:
    return between(figures["service_level"], figures.get("half_width_95", {}).get("service_level", 0.0))


def _told(figures: dict[str, Any]) -> tuple[str, str]:
    """71 % and 68-74 %."""
    level, low, high = _between(figures)
    return _percent(level), f"{words.number(100 * low)}-{_percent(high)}"


def _percent(share: float | None) -> str:
    """Whole per cent: what the interval leaves of them is no tenth."""
    return "–" if share is None else f"{words.number(100 * share)} %"


def _overlap(one: Sequence[float], other: Sequence[float]) -> bool:
    return one[1] <= other[2] and other[1] <= one[2]


def _warnings(given: dict[str, Any], result: dict[str, Any], halves: list[dict[str, Any]]) -> Iterator[str]:
    left = result["figures"][CHANGED]["left_waiting"]
    if left:
        yield gettext(
            "{n} venter stadig, når det hele er spillet, i snit hver gang. De har intet svar fået, men er ikke med i "
            "procenterne."
        ).format(n=words.number(left))
    empty = [half for half in halves if not half["present"]]
    if empty:
        times = ", ".join(_when(given, half["weekday"], half["time"]) for half in empty[:6])
        more = gettext(" og flere") if len(empty) > 6 else ""
        yield gettext("I nogle halvtimer er ingen fra bemandingen på arbejde: {times}{more}.").format(
            times=times, more=more
        )


def _figures(result: dict[str, Any]) -> Iterator[Figure]:
    """The service level first, as in the sentence; then the rest of the table of both ways."""
    changed, planned = (_told(result["figures"][way]) for way in (CHANGED, PLANNED))
    yield Figure(str(words.COLUMNS["level"].title), "simulation", changed[0], planned[0])
    yield Figure(gettext("mellem (95 % sikkert)"), "simulation", changed[1], planned[1])
    columns = result["tables"]["ways"]["columns"]
    rows = [dict(zip(columns, one, strict=True)) for one in _rows(result, "ways")]
    for key in _FIGURES:
        if key in _ONLY_IF_ANY and not any(one[key] for one in rows):
            continue
        column = words.COLUMNS[key]
        yield Figure(str(column.title), column.formula, *(words.shown(column.kind, one[key]) for one in rows))


def _rows(result: dict[str, Any], table: str) -> list[list[Any]]:
    return list(result["tables"][table]["rows"])


def _levels(halves: list[dict[str, Any]]) -> Curve:
    title = gettext("Får svar i tide (%), halvtime for halvtime")
    lines = [
        Line(gettext("Med ændringen"), 1, _shares(halves, "level")),
        Line(gettext("Som planlagt"), 2, _shares(halves, "level_planned")),
    ]
    band = Band(_shares(halves, "level_low"), _shares(halves, "level_high"))
    known = [half for half in halves if half["level"] is not None]
    worst = min(known, key=lambda half: half["level"], default=None)
    told = (
        gettext("Dårligst {day} kl. {time}: {level} ({low}-{high}), som planlagt {planned}.").format(
            day=words.WEEKDAYS[worst["weekday"]], time=worst["time"].replace(":", "."),
            level=_percent(worst["level"]), low=words.number(100 * worst["level_low"]),
            high=_percent(worst["level_high"]), planned=_percent(worst["level_planned"]),
        )
        if worst
        else gettext("Der kommer ingen.")
    )  # fmt: skip
    return Curve(title, told, picture("svar", title, told, lines, _marks(halves), band), lines, has_band=True)


def _staff(halves: list[dict[str, Any]]) -> Curve:
    return _pair("folk", gettext("På arbejde"), halves, ("present", "present_planned"))


def _counts(halves: list[dict[str, Any]]) -> Curve:
    return _pair("antal", gettext("Henvendelser, halvtime for halvtime"), halves, ("came", "came_planned"))


def _pair(key: str, title: str, halves: list[dict[str, Any]], columns: tuple[str, str]) -> Curve:
    """Both ways as stairs, with how much of the day each has."""
    changed, planned = ([half[column] for half in halves] for column in columns)
    lines = [
        Line(gettext("Med ændringen"), 1, changed, steps=True),
        Line(gettext("Som planlagt"), 2, planned, steps=True),
    ]
    if changed == planned:
        told = gettext("Det samme som planlagt: i en halvtime mellem {least} og {most}.")
    else:
        told = gettext("I en halvtime mellem {low} og {high}; som planlagt mellem {least} og {most}.")
    told = told.format(
        low=words.number(min(changed)), high=words.number(max(changed)), least=words.number(min(planned)),
        most=words.number(max(planned)),
    )  # fmt: skip
    return Curve(title, told, picture(key, title, told, lines, _marks(halves)), lines)


def _shares(halves: list[dict[str, Any]], column: str) -> list[float]:
    """Per cent; where nobody came in any of the days played, as the half-hour before."""
    found: list[float] = []
    for half in halves:
        found.append(found[-1] if half[column] is None and found else 100 * (half[column] or 0.0))
    return found


def _marks(halves: list[dict[str, Any]]) -> list[tuple[int, str]]:
    """Days under a week, hours under a day."""
    if len({half["weekday"] for half in halves}) > 1:
        return [
            (place, str(words.WEEKDAYS[half["weekday"]]))
            for place, half in enumerate(halves)
            if not place or half["weekday"] != halves[place - 1]["weekday"]
        ]
    return [(place, half["time"].replace(":", ".")) for place, half in enumerate(halves) if not place % _MARKED]
