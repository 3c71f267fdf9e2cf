"""A citizen's cases of all administrations on one page, with what was decided, what runs, the newest papers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext

from indgang.core.cases.case_values import CaseRow, CourseCard, HiddenCase
from indgang.core.cases.lists import cases_of_person
from indgang.core.cases.models import Case, CaseSetting, Course, Deadline, Decision, Document
from indgang.core.cases.pages import course_cards
from indgang.core.cases.values import (
    DeadlineKind,
    DecisionState,
    DocumentKind,
    Progress,
    Result,
    Sensitivity,
)
from indgang.foundation.access.values import Purpose, Viewer

MOST = 20  # of each kind


@dataclass(frozen=True)
class DecisionLine:
    """What was decided in a case, shortly."""

    case: str  # number
    title: str
    result: str
    result_name: str
    decided_at: datetime | None


@dataclass(frozen=True)
class DeadlineLine:
    """A day that runs in a case."""

    case: str
    title: str
    kind_name: str
    due_at: datetime
    overdue: bool


@dataclass(frozen=True)
class DocumentLine:
    """A paper of a case."""

    case: str
    id: UUID
    title: str
    kind_name: str
    dated: datetime
    internal: bool


@dataclass(frozen=True)
class DependsLine:
    """A running matter of the citizen, and what would change it."""

    case: str  # number; empty: the viewer may not see it
    title: str
    where: str
    on: tuple[str, ...]


@dataclass(frozen=True)
class Overview:
    """All of a citizen's cases that this viewer may see, and of the others whom to ask."""

    cases: tuple[CaseRow, ...]  # open ones first
    hidden: tuple[HiddenCase, ...]
    courses: tuple[CourseCard, ...]
    decisions: tuple[DecisionLine, ...]
    deadlines: tuple[DeadlineLine, ...]
    documents: tuple[DocumentLine, ...]
    depends: tuple[DependsLine, ...]

    @property
    def open(self) -> tuple[CaseRow, ...]:
        """Those that are not over."""
        return tuple(row for row in self.cases if row.progress != Progress.CLOSED)

    @property
    def closed(self) -> tuple[CaseRow, ...]:
        """Those that are."""
        return tuple(row for row in self.cases if row.progress == Progress.CLOSED)


def overview(viewer: Viewer, person_id: UUID, *, purpose: Purpose, at: datetime) -> Overview:
    """The citizen's cases with everything one must see at a glance, once the look is logged.

    Raises NotFound, LogUnavailable.
    """
    found = cases_of_person(viewer, person_id, purpose=purpose, at=at)
    names = {row.id: (row.number, row.title) for row in found.rows}
    courses = Course.objects.filter(person=person_id, closed_at=None).order_by("-opened_at", "-id")[:MOST]
    return Overview(
        cases=found.rows,
        hidden=found.hidden,
        courses=course_cards(viewer, courses, at),
        decisions=_decisions(names),
        deadlines=_deadlines(found.rows, names, at),
        documents=_documents(names),
        depends=_depends(person_id, found.rows),
    )


def _decisions(names: dict[UUID, tuple[str, str]]) -> tuple[DecisionLine, ...]:
    rows = Decision.objects.filter(case__in=names, state=DecisionState.DECIDED).order_by("-decided_at")[:MOST]
    return tuple(
        DecisionLine(*names[row.case_id], row.result, gettext(Result(row.result).label), row.decided_at) for row in rows
    )


def _deadlines(cases: Sequence[CaseRow], names: dict[UUID, tuple[str, str]], at: datetime) -> tuple[DeadlineLine, ...]:
    running = [row.id for row in cases if row.progress != Progress.CLOSED]
    rows = Deadline.objects.filter(case__in=running, met_at=None, cancelled_at=None).order_by("due_at", "pk")[:MOST]
    return tuple(
        DeadlineLine(*names[row.case_id], gettext(DeadlineKind(row.kind).label), row.due_at, row.due_at < at)
        for row in rows
    )


def _documents(names: dict[UUID, tuple[str, str]]) -> tuple[DocumentLine, ...]:
    rows = Document.objects.filter(case__in=names).order_by("-dated", "-id")[:MOST]
    return tuple(
        DocumentLine(
            names[row.case_id][0], row.id, row.title, gettext(DocumentKind(row.kind).label), row.dated, row.internal
        )
        for row in rows
    )


def _depends(person_id: UUID, shown: Sequence[CaseRow]) -> tuple[DependsLine, ...]:
    """What the citizen has running or was granted, and which news would change it: asked so that they need not know.

    Of what the viewer may not see only whose it is, and of sensitive matters nothing.
    """
    seen = {row.id for row in shown}
    running = ~Q(progress=Progress.CLOSED) | Q(result__in=[Result.GRANTED, Result.PARTLY])
    rows = Case.objects.filter(running, person=person_id).select_related("administration").order_by("-opened_at")
    open_to = [row for row in rows if row.id in seen or row.sensitivity != Sensitivity.SENSITIVE]
    rules = CaseSetting.objects.in_bulk({row.task_id for row in open_to})
    lines = [
        DependsLine(
            row.number if row.id in seen else "",
            row.title if row.id in seen else "",
            row.administration.name,
            _on(rules.get(row.task_id)),
        )
        for row in open_to
    ]
    return tuple(line for line in lines if line.on)[:MOST]


def _on(rules: CaseSetting | None) -> tuple[str, ...]:
    if rules is None:
        return ()
    said = {"moved": gettext("hvor borgeren bor, og med hvem"), "died": ""}
    found = [said.get(code, "") for code in rules.affects]
    return tuple(dict.fromkeys([*filter(None, found), *([gettext("indkomsten")] if rules.income_dependent else [])]))
