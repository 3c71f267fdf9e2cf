"""Whom and what a case concerns: parties, objects, other cases and the course it belongs to."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from indgang.core.cases.case_values import NewParty
from indgang.core.cases.errors import (
    PartyGone,
    PartyMissing,
    RelatedToItself,
    RelationStands,
    UnknownBusiness,
    UnknownPerson,
    UnknownValue,
)
from indgang.core.cases.models import Case, CaseObject, CaseRelation, Complaint, Course, Party
from indgang.core.cases.rights import may_see
from indgang.core.cases.values import ObjectKind, PartyRole, Progress, RelationKind
from indgang.core.cases.writing import changed, checked_title, chosen, line, locked
from indgang.core.catalogue import selectors as catalogue
from indgang.core.citizens import selectors as citizens
from indgang.foundation.access.errors import NotFound
from indgang.foundation.access.values import Viewer
from indgang.foundation.journal import services as journal
from indgang.foundation.runtime.services import uuid7


def party_row(case: Case, party: NewParty, at: datetime) -> Party:
    """A party as a row not yet saved. Raises PartyMissing, UnknownPerson, UnknownBusiness, UnknownValue."""
    name = line(party.name, 160)
    if party.person is None and party.business is None and not name:
        raise PartyMissing
    if party.person is not None and party.person != case.person_id and not citizens.is_known(party.person):
        raise UnknownPerson
    if party.business is not None:
        firm = citizens.business_rows([party.business]).get(party.business)
        if firm is None:
            raise UnknownBusiness
        name = name or firm.name[:160]  # what letters call it
    role = chosen(party.role, PartyRole, "role")
    return Party(case=case, person_id=party.person, business=party.business, name=name, role=role, valid_from=at)


@transaction.atomic
def add_party(*, case_id: UUID, party: NewParty, viewer: Viewer, at: datetime, version: int | None = None) -> Party:
    """Somebody else the case concerns. The primary party is changed by `replace_primary_party`. Raises PartyMissing."""
    case = locked(case_id, viewer=viewer, at=at, version=version)
    if party.role == PartyRole.PRIMARY and case.person_id is not None:
        raise UnknownValue(field="role", value=party.role, known=", ".join(set(PartyRole.values) - {party.role}))
    row = party_row(case, party, at)
    row.save()
    fields = []
    if party.role == PartyRole.PRIMARY:
        case.person_id, fields = party.person, ["person"]
    changed(case, "case.party_added", viewer=viewer, at=at, fields=fields, party=row.pk, role=row.role)
    return row


@transaction.atomic
def end_party(*, case_id: UUID, party_id: int, viewer: Viewer, at: datetime, version: int | None = None) -> None:
    """Somebody is no party any more; who it was stays readable. PartyGone; the primary party is replaced only."""
    case = locked(case_id, viewer=viewer, at=at, version=version)
    ended = Party.objects.filter(pk=party_id, case=case, valid_to=None).exclude(role=PartyRole.PRIMARY)
    if not ended.update(valid_to=at):
        raise PartyGone
    changed(case, "case.party_ended", viewer=viewer, at=at, party=party_id)


@transaction.atomic
def replace_primary_party(
    *, case_id: UUID, person: UUID, viewer: Viewer, at: datetime, version: int | None = None
) -> Party:
    """The case is another citizen's (it was opened for the wrong one, or somebody took over). Raises UnknownPerson."""
    case = locked(case_id, viewer=viewer, at=at, version=version)
    current = Party.objects.filter(case=case, role=PartyRole.PRIMARY, valid_to=None)
    if case.person_id == person:
        same = current.first()
        if same is not None:
            return same
    row = party_row(case, NewParty(role=PartyRole.PRIMARY, person=person), at)
    current.update(valid_to=at)
    row.save()
    case.person_id = person
    changed(case, "case.party_replaced", viewer=viewer, at=at, fields=["person"], party=row.pk)
    return row


@transaction.atomic
def add_object(
    *, case_id: UUID, kind: str, label: str, reference: str = "", viewer: Viewer, at: datetime
) -> CaseObject:
    """A thing the case is about: an address, a vehicle, a child. Raises UnknownValue, CprInTitle, TitleMissing."""
    case = locked(case_id, viewer=viewer, at=at)
    row = CaseObject.objects.create(
        case=case,
        kind=chosen(kind, ObjectKind, "kind"),
        label=checked_title(label, 200),
        reference=checked_title(reference, 80) if reference.strip() else "",
    )
    changed(case, "case.object_added", viewer=viewer, at=at, object=row.pk, kind=row.kind)
    return row


