"""What goes to other authorities: sent, followed until they answer; papers that came here for somebody else."""

from datetime import date, timedelta
from email import message_from_bytes
from email.policy import default

import pytest

from indgang.core.cases import errors, selectors, services
from indgang.core.cases.models import Case, CaseLetter, Forwarding
from indgang.core.cases.services import Sending
from indgang.core.cases.testing import case_row, deadlines_of, entries_of, make_case, steps_of
from indgang.core.cases.tests.decisions_around import AT, letter_text, ready_case
from indgang.core.catalogue.testing import make_task
from indgang.core.citizens.testing import make_person
from indgang.foundation.access.errors import NotFound
from indgang.foundation.access.selectors import disclosures_of
from indgang.foundation.journal import services as journal
from indgang.foundation.registers.testing import simulated_mail_server, simulated_printer

pytestmark = pytest.mark.django_db
UNTIL = date(2026, 3, 16)
WHAT = "Vi beder om jeres vurdering af vejens bredde."
MAIL = Sending(way="mail", to_mail="vej@region.example", expected_by=UNTIL)
LETTER = Sending(way="letter", address="Regionen\nKongens Vænge 2\n3400 Hillerød", words="Sagens papirer følger.",
                 expected_by=UNTIL)  # fmt: skip


@pytest.fixture
def me(filippa, seen_by):
    return seen_by(filippa, AT)


@pytest.fixture
def case(office, filippa):
    return ready_case(office, filippa)


def send(case, viewer, sending=MAIL, **facts):
    given = {"authority": "Regionen", "what": WHAT, "sending": sending}
    return services.forward(case_id=case.id, viewer=viewer, at=AT, **(given | facts))


def returns(case):
    return [s.title for s in steps_of(case.id) if s.kind == "return" and not s.done_at and not s.withdrawn]


def shown(case, viewer, at=AT):
    return selectors.shared_of(viewer, case.id, at).forwardings[0]


def test_the_mail_names_the_case_and_nobody(case, me, tmp_path):
    with simulated_mail_server(tmp_path) as outside:
        send(case, me)
        journal.deliver_due(AT)
        [listed] = outside.mails()
        mail = message_from_bytes(outside.raw(str(listed["id"])), policy=default)
    text = mail.get_content()
    assert mail["To"] == "Regionen <vej@region.example>" and case.number in mail["Subject"]
    assert WHAT in text and "16.03.2026" in text
    assert "Birkelund" not in mail.as_string() and "020290" not in mail.as_string()
    assert shown(case, me).mail_state == "sent"


def test_a_letter_goes_to_the_authority_and_stays_on_the_case(case, me, tmp_path):
    with simulated_printer(tmp_path) as printer:
        send(case, me, LETTER)
        journal.deliver_due(AT)
        [order] = printer.orders()
    assert order["address"] == "Regionen\nKongens Vænge 2\n3400 Hillerød"
    text = letter_text(CaseLetter.objects.get(case=case))
    assert WHAT in text and "Sagens papirer følger." in text and case.number in text
    assert shown(case, me).letter is not None


def test_the_case_waits_until_the_authority_answers_and_its_handler_hears_it(case, me, clerk, seen_by):
    row = send(case, me)
    assert case_row(case.id).waiting == "authority"
    assert [(one.kind, one.due_at) for one in deadlines_of(case.id)] == [("forwarded", row.expected_by)]
    other = seen_by(clerk, AT)
    services.record_forward_status(forwarding_id=row.id, state="accepted", reference="R-12", viewer=other, at=AT)
    services.record_forward_status(forwarding_id=row.id, state="answered", answer="Vejen er bred nok.", viewer=other,
                                   at=AT)  # fmt: skip
    after = shown(case, me)
    assert (after.state, after.answer, after.reference, after.open) == ("answered", "Vejen er bred nok.", "R-12", False)
    assert case_row(case.id).waiting == "" and returns(case) == ["Regionen har svaret"]
    assert [one.met_at for one in deadlines_of(case.id)] == [AT]
    with pytest.raises(errors.ForwardOver):
        services.record_forward_status(forwarding_id=row.id, state="refused", answer="Nej.", viewer=me, at=AT)


def test_an_answer_that_does_not_come_is_asked_for_once(case, me):
    row = send(case, me)
    late = row.expected_by + timedelta(minutes=1)
    assert services.remind_forwarded(row.expected_by - timedelta(minutes=1)) == 0
    assert (services.remind_forwarded(late), services.remind_forwarded(late)) == (1, 0)
    assert returns(case) == ["Spørg til svaret fra Regionen"] and shown(case, me, late).overdue
    services.record_forward_status(forwarding_id=row.id, state="answered", answer="Ja.", viewer=me, at=late)
    assert returns(case) == []


