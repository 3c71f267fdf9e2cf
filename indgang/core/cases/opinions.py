"""Asking a specialist: the question with its day, the answer on the case. The case stays with who has it."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext

from indgang.core.cases.deadlines import put_deadline
from indgang.core.cases.hearings import words
from indgang.core.cases.models import Case, Document, Opinion, Step
from indgang.core.cases.parts import rows_of
from indgang.core.cases.sharing_checks import answered, both, end_of_day, wait_for
from indgang.core.cases.sharing_errors import DocumentNotOnCase, NotAsked, OpinionOver, OpinionReceiver
from indgang.core.cases.sharing_values import OpinionRow
from indgang.core.cases.steps import end_step, known_employee, open_steps, put_step, take_back, unit_id_of
from indgang.core.cases.values import DeadlineKind, EntryKind, StepKind, Waiting
from indgang.core.cases.writing import changed, enter, line, locked
from indgang.core.organisation import selectors as organisation
from indgang.foundation.access.values import Viewer
from indgang.foundation.runtime.services import uuid7

ASKED = "Giv en udtalelse"
CAME = "Udtalelsen er kommet"


@transaction.atomic
def ask_opinion(
    *,
    case_id: UUID,
    question: str,
    answer_by: date,
    unit: str | int | None = None,
    employee: int | None = None,
    viewer: Viewer,
    at: datetime,
    version: int | None = None,
) -> Opinion:
    """Ask a unit or an employee, who may read the case until they have answered; the handler stays who it is.

    Raises OpinionReceiver, WordsMissing, TextTooLong, DayWrong, UnknownPlace, StaleCase, CaseClosed.
    """
    case = locked(case_id, viewer=viewer, at=at, version=version)
    place, person = unit_id_of(unit), known_employee(employee)
    own = viewer.actor.employee if viewer.actor else None
    if (place is None) == (person is None) or (person is not None and person in {own, case.handler_id}):
        raise OpinionReceiver
    until = end_of_day(answer_by, gettext("Svarfristen"), "answer_by", at)
    row = Opinion.objects.create(
        id=uuid7(at),
        case=case,
        question=words(question, gettext("hvad du vil have vurderet"), field="question"),
        unit_id=place,
        employee_id=person,
        asked_by=own,
        asked_at=at,
        answer_by=until,
    )
    put_step(case, kind=StepKind.OPINION, title=ASKED, unit=place, employee=person, due_at=until, subject_id=row.id,
             viewer=viewer, at=at)  # fmt: skip
    put_deadline(case, kind=DeadlineKind.OPINION, due_at=until, subject_id=row.id, viewer=viewer, at=at)
    wait_for(case, Waiting.OPINION, until)
    theme = f"Udtalelse bedt om hos {name_of(row)}, svar senest {answer_by:%d.%m.%Y}"
    enter(case, EntryKind.OPINION, theme, body=row.question, subject_id=row.id, viewer=viewer, at=at)
    changed(case, "case.opinion_asked", viewer=viewer, at=at, opinion=str(row.id), unit=place, employee=person,
            answer_by=answer_by.isoformat())  # fmt: skip
    return row


@transaction.atomic
def give_opinion(
    *,
    opinion_id: UUID,
    answer: str,
    documents: Sequence[UUID] = (),
    viewer: Viewer,
    at: datetime,
    version: int | None = None,
) -> Opinion:
    """What the specialist says; it is on the case, and the handler has a step to read it. Again: nothing new.

    Raises NotAsked, OpinionOver, WordsMissing, DocumentNotOnCase, SharedStale.
    """
    said = words(answer, gettext("din udtalelse"), field="answer")
    known = _given_by(viewer, opinion_id, said)
    if known is not None:  # who has answered may see the case no more
        return known
    case, row = both(Opinion, opinion_id, gettext("Udtalelsen"), viewer=viewer, at=at, version=version, working=False)
    step = step_of(row)
    if not is_asked(row, step, viewer):
        raise NotAsked(whom=name_of(row))
    _must_be_open(row)
    row.documents = _on_case(case, documents)
    row.answer, row.answered_at, row.version = said, at, row.version + 1
    row.answered_by = viewer.actor.employee if viewer.actor else None
    row.save(update_fields=["answer", "answered_at", "answered_by", "documents", "version"])
    if step is not None:
        end_step(case, step, viewer=viewer, at=at)
    answered(case, DeadlineKind.OPINION, row.id, viewer=viewer, at=at)
    document = row.documents[0] if row.documents else None
    enter(case, EntryKind.OPINION, f"Udtalelse fra {name_of(row)}", body=said, document=document, subject_id=row.id,
          viewer=viewer, at=at)  # fmt: skip
    put_step(case, kind=StepKind.ANSWER, title=CAME, subject_id=row.id, viewer=viewer, at=at)
    changed(case, "case.opinion_given", viewer=viewer, at=at, opinion=str(row.id), employee=row.answered_by,
            documents=len(row.documents))  # fmt: skip
    return row


@transaction.atomic
def withdraw_opinion(
    *, opinion_id: UUID, ground: str = "", viewer: Viewer, at: datetime, version: int | None = None
) -> Opinion:
    """It need not be given after all. Withdrawn again changes nothing. Raises OpinionOver, SharedStale."""
    case, row = both(Opinion, opinion_id, gettext("Udtalelsen"), viewer=viewer, at=at, version=version)
    if row.withdrawn_at is not None:
        return row
    _must_be_open(row)
    drop(case, row, line(ground, 300), viewer=viewer, at=at)
    return row


def drop(case: Case, row: Opinion, ground: str, *, viewer: Viewer, at: datetime) -> None:
    """The open opinion of a locked case falls away, with its step and its deadline."""
    row.withdrawn_at, row.version = at, row.version + 1
    row.save(update_fields=["withdrawn_at", "version"])
    step = step_of(row)
    if step is not None:
        take_back(case, step, viewer=viewer, at=at)
    answered(case, DeadlineKind.OPINION, row.id, cancel=True, viewer=viewer, at=at)
    theme = f"Udtalelsen fra {name_of(row)} afventes ikke mere"
    enter(case, EntryKind.OPINION, theme, body=ground, subject_id=row.id, viewer=viewer, at=at)
    changed(case, "case.opinion_withdrawn", viewer=viewer, at=at, opinion=str(row.id))


def opinion_rows(viewer: Viewer, case: Case, at: datetime) -> tuple[OpinionRow, ...]:
    """What was asked on a case the viewer has opened, newest first."""
    rows = rows_of(case.id, Opinion, lambda: _with_asked(case).order_by("-asked_at", "-id"))
    names = organisation.names({key for row in rows for key in (row.asked_by, row.answered_by) if key is not None})
    steps = {step.subject_id: step for step in open_steps(case, StepKind.OPINION)} if rows else {}
    return tuple(
        OpinionRow(
            id=row.id,
            question=row.question,
            asked_of=name_of(row),
            unit=row.unit_id,
            employee=row.employee_id,
            asked_by=names.get(row.asked_by or 0, ""),
            asked_at=row.asked_at,
            answer_by=row.answer_by,
            answer=row.answer,
            answered_by=names.get(row.answered_by or 0, ""),
            answered_at=row.answered_at,
            withdrawn_at=row.withdrawn_at,
            documents=tuple(row.documents),
            overdue=_open(row) and row.answer_by < at,
            may_answer=_open(row) and is_asked(row, steps.get(row.id), viewer),
            version=row.version,
        )
        for row in rows
    )


def name_of(row: Opinion) -> str:
    """Whom it is asked of."""
    if row.employee is not None:
        return str(row.employee.name)
    return str(row.unit.name) if row.unit is not None else gettext("en specialist")


def step_of(row: Opinion) -> Step | None:
    """The open step of an opinion."""
    return Step.objects.filter(subject_id=row.id, kind=StepKind.OPINION, done_at=None, withdrawn=False).first()


def is_asked(row: Opinion, step: Step | None, viewer: Viewer) -> bool:
    """Whether this viewer is the one asked, of the unit asked, or has taken the step to answer."""
    if viewer.is_process:
        return True
    if viewer.actor is None:
        return False
    units = viewer.actor.units | {viewer.actor.unit}
    people = {row.employee_id, step.employee_id if step else None}
    places = {row.unit_id, step.unit_id if step else None}
    return viewer.actor.employee in people or not units.isdisjoint(place for place in places if place is not None)


def _given_by(viewer: Viewer, opinion_id: UUID, said: str) -> Opinion | None:
    """The same answer of the same employee, sent once more."""
    if viewer.actor is None:
        return None
    rows = Opinion.objects.filter(id=opinion_id, answered_by=viewer.actor.employee, answered_at__isnull=False)
    return rows.filter(answer=said).first()


def _open(row: Opinion) -> bool:
    return row.answered_at is None and row.withdrawn_at is None


def _must_be_open(row: Opinion) -> None:
    if row.withdrawn_at is not None:
        raise OpinionOver(what=gettext("trukket tilbage"))
    if row.answered_at is not None:
        raise OpinionOver(what=gettext("givet"))


def _on_case(case: Case, documents: Sequence[UUID]) -> list[UUID]:
    wanted = list(dict.fromkeys(documents))[:50]
    if Document.objects.filter(case=case, id__in=wanted).count() != len(wanted):
        raise DocumentNotOnCase
    return wanted


def _with_asked(case: Case) -> QuerySet[Opinion]:
    return Opinion.objects.filter(case=case).select_related("unit", "employee")
