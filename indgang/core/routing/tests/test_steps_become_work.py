"""Steps of cases are work in the same queue as everything else."""

import threading
from datetime import timedelta

import pytest
from django.db import connection

from indgang.core.cases import services as cases
from indgang.core.cases.errors import StepGone
from indgang.core.cases.testing import case_row, entries_of, make_case, steps_of
from indgang.core.organisation.testing import make_employee, make_substitute, make_unit, viewer_of
from indgang.core.routing import selectors, services
from indgang.core.routing.errors import OfferGone, TooLateToTakeBack
from indgang.core.routing.models import WorkItem
from indgang.core.routing.testing import agent_row, item_row, make_available
from indgang.core.routing.values import TransferTarget
from indgang.foundation.access.values import system
from indgang.foundation.runtime import clock

pytestmark = pytest.mark.django_db
TESTER = system("test")
HOUSING = {"housing_benefit": (5, 3)}


@pytest.fixture
def office(db):
    return make_unit("familieydelser", kind="office", administration="FAF")


@pytest.fixture
def filippa(office):
    return make_employee("Filippa Falk", unit=office, roles=["caseworker"], groups=HOUSING)


def item_of_step(case):
    return WorkItem.objects.get(subject=f"cases.step:{steps_of(case.id)[-1].id}")


def take(employee, now):
    return services.take_next(employee_id=employee.pk, viewer=viewer_of(employee), at=now)


def test_a_new_case_waits_in_the_queue_of_its_unit(now, office, filippa):
    case = make_case(unit=office, deadline=now + timedelta(days=3), at=now)
    item = item_of_step(case)
    assert (item.medium, item.reference, item.title) == ("case", case.number, "Boligsikring")
    assert (item.unit_id, item.group, item.level, item.state) == (office.pk, "housing_benefit", 2, "waiting")
    (row,) = selectors.queue(viewer_of(filippa), at=now)
    assert (row.reference, row.medium, row.contact) == (case.number, "case", None)


def test_a_step_without_a_day_is_due_in_a_week_of_work(now, office):
    item = item_of_step(make_case(unit=office, at=now))
    assert item.due_at.date().isoformat() == "2026-03-09"


def test_who_takes_it_handles_the_case_and_finishing_it_ends_the_step(now, office, filippa):
    case = make_case(unit=office, at=now)
    item = take(filippa, now)
    assert case_row(case.id).handler_id == filippa.pk
    assert steps_of(case.id)[-1].started_at == now
    services.finish(item_id=item.id, viewer=viewer_of(filippa), at=now)
    assert item_row(item.id).state == "done"
    assert steps_of(case.id)[-1].done_by == filippa.pk


def test_it_is_offered_and_accepted_like_anything_else(now, office, filippa):
    case = make_case(unit=office, at=now)
    make_available(filippa.pk, now)
    assert services.dispatch_once(now + timedelta(minutes=2)) == 1
    item = services.accept(item_id=item_of_step(case).id, viewer=viewer_of(filippa), at=now)
    assert (item.state, case_row(case.id).handler_id) == ("active", filippa.pk)


def test_who_has_no_right_to_the_level_is_never_offered_it(now, office):
    guide = make_employee("Esben Ekspedit", groups={"housing_benefit": (5, 1)})
    case = make_case(at=now, unit=office)
    services_step = cases.add_step(
        case_id=case.id, kind="task", title="Vurdér", group="housing_benefit", level=3, viewer=TESTER, at=now
    )
    make_available(guide.pk, now)
    assert services.dispatch_once(now + timedelta(hours=1)) == 0
    assert WorkItem.objects.filter(subject=f"cases.step:{services_step.id}", state="waiting").exists()


def test_a_step_for_a_person_waits_for_them_by_name(now, office, filippa):
    colleague = make_employee("Vibe Væver", unit=office, roles=["caseworker"], groups=HOUSING)
    case = make_case(unit=office, handler=filippa.pk, at=now)
    cases.add_step(case_id=case.id, kind="answer", viewer=TESTER, at=now)
    assert take(colleague, now) is None
    assert take(filippa, now).subject == f"cases.step:{steps_of(case.id)[-1].id}"


