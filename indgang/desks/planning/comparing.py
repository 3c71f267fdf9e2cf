"""Options side by side as they are shown: figures with their formulas, staff curves, who waits for ever."""

from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from indgang.desks.planning import words
from indgang.desks.planning.pictures import Line, picture
from indgang.desks.planning.sheets import Sheet

_FIGURES = (
    (_("Centre"), "centres", "count", "dimensioning"),
    (_("Timer på arbejde om ugen"), "hours_at_work", "figure", "dimensioning"),
    (_("Fuldtidsansatte"), "full_time", "figure", "dimensioning"),
    (_("Flest på arbejde samtidig"), "peak", "count", "dimensioning"),
    (_("Løn om året (kr.)"), "wages_yearly", "money", "dimensioning"),
    (_("Centrenes drift om året (kr.)"), "centres_yearly", "money", "dimensioning"),
    (_("I alt om året (kr.)"), "total_yearly", "money", "dimensioning"),
    (_("Et opkald koster (kr.)"), "per_inquiry.phone", "money2", "costs"),
    (_("Et besøg koster (kr.)"), "per_inquiry.counter", "money2", "costs"),
    (_("Opkald besvaret i tide, formel"), "formula_level", "share", "erlang"),
    (_("Opkald besvaret i tide, spillet"), "calls.service_level", "share", "simulation"),
    (_("Opkald: ventetid i snit, spillet"), "calls.mean_wait", "seconds", "simulation"),
    (_("Opkald: 95 % venter højst, spillet"), "calls.p95_wait", "seconds", "simulation"),
    (_("Opkald: lagde på, spillet"), "calls.abandoned", "count", "simulation"),
    (_("Besøg betjent i tide, spillet"), "visits.service_level", "share", "simulation"),
    (_("Besøg: ventetid i snit, spillet"), "visits.mean_wait", "seconds", "simulation"),
    (_("Besøg: 95 % venter højst, spillet"), "visits.p95_wait", "seconds", "simulation"),
)


@dataclass(frozen=True)
class Figure:
    """One line of the comparison."""

    title: str
    formula: str
    values: list[str]


@dataclass(frozen=True)
class Curve:
    """The staff of one option over a week."""

    name: str
    picture: SafeString
    lines: list[Line]
    told: str


def shown(result: dict[str, Any]) -> dict[str, Any]:
    """The context of the page."""
    return {
        "options": result["options"],
        "figures": [
            Figure(str(title), formula, [_shown(kind, _dig(one, key)) for one in result["overview"]])
            for title, key, kind, formula in _FIGURES
        ],
        "curves": [_curve(number, name, result) for number, name in enumerate(result["options"])],
        "both": _both(result),
        "waits": [curve for name in ("calls", "visits") if (curve := _waits(name, result))],
        "never": [
            gettext("{option}: {stream} venter for evigt ({count} på en uge), for {why}.").format(
                option=option, stream=words.stream(name), count=words.number(count), why=words.NEVER.get(why, why)
            )
            for option, rows in zip(result["options"], result["never"], strict=True)
            for name, count, why in rows
        ],
    }


def overview_sheet(result: dict[str, Any]) -> Sheet:
    """The figures as a sheet, numbers as numbers."""
    rows = [[str(title), *(_dig(one, key) for one in result["overview"])] for title, key, _kind, _formula in _FIGURES]
    return Sheet(str(words.TITLES["overview"]), ["", *result["options"]], rows)


def _dig(one: dict[str, Any], path: str) -> Any:
    for key in path.split("."):
        one = one.get(key, {}) if isinstance(one, dict) else {}
    return None if one == {} else one


def _shown(kind: str, value: Any) -> str:
    if kind == "money2":
        return "–" if value is None else words.number(value, 2)
    return words.shown(kind, value)


def _rows(result: dict[str, Any], name: str) -> list[list[Any]]:
    return [row for row in result["tables"]["need"]["rows"] if row[0] == name]


def _curve(number: int, name: str, result: dict[str, Any]) -> Curve:
    rows = _rows(result, name)
    centres = result["overview"][number]["centres"]
    lines = [
        Line(gettext("I alt på arbejde"), 1, [row[6] for row in rows], steps=True),
        Line(gettext("Kontaktcenter"), 2, [row[3] for row in rows], steps=True),
        Line(gettext("Alle centre"), 3, [row[4] * centres for row in rows], steps=True),
    ]
    told = _told(rows)
    title = gettext("Bemanding i en sædvanlig uge: {name}").format(name=name)
    return Curve(name, picture(f"kurve-{number}", title, told, lines, _marks(rows)), lines, told)


def _both(result: dict[str, Any]) -> Curve:
    """The two that were asked about in one picture."""
    names = result["options"][:2]
    lines = [
        Line(name, place + 1, [row[6] for row in _rows(result, name)], steps=True) for place, name in enumerate(names)
    ]
    rows = max((_rows(result, name) for name in names), key=len)
    told = " ".join(f"{name}: {_told(_rows(result, name))}" for name in names)
    return Curve("", picture("begge", gettext("I alt på arbejde"), told, lines, _marks(rows)), lines, told)


def _waits(stream: str, result: dict[str, Any]) -> Curve | None:
    """The simulated waits of a usual week, the options that were asked about in one picture."""
    table = result["tables"].get("hourly", {"rows": []})["rows"]
    names = result["options"][:2]
    by_option = {name: {(row[2], row[3]): row[5] for row in table if row[:2] == [name, stream]} for name in names}
    hours = sorted({hour for waits in by_option.values() for hour in waits})
    if not hours:
        return None
    lines = [
        Line(name, place + 1, [by_option[name].get(hour, 0.0) for hour in hours], steps=True)
        for place, name in enumerate(names)
    ]
    marks = [
        (place, str(words.WEEKDAYS[day]))
        for place, (day, _time) in enumerate(hours)
        if not place or day != hours[place - 1][0]
    ]
    told = " ".join(_longest(name, waits) for name, waits in by_option.items() if waits)
    title = gettext("{stream}: ventetid i snit (sekunder), time for time").format(stream=words.stream(stream))
    return Curve(title, picture(f"vent-{stream}", title, told, lines, marks), lines, told)


def _longest(name: str, waits: dict[tuple[int, str], float]) -> str:
    (day, time), most = max(waits.items(), key=lambda one: one[1])
    return gettext("{name}: længst {day} kl. {time}, {wait} i snit.").format(
        name=name, day=words.WEEKDAYS[day], time=time, wait=words.seconds(most)
    )


def _told(rows: list[list[Any]]) -> str:
    if not rows:
        return gettext("Der er lukket hele ugen.")
    most, least = max(rows, key=lambda row: row[6]), min(rows, key=lambda row: row[6])
    return gettext("Flest {day} kl. {time}: {most}. Færrest {low_day} kl. {low_time}: {least}.").format(
        day=words.WEEKDAYS[most[1]],
        time=most[2],
        most=words.number(most[6], 1),
        low_day=words.WEEKDAYS[least[1]],
        low_time=least[2],
        least=words.number(least[6], 1),
    )


def _marks(rows: list[list[Any]]) -> list[tuple[int, str]]:
    return [
        (place, str(words.WEEKDAYS[row[1]]))
        for place, row in enumerate(rows)
        if not place or row[1] != rows[place - 1][1]
    ]
