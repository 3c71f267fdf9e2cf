"""The municipality's switches as settings."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from indgang.desks.administration import changes
from indgang.desks.administration.menu import SECURITY
from indgang.desks.administration.wording import day_text
from indgang.foundation.access import selectors as access
from indgang.foundation.access import services
from indgang.foundation.access.values import SwitchCode, Viewer
from indgang.foundation.runtime import clock

SWITCH = "switch"
State = tuple[bool, list[str]]  # on or off, for these tasks only (none: for all)


def _read(subject: str, at: datetime) -> dict[str, Any]:
    """What holds now and what changes later; a decision that changes nothing is not told."""
    found = access.switches(at)
    only = sorted(found.dispensed) if subject == SwitchCode.DISPENSATION and found[subject] else []
    standing: State = (found[subject], only)
    now, later = standing, []
    for row in access.switch_plan(subject, at):
        if (row.on, list(row.tasks)) != standing:
            standing = (row.on, list(row.tasks))
            later.append({"from": clock.local(row.valid_from).isoformat(), "on": row.on, "tasks": list(row.tasks)})
    return {"on": now[0], "tasks": now[1], "later": later}


def _apply(subject: str, value: dict[str, Any], viewer: Viewer, at: datetime) -> None:
    """Set what holds now if it is another, then every moment of the plan; one taken off it changes nothing any more."""
    known = _read(subject, at)
    before: State = (value["on"], value["tasks"])
    if before != (known["on"], known["tasks"]):
        services.set_switch(subject, before[0], viewer, at, tasks=before[1])
    wanted = {one["from"]: (one["on"], one["tasks"]) for one in value["later"]}
    standing = {one["from"]: (one["on"], one["tasks"]) for one in known["later"]}
    for moment in sorted({*wanted, *standing}):
        state = wanted.get(moment, before)
        if standing.get(moment) != state:
            start = datetime.fromisoformat(moment)
            services.set_switch(subject, state[0], viewer, at, valid_from=start, tasks=state[1])
        before = state


def name(subject: str) -> str:
    """The switch in words."""
    return gettext(SwitchCode(subject).label) if subject in SwitchCode.values else subject


def state_text(on: bool, tasks: list[str]) -> str:
    """ "Slået til for T-076"."""
    if not on:
        return gettext("Slået fra")
    if not tasks:
        return gettext("Slået til")
    return gettext("Slået til for {tasks}").format(tasks=", ".join(tasks))


def later_text(one: dict[str, Any]) -> str:
    """ "Fra 1. marts 2027: Slået fra"."""
    day = day_text(datetime.fromisoformat(one["from"]).date())
    return gettext("Fra {day}: {state}").format(day=day, state=state_text(one["on"], one["tasks"]))


def _lines(value: dict[str, Any]) -> list[str]:
    return [state_text(value["on"], value["tasks"]), *(later_text(one) for one in value["later"])]


changes.register(
    changes.Setting(
        code=SWITCH,
        title=_("Omskifter"),
        roles=SECURITY,
        read=_read,
        apply=_apply,
        name=name,
        lines=_lines,
        path=lambda subject: "/administration/omskiftere",
    )
)