def test_what_is_not_to_begin_yet_is_not_taken(now, office, filippa):
    case = make_case(unit=office, handler=filippa.pk, at=now)
    later = now + timedelta(days=2)
    cases.add_step(case_id=case.id, kind="task", title="Følg op", not_before=later, viewer=TESTER, at=now)
    assert take(filippa, now) is None
    assert take(filippa, later) is not None


@pytest.mark.req("esdh.distributed")
def test_a_speciality_is_served_for_everybody_where_it_is_known(now, office):
    """A step that needs a speciality goes to whoever has it, whichever unit the case belongs to."""
    elsewhere = make_unit("valby", kind="centre")
    specialist = make_employee("Ida Indeklima", unit=elsewhere, roles=["caseworker"], groups={"indoor_air": (5, 2)})
    case = make_case(unit=office, at=now)
    cases.add_step(case_id=case.id, kind="task", title="Vurdér indeklima", group="indoor_air", viewer=TESTER, at=now)
    item = take(specialist, now)
    assert (item.title, item.group) == ("Vurdér indeklima", "indoor_air")


def test_handing_the_work_on_hands_the_case_on_with_what_is_said(now, office, filippa):
    other = make_unit("pension", kind="office", administration="FAF")
    receiver = make_employee("Poula Pension", unit=other, roles=["caseworker"], groups=HOUSING)
    case = make_case(unit=office, at=now)
    item = take(filippa, now)
    services.transfer(
        item_id=item.id, to=TransferTarget(unit=other.pk), note="Han er pensionist", viewer=viewer_of(filippa), at=now
    )
    moved = case_row(case.id)
    assert (moved.unit_id, moved.handler_id) == (other.pk, None)
    assert (item_row(item.id).unit_id, item_row(item.id).state) == (other.pk, "waiting")
    entry = entries_of(case.id)[-1]
    assert (entry.theme, entry.body) == ("Overdraget til Pension", "Han er pensionist")
    taken = take(receiver, now)
    assert (taken.id, case_row(case.id).handler_id) == (item.id, receiver.pk)
    with pytest.raises(TooLateToTakeBack):
        services.take_back(item_id=item.id, viewer=viewer_of(filippa), at=now)


def test_what_i_handed_on_too_soon_is_mine_again(now, office, filippa):
    other = make_unit("pension", kind="office", administration="FAF")
    case = make_case(unit=office, at=now)
    item = take(filippa, now)
    services.transfer(
        item_id=item.id, to=TransferTarget(unit=other.pk), note="Se her", viewer=viewer_of(filippa), at=now
    )
    services.take_back(item_id=item.id, viewer=viewer_of(filippa), at=now)
    assert case_row(case.id).handler_id == filippa.pk
    assert (item_row(item.id).state, item_row(item.id).agent_id) == ("active", filippa.pk)


def test_a_step_done_on_the_case_leaves_the_hands_it_is_in(now, office, filippa):
    make_available(filippa.pk, now)
    case = make_case(unit=office, at=now)
    item = take(filippa, now)
    cases.finish_step(step_id=steps_of(case.id)[-1].id, viewer=TESTER, at=now)
    assert item_row(item.id).state == "done"
    assert agent_row(filippa.pk).mode == "available"


def test_a_step_withdrawn_while_it_is_held_out_is_no_offer_any_more(now, office, filippa):
    make_available(filippa.pk, now)
    case = make_case(unit=office, handler=filippa.pk, at=now)
    step = cases.add_step(case_id=case.id, kind="answer", viewer=TESTER, at=now)
    services.dispatch_once(now + timedelta(minutes=1))
    item = item_of_step(case)
    assert item.state == "offered"
    cases.withdraw_step(step_id=step.id, viewer=TESTER, at=now)
    with pytest.raises(OfferGone):
        services.accept(item_id=item.id, viewer=viewer_of(filippa), at=now)


def test_a_case_given_to_somebody_else_takes_the_work_along(now, office, filippa):
    colleague = make_employee("Vibe Væver", unit=office, roles=["caseworker"], groups=HOUSING)
    case = make_case(unit=office, at=now)
    item = take(filippa, now)
    cases.set_handler(case_id=case.id, employee_id=colleague.pk, viewer=TESTER, at=now)
    moved = item_row(item.id)
    assert (moved.state, moved.employee_id, moved.agent_id) == ("waiting", colleague.pk, None)


