"""Leaders share cases out: many at a time, seen before it is done, and undone while nothing has happened since."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Q
from django.utils.translation import gettext

from indgang.core.cases.case_values import AssignLine, LoadRow
from indgang.core.cases.errors import NothingToUndo, TooMany, UnknownPlace
from indgang.core.cases.handling import put_handler
from indgang.core.cases.models import Case
from indgang.core.cases.presenting import UNANSWERED
from indgang.core.cases.rights import may_work_on, visible
from indgang.core.cases.values import Progress
from indgang.core.cases.writing import locked_by_process
from indgang.core.catalogue import selectors as catalogue
from indgang.core.organisation import selectors as organisation
from indgang.core.organisation.values import AgentFacts
from indgang.foundation.access.errors import NotFound
from indgang.foundation.access.values import Role, Viewer
from indgang.foundation.journal import selectors as events
from indgang.foundation.journal import services as journal
from indgang.foundation.runtime.services import uuid7

MOST = 200
UNDONE_WITHIN = timedelta(hours=1)


def preview_assign(viewer: Viewer, case_ids: Sequence[UUID], employee_id: int | None, at: datetime) -> list[AssignLine]:
    """What would become of each case if it were given to that employee (None: back to its unit), in the order given.

    Cases the viewer may not see are left out. Raises TooMany, UnknownPlace.
    """
    asked = list(dict.fromkeys(case_ids))
    if len(asked) > MOST:
        raise TooMany(most=MOST)
    facts = _facts(employee_id, at)
    rows = Case.objects.filter(visible(viewer, at), id__in=asked).select_related("task")
    found = {case.id: case for case in rows}
    names = organisation.names({case.handler_id for case in found.values() if case.handler_id is not None})
    return [_line(viewer, found[key], facts, names, at) for key in asked if key in found]


@transaction.atomic
def assign_many(
    *,
    case_ids: Sequence[UUID],
    employee_id: int | None,
    versions: Mapping[UUID, int] | None = None,
    viewer: Viewer,
    at: datetime,
) -> tuple[UUID, list[AssignLine]]:
    """Give these cases to an employee; what the preview does not allow, and what has changed since it was shown
    (`versions`), stays as it is. The key of what was done, for `undo_assign`, and every line as it went.

    Raises TooMany, UnknownPlace.
    """
    lines = preview_assign(viewer, sorted(set(case_ids)), employee_id, at)
    done: list[tuple[str, int, int]] = []
    went = []
    for one in lines:
        case = locked_by_process(one.case) if one.allowed else None
        stale = case is not None and versions is not None and versions.get(case.id, case.version) != case.version
        if case is None or stale:
            went.append(_refused(one, gettext("Sagen er ændret af en anden imens.")) if stale else one)
            continue
        before = case.handler_id or 0
        put_handler(case, employee_id, viewer=viewer, at=at)
        done.append((str(case.id), before, case.version))
        went.append(one)
    key = uuid7(at)
    journal.record(
        "case.assigned_many", at=at, viewer_name=viewer.name, subject=f"cases.assignment:{key}",
        data={
            "employee": employee_id, "cases": [row[0] for row in done], "before": [row[1] for row in done],
            "versions": [row[2] for row in done],
        },
    )  # fmt: skip
    return key, went


@transaction.atomic
def undo_assign(*, key: UUID, viewer: Viewer, at: datetime) -> int:
    """Give the cases back to whom they were with, as far as nobody has touched them since; how many that were.

    Raises NothingToUndo, NotFound for another's.
    """
    lines = events.events_of_subject(f"cases.assignment:{key}")
    made = next((line for line in lines if line.verb == "case.assigned_many"), None)
    if made is None or made.actor != viewer.name:
        raise NotFound
    if len(lines) > 1:
        raise NothingToUndo(why=gettext("den er fortrudt allerede"))
    if at - made.at > UNDONE_WITHIN:
        raise NothingToUndo(why=gettext("der er gået mere end en time"))
    back = 0
    rows = zip(_list(made.data["cases"]), _list(made.data["before"]), _list(made.data["versions"]), strict=True)
    for case_id, before, version in rows:
        case = locked_by_process(UUID(str(case_id)))
        if case.version == version:
            put_handler(case, int(str(before)) or None, viewer=viewer, at=at)
            back += 1
    journal.record(
        "case.assignment_undone",
        at=at,
        viewer_name=viewer.name,
        subject=f"cases.assignment:{key}",
        data={"cases": back},
    )
    return back


def load_of_unit(viewer: Viewer, unit: int, at: datetime) -> list[LoadRow]:
    """What each employee of a unit has, and what nobody has yet; numbers only. Its own people and leaders ask.

    Raises NotFound.
    """
    mine = viewer.actor is not None and unit in viewer.actor.units | {viewer.actor.unit}
    if not (viewer.is_system or mine or viewer.has_role(Role.MANAGER, Role.EXECUTIVE)):
        raise NotFound
    late = Q(deadline__lt=at, progress__in=UNANSWERED)
    rows = Case.objects.filter(unit=unit).exclude(progress=Progress.CLOSED).order_by().values("handler")
    numbers = rows.annotate(open=Count("id"), late=Count("id", filter=late), wait=Count("id", filter=~Q(waiting="")))
    sums = numbers.values_list("handler", "open", "late", "wait")
    counted: dict[int | None, tuple[int, int, int]] = {who: (all_, late_, wait) for who, all_, late_, wait in sums}
    named: dict[int | None, str] = {None: gettext("Ingen endnu")}
    named.update((card.id, card.name) for card in organisation.employees(unit=unit, at=at))
    named.update(organisation.names({key for key in counted if key is not None and key not in named}).items())
    return [LoadRow(who, name, *counted.get(who, (0, 0, 0))) for who, name in named.items()]


def _line(viewer: Viewer, case: Case, facts: AgentFacts | None, names: Mapping[int, str], at: datetime) -> AssignLine:
    line = AssignLine(
        case=case.id,
        number=case.number,
        title=case.title,
        before=names.get(case.handler_id or 0, ""),
        allowed=True,
        why_not="",
        version=case.version,
    )
    if not may_work_on(viewer, case, at):
        return _refused(line, gettext("Du kan ikke ændre sagen."))
    if case.progress == Progress.CLOSED:
        return _refused(line, gettext("Sagen er afsluttet."))
    if facts is not None and not _knows(facts, case):
        return _refused(line, gettext("Medarbejderen har ikke kompetencen til opgaven."))
    return line


def _knows(facts: AgentFacts, case: Case) -> bool:
    """Whether the employee may at least inform about the task; who decides it is asked when it is decided."""
    head = catalogue.heads([case.task_id]).get(case.task_id)
    known = facts.competences.get(head.group, (0, 0))[1] if head else 0
    return known > 0 or facts.tasks.get(case.task_id, 0) > 0


def _refused(line: AssignLine, why: str) -> AssignLine:
    return AssignLine(line.case, line.number, line.title, line.before, False, why, line.version)


def _facts(employee_id: int | None, at: datetime) -> AgentFacts | None:
    if employee_id is None:
        return None
    found = organisation.agent_facts([employee_id], at)
    if not found:
        raise UnknownPlace(place=str(employee_id))
    return found[0]


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []
