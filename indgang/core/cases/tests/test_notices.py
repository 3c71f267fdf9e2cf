"""Advis: what happens to a citizen is work on the open cases it concerns, once for each event, and handled in words."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import transaction

from indgang.core.cases import errors, selectors, services
from indgang.core.cases.models import Notice, NoticeRule
from indgang.core.cases.testing import TESTER, case_row, entries_of, events_of_case, make_case, make_setting, steps_of
from indgang.core.cases.values import NoticeKind
from indgang.core.catalogue.testing import make_task
from indgang.core.citizens import services as citizens
from indgang.core.citizens.testing import make_person
from indgang.foundation.access.errors import NotFound
from indgang.foundation.journal import services as journal
from indgang.foundation.registers.testing import BENTE, registers

pytestmark = pytest.mark.django_db
WORDS = "Borgeren er flyttet: se, om det ændrer sagen"


@pytest.fixture
def bente(db):
    return make_person("Bente Birkelund", cpr=BENTE)


@pytest.fixture
def case(office, filippa, bente, at):
    made = make_case(unit=office, handler=filippa.pk, person=bente.id, at=at)
    make_setting(affects=["moved", "died"], income_dependent=True)
    return made


@pytest.fixture
def me(filippa, seen_by, at):
    return seen_by(filippa, at)


@pytest.fixture(autouse=True)
def rules(db):
    for kind in NoticeKind:
        NoticeRule.objects.create(kind=kind, words=WORDS if kind == "moved" else kind.label, working_days=3)


def happens(verb, person, at, **data):
    with transaction.atomic():
        return journal.record(verb, at=at, viewer_name="system:registers", subject=person, citizen=person.id, data=data)


def notices(case):
    return [step for step in steps_of(case.id) if step.kind == "notice" and not step.withdrawn]


@pytest.mark.req("esdh.advis")
def test_a_move_and_a_new_income_in_the_registers_are_work_on_the_open_case(case, filippa, tmp_path, at):
    with registers(tmp_path) as outside:
        outside["cpr"].happen(personnummer=BENTE, haendelse="moved", vej="Søhestens Vej", hus="7", postnummer="2300",
                              by="København S")  # fmt: skip
        earned = {"felt": "loenindkomst", "beloeb": 410_000}
        outside["income"].happen(personnummer=BENTE, indkomstaar=2026, aendringer=[earned])
        citizens.follow_cpr(at)
        citizens.follow_income(at)
    moved, richer = notices(case)
    assert (moved.title, moved.employee_id) == (WORDS, filippa.pk)
    assert moved.due_at == selectors.working_days_after(at, 3)
    assert richer.title == "Borgerens indkomst er ændret"
    assert [row.source for row in Notice.objects.order_by("at", "id")] == ["cpr", "income"]
    assert WORDS in [entry.theme for entry in entries_of(case.id) if entry.kind == "notice"]
    assert [line.verb for line in events_of_case(case.id)].count("case.notice_raised") == 2


def test_an_event_told_twice_is_one_notice(case, bente, at):
    line = happens("citizen.moved", bente, at)
    for _ in range(2):
        made = services.raise_notices(bente.id, NoticeKind.MOVED, source="cpr", event=line.id, at=at)
        assert made == 0
    assert len(notices(case)) == 1


def test_only_open_cases_of_tasks_that_depend_on_it_hear_of_it(case, bente, office, filippa, at):
    make_task("T-051", title="Parkering", group="housing_benefit", administration="FAF")
    other = make_case("T-051", unit=office, handler=filippa.pk, person=bente.id, at=at)
    over = make_case(unit=office, handler=filippa.pk, person=bente.id, progress="closed", at=at)
    happens("citizen.moved", bente, at)
    assert [len(notices(one)) for one in (case, other, over)] == [1, 0, 0]
    happens("citizen.died", bente, at)
    assert [len(notices(one)) for one in (case, other, over)] == [2, 1, 0]


def test_a_rule_of_the_task_itself_goes_before_the_general_one(case, bente, at):
    NoticeRule.objects.create(kind="moved", task_id="T-022", words="Beregn boligsikringen igen", working_days=1)
    happens("citizen.moved", bente, at)
    assert [(step.title, step.due_at) for step in notices(case)] == [
        ("Beregn boligsikringen igen", selectors.working_days_after(at, 1))
    ]


def test_without_a_handler_the_unit_reacts(office, bente, at):
    made = make_case(unit=office, person=bente.id, at=at)
    make_setting(affects=["moved"])
    happens("citizen.moved", bente, at)
    assert [(step.unit_id, step.employee_id) for step in notices(made)] == [(office.pk, None)]


def test_a_citizen_without_open_cases_costs_one_question(bente, at, django_assert_num_queries):
    with django_assert_num_queries(1):
        services.raise_notices(bente.id, NoticeKind.MOVED, source="cpr", event=uuid4(), at=at)


def test_what_it_means_is_said_and_the_step_is_done_by_that_alone(case, me, bente, at):
    happens("citizen.moved", bente, at)
    [step] = notices(case)
    [row] = selectors.shared_of(me, case.id, at).notices
    assert (row.words, row.handled_at, row.overdue) == (WORDS, None, False)
    with pytest.raises(errors.ReactionMissing):
        services.finish_step(step_id=step.id, viewer=me, at=at)
    with pytest.raises(errors.ReactionMissing):
        services.handle_notice(notice_id=row.id, reaction=" ", viewer=me, at=at)
    for _ in range(2):
        services.handle_notice(notice_id=row.id, reaction="Husstanden er den samme.", viewer=me, at=at)
    [row] = selectors.shared_of(me, case.id, at).notices
    assert (row.reaction, row.handled_by) == ("Husstanden er den samme.", "Filippa Falk")
    assert [step.done_at for step in notices(case)] == [at]
    assert [entry.body for entry in entries_of(case.id)].count("Husstanden er den samme.") == 1


def test_a_notice_nobody_handled_is_overdue(case, me, bente, at):
    happens("citizen.moved", bente, at)
    [row] = selectors.shared_of(me, case.id, at + timedelta(days=9)).notices
    assert row.overdue


def test_a_stranger_handles_none(case, stranger, seen_by, bente, at):
    happens("citizen.moved", bente, at)
    with pytest.raises(NotFound):
        services.handle_notice(notice_id=Notice.objects.get().id, reaction="Set.", viewer=seen_by(stranger, at), at=at)


def test_who_closes_the_case_has_dealt_with_its_notices(case, me, bente, at):
    happens("citizen.moved", bente, at)
    services.close_case(case_id=case.id, ground="Borgeren trak ansøgningen.", viewer=me, at=at)
    assert Notice.objects.get().handled_at == at


def test_a_decision_is_told_to_the_cases_of_the_same_course_alone(case, bente, office, filippa, at):
    course = services.open_course(person=bente.id, life_event="", title="Flytning", viewer=TESTER, at=at)
    near = make_case(unit=office, handler=filippa.pk, person=bente.id, course=course.id, at=at)
    decided = make_case(unit=office, handler=filippa.pk, person=bente.id, course=course.id, at=at)
    with transaction.atomic():
        journal.record("case.decided", at=at, viewer_name="system:test", subject=decided, citizen=bente.id,
                       case=decided.id, data={})  # fmt: skip
    assert (services.tell_decided(at), services.tell_decided(at)) == (1, 0)
    assert [len(notices(one)) for one in (case, near, decided)] == [0, 1, 0]
    [row] = selectors.shared_of(TESTER, near.id, at).notices
    assert row.other_case == decided.number


def test_a_new_contact_about_the_same_task_is_told_once(case, bente, at):
    contact = uuid4()
    for tasks in (["T-022"], ["T-022", "T-051"]):
        with transaction.atomic():
            journal.record("contact.tasks_set", at=at, viewer_name="system:test", subject=f"contacts.contact:{contact}",
                           citizen=bente.id, contact=contact, data={"tasks": tasks})  # fmt: skip
    assert [step.title for step in notices(case)] == ["Borgeren har henvendt sig igen"]
    assert case_row(case.id).contact is None
