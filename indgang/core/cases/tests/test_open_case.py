from datetime import UTC, date, datetime

import pytest

from indgang.core.cases import numbering, services
from indgang.core.cases.case_values import NewParty
from indgang.core.cases.errors import CprInTitle, TaskNotYours, UnknownPerson
from indgang.core.cases.models import Case
from indgang.core.cases.testing import (
    deadlines_of,
    entries_of,
    events_of_case,
    make_case,
    make_setting,
    make_step_template,
    parties_of,
    steps_of,
)
from indgang.core.catalogue.errors import TaskNotFound
from indgang.core.catalogue.testing import make_task
from indgang.core.citizens.testing import make_person
from indgang.core.organisation.testing import make_unit
from indgang.foundation.access.values import system
from indgang.foundation.runtime.services import uuid7

pytestmark = pytest.mark.django_db
TESTER = system("test")


def test_a_number_names_its_year_and_ends_in_a_check_digit():
    number = numbering.number_of(2026, 123)
    assert number == "2026-000123-3"
    assert numbering.normal_number(" 2026 000123 3 ") == number
    assert numbering.normal_number("20260001233") == number


@pytest.mark.parametrize("typed", ["2026-000123-8", "2026-000132-3", "2026", "", "a", "2026-00012-3"])
def test_a_mistyped_number_is_none(typed):
    assert numbering.normal_number(typed) == ""


def test_numbers_are_never_given_twice(at):
    numbers = [make_case(at=at).number for _ in range(5)]
    assert len(set(numbers)) == 5
    assert all(numbering.normal_number(number) == number for number in numbers)


@pytest.mark.req("esdh.citizencases")
@pytest.mark.req("esdh.standards")
def test_a_case_of_any_task_begins_alike(at):
    """Cases of two administrations have the same words, numbers, parties and progress."""
    one = make_case("T-022", administration="FAF", at=at)
    building = make_unit("byggesager", kind="office", administration="BTF")
    other = make_case("T-002", unit=building, administration="BTF", group="building", at=at)
    assert (one.progress, other.progress) == ("opened", "opened")
    assert (one.administration_id, other.administration_id) == ("FAF", "BTF")
    for case in (one, other):
        assert [party.role for party in parties_of(case.id)] == ["primary"]
        assert [event.verb for event in events_of_case(case.id)][:1] == ["case.opened"]


def test_a_case_waits_for_somebody_of_its_unit(at, office):
    case = make_case(unit=office, at=at)
    (step,) = steps_of(case.id)
    assert (step.kind, step.unit_id, step.employee_id) == ("handle", office.pk, None)
    added = events_of_case(case.id)[-1]
    assert added.verb == "case.step_added"
    assert added.data["step"] == str(step.id)
    assert added.data["unit"] == office.pk


def test_a_case_somebody_takes_at_once_is_no_work_of_the_queue(at, filippa):
    case = make_case(handler=filippa.pk, at=at)
    assert steps_of(case.id) == []


def test_the_unit_that_follows_such_cases_up_gets_it(at):
    unit = make_unit("pension", kind="office", administration="SUF")
    task = make_task("T-116", title="Boligydelse", group="housing_benefit", administration="SUF")
    task.follow_up = unit
    task.save()
    case = services.open_case(task="T-116", person=make_person().id, viewer=TESTER, at=at)
    assert (case.unit_id, case.administration_id, case.title) == (unit.pk, "SUF", "Boligydelse")


def test_what_is_not_placed_needs_discretion(at):
    make_task("T-080", title="Skøn", group="social", level=1, placed="not_placed")
    assert make_case("T-080", at=at).level == 3
    assert make_case("T-022", at=at).level == 2


def test_the_answer_is_due_when_the_municipality_said_so(at):
    make_case(at=at)
    make_setting(answer_working_days=10)
    case = make_case(at=at)
    assert case.deadline == datetime(2026, 3, 16, 22, 59, 59, tzinfo=UTC)
    assert [(row.kind, row.due_at) for row in deadlines_of(case.id)] == [("answer", case.deadline)]


def test_without_a_published_time_there_is_no_deadline(at):
    case = make_case(at=at)
    assert case.deadline is None
    assert deadlines_of(case.id) == []


def test_a_case_begins_with_the_task_list_of_its_task(at):
    make_case(at=at)
    make_step_template("Indhent lejekontrakt", working_days=3)
    make_step_template("Beregn", order=2)
    case = make_case(at=at)
    assert [step.title for step in steps_of(case.id)] == ["Indhent lejekontrakt", "Beregn", "Boligsikring"]
    listed = [event for event in events_of_case(case.id) if event.verb == "case.step_added"]
    assert len(listed) == 1  # the list is ticked off; taking the case is the work


def test_the_same_contact_and_task_give_the_same_case(at):
    contact = uuid7(at)
    person = make_person().id
    first = make_case(person=person, contact=contact, at=at)
    again = make_case(person=person, contact=contact, at=at)
    other = make_case("T-023", person=person, contact=contact, at=at)
    assert again.id == first.id
    assert other.id != first.id
    assert Case.objects.count() == 2


def test_the_contact_that_raised_it_stands_in_its_journal(at):
    contact = uuid7(at)
    case = make_case(contact=contact, title="Ændret husleje", at=at)
    (entry,) = entries_of(case.id)
    assert (entry.kind, entry.contact, entry.theme, entry.author) == (
        "contact", contact, "Ændret husleje", "system:test",
    )  # fmt: skip


@pytest.mark.parametrize("title", ["Bolig 020290-1234", "0202901234", "om 020290 1234 og mere"])
def test_a_title_never_holds_a_cpr_number(at, title):
    with pytest.raises(CprInTitle):
        make_case(title=title, at=at)


def test_a_case_number_in_a_title_is_no_cpr_number(at):
    assert make_case(title="Se også 2026-000123-3", at=at).title == "Se også 2026-000123-3"


def test_an_unknown_task_or_citizen_is_refused(at):
    with pytest.raises(TaskNotFound):
        services.open_case(task="T-999", person=None, viewer=TESTER, at=at)
    with pytest.raises(UnknownPerson):
        make_case(person=uuid7(at), at=at)


def test_who_does_not_know_the_task_opens_no_case_of_it(at, stranger, seen_by):
    make_case(at=at)
    with pytest.raises(TaskNotYours) as refused:
        make_case(viewer=seen_by(stranger), at=at)
    assert "Boligsikring" in str(refused.value)


def test_an_agent_who_informs_about_it_opens_it_for_the_administration(at, guide, office, seen_by):
    case = make_case(viewer=seen_by(guide), unit=office, at=at)
    assert (case.unit_id, case.handler_id) == (office.pk, None)


def test_other_parties_stand_on_it_from_the_start(at):
    child = make_person("Bo Birkelund", born=date(2020, 1, 1))
    case = make_case(parties=[NewParty("secondary", person=child.id), NewParty("authority", name="Udlejeren")], at=at)
    assert [(party.role, party.name) for party in parties_of(case.id)] == [
        ("primary", ""), ("secondary", ""), ("authority", "Udlejeren"),
    ]  # fmt: skip


def test_an_event_never_holds_more_than_ids_and_codes(at):
    case = make_case(title="Hemmelig titel", at=at)
    said = str([event.data for event in events_of_case(case.id)])
    assert "Hemmelig" not in said
    assert "Birkelund" not in said
