"""A citizen's changed income: from which case it is reported, and which open cases it concerns afterwards."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from indgang.core.cases.case_values import CaseRow
from indgang.core.cases.lists import cases_of_person
from indgang.core.cases.models import Case, CaseSetting, Notice
from indgang.core.cases.rights import may_work_on, visible
from indgang.core.cases.sharing_values import NoticeKind
from indgang.core.cases.values import Progress, Sensitivity
from indgang.foundation.access.values import Purpose, Viewer
from indgang.foundation.journal import selectors as journal

WAITING, SEEN = "waiting", "seen"  # what became of the notice of a case


@dataclass(frozen=True)
class IncomeCase:
    """An open case that depends on the income."""

    row: CaseRow
    may_report: bool  # it is this viewer's work: the report is made from it
    notice: str  # empty: none was raised yet
    notice_at: datetime | None
    react_by: datetime | None


@dataclass(frozen=True)
class IncomeReport:
    """A report that was made: where it is."""

    at: datetime
    year: int
    failed: bool


@dataclass(frozen=True)
class IncomePage:
    """Whom a changed income concerns."""

    cases: tuple[IncomeCase, ...]
    elsewhere: tuple[str, ...]  # administrations with open cases of the citizen this viewer may not see
    report: IncomeReport | None

    @property
    def reportable(self) -> tuple[CaseRow, ...]:
        """The cases it may be reported from."""
        return tuple(one.row for one in self.cases if one.may_report)


def income_page(viewer: Viewer, person_id: UUID, *, purpose: Purpose, report: str = "", at: datetime) -> IncomePage:
    """The citizen's open cases that depend on the income, once the look is logged; with the key of a report, since
    that one. Raises NotFound, LogUnavailable."""
    found = cases_of_person(viewer, person_id, purpose=purpose, at=at)
    made = _report(report, person_id) if report else None
    dependent = _dependent(row.task for row in found.rows)
    open_rows = [row for row in found.rows if row.progress != Progress.CLOSED and row.task in dependent]
    own = {case.id: case for case in Case.objects.filter(id__in=[row.id for row in open_rows])}
    notices = _notices(own, made.at if made else None)
    return IncomePage(
        cases=tuple(
            _of(row, notices.get(row.id), may_report=may_work_on(viewer, own[row.id], at)) for row in open_rows
        ),
        elsewhere=_elsewhere(viewer, person_id, at),
        report=made,
    )


def _of(row: CaseRow, notice: Notice | None, *, may_report: bool) -> IncomeCase:
    if notice is None:
        return IncomeCase(row, may_report, "", None, None)
    state = WAITING if notice.handled_at is None else SEEN
    return IncomeCase(row, may_report, state, notice.at, notice.react_by)


def _dependent(tasks: Iterable[str]) -> set[str]:
    rows = CaseSetting.objects.filter(task__in=set(tasks), income_dependent=True)
    return set(rows.values_list("task_id", flat=True))


def _notices(cases: dict[UUID, Case], since: datetime | None) -> dict[UUID, Notice]:
    """The newest notice of a changed income on each; with a report only what came after it."""
    rows = Notice.objects.filter(case__in=cases, kind=NoticeKind.INCOME_CHANGED)
    if since is not None:
        rows = rows.filter(at__gte=since)
    return {row.case_id: row for row in rows.order_by("at", "id")}


def _elsewhere(viewer: Viewer, person_id: UUID, at: datetime) -> tuple[str, ...]:
    """Whose they are alone; of sensitive ones nothing."""
    rows = Case.objects.filter(person=person_id).exclude(progress=Progress.CLOSED)
    rows = rows.exclude(sensitivity=Sensitivity.SENSITIVE).exclude(visible(viewer, at)).select_related("administration")
    hidden = list(rows)
    dependent = _dependent(case.task_id for case in hidden)
    return tuple(dict.fromkeys(case.administration.name for case in hidden if case.task_id in dependent))


def _report(key: str, person_id: UUID) -> IncomeReport | None:
    """The report of that key, where it is this citizen's."""
    lines = journal.events_of_subject(f"registers.report:{key}")
    made = next((line for line in lines if line.verb == "register.reported" and line.citizen == str(person_id)), None)
    if made is None:
        return None
    failed = any(line.verb == "register.report_failed" for line in lines)
    return IncomeReport(made.at, int(str(made.data.get("year") or 0)), failed)
