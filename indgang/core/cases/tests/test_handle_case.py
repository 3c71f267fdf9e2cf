from datetime import timedelta

import pytest

from indgang.core.cases import services
from indgang.core.cases.case_values import NewParty
from indgang.core.cases.errors import (
    CaseClosed,
    GroundMissing,
    NoteMissing,
    NotYourCase,
    PartyGone,
    PartyMissing,
    PastDay,
    ReceiverMissing,
    RelatedToItself,
    StaleCase,
    StepGone,
    UnknownPlace,
    UnknownValue,
    WrongProgress,
)
from indgang.core.cases.models import CaseHandler, CaseObject, CaseRelation, ProgressChange
from indgang.core.cases.testing import (
    case_row,
    deadlines_of,
    entries_of,
    events_of_case,
    make_case,
    parties_of,
    steps_of,
)
from indgang.core.citizens.testing import make_person
from indgang.core.organisation.testing import make_unit
from indgang.foundation.access.errors import NotFound
from indgang.foundation.access.values import system

pytestmark = pytest.mark.django_db
TESTER = system("test")


def test_progress_goes_one_way_and_leaves_its_history(at, filippa, office, seen_by):
    viewer = seen_by(filippa)
    case = make_case(unit=office, at=at)
    services.advance(case_id=case.id, progress="informed", viewer=viewer, at=at)
    services.advance(case_id=case.id, progress="closed", ground="Borgeren trak ansøgningen", viewer=viewer, at=at)
    history = ProgressChange.objects.filter(case=case).order_by("pk").values_list("progress", "employee", "ground")
    assert list(history) == [
        ("opened", None, ""),
        ("informed", filippa.pk, ""),
        ("closed", filippa.pk, "Borgeren trak ansøgningen"),
    ]


@pytest.mark.parametrize(
    ("now", "wanted"), [("opened", "decided"), ("informed", "decided"), ("informed", "opened"), ("decided", "opened")]
)
def test_an_impossible_progress_is_refused_in_words(at, now, wanted):
    case = make_case(progress=now, at=at)
    with pytest.raises(WrongProgress) as refused:
        services.advance(case_id=case.id, progress=wanted, viewer=TESTER, at=at)
    assert "Rækkefølgen er" in str(refused.value)
    assert case_row(case.id).progress == now


def test_a_progress_there_is_not_is_refused(at):
    case = make_case(at=at)
    with pytest.raises(UnknownValue) as refused:
        services.advance(case_id=case.id, progress="færdig", viewer=TESTER, at=at)
    assert "informed" in str(refused.value)


def test_an_undecided_case_is_closed_with_a_ground_only(at):
    case = make_case(at=at)
    with pytest.raises(GroundMissing):
        services.close_case(case_id=case.id, viewer=TESTER, at=at)
    closed = services.close_case(case_id=case.id, ground="Bortfaldet", viewer=TESTER, at=at)
    assert (closed.progress, closed.closed_at) == ("closed", at)
    assert all(step.withdrawn for step in steps_of(case.id))


def test_a_decided_case_is_closed_without_more_ado(at):
    case = make_case(progress="decided", at=at)
    assert services.close_case(case_id=case.id, viewer=TESTER, at=at).progress == "closed"


def test_closing_again_changes_nothing(at):
    case = make_case(at=at)
    services.close_case(case_id=case.id, ground="Bortfaldet", viewer=TESTER, at=at)
    version = case_row(case.id).version
    services.close_case(case_id=case.id, ground="Bortfaldet", viewer=TESTER, at=at)
    assert case_row(case.id).version == version


def test_a_closed_case_is_changed_by_reopening_it_only(at):
    case = make_case(progress="closed", at=at)
    with pytest.raises(CaseClosed):
        services.set_waiting(case_id=case.id, waiting="citizen", viewer=TESTER, at=at)
    with pytest.raises(GroundMissing):
        services.reopen(case_id=case.id, ground=" ", viewer=TESTER, at=at)
    again = services.reopen(case_id=case.id, ground="Nye oplysninger", viewer=TESTER, at=at)
    assert (again.progress, again.reopened, again.closed_at) == ("informed", 1, None)
    assert entries_of(case.id)[-1].body == "Nye oplysninger"
    assert steps_of(case.id)[-1].kind == "handle"


def test_what_was_never_decided_is_not_reopened(at):
    case = make_case(at=at)
    with pytest.raises(WrongProgress):
        services.reopen(case_id=case.id, ground="Nye oplysninger", viewer=TESTER, at=at)


