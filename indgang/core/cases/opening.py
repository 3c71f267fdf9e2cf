"""How a case begins: its number, owner, unit, parties, deadline and first steps, in one transaction."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction

from indgang.core.cases.case_values import NewParty
from indgang.core.cases.contact_links import check_contact
from indgang.core.cases.deadlines import working_days_after
from indgang.core.cases.errors import LevelNotYours, TaskNotYours, UnitMissing, UnknownPerson
from indgang.core.cases.models import Case, CaseSetting, Course, Deadline, Party, ProgressChange, Step, StepTemplate
from indgang.core.cases.numbering import new_number
from indgang.core.cases.parties import party_row
from indgang.core.cases.rights import may_inform, may_settle
from indgang.core.cases.steps import known_employee, put_step, unit_id_of
from indgang.core.cases.values import DeadlineKind, EntryKind, PartyRole, Progress, RaisedBy, StepKind
from indgang.core.cases.writing import checked_title, chosen, enter, line, noted
from indgang.core.catalogue import selectors as catalogue
from indgang.core.catalogue.errors import TaskNotFound
from indgang.core.catalogue.values import Placed, TaskCard
from indgang.core.citizens import selectors as citizens
from indgang.core.organisation import selectors as organisation
from indgang.foundation.access import policy
from indgang.foundation.access.errors import NotFound
from indgang.foundation.access.values import Viewer
from indgang.foundation.runtime.services import remembering, uuid7

_ONE_AT_A_TIME = "SELECT pg_advisory_xact_lock(hashtextextended(%s, 7))"


@transaction.atomic
def open_case(
    *,
    task: str,
    person: UUID | None,
    title: str = "",
    contact: UUID | None = None,
    unit: str | int | None = None,
    handler: int | None = None,
    raised_by: str = RaisedBy.APPLICATION,
    level: int | None = None,
    life_event: str = "",
    course: UUID | None = None,
    parties: Sequence[NewParty] = (),
    viewer: Viewer,
    at: datetime,
) -> Case:
    """A case about a task, at the unit that has such cases unless another is named, with its deadline and first steps.

    The contact that raised it is in its journal. The same contact and task again give the same case.
    Raises TaskNotFound, TaskNotYours, LevelNotYours, UnknownPerson, UnitMissing, UnknownPlace, CprInTitle,
    UnknownValue, NotFound.
    """
    card = _card(task)
    if not may_inform(viewer, card.code, at):
        raise TaskNotYours(task=card.title)
    if level in policy.LEVELS and level < level_of(card) and not may_settle(viewer, card.code, level_of(card), at):
        raise LevelNotYours(level=level_of(card))
    if person is not None and not citizens.is_known(person):
        raise UnknownPerson
    chosen(raised_by, RaisedBy, "raised_by")
    if contact is not None:
        check_contact(viewer, contact, at)
        known = _opened_before(contact, card.code, raised_by)
        if known is not None:
            return known
    case = _row(card, person, title, contact, unit, handler, raised_by, level, viewer, at)
    course_row = _course(course, life_event, person, case.title, at)
    case.course_id = course_row.id if course_row else None
    case.save(force_insert=True)
    ProgressChange.objects.create(
        case=case, progress=Progress.OPENED, at=at, employee=viewer.actor.employee if viewer.actor else None
    )
    _put_parties(case, parties, at)
    if contact is not None:
        enter(case, EntryKind.CONTACT, case.title, contact=contact, viewer=viewer, at=at)
    noted(
        case, "case.opened", viewer=viewer, at=at, task=card.code, unit=case.unit_id, level=case.level,
        administration=case.administration_id, raised_by=raised_by, course=str(case.course_id or ""),
    )  # fmt: skip
    _begin(case, viewer, at)
    return case


def setting_of(task: str) -> CaseSetting:
    """How cases of a task are handled; a task the municipality has said nothing of has what holds for all."""
    return CaseSetting.objects.filter(task=task).first() or CaseSetting(task_id=task)


def _row(
    card: TaskCard,
    person: UUID | None,
    title: str,
    contact: UUID | None,
    unit: str | int | None,
    handler: int | None,
    raised_by: str,
    level: int | None,
    viewer: Viewer,
    at: datetime,
) -> Case:
    rules = setting_of(card.code)
    days = rules.answer_working_days
    return Case(
        id=uuid7(at),
        number=new_number(at),
        title=checked_title(title) if title.strip() else card.title[:255],
        task_id=card.code,
        administration_id=card.administration,
        unit_id=unit_id_of(unit) or _unit_for(card, viewer),
        handler_id=known_employee(handler),
        person_id=person,
        raised_by=raised_by,
        sensitivity=rules.sensitivity,
        legal_basis=rules.legal_basis,
        retention=rules.retention,
        retention_years=rules.retention_years,
        level=level if level in policy.LEVELS else level_of(card),
        contact=contact,
        opened_at=at,
        deadline=working_days_after(at, days) if days else None,
    )


def _card(task: str) -> TaskCard:
    code = line(task, 12)
    card = catalogue.cards([code]).get(code)
    if card is None:
        raise TaskNotFound(task=code or "-")
    return card


def _opened_before(contact: UUID, task: str, raised_by: str) -> Case | None:
    """The case this contact has raised about the task; two clerks who press at once are asked one after the other."""
    with connection.cursor() as cursor:
        cursor.execute(_ONE_AT_A_TIME, [f"{contact}:{task}:{raised_by}"])
    return Case.objects.filter(contact=contact, task=task, raised_by=raised_by).order_by("id").first()


def _unit_for(card: TaskCard, viewer: Viewer) -> int:
    """The unit that follows such cases up, else the one that answers with discretion, else one of the owner's."""
    if card.follow_up is not None:
        return card.follow_up
    specialist = catalogue.interface(card.code, policy.DISCRETION).unit
    if specialist is not None:
        return specialist
    if viewer.actor is not None:
        return viewer.actor.unit
    owned = (unit.id for unit in organisation.units() if unit.administration == card.administration)
    found = next(owned, None)
    if found is None:
        raise UnitMissing(task=card.title)
    return found


