"""One contact as it is opened: its head, what was said, what it is about, and who else is at it."""

import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext

from indgang.core.catalogue import selectors as catalogue
from indgang.core.contacts import call_backs, complaining
from indgang.core.contacts import reference as references
from indgang.core.contacts.errors import WrongReference
from indgang.core.contacts.grounds import facts_of
from indgang.core.contacts.models import Contact
from indgang.core.contacts.presence import STILL_HERE, types
from indgang.core.contacts.presenting import card_of, handler_of, message_of
from indgang.core.contacts.promises import open_promise
from indgang.core.contacts.queries import INSIDE, ONE
from indgang.core.contacts.reading import keep_ground, may_read, names_of
from indgang.core.contacts.values import AttachmentRow, ContactPage, DraftRow, Outcome, Present, TaskRow
from indgang.foundation.access import services as access
from indgang.foundation.access.errors import NotFound
from indgang.foundation.access.values import Purpose, Viewer

STILL_TYPING = timedelta(minutes=10)
Row = tuple[Any, ...]
_COLUMNS = [field.attname for field in Contact._meta.concrete_fields]
_ONE = ONE.replace("{columns}", ", ".join(str(field.column) for field in Contact._meta.concrete_fields))


def contact(
    viewer: Viewer, key: UUID | str, at: datetime, *, purpose: Purpose | None = None, beside: Sequence[str] = ()
) -> ContactPage:
    """A contact with all that was said. The look is logged first, with the contact itself as purpose unless another
    is given. Missing, forbidden and not one's own purpose answer alike (NotFound); a mistyped reference WrongReference.
    `beside`: what else about the citizen the page shows, on the same ground; those looks are logged in one statement.
    """
    found = found_by(key, viewer)
    why = purpose or Purpose("contact", str(found.id))
    if purpose is not None and not may_read(viewer, found):
        why = Purpose("contact", str(found.id))  # it is refused, and the refused look stands in the log
    if beside and found.person_id:
        access.open_together(viewer, citizen=found.person_id, kinds=("contact", *beside), purpose=why, at=at)
    access.open_for(viewer, citizen=found.person_id or found.id, kind="contact", purpose=why, at=at)
    mine = viewer.actor.employee if viewer.actor else None
    inside = _inside(found.id)
    said, drafts = inside["said"], inside["draft"]
    typing = {f"employee:{row[1]}" for row in drafts if row[1] != mine and at - row[6] < STILL_TYPING}
    others = _others(inside["present"], mine, at)
    names = names_of({handler_of(found), *(row[4] for row in said), *typing, *others} - {""})
    return ContactPage(
        card=card_of(found, names),
        messages=tuple(message_of(row, _files(row[17]), found, names) for row in said),
        tasks=_tasks(inside["task"]),
        drafts={row[2]: DraftRow(row[3], row[6]) for row in drafts if row[1] == mine},
        other_viewers=tuple(sorted({names[actor] for actor in typing})),
        present=tuple(Present(names[actor], typed) for actor, typed in sorted(others.items())),
        call_back=call_backs.newest_of(found) if found.call_back else None,
        promise=open_promise(found) if found.handed_over else None,
        complaint=complaining.newest_of(found, at) if found.complaint else None,
    )


def found_by(key: UUID | str, viewer: Viewer) -> Contact:
    """The contact of an id or a reference, to be shown after its look only. Raises NotFound, WrongReference."""
    if isinstance(key, UUID):
        found = _row(key, viewer)
    elif references.is_valid(key):
        found = Contact.objects.filter(reference=references.compact(key)).first()
    else:
        raise WrongReference(reference=" ".join(key.split())[:20])
    if found is None:
        raise NotFound
    return found


def _row(contact_id: UUID, viewer: Viewer) -> Contact | None:
    with connection.cursor() as cursor:
        cursor.execute(_ONE, {"contact": contact_id, **facts_of(viewer.actor)})
        row = cursor.fetchone()
    if row is None:
        return None
    *columns, tasks, given = row
    found = Contact.from_db(connection.alias, _COLUMNS, columns)
    keep_ground(found, tasks, given, viewer)
    return found


def _inside(contact_id: UUID) -> dict[str, list[Row]]:
    """The lines of sql/inside.sql by what they are."""
    with connection.cursor() as cursor:
        cursor.execute(INSIDE, {"contact": contact_id})
        rows = cursor.fetchall()
    found: dict[str, list[Row]] = {"said": [], "task": [], "draft": [], "present": []}
    for row in rows:
        found[row[0]].append(row)
    return found


def _others(present: list[Row], mine: int | None, at: datetime) -> dict[str, bool]:
    """Who else looks at it now, typing or not."""
    here = [row for row in present if row[1] != mine and at - row[6] < STILL_HERE]
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
