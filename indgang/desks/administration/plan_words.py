"""People's plan against what they do, in words."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime

from django.utils import formats
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from indgang.core.routing.values import AGAINST_PLAN, Adherence, LiveAgent, PlanKind
from indgang.desks.administration.live_words import PlanLine, span
from indgang.foundation.runtime import clock


def plan_line(name: str, found: Adherence) -> PlanLine:
    """One employee's plan as the table shows it."""
    return PlanLine(name, _sentence(found), found.kind in AGAINST_PLAN)


def missing(away: Iterable[LiveAgent], found: Mapping[int, Adherence]) -> list[PlanLine]:
    """Who should be at work now and is not logged on, by name."""
    rows = [(agent, found[agent.employee]) for agent in away if agent.employee in found]
    return [plan_line(agent.name, one) for agent, one in rows if one.kind in (PlanKind.LATE, PlanKind.LEFT)]


def summary(found: Iterable[Adherence]) -> list[tuple[str, int, bool]]:
    """How many are on plan and otherwise: the words, how many, and whether it is against the plan."""
    counted = Counter(one.kind for one in found)
    shown = (PlanKind.ON_PLAN, PlanKind.ON_BREAK, *(kind for kind in PlanKind if kind in AGAINST_PLAN), PlanKind.EXTRA)
    return [(gettext(kind.label), counted[kind], kind in AGAINST_PLAN) for kind in shown if counted[kind]]


def _sentence(found: Adherence) -> str:
    shift = found.shift
    if found.kind == PlanKind.FREE or shift is None:
        return gettext("Uden for planen: fri i dag") if found.kind == PlanKind.EXTRA else gettext("Fri")
    words = {
        "start": _clock(shift.starts_at),
        "end": _clock(shift.ends_at),
        "back": _clock(shift.break_to),
        "late": span(found.late_seconds),
        "place": found.place,
    }
    return str(_WORDS[found.kind]).format(**words)


def _clock(at: datetime | None) -> str:
    return str(formats.time_format(clock.local(at).time(), "H.i")) if at else ""


_WORDS = {
    PlanKind.ON_PLAN: _("Efter planen til kl. {end}"),
    PlanKind.ON_BREAK: _("Planlagt pause til kl. {back}"),
    PlanKind.LATE: _("For sent: skulle være mødt kl. {start} ({late})"),
    PlanKind.LEFT: _("Gået før tid: planlagt til kl. {end}"),
    PlanKind.PAUSED: _("Et andet sted: holder pause, planlagt arbejde til kl. {end}"),
    PlanKind.SILENT: _("Et andet sted: svarer ikke, planlagt arbejde til kl. {end}"),
    PlanKind.ELSEWHERE: _("Et andet sted: betjener {place}, planlagt hjemme i enheden til kl. {end}"),
    PlanKind.WORKS_BREAK: _("Arbejder i den planlagte pause til kl. {back}"),
    PlanKind.EXTRA: _("Uden for planen: vagten er kl. {start}-{end}"),
    PlanKind.AWAITED: _("Møder kl. {start}"),
}
