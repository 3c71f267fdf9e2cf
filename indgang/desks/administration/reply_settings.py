"""Standard replies as settings: a saved one is a new version, what was sent stays as it was."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from indgang.core.contacts import selectors as contacts
from indgang.core.contacts import services
from indgang.core.contacts.values import TemplateRow
from indgang.desks.administration import changes
from indgang.desks.administration.menu import WRITERS
from indgang.foundation.access.values import Viewer, system

TEMPLATE = "standard_reply"
_READER = system("administration")
FIELDS = {
    "navn": _("borgerens navn"),
    "reference": _("henvendelsens nummer"),
    "opgave": _("opgavens navn"),
    "frist": _("hvornår borgeren kan vente svar"),
    "enhed": _("enhedens navn"),
    "telefon": _("enhedens telefon"),
    "aabningstid": _("enhedens åbningstid"),
    "medarbejder": _("dit navn"),
    "statuslink": _("link til siden med henvendelsen"),
}


def subject_of(code: str, language: str) -> str:
    """ "da:flytning"."""
    return f"{language}:{code}"


def template_of(subject: str, at: datetime) -> TemplateRow | None:
    """The version in use."""
    language, _colon, code = subject.partition(":")
    found = contacts.templates(_READER, q=code, language=language, at=at)
    return next((row for row in found if row.code == code), None)


def _read(subject: str, at: datetime) -> dict[str, Any] | None:
    row = template_of(subject, at)
    return {"title": row.title, "body": row.body, "task": row.task} if row else None


def _apply(subject: str, value: dict[str, Any] | None, viewer: Viewer, at: datetime) -> None:
    language, _colon, code = subject.partition(":")
    if value is not None:
        services.save_template(code=code, language=language, viewer=viewer, at=at, **value)
        return
    row = template_of(subject, at)
    if row is not None:
        services.retire_template(template_id=row.id, viewer=viewer, at=at)


def _name(subject: str) -> str:
    language, _colon, code = subject.partition(":")
    return f"{code} ({language})"


def _lines(value: dict[str, Any]) -> list[str]:
    about = gettext("Til opgaven {task}").format(task=value["task"]) if value["task"] else ""
    text = " ".join(value["body"].split())
    return [line for line in (value["title"], about, text if len(text) <= 200 else text[:200] + "…") if line]


changes.register(
    changes.Setting(
        code=TEMPLATE,
        title=_("Standardsvar"),
        roles=WRITERS,
        read=_read,
        apply=_apply,
        name=_name,
        lines=_lines,
        path=lambda subject: "/administration/standardsvar/" + subject.replace(":", "/"),
    )
)
