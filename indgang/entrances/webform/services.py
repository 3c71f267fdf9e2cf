"""What one can do with the form: start it, fill in a page, send it."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from secrets import token_urlsafe

from django.db import transaction

from indgang.core.catalogue import selectors as catalogue
from indgang.core.catalogue.values import TaskCard
from indgang.core.contacts import services as contacts
from indgang.core.contacts.values import Channel, Inquirer, NewMessage, Outcome, TaskChoice, Upload
from indgang.entrances.webform import letters, steps
from indgang.entrances.webform.errors import AlreadySent, DraftGone, FilesTooLarge, TooManyFiles, Unfinished
from indgang.entrances.webform.models import InquiryDraft
from indgang.entrances.webform.values import KEPT_HOURS, LARGEST_FILES, MOST_FILES, Step, Way
from indgang.foundation.access import values as access
from indgang.foundation.runtime import services as runtime

ENTRANCE = access.system("webform")


@transaction.atomic
def start(*, text: str, language: str, at: datetime) -> InquiryDraft:
    """A new form with the citizen's own words."""
    return InquiryDraft.objects.create(token=token_urlsafe(32), started_at=at, text=text, language=language)


def open_draft(token: str, *, at: datetime) -> InquiryDraft:
    """The form of this token; raises DraftGone."""
    draft = InquiryDraft.objects.filter(token=token).first()
    if draft is None or draft.started_at < at - timedelta(hours=KEPT_HOURS):
        raise DraftGone(hours=KEPT_HOURS)
    return draft


@transaction.atomic
def say_again(*, token: str, text: str, at: datetime) -> InquiryDraft:
    """Other words: what followed from the old ones is asked again."""
    draft = _unsent(token, at)
    if text != draft.text:
        draft.text, draft.task, draft.topic_chosen = text, "", False
        draft.answers, draft.answered, draft.way = {}, False, ""
        draft.save()
    return draft


@transaction.atomic
def choose_topic(*, token: str, task: str, at: datetime) -> InquiryDraft:
    """One of the suggested tasks, or none of them (empty)."""
    draft = _unsent(token, at)
    if task != draft.task:
        draft.answers, draft.answered, draft.way = {}, False, ""
    draft.task = task if task and catalogue.task(task) else ""
    draft.topic_chosen = True
    draft.save()
    return draft


@transaction.atomic
def answer_questions(*, token: str, answers: dict[str, str], at: datetime) -> InquiryDraft:
    """The answers to the clarifying questions; one of them may lead to another task, whose questions come next."""
    draft = _unsent(token, at)
    card = task_of(draft)
    draft.answers = {**draft.answers, **answers}
    other = steps.task_after(card.questions, answers) if card else ""
    if other and other != draft.task:
        draft.task, draft.answered = other, False
    else:
        draft.answered = True
    draft.save()
    return draft


@transaction.atomic
def choose_way(*, token: str, way: str, at: datetime) -> InquiryDraft:
    """The answer at once is enough, or a message, or a call-back."""
    draft = _unsent(token, at)
    draft.way = way if way in Way.values else Way.MESSAGE
    draft.save()
    return draft


@transaction.atomic
def tell_reach(*, token: str, facts: dict[str, str], at: datetime) -> InquiryDraft:
    """Name, mail, phone and when to call."""
    draft = _unsent(token, at)
    for name in ("way", "name", "mail", "phone", "call_when"):
        setattr(draft, name, facts.get(name, ""))
    draft.reached = True
    draft.save()
    return draft


