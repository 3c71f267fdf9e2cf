"""One case with all its parts, once the look is in the access log."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext

from indgang.core.cases.case_values import (
    CasePage,
    CourseCard,
    ObjectCard,
    PartyCard,
    ProgressCard,
    ReachedCase,
    RelatedCase,
    StepCard,
)
from indgang.core.cases.models import (
    Case,
    CaseHandler,
    CaseObject,
    CaseRelation,
    Course,
    Party,
    ProgressChange,
    Step,
)
from indgang.core.cases.numbering import normal_number
from indgang.core.cases.parts import CaseParts, parts_of, people_of, rows_of
from indgang.core.cases.presenting import case_rows_of, deadline_card, name_shown, row_of, step_card, step_cards
from indgang.core.cases.reaching import reached
from indgang.core.cases.rights import case_of, may_see, may_work_on, visible
from indgang.core.cases.values import (
    ObjectKind,
    PartyRole,
    Progress,
    RaisedBy,
    RelationKind,
    Retention,
    Sensitivity,
)
from indgang.core.cases.waits import wait_cards
from indgang.core.citizens import selectors as citizens
from indgang.core.citizens.values import BusinessRow
from indgang.core.organisation import selectors as organisation
from indgang.foundation.access import services as access
from indgang.foundation.access.errors import NotFound
from indgang.foundation.access.values import Purpose, Viewer
from indgang.foundation.runtime import clock


def found_case(key: UUID | str) -> Case:
    """The case of an id or of a number as somebody typed it. Raises NotFound."""
    row = case_of(key if isinstance(key, UUID) else normal_number(key) or "-")
    if row is None:
        raise NotFound
    return row


def open_case_for(viewer: Viewer, case: Case, *, purpose: Purpose | None, at: datetime) -> Purpose:
    """Let the viewer read the case, or raise NotFound; the look is in the access log either way.

    Without a purpose it is the viewer's own work on the case that must allow it. What they may not see in any list
    they may not open on any ground, and that is a refused look, too.
    """
    why = purpose or Purpose("case", case.number)
    seen = (viewer.is_staff or viewer.is_system) and may_see(viewer, case.id, at)
    access.open_for(viewer, citizen=case.person_id or case.id, kind="case", purpose=why if seen else None, at=at)
    return why


def look_at(viewer: Viewer, case: Case, *, purpose: Purpose | None, at: datetime) -> Purpose:
    """The same for the case with the name of its citizen: a look each."""
    why = purpose or Purpose("case", case.number)
    if case.person_id is None:
        return open_case_for(viewer, case, purpose=why, at=at)
    if (viewer.is_staff or viewer.is_system) and may_see(viewer, case.id, at):
        access.open_together(viewer, citizen=case.person_id, kinds=("case", "person"), purpose=why, at=at)
    open_case_for(viewer, case, purpose=why, at=at)
    access.open_for(viewer, citizen=case.person_id, kind="person", purpose=why, at=at)
    return why


def log_parties(viewer: Viewer, case: Case, people: Iterable[UUID | None], why: Purpose, at: datetime) -> None:
    """A look at each of the other persons who are, or were, a party."""
    others = {person for person in people if person and person != case.person_id}
    if others:
        subject = case.person_id or case.id
        access.open_many(viewer, citizens=others, on_account_of=subject, kind="party", purpose=why, at=at)


def looked_at(viewer: Viewer, key: UUID | str, *, purpose: Purpose | None = None, at: datetime) -> ReachedCase:
    """What a part of the case's page must know of it; opened, logged and refused as the whole page."""
    found = found_case(key)
    why = look_at(viewer, found, purpose=purpose, at=at)
    log_parties(viewer, found, people_of(found.id), why, at)
    return reached(viewer, found.id, at)


def case(viewer: Viewer, key: UUID | str, *, purpose: Purpose | None = None, at: datetime) -> CasePage:
    """A case by id or number with all its parts. Missing, forbidden and no purpose answer alike: NotFound.

    The purpose is the viewer's own work on it unless another is given (the contact they have with the citizen, a
    stated reason). LogUnavailable where the look cannot be written.
    """
    found = found_case(key)
    why = look_at(viewer, found, purpose=purpose, at=at)
    parts = parts_of(found.id)
    log_parties(viewer, found, [row.person_id for row in parts.parties], why, at)
    helping = rows_of(found.id, CaseHandler, lambda: CaseHandler.objects.filter(case=found, valid_to=None))
    others = [row.employee_id for row in helping]
    names = organisation.names(_employees(found, parts, others))
    return CasePage(
        row=row_of(found, names.get(found.handler_id or 0, ""), at),
        administration_name=found.administration.name,
        unit_phone=found.unit.phone,
        parties=_parties(parts.parties, at),
        objects=_objects(found),
        related=_related(viewer, found, at),
        course=course_card(viewer, found.course, at) if found.course else None,
        history=_history(parts.history, names),
        handlers=tuple((key, names.get(key, "")) for key in others),
        steps=tuple(step_card(step, found, names, at) for step in parts.steps),
        deadlines=tuple(deadline_card(row, at) for row in parts.deadlines),
        raised_by=found.raised_by,
        raised_by_name=gettext(RaisedBy(found.raised_by).label),
        sensitivity=found.sensitivity,
        sensitivity_name=gettext(Sensitivity(found.sensitivity).label),
        legal_basis=found.legal_basis,
        kle=found.kle,
        facet=found.facet,
        retention=found.retention,
        retention_name=gettext(Retention(found.retention).label),
        archived_at=found.archived_at,
        level=found.level,
        contact=found.contact,
        decided_at=found.decided_at,
        reopened=found.reopened,
        waits=wait_cards(found),
        may_work=may_work_on(viewer, found, at),
    )


