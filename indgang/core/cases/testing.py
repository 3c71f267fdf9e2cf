"""Builders for tests of this and other modules."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from indgang.core.cases import services
from indgang.core.cases.case_values import NewParty
from indgang.core.cases.models import (
    AccessItem,
    AccessRequest,
    Case,
    CaseSetting,
    Deadline,
    JournalEntry,
    Party,
    Step,
    StepTemplate,
)
from indgang.core.cases.values import Progress, RaisedBy
from indgang.core.catalogue import selectors as catalogue
from indgang.core.catalogue.testing import make_task
from indgang.core.citizens.testing import make_person
from indgang.core.organisation.testing import Unit, make_unit
from indgang.foundation.access.values import Viewer, system
from indgang.foundation.journal import selectors as journal
from indgang.foundation.journal.values import JournalLine
from indgang.foundation.runtime import clock

TESTER = system("test")


def make_case(
    task: str = "T-022",
    *,
    person: UUID | None = None,
    title: str = "",
    unit: Unit | None = None,
    handler: int | None = None,
    group: str = "housing_benefit",
    administration: str = "FAF",
    contact: UUID | None = None,
    raised_by: str = RaisedBy.APPLICATION,
    level: int | None = None,
    course: UUID | None = None,
    life_event: str = "",
    parties: Sequence[NewParty] = (),
    progress: str = Progress.OPENED,
    deadline: datetime | None = None,
    sensitivity: str = "",
    viewer: Viewer | None = None,
    at: datetime | None = None,
) -> Case:
    """An open case through the service, of housing benefit unless told otherwise; makes its task, unit and citizen."""
    moment = at or clock.now()
    if task not in catalogue.codes():
        make_task(task, title="Boligsikring", title_en="Housing benefit", group=group, administration=administration,
                  decision=True, words=["boligsikring"])  # fmt: skip
    place = unit or make_unit("familieydelser", kind="office", administration=administration)
    case = services.open_case(
        task=task, person=person or make_person().id, title=title, contact=contact, unit=place.pk, handler=handler,
        raised_by=raised_by, level=level, course=course, life_event=life_event, parties=parties,
        viewer=viewer or TESTER, at=moment,
    )  # fmt: skip
    if deadline is not None:
        services.set_deadline(
            case_id=case.id, kind="answer", due_at=deadline, viewer=TESTER, at=min(moment, deadline - timedelta(1))
        )
    facts = {"progress": progress} | ({"sensitivity": sensitivity} if sensitivity else {})
    Case.objects.filter(id=case.id).update(**facts)
    return case_row(case.id)


def make_decided(case: Case, at: datetime) -> Case:
    """The same case as one whose decision was made then; for lists and figures, without its letter."""
    Case.objects.filter(id=case.id).update(progress=Progress.DECIDED, decided_at=at)
    return case_row(case.id)


def make_setting(task: str = "T-022", **facts: object) -> CaseSetting:
    """How cases of a task are handled; the task must exist."""
    return CaseSetting.objects.update_or_create(task_id=task, defaults=facts)[0]


def make_step_template(title: str, *, task: str | None = "T-022", order: int = 1, **facts: object) -> StepTemplate:
    """A line of the task list such cases begin with."""
    return StepTemplate.objects.create(task_id=task, title=title, order=order, **facts)


def case_row(case_id: UUID) -> Case:
    """The case as it stands now."""
    return Case.objects.get(id=case_id)


def steps_of(case_id: UUID) -> list[Step]:
    """Its steps in order."""
    return list(Step.objects.filter(case=case_id).order_by("order", "id"))


def entries_of(case_id: UUID) -> list[JournalEntry]:
    """Its journal, oldest first."""
    return list(JournalEntry.objects.filter(case=case_id).order_by("at", "id"))


def deadlines_of(case_id: UUID) -> list[Deadline]:
    """Its deadlines, the first one first."""
    return list(Deadline.objects.filter(case=case_id).order_by("due_at", "pk"))


def parties_of(case_id: UUID) -> list[Party]:
    """Its parties in the order they came."""
    return list(Party.objects.filter(case=case_id).order_by("pk"))


def events_of_case(case_id: UUID) -> list[JournalLine]:
    """What happened to a case, oldest first."""
    return journal.events_of_subject(f"cases.case:{case_id}")


def access_request(number: str) -> AccessRequest:
    """A request for access to documents, by the number of the case it is."""
    return AccessRequest.objects.get(number=number)


def access_items(number: str) -> list[AccessItem]:
    """What there is to give of it, in order."""
    return list(AccessItem.objects.filter(request__number=number).order_by("order", "pk"))