def test_two_who_change_at_once_do_not_overwrite_each_other(at, filippa, office, seen_by):
    case = make_case(unit=office, at=at)
    services.change_case(case_id=case.id, title="Højere husleje", viewer=seen_by(filippa), at=at, version=case.version)
    with pytest.raises(StaleCase) as stale:
        services.change_case(case_id=case.id, title="Lavere husleje", viewer=TESTER, at=at, version=case.version)
    assert "Filippa Falk har rettet sagen" in str(stale.value)
    assert case_row(case.id).title == "Højere husleje"


def test_correcting_nothing_is_no_change(at):
    case = make_case(at=at)
    services.change_case(case_id=case.id, title=case.title, sensitivity="confidential", viewer=TESTER, at=at)
    assert case_row(case.id).version == case.version


def test_who_only_informs_reads_but_does_not_change(at, guide, office, seen_by):
    case = make_case(unit=office, at=at)
    with pytest.raises(NotYourCase):
        services.change_case(case_id=case.id, title="Andet", viewer=seen_by(guide), at=at)


def test_who_may_not_see_a_case_is_told_of_none(at, stranger, office, seen_by):
    case = make_case(unit=office, at=at)
    with pytest.raises(NotFound):
        services.change_case(case_id=case.id, title="Andet", viewer=seen_by(stranger), at=at)


def test_taking_a_case_ends_its_wait(at, filippa, office, seen_by):
    case = make_case(unit=office, at=at)
    services.set_handler(case_id=case.id, employee_id=filippa.pk, viewer=seen_by(filippa), at=at)
    assert case_row(case.id).handler_id == filippa.pk
    assert [step.done_by for step in steps_of(case.id)] == [filippa.pk]


def test_a_case_given_to_somebody_waits_for_them_by_name(at, filippa, office):
    case = make_case(unit=office, at=at)
    services.set_handler(case_id=case.id, employee_id=filippa.pk, viewer=TESTER, at=at)
    (step,) = steps_of(case.id)
    assert (step.employee_id, step.unit_id, step.done_at) == (filippa.pk, None, None)
    assert events_of_case(case.id)[-1].verb == "case.step_moved"


def test_a_case_given_back_waits_for_its_unit(at, filippa, office, seen_by):
    case = make_case(unit=office, handler=filippa.pk, at=at)
    services.set_handler(case_id=case.id, employee_id=None, viewer=seen_by(filippa), at=at)
    (step,) = steps_of(case.id)
    assert (step.kind, step.unit_id, step.employee_id) == ("handle", office.pk, None)


def test_an_unknown_employee_gets_no_case(at):
    case = make_case(at=at)
    with pytest.raises(UnknownPlace):
        services.set_handler(case_id=case.id, employee_id=999999, viewer=TESTER, at=at)


@pytest.mark.req("esdh.share")
def test_a_case_handed_over_keeps_steps_deadlines_and_owner(at, clerk, filippa, office, seen_by):
    """The centre starts, the administration finishes: nothing is retold, and both see it."""
    centre = make_unit("valby", kind="centre")
    case = make_case(unit=centre, handler=clerk.pk, deadline=at + timedelta(days=20), at=at)
    listed = services.add_step(case_id=case.id, kind="task", title="Indhent lejekontrakt", viewer=TESTER, at=at)
    asked = services.add_step(case_id=case.id, kind="answer", viewer=seen_by(clerk), at=at)
    assert asked.employee_id == clerk.pk
    services.hand_over(
        case_id=case.id, unit=office.pk, note="Huslejen er bekræftet", deadline=at + timedelta(days=5),
        viewer=seen_by(clerk), at=at,
    )  # fmt: skip
    moved = case_row(case.id)
    assert (moved.unit_id, moved.handler_id, moved.administration_id) == (office.pk, None, "FAF")
    assert {row.kind for row in deadlines_of(case.id)} == {"answer", "hand_over"}
    open_now = {step.title: (step.unit_id, step.employee_id) for step in steps_of(case.id)}
    assert open_now["Indhent lejekontrakt"] == (office.pk, None)
    assert open_now["Borgeren har svaret"] == (office.pk, None)
    assert open_now["Boligsikring"] == (office.pk, None)
    assert listed.case_id == case.id
    entry = entries_of(case.id)[-1]
    assert (entry.kind, entry.body, entry.internal) == ("hand_over", "Huslejen er bekræftet", True)
    services.finish_step(step_id=steps_of(case.id)[-1].id, viewer=seen_by(filippa), at=at)


