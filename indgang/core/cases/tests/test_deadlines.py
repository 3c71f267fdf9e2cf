from datetime import timedelta

import pytest
from django.db import transaction

from indgang.core.cases import services
from indgang.core.cases.errors import DeadlineGone, GroundMissing, PastDay, StaleDeadline
from indgang.core.cases.testing import case_row, deadlines_of, entries_of, events_of_case, make_case, steps_of
from indgang.core.citizens import services as citizens
from indgang.core.citizens.testing import make_person
from indgang.foundation.access.values import system
from indgang.foundation.journal import services as journal

pytestmark = pytest.mark.django_db
TESTER = system("test")


def told(case):
    return [step.title for step in steps_of(case.id) if step.kind == "deadline"]


def test_a_deadline_is_moved_with_a_ground_and_its_first_day_stays_known(at, filippa, office, seen_by):
    first, new = at + timedelta(days=10), at + timedelta(days=20)
    case = make_case(unit=office, deadline=first, at=at)
    (row,) = deadlines_of(case.id)
    with pytest.raises(GroundMissing):
        services.move_deadline(deadline_id=row.pk, due_at=new, ground=" ", viewer=TESTER, at=at)
    with pytest.raises(PastDay):
        services.move_deadline(deadline_id=row.pk, due_at=at, ground="Sygdom", viewer=TESTER, at=at)
    moved = services.move_deadline(
        deadline_id=row.pk, due_at=new, ground="Vi mangler lejekontrakten", viewer=seen_by(filippa), at=at,
        version=row.version,
    )  # fmt: skip
    assert (moved.due_at, moved.first_due_at, case_row(case.id).deadline) == (new, first, new)
    assert entries_of(case.id)[-1].theme == "Svarfrist: ny dato 22.03.2026"
    with pytest.raises(StaleDeadline):
        services.move_deadline(deadline_id=row.pk, due_at=new, ground="Igen", viewer=TESTER, at=at, version=row.version)


def test_a_deadline_is_met_once(at):
    case = make_case(deadline=at + timedelta(days=10), at=at)
    (row,) = deadlines_of(case.id)
    assert services.meet_deadline(deadline_id=row.pk, viewer=TESTER, at=at).met_at == at
    later = at + timedelta(days=1)
    assert services.meet_deadline(deadline_id=row.pk, viewer=TESTER, at=later).met_at == at
    with pytest.raises(DeadlineGone):
        services.move_deadline(deadline_id=row.pk, due_at=later, ground="For sent", viewer=TESTER, at=at)


def test_the_answer_given_ends_its_deadline(at):
    case = make_case(deadline=at + timedelta(days=10), at=at)
    services.close_case(case_id=case.id, ground="Bortfaldet", viewer=TESTER, at=at)
    (row,) = deadlines_of(case.id)
    assert (row.met_at, row.cancelled_at) == (None, at)


def test_the_handler_is_told_before_the_answer_is_due_and_only_once(at, filippa, office):
    case = make_case(unit=office, handler=filippa.pk, deadline=at + timedelta(days=10), at=at)
    assert services.watch_deadlines(at) == 0
    near = at + timedelta(days=7)
    assert services.watch_deadlines(near) == 1
    assert services.watch_deadlines(near) == 0
    assert told(case) == ["Svarfristen er nær: svar, eller skriv til borgeren med en ny dag"]
    assert steps_of(case.id)[-1].employee_id == filippa.pk


def test_a_passed_deadline_asks_for_the_letter_with_a_new_day(at, filippa, office, seen_by):
    """Retssikkerhedsloven § 3, 2: the citizen is told in writing when the answer comes."""
    case = make_case(unit=office, handler=filippa.pk, deadline=at + timedelta(days=10), at=at)
    services.watch_deadlines(at + timedelta(days=8))
    services.finish_step(step_id=steps_of(case.id)[-1].id, viewer=seen_by(filippa), at=at)
    late = at + timedelta(days=11)
    assert services.watch_deadlines(late) == 1
    assert services.watch_deadlines(late) == 0
    assert told(case)[-1] == "Svarfristen er passeret: skriv til borgeren, hvornår svaret kommer"
    assert events_of_case(case.id)[-1].verb == "case.deadline_passed"


def test_who_was_warned_and_has_not_acted_is_not_told_twice(at):
    case = make_case(deadline=at + timedelta(days=10), at=at)
    services.watch_deadlines(at + timedelta(days=8))
    services.watch_deadlines(at + timedelta(days=11))
    assert len(told(case)) == 1


def test_a_moved_deadline_is_watched_anew(at):
    case = make_case(deadline=at + timedelta(days=10), at=at)
    services.watch_deadlines(at + timedelta(days=8))
    (row,) = deadlines_of(case.id)
    services.move_deadline(deadline_id=row.pk, due_at=at + timedelta(days=30), ground="Høring", viewer=TESTER, at=at)
    services.finish_step(step_id=steps_of(case.id)[-1].id, viewer=TESTER, at=at)
    assert services.watch_deadlines(at + timedelta(days=12)) == 0
    assert services.watch_deadlines(at + timedelta(days=28)) == 1
    assert len(told(case)) == 2


def test_a_decided_case_is_late_no_more(at):
    case = make_case(deadline=at + timedelta(days=1), at=at)
    services.close_case(case_id=case.id, ground="Bortfaldet", viewer=TESTER, at=at)
    assert services.watch_deadlines(at + timedelta(days=5)) == 0
    assert told(case) == []


def test_a_case_that_waited_long_enough_is_work_again(at, filippa, office):
    case = make_case(unit=office, handler=filippa.pk, at=at)
    until = at + timedelta(days=7)
    services.set_waiting(case_id=case.id, waiting="citizen", until=until, viewer=TESTER, at=at)
    assert services.wake_waiting(at) == 0
    assert services.wake_waiting(until) == 1
    assert services.wake_waiting(until) == 0
    assert (case_row(case.id).waiting, steps_of(case.id)[-1].title) == ("", "Ventetiden er slut: gå videre med sagen")


def test_the_cases_of_who_leaves_are_their_units(at, filippa, office):
    mine = make_case(unit=office, handler=filippa.pk, at=at)
    asked = make_case("T-002", group="building", administration="BTF", at=at)
    step = services.add_step(case_id=asked.id, kind="opinion", employee=filippa.pk, viewer=TESTER, at=at)
    with transaction.atomic():
        journal.record(
            "employee.left", at=at, viewer_name="system:test", subject=filippa, data={"employee": filippa.pk}
        )
    assert case_row(mine.id).handler_id is None
    assert [(one.kind, one.unit_id) for one in steps_of(mine.id)] == [("handle", office.pk)]
    (moved,) = [one for one in steps_of(asked.id) if one.id == step.id]
    assert (moved.employee_id, moved.unit_id) == (None, office.pk)


def test_cases_follow_a_citizen_who_turns_out_to_be_another(at):
    real = make_person()
    made = make_person("Uden nummer", provisional=True, cpr="")
    case = make_case(person=made.id, at=at)
    merge = citizens.merge(provisional=made.id, into=real.id, viewer=TESTER, at=at)
    assert case_row(case.id).person_id == real.id
    citizens.undo_merge(merge_id=merge.id, viewer=TESTER, at=at)
    assert case_row(case.id).person_id == made.id
