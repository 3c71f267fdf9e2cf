"""What one can ask about contacts. Personal data only for a viewer with a purpose, and only after the access log."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext

from indgang.core.cases import selectors as cases
from indgang.core.citizens.values import normal_mail
from indgang.core.contacts import reference as references
from indgang.core.contacts.complaining import complaints as complaints
from indgang.core.contacts.grounds import Grounds, facts_of
from indgang.core.contacts.letters import moment as moment
from indgang.core.contacts.life_events import checklist as checklist
from indgang.core.contacts.listing import contacts as contacts
from indgang.core.contacts.listing import log_listed
from indgang.core.contacts.material_list import material_cards as material_cards
from indgang.core.contacts.materials import materials as materials
from indgang.core.contacts.models import Attachment, Contact, Message
from indgang.core.contacts.opened import contact as contact
from indgang.core.contacts.opened import found_by
from indgang.core.contacts.presenting import (
    attachments_of,
    row_of,
    status_message,
    timeline_entry,
)
from indgang.core.contacts.promises import promises_due as promises_due
from indgang.core.contacts.promises import shown_promise
from indgang.core.contacts.promises import was_referred as was_referred
from indgang.core.contacts.queries import FIRST_CONTACT, ROUTING_FACTS, TIMELINE
from indgang.core.contacts.reading import may_read, names_of, readable, readable_among
from indgang.core.contacts.standard_replies import template_versions as template_versions
from indgang.core.contacts.standard_replies import templates as templates
from indgang.core.contacts.states import is_ended
from indgang.core.contacts.values import (
    Channel,
    ContactRow,
    ContactState,
    Direction,
    RoutingFacts,
    StatusPage,
    StoredFile,
    TimelineEntry,
)
from indgang.foundation.access import services as access
from indgang.foundation.access.errors import NotFound
from indgang.foundation.access.values import PUBLIC, Purpose, Viewer
from indgang.foundation.runtime import clock


@dataclass(frozen=True)
class FirstContact:
    """How many of the contacts settled in a period were solved at first contact; only those old enough to know."""

    settled: int
    solved: int


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
    found = found_by(reference, viewer)
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
                **facts_of(viewer.actor),
            },
        )
        rows = cursor.fetchall()
    mine = readable_among(viewer, {row[2]: Grounds(*row[10:]) for row in rows}.values())
    names = names_of({row[8] for row in rows if row[8] and row[2] in mine})
    return [timeline_entry(row, shown=row[2] in mine, names=names) for row in rows]


def contact_by_mail_ids(ids: list[str]) -> UUID | None:
    """The contact of the newest known mail among these Message-IDs (with or without angle brackets)."""
    known = [key.strip().strip("<>")[:255] for key in ids if key.strip() and "\x00" not in key]
    rows = Message.objects.filter(mail_id__in=known, mail_id__gt="").order_by("-at", "-id")
    return rows.values_list("contact_id", flat=True).first()


def facts_for_routing(contact_id: UUID) -> RoutingFacts:
    """What the work queue needs to know; no personal data. Raises NotFound."""
    with connection.cursor() as cursor:
        cursor.execute(ROUTING_FACTS, {"contact": contact_id})
        row = cursor.fetchone()
    if row is None:
        raise NotFound
    (
        key, reference, channel, language, unit_id, received_at, expected_answer_by, handler_id, state, call_back,
        person, special_group, codes, medium,
    ) = row  # fmt: skip
    return RoutingFacts(
        contact=key,
        reference=references.grouped(reference),
        channel=channel,
        medium=medium or channel,
        task=codes[0] if codes else "",
        tasks=tuple(codes),
        language=language,
        unit_id=unit_id,
        received_at=received_at,
        expected_answer_by=expected_answer_by,
        handler_id=handler_id,
        state=state,
        call_back=call_back,
        person=person,
        special_group=special_group,
    )


def rows(viewer: Viewer, contact_ids: Iterable[UUID]) -> dict[UUID, ContactRow]:
    """Contacts as lines of a list, those the viewer may read only; for what they have in hand and opened before."""
    asked = list(contact_ids)
    found = list(Contact.objects.filter(id__in=asked)) if asked else []
    mine = readable(viewer, found)
    return {one.id: row_of(one) for one in found if one.id in mine}


def listed(viewer: Viewer, contact_ids: Iterable[UUID], at: datetime) -> dict[UUID, ContactRow]:
    """The same where somebody is shown contacts they have not opened: each look is logged first. LogUnavailable."""
    found = list(Contact.objects.filter(id__in=list(contact_ids)))
    mine = readable(viewer, found)
    shown = [one for one in found if one.id in mine]
    log_listed(viewer, (one.person_id or one.id for one in shown), at)
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
