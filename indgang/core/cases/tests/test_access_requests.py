"""Requests for access to documents are taken in, due by law, held back with a letter, and watched."""

from datetime import UTC, date, datetime, timedelta

import pytest

from indgang.core.cases import errors, services
from indgang.core.cases.access_grounds import Looked, due_day, label, outcome, proposal
from indgang.core.cases.access_titles import told_rows
from indgang.core.cases.models import AccessRequest, CaseLetter, Step
from indgang.core.cases.testing import (
    case_row,
    deadlines_of,
    entries_of,
    events_of_case,
    make_case,
    parties_of,
    steps_of,
)
from indgang.core.cases.tests.access_around import AT, ask, case_of_two, gathered, paper, pdf
from indgang.core.cases.values import AccessDraft, NewParty
from indgang.core.cases.working_days import YearlyDay, closed_by
from indgang.core.citizens.testing import make_person
from indgang.foundation.access.errors import NotFound
from indgang.foundation.access.selectors import looks_at
from indgang.foundation.access.values import system
from indgang.foundation.letters.testing import text_of
from indgang.foundation.runtime.services import open_file

PLAIN = closed_by(())
pytestmark = pytest.mark.django_db


@pytest.fixture
def case(office, filippa):
    return case_of_two(office, filippa)


@pytest.fixture
def filippas(filippa, seen_by):
    return seen_by(filippa)


@pytest.mark.parametrize(
    ("law", "received", "due"),
    [
        ("party", date(2026, 3, 2), date(2026, 3, 11)),  # seven working days
        ("public", date(2026, 3, 6), date(2026, 3, 17)),  # the weekends do not count
        ("own", date(2026, 3, 30), date(2026, 4, 13)),  # Easter 2026: 2, 3 and 6 April
        ("public", date(2026, 12, 23), date(2027, 1, 5)),  # 25 and 26 December and New Year's day
        ("gdpr", date(2026, 1, 31), date(2026, 3, 2)),  # a month: 28 February, a Saturday, then the Monday
        ("gdpr", date(2026, 3, 3), date(2026, 4, 7)),  # 3 April is Good Friday, 6 April Easter Monday
    ],
)
def test_an_answer_is_due_by_the_law_of_the_request(law, received, due):
    assert due_day(law, received, PLAIN) == due


def test_the_municipalitys_own_closing_days_are_no_working_days():
    christmas_eve = YearlyDay(12, 24, date(2020, 1, 1), None)
    assert due_day("public", date(2026, 12, 21), closed_by([christmas_eve])) == date(2027, 1, 4)


def test_what_is_proposed_follows_the_law_and_the_paper():
    assert proposal("party", Looked(), is_party=True).choice == "full"
    internal = proposal("public", Looked(internal=True, internal_ground="Kladde"), is_party=False)
    assert (internal.choice, internal.ground) == ("refused", "Offentlighedsloven § 23")
    assert "Kladde" in internal.why
    assert proposal("party", Looked(named=True), is_party=True).ground == "Forvaltningsloven § 15 b"
    stranger = proposal("public", Looked(personal=True), is_party=False)
    assert (stranger.choice, stranger.ground) == ("redacted", "Offentlighedsloven § 30, nr. 1")
    assert proposal("public", Looked(personal=True, sensitivity="sensitive"), is_party=False).choice == "refused"


def test_the_ground_in_a_box_is_the_paragraph_alone():
    assert label("Offentlighedsloven § 30, nr. 1") == "§ 30, nr. 1"
    assert label("Databeskyttelsesforordningen artikel 15, stk. 4") == "artikel 15, stk. 4"


def test_what_the_choices_come_to():
    assert outcome(["full", "full"]) == "granted"
    assert outcome(["full", "refused"]) == "partly"
    assert outcome(["redacted"]) == "partly"
    assert outcome(["refused"]) == outcome([]) == "refused"


@pytest.mark.req("law.aktindsigt")
def test_a_request_is_a_case_of_its_own_with_the_deadline_of_the_law(case, filippas, filippa):
    request = ask(case, filippas, asked_for="Alt i min sag om boligsikring")
    own = case_row(request.own_case_id)
    assert (own.task_id, own.handler_id, own.administration_id) == ("T-098", filippa.pk, case.administration_id)
    assert own.title == f"Aktindsigt i sag {case.number}"
    (deadline,) = [one for one in deadlines_of(own.id) if one.cancelled_at is None]
    assert (deadline.kind, deadline.due_at.date()) == ("access", date(2026, 3, 11))
    (step,) = Step.objects.filter(case=own, done_at=None, withdrawn=False)
    assert (step.kind, step.employee_id) == ("access", filippa.pk)
    assert [entry.kind for entry in entries_of(own.id)] == ["access"]
    assert [entry.theme for entry in entries_of(case.id) if entry.kind == "access"] == [
        f"Aktindsigt: anmodning modtaget, sag {own.number}"
    ]
    assert "case.access_received" in [event.verb for event in events_of_case(own.id)]


