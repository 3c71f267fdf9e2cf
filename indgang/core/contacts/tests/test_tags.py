"""Marks of a contact, each optional, and the checklist of a life event."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from indgang.core.catalogue.testing import make_life_event, make_task
from indgang.core.citizens.testing import make_person, make_representation
from indgang.core.contacts import errors, selectors, services
from indgang.core.contacts.testing import contact_row, events_of, make_contact
from indgang.core.contacts.values import TaskChoice
from indgang.core.organisation.testing import make_employee, viewer_of
from indgang.foundation.access.errors import NotFound
from indgang.foundation.access.values import Purpose, Viewer

AT = datetime(2026, 3, 3, 9, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture
def agnes() -> Viewer:
    return viewer_of(make_employee(groups={"general": (3, 1), "moving": (3, 2)}), AT)


def tag(contact, viewer: Viewer, **marks):
    return services.set_tags(contact_id=contact.id, viewer=viewer, at=AT, **marks)


def test_self_service_offered_and_accepted_stands_in_the_journal_for_the_rate(agnes: Viewer) -> None:
    contact = make_contact(at=AT)
    tag(contact, agnes, self_service="offered"), tag(contact, agnes, self_service="accepted")
    told = [event.data["self_service"] for event in events_of(contact) if event.verb == "contact.tags_set"]
    assert told == ["offered", "accepted"]


@pytest.mark.req("seg.business")
@pytest.mark.req("def.groups")
@pytest.mark.parametrize("kind", ["business", "other_municipality", "employee", "authority", "citizen"])
def test_who_inquires_is_a_mark_and_a_citizen_unless_said_otherwise(agnes: Viewer, kind: str) -> None:
    contact = make_contact(at=AT)
    assert contact_row(contact.id).inquirer_kind == "citizen"
    tag(contact, agnes, inquirer_kind=kind)
    assert contact_row(contact.id).inquirer_kind == kind


@pytest.mark.req("life.notall")
def test_a_contact_needs_no_life_situation_and_loses_it_again(agnes: Viewer) -> None:
    make_task("T-076", life_situations=["housing"])
    contact = make_contact(at=AT)
    assert contact_row(contact.id).life_situation_id is None
    tag(contact, agnes, life_situation="housing")
    assert contact_row(contact.id).life_situation_id == "housing"
    tag(contact, agnes, life_situation="")
    assert contact_row(contact.id).life_situation_id is None


def test_the_same_marks_again_are_no_event(agnes: Viewer) -> None:
    contact = make_contact(at=AT)
    tag(contact, agnes, special_group="deaf"), tag(contact, agnes, special_group="deaf")
    assert [event.verb for event in events_of(contact)].count("contact.tags_set") == 1


def test_an_interpreter_is_ordered_for_a_language_and_a_time(agnes: Viewer) -> None:
    contact = make_contact(at=AT)
    tag(contact, agnes, interpreter="ar", interpreter_at=AT + timedelta(days=1))
    card = selectors.contact(agnes, contact.id, AT).card
    assert (card.interpreter, card.interpreter_at) == ("ar", AT + timedelta(days=1))


def test_who_speaks_for_whom_is_shown_and_stands_on_both_timelines(agnes: Viewer) -> None:
    mother, child = make_person("Mor Hansen"), make_person("Barn Hansen")
    contact = make_contact(person=mother.id, at=AT)
    with pytest.raises(errors.NotTheirRepresentative):
        tag(contact, agnes, representing=child.id)
    make_representation(mother, child)
    tag(contact, agnes, representing=child.id)
    assert selectors.contact(agnes, contact.id, AT).card.representing == child.id
    purpose = Purpose("contact", str(contact.id))
    for person in (mother, child):
        lines = selectors.timeline(agnes, person.id, purpose=purpose, at=AT)
        assert {line.contact_id for line in lines} == {contact.id}
    tag(contact, agnes, representing="")
    with pytest.raises(NotFound):
        selectors.timeline(agnes, child.id, purpose=purpose, at=AT)


def test_nobody_represents_themselves_or_somebody_unknown(agnes: Viewer) -> None:
    person = make_person("Bente")
    contact = make_contact(person=person.id, at=AT)
    with pytest.raises(errors.RepresentsThemselves):
        tag(contact, agnes, representing=person.id)
    with pytest.raises(NotFound):
        tag(contact, agnes, representing=uuid4())


@pytest.mark.parametrize(
    "marks", [{"self_service": "måske"}, {"inquirer_kind": ""}, {"life_situation": "x"}, {"life_event": "x"}]
)
def test_marks_nobody_knows_are_refused(agnes: Viewer, marks: dict) -> None:
    with pytest.raises((errors.UnknownTag, errors.UnknownLifeSituation)):
        tag(make_contact(at=AT), agnes, **marks)


def test_a_stale_version_is_refused(agnes: Viewer) -> None:
    contact = make_contact(at=AT)
    services.add_note(contact_id=contact.id, body="x", viewer=agnes, at=AT)
    with pytest.raises(errors.Stale):
        tag(contact, agnes, special_group="deaf", version=contact.version)


def test_each_task_of_a_contact_is_settled_with_its_own_result(agnes: Viewer) -> None:
    make_task("T-076"), make_task("T-079")
    contact = make_contact(tasks=["T-076", "T-079"], at=AT)
    services.settle_task(contact_id=contact.id, task="T-076", level=2, outcome="decided", viewer=agnes, at=AT)
    services.close(
        contact_id=contact.id, outcome="informed", viewer=agnes, at=AT,
        tasks=(TaskChoice("T-076"), TaskChoice("T-079", level=1, outcome="self_service")),
    )  # fmt: skip
    page = selectors.contact(agnes, contact.id, AT)
    assert [(row.code, row.level, row.outcome) for row in page.tasks] == [
        ("T-076", 2, "decided"), ("T-079", 1, "self_service"),
    ]  # fmt: skip
    assert page.card.outcome == "informed"


def test_only_a_task_of_the_contact_is_settled_and_only_where_one_may(agnes: Viewer) -> None:
    make_task("T-076"), make_task("T-079")
    contact = make_contact(tasks=["T-076"], at=AT)
    with pytest.raises(errors.NotTheirTask):
        services.settle_task(contact_id=contact.id, task="T-079", level=1, outcome="informed", viewer=agnes, at=AT)
    with pytest.raises(errors.LevelNotAllowed):
        services.settle_task(contact_id=contact.id, task="T-076", level=3, outcome="decided", viewer=agnes, at=AT)
    with pytest.raises(errors.UnknownOutcome):
        services.settle_task(contact_id=contact.id, task="T-076", level=1, outcome="x", viewer=agnes, at=AT)


@pytest.mark.req("life.divorce")
@pytest.mark.req("goal.holistic")
def test_a_divorce_shows_its_six_tasks_with_what_is_in_progress_and_settled(agnes: Viewer) -> None:
    codes = ["T-076", "T-022", "T-029", "T-112", "T-025", "T-033"]
    for code in codes:
        make_task(code)
    make_life_event("divorce", tasks=codes)
    person = make_person("Bente Birkelund")
    earlier = make_contact(tasks=[codes[0]], person=person.id, at=AT - timedelta(days=9))
    services.close(contact_id=earlier.id, outcome="decided", tasks=(), viewer=agnes, at=AT)
    make_contact(tasks=[codes[1]], person=person.id, at=AT)
    make_contact(tasks=[codes[2]], person=make_person("En anden").id, at=AT)
    contact = make_contact(person=person.id, at=AT)
    tag(contact, agnes, life_event="divorce")
    rows = selectors.checklist(agnes, contact.id, AT)
    assert [row.task for row in rows] == codes
    assert [row.state for row in rows] == ["settled", "in_progress", "none", "none", "none", "none"]
    assert rows[0].contact and not rows[2].contact
    assert contact_row(contact.id).life_situation_id == "family"


def test_without_a_life_event_there_is_no_checklist(agnes: Viewer) -> None:
    assert selectors.checklist(agnes, make_contact(at=AT).id, AT) == []
