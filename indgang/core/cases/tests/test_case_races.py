"""Two caseworkers at the same moment: one wins, the other is told who, and nothing is half done."""

import threading

import pytest
from django.db import connection

from indgang.core.cases import services
from indgang.core.cases.errors import StaleCase, StepGone
from indgang.core.cases.models import Case, ProgressChange, Step
from indgang.core.cases.testing import case_row, make_case, steps_of
from indgang.core.citizens.testing import make_person
from indgang.core.organisation.testing import make_employee
from indgang.foundation.access.values import system
from indgang.foundation.runtime import clock
from indgang.foundation.runtime.services import uuid7

pytestmark = [pytest.mark.kernel, pytest.mark.django_db(transaction=True)]
TESTER = system("test")


def together(*deeds):
    """Do these at the same moment; what came of each."""
    start = threading.Barrier(len(deeds))
    came: list[object] = [None] * len(deeds)

    def run(place, deed):
        try:
            start.wait(20)
            came[place] = deed()
        except (StaleCase, StepGone) as refused:
            came[place] = refused
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(deeds)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return came


def test_two_who_take_a_case_at_once_are_not_both_its_handler(office, filippa):
    other = make_employee("Vibe Væver", unit=office, groups={"housing_benefit": (3, 2)})
    case = make_case(unit=office)
    came = together(
        *(
            lambda who=who: services.set_handler(
                case_id=case.id, employee_id=who, viewer=TESTER, at=clock.now(), version=case.version
            )
            for who in (filippa.pk, other.pk)
        )
    )
    refused = [one for one in came if isinstance(one, StaleCase)]
    assert len(refused) == 1
    assert "har skiftet sagsbehandler" in str(refused[0])
    assert case_row(case.id).handler_id in {filippa.pk, other.pk}


def test_two_who_close_at_once_close_it_once(office):
    case = make_case(unit=office)
    together(
        *(
            lambda: services.close_case(case_id=case.id, ground="Bortfaldet", viewer=TESTER, at=clock.now())
            for _ in range(3)
        )
    )
    assert ProgressChange.objects.filter(case=case, progress="closed").count() == 1


def test_two_clerks_who_open_a_case_for_the_same_contact_open_one(office):
    person, contact = make_person().id, uuid7(clock.now())
    make_case(unit=office)
    came = together(*(lambda: make_case(unit=office, person=person, contact=contact).id for _ in range(4)))
    assert len(set(came)) == 1
    assert Case.objects.filter(contact=contact).count() == 1
    assert Step.objects.filter(case__contact=contact).count() == 1


def test_a_step_done_and_withdrawn_at_once_is_one_of_the_two(office):
    for _ in range(5):
        case = make_case(unit=office)
        step = services.add_step(case_id=case.id, kind="task", title="Mål op", viewer=TESTER, at=clock.now())
        came = together(
            lambda step=step: services.finish_step(step_id=step.id, viewer=TESTER, at=clock.now()),
            lambda step=step: services.withdraw_step(step_id=step.id, viewer=TESTER, at=clock.now()),
        )
        now = next(one for one in steps_of(case.id) if one.id == step.id)
        assert (now.done_at is not None) != now.withdrawn
        assert len([one for one in came if isinstance(one, StepGone)]) == 1