def level_of(card: TaskCard) -> int:
    """At which level such a case is decided: never by information alone; what needs discretion, by discretion."""
    if card.placed == Placed.NOT_PLACED:
        return policy.DISCRETION
    return max(card.level, policy.DECIDE)


def _course(course: UUID | None, life_event: str, person: UUID | None, title: str, at: datetime) -> Course | None:
    """The course it joins, or a new one for the life event."""
    if course is not None:
        row = Course.objects.filter(id=course).first()
        if row is None or (row.person_id is not None and person not in (None, row.person_id)):
            raise NotFound
        return row
    if not life_event:
        return None
    known = {event.code: event.name for event in catalogue.life_events()}
    code = line(life_event, 20)
    running = Course.objects.filter(person=person, life_event=code, closed_at=None) if person else Course.objects.none()
    return running.first() or Course.objects.create(
        id=uuid7(at), person_id=person, life_event=code, title=known.get(code, title)[:160], opened_at=at
    )


def _put_parties(case: Case, parties: Sequence[NewParty], at: datetime) -> None:
    rows = [party_row(case, NewParty(role=PartyRole.PRIMARY, person=case.person_id), at)] if case.person_id else []
    Party.objects.bulk_create([*rows, *(party_row(case, party, at) for party in parties)])


def _begin(case: Case, viewer: Viewer, at: datetime) -> None:
    """The deadline of its answer, its task list, and the step that makes somebody take it."""
    if case.deadline is not None:
        Deadline.objects.create(case=case, kind=DeadlineKind.ANSWER, due_at=case.deadline, first_due_at=case.deadline)
    _list_steps(case, at)
    if case.handler_id is None:
        put_step(case, kind=StepKind.HANDLE, title=case.title[:160], due_at=case.deadline, viewer=viewer, at=at)


def _list_steps(case: Case, at: datetime) -> None:
    """The task list of such cases: lines the handler ticks off."""
    own = list(StepTemplate.objects.filter(task=case.task_id, life_event="").order_by("order", "pk"))
    templates = own or list(StepTemplate.objects.filter(task=None, life_event="").order_by("order", "pk"))
    if case.course_id is not None and not Case.objects.filter(course=case.course_id).exclude(id=case.id).exists():
        event = Course.objects.filter(id=case.course_id).values_list("life_event", flat=True).first()
        if event:
            templates += StepTemplate.objects.filter(life_event=event).order_by("order", "pk")
    with remembering():  # the closing days are the same for every line
        due = [working_days_after(at, one.working_days) if one.working_days else None for one in templates]
    Step.objects.bulk_create(
        Step(
            id=uuid7(at),
            case=case,
            kind=StepKind.TASK,
            title=template.title,
            order=order,
            level=template.level,
            employee_id=case.handler_id,
            created_at=at,
            due_at=due[order - 1],
            listed=True,
        )
        for order, template in enumerate(templates, start=1)
    )