def test_a_request_needs_who_asks_and_what_about(case, filippas):
    with pytest.raises(errors.RequestIncomplete):
        services.receive_access(draft=AccessDraft(law="public", case=case.id), viewer=filippas, at=AT)
    with pytest.raises(errors.RequestIncomplete):
        services.receive_access(draft=AccessDraft(law="public", requester="Avisen"), viewer=filippas, at=AT)
    with pytest.raises(errors.UnknownValue):
        services.receive_access(draft=AccessDraft(law="magi", requester="A", case=case.id), viewer=filippas, at=AT)
    with pytest.raises(errors.DayWrong):
        ask(case, filippas, received_on=date(2026, 3, 3))


def test_nobody_asks_about_a_case_they_may_not_see(case, stranger, seen_by):
    with pytest.raises(NotFound):
        ask(case, seen_by(stranger))


def test_a_request_that_came_earlier_is_due_from_that_day(case, filippas):
    request = ask(case, filippas, received_on=date(2026, 2, 26))
    assert request.due_at.date() == date(2026, 3, 9)


def test_a_journalist_asks_without_being_known(case, filippas):
    draft = AccessDraft(law="public", requester="Avisen Prøve", address="Avisvej 1\n1000 Prøveby", case=case.id)
    request = services.receive_access(draft=draft, viewer=filippas, at=AT)
    assert not request.is_party
    assert case_row(request.own_case_id).person_id is None


def test_the_same_contact_asks_once(case, filippas):
    contact = AccessRequest._meta.pk.to_python("01890000-0000-7000-8000-000000000001")
    first = ask(case, system("mail"), contact=contact)
    assert ask(case, system("mail"), contact=contact).id == first.id


def test_a_contact_that_is_not_ones_own_raises_no_request(case, filippas):
    contact = AccessRequest._meta.pk.to_python("01890000-0000-7000-8000-000000000001")
    with pytest.raises(NotFound):
        ask(case, filippas, contact=contact)


def test_nobody_opens_all_of_a_citizen_by_asking_for_it(case, stranger, seen_by):
    someone = make_person("Frida Fremmed").id
    with pytest.raises(NotFound):
        services.receive_access(
            draft=AccessDraft(law="gdpr", requester_person=someone, person=someone), viewer=seen_by(stranger), at=AT
        )
    assert [(look.kind, look.outcome) for look in looks_at(someone)] == [("access_request", "refused")]
    assert not AccessRequest.objects.exists()


@pytest.mark.req("law.aktindsigt")
def test_who_waits_longer_is_told_why_and_when(case, filippas):
    request = ask(case, filippas)
    services.hold_access(
        request_id=request.id, until=date(2026, 3, 20), ground="Vi skal læse mange dokumenter.", way="counter",
        viewer=filippas, at=AT + timedelta(days=7), version=request.version,
    )  # fmt: skip
    letter = CaseLetter.objects.get(subject_id=request.id, kind="holding")
    with open_file(letter.digest) as file:
        said = text_of(file.read())
    assert "Vi skal læse mange dokumenter." in said
    assert "20. marts 2026" in said
    assert "§ 36, stk. 2" in said
    request.refresh_from_db()
    assert request.held_until.date() == date(2026, 3, 20)
    assert request.due_at.date() == date(2026, 3, 11)  # what the law says stays known
    assert "case.access_held" in [event.verb for event in events_of_case(request.own_case_id)]


def test_the_letter_of_the_regulation_says_a_month_and_two_more_at_most(case, filippas):
    draft = AccessDraft(law="gdpr", requester_person=case.person_id, person=case.person_id)
    request = services.receive_access(draft=draft, viewer=filippas, at=AT)
    hold = {"request_id": request.id, "ground": "Mange sager.", "way": "counter", "viewer": filippas, "at": AT}
    with pytest.raises(errors.HeldTooLong):
        services.hold_access(until=date(2026, 6, 3), **hold)
    services.hold_access(until=date(2026, 6, 2), **hold)
    with open_file(CaseLetter.objects.get(kind="holding").digest) as file:
        assert "artikel 12, stk. 3" in text_of(file.read())


def test_a_new_day_lies_after_the_one_that_holds_and_has_a_reason(case, filippas):
    request = ask(case, filippas)
    hold = {"request_id": request.id, "way": "counter", "viewer": filippas, "at": AT}
    with pytest.raises(errors.DayWrong):
        services.hold_access(until=date(2026, 3, 11), ground="Travlt", **hold)
    with pytest.raises(errors.RequestIncomplete):
        services.hold_access(until=date(2026, 3, 12), ground=" ", **hold)
    with pytest.raises(errors.RequestStale):
        services.hold_access(until=date(2026, 3, 12), ground="Travlt", version=request.version + 1, **hold)


