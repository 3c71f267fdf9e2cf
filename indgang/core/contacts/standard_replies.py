"""Standard replies: versions in the database, one in use per code and language, and their fields filled in."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import override

from indgang.core.catalogue import selectors as catalogue
from indgang.core.contacts.errors import (
    TemplateChanged,
    TemplateIncomplete,
    UnknownField,
    UnknownTask,
    UnknownTemplate,
)
from indgang.core.contacts.letters import contact_centre, hours_text, moment, status_link
from indgang.core.contacts.merge_fields import FIELDS, filled, unknown_fields, used
from indgang.core.contacts.models import Contact, ContactTask, ReplyTemplate
from indgang.core.contacts.reading import may_read, names_of
from indgang.core.contacts.reference import grouped
from indgang.core.contacts.values import Filled, TemplateRow
from indgang.core.contacts.writing import clean, line
from indgang.core.organisation import selectors as organisation
from indgang.core.organisation.values import UnitCard
from indgang.foundation.access.errors import NotFound
from indgang.foundation.access.values import Role, Viewer
from indgang.foundation.journal import services as journal

EDITORS = (Role.MANAGER, Role.EDITOR, Role.OPERATOR)
_MOST = 200


@transaction.atomic
def save_template(
    *,
    code: str,
    title: str,
    body: str,
    task: str = "",
    language: str = "da",
    viewer: Viewer,
    at: datetime,
    version: int | None = None,
) -> TemplateRow:
    """A new version of a standard reply; the earlier ones stay as they were sent.

    `version` is the one the writer saw, 0 or None for a new one. Raises TemplateChanged, UnknownField, UnknownTask,
    TemplateIncomplete; NotFound for who may not write them.
    """
    _check_editor(viewer)
    text, name, key = clean(body).strip(), line(title, 120), line(code, 40)
    if not (text and name and key) or language not in ("da", "en"):
        raise TemplateIncomplete
    if wrong := unknown_fields(text):
        raise UnknownField(fields=", ".join(wrong), known=", ".join(FIELDS))
    if task and task not in catalogue.heads([task]):
        raise UnknownTask(task=line(task, 40))
    now = ReplyTemplate.objects.select_for_update().filter(code=key, language=language).order_by("-version").first()
    before = now.version if now else 0
    if version is not None and version != before:
        raise TemplateChanged
    ReplyTemplate.objects.filter(code=key, language=language, current=True).update(current=False)
    made = ReplyTemplate.objects.create(
        code=key, language=language, version=before + 1, title=name, body=text, task_id=task or None,
        saved_at=at, saved_by=viewer.name,
    )  # fmt: skip
    _noted(made, "contacts.template_saved", viewer, at)
    return row_of(made)


@transaction.atomic
def retire_template(*, template_id: int, viewer: Viewer, at: datetime) -> None:
    """Taken out of use; what was sent with it stays. Again changes nothing. Raises UnknownTemplate."""
    _check_editor(viewer)
    row = ReplyTemplate.objects.select_for_update().filter(id=template_id).first()
    if row is None:
        raise UnknownTemplate
    if row.current:
        row.current = False
        row.save(update_fields=["current"])
        _noted(row, "contacts.template_retired", viewer, at)


def fill_template(*, template_id: int, contact_id: UUID, viewer: Viewer, at: datetime) -> Filled:
    """A standard reply for this contact, in the reply's own language. Raises UnknownTemplate, NotFound."""
    row = ReplyTemplate.objects.filter(id=template_id, current=True).first()
    if row is None:
        raise UnknownTemplate
    contact = Contact.objects.filter(id=contact_id).first()
    if contact is None or not may_read(viewer, contact):
        raise NotFound
    with override(row.language):
        text, missing = filled(row.body, _facts(contact, row.language, used(row.body), viewer, at))
    return Filled(text, missing)


def templates(viewer: Viewer, *, q: str = "", task: str = "", language: str = "da", at: datetime) -> list[TemplateRow]:
    """Standard replies in use that hold every word of `q`, those of the task first. None for who is not staff."""
    if not (viewer.is_staff or viewer.is_system):
        return []
    rows = ReplyTemplate.objects.filter(current=True, language="en" if language.startswith("en") else "da")
    for word in q.replace("\x00", "").split()[:8]:
        rows = rows.filter(Q(title__icontains=word) | Q(body__icontains=word) | Q(code__icontains=word))
    found = sorted(rows[:_MOST], key=lambda row: (bool(task) and row.task_id != task, row.task_id or "", row.title))
    return [row_of(row) for row in found]


def template_versions(viewer: Viewer, *, code: str, language: str) -> list[TemplateRow]:
    """All versions of one standard reply, newest first, for those who write them."""
    _check_editor(viewer)
    return [row_of(r) for r in ReplyTemplate.objects.filter(code=code, language=language).order_by("-version")]


def row_of(row: ReplyTemplate) -> TemplateRow:
    """As it is handed out."""
    return TemplateRow(row.pk, row.code, row.title, row.body, row.task_id or "", row.language, row.version)


def _facts(contact: Contact, language: str, wanted: set[str], viewer: Viewer, at: datetime) -> dict[str, str]:
    """What the wanted fields are for this contact; only what is wanted is asked for."""
    known: dict[str, Callable[[], str]] = {
        "navn": lambda: contact.inquirer_name,
        "reference": lambda: grouped(contact.reference),
        "opgave": lambda: _task_title(contact, language),
        "frist": lambda: _deadline(contact, language, at),
        "enhed": lambda: _name(_unit(contact, at)),
        "telefon": lambda: _phone(_unit(contact, at)),
        "aabningstid": lambda: hours_text(_unit(contact, at), at),
        "medarbejder": lambda: names_of([viewer.name])[viewer.name] if viewer.actor else "",
        "statuslink": lambda: status_link(contact),
    }
    return {name: known[name]() for name in wanted}


def _task_title(contact: Contact, language: str) -> str:
    code = ContactTask.objects.filter(contact=contact).order_by("order").values_list("task_id", flat=True).first()
    card = catalogue.task(code, language=language) if code else None
    return card.title if card else ""


def _deadline(contact: Contact, language: str, at: datetime) -> str:
    """A date gone by promises nothing, so it counts as unknown."""
    when = contact.expected_answer_by
    return moment(when, language) if when and when > at else ""


def _unit(contact: Contact, at: datetime) -> UnitCard | None:
    return (organisation.unit(contact.unit_id) if contact.unit_id else None) or contact_centre(at)


def _name(unit: UnitCard | None) -> str:
    return unit.name if unit else ""


def _phone(unit: UnitCard | None) -> str:
    return unit.phone if unit else ""


def _check_editor(viewer: Viewer) -> None:
    if not (viewer.is_process or viewer.has_role(*EDITORS)):
        raise NotFound


def _noted(row: ReplyTemplate, verb: str, viewer: Viewer, at: datetime) -> None:
    facts: dict[str, object] = {"code": row.code, "language": row.language, "version": row.version}
    journal.record(verb, at=at, viewer_name=viewer.name, subject=row, data=facts)
