"""What time does to a case: waiting ends, deadlines come near and pass; each is told to whoever has the case."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from indgang.core.cases.deadlines import working_days_after
from indgang.core.cases.models import Case, Deadline
from indgang.core.cases.steps import open_steps, put_step
from indgang.core.cases.values import DeadlineKind, StepKind
from indgang.core.cases.waits import end_wait, run_out
from indgang.core.cases.writing import changed, locked_by_process
from indgang.core.catalogue import selectors as catalogue
from indgang.foundation.access.values import system

WARNED_DAYS = 3  # working days before an answer is due
WATCHED = (DeadlineKind.ANSWER, DeadlineKind.HAND_OVER)  # the others are watched by those who set them
_WATCH = system("deadlines")
_BATCH = 500
_SOON = {
    DeadlineKind.ANSWER: "Svarfristen er nær: svar, eller skriv til borgeren med en ny dag",
    DeadlineKind.HAND_OVER: "Fristen for den overdragne sag er nær",
}
_PASSED = {
    DeadlineKind.ANSWER: "Svarfristen er passeret: skriv til borgeren, hvornår svaret kommer",
    DeadlineKind.HAND_OVER: "Fristen for den overdragne sag er passeret",
}


def wake_waiting(at: datetime) -> int:
    """Cases that have waited long enough are work again; how many."""
    due = Case.objects.filter(waiting_until__lte=at).order_by("waiting_until").values_list("id", flat=True)[:_BATCH]
    return sum(_wake(case_id, at) for case_id in list(due))


def watch_deadlines(at: datetime) -> int:
    """Tell the handlers of what is due soon and of what has passed, once each; how many were told.

    An answer that will be late is told the citizen in writing, with the new day (retssikkerhedsloven § 3, 2): that is
    the step, and the letter is ready on the case.
    """
    days = int(catalogue.setting("cases.warned_days", WARNED_DAYS))
    running = Deadline.objects.filter(met_at=None, cancelled_at=None, kind__in=WATCHED).order_by("due_at")
    soon = running.filter(due_at__gt=at, due_at__lte=working_days_after(at, days), warned_at=None)
    passed = running.filter(due_at__lte=at, overdue_at=None)
    near, late = list(soon.values_list("pk", flat=True)[:_BATCH]), list(passed.values_list("pk", flat=True)[:_BATCH])
    told = sum(_tell(key, at, passed=False) for key in near)
    return told + sum(_tell(key, at, passed=True) for key in late)


@transaction.atomic
def _wake(case_id: UUID, at: datetime) -> bool:
    case = Case.objects.select_for_update(of=("self",), skip_locked=True).filter(pk=case_id).first()
    if case is None or case.waiting_until is None or case.waiting_until > at:
        return False
    over = run_out(case, at)
    if not over:
        return False
    end_wait(case, *over, viewer=_WATCH, at=at)
    put_step(case, kind=StepKind.DEADLINE, title="Ventetiden er slut: gå videre med sagen", viewer=_WATCH, at=at)
    return True


@transaction.atomic
def _tell(deadline: int, at: datetime, *, passed: bool) -> bool:
    case_id = Deadline.objects.filter(pk=deadline).values_list("case_id", flat=True).first()
    if case_id is None:
        return False
    case = locked_by_process(case_id)
    row = Deadline.objects.select_for_update(of=("self",)).get(pk=deadline)
    if row.met_at is not None or row.cancelled_at is not None or (row.overdue_at if passed else row.warned_at):
        return False
    if passed:
        row.overdue_at = at
    else:
        row.warned_at = at
    row.save(update_fields=["overdue_at", "warned_at"])
    kind = DeadlineKind(row.kind)
    title = (_PASSED if passed else _SOON)[kind]
    standing = [step for step in open_steps(case, StepKind.DEADLINE) if step.title in {_SOON[kind], _PASSED[kind]}]
    if not standing:  # who was warned and has not acted yet has it on the desk already
        put_step(case, kind=StepKind.DEADLINE, title=title, due_at=row.due_at, viewer=_WATCH, at=at)
    verb = "case.deadline_passed" if passed else "case.deadline_near"
    changed(case, verb, viewer=_WATCH, at=at, kind=kind.value)
    return True
