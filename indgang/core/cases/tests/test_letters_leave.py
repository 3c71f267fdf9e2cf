"""Letters on their way: printed once, their state shown; a mail says only that a letter comes."""

import base64
from datetime import date, timedelta
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest
from django.db import connection

from indgang.core.cases import errors, selectors, services
from indgang.core.cases.models import Document
from indgang.core.cases.testing import case_row, entries_of, events_of_case, steps_of
from indgang.core.cases.tests.decisions_around import AT, GRANT, draft, letter_text, letters_of, ready_case
from indgang.core.citizens.testing import make_person
from indgang.foundation.access.selectors import looks_at
from indgang.foundation.journal import services as journal
from indgang.foundation.journal.selectors import outbox
from indgang.foundation.letters.errors import FieldsMissing, UnknownTemplate
from indgang.foundation.letters.testing import text_of
from indgang.foundation.registers.testing import simulated_mail_server, simulated_printer

pytestmark = pytest.mark.django_db
MISSING = {"mangler.oplysninger": "Lønseddel\nLejekontrakt", "mangler.frist": "16. marts 2026", "mangler.følge": "Nej"}


@pytest.fixture
def me(filippa, seen_by):
    return seen_by(filippa, AT)


@pytest.fixture
def case(office, filippa):
    return ready_case(office, filippa, person=make_person(mail="bente@borger.example").id)


@pytest.fixture
def printer(tmp_path: Path):
    with simulated_printer(tmp_path) as outside:
        yield outside


def decide(case, viewer, **facts):
    return services.decide(decision_id=draft(case, viewer, GRANT).id, viewer=viewer, at=AT, **facts)


def shown(viewer, case):
    return selectors.decisions_of(viewer, case.id, AT).letters[0]


@pytest.mark.req("esdh.exchange")
def test_the_stored_letter_reaches_the_printer_byte_for_byte_with_its_envelope(case, me, printer):
    row = decide(case, me)
    journal.deliver_due(AT)
    (order,) = printer.orders()
    printed = base64.b64decode(order["file"])
    assert text_of(printed) == letter_text(row) and GRANT.summary in text_of(printed)
    assert order["address"] == "Bente Birkelund\nLanternens Allé 4, 2. th\n2500 Valby"
    assert (shown(me, case).state, shown(me, case).state_name) == ("sent", "Sendt")
    assert "case.letter_delivered" in [line.verb for line in events_of_case(case.id)]


@pytest.mark.parametrize("mode", ["drop_after_order", "fail", "down", "garbage", "wrong"])
def test_a_printer_in_trouble_gets_the_letter_again_and_prints_one(case, me, printer, mode):
    decide(case, me)
    printer.behave(mode, count=1)
    journal.deliver_due(AT)
    assert shown(me, case).state == "waiting"
    journal.deliver_due(AT + timedelta(minutes=5))
    journal.deliver_due(AT + timedelta(hours=5))
    assert len(printer.orders()) == 1 and shown(me, case).state == "sent"


def test_a_letter_the_printer_refuses_is_shown_and_is_work_for_the_handler(case, me, printer):
    decide(case, me)
    printer.behave("refuse")
    journal.deliver_due(AT)
    assert (shown(me, case).state, shown(me, case).failure) == ("failed", "Trykkeriet svarede 422.")
    assert "Brevet kunne ikke sendes: send det igen" in [one.title for one in steps_of(case.id) if not one.done_at]
    assert "Et brev kunne ikke sendes" in [entry.theme for entry in entries_of(case.id)]
    assert case_row(case.id).progress == "decided"


def test_a_letter_that_failed_goes_another_way_and_the_old_order_never_follows(case, me, printer):
    decide(case, me)
    printer.behave("refuse", count=1)
    journal.deliver_due(AT)
    letter = letters_of(case)[0]
    services.send_again(
        letter_id=letter.id, way="print", address="Bente Birkelund\nc/o Hansen\n2500 Valby", viewer=me, at=AT
    )
    old = next(one for one in outbox() if one.state == "attention")
    journal.retry_parcel(parcel_id=old.id, viewer_name=me.name, at=AT)
    journal.deliver_due(AT)
    assert [order["address"].split("\n")[1] for order in printer.orders()] == ["c/o Hansen"]
    assert sorted(one.state for one in letters_of(case)) == ["recalled", "sent"]


def test_a_letter_that_was_sent_is_never_sent_again(case, me, printer):
    decide(case, me)
    for _ in range(2):
        with pytest.raises(errors.LetterGone):
            services.send_again(letter_id=letters_of(case)[0].id, way="print", viewer=me, at=AT)
        journal.deliver_due(AT)
    assert len(printer.orders()) == 1


def test_the_letter_of_a_decision_is_not_taken_back(case, me):
    decide(case, me)
    with pytest.raises(errors.LetterGone):
        services.recall_letter(letter_id=letters_of(case)[0].id, viewer=me, at=AT)
    assert [one.state for one in outbox()] == ["waiting"]


def test_a_protected_address_is_on_the_envelope_and_the_look_is_logged(office, filippa, me, printer):
    person = make_person("Hemmelig Hanne", protected_until=date(2027, 1, 1))
    case = ready_case(office, filippa, person=person.id)
    decide(case, me)
    journal.deliver_due(AT)
    (order,) = printer.orders()
    assert order["address"].startswith("Hemmelig Hanne\nLanternens")
    assert "Hemmelig" not in text_of(base64.b64decode(order["file"]))
    assert {look.actor for look in looks_at(person.id) if look.kind == "postal"} == {"system:letters", "system:outbox"}


def test_no_parcel_holds_a_name_or_an_address_of_the_register(case, me):
    decide(case, me, way="mail")
    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(payload::text, '') FROM journal_outboxparcel")
        held = cursor.fetchone()[0]
    assert "Bente" not in held and "Lanternens" not in held and "borger.example" not in held