def test_the_handler_is_told_before_and_after_the_day_once_each(case, filippas):
    request = ask(case, filippas)
    assert services.watch_access(AT) == 0
    near = datetime(2026, 3, 10, 8, 0, tzinfo=UTC)
    assert services.watch_access(near) == 1
    assert services.watch_access(near) == 0
    late = datetime(2026, 3, 12, 8, 0, tzinfo=UTC)
    assert services.watch_access(late) == 1
    assert services.watch_access(late) == 0
    steps = Step.objects.filter(case=request.own_case_id, kind="deadline").order_by("order")
    assert ["nu" in steps[0].title, steps[0].done_at is not None, "passeret" in steps[1].title] == [True, True, True]


def test_a_request_that_is_taken_back_is_over(case, filippas):
    request = ask(case, filippas)
    services.withdraw_access(request_id=request.id, ground="Borgeren har ringet.", viewer=filippas, at=AT)
    assert case_row(request.own_case_id).progress == "closed"
    with pytest.raises(errors.RequestAnswered):
        services.withdraw_access(request_id=request.id, ground="Igen", viewer=filippas, at=AT)


def test_a_protected_person_gets_an_answer_without_name_in_the_letter(office, filippa, filippas):
    hidden = make_person("Skjult Skovby", protected_until=date(2027, 1, 1))
    case = case_of_two(office, filippa, person=hidden.id)
    request = ask(case, filippas)
    services.hold_access(
        request_id=request.id, until=date(2026, 3, 20), ground="Travlt", way="counter", viewer=filippas, at=AT
    )
    with open_file(CaseLetter.objects.get(kind="holding").digest) as file:
        said = text_of(file.read())
    assert "Skovby" not in said
    assert "beskyttet" in said


def test_everything_about_a_citizen_holds_the_cases_of_others_they_are_a_party_of(office, filippa, stranger, seen_by):
    """GDPR art. 15: the neighbour's case tells of Karla too; what it tells of the neighbour is proposed covered."""
    own = case_of_two(office, filippa)
    karla = NewParty(role="secondary", person=own.person_id)
    bodil = make_person("Bodil Baggaard", street="Solsikkevej").id
    near = make_case(unit=office, handler=filippa.pk, person=bodil, parties=(karla,), at=AT)
    ended = make_case(unit=office, handler=filippa.pk, person=bodil, parties=(karla,), at=AT)
    away = make_case(unit=stranger.unit, handler=stranger.pk, person=bodil, parties=(karla,), at=AT)
    for case in (near, ended):
        paper(case, seen_by(filippa), pdf("Bodil Baggaard har klaget over Karla."), title=f"Klage {case.number}")
    party = next(row for row in parties_of(ended.id) if row.person_id == own.person_id)
    services.end_party(case_id=ended.id, party_id=party.pk, viewer=seen_by(filippa), at=AT)
    draft = AccessDraft(law="gdpr", requester_person=own.person_id, person=own.person_id)
    request = services.receive_access(draft=draft, viewer=seen_by(filippa), at=AT)
    found = {item.title: item for item in gathered(request, seen_by(filippa))}
    assert found[f"Klage {near.number}"].choice == "redacted"
    assert f"Klage {ended.number}" not in found
    (apart,) = [item for item in found.values() if item.kind == "apart"]
    assert (apart.case_id, apart.choice) == (away.id, "refused")
    assert [step.unit_id for step in steps_of(request.own_case_id) if step.unit_id == stranger.unit_id]


def test_papers_of_anothers_case_are_proposed_covered_also_where_they_name_nobody(office, filippa, seen_by):
    own = case_of_two(office, filippa)
    karla = NewParty(role="secondary", person=own.person_id)
    near = make_case(unit=office, handler=filippa.pk, person=make_person("Bodil Baggaard").id, parties=(karla,), at=AT)
    paper(near, seen_by(filippa), pdf("Jeg er blevet opereret og har mistet mit arbejde."), title="Om helbredet")
    services.add_note(case_id=near.id, theme="Opkald", body="Har mistet sit arbejde.", viewer=seen_by(filippa), at=AT)
    paper(own, seen_by(filippa), pdf("Jeg er flyttet til Valby."), title="Min egen")
    draft = AccessDraft(law="gdpr", requester_person=own.person_id, person=own.person_id)
    request = services.receive_access(draft=draft, viewer=seen_by(filippa), at=AT)
    found = {item.title: item for item in gathered(request, seen_by(filippa))}
    assert (found["Om helbredet"].choice, found["Opkald"].choice) == ("redacted", "redacted")
    assert found["Om helbredet"].proposed_why == "Rummer oplysninger om andre"
    assert found["Min egen"].choice == "full"
    health = found["Om helbredet"]
    services.choose_item(
        item_id=health.pk, choice="refused", ground="Artikel 15, stk. 4", viewer=seen_by(filippa), at=AT
    )
    health.refresh_from_db()
    (told,) = told_rows(request, [health], seen_by(filippa), AT)
    assert told.title == "Dokument"