def test_what_goes_along_is_noted_as_given_with_its_ground(case, me):
    sending = Sending(way="other", disclose=["Vejens tilstand", "Fotos"], ground="Forvaltningsloven § 28")
    send(case, me, sending)
    [given] = selectors.shared_of(me, case.id, AT).disclosures
    assert (given.direction, given.other, given.what) == ("given", "Regionen", "Vejens tilstand, Fotos")
    [told] = disclosures_of(case.person_id, 5)
    assert (told.receiver, told.ground) == ("Regionen", "Forvaltningsloven § 28")


@pytest.mark.parametrize(
    ("facts", "sending", "error"),
    [
        ({"authority": " "}, MAIL, errors.AuthorityMissing),
        ({"what": " "}, MAIL, errors.WhatMissing),
        ({"what": "Om 020290-1111"}, MAIL, errors.CprInWords),
        ({}, Sending(way="mail", to_mail="ingen"), errors.WrongMail),
        ({}, Sending(way="letter", address="Regionen"), errors.AddressMissing),
        ({}, Sending(way="due"), errors.UnknownValue),
        ({}, Sending(way="other", disclose=["Navn"]), errors.LegalGroundMissing),
        ({}, Sending(way="other", expected_by=date(2026, 3, 1)), errors.DayWrong),
        ({"kind": "x"}, MAIL, errors.UnknownValue),
        ({"version": 99}, MAIL, errors.StaleCase),
    ],
)
def test_bad_input_is_named_and_nothing_leaves(case, me, facts, sending, error):
    with pytest.raises(error):
        send(case, me, sending, **facts)
    assert not Forwarding.objects.exists() and case_row(case.id).waiting == ""


def test_a_mail_that_cannot_be_delivered_is_work_for_the_handler(case, me, tmp_path):
    with simulated_mail_server(tmp_path) as outside:
        outside.behave("refuse")
        send(case, me)
        journal.deliver_due(AT)
    assert shown(case, me).mail_state == "failed"
    assert returns(case) == ["Mailen til Regionen kunne ikke sendes: send det på en anden måde"]


def test_a_paper_for_somebody_else_has_a_receipt_goes_on_and_is_followed(clerk, seen_by, db):
    make_task("T-112", title="Skat", group="housing_benefit", administration="FAF")
    viewer, person = seen_by(clerk, AT), make_person()
    row = services.receive_for_other(authority="Skatteforvaltningen", what="Selvangivelse i kuvert", kind="return",
                                     task="T-112", person=person.id, received_on=date(2026, 2, 27), viewer=viewer,
                                     at=AT)  # fmt: skip
    case = Case.objects.get(id=row.case_id)
    assert (case.handler_id, case.person_id) == (clerk.pk, person.id) and case.number
    assert (row.state, row.received_at.date()) == ("received", date(2026, 2, 27))
    assert services.remind_forwarded(row.expected_by + timedelta(minutes=1)) == 1
    assert returns(case) == ["Send videre til Skatteforvaltningen"]
    services.send_on(forwarding_id=row.id, sending=Sending(way="other", expected_by=UNTIL), viewer=viewer, at=AT)
    assert shown(case, viewer).state == "sent"
    assert services.remind_forwarded(AT + timedelta(days=30)) == 1
    with pytest.raises(errors.ForwardOver):
        services.send_on(forwarding_id=row.id, sending=Sending(way="other"), viewer=viewer, at=AT)
    services.record_forward_status(forwarding_id=row.id, state="answered", answer="Modtaget.", viewer=viewer, at=AT)
    themes = [entry.theme for entry in entries_of(case.id)]
    assert "Modtaget til Skatteforvaltningen" in themes and "Sendt til Skatteforvaltningen" in themes


def test_a_stranger_forwards_nothing(case, stranger, seen_by, me):
    with pytest.raises(NotFound):
        send(case, seen_by(stranger, AT))
    row = send(case, me)
    with pytest.raises(NotFound):
        services.record_forward_status(forwarding_id=row.id, state="accepted", viewer=seen_by(stranger, AT), at=AT)


def test_a_closed_case_awaits_nothing(case, me):
    row = send(case, me)
    services.close_case(case_id=case.id, ground="Borgeren trak ansøgningen.", viewer=me, at=AT)
    assert Forwarding.objects.get(id=row.id).state == "withdrawn"
    assert services.remind_forwarded(AT + timedelta(days=90)) == 0
    assert make_case(at=AT).number != case.number