def test_a_handed_over_case_leaves_one_piece_of_work(now, office, filippa):
    other = make_unit("pension", kind="office", administration="FAF")
    case = make_case(unit=office, at=now)
    take(filippa, now)
    cases.hand_over(case_id=case.id, unit=other.pk, note="Jeres", viewer=viewer_of(filippa), at=now)
    waiting = WorkItem.objects.exclude(state="done")
    assert [(item.unit_id, item.state) for item in waiting] == [(other.pk, "waiting")]


def test_work_put_aside_wakes_when_the_case_goes_on(now, office, filippa):
    case = make_case(unit=office, at=now)
    item = take(filippa, now)
    services.park(item_id=item.id, until=None, viewer=viewer_of(filippa), at=now)
    cases.set_waiting(case_id=case.id, waiting="citizen", viewer=viewer_of(filippa), at=now)
    cases.stop_waiting(case_id=case.id, viewer=viewer_of(filippa), at=now)
    assert item_row(item.id).state == "waiting"


def test_a_substitute_takes_over_the_case_with_the_work(now, office, filippa):
    substitute = make_employee("Vibe Væver", unit=office, roles=["caseworker"], groups=HOUSING)
    make_substitute(filippa, substitute)
    case = make_case(unit=office, at=now)
    cases.set_handler(case_id=case.id, employee_id=filippa.pk, viewer=TESTER, at=now)
    (row,) = selectors.work_instead(viewer_of(substitute), now)
    services.take_over(item_id=row.id, viewer=viewer_of(substitute), at=now)
    assert steps_of(case.id)[-1].employee_id == substitute.pk


def test_closing_a_case_leaves_no_work(now, office, filippa):
    case = make_case(unit=office, at=now)
    cases.close_case(case_id=case.id, ground="Bortfaldet", viewer=TESTER, at=now)
    assert not WorkItem.objects.exclude(state="done").exists()


def test_a_line_of_the_task_list_given_to_somebody_else_is_their_work(now, office, filippa):
    colleague = make_employee("Vibe Væver", unit=office, roles=["caseworker"], groups=HOUSING)
    case = make_case(unit=office, handler=filippa.pk, at=now)
    step = cases.add_step(case_id=case.id, kind="task", title="Mål op", queued=False, viewer=TESTER, at=now)
    assert not WorkItem.objects.exists()
    cases.move_step(step_id=step.id, employee=colleague.pk, viewer=viewer_of(filippa), at=now)
    assert take(colleague, now).subject == f"cases.step:{step.id}"
    cases.move_step(step_id=step.id, employee=filippa.pk, viewer=viewer_of(colleague), at=now)
    assert WorkItem.objects.count() == 1 and take(filippa, now) is not None


@pytest.mark.kernel
@pytest.mark.django_db(transaction=True)
def test_done_and_taken_at_the_same_moment_ends_one_way(office, filippa):
    """However the two meet: no item in hand for a step that is over, and no lock that never comes."""
    for _ in range(8):
        at = clock.now()
        make_available(filippa.pk, at)
        case = make_case(unit=office, handler=filippa.pk, at=at)
        step = cases.add_step(case_id=case.id, kind="answer", viewer=TESTER, at=at)
        services.dispatch_once(at + timedelta(minutes=1))
        item = WorkItem.objects.get(subject=f"cases.step:{step.id}")
        refused = _together(
            lambda item=item: services.accept(item_id=item.id, viewer=viewer_of(filippa), at=clock.now()),
            lambda step=step: cases.finish_step(step_id=step.id, viewer=TESTER, at=clock.now()),
        )
        assert all(isinstance(fault, OfferGone | StepGone) for fault in refused)
        assert item_row(item.id).state == "done"
        assert steps_of(case.id)[-1].done_at is not None


def _together(*deeds):
    """Do these at the same moment; what they refused."""
    start, refused = threading.Barrier(len(deeds)), []

    def run(deed):
        try:
            start.wait(10)
            deed()
        except (OfferGone, StepGone) as fault:
            refused.append(fault)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(deed,)) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert not any(thread.is_alive() for thread in threads)
    return refused
