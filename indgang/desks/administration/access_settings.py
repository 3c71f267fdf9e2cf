"""The municipality's switches as settings."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from indgang.desks.administration import changes
from indgang.desks.administration.menu import SECURITY
from indgang.foundation.access import selectors as access
from indgang.foundation.access import services
from indgang.foundation.access.values import SwitchCode, Viewer

SWITCH = "switch"


def _read(subject: str, at: datetime) -> dict[str, Any]:
    found = access.switches(at)
    only = sorted(found.dispensed) if subject == SwitchCode.DISPENSATION else []
    return {"on": found[subject], "tasks": only}


def _apply(subject: str, value: dict[str, Any], viewer: Viewer, at: datetime) -> None:
    services.set_switch(subject, value["on"], viewer, at, tasks=value["tasks"])


def name(subject: str) -> str:
    """The switch in words."""
    return gettext(SwitchCode(subject).label) if subject in SwitchCode.values else subject


def _lines(value: dict[str, Any]) -> list[str]:
    if not value["on"]:
        return [gettext("Slået fra")]
    if not value["tasks"]:
        return [gettext("Slået til")]
    return [gettext("Slået til for {tasks}").format(tasks=", ".join(value["tasks"]))]


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
