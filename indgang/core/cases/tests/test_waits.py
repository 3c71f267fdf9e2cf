"""A case may wait for several at once: what matters most is shown, and none is lost by another."""

from datetime import timedelta

import pytest

from indgang.core.cases import selectors, services
from indgang.core.cases.models import Case, CaseWait
from indgang.core.cases.services import Sending
from indgang.core.cases.testing import TESTER, case_row, make_case, steps_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(office, filippa, at):
    return make_case(unit=office, handler=filippa.pk, at=at)


@pytest.fixture
def me(filippa, seen_by, at):
    return seen_by(filippa, at)


def ask(case, me, stranger, at, days):
    day = (at + timedelta(days=days)).date()
    return services.ask_opinion(
        case_id=case.id, question="Holder bjælken?", answer_by=day, employee=stranger.pk, viewer=me, at=at
    )


def send(case, me, at, days):
    sending = Sending(way="other", expected_by=(at + timedelta(days=days)).date())
    return services.forward(case_id=case.id, authority="Regionen", what="Vejen", sending=sending, viewer=me, at=at)


def kinds(case, me, at):
    return [one.kind for one in selectors.case(me, case.id, at=at).waits]


def test_an_authority_is_not_forgotten_when_a_specialist_is_asked(case, me, stranger, seen_by, at):
    sent = send(case, me, at, 20)
    row = ask(case, me, stranger, at, 5)
    after = case_row(case.id)
    assert (after.waiting, after.waiting_until) == ("authority", row.answer_by)  # it wakes with the first of them
    assert kinds(case, me, at) == ["authority", "opinion"]
    services.give_opinion(opinion_id=row.id, answer="Ja.", viewer=seen_by(stranger, at), at=at)
    after = case_row(case.id)
    assert (after.waiting, after.waiting_until) == ("authority", sent.expected_by)
    services.record_forward_status(forwarding_id=sent.id, state="answered", answer="Ja.", viewer=me, at=at)
    assert (case_row(case.id).waiting, case_row(case.id).waiting_until) == ("", None)


def test_the_answer_of_the_citizen_does_not_end_the_wait_for_a_specialist(case, me, stranger, at):
    services.set_waiting(case_id=case.id, waiting="citizen", viewer=me, at=at)
    ask(case, me, stranger, at, 5)
    assert kinds(case, me, at) == ["citizen", "opinion"] and case_row(case.id).waiting == "citizen"
    services.stop_waiting(case_id=case.id, waiting="citizen", viewer=me, at=at)
    assert case_row(case.id).waiting == "opinion"


def test_a_day_that_passes_is_work_while_the_rest_is_still_waited_for(case, me, stranger, at):
    send(case, me, at, 20)
    row = ask(case, me, stranger, at, 5)
    late = row.answer_by + timedelta(minutes=1)
    assert (services.wake_waiting(late), services.wake_waiting(late)) == (1, 0)
    assert [step.title for step in steps_of(case.id) if step.kind == "deadline"] == [
        "Ventetiden er slut: gå videre med sagen"
    ]
    assert kinds(case, me, late) == ["authority"]


def test_going_on_ends_every_wait_and_a_later_answer_brings_none_back(case, me, stranger, at):
    send(case, me, at, 20)
    row = ask(case, me, stranger, at, 5)
    services.stop_waiting(case_id=case.id, viewer=me, at=at)
    assert kinds(case, me, at) == []
    services.withdraw_opinion(opinion_id=row.id, ground="Fundet selv", viewer=me, at=at)
    assert case_row(case.id).waiting == ""


def test_what_waited_before_there_could_be_several_still_waits(case, me, stranger, at):
    until = at + timedelta(days=3)
    Case.objects.filter(id=case.id).update(waiting="authority", waiting_until=until)
    row = ask(case, me, stranger, at, 9)
    assert (case_row(case.id).waiting, case_row(case.id).waiting_until) == ("authority", until)
    services.withdraw_opinion(opinion_id=row.id, ground="Fundet selv", viewer=me, at=at)
    assert (case_row(case.id).waiting, case_row(case.id).waiting_until) == ("authority", until)


@pytest.mark.parametrize("end", ["closed", "handed over"])
def test_a_case_that_ends_or_moves_waits_for_nobody(case, me, stranger, office, at, end):
    send(case, me, at, 20)
    if end == "closed":
        services.close_case(case_id=case.id, ground="Bortfaldet", viewer=me, at=at)
    else:
        services.hand_over(case_id=case.id, unit=office.pk, note="Værsgo", viewer=TESTER, at=at)
    assert not CaseWait.objects.exists() and case_row(case.id).waiting == ""