def test_the_owner_moves_only_when_it_is_said(at, office):
    other = make_unit("pension", kind="office", administration="SUF")
    stays = make_case(unit=office, at=at)
    moves = make_case(unit=office, at=at)
    services.hand_over(case_id=stays.id, unit=other.pk, note="Se venligst", viewer=TESTER, at=at)
    services.hand_over(case_id=moves.id, unit=other.pk, note="Jeres nu", owner_moves=True, viewer=TESTER, at=at)
    assert case_row(stays.id).administration_id == "FAF"
    assert case_row(moves.id).administration_id == "SUF"


def test_a_case_handed_to_a_person_goes_to_their_unit(at, office, filippa):
    case = make_case(unit=make_unit("valby", kind="centre"), at=at)
    services.hand_over(case_id=case.id, employee=filippa.pk, note="Du kender sagen", viewer=TESTER, at=at)
    moved = case_row(case.id)
    assert (moved.unit_id, moved.handler_id) == (office.pk, filippa.pk)
    assert [step.employee_id for step in steps_of(case.id) if step.done_at is None] == [filippa.pk]


def test_handing_over_needs_a_receiver_a_note_and_a_day_to_come(at, office, filippa):
    case = make_case(at=at)
    common = {"case_id": case.id, "viewer": TESTER, "at": at}
    with pytest.raises(ReceiverMissing):
        services.hand_over(note="Hvem?", **common)
    with pytest.raises(ReceiverMissing):
        services.hand_over(unit=office.pk, employee=filippa.pk, note="Hvem?", **common)
    with pytest.raises(NoteMissing):
        services.hand_over(unit=office.pk, note=" \n", **common)
    with pytest.raises(PastDay):
        services.hand_over(unit=office.pk, note="I går", deadline=at, **common)
    with pytest.raises(UnknownPlace):
        services.hand_over(unit="findesikke", note="Hvor?", **common)


def test_a_case_waits_until_a_day_and_goes_on(at):
    case = make_case(at=at)
    with pytest.raises(PastDay):
        services.set_waiting(case_id=case.id, waiting="citizen", until=at, viewer=TESTER, at=at)
    until = at + timedelta(days=7)
    assert (
        services.set_waiting(case_id=case.id, waiting="citizen", until=until, viewer=TESTER, at=at).waiting == "citizen"
    )
    again = services.stop_waiting(case_id=case.id, viewer=TESTER, at=at)
    assert (again.waiting, again.waiting_until) == ("", None)


def test_another_handler_works_along(at, clerk, seen_by):
    other = make_case(unit=make_unit("andetsteds", kind="office", administration="BTF"), task="T-002", group="building",
                      administration="BTF", at=at)  # fmt: skip
    with pytest.raises(NotFound):
        services.change_case(case_id=other.id, title="Andet", viewer=seen_by(clerk), at=at)
    services.add_handler(case_id=other.id, employee_id=clerk.pk, viewer=TESTER, at=at)
    services.add_handler(case_id=other.id, employee_id=clerk.pk, viewer=TESTER, at=at)
    assert CaseHandler.objects.filter(case=other).count() == 1
    assert services.change_case(case_id=other.id, title="Andet", viewer=seen_by(clerk), at=at).title == "Andet"
    services.end_handler(case_id=other.id, employee_id=clerk.pk, viewer=TESTER, at=at)
    with pytest.raises(NotFound):
        services.change_case(case_id=other.id, title="Tredje", viewer=seen_by(clerk), at=at)


def test_steps_are_done_once_and_withdrawn_ones_never(at):
    case = make_case(at=at)
    step = services.add_step(case_id=case.id, kind="task", title="Ring til udlejer", viewer=TESTER, at=at)
    done = services.finish_step(step_id=step.id, viewer=TESTER, at=at)
    assert services.finish_step(step_id=step.id, viewer=TESTER, at=at).version == done.version
    with pytest.raises(StepGone):
        services.withdraw_step(step_id=step.id, viewer=TESTER, at=at)
    other = services.add_step(case_id=case.id, kind="task", title="Skriv til udlejer", viewer=TESTER, at=at)
    services.withdraw_step(step_id=other.id, viewer=TESTER, at=at)
    with pytest.raises(StepGone):
        services.finish_step(step_id=other.id, viewer=TESTER, at=at)


