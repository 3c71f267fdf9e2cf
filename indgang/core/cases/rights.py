"""Who may see a case, work on it and open it: one rule for lists and for opening."""

from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

from django.db.models import Q

from indgang.core.cases.models import Case, CaseHandler, Party, Step
from indgang.core.cases.numbering import normal_number
from indgang.core.cases.reading import rows_read
from indgang.core.cases.values import Progress, Sensitivity, StepKind
from indgang.core.catalogue import selectors as catalogue
from indgang.core.organisation import selectors as organisation
from indgang.foundation.access import policy
from indgang.foundation.access import selectors as access
from indgang.foundation.access.errors import NotFound
from indgang.foundation.access.values import Actor, Viewer
from indgang.foundation.runtime import clock
from indgang.foundation.runtime.services import lasting, remembered

_SQL = (Path(__file__).parent / "sql" / "case.sql").read_text(encoding="utf-8")
AFTERMATH = timedelta(days=14)  # a closed case stays a purpose for those who had it: the letter, the file


def case_of(key: UUID | str) -> Case | None:
    """The row of an id or of a number in its normal form, with what is shown of it; inside one look read once."""
    kept = _rows_read()
    if key not in kept:
        condition = "WHERE c.id = %s" if isinstance(key, UUID) else "WHERE c.number = %s"
        found = rows_read(Case, _SQL + condition, [key])
        if not found:
            return None
        kept[found[0].id] = kept[found[0].number] = found[0]
    return kept[key]


@remembered
def _rows_read() -> dict[UUID | str, Case]:
    return {}


def visible(viewer: Viewer, at: datetime) -> Q:
    """The cases this viewer may see, as a condition on their table.

    Whoever handles one, belongs to its unit or has a step of it; and whoever may inform about its task. One with
    sensitive data only those of the latter who are employed by its owner or may settle the task. Processes and
    programs with a key of the municipality see all. Raises NotFound for who is not staff.
    """
    if viewer.is_system:
        return Q()
    if not viewer.is_staff or viewer.actor is None:
        raise NotFound
    informed, settled = tasks_of(viewer, at)
    known = ~Q(sensitivity=Sensitivity.SENSITIVE) | Q(administration=viewer.actor.employer) | Q(task__in=settled)
    return own(viewer.actor) | (Q(task__in=informed) & known)


def own(actor: Actor, *, asked: bool = True) -> Q:
    """The cases that are this employee's work: theirs, their unit's, and those they have a step of.

    Who is only `asked` for an opinion reads a case and changes nothing on it.
    """
    units = actor.units | {actor.unit}
    others = CaseHandler.objects.filter(employee=actor.employee, valid_to=None).values("case")
    steps = Step.objects.filter(done_at=None, withdrawn=False).filter(Q(employee=actor.employee) | Q(unit__in=units))
    steps = steps if asked else steps.exclude(kind=StepKind.OPINION)
    return Q(handler=actor.employee) | Q(unit__in=units) | Q(id__in=others) | Q(id__in=steps.values("case"))


@remembered
def tasks_of(viewer: Viewer, at: datetime) -> tuple[frozenset[str], frozenset[str]]:
    """The tasks this employee may inform about, and those among them they may settle at level 2 or above."""
    scope = access.scope_of(viewer, viewer.at or at)
    if scope is None or not scope.has_rights:
        return frozenset(), frozenset()
    return _reached(scope)


@lasting("catalogue_task")
def _reached(scope: policy.Scope) -> tuple[frozenset[str], frozenset[str]]:
    rights = scope.tasks_filter
    reached = [need for need in catalogue.all_needs(policy.LEVELS) if policy.shows(rights, need)]
    return frozenset(need.task for need in reached), frozenset(
        need.task for need in reached if need.level >= policy.DECIDE
    )


def may_see(viewer: Viewer, case_id: UUID, at: datetime) -> bool:
    """Whether this viewer may see that case."""
    case = case_of(case_id)
    return case is not None and sees(viewer, case, at)


def sees(viewer: Viewer, case: Case, at: datetime) -> bool:
    """`visible` of a row one has: asked of the database only where the row alone does not tell."""
    if viewer.is_system:
        return True
    if not viewer.is_staff or viewer.actor is None:
        raise NotFound
    if _is_at_hand(viewer.actor, case):
        return True
    informed, settled = tasks_of(viewer, at)
    known = case.administration_id == viewer.actor.employer or case.task_id in settled
    if case.task_id in informed and (known or case.sensitivity != Sensitivity.SENSITIVE):
        return True
    return _has_part(viewer, case.id)


@remembered
def _has_part(viewer: Viewer, case_id: UUID) -> bool:
    return viewer.actor is not None and Case.objects.filter(own(viewer.actor), id=case_id).exists()


def may_work_on(viewer: Viewer, case: Case, at: datetime) -> bool:
    """Whether this viewer may change the case: it is their work, or they may settle its task."""
    if viewer.is_system:
        return True
    if viewer.actor is None:
        return False
    if _is_at_hand(viewer.actor, case) or case.task_id in tasks_of(viewer, at)[1]:
        return True
    return Case.objects.filter(own(viewer.actor, asked=False), id=case.id).exists()


def _is_at_hand(actor: Actor, case: Case) -> bool:
    """Whether it is this employee's by the case alone: theirs, or their unit's."""
    return case.handler_id == actor.employee or case.unit_id in actor.units | {actor.unit}


def may_settle(viewer: Viewer, task: str, level: int, at: datetime) -> bool:
    """Whether the viewer may decide the task at the level: only they may say that less is enough."""
    if viewer.is_system:
        return True
    scope = access.scope_of(viewer, viewer.at or at)
    return scope is not None and policy.may(scope, catalogue.need(task, level), level)


def may_inform(viewer: Viewer, task: str, at: datetime) -> bool:
    """Whether this viewer may open cases about the task at all."""
    return viewer.is_system or task in tasks_of(viewer, at)[0]


@remembered
def is_purpose(value: str, citizen: UUID, viewer: Viewer) -> bool:
    """The purpose "case": it is about that citizen, this viewer works on it, and it is open or just closed.

    Others who may see it open it for the contact they have with the citizen, or on a stated reason.
    """
    case = case_of(normal_number(value) or "-")
    if case is None or not _concerns(case, citizen):
        return False
    if viewer.is_system:
        return True
    if viewer.actor is None:
        return False
    if not _is_at_hand(viewer.actor, case) and not _has_part(viewer, case.id):
        return False
    now = viewer.at or clock.now()
    return case.progress != Progress.CLOSED or (case.closed_at is not None and now - case.closed_at < AFTERMATH)


def may_follow(account_id: int, topic: str) -> bool:
    """Whether this login may hear that "case:<id>" changed."""
    now = clock.now()
    viewer = organisation.viewer_of_account(account_id, now)
    try:
        case_id = UUID(topic.partition(":")[2])
    except ValueError:
        return False
    return viewer is not None and may_see(viewer, case_id, now)


def _concerns(case: Case, citizen: UUID) -> bool:
    """A case nobody is the primary party of is looked at under its own id."""
    if citizen in (case.person_id or case.id, case.id):
        return True
    return Party.objects.filter(case=case, person=citizen, valid_to=None).exists()
