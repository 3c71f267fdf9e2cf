"""What becomes of one understood mail: a repetition, a bounce, a machine's word, a further message or a new contact."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.db.models import Q

from indgang.core.catalogue import selectors as catalogue
from indgang.core.catalogue.values import Triage
from indgang.core.contacts import selectors as contacts
from indgang.core.contacts import services as contact_services
from indgang.core.contacts.values import Inquirer, NewMessage, TaskChoice, Upload
from indgang.entrances.mail import language, marks
from indgang.entrances.mail.mailboxes import addressed
from indgang.entrances.mail.models import RawMail
from indgang.entrances.mail.parse import content_digest
from indgang.entrances.mail.returned import wake
from indgang.entrances.mail.values import Nature, ParsedMail, RawState
from indgang.foundation.access.values import system

MAILROOM = system("mailroom")
SAME_AGAIN = timedelta(minutes=10)  # the same words from the same sender within this time are one mail
FLOOD = ((timedelta(minutes=10), 20), (timedelta(hours=1), 40))  # so many receipts to one address, no more
CLEARLY = 0.75  # a further task counts when it fits almost as well as the best
MOST_TASKS = 3
TRIAGE_CHARACTERS = 4_000
_REFERENCE = re.compile(r"\[\s*([0-9A-Za-z]{4})[- ]?([0-9A-Za-z]{4})\s*\]")


@dataclass(frozen=True)
class Filed:
    """Where a mail ended."""

    state: str
    contact: UUID | None = None
    error: str = ""
    answered: bool = False
    flood: bool = False


def file(row: RawMail, mail: ParsedMail, at: datetime) -> Filed:
    """File the mail; runs in one transaction with the row locked. Mails of one author are filed one after the other."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"mail:{mail.author}"])
    row.author, row.content_digest = mail.author[:320], content_digest(mail)
    row.message_id = mail.message_id[:255]
    earlier = _same_before(row)
    if earlier is not None:
        return Filed(RawState.DUPLICATE, earlier.contact)
    if mail.bounce is not None:
        return _bounced(row, mail, at)
    thread = _thread(mail)
    if mail.nature == Nature.MACHINE:
        return _from_a_machine(row, mail, thread, at)
    if thread is not None:
        stored = contact_services.receive_message(
            contact_id=thread, message=_message(row, mail, stranger=_is_stranger(thread, mail)), viewer=MAILROOM, at=at
        )
        return Filed(RawState.FILED, stored.contact_id)
    return _new_contact(row, mail, at)


def _same_before(row: RawMail) -> RawMail | None:
    """The mail this one repeats: the same words under the same Message-ID, or shortly before from the same author."""
    same = Q(author=row.author, received_at__gte=row.received_at - SAME_AGAIN)
    if row.message_id:
        same |= Q(message_id=row.message_id)
    others = RawMail.objects.filter(same, content_digest=row.content_digest).exclude(pk=row.pk)
    return others.exclude(state__in=[RawState.STORED, RawState.DUPLICATE]).order_by("received_at").first()


def _bounced(row: RawMail, mail: ParsedMail, at: datetime) -> Filed:
    """The far side could not deliver a mail of ours: the contact it belongs to needs a person."""
    report = mail.bounce
    ids = list(report.original_ids) if report else []
    thread = contacts.contact_by_mail_ids(ids)
    if report is None or thread is None:
        return Filed(RawState.ATTENTION, error="Mailen melder om en mail, vi ikke kender.")
    contact_services.receive_message(
        contact_id=thread, message=_message(row, mail, automatic=True), viewer=MAILROOM, at=at
    )
    if not report.final:
        return Filed(RawState.AUTOMATIC, thread)
    for mail_id in ids:
        contact_services.record_delivery(mail_id=mail_id, delivery="bounced", at=at)
    wake(thread, viewer=MAILROOM, at=at)
    return Filed(RawState.BOUNCE, thread)


def _from_a_machine(row: RawMail, mail: ParsedMail, thread: UUID | None, at: datetime) -> Filed:
    """Kept with its thread when it has one; it opens nothing and is never answered."""
    if thread is not None:
        contact_services.receive_message(
            contact_id=thread, message=_message(row, mail, automatic=True), viewer=MAILROOM, at=at
        )
    return Filed(RawState.AUTOMATIC, thread)


