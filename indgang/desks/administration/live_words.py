"""Figures of the floor in words and as simple pictures."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext, ngettext

from indgang.core.routing.values import LiveAgent, LiveGroup, PointRow

MINUTE, HOUR, DAY = 60, 3600, 86_400
_FREE = ("available",)
_WORKING = ("reserved", "busy", "wrap_up")
_OUT = ("pause", "unreachable")
_MAY_SIGN_OFF = frozenset({*_FREE, *_WORKING, *_OUT})


@dataclass(frozen=True)
class GroupLine:
    """A competence group of the table."""

    group: LiveGroup
    oldest: str
    percent: int | None  # within target today
    promised: int | None
    free: int
    working: int
    out: int
    trend: str
    trend_words: str


@dataclass(frozen=True)
class PlanLine:
    """What is planned for somebody, and whether what they do goes against it."""

    name: str
    sentence: str
    against: bool


@dataclass(frozen=True)
class PersonLine:
    """Somebody at work, and the places they can be moved to with one click."""

    agent: LiveAgent
    since: str
    places: tuple[tuple[PointRow, bool], ...]  # and whether they are there
    everywhere: bool
    may_sign_off: bool
    plan: PlanLine | None = None  # None: no plan is published for them


def group_line(group: LiveGroup) -> GroupLine:
    """A group as the table shows it."""
    return GroupLine(
        group=group,
        oldest=span(group.oldest_seconds) if group.waiting else "",
        percent=None if group.share_today is None else round(100 * group.share_today),
        promised=None if group.target is None else round(100 * group.target),
        free=sum(group.modes.get(mode, 0) for mode in _FREE),
        working=sum(group.modes.get(mode, 0) for mode in _WORKING),
        out=sum(group.modes.get(mode, 0) for mode in _OUT),
        trend="↑" if group.last_hour > group.hour_before else "↓" if group.last_hour < group.hour_before else "→",
        trend_words=gettext("{n} den seneste time, {before} i samme time i går").format(
            n=group.last_hour, before=group.hour_before
        ),
    )


def person_line(agent: LiveAgent, points: Sequence[PointRow], at: datetime, plan: PlanLine | None) -> PersonLine:
    """Somebody as the table shows them."""
    return PersonLine(
        agent=agent,
        since=span(int((at - agent.since).total_seconds())) if agent.since else "",
        places=tuple((point, point.code == agent.service_point) for point in points),
        everywhere=not agent.service_point,
        may_sign_off=agent.mode in _MAY_SIGN_OFF,
        plan=plan,
    )


def span(seconds: int) -> str:
    """How long, as one says it."""
    seconds = max(0, seconds)
    if seconds < 2 * MINUTE:
        return gettext("{n} sek.").format(n=seconds)
    if seconds < 2 * HOUR:
        return gettext("{n} min.").format(n=seconds // MINUTE)
    if seconds < 2 * DAY:
        return gettext("{hours} t. {minutes} min.").format(hours=seconds // HOUR, minutes=seconds % HOUR // MINUTE)
    days = seconds // DAY
    return ngettext("{n} dag", "{n} dage", days).format(n=days)
