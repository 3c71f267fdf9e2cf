"""Asking a specialist: the question, the answer on the case, who may give it, and what happens when nobody does."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import transaction

from indgang.core.cases import errors, selectors, services
from indgang.core.cases.models import Opinion
from indgang.core.cases.testing import TESTER, case_row, deadlines_of, entries_of, events_of_case, make_case, steps_of
from indgang.core.organisation.testing import make_employee
from indgang.foundation.access.errors import NotFound
from indgang.foundation.journal import services as journal

pytestmark = pytest.mark.django_db
UNTIL = date(2026, 3, 9)
QUESTION = "Kan sygdommen være grunden til, at indkomsten er faldet?"


@pytest.fixture
def case(office, filippa, at):
    return make_case(unit=office, handler=filippa.pk, at=at)


@pytest.fixture
def me(filippa, seen_by, at):
    return seen_by(filippa, at)


@pytest.fixture
def specialist(stranger, seen_by, at):
    return seen_by(stranger, at)


def ask(case, viewer, at, **to):
    return services.ask_opinion(case_id=case.id, question=QUESTION, answer_by=UNTIL, viewer=viewer, at=at, **to)


def open_steps(case, kind):
    return [one for one in steps_of(case.id) if one.kind == kind and not one.done_at and not one.withdrawn]


@pytest.mark.req("esdh.specialist")
def test_a_specialist_asked_reads_the_case_and_answers_and_the_owner_stays(case, me, stranger, specialist, filippa, at):
    with pytest.raises(NotFound):
        selectors.case(specialist, case.number, at=at)
    row = ask(case, me, at, employee=stranger.pk)
    [step] = open_steps(case, "opinion")
    assert (step.employee_id, step.subject_id, step.due_at) == (stranger.pk, row.id, row.answer_by)
    assert selectors.case(specialist, case.number, at=at).row.number == case.number
    [shown] = selectors.shared_of(specialist, case.id, at).opinions
    assert shown.may_answer and shown.question == QUESTION and not shown.overdue
    services.give_opinion(opinion_id=row.id, answer="Ja, det er sandsynligt.", viewer=specialist, at=at)
    after = case_row(case.id)
    assert (after.handler_id, after.unit_id) == (filippa.pk, case.unit_id)
    assert open_steps(case, "opinion") == []
    [came] = open_steps(case, "answer")
    assert (came.title, came.employee_id) == ("Udtalelsen er kommet", filippa.pk)
    assert [one.met_at for one in deadlines_of(case.id) if one.kind == "opinion"] == [at]
    assert "Ja, det er sandsynligt." in [entry.body for entry in entries_of(case.id)]
    assert {"case.opinion_asked", "case.opinion_given"} <= {line.verb for line in events_of_case(case.id)}


def test_the_case_waits_for_the_opinion_and_goes_on_with_the_last_answer(case, me, stranger, specialist, clerk, at):
    first = ask(case, me, at, employee=stranger.pk)
    second = ask(case, me, at, unit=clerk.unit_id)
    assert case_row(case.id).waiting == "opinion" and case_row(case.id).waiting_until == first.answer_by
    services.give_opinion(opinion_id=first.id, answer="Ja.", viewer=specialist, at=at)
    assert case_row(case.id).waiting == "opinion"
    services.withdraw_opinion(opinion_id=second.id, ground="Det er ikke nødvendigt mere.", viewer=me, at=at)
    assert case_row(case.id).waiting == ""
    assert open_steps(case, "opinion") == []


def test_a_unit_is_asked_and_whoever_of_it_takes_the_step_answers(case, me, clerk, seen_by, at):
    row = ask(case, me, at, unit=clerk.unit_id)
    [step] = open_steps(case, "opinion")
    assert (step.unit_id, step.employee_id) == (clerk.unit_id, None)
    services.give_opinion(opinion_id=row.id, answer="Det er muligt.", viewer=seen_by(clerk, at), at=at)
    assert Opinion.objects.get(id=row.id).answered_by == clerk.pk


def test_nobody_else_gives_it(case, me, stranger, clerk, seen_by, at):
    row = ask(case, me, at, employee=stranger.pk)
    with pytest.raises(errors.NotAsked) as refused:
        services.give_opinion(opinion_id=row.id, answer="Ja.", viewer=seen_by(clerk, at), at=at)
    assert stranger.name in str(refused.value)
    assert Opinion.objects.get(id=row.id).answered_at is None


def test_given_twice_is_one_answer_and_another_one_is_refused(case, me, stranger, specialist, at):
    row = ask(case, me, at, employee=stranger.pk)
    for _ in range(2):
        services.give_opinion(opinion_id=row.id, answer="Ja.", viewer=specialist, at=at)
    assert len(open_steps(case, "answer")) == 1
    with pytest.raises((errors.OpinionOver, NotFound)):
        services.give_opinion(opinion_id=row.id, answer="Nej.", viewer=specialist, at=at)


def test_the_step_is_done_by_answering_only(case, me, stranger, specialist, at):
    ask(case, me, at, employee=stranger.pk)
    [step] = open_steps(case, "opinion")
    with pytest.raises(errors.OpinionUnanswered):
        services.finish_step(step_id=step.id, viewer=specialist, at=at)
    assert [one.id for one in open_steps(case, "opinion")] == [step.id]


def test_a_question_passed_on_may_be_answered_by_the_new_one_alone(case, me, stranger, specialist, clerk, seen_by, at):
    row = ask(case, me, at, employee=stranger.pk)
    [step] = open_steps(case, "opinion")
    services.move_step(step_id=step.id, employee=clerk.pk, viewer=specialist, at=at)
    assert Opinion.objects.get(id=row.id).employee_id == clerk.pk
    with pytest.raises(NotFound):
        services.give_opinion(opinion_id=row.id, answer="Ja.", viewer=specialist, at=at)
    services.give_opinion(opinion_id=row.id, answer="Ja.", viewer=seen_by(clerk, at), at=at)


def test_a_specialist_who_leaves_leaves_the_question_to_their_unit(case, me, stranger, seen_by, at):
    row = ask(case, me, at, employee=stranger.pk)
    colleague = make_employee("Dorte Dør", unit=stranger.unit, roles=["caseworker"], groups={"building": (5, 3)})
    facts = {"employee": stranger.pk}
    with transaction.atomic():
        journal.record("employee.left", at=at, viewer_name="system:test", subject=stranger, data=facts)
    [step] = open_steps(case, "opinion")
    assert (step.unit_id, step.employee_id) == (stranger.unit_id, None)
    services.give_opinion(opinion_id=row.id, answer="Ja.", viewer=seen_by(colleague, at), at=at)
    assert Opinion.objects.get(id=row.id).answered_by == colleague.pk


def test_a_closed_case_asks_nobody(case, me, stranger, at):
    row = ask(case, me, at, employee=stranger.pk)
    services.close_case(case_id=case.id, ground="Borgeren trak ansøgningen.", viewer=me, at=at)
    assert Opinion.objects.get(id=row.id).withdrawn_at == at
    assert all(one.cancelled_at for one in deadlines_of(case.id) if one.kind == "opinion")
    with pytest.raises(errors.CaseClosed):
        ask(case, me, at, employee=stranger.pk)


@pytest.mark.parametrize("to", [{}, {"unit": "familieydelser", "employee": 1}])
def test_exactly_one_is_asked(case, me, at, to, filippa):
    if "employee" in to:
        to = {**to, "employee": filippa.pk}
    with pytest.raises(errors.OpinionReceiver):
        ask(case, me, at, **to)


def test_nobody_asks_themselves(case, me, filippa, at):
    with pytest.raises(errors.OpinionReceiver):
        ask(case, me, at, employee=filippa.pk)


def test_a_day_that_is_past_no_question_and_foreign_papers_are_refused(case, me, stranger, specialist, at):
    with pytest.raises(errors.DayWrong):
        services.ask_opinion(case_id=case.id, question=QUESTION, answer_by=date(2026, 3, 2), employee=stranger.pk,
                             viewer=me, at=at)  # fmt: skip
    with pytest.raises(errors.WordsMissing):
        services.ask_opinion(case_id=case.id, question=" ", answer_by=UNTIL, employee=stranger.pk, viewer=me, at=at)
    row = ask(case, me, at, employee=stranger.pk)
    with pytest.raises(errors.DocumentNotOnCase):
        services.give_opinion(opinion_id=row.id, answer="Ja.", documents=[uuid4()], viewer=specialist, at=at)
    with pytest.raises(errors.SharedStale):
        services.give_opinion(opinion_id=row.id, answer="Ja.", version=9, viewer=specialist, at=at)


def test_a_late_opinion_still_counts_and_the_handler_was_told_that_it_was_late(case, me, stranger, specialist, at):
    row = ask(case, me, at, employee=stranger.pk)
    later = row.answer_by + timedelta(minutes=1)
    services.wake_waiting(later)
    assert case_row(case.id).waiting == ""
    assert [one.title for one in open_steps(case, "deadline")] == ["Ventetiden er slut: gå videre med sagen"]
    services.give_opinion(opinion_id=row.id, answer="Ja.", viewer=specialist, at=later)
    assert len(open_steps(case, "answer")) == 1


def test_an_opinion_of_no_case_one_sees_is_not_found(case, me, stranger, clerk, specialist, at):
    with pytest.raises(errors.SharedGone):
        services.withdraw_opinion(opinion_id=uuid4(), viewer=me, at=at)
    row = ask(case, me, at, unit=clerk.unit_id)
    with pytest.raises(NotFound):
        services.withdraw_opinion(opinion_id=row.id, viewer=specialist, at=at)
    assert selectors.shared_of(TESTER, case.id, at).opinions[0].open
