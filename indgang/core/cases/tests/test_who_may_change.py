"""Reading a case is not changing it, and what one may not see is not told on other pages either."""

from datetime import datetime, timedelta

import pytest

from indgang.core.cases import selectors, services
from indgang.core.cases.case_values import NewParty
from indgang.core.cases.errors import (
    AnswerGiven,
    FarDay,
    HandlesAlready,
    LevelNotYours,
    NotYourCase,
    PastDay,
    StaleCase,
    StepNeeded,
    UnknownBusiness,
    UnknownPlace,
)
from indgang.core.cases.models import Course
from indgang.core.cases.testing import case_row, deadlines_of, entries_of, make_case, make_setting, parties_of, steps_of
from indgang.core.citizens.testing import make_business, make_person
from indgang.core.organisation.testing import make_employee, make_unit
from indgang.foundation.access.errors import NotFound
from indgang.foundation.access.selectors import all_looks
from indgang.foundation.access.values import LookQuery, Purpose, system
from indgang.foundation.runtime import clock
from indgang.foundation.runtime.services import uuid7

pytestmark = pytest.mark.django_db
TESTER = system("test")


def test_who_may_only_inform_about_a_task_ends_and_moves_no_step_of_others(at, office, guide, seen_by):
    case = make_case(unit=office, at=at)
    (step,) = steps_of(case.id)
    reader = seen_by(guide)
    assert selectors.may_see(reader, case.id, at)
    for act in (services.finish_step, services.withdraw_step):
        with pytest.raises(NotYourCase):
            act(step_id=step.id, viewer=reader, at=at)
    with pytest.raises(NotYourCase):
        services.move_step(step_id=step.id, employee=guide.pk, viewer=reader, at=at)
    assert (case_row(case.id).handler_id, steps_of(case.id)[0].done_at) == (None, None)


def test_who_has_a_step_ends_it_though_the_rest_of_the_case_is_not_theirs(at, office, stranger, seen_by):
    case = make_case(unit=office, at=at)
    step = services.add_step(
        case_id=case.id, kind="task", title="Mål op", employee=stranger.pk, viewer=TESTER, at=at
    )  # fmt: skip
    assert services.finish_step(step_id=step.id, viewer=seen_by(stranger), at=at).done_at == at


def test_a_specialist_who_is_asked_reads_the_case_and_changes_nothing_on_it(at, office, filippa, stranger, seen_by):
    case = make_case(unit=office, handler=filippa.pk, at=at)
    day = (at + timedelta(days=5)).date()
    services.ask_opinion(
        case_id=case.id, question="Holder bjælken?", answer_by=day, employee=stranger.pk, viewer=seen_by(filippa), at=at
    )
    asked = seen_by(stranger)
    page = selectors.case(asked, case.number, at=at)
    assert page.may_work is False
    with pytest.raises(NotYourCase):
        services.close_case(case_id=case.id, ground="Nej", viewer=asked, at=at)
    (question,) = selectors.shared_of(asked, case.id, at).opinions
    assert services.give_opinion(opinion_id=question.id, answer="Ja", viewer=asked, at=at).answered_at == at


def test_who_may_not_decide_at_a_level_cannot_lower_a_case_from_it(at, office, guide, seen_by):
    helper = make_employee("Hans Hjælp", unit=office, roles=["clerk"], groups={"housing_benefit": (4, 2)})
    case = make_case(unit=office, handler=helper.pk, level=3, at=at)
    with pytest.raises(LevelNotYours):
        services.change_case(case_id=case.id, level=2, viewer=seen_by(helper), at=at)
    with pytest.raises(LevelNotYours):
        make_case(unit=office, level=1, viewer=seen_by(guide), at=at)
    assert case_row(case.id).level == 3


def test_who_may_decide_at_the_level_lowers_it(at, office, filippa, seen_by):
    case = make_case(unit=office, handler=filippa.pk, level=3, at=at)
    assert services.change_case(case_id=case.id, level=2, viewer=seen_by(filippa), at=at).level == 2


