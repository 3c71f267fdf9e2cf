"""What is shared follows its step and its case: a step passed on passes the question on, a closed case ends all."""

from collections.abc import Callable
from uuid import UUID

from django.db.models import QuerySet

from indgang.core.cases.models import Deadline, Forwarding, Notice, Opinion, Step
from indgang.core.cases.sharing_checks import FOLLOWED
from indgang.core.cases.sharing_errors import OpinionUnanswered, ReactionMissing
from indgang.core.cases.sharing_values import ForwardState
from indgang.core.cases.values import DeadlineKind, Progress, StepKind
from indgang.core.cases.writing import employee_of
from indgang.foundation.journal.values import JournalLine

STEPS = ("case.step_done", "case.step_withdrawn", "case.step_moved", "case.step_passed_on")
_NOT_NEEDED = "Sagen er taget af, før nogen så på det"
_ENDED = "Sagen er afsluttet"


def on_step(line: JournalLine) -> None:
    """A step about an opinion or a notice was done, withdrawn or passed on, in the queue or on the case."""
    act = _ACTS.get((str(line.data.get("kind")), line.verb))
    step = line.data.get("step")
    if act is not None and isinstance(step, str) and line.case:
        act(UUID(step), UUID(line.case), line)


def on_progressed(line: JournalLine) -> None:
    """Nobody is asked on a case that is over: its questions, notices and what it awaited end with it."""
    if line.data.get("progress") != Progress.CLOSED or not line.case:
        return
    case, at = UUID(line.case), line.at
    Opinion.objects.filter(case=case, answered_at=None, withdrawn_at=None).update(withdrawn_at=at)
    Notice.objects.filter(case=case, handled_at=None).update(
        handled_at=at, handled_by=employee_of(line.actor), reaction=_ENDED
    )
    Forwarding.objects.filter(case=case, state__in=FOLLOWED).update(
        state=ForwardState.WITHDRAWN, answered_at=at, answer=_ENDED
    )
    kinds = (DeadlineKind.OPINION, DeadlineKind.FORWARDED)
    Deadline.objects.filter(case=case, kind__in=kinds, met_at=None, cancelled_at=None).update(cancelled_at=at)


def _opinion_done(step: UUID, case: UUID, line: JournalLine) -> None:
    """The step to give an opinion is done by giving it, and in no other way."""
    if _opinions(step).exists():
        raise OpinionUnanswered


def _opinion_withdrawn(step: UUID, case: UUID, line: JournalLine) -> None:
    keys = list(_opinions(step).values_list("id", flat=True))
    Opinion.objects.filter(id__in=keys).update(withdrawn_at=line.at)
    Deadline.objects.filter(case=case, subject_id__in=keys, met_at=None, cancelled_at=None).update(cancelled_at=line.at)


def _opinion_moved(step: UUID, case: UUID, line: JournalLine) -> None:
    unit, employee = line.data.get("unit"), line.data.get("employee")
    if unit is not None or employee is not None:
        _opinions(step).update(unit=unit, employee=employee)


def _notice_done(step: UUID, case: UUID, line: JournalLine) -> None:
    """A notice is dealt with by saying what it means for the case."""
    if _notices(step).exists():
        raise ReactionMissing


def _notice_withdrawn(step: UUID, case: UUID, line: JournalLine) -> None:
    _notices(step).update(handled_at=line.at, handled_by=employee_of(line.actor), reaction=_NOT_NEEDED)


def _opinions(step: UUID) -> QuerySet[Opinion]:
    subjects = Step.objects.filter(id=step).values("subject_id")
    return Opinion.objects.filter(id__in=subjects, answered_at=None, withdrawn_at=None)


def _notices(step: UUID) -> QuerySet[Notice]:
    return Notice.objects.filter(id__in=Step.objects.filter(id=step).values("subject_id"), handled_at=None)


_ACTS: dict[tuple[str, str], Callable[[UUID, UUID, JournalLine], None]] = {
    (StepKind.OPINION, "case.step_done"): _opinion_done,
    (StepKind.OPINION, "case.step_withdrawn"): _opinion_withdrawn,
    (StepKind.OPINION, "case.step_moved"): _opinion_moved,
    (StepKind.OPINION, "case.step_passed_on"): _opinion_moved,
    (StepKind.NOTICE, "case.step_done"): _notice_done,
    (StepKind.NOTICE, "case.step_withdrawn"): _notice_withdrawn,
}