@transaction.atomic
def remove_object(*, case_id: UUID, object_id: int, viewer: Viewer, at: datetime) -> None:
    """The case is not about it after all. Removed again changes nothing."""
    case = locked(case_id, viewer=viewer, at=at)
    if CaseObject.objects.filter(pk=object_id, case=case).delete()[0]:
        changed(case, "case.object_removed", viewer=viewer, at=at, object=object_id)


@transaction.atomic
def relate(*, case_id: UUID, other: UUID, kind: str, viewer: Viewer, at: datetime) -> CaseRelation:
    """How this case stands to another the viewer may see too. Again changes nothing. Raises RelatedToItself."""
    case = locked(case_id, viewer=viewer, at=at, ended=True)
    if other == case_id:
        raise RelatedToItself
    if not may_see(viewer, other, at):
        raise NotFound
    wanted = chosen(kind, RelationKind, "kind")
    row, made = CaseRelation.objects.get_or_create(case=case, other_id=other, kind=wanted)
    if made:
        changed(case, "case.related", viewer=viewer, at=at, other=str(other), kind=wanted)
    return row


@transaction.atomic
def unrelate(*, case_id: UUID, other: UUID, kind: str, viewer: Viewer, at: datetime) -> None:
    """The relation was a mistake. Again changes nothing. Raises RelationStands for a complaint and what it is over."""
    case = locked(case_id, viewer=viewer, at=at, ended=True)
    complained = Complaint.objects.filter(case=case_id, over=other)
    if kind == RelationKind.COMPLAINT and complained.exists():
        raise RelationStands
    if CaseRelation.objects.filter(case=case, other=other, kind=kind).delete()[0]:
        changed(case, "case.unrelated", viewer=viewer, at=at, other=str(other), kind=kind)


@transaction.atomic
def open_course(*, person: UUID | None, life_event: str = "", title: str = "", viewer: Viewer, at: datetime) -> Course:
    """A life situation that cases of several administrations will belong to. Raises UnknownValue, CprInTitle."""
    known = {event.code: event.name for event in catalogue.life_events()}
    code = line(life_event, 20)
    if code and code not in known:
        raise UnknownValue(field="life_event", value=code, known=", ".join(sorted(known)))
    if not viewer.is_system and not viewer.is_staff:
        raise NotFound
    row = Course.objects.create(
        id=uuid7(at),
        person_id=person,
        life_event=code,
        title=checked_title(title or known.get(code, ""), 160),
        opened_at=at,
    )
    journal.record(
        "case.course_opened", at=at, viewer_name=viewer.name, subject=row, citizen=person, data={"life_event": code}
    )
    return row


@transaction.atomic
def join_course(*, case_id: UUID, course: UUID, viewer: Viewer, at: datetime, version: int | None = None) -> Case:
    """The case belongs to a course of the same citizen's life. Raises NotFound."""
    case = locked(case_id, viewer=viewer, at=at, version=version, ended=True)
    row = Course.objects.filter(id=course).first()
    if row is None or (row.person_id is not None and case.person_id not in (None, row.person_id)):
        raise NotFound
    if case.course_id != course:
        case.course_id = course
        changed(case, "case.course_joined", viewer=viewer, at=at, fields=["course"], course=str(course))
    return case


@transaction.atomic
def leave_course(*, case_id: UUID, viewer: Viewer, at: datetime, version: int | None = None) -> Case:
    """The case stands alone. Again changes nothing."""
    case = locked(case_id, viewer=viewer, at=at, version=version, ended=True)
    if case.course_id is not None:
        case.course_id = None
        changed(case, "case.course_left", viewer=viewer, at=at, fields=["course"])
    return case


def close_finished_course(case: Case, at: datetime) -> None:
    """A course is over with its last open case, and goes on when one of them is reopened."""
    if case.course_id is None:
        return
    left = Case.objects.filter(course=case.course_id).exclude(progress=Progress.CLOSED).exists()
    courses = Course.objects.filter(id=case.course_id, closed_at__isnull=not left)
    courses.update(closed_at=None if left else at)
