"""Contacts on a case: each that is linked stands in the journal with date, theme, channel and employee.

Contacts lie above cases: they hand in their facts, and their files become documents.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import get_language, gettext

from indgang.core.cases.case_values import CaseFile, CitizenProgress, LinkedCase
from indgang.core.cases.documents import file_attachment
from indgang.core.cases.models import Case, JournalEntry
from indgang.core.cases.steps import open_steps, put_step
from indgang.core.cases.values import EntryKind, Progress, Sensitivity, StepKind, Waiting
from indgang.core.cases.waits import end_wait
from indgang.core.cases.writing import enter, line, locked, locked_by_process, noted
from indgang.foundation.access import policy
from indgang.foundation.access import services as access
from indgang.foundation.access.values import Purpose, Viewer

_UNDECIDED = (Progress.OPENED, Progress.INFORMED)


@transaction.atomic
def link_contact(*, case_id: UUID, contact_id: UUID, theme: str = "", viewer: Viewer, at: datetime) -> JournalEntry:
    """A contact belongs to the case; whoever may open the case may link the contact they have. Again changes nothing.

    Its words stay where they are; its files become documents. Raises NotFound.
    """
    case = locked(case_id, viewer=viewer, at=at, working=False)
    check_contact(viewer, contact_id, at)
    known = JournalEntry.objects.filter(case=case, contact=contact_id, kind=EntryKind.CONTACT).first()
    if known is not None:
        return known
    entry = enter(case, EntryKind.CONTACT, theme or case.title, contact=contact_id, viewer=viewer, at=at)
    noted(case, "case.contact_linked", viewer=viewer, at=at, linked=str(contact_id))
    return JournalEntry.objects.get(pk=entry.pk)  # contacts have written its channel and theme by now


def check_contact(viewer: Viewer, contact_id: UUID, at: datetime) -> None:
    """The contact is this viewer's own purpose: they may read it and it is open. Raises NotFound."""
    if not viewer.is_process:
        purpose = Purpose("contact", str(contact_id))
        access.open_for(viewer, citizen=contact_id, kind="contact", purpose=purpose, at=at)


@transaction.atomic
def note_contact(
    *,
    case_id: UUID,
    contact_id: UUID,
    received_at: datetime,
    channel: str,
    theme: str,
    files: Sequence[CaseFile] = (),
    viewer: Viewer,
    at: datetime,
) -> None:
    """What contacts know of a contact just linked: when it came, by which channel, about what, and its files."""
    case = locked_by_process(case_id)
    entry = JournalEntry.objects.filter(case=case, contact=contact_id, kind=EntryKind.CONTACT).order_by("at").first()
    if entry is None:
        entry = enter(case, EntryKind.CONTACT, theme or case.title, contact=contact_id, viewer=viewer, at=at)
    entry.channel, entry.at = channel, min(received_at, at)
    if theme and entry.theme == case.title:
        entry.theme = line(theme, 160)
    entry.save(update_fields=["channel", "at", "theme"])
    _file(case, contact_id, channel, files, viewer, at)
    noted(case, "case.contact_noted", viewer=viewer, at=at, linked=str(contact_id), channel=channel)


@transaction.atomic
def note_message(
    *,
    contact_id: UUID,
    linked_by: UUID | None = None,
    channel: str,
    theme: str,
    files: Sequence[CaseFile] = (),
    viewer: Viewer,
    at: datetime,
) -> int:
    """The citizen wrote again on a linked contact: an entry, the files, and a step to read it, on each open case.

    `linked_by`: the linked contact that this one goes on with. A case that waited for the citizen waits no more.
    How many cases it was.
    """
    linked = _linked(linked_by or contact_id)
    cases = list(linked.exclude(progress=Progress.CLOSED).order_by("id").values_list("id", flat=True))
    for case_id in cases:
        case = locked_by_process(case_id)
        enter(case, EntryKind.CONTACT, theme or case.title, contact=contact_id, channel=channel, viewer=viewer, at=at)
        _file(case, contact_id, channel, files, viewer, at)
        end_wait(case, Waiting.CITIZEN, Waiting.HEARING, viewer=viewer, at=at)
        if not any(step.subject_id == contact_id for step in open_steps(case, StepKind.ANSWER)):
            put_step(case, kind=StepKind.ANSWER, subject_id=contact_id, viewer=viewer, at=at)
        noted(case, "case.contact_noted", viewer=viewer, at=at, linked=str(contact_id), channel=channel)
    return len(cases)