def test_who_begins_with_a_case_has_it(at, office, filippa, seen_by):
    case = make_case(unit=office, at=at)
    (step,) = steps_of(case.id)
    services.start_step(step_id=step.id, employee_id=filippa.pk, viewer=seen_by(filippa), at=at)
    assert case_row(case.id).handler_id == filippa.pk
    services.start_step(step_id=step.id, employee_id=filippa.pk, viewer=seen_by(filippa), at=at)
    assert [event.verb for event in events_of_case(case.id)].count("case.step_started") == 1


def test_parties_come_go_and_are_replaced(at):
    case = make_case(at=at)
    daughter = make_person("Dorte Birkelund")
    added = services.add_party(
        case_id=case.id, party=NewParty("representative", person=daughter.id), viewer=TESTER, at=at
    )
    services.end_party(case_id=case.id, party_id=added.pk, viewer=TESTER, at=at)
    with pytest.raises(PartyGone):
        services.end_party(case_id=case.id, party_id=added.pk, viewer=TESTER, at=at)
    services.replace_primary_party(case_id=case.id, person=daughter.id, viewer=TESTER, at=at)
    services.replace_primary_party(case_id=case.id, person=daughter.id, viewer=TESTER, at=at)
    assert case_row(case.id).person_id == daughter.id
    assert [(row.role, row.valid_to is None) for row in parties_of(case.id)] == [
        ("primary", False), ("representative", False), ("primary", True),
    ]  # fmt: skip


def test_a_party_is_somebody(at):
    case = make_case(at=at)
    with pytest.raises(PartyMissing):
        services.add_party(case_id=case.id, party=NewParty("secondary"), viewer=TESTER, at=at)
    with pytest.raises(UnknownValue):
        services.add_party(case_id=case.id, party=NewParty("nabo", name="Ole"), viewer=TESTER, at=at)
    with pytest.raises(UnknownValue):
        services.add_party(case_id=case.id, party=NewParty("primary", name="Ole"), viewer=TESTER, at=at)
    primary = parties_of(case.id)[0]
    with pytest.raises(PartyGone):
        services.end_party(case_id=case.id, party_id=primary.pk, viewer=TESTER, at=at)


def test_a_case_has_things_and_stands_to_other_cases(at):
    case, other = make_case(at=at), make_case(at=at)
    thing = services.add_object(
        case_id=case.id, kind="vehicle", label="Knallert", reference="AB 12 345", viewer=TESTER, at=at
    )
    services.relate(case_id=case.id, other=other.id, kind="precedent", viewer=TESTER, at=at)
    services.relate(case_id=case.id, other=other.id, kind="precedent", viewer=TESTER, at=at)
    assert CaseRelation.objects.count() == 1
    with pytest.raises(RelatedToItself):
        services.relate(case_id=case.id, other=case.id, kind="other", viewer=TESTER, at=at)
    services.unrelate(case_id=case.id, other=other.id, kind="precedent", viewer=TESTER, at=at)
    services.remove_object(case_id=case.id, object_id=thing.pk, viewer=TESTER, at=at)
    assert (CaseRelation.objects.count(), CaseObject.objects.count()) == (0, 0)


@pytest.mark.req("esdh.crossview")
def test_a_course_is_over_with_its_last_case(at):
    person = make_person().id
    course = services.open_course(person=person, title="Flytning", viewer=TESTER, at=at)
    one = make_case(person=person, course=course.id, at=at)
    other = make_case("T-002", person=person, group="building", administration="BTF", at=at)
    services.join_course(case_id=other.id, course=course.id, viewer=TESTER, at=at)
    services.close_case(case_id=one.id, ground="Bortfaldet", viewer=TESTER, at=at)
    course.refresh_from_db()
    assert course.closed_at is None
    services.close_case(case_id=other.id, ground="Bortfaldet", viewer=TESTER, at=at)
    course.refresh_from_db()
    assert course.closed_at == at
    services.reopen(case_id=one.id, ground="Nye oplysninger", viewer=TESTER, at=at)
    course.refresh_from_db()
    assert course.closed_at is None


def test_a_course_is_of_one_citizen(at):
    course = services.open_course(person=make_person().id, title="Flytning", viewer=TESTER, at=at)
    case = make_case(at=at)
    with pytest.raises(NotFound):
        services.join_course(case_id=case.id, course=course.id, viewer=TESTER, at=at)
