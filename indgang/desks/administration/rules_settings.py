"""Figures of routing, service targets and the municipality's values as settings."""

from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from indgang.core.catalogue import selectors as catalogue
from indgang.core.catalogue import services as catalogue_services
from indgang.core.organisation import selectors as organisation
from indgang.core.routing import selectors as routing
from indgang.core.routing import services
from indgang.core.routing.values import TargetRow
from indgang.desks.administration import changes
from indgang.desks.administration.menu import EDITORS, LEADERS, OPERATORS
from indgang.foundation.access.values import Viewer
from indgang.foundation.runtime import clock

FIGURE, TARGET, VALUE, CASE_VALUE = "routing_figure", "service_target", "municipal_value", "case_value"
RULERS = LEADERS | OPERATORS
MEDIA = {
    "phone": _("Telefon"),
    "chat": _("Chat"),
    "counter": _("Skranke"),
    "mail": _("E-mail"),
    "webform": _("Webformular"),
    "letter": _("Brev"),
    "sms": _("Sms"),
    "call_back": _("Ring op"),
    "case": _("Sag"),
}
VALUES = {
    "contacts.reopen_days": _("Et svar åbner henvendelsen igen i så mange dage"),
    "contacts.answer_hours": _("Svarfrist i åbningstimer, når ingen opgave siger andet"),
    "contacts.first_contact_days": _("Løst ved første kontakt: ingen ny henvendelse i så mange dage"),
    "contacts.call_back_tries": _("Så mange gange ringer vi op, før vi giver op"),
    "contacts.complaint_days": _("En klage besvares inden så mange dage"),
    "receipt.subject_da": _("Kvitteringens emne på dansk"),
    "receipt.subject_en": _("Kvitteringens emne på engelsk"),
    "receipt.body_da": _("Kvitteringens tekst på dansk"),
    "receipt.body_en": _("Kvitteringens tekst på engelsk"),
}

CASE_VALUES = {  # what it is, and the most days it may be
    "cases.warned_days": (_("Så mange arbejdsdage før en svarfrist får sagsbehandleren besked"), 30),
    "cases.access_warned_days": (_("Så mange arbejdsdage før en frist for aktindsigt kommer der besked"), 6),
    "cases.appeal_follow_days": (
        _("Så mange arbejdsdage efter at en klage er sendt til ankeinstansen, spørger vi til den"),
        200,
    ),
}


def _read_figure(subject: str, at: datetime) -> float | None:
    return next((row.value for row in routing.rules(at).rows if row.code == subject), None)


def _apply_figure(subject: str, value: float | None, viewer: Viewer, at: datetime) -> None:
    services.save_rules(figures={subject: value}, viewer=viewer, at=at)


def _figure_name(subject: str) -> str:
    return next((row.title for row in routing.rules(clock.now()).rows if row.code == subject), subject)


def number_text(value: float) -> str:
    """ "0,5"; "900"."""
    return f"{value:g}".replace(".", gettext(","))


def target_subject(group: str, task: str, medium: str) -> str:
    """ "moving||phone"."""
    return f"{group}|{task}|{medium}"


def target_of(subject: str, at: datetime) -> TargetRow | None:
    """The target in force."""
    group, task, medium = subject.split("|")
    found = [row for row in routing.targets(at) if (row.group, row.task, row.medium) == (group, task, medium)]
    return found[-1] if found else None


def _read_target(subject: str, at: datetime) -> dict[str, Any] | None:
    row = target_of(subject, at)
    return {"seconds": row.seconds, "share": row.share} if row else None


def _apply_target(subject: str, value: dict[str, Any] | None, viewer: Viewer, at: datetime) -> None:
    group, task, medium = subject.split("|")
    if value is None:
        row = target_of(subject, at)
        if row is not None:
            yesterday = clock.local(at).date() - timedelta(days=1)
            services.end_target(target_id=row.id, last_day=yesterday, viewer=viewer, at=at)
        return
    services.save_target(
        medium=medium,
        group=group,
        task=task,
        seconds=value["seconds"],
        share=value["share"],
        viewer=viewer,
        at=at,
    )


def target_name(subject: str) -> str:
    """ "Telefon, Flytning"."""
    group, task, medium = subject.split("|")
    about = [str(MEDIA.get(medium, medium)), dict(organisation.groups()).get(group, group), task]
    return ", ".join(part for part in about if part)


def seconds_text(seconds: int | None) -> str:
    """ "30 sekunder", "8 minutter", "2 timer"; without a number the task's own deadline."""
    if seconds is None:
        return gettext("inden opgavens svarfrist")
    for size, one in ((86400, gettext("{n} døgn")), (3600, gettext("{n} timer")), (60, gettext("{n} minutter"))):
        if seconds >= 2 * size and seconds % size == 0:
            return f"{gettext('inden for')} {one.format(n=seconds // size)}"
    return f"{gettext('inden for')} {gettext('{n} sekunder').format(n=seconds)}"


def _target_lines(value: dict[str, Any]) -> list[str]:
    when = seconds_text(value["seconds"])
    return [gettext("{share} procent {when}").format(share=round(value["share"] * 100), when=when)]


def _read_value(subject: str, at: datetime) -> Any:
    return next((row.value for row in catalogue.settings_under(subject) if row.code == subject), None)


def _apply_value(subject: str, value: Any, viewer: Viewer, at: datetime) -> None:
    catalogue_services.set_setting(code=subject, value=value, viewer=viewer, at=at)


def _value_lines(value: Any) -> list[str]:
    text = number_text(value) if isinstance(value, int | float) else str(value)
    return [text if len(text) <= 240 else text[:240] + "…"]


changes.register(
    changes.Setting(
        code=FIGURE,
        title=_("Fordeling"),
        roles=RULERS,
        read=_read_figure,
        apply=_apply_figure,
        name=_figure_name,
        lines=lambda value: [number_text(value)],
        path=lambda subject: "/administration/fordeling",
    )
)
changes.register(
    changes.Setting(
        code=TARGET,
        title=_("Servicemål"),
        roles=RULERS,
        read=_read_target,
        apply=_apply_target,
        name=target_name,
        lines=_target_lines,
        path=lambda subject: "/administration/servicemaal",
    )
)
changes.register(
    changes.Setting(
        code=VALUE,
        title=_("Svarregel"),
        roles=LEADERS | EDITORS | OPERATORS,
        read=_read_value,
        apply=_apply_value,
        name=lambda subject: str(VALUES.get(subject, subject)),
        lines=_value_lines,
        path=lambda subject: "/administration/svarregler",
    )
)
changes.register(
    changes.Setting(
        code=CASE_VALUE,
        title=_("Sagsregel"),
        roles=LEADERS | EDITORS | OPERATORS,
        read=_read_value,
        apply=_apply_value,
        name=lambda subject: str(CASE_VALUES[subject][0]) if subject in CASE_VALUES else subject,
        lines=_value_lines,
        path=lambda subject: "/administration/sagsregler",
    )
)