def test_a_course_is_not_told_to_who_sees_none_of_its_cases(at, office, stranger, guide, seen_by):
    person = make_person().id
    course = Course.objects.create(id=uuid7(at), person_id=person, title="Skilsmisse", opened_at=at)
    case = make_case(person=person, unit=office, course=course.id, sensitivity="sensitive", at=at)
    why = Purpose("case", case.number)
    (known,) = selectors.courses_of_person(TESTER, person, purpose=why, at=at)
    assert (known.title, known.open) == ("Skilsmisse", 1)
    theirs = make_case("T-900", group="building", administration="BTF", person=person, unit=stranger.unit, at=at)
    mine = Purpose("case", theirs.number)
    assert selectors.courses_of_person(seen_by(stranger), person, purpose=mine, at=at) == ()
    services.join_course(case_id=theirs.id, course=course.id, viewer=TESTER, at=at)
    (part,) = selectors.courses_of_person(seen_by(stranger), person, purpose=mine, at=at)
    assert (part.open, len(part.cases)) == (1, 1)


def test_a_related_case_with_sensitive_data_is_not_told(at, office, stranger, seen_by):
    theirs = make_case("T-900", group="building", administration="BTF", unit=stranger.unit, at=at)
    plain, closed = make_case(unit=office, at=at), make_case(unit=office, sensitivity="sensitive", at=at)
    for other in (plain, closed):
        services.relate(case_id=theirs.id, other=other.id, kind="other", viewer=TESTER, at=at)
    page = selectors.case(seen_by(stranger), theirs.id, at=at)
    assert [(row.number, row.title) for row in page.related] == [(plain.number, "")]
    assert len(selectors.case(TESTER, theirs.id, at=at).related) == 2


def test_a_case_joins_no_course_of_somebody_else(at, office):
    course = Course.objects.create(id=uuid7(at), person_id=make_person().id, title="Flytning", opened_at=at)
    with pytest.raises(NotFound):
        make_case(unit=office, person=make_person().id, course=course.id, at=at)


def test_parties_of_a_case_without_a_primary_one_stand_in_the_access_log(at, office, filippa, seen_by):
    case = make_case(unit=office, at=at)
    neighbour = make_person("Nanna Nabo").id
    services.add_party(case_id=case.id, party=NewParty("secondary", neighbour), viewer=TESTER, at=at)
    type(case).objects.filter(id=case.id).update(person=None)
    page = selectors.case(seen_by(filippa), case.id, at=at)
    assert neighbour in {party.person for party in page.parties}
    assert "party" in {look.kind for look in all_looks(TESTER, LookQuery(citizen=neighbour))}
    assert len(parties_of(case.id)) == 2


def test_what_waits_for_the_old_unit_goes_along_when_a_case_is_handed_over(at, office):
    case, other = make_case(unit=office, at=at), make_unit("andre", kind="office", administration="FAF")
    answer = services.add_step(case_id=case.id, kind="answer", viewer=TESTER, at=at)
    assert answer.unit_id == office.pk
    services.hand_over(case_id=case.id, unit="andre", note="Jeres", viewer=TESTER, at=at)
    open_steps = [step for step in steps_of(case.id) if step.done_at is None and not step.withdrawn]
    assert {(step.kind, step.unit_id) for step in open_steps} == {("answer", other.pk), ("handle", other.pk)}


def test_a_reopened_case_has_a_new_time_to_answer(at, office, filippa, seen_by):
    case = make_case(unit=office, handler=filippa.pk, at=at)
    make_setting("T-022", answer_working_days=10)
    services.set_deadline(case_id=case.id, kind="answer", due_at=at + timedelta(days=1), viewer=TESTER, at=at)
    services.close_case(case_id=case.id, ground="Bortfaldet", viewer=TESTER, at=at)
    later = at + timedelta(days=30)
    services.reopen(case_id=case.id, ground="Borgeren vil alligevel", viewer=seen_by(filippa), at=later)
    row = case_row(case.id)
    assert row.deadline == selectors.working_days_after(later, 10)
    running = [one for one in deadlines_of(case.id) if one.met_at is None and one.cancelled_at is None]
    assert [(one.kind, one.due_at) for one in running] == [("answer", row.deadline)]