def step(step_id: UUID, at: datetime) -> StepCard | None:
    """A step as the queue needs it; nothing personal, so there is no look."""
    found = Step.objects.filter(id=step_id).select_related("case", "unit").first()
    return step_cards([found], at)[0] if found else None


def open_steps_of(case_id: UUID) -> list[UUID]:
    """The steps of a case still to be done; for the queue."""
    return list(Step.objects.filter(case=case_id, done_at=None, withdrawn=False).values_list("id", flat=True))


def course_card(viewer: Viewer, course: Course, at: datetime) -> CourseCard:
    """A course with the cases this viewer may see, and how many of all are open.

    That one with sensitive data belongs to it is not told to who may not see that.
    """
    right = visible(viewer, at)
    cases = Case.objects.filter(course=course).order_by("opened_at", "id")
    told = cases.filter(right | ~Q(sensitivity=Sensitivity.SENSITIVE)) if right else cases
    states = list(told.values_list("progress", flat=True))
    closed = sum(progress == Progress.CLOSED for progress in states)
    seen = cases.filter(right).select_related("task", "unit", "person")
    return CourseCard(
        id=course.id,
        life_event=course.life_event,
        title=course.title,
        opened_at=course.opened_at,
        closed_at=course.closed_at,
        cases=case_rows_of(seen, at),
        open=len(states) - closed,
        closed=closed,
    )


def course_cards(viewer: Viewer, courses: Iterable[Course], at: datetime) -> tuple[CourseCard, ...]:
    """The courses of which this viewer may see a case: what has happened to the citizen is content, too."""
    cards = (course_card(viewer, course, at) for course in courses)
    return tuple(card for card in cards if card.cases)


def _parties(rows: Iterable[Party], at: datetime) -> tuple[PartyCard, ...]:
    """The parties by name; whoever is protected is shown so."""
    today = clock.local(at).date()
    firms = citizens.business_rows({row.business for row in rows if row.business})
    return tuple(
        PartyCard(
            id=row.pk,
            role=row.role,
            role_name=gettext(PartyRole(row.role).label),
            person=row.person_id,
            business=row.business,
            name=_party_name(row, firms, today),
            protected=bool(row.person and row.person.protected_until and row.person.protected_until >= today),
            valid_from=row.valid_from,
            valid_to=row.valid_to,
        )
        for row in rows
    )


def _party_name(row: Party, firms: Mapping[UUID, BusinessRow], today: date) -> str:
    if row.person:
        return name_shown(row.person, today)
    firm = firms.get(row.business) if row.business else None
    return f"{firm.name} (CVR {firm.cvr})" if firm else row.name


def _objects(case: Case) -> tuple[ObjectCard, ...]:
    rows = rows_of(case.id, CaseObject, lambda: CaseObject.objects.filter(case=case).order_by("pk"))
    return tuple(
        ObjectCard(row.pk, row.kind, gettext(ObjectKind(row.kind).label), row.label, row.reference) for row in rows
    )


def _related(viewer: Viewer, case: Case, at: datetime) -> tuple[RelatedCase, ...]:
    """The cases it stands to; of one the viewer may not see only the number, and of a sensitive one nothing."""
    rows = rows_of(case.id, CaseRelation, lambda: _standing(case))
    if not rows:
        return ()
    ends = {row.pk: row.other if row.case_id == case.id else row.case for row in rows}
    seen = set(
        Case.objects.filter(visible(viewer, at), id__in=[end.id for end in ends.values()]).values_list("id", flat=True)
    )
    return tuple(
        RelatedCase(
            id=ends[row.pk].id,
            number=ends[row.pk].number,
            title=ends[row.pk].title if ends[row.pk].id in seen else "",
            kind=row.kind,
            kind_name=gettext(RelationKind(row.kind).label),
            outward=row.case_id == case.id,
            progress=ends[row.pk].progress if ends[row.pk].id in seen else "",
            progress_name=gettext(Progress(ends[row.pk].progress).label) if ends[row.pk].id in seen else "",
        )
        for row in rows
        if ends[row.pk].id in seen or ends[row.pk].sensitivity != Sensitivity.SENSITIVE
    )


def _standing(case: Case) -> QuerySet[CaseRelation]:
    rows = CaseRelation.objects.filter(Q(case=case) | Q(other=case)).select_related("case", "other")
    return rows.order_by("pk")


def _employees(case: Case, parts: CaseParts, others: Iterable[int]) -> set[int]:
    """Everybody the page names."""
    named = [case.handler_id, *others]
    named += [row.employee for row in parts.history]
    named += [step.employee_id for step in parts.steps]
    return {one for one in named if one is not None}


def _history(rows: Iterable[ProgressChange], names: Mapping[int, str]) -> tuple[ProgressCard, ...]:
    return tuple(
        ProgressCard(
            row.progress,
            gettext(Progress(row.progress).label),
            row.at,
            names.get(row.employee or 0) or gettext("systemet"),
            row.ground,
        )
        for row in rows
    )