@transaction.atomic
def note_wrap_up(*, contact_id: UUID, words: str, channel: str, viewer: Viewer, at: datetime) -> int:
    """What was said in a contact that ends stands on its undecided cases (offentlighedsloven § 13); how many it was."""
    cases = list(_linked(contact_id).filter(progress__in=_UNDECIDED).order_by("id").values_list("id", flat=True))
    for case_id in cases:
        case = locked_by_process(case_id)
        enter(
            case, EntryKind.NOTE, gettext("Notat fra samtalen"), body=words, channel=channel, contact=contact_id,
            oral_facts=True, viewer=viewer, at=at,
        )  # fmt: skip
        noted(case, "case.noted", viewer=viewer, at=at, linked=str(contact_id))
    return len(cases)


def unnoted_cases(contact_id: UUID) -> list[str]:
    """The numbers of the contact's cases that will be decided and hold no note of it yet."""
    notes = JournalEntry.objects.filter(contact=contact_id, kind=EntryKind.NOTE)
    rows = _linked(contact_id).filter(progress__in=_UNDECIDED, level__gte=policy.DECIDE)
    return list(rows.exclude(id__in=notes.values("case")).order_by("id").values_list("number", flat=True))


def cases_of_contact(contact_id: UUID) -> tuple[LinkedCase, ...]:
    """The cases a contact is linked to, by number; nothing personal."""
    rows = _linked(contact_id).select_related("task", "unit").order_by("id")
    return tuple(
        LinkedCase(row.id, row.number, row.task_id, row.task.title, row.progress, row.administration_id, row.unit.name)
        for row in rows
    )


def progress_of_contact(contact_id: UUID) -> tuple[CitizenProgress, ...]:
    """How far the cases are that this contact raised, in words a citizen uses; nothing personal.

    What a case with sensitive data is about is not said to whoever holds a link.
    """
    rows = Case.objects.filter(contact=contact_id).select_related("task", "unit").order_by("id")
    english = (get_language() or "da").startswith("en")
    return tuple(
        CitizenProgress(
            number=row.number,
            title=_shown_title(row, english=english),
            progress=row.progress,
            progress_name=gettext(Progress(row.progress).label),
            next_step=next_step(row),
            deadline=row.deadline if row.progress in _UNDECIDED else None,
            unit_name=row.unit.name,
            unit_phone=row.unit.phone,
        )
        for row in rows
    )


def next_step(case: Case) -> str:
    """What happens next, said to the citizen."""
    if case.progress == Progress.CLOSED:
        return gettext("Sagen er afsluttet. Du behøver ikke gøre noget.")
    if case.progress == Progress.DECIDED:
        return gettext("Der er truffet en afgørelse. Du får den i et brev.")
    waits = {
        Waiting.CITIZEN: gettext("Vi venter på svar fra dig. Se vores seneste brev eller besked."),
        Waiting.HEARING: gettext("Vi har sendt dig sagens oplysninger. Skriv til os, hvis noget ikke passer."),
        Waiting.OPINION: gettext("Vi venter på en udtalelse fra en fagperson. Du behøver ikke gøre noget."),
        Waiting.AUTHORITY: gettext("Vi venter på svar fra en anden myndighed. Du behøver ikke gøre noget."),
    }
    if case.waiting:
        return waits[Waiting(case.waiting)]
    if case.progress == Progress.INFORMED:
        return gettext("Vi har de oplysninger, vi skal bruge, og afgør sagen. Du behøver ikke gøre noget.")
    if case.handler_id is None:
        return gettext("Sagen venter på en sagsbehandler. Du behøver ikke gøre noget.")
    return gettext("En sagsbehandler ser på sagen. Mangler vi noget, skriver vi til dig.")


def _linked(contact_id: UUID) -> QuerySet[Case]:
    entries = JournalEntry.objects.filter(contact=contact_id, kind=EntryKind.CONTACT)
    return Case.objects.filter(id__in=entries.values("case"))


def _shown_title(case: Case, *, english: bool) -> str:
    if case.sensitivity == Sensitivity.SENSITIVE:
        return gettext("Din sag")
    return str(case.task.title_en if english and case.task.title_en else case.task.title)


def _file(case: Case, contact_id: UUID, channel: str, files: Sequence[CaseFile], viewer: Viewer, at: datetime) -> None:
    for file in files:
        file_attachment(
            case_id=case.id, contact=contact_id, name=file.name, media_type=file.media_type, size=file.size,
            digest=file.digest, channel=channel, viewer=viewer, at=at,
        )  # fmt: skip
