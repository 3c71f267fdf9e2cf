"""Life situations: several cases of several administrations opened in one go, and what else one case may change."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext

from indgang.core.cases.case_values import AffectedRow, CourseCard
from indgang.core.cases.models import Case, Course
from indgang.core.cases.opening import open_case
from indgang.core.cases.pages import course_cards, found_case
from indgang.core.cases.parties import open_course
from indgang.core.cases.reading import rows_read
from indgang.core.cases.rights import may_see, sees
from indgang.core.cases.task_settings import built_on_income
from indgang.core.cases.values import RaisedBy, Sensitivity
from indgang.foundation.access import services as access
from indgang.foundation.access.errors import NotFound
from indgang.foundation.access.values import Purpose, Viewer

_AFFECTED = (Path(__file__).parent / "sql" / "affected.sql").read_text(encoding="utf-8")
_HAPPENED = {"moving": "moved", "moving_abroad": "moved", "death": "died"}  # what a life event is in the registers


@dataclass(frozen=True)
class OpenedCases:
    """What one contact raised, and the course they belong to together."""

    course: UUID | None
    cases: tuple[Case, ...]


@transaction.atomic
def open_cases_of_contact(
    *,
    contact: UUID,
    person: UUID,
    tasks: Sequence[str],
    life_event: str = "",
    raised_by: str = RaisedBy.APPLICATION,
    viewer: Viewer,
    at: datetime,
) -> OpenedCases:
    """A case for each task of a contact, each at its own administration, all or none; several belong to one course.

    Again gives the same cases. Raises as `open_case`.
    """
    wanted = list(dict.fromkeys(tasks))
    known = Case.objects.filter(contact=contact, task__in=wanted, course__isnull=False).order_by("id")
    course = known.values_list("course_id", flat=True).first()
    if course is None and (life_event or len(wanted) > 1):
        title = "" if life_event else "Samlet forløb"
        course = open_course(person=person, life_event=life_event, title=title, viewer=viewer, at=at).id
    cases = [
        open_case(task=task, person=person, contact=contact, raised_by=raised_by, course=course, viewer=viewer, at=at)
        for task in wanted
    ]
    return OpenedCases(course, tuple(cases))


def courses_of_person(viewer: Viewer, person_id: UUID, *, purpose: Purpose, at: datetime) -> tuple[CourseCard, ...]:
    """The courses of a citizen, newest first, with the cases the viewer may see and the progress of all together.

    Raises NotFound, LogUnavailable.
    """
    access.open_for(viewer, citizen=person_id, kind="courses", purpose=purpose, at=at)
    rows = Course.objects.filter(person=person_id).order_by("-opened_at", "-id")
    return course_cards(viewer, rows, at)


def may_also_be_affected(viewer: Viewer, case_id: UUID, at: datetime) -> tuple[AffectedRow, ...]:
    """The citizen's other running cases and granted benefits that may change with this one, and why.

    Part of a case that was opened with `case`, which logs the look at the citizen. Of one the viewer may not see only
    whose it is, and of one with sensitive data nothing. Raises NotFound.
    """
    case = found_case(case_id)
    if not may_see(viewer, case_id, at):
        raise NotFound
    if case.person_id is None:
        return ()
    if case.course_id is None and case.task_id not in built_on_income():
        return ()  # nothing in it reaches another case
    happened = _HAPPENED.get(case.course.life_event if case.course else "")
    facts = {
        "case": case.id,
        "person": case.person_id,
        "task": case.task_id,
        "course": case.course_id,
        "happened": happened,
    }
    found = rows_read(Case, _AFFECTED, facts)
    seen = {row.id for row in found if sees(viewer, row, at)}
    return tuple(
        _affected(row, _reason(row, happened), shown=row.id in seen)
        for row in found
        if row.id in seen or row.sensitivity != Sensitivity.SENSITIVE
    )


def _reason(row: Case, happened: str | None) -> str:
    """Why it may change; the statement found it on one of these grounds."""
    if vars(row)["by_income"]:
        return gettext("Begge afhænger af indkomsten.")
    if vars(row)["by_event"]:
        return gettext("Den afhænger af, hvor borgeren bor.") if happened == "moved" else gettext("Borgeren er død.")
    return gettext("Den hører til samme forløb.")


def _affected(row: Case, reason: str, *, shown: bool) -> AffectedRow:
    return AffectedRow(
        case=row.id if shown else None,
        number=row.number if shown else "",
        title=row.title if shown else "",
        administration_name=row.administration.name,
        reason=reason if shown else "",
    )
