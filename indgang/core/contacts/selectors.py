"""What one can ask about contacts. Personal data only for a viewer with a purpose, and only after the access log."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import connection
from django.db.models import DateTimeField, Value
from django.utils.translation import gettext

from indgang.core.cases import selectors as cases
from indgang.core.catalogue import selectors as catalogue
from indgang.core.citizens.values import normal_mail
from indgang.core.contacts import call_backs, complaining
from indgang.core.contacts import reference as references
from indgang.core.contacts.complaining import complaints as complaints
from indgang.core.contacts.errors import WrongReference
from indgang.core.contacts.letters import moment as moment
from indgang.core.contacts.life_events import checklist as checklist
from indgang.core.contacts.listing import contacts as contacts
from indgang.core.contacts.listing import log_listed
from indgang.core.contacts.material_list import material_cards as material_cards
from indgang.core.contacts.materials import materials as materials
from indgang.core.contacts.models import Attachment, Contact, ContactTask, Draft, Message, Presence
from indgang.core.contacts.presence import STILL_HERE, types
from indgang.core.contacts.presenting import (
    attachments_of,
    card_of,
    handler_of,
    message_row,
    row_of,
    status_message,
    timeline_entry,
)
from indgang.core.contacts.promises import open_promise, shown_promise
from indgang.core.contacts.promises import promises_due as promises_due
from indgang.core.contacts.promises import was_referred as was_referred
from indgang.core.contacts.queries import FIRST_CONTACT, TIMELINE
from indgang.core.contacts.reading import may_read, names_of, readable
from indgang.core.contacts.standard_replies import template_versions as template_versions
from indgang.core.contacts.standard_replies import templates as templates
from indgang.core.contacts.states import is_ended
from indgang.core.contacts.values import (
    Channel,
    ContactPage,
    ContactRow,
    ContactState,
    Direction,
    DraftRow,
    MessageRow,
    Outcome,
    Present,
    RoutingFacts,
    StatusPage,
    StoredFile,
    TaskRow,
    TimelineEntry,
)
from indgang.foundation.access import services as access
from indgang.foundation.access.errors import NotFound
from indgang.foundation.access.values import PUBLIC, Purpose, Viewer
from indgang.foundation.runtime import clock

STILL_TYPING = timedelta(minutes=10)


@dataclass(frozen=True)
class FirstContact:
    """How many of the contacts settled in a period were solved at first contact; only those old enough to know."""

    settled: int
    solved: int


def contact(viewer: Viewer, key: UUID | str, at: datetime, *, purpose: Purpose | None = None) -> ContactPage:
    """A contact with all that was said. The look is logged first, with the contact itself as purpose unless another
    is given. Missing, forbidden and not one's own purpose answer alike (NotFound); a mistyped reference WrongReference.
    """
    found = _found(key)
    why = purpose or Purpose("contact", str(found.id))
    if purpose is not None and not may_read(viewer, found):
        why = Purpose("contact", str(found.id))  # it is refused, and the refused look stands in the log
    access.open_for(viewer, citizen=found.person_id or found.id, kind="contact", purpose=why, at=at)
    mine = viewer.actor.employee if viewer.actor else None
    drafts, around = _drafts_and_others(found, mine, at)
    said = list(Message.objects.filter(contact=found).order_by("at", "id"))
    typing = {f"employee:{d[0]}" for d in drafts if d[0] != mine and at - d[3] < STILL_TYPING}
    names = names_of({handler_of(found), *(row.author for row in said), *typing, *around} - {""})
    return ContactPage(
        card=card_of(found, names),
        messages=_messages(found, said, names),
        tasks=_tasks(found),
        drafts={field: DraftRow(text, saved_at) for who, field, text, saved_at in drafts if who == mine},
        other_viewers=tuple(sorted({names[actor] for actor in typing})),
        present=tuple(Present(names[actor], typed) for actor, typed in sorted(around.items())),
        call_back=call_backs.newest_of(found) if found.call_back else None,
        promise=open_promise(found) if found.handed_over else None,
        complaint=complaining.newest_of(found, at) if found.complaint else None,
    )


def by_reference(text: str) -> UUID | None:
    """The contact of a reference as somebody typed or said it; no personal data."""
    typed = references.compact(text)
    if not references.is_valid(typed):
        return None
    return Contact.objects.filter(reference=typed).values_list("id", flat=True).first()


def is_inquirers(contact_id: UUID, mails: Iterable[str]) -> bool:
    """Whether one of these mail addresses is the inquirer's own; it proves nothing about who writes."""
    return Contact.objects.filter(id=contact_id, inquirer_mail__in=[normal_mail(mail) for mail in mails]).exists()


