"""Hearing of a party: the letter, the wait, the answer, its end without one, and why nobody was heard."""

from datetime import date, timedelta

import pytest

from indgang.core.cases import errors, selectors, services
from indgang.core.cases.models import Hearing
from indgang.core.cases.testing import case_row, deadlines_of, entries_of, events_of_case, steps_of
from indgang.core.cases.tests.decisions_around import (
    AT,
    draft,
    letter_text,
    letters_of,
    open_codes,
    ready_case,
)
from indgang.core.citizens.testing import make_person
from indgang.foundation.access.errors import NotFound
from indgang.foundation.journal.selectors import outbox

pytestmark = pytest.mark.django_db
UNTIL = date(2026, 3, 16)


@pytest.fixture
def me(filippa, seen_by):
    return seen_by(filippa, AT)


@pytest.fixture
def case(office, filippa):
    return ready_case(office, filippa)


def hear(case, viewer, **facts):
    given = {
        "facts": "Din indkomst er 412.000 kr.",
        "source": "Skatteforvaltningen",
        "answer_by": UNTIL,
        "way": "print",
    }
    return services.send_hearing(case_id=case.id, viewer=viewer, at=AT, **(given | facts))


def open_steps(case, kind="answer"):
    return [one.title for one in steps_of(case.id) if one.kind == kind and not one.done_at and not one.withdrawn]


def test_a_hearing_tells_the_facts_their_source_their_meaning_and_until_when(case, me):
    row = hear(case, me, meaning="Det kan betyde, at du får mindre.")
    text = letter_text(row)
    for part in ("412.000 kr.", "Skatteforvaltningen", "at du får mindre", "16. marts 2026", "§ 19", case.number):
        assert part in text


def test_a_hearing_sent_puts_the_case_to_wait_with_a_deadline(case, me):
    row = hear(case, me)
    after = case_row(case.id)
    assert after.waiting == "hearing" and after.waiting_until == row.answer_by
    assert [(one.kind, one.due_at) for one in deadlines_of(case.id)] == [("hearing", row.answer_by)]
    assert [one.transport for one in outbox()] == ["case_letter"]
    assert "case.hearing_sent" in [line.verb for line in events_of_case(case.id)]
    draft(case, me)
    assert open_codes(me, case) == ["hearing"]


def test_the_answer_ends_the_wait_and_opens_the_gate(case, me):
    draft(case, me)
    row = hear(case, me)
    services.note_hearing_answer(hearing_id=row.id, answer="Jeg er blevet arbejdsløs.", viewer=me, at=AT)
    assert case_row(case.id).waiting == "" and [one.met_at for one in deadlines_of(case.id)] == [AT]
    assert open_codes(me, case) == []
    assert "Jeg er blevet arbejdsløs." in [entry.body for entry in entries_of(case.id)]


def test_an_answer_somebody_else_takes_is_work_for_the_handler(case, me, clerk, seen_by):
    row = hear(case, me)
    services.note_hearing_answer(hearing_id=row.id, answer="Det passer.", oral=True, viewer=seen_by(clerk, AT), at=AT)
    assert open_steps(case) == ["Parten har svaret på partshøringen"]
    assert [entry.oral_facts for entry in entries_of(case.id) if entry.body == "Det passer."] == [True]


def test_the_same_answer_noted_twice_is_one(case, me):
    row = hear(case, me)
    for _ in range(2):
        services.note_hearing_answer(hearing_id=row.id, answer="Det passer.", viewer=me, at=AT)
    assert len([entry for entry in entries_of(case.id) if entry.body == "Det passer."]) == 1
    with pytest.raises(errors.HearingOver):
        services.note_hearing_answer(hearing_id=row.id, answer="Noget andet.", viewer=me, at=AT)


def test_a_hearing_nobody_answers_is_handed_to_the_handler_once(case, me):
    draft(case, me)
    row = hear(case, me)
    later = row.answer_by + timedelta(minutes=1)
    assert services.run_out(row.answer_by - timedelta(minutes=1)) == 0
    assert (services.run_out(later), services.run_out(later)) == (1, 0)
    assert open_steps(case) == ["Høringsfristen er gået: sagen kan afgøres"]
    assert case_row(case.id).waiting == "" and services.wake_waiting(later) == 0
    assert open_codes(me, case, later) == []


def test_a_party_may_answer_after_its_time(case, me):
    row = hear(case, me)
    later = row.answer_by + timedelta(days=1)
    services.run_out(later)
    noted = services.note_hearing_answer(hearing_id=row.id, answer="Undskyld, her er det.", viewer=me, at=later)
    assert noted.answered_at == later


