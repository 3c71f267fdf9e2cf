"""A citizen's cases of all administrations on one page, with what was decided, what runs, the newest papers."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import NamedTuple
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext

from indgang.core.cases.case_values import CaseRow, CourseCard, HiddenCase
from indgang.core.cases.lists import cases_of_person
from indgang.core.cases.models import Course
from indgang.core.cases.pages import course_cards
from indgang.core.cases.seeing import seen_by, statement
from indgang.core.cases.values import (
    DeadlineKind,
    DocumentKind,
    Progress,
    Result,
)
from indgang.foundation.access.values import Purpose, Viewer

MOST = 20  # of each kind
_OF_A_CASE = frozenset({"decision", "deadline", "document"})
_Names = Mapping[UUID, tuple[str, str]]  # number and title of the cases one may see


class _Line(NamedTuple):
    """A line of sql/overview.sql."""

    case: UUID
    id: UUID
    code: str
    title: str
    at: datetime
    flag: bool
    affects: Sequence[str]


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

    @cached_property
    def open(self) -> tuple[CaseRow, ...]:
        """Those that are not over."""
        return tuple(row for row in self.cases if row.progress != Progress.CLOSED)

    @cached_property
    def closed(self) -> tuple[CaseRow, ...]:
        """Those that are."""
        return tuple(row for row in self.cases if row.progress == Progress.CLOSED)


def overview(viewer: Viewer, person_id: UUID, *, purpose: Purpose, at: datetime) -> Overview:
    """The citizen's cases with everything one must see at a glance, once the look is logged.

    Raises NotFound, LogUnavailable.
    """
    found = cases_of_person(viewer, person_id, purpose=purpose, at=at)
    names = {row.id: (row.number, row.title) for row in found.rows}
    lines = _lines(viewer, person_id, names, at)
    return Overview(
        cases=found.rows,
        hidden=found.hidden,
        courses=course_cards(viewer, (_course(person_id, line) for line in lines["course"]), at),
        decisions=tuple(_decision(line, names) for line in lines["decision"]),
        deadlines=tuple(_deadline(line, names, at) for line in lines["deadline"]),
        documents=tuple(_document(line, names) for line in lines["document"]),
        depends=_depends(lines["depends"], names),
    )


def _lines(viewer: Viewer, person_id: UUID, names: _Names, at: datetime) -> defaultdict[str, list[_Line]]:
    """The lines of sql/overview.sql by kind, each kind in its order; of the cases on the page only, or of none."""
    found = defaultdict[str, list[_Line]](list)
    with connection.cursor() as cursor:
        cursor.execute(statement("overview"), {"person": person_id, "most": MOST, **seen_by(viewer, at)})
        for what, *told, _place in cursor.fetchall():
            line = _Line(*told)
            if line.case in names or what not in _OF_A_CASE:  # one may have been opened since the page's were read
                found[what].append(line)
    return found


def _course(person_id: UUID, line: _Line) -> Course:
    return Course(id=line.id, person_id=person_id, life_event=line.code, title=line.title, opened_at=line.at)


def _decision(line: _Line, names: _Names) -> DecisionLine:
    return DecisionLine(*names[line.case], line.code, gettext(Result(line.code).label), line.at)


def _deadline(line: _Line, names: _Names, at: datetime) -> DeadlineLine:
    return DeadlineLine(*names[line.case], gettext(DeadlineKind(line.code).label), line.at, line.at < at)


def _document(line: _Line, names: _Names) -> DocumentLine:
    kind_name = gettext(DocumentKind(line.code).label)
    return DocumentLine(names[line.case][0], line.id, line.title, kind_name, line.at, line.flag)


def _depends(lines: Sequence[_Line], names: _Names) -> tuple[DependsLine, ...]:
    """What the citizen has running or was granted, and which news would change it: asked so that they need not know.

    Of what the viewer may not see only whose it is, and of sensitive matters nothing.
    """
    found = (DependsLine(*names.get(line.id, ("", "")), line.code, _on(line)) for line in lines)
    return tuple(line for line in found if line.on)[:MOST]


def _on(line: _Line) -> tuple[str, ...]:
    said = {"moved": gettext("hvor borgeren bor, og med hvem"), "died": ""}
    found = [said.get(code, "") for code in line.affects]
    return tuple(dict.fromkeys([*filter(None, found), *([gettext("indkomsten")] if line.flag else [])]))