def test_a_mail_says_that_a_letter_comes_and_nothing_of_what_it_is_about(case, me, tmp_path):
    decide(case, me, way="mail")
    with simulated_mail_server(tmp_path / "mail") as outside, simulated_printer(tmp_path / "print") as printer:
        journal.deliver_due(AT)
        (mail,) = outside.mails()
        message = message_from_bytes(outside.raw(mail["id"]), policy=default)
        assert len(printer.orders()) == 1
    body = message.get_content()
    assert message["To"] == "bente@borger.example"
    assert "Det kommer med posten" in body and "servicecentre" in body and "00 00 00 21" in body
    for secret in (case.number, "Bente", "oligsikring", "Lanternens", GRANT.summary, "http"):
        assert secret not in body and secret not in message["Subject"]
    assert list(message.iter_attachments()) == []
    assert (shown(me, case).state, shown(me, case).notice) == ("sent", "sent")


def test_a_mail_nobody_takes_does_not_hold_the_letter_up(case, me, tmp_path):
    decide(case, me, way="mail")
    with simulated_mail_server(tmp_path / "mail") as outside, simulated_printer(tmp_path / "print"):
        outside.behave("refuse")
        journal.deliver_due(AT)
    assert shown(me, case).state == "sent"
    assert shown(me, case).notice in {"failed", "waiting"}


def test_a_standard_letter_is_stored_sent_and_waited_for(case, me):
    row = services.send_case_letter(
        case_id=case.id, template="mangler", fields=MISSING, wait_until=date(2026, 3, 16), viewer=me, at=AT
    )
    text = letter_text(row)
    assert "Lønseddel" in text and "Lejekontrakt" in text and case.number in text
    assert (case_row(case.id).waiting, len(outbox())) == ("citizen", 1)
    assert row.title in [entry.theme for entry in entries_of(case.id)]


def test_a_standard_letter_can_be_looked_at_before_and_taken_back_after(case, me):
    pdf = selectors.preview_letter(case_id=case.id, template="mangler", fields=MISSING, viewer=me, at=AT)
    assert "Lejekontrakt" in text_of(pdf) and not Document.objects.exists() and outbox() == []
    row = services.send_case_letter(case_id=case.id, template="mangler", fields=MISSING, viewer=me, at=AT)
    services.recall_letter(letter_id=row.id, viewer=me, at=AT)
    assert [one.state for one in outbox()] == ["withdrawn"] and shown(me, case).state == "recalled"


def test_a_letter_with_a_hole_is_not_sent(case, me):
    with pytest.raises(FieldsMissing) as refused:
        services.send_case_letter(
            case_id=case.id, template="mangler", fields={"mangler.frist": "16. marts"}, viewer=me, at=AT
        )
    assert "mangler.oplysninger" in str(refused.value) and letters_of(case) == []


@pytest.mark.parametrize("template", ["afgoerelse", "hoering", "findes-ikke", ""])
def test_a_decision_is_not_sent_as_a_standard_letter(case, me, template):
    with pytest.raises(UnknownTemplate):
        services.send_case_letter(case_id=case.id, template=template, fields={}, viewer=me, at=AT)


def test_the_standard_letters_to_choose_from_leave_out_those_of_their_own_services(case):
    codes = {row.code for row in selectors.standard_templates("da", AT)}
    assert {"mangler", "kvittering"} <= codes and not codes & {"afgoerelse", "hoering", "aktindsigt"}


def test_a_day_of_waiting_that_has_passed_is_refused_before_anything_is_sent(case, me):
    with pytest.raises(errors.DayWrong):
        services.send_case_letter(
            case_id=case.id, template="mangler", fields=MISSING, wait_until=date(2026, 3, 2), viewer=me, at=AT
        )
    assert letters_of(case) == [] and case_row(case.id).waiting == ""


def test_an_english_letter_is_english_throughout(case, me):
    row = draft(case, me, GRANT.__class__(result="granted", legal_basis="Act § 1", language="en"))
    text = letter_text(services.decide(decision_id=row.id, viewer=me, at=AT))
    assert "Decision on housing benefit" in text and "We say yes" in text
    assert "Kære" not in text and "Reglen" not in text


def test_an_answer_that_takes_longer_is_told_with_its_new_day_and_the_deadline_moves_along(office, filippa, me):
    due = AT + timedelta(days=5)
    case = ready_case(office, filippa, deadline=due)
    services.watch_deadlines(due + timedelta(minutes=1))
    at = due + timedelta(hours=1)
    row = services.send_new_deadline(
        case_id=case.id, answer_by=date(2026, 4, 10), reason="Vi venter på din lønseddel.", viewer=me, at=at
    )
    text = letter_text(row)
    assert "10. april 2026" in text and "Vi venter på din lønseddel." in text
    assert case_row(case.id).deadline.date() == date(2026, 4, 10)
    assert [one.title for one in steps_of(case.id) if one.kind == "deadline" and not one.done_at] == []


def test_a_new_day_without_a_letter_is_no_new_day(office, filippa, me):
    due = AT + timedelta(days=5)
    case = ready_case(office, filippa, deadline=due, person=make_person(street="", house="", postcode="", city="").id)
    with pytest.raises(errors.AddressUnknown):
        services.send_new_deadline(case_id=case.id, answer_by=date(2026, 4, 10), reason="Vi venter.", viewer=me, at=AT)
    assert case_row(case.id).deadline == due
    with pytest.raises(errors.NotOnCase):
        services.send_new_deadline(
            case_id=ready_case(office, filippa).id, answer_by=date(2026, 4, 10), reason="Vi venter.", viewer=me, at=AT
        )