def _thread(mail: ParsedMail) -> UUID | None:
    """The contact this mail goes on with: by the mails it answers, else by the reference in its subject.

    A reference can be read over a shoulder, so it counts only from somebody who already takes part.
    """
    found = contacts.contact_by_mail_ids(list(mail.references)) if mail.references else None
    if found is not None:
        return found
    for first, last in _REFERENCE.findall(mail.subject):
        contact_id = contacts.by_reference(first + last)
        if contact_id is not None and _takes_part(contact_id, mail):
            return contact_id
    return None


def _takes_part(contact_id: UUID, mail: ParsedMail) -> bool:
    senders = {mail.author, mail.reply_to} - {""}
    known = RawMail.objects.filter(contact=contact_id, author__in=senders).exists()
    return known or contacts.is_inquirers(contact_id, senders)


def _is_stranger(contact_id: UUID, mail: ParsedMail) -> bool:
    """Somebody else than the inquirer goes on with the conversation: the employee must not take one for the other."""
    return not contacts.is_inquirers(contact_id, [mail.author, mail.answer_to])


def _new_contact(row: RawMail, mail: ParsedMail, at: datetime) -> Filed:
    words = f"{mail.subject}\n{_own_words(mail.text)}"[:TRIAGE_CHARACTERS]
    spoken = language.guess(words)
    found = catalogue.triage(words, language=spoken, channel="mail", at=at)
    codes = chosen_tasks(found)
    box = addressed(row.recipients)
    contact = contact_services.receive_contact(
        channel="mail",
        message=_message(row, mail),
        inquirer=Inquirer(name=mail.author_name, mail=mail.answer_to[:254]),
        tasks=[TaskChoice(code) for code in codes],
        language=spoken,
        unit_code=box.unit,
        viewer=MAILROOM,
        at=at,
    )
    flood = _is_flood(mail.author, row.received_at)
    answerable = mail.nature == Nature.PERSON and marks.may_be_answered(mail.answer_to, domain=our_domain())
    if flood or not answerable:
        return Filed(RawState.FILED, contact.id, flood=flood)
    notice = "\n\n".join(part for part in (found.notice, box.notice(spoken)) if part)
    sent = contact_services.send_receipt(contact_id=contact.id, notice=notice, advice=True, viewer=MAILROOM, at=at)
    return Filed(RawState.FILED, contact.id, answered=sent is not None)


def chosen_tasks(found: Triage) -> list[str]:
    """The best task when triage is sure of one, and those that fit almost as well; none when it asks or refuses."""
    if found.decision != "suggest" or not found.suggestions:
        return []
    best = found.suggestions[0].score
    return [one.task_id for one in found.suggestions if one.score >= CLEARLY * best][:MOST_TASKS]


def our_domain() -> str:
    """The part after the @ of our own address."""
    return settings.MUNICIPALITY_MAIL.rpartition("@")[2].lower()


def _is_flood(author: str, at: datetime) -> bool:
    longest = max(span for span, _ in FLOOD)
    rows = RawMail.objects.filter(author=author, answered=True, received_at__gt=at - longest, received_at__lte=at)
    times = list(rows.order_by("-received_at").values_list("received_at", flat=True)[: max(most for _, most in FLOOD)])
    return any(sum(one > at - span for one in times) >= most for span, most in FLOOD)


def _own_words(text: str) -> str:
    """Without what is quoted from earlier mails."""
    lines = [line for line in text.split("\n") if not line.lstrip().startswith(">")]
    return "\n".join(lines)


def _message(row: RawMail, mail: ParsedMail, *, automatic: bool = False, stranger: bool = False) -> NewMessage:
    said = [*mail.remarks, *(["Mailen er sendt fra en anden adresse end henvenderens."] if stranger else [])]
    remarks = "".join(f"\n\n[{remark}]" for remark in said)
    return NewMessage(
        body=(mail.text or "[Mailen har ingen tekst.]") + remarks,
        medium="mail",
        subject=mail.subject[:200],
        html=mail.html,
        raw=row.id,
        uploads=tuple(Upload(file.name, file.media_type, file.content) for file in mail.files),
        automatic=automatic,
        message_id=mail.message_id,
    )
