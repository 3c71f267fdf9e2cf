"""The register of older mail addresses: kept by a unit, replaced by the form, or forwarded to the one address."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext, override

from indgang.core.organisation import selectors as organisation
from indgang.core.organisation.services import sync_rows
from indgang.entrances.mail.errors import MailboxChanged, UnitNeeded, UnknownTreatment, WrongMailbox
from indgang.entrances.mail.headers import is_address
from indgang.entrances.mail.models import Mailbox
from indgang.entrances.mail.values import MailboxRow, Treatment
from indgang.foundation.access.errors import NotFound
from indgang.foundation.access.values import Role, Viewer, system
from indgang.foundation.journal import services as journal

KEEPERS = (Role.OPERATOR, Role.EDITOR, Role.MANAGER, Role.EXECUTIVE)
_FORM = "/kontakt"


@dataclass(frozen=True)
class Addressed:
    """What the address a mail was sent to asks for: the unit that answers, and what the receipt says first."""

    unit: str | None = None
    treatment: str = ""
    address: str = ""

    def notice(self, language: str) -> str:
        """For the writer, in their language; empty when the address stays as it is."""
        with override(language):
            if self.treatment == Treatment.REPLACED:
                return gettext("Vi bruger ikke længere {address}. Skriv næste gang i formularen: {link}").format(
                    address=self.address, link=f"{settings.PUBLIC_URL}{_FORM}"
                )
            if self.treatment == Treatment.FORWARDED:
                return gettext("Vi bruger ikke længere {address}. Skriv næste gang til {mail}.").format(
                    address=self.address, mail=settings.MUNICIPALITY_MAIL
                )
        return ""


@transaction.atomic
def save_mailbox(
    *,
    address: str,
    treatment: str,
    unit: str = "",
    note: str = "",
    viewer: Viewer,
    at: datetime,
    version: int | None = None,
) -> MailboxRow:
    """An older address and what becomes of the mails to it; `version` is the one the person saw, 0 for a new one.

    Raises WrongMailbox, UnknownTreatment, UnitNeeded, MailboxChanged; NotFound for who does not keep them.
    """
    _check_keeper(viewer)
    key = _address(address)
    if treatment not in Treatment.values:
        raise UnknownTreatment(treatment=treatment[:40], known=", ".join(Treatment.values))
    card = organisation.unit(unit) if unit and "\x00" not in unit else None
    if card is None and (unit or treatment == Treatment.KEPT):
        raise UnitNeeded
    row = Mailbox.objects.select_for_update().filter(address=key).first()
    if version is not None and version != (row.version if row else 0):
        raise MailboxChanged
    row = row or Mailbox(address=key, version=0)
    row.treatment, row.unit_id = treatment, card.id if card else None
    row.note, row.version = " ".join(note.replace("\x00", "").split())[:200], row.version + 1
    row.save()
    journal.record(
        "mail.mailbox_saved", at=at, viewer_name=viewer.name, subject=row,
        data={"treatment": treatment, "unit": row.unit_id, "version": row.version},
    )  # fmt: skip
    return _row(row)


@transaction.atomic
def remove_mailbox(*, address: str, viewer: Viewer, at: datetime) -> None:
    """The address is nothing special any more: mails to it are treated like those to the one address."""
    _check_keeper(viewer)
    row = Mailbox.objects.select_for_update().filter(address=address.lower().replace("\x00", "")).first()
    if row is not None:
        journal.record("mail.mailbox_removed", at=at, viewer_name=viewer.name, subject=row)
        row.delete()


@transaction.atomic
def load_profile(rows: Mapping[str, list[dict[str, Any]]], *, at: datetime) -> dict[str, int]:
    """The older addresses of a profile; one the municipality has changed since stays as it is."""
    units = {unit.code: unit.id for unit in organisation.units()}
    touched = set(Mailbox.objects.filter(version__gt=1).values_list("address", flat=True))
    wanted = [
        {"address": row["address"].lower(), "treatment": row["treatment"], "unit_id": units.get(row["unit"]),
         "note": row["note"]}
        for row in rows.get("mailboxes", [])
        if row["address"].lower() not in touched
    ]  # fmt: skip
    changes = sync_rows(wanted, Mailbox.objects.exclude(address__in=touched), key=("address",))
    if changes:
        journal.record(
            "mail.profile_loaded", at=at, viewer_name=system("profile").name, subject="mail.mailboxes",
            data={"changes": changes},
        )  # fmt: skip
    return {"mailboxes": changes}


def addressed(recipients: Iterable[str]) -> Addressed:
    """What the address of a mail asks for; asks nothing of the database for the one address."""
    main = settings.MUNICIPALITY_MAIL.lower()
    keys = [one.lower() for one in recipients if isinstance(one, str)]
    if not keys or main in keys:
        return Addressed()
    row = Mailbox.objects.filter(address__in=keys).order_by("id").first()
    if row is None:
        return Addressed()
    card = organisation.unit(row.unit_id) if row.unit_id and row.treatment == Treatment.KEPT else None
    return Addressed(card.code if card else None, row.treatment, row.address)


def mailboxes(viewer: Viewer) -> list[MailboxRow]:
    """The register, by address; NotFound for who does not keep it."""
    _check_keeper(viewer)
    return [_row(row) for row in Mailbox.objects.order_by("address")]


def _row(row: Mailbox) -> MailboxRow:
    card = organisation.unit(row.unit_id) if row.unit_id else None
    return MailboxRow(
        row.address, row.treatment, gettext(Treatment(row.treatment).label), card.code if card else "",
        card.name if card else "", row.note, row.version,
    )  # fmt: skip


def _address(text: str) -> str:
    """One of ours, but not the one everybody is to use."""
    key, main = text.strip().lower(), settings.MUNICIPALITY_MAIL.lower()
    domain = main.rpartition("@")[2]
    if "\x00" in key or not is_address(key) or not key.isascii() or key.rpartition("@")[2] != domain or key == main:
        raise WrongMailbox(address=" ".join(text.replace("\x00", "").split())[:80], domain=domain)
    return key


def _check_keeper(viewer: Viewer) -> None:
    if not (viewer.is_process or viewer.has_role(*KEEPERS)):
        raise NotFound