def test_a_hearing_by_mouth_is_a_note_of_facts_and_sends_nothing(case, me):
    draft(case, me)
    services.hear_orally(case_id=case.id, facts="Indkomsten er 412.000 kr.", answer="Ja.", viewer=me, at=AT)
    assert open_codes(me, case) == [] and outbox() == []
    assert any(entry.oral_facts and entry.kind == "hearing" for entry in entries_of(case.id))


def test_a_hearing_left_out_needs_its_ground_which_stands_in_the_journal(case, me):
    with pytest.raises(errors.WordsMissing) as refused:
        services.leave_out_hearing(case_id=case.id, ground="  ", viewer=me, at=AT)
    assert refused.value.field == "ground"
    services.leave_out_hearing(case_id=case.id, ground="Parten har selv givet oplysningerne.", viewer=me, at=AT)
    assert "Parten har selv givet oplysningerne." in [entry.body for entry in entries_of(case.id)]


def test_a_withdrawn_hearing_takes_its_letter_back_and_counts_for_nothing(case, me):
    draft(case, me)
    row = hear(case, me)
    services.withdraw_hearing(hearing_id=row.id, ground="Sendt ved en fejl", viewer=me, at=AT)
    assert [one.state for one in outbox()] == ["withdrawn"] and [one.state for one in letters_of(case)] == ["recalled"]
    assert case_row(case.id).waiting == "" and deadlines_of(case.id)[0].cancelled_at == AT
    assert open_codes(me, case) == ["hearing"]
    with pytest.raises(errors.HearingOver):
        services.withdraw_hearing(hearing_id=row.id, ground="Igen", viewer=me, at=AT)


def test_more_time_moves_the_deadline_and_the_wait(case, me):
    row = hear(case, me)
    longer = services.extend_hearing(
        hearing_id=row.id, answer_by=date(2026, 3, 30), ground="Parten er på rejse", viewer=me, at=AT
    )
    assert case_row(case.id).waiting_until == longer.answer_by
    assert [one.due_at for one in deadlines_of(case.id)] == [longer.answer_by]
    assert services.run_out(row.answer_by + timedelta(minutes=1)) == 0


def test_the_case_waits_for_the_last_of_two_hearings(case, me):
    first, second = hear(case, me), hear(case, me, answer_by=date(2026, 3, 20))
    services.note_hearing_answer(hearing_id=second.id, answer="Ja.", viewer=me, at=AT)
    assert case_row(case.id).waiting_until == first.answer_by
    services.note_hearing_answer(hearing_id=first.id, answer="Ja.", viewer=me, at=AT)
    assert case_row(case.id).waiting == ""


@pytest.mark.parametrize("day", [date(2026, 3, 2), date(2025, 1, 1), date(2028, 1, 1)])
def test_a_day_that_cannot_be_met_is_refused_and_nothing_is_sent(case, me, day):
    with pytest.raises(errors.DayWrong) as refused:
        hear(case, me, answer_by=day)
    assert f"{day:%d.%m.%Y}" in str(refused.value) and refused.value.field == "answer_by"
    assert not Hearing.objects.exists() and outbox() == []


@pytest.mark.parametrize(
    ("facts", "error"),
    [
        ({"facts": " "}, errors.WordsMissing),
        ({"facts": "x" * 20_001}, errors.TextTooLong),
        ({"way": "due"}, errors.WayUnknown),
        ({"way": "mail"}, errors.MailUnknown),
        ({"party_id": 999_999}, errors.PartyUnknown),
    ],
)
def test_a_hearing_that_cannot_be_sent_says_why_and_leaves_nothing(case, me, facts, error):
    with pytest.raises(error):
        hear(case, me, **facts)
    assert not Hearing.objects.exists() and case_row(case.id).waiting == "" and outbox() == []


def test_a_party_without_an_address_is_heard_at_the_counter(office, filippa, me):
    case = ready_case(office, filippa, person=make_person(street="", house="", postcode="", city="").id)
    with pytest.raises(errors.AddressUnknown):
        hear(case, me)
    assert hear(case, me, way="counter").document is not None and outbox() == []


def test_who_cannot_see_the_case_hears_nobody(case, stranger, seen_by):
    with pytest.raises(NotFound):
        hear(case, seen_by(stranger, AT))


def test_the_page_shows_where_each_hearing_is(case, me):
    row = hear(case, me)
    shown = selectors.decisions_of(me, case.id, AT).hearings[0]
    assert (shown.state, shown.state_name, shown.letter.state) == ("running", "Venter på svar", "waiting")
    later = row.answer_by + timedelta(minutes=1)
    assert selectors.decisions_of(me, case.id, later).hearings[0].state == "run_out"