def references_of(contact_ids: Iterable[UUID]) -> dict[UUID, str]:
    """The references of these contacts as one says them; no personal data."""
    rows = Contact.objects.filter(id__in=set(contact_ids)).values_list("id", "reference")
    return {key: references.grouped(reference) for key, reference in rows}


def reachable(viewer: Viewer, reference: str) -> UUID:
    """The contact of a reference this viewer may read; no data. Raises WrongReference, NotFound."""
    found = _found(reference)
    if not may_read(viewer, found):
        raise NotFound
    return found.id


def by_secret(secret: str) -> StatusPage | None:
    """What the holder of the link may see: their own text, and when an answer was sent. None for a wrong link."""
    found = Contact.objects.filter(secret=secret).first() if 20 <= len(secret) <= 43 and "\x00" not in secret else None
    if found is None:
        return None
    rows = Message.objects.filter(contact=found).exclude(direction=Direction.NOTE).order_by("at", "id")
    rows = rows.exclude(undo_until__isnull=False, delivery="")  # it may still be taken back
    handed_on = shown_promise(found) if found.handed_over and not is_ended(found.state) else None
    files = attachments_of(rows)
    return StatusPage(
        reference=references.grouped(found.reference),
        received_at=found.received_at,
        channel=gettext(Channel(found.channel).label),
        state=found.state,
        expected_answer_by=found.expected_answer_by,
        closed_at=found.closed_at,
        call_back=found.call_back,
        has_mail=bool(found.inquirer_mail),
        messages=tuple(status_message(row, files.get(row.id, [])) for row in rows if not row.automatic),
        with_whom=handed_on[0] if handed_on else "",
        handed_on_until=handed_on[1] if handed_on else None,
        handed_on_shown=moment(handed_on[1]) if handed_on else "",
        cases=cases.progress_of_contact(found.id),
    )


def timeline(
    viewer: Viewer,
    person_id: UUID,
    *,
    purpose: Purpose,
    at: datetime,
    limit: int = 50,
    before: TimelineEntry | None = None,
) -> list[TimelineEntry]:
    """All contacts of a person over all channels, newest first, page by page (`before` the last entry of the page).

    The look is logged first. Of contacts this viewer may not read only when and by which channel is shown.
    """
    access.open_for(viewer, citizen=person_id, kind="timeline", purpose=purpose, at=at)
    with connection.cursor() as cursor:
        cursor.execute(
            TIMELINE,
            {
                "person": person_id,
                "before": before.at if before else None,
                "before_key": before.key if before else None,
                "limit": min(limit, 200),
            },
        )
        rows = cursor.fetchall()
    mine = readable(viewer, Contact.objects.filter(id__in={row[2] for row in rows}))
    names = names_of({row[8] for row in rows if row[8] and row[2] in mine})
    return [timeline_entry(row, shown=row[2] in mine, names=names) for row in rows]


def contact_by_mail_ids(ids: list[str]) -> UUID | None:
    """The contact of the newest known mail among these Message-IDs (with or without angle brackets)."""
    known = [key.strip().strip("<>")[:255] for key in ids if key.strip() and "\x00" not in key]
    rows = Message.objects.filter(mail_id__in=known, mail_id__gt="").order_by("-at", "-id")
    return rows.values_list("contact_id", flat=True).first()


def facts_for_routing(contact_id: UUID) -> RoutingFacts:
    """What the work queue needs to know; no personal data. Raises NotFound."""
    found = Contact.objects.filter(id=contact_id).first()
    if found is None:
        raise NotFound
    codes = tuple(ContactTask.objects.filter(contact=found).order_by("order").values_list("task_id", flat=True))
    last = Message.objects.filter(contact=found, direction=Direction.IN).order_by("-at", "-id")
    return RoutingFacts(
        contact=found.id,
        reference=references.grouped(found.reference),
        channel=found.channel,
        medium=last.values_list("medium", flat=True).first() or found.channel,
        task=codes[0] if codes else "",
        tasks=codes,
        language=found.language,
        unit_id=found.unit_id,
        received_at=found.received_at,
        expected_answer_by=found.expected_answer_by,
        handler_id=found.handler_id,
        state=found.state,
        call_back=found.call_back,
        person=found.person_id,
        special_group=found.special_group or "",
    )


