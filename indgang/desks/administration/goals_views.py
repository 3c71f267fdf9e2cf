"""What citizens are promised, and how it went today, this week and this month."""

import csv
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from indgang.core.organisation import selectors as organisation
from indgang.core.routing import selectors as routing
from indgang.core.routing.values import GoalRow, TargetRow
from indgang.desks.administration.gates import roles_only
from indgang.desks.administration.menu import EVERYBODY
from indgang.desks.administration.rules_settings import MEDIA, seconds_text
from indgang.foundation.access.values import Viewer
from indgang.foundation.runtime import clock

SPANS = (1, 7, 30)
BOM = "\ufeff"


@dataclass(frozen=True)
class Actual:
    """How one span went: the percentage met of what was counted."""

    percent: int | None
    counted: int
    met: int
    short: bool  # of the goal


@dataclass(frozen=True)
class Goal:
    """A line of the table."""

    group: str
    name: str
    medium: str
    medium_name: str
    share: float
    within: str
    actual: tuple[Actual, ...]

    @property
    def percent(self) -> int:
        """The goal, as it is shown."""
        return round(100 * self.share)


@never_cache
@require_GET
@roles_only(EVERYBODY)
def page(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """The goals beside what was reached, per channel and per group."""
    at = clock.now()
    lines = _lines(at)
    context = {"totals": _totals(lines), "lines": lines, "now": at, "promised": len(routing.targets(at))}
    return render(request, "administration/goals.html", context)


@never_cache
@require_GET
@roles_only(EVERYBODY)
def as_csv(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """The same as a file."""
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="maal.csv"'
    response.write(BOM)
    writer = csv.writer(response)
    spans = [name for days in SPANS for name in (f"counted_{days}_days", f"percent_{days}_days")]
    writer.writerow(["group", "name", "medium", "goal_percent", "within", *spans])
    for line in _lines(clock.now()):
        figures = [cell for one in line.actual for cell in (one.counted, "" if one.percent is None else one.percent)]
        writer.writerow([line.group, line.name, line.medium, line.percent, line.within, *figures])
    return response


def _lines(at: datetime) -> list[Goal]:
    names = dict(organisation.groups())
    known = {(row.task, row.group, row.medium): row for row in routing.targets(at)}
    return [_line(row, names, known) for row in routing.goals(at, SPANS)]


def _line(row: GoalRow, names: dict[str, str], known: dict[tuple[str, str, str], TargetRow]) -> Goal:
    target = known.get(("", row.group, row.medium)) or known.get(("", "", row.medium))
    of_task = target is None or target.share != row.share
    return Goal(
        group=row.group,
        name=names.get(row.group, row.group),
        medium=row.medium,
        medium_name=str(MEDIA.get(row.medium, row.medium)),
        share=row.share,
        within="" if of_task or target is None else seconds_text(target.seconds),
        actual=tuple(_actual(counted, met, row.share) for counted, met in row.spans),
    )


def _actual(counted: int, met: int, share: float) -> Actual:
    percent = round(100 * met / counted) if counted else None
    return Actual(percent, counted, met, bool(counted) and met < share * counted)


def _totals(lines: list[Goal]) -> list[Goal]:
    """Every channel with all its groups together, where they share one goal."""
    channels: dict[tuple[str, float, str], list[Goal]] = {}
    for line in lines:
        channels.setdefault((line.medium, line.share, line.within), []).append(line)
    return [_together(found) for found in channels.values()]


def _together(lines: list[Goal]) -> Goal:
    first = lines[0]
    spans = []
    for place in range(len(SPANS)):
        counted = sum(line.actual[place].counted for line in lines)
        met = sum(line.actual[place].met for line in lines)
        spans.append(_actual(counted, met, first.share))
    return Goal("", "", first.medium, first.medium_name, first.share, first.within, tuple(spans))
