"""One contact as it is opened: its head, what was said, what it is about, and who else is at it."""

import json
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext

from indgang.core.catalogue import selectors as catalogue
from indgang.core.contacts import call_backs, complaining
from indgang.core.contacts import reference as references
from indgang.core.contacts.errors import WrongReference
from indgang.core.contacts.models import Contact
from indgang.core.contacts.presence import STILL_HERE, types
from indgang.core.contacts.presenting import card_of, handler_of, message_of
from indgang.core.contacts.promises import open_promise
from indgang.core.contacts.queries import AROUND, ONE, SAID
from indgang.core.contacts.reading import may_read, names_of
from indgang.core.contacts.values import AttachmentRow, ContactPage, DraftRow, Outcome, Present, TaskRow
from indgang.foundation.access import services as access
from indgang.foundation.access.errors import NotFound
from indgang.foundation.access.values import Purpose, Viewer

STILL_TYPING = timedelta(minutes=10)
Row = tuple[Any, ...]
_COLUMNS = [field.attname for field in Contact._meta.concrete_fields]
_ONE = ONE.replace("{columns}", ", ".join(str(field.column) for field in Contact._meta.concrete_fields))


def contact(viewer: Viewer, key: UUID | str, at: datetime, *, purpose: Purpose | None = None) -> ContactPage:
    """A contact with all that was said. The look is logged first, with the contact itself as purpose unless another
    is given. Missing, forbidden and not one's own purpose answer alike (NotFound); a mistyped reference WrongReference.
    """
    found = found_by(key)
    why = purpose or Purpose("contact", str(found.id))
    if purpose is not None and not may_read(viewer, found):
        why = Purpose("contact", str(found.id))  # it is refused, and the refused look stands in the log
    access.open_for(viewer, citizen=found.person_id or found.id, kind="contact", purpose=why, at=at)
    mine = viewer.actor.employee if viewer.actor else None
    said, around = _read(SAID, found.id), _read(AROUND, found.id)
    drafts = [row for row in around if row[0] == "draft"]
    typing = {f"employee:{row[1]}" for row in drafts if row[1] != mine and at - row[6] < STILL_TYPING}
    others = _others(around, mine, at)
    names = names_of({handler_of(found), *(row[4] for row in said), *typing, *others} - {""})
    return ContactPage(
        card=card_of(found, names),
        messages=tuple(message_of(row, _files(row[11]), found, names) for row in said),
        tasks=_tasks([row for row in around if row[0] == "task"]),
        drafts={row[2]: DraftRow(row[3], row[6]) for row in drafts if row[1] == mine},
        other_viewers=tuple(sorted({names[actor] for actor in typing})),
        present=tuple(Present(names[actor], typed) for actor, typed in sorted(others.items())),
        call_back=call_backs.newest_of(found) if found.call_back else None,
        promise=open_promise(found) if found.handed_over else None,
        complaint=complaining.newest_of(found, at) if found.complaint else None,
    )


def found_by(key: UUID | str) -> Contact:
    """The contact of an id or a reference, to be shown after its look only. Raises NotFound, WrongReference."""
    if isinstance(key, UUID):
        found = _row(key)
    elif references.is_valid(key):
        found = Contact.objects.filter(reference=references.compact(key)).first()
    else:
        raise WrongReference(reference=" ".join(key.split())[:20])
    if found is None:
        raise NotFound
    return found


def _row(contact_id: UUID) -> Contact | None:
    with connection.cursor() as cursor:
        cursor.execute(_ONE, {"contact": contact_id})
        row = cursor.fetchone()
    return Contact.from_db(connection.alias, _COLUMNS, row) if row else None


def _read(statement: str, contact_id: UUID) -> list[Row]:
    with connection.cursor() as cursor:
        cursor.execute(statement, {"contact": contact_id})
        rows: list[Row] = cursor.fetchall()
    return rows


def _others(around: list[Row], mine: int | None, at: datetime) -> dict[str, bool]:
    """Who else looks at it now, typing or not."""
    here = [row for row in around if row[0] == "present" and row[1] != mine and at - row[6] < STILL_HERE]
    return {f"employee:{row[1]}": types(row[7], at) for row in here}


def _files(listed: str | None) -> tuple[AttachmentRow, ...]:
    return tuple(AttachmentRow(*file) for file in json.loads(listed)) if listed else ()


def _tasks(rows: list[Row]) -> tuple[TaskRow, ...]:
    heads = catalogue.heads(row[2] for row in rows)
    return tuple(
        TaskRow(
            code, heads[code].title, level, source, json.loads(answers), outcome,
            gettext(Outcome(outcome).label) if outcome else "",
        )
        for _, level, code, answers, source, outcome, *_ in rows
    )  # fmt: skip