def rows(viewer: Viewer, contact_ids: Iterable[UUID]) -> dict[UUID, ContactRow]:
    """Contacts as lines of a list, those the viewer may read only; for what they have in hand and opened before."""
    found = list(Contact.objects.filter(id__in=list(contact_ids)))
    mine = readable(viewer, found)
    return {one.id: row_of(one) for one in found if one.id in mine}


def listed(viewer: Viewer, contact_ids: Iterable[UUID], at: datetime) -> dict[UUID, ContactRow]:
    """The same where somebody is shown contacts they have not opened: each look is logged first. LogUnavailable."""
    found = list(Contact.objects.filter(id__in=list(contact_ids)))
    mine = readable(viewer, found)
    shown = [one for one in found if one.id in mine]
    log_listed(viewer, shown, at)
    return {one.id: row_of(one) for one in shown}


def my_contacts(employee_id: int) -> list[ContactRow]:
    """What an employee has in hand, the most urgent first."""
    ended = (ContactState.CLOSED, ContactState.ABANDONED)
    mine = Contact.objects.filter(handler=employee_id).exclude(state__in=ended)
    return [row_of(one) for one in mine.order_by("expected_answer_by", "received_at")[:200]]


def attachment(viewer: Viewer, attachment_id: int, at: datetime) -> StoredFile:
    """A stored file for an employee who may open its contact; logged like the contact itself, refusals too.

    Raises NotFound. The public leaves no trace in the log: it would be filled by counting through the numbers.
    """
    found = Attachment.objects.select_related("message__contact").filter(id=attachment_id).first()
    if found is None or viewer.kind == PUBLIC.kind:
        raise NotFound
    owner = found.message.contact
    why = Purpose("contact", str(owner.id))
    access.open_for(viewer, citizen=owner.person_id or owner.id, kind="attachment", purpose=why, at=at)
    return StoredFile(found.name, found.media_type, found.digest, found.size)


def named_files(digests: Sequence[str]) -> set[str]:
    """Which of these files some message still names."""
    return set(Attachment.objects.filter(digest__in=digests).values_list("digest", flat=True))


def first_contact(*, first: date, last: date, at: datetime) -> FirstContact:
    """Solved at first contact, of what was closed from `first` to `last` (both days in Copenhagen)."""
    with connection.cursor() as cursor:
        cursor.execute(FIRST_CONTACT, {"first": first, "last": last, "today": clock.local(at).date()})
        settled, solved = cursor.fetchone()
    return FirstContact(settled, solved)


def _found(key: UUID | str) -> Contact:
    if isinstance(key, UUID):
        found = Contact.objects.filter(id=key).first()
    elif references.is_valid(key):
        found = Contact.objects.filter(reference=references.compact(key)).first()
    else:
        raise WrongReference(reference=" ".join(key.split())[:20])
    if found is None:
        raise NotFound
    return found


def _messages(found: Contact, said: list[Message], names: dict[str, str]) -> tuple[MessageRow, ...]:
    files = attachments_of(said)
    return tuple(message_row(row, found, files.get(row.id, []), names) for row in said)


def _tasks(found: Contact) -> tuple[TaskRow, ...]:
    rows = list(ContactTask.objects.filter(contact=found).order_by("order"))
    heads = catalogue.heads(row.task_id for row in rows)
    return tuple(
        TaskRow(
            row.task_id, heads[row.task_id].title, row.level, row.source, row.answers, row.outcome,
            gettext(Outcome(row.outcome).label) if row.outcome else "",
        )
        for row in rows
    )  # fmt: skip


def _drafts_and_others(
    found: Contact, mine: int | None, at: datetime
) -> tuple[list[tuple[int, str, str, datetime]], dict[str, bool]]:
    """All drafts, and who else looks at it now (typing or not), in one statement."""
    drafts = Draft.objects.filter(contact=found).values_list(
        "employee_id", "field", "text", "saved_at", Value(None, DateTimeField()), Value(False)
    )
    present = Presence.objects.filter(contact=found).values_list(
        "employee_id", Value(""), Value(""), "seen_at", "typing_at", Value(True)
    )
    rows = list(drafts.union(present, all=True))
    around = {
        f"employee:{who}": types(typing_at, at)
        for who, _, _, seen_at, typing_at, is_present in rows
        if is_present and who != mine and at - seen_at < STILL_HERE
    }
    return [row[:4] for row in rows if not row[5]], around