@transaction.atomic
def add_files(*, token: str, uploads: Iterable[Upload], at: datetime) -> InquiryDraft:
    """Files to send along; stored at once, so that a later fault does not ask for them again."""
    draft = _unsent(token, at)
    new = [upload for upload in uploads if upload.content or upload.name]
    if len(draft.files) + len(new) > MOST_FILES:
        raise TooManyFiles(count=MOST_FILES)
    size = sum(file["size"] for file in draft.files) + sum(len(upload.content) for upload in new)
    if size > LARGEST_FILES:
        raise FilesTooLarge(megabytes=LARGEST_FILES // 1024**2)
    draft.files += [
        {
            "name": upload.name[:200],
            "media_type": upload.media_type[:100],
            "size": len(upload.content),
            "digest": runtime.store_file(upload.content),
        }
        for upload in new
    ]
    draft.save(update_fields=["files"])
    return draft


@transaction.atomic
def remove_file(*, token: str, number: int, at: datetime) -> InquiryDraft:
    """Take a file out again; its place in the list."""
    draft = _unsent(token, at)
    if 0 <= number < len(draft.files):
        del draft.files[number]
        draft.save(update_fields=["files"])
    return draft


@transaction.atomic
def send(*, token: str, at: datetime) -> InquiryDraft:
    """Make the form one contact; sending it again changes nothing and gives the same receipt.

    An answer at once settles the contact and is mailed; a message or a call-back becomes work with a receipt.
    """
    draft = _locked(token, at)
    if draft.contact:
        return draft
    card = task_of(draft)
    if steps.next_step(draft, card) != Step.REVIEW:
        raise Unfinished
    answer = steps.answer_at_once(draft, card) if draft.way == Way.ANSWER else None
    contact = contacts.receive_contact(
        channel=Channel.WEBFORM,
        message=NewMessage(
            body=letters.inquiry_text(draft, steps.answers_in_words(card, draft.answers)),
            medium=Channel.WEBFORM,
            uploads=_uploads(draft),
        ),
        inquirer=Inquirer(name=draft.name, mail=draft.mail, phone=draft.phone),
        tasks=[TaskChoice(draft.task, source="citizen", answers=draft.answers)] if draft.task else [],
        language=draft.language,
        call_back=draft.way == Way.CALL_BACK,
        call_back_when=draft.call_when,
        viewer=ENTRANCE,
        at=at,
    )
    if draft.mail and answer:
        contacts.send_answer(contact_id=contact.id, card=answer, viewer=ENTRANCE, at=at)
    elif draft.mail:
        contacts.send_receipt(contact_id=contact.id, notice=notice_of(draft, at), viewer=ENTRANCE, at=at)
    if answer:
        outcome = Outcome.SELF_SERVICE if answer.link else Outcome.INFORMED
        contacts.settle_at_once(contact_id=contact.id, outcome=outcome, at=at)
    draft.contact, draft.reference, draft.sent_at = contact.id, contact.reference, at
    draft.secret, draft.expected = contact.secret, contact.expected_answer_by
    draft.save(update_fields=["contact", "reference", "sent_at", "secret", "expected"])
    return draft


@transaction.atomic
def forget_old(at: datetime) -> int:
    """Delete forms that were not sent in time, and sent ones a day later; how many."""
    return InquiryDraft.objects.filter(started_at__lt=at - timedelta(hours=KEPT_HOURS)).delete()[0]


def notice_of(draft: InquiryDraft, at: datetime) -> str:
    """What the citizen must read first, for example that a life in danger is for 112."""
    return catalogue.triage(draft.text, language=draft.language, channel=Channel.WEBFORM, at=at).notice


def named_files(digests: Sequence[str]) -> set[str]:
    """Which of these files some form still names; forms that are not sent are few and gone after two days."""
    named = InquiryDraft.objects.exclude(files=[]).values_list("files", flat=True)
    return {file["digest"] for files in named for file in files} & set(digests)


def task_of(draft: InquiryDraft) -> TaskCard | None:
    """The chosen task in the citizen's language."""
    return catalogue.task(draft.task, language=draft.language) if draft.task else None


def _unsent(token: str, at: datetime) -> InquiryDraft:
    draft = _locked(token, at)
    if draft.contact:
        raise AlreadySent(reference=draft.reference)
    return draft


def _locked(token: str, at: datetime) -> InquiryDraft:
    open_draft(token, at=at)
    return InquiryDraft.objects.select_for_update().get(token=token)


def _uploads(draft: InquiryDraft) -> tuple[Upload, ...]:
    uploads = []
    for file in draft.files:
        with runtime.open_file(file["digest"]) as stored:
            uploads.append(Upload(file["name"], file["media_type"], stored.read()))
    return tuple(uploads)