@pytest.mark.parametrize("unit", ["²", "9" * 5000, "x"])
def test_a_unit_there_is_not_is_refused_in_words(at, unit):
    case = make_case(at=at)
    with pytest.raises(UnknownPlace):
        services.hand_over(case_id=case.id, unit=unit, note="Videre", viewer=TESTER, at=at)


def test_a_day_nobody_lives_to_see_is_refused(at):
    case = make_case(at=at)
    never = datetime.max.replace(tzinfo=at.tzinfo)
    with pytest.raises(FarDay):
        services.hand_over(case_id=case.id, unit="familieydelser", note="Videre", deadline=never, viewer=TESTER, at=at)
    with pytest.raises(FarDay):
        services.set_waiting(case_id=case.id, waiting="citizen", until=never, viewer=TESTER, at=at)


def test_who_reopens_a_case_says_by_when_it_is_answered(at, office, filippa, seen_by):
    case = make_case(unit=office, handler=filippa.pk, at=at)
    services.close_case(case_id=case.id, ground="Bortfaldet", viewer=TESTER, at=at)
    facts = {"case_id": case.id, "ground": "Borgeren vil alligevel", "viewer": seen_by(filippa), "at": at}
    with pytest.raises(PastDay):
        services.reopen(answer_by=(at - timedelta(days=1)).date(), **facts)
    with pytest.raises(StaleCase):
        services.reopen(version=1, **facts)
    assert case_row(case.id).progress == "closed"
    day = (at + timedelta(days=9)).date()
    services.reopen(answer_by=day, **facts)
    (running,) = [one for one in deadlines_of(case.id) if one.met_at is None and one.cancelled_at is None]
    assert (running.kind, clock.local(running.due_at).date(), case_row(case.id).deadline) == (
        "answer",
        day,
        running.due_at,
    )


def test_a_case_that_is_answered_has_no_day_to_answer_by(at, office):
    case = make_case(unit=office, progress="decided", at=at)
    with pytest.raises(AnswerGiven):
        services.set_deadline(case_id=case.id, kind="answer", due_at=at + timedelta(days=5), viewer=TESTER, at=at)
    assert deadlines_of(case.id) == []


def test_the_step_by_which_somebody_finds_a_case_of_nobody_stays(at, office, filippa):
    case = make_case(unit=office, at=at)
    (step,) = steps_of(case.id)
    with pytest.raises(StepNeeded):
        services.withdraw_step(step_id=step.id, viewer=TESTER, at=at)
    services.set_handler(case_id=case.id, employee_id=filippa.pk, viewer=TESTER, at=at)
    services.withdraw_step(step_id=step.id, ground="Den er i gang", viewer=TESTER, at=at)
    assert entries_of(case.id)[-1].body == "Den er i gang"


def test_the_handler_is_no_other_handler_too(at, office, filippa):
    case = make_case(unit=office, handler=filippa.pk, at=at)
    with pytest.raises(HandlesAlready) as refused:
        services.add_handler(case_id=case.id, employee_id=filippa.pk, viewer=TESTER, at=at)
    assert "Filippa Falk" in str(refused.value)


def test_a_business_is_a_party_by_its_own_id(at, office, filippa, seen_by):
    case = make_case(unit=office, handler=filippa.pk, at=at)
    firm = make_business("Bageriet Bølgen", cvr="90000012")
    with pytest.raises(UnknownBusiness):
        services.add_party(case_id=case.id, party=NewParty("secondary", business=uuid7(at)), viewer=TESTER, at=at)
    services.add_party(case_id=case.id, party=NewParty("secondary", business=firm.id), viewer=TESTER, at=at)
    shown = selectors.case(seen_by(filippa), case.id, at=at).parties[-1]
    assert (shown.business, shown.name) == (firm.id, "Bageriet Bølgen (CVR 90000012)")
