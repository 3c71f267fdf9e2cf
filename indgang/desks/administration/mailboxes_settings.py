"""Older mail addresses as settings: what becomes of the mails to each can be changed and put back."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from indgang.desks.administration import changes
from indgang.desks.administration.menu import EDITORS, LEADERS, OPERATORS
from indgang.entrances.mail import selectors, services
from indgang.entrances.mail.values import Treatment
from indgang.foundation.access.values import Viewer, system

MAILBOX = "mailbox"
KEEPERS = EDITORS | LEADERS | OPERATORS
_READER = system("administration")


def _read(subject: str, at: datetime) -> dict[str, Any] | None:
    row = next((one for one in selectors.mailboxes(_READER) if one.address == subject), None)
    return {"treatment": row.treatment, "unit": row.unit, "note": row.note} if row else None


def _apply(subject: str, value: dict[str, Any] | None, viewer: Viewer, at: datetime) -> None:
    if value is None:
        services.remove_mailbox(address=subject, viewer=viewer, at=at)
    else:
        services.save_mailbox(address=subject, viewer=viewer, at=at, **value)


def _lines(value: dict[str, Any]) -> list[str]:
    treatment = gettext(Treatment(value["treatment"]).label) if value["treatment"] in Treatment.values else ""
    return [line for line in (treatment, value["unit"], value["note"]) if line]


changes.register(
    changes.Setting(
        code=MAILBOX,
        title=_("Postkasser"),
        roles=KEEPERS,
        read=_read,
        apply=_apply,
        name=lambda subject: subject,
        lines=_lines,
        path=lambda subject: "/administration/postkasser",
    )
)
