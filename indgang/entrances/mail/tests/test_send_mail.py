"""Mails that leave through the outbox, read back from the outside mail server itself."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from django.test import override_settings

from indgang.core.contacts import selectors as contacts
from indgang.core.contacts import services as contact_services
from indgang.core.contacts.values import ContactPage, Upload
from indgang.core.organisation.testing import make_unit
from indgang.entrances.mail import outgoing
from indgang.entrances.mail.filing import MAILROOM
from indgang.entrances.mail.marks import nature
from indgang.entrances.mail.testing import make_mail, receive
from indgang.foundation.journal import selectors as journal
from indgang.foundation.journal import services as outbox
from indgang.foundation.journal.errors import DeliveryRefused
from indgang.foundation.journal.values import OutboxState, Parcel
from indgang.foundation.registers.testing import Outside, simulated_mail_server

pytestmark = pytest.mark.django_db(transaction=True)
AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def outside(tmp_path: Path) -> Iterator[Outside]:
    make_unit()
    with simulated_mail_server(tmp_path / "outside") as server, override_settings(FILES_ROOT=tmp_path / "files"):
        yield server


def received(outside: Outside) -> list[EmailMessage]:
    mails = [message_from_bytes(outside.raw(mail["id"]), policy=policy.default) for mail in outside.mails()]
    return [mail for mail in mails if isinstance(mail, EmailMessage)]


def asked() -> UUID:
    """A citizen has written by mail."""
    contact = receive(make_mail("Hvor er min sag?", message_id="spm1@borger.example"), at=AT).contact
    assert contact is not None
    return contact


def page(contact: UUID) -> ContactPage:
    return contacts.contact(MAILROOM, contact, AT)


def deliveries(contact: UUID) -> list[str]:
    return [message.delivery for message in page(contact).messages if message.direction == "out"]


@pytest.mark.req("kc.mailanswer")
def test_an_answer_arrives_in_the_thread_with_its_attachment(outside: Outside):
    contact = asked()
    file = Upload("vejledning på dansk.txt", "text/plain", "Sådan gør du æøå".encode())
    contact_services.reply(
        contact_id=contact, body="Den er på vej.\n\næøå € 😀", uploads=[file], viewer=MAILROOM, at=AT
    )
    outbox.deliver_due(AT)
    answer = received(outside)[-1]
    assert answer["To"] == "ida@borger.example" and answer["Reply-To"] == "kontakt@indgang.example"
    assert "<spm1@borger.example>" in answer["References"] and answer["In-Reply-To"]
    assert page(contact).card.reference in answer["Subject"] and answer["Auto-Submitted"] is None
    body = answer.get_body(("plain",))
    assert body is not None and body.get_content().replace("\r\n", "\n").startswith("Den er på vej.\n\næøå € 😀")
    [attached] = list(answer.iter_attachments())
    assert attached.get_filename() == "vejledning på dansk.txt" and "æøå" in attached.get_content()
    assert deliveries(contact) == ["sent", "sent"]


def test_a_receipt_says_that_a_machine_wrote_it_and_our_own_mail_back_is_known(outside: Outside):
    asked()
    outbox.deliver_due(AT)
    [receipt] = received(outside)
    assert receipt["Auto-Submitted"] == "auto-replied" and receipt["In-Reply-To"] == "<spm1@borger.example>"
    assert nature(receipt, envelope_sender="x@y.example", author="x@y.example", domain="indgang.example") == "machine"


def test_a_connection_cut_after_the_mail_never_shows_the_citizen_two_mails(outside: Outside):
    outside.behave("drop_after_data", count=1)
    contact = asked()
    outbox.deliver_due(AT)
    assert deliveries(contact) == [""]
    outbox.deliver_due(AT + timedelta(minutes=1))
    assert len({mail["message_id"] for mail in outside.mails()}) == 1
    assert deliveries(contact) == ["sent"]


def test_a_server_that_is_down_delays_the_mail_and_loses_nothing(outside: Outside):
    outside.behave("down")
    contact = asked()
    outbox.deliver_due(AT)
    assert outside.mails() == []
    outside.behave("ok")
    outbox.deliver_due(AT + timedelta(minutes=1))
    assert len(outside.mails()) == 1 and deliveries(contact) == ["sent"]


def test_a_refused_recipient_is_told_to_the_contact_and_waits_for_a_person(outside: Outside):
    outside.behave("refuse", count=1)
    contact = asked()
    outbox.deliver_due(AT)
    assert journal.attention_count() == 1 and deliveries(contact) == ["failed"]
    assert "contact.mail_failed" in [line.verb for line in journal.events_of_contact(contact)]
    assert journal.outbox(OutboxState.ATTENTION)


def parcel(**payload: object) -> Parcel:
    facts: dict[str, object] = {"to": "ida@borger.example", "message": str(uuid4()), "subject": "Svar", "body": "Hej"}
    return Parcel(1, "mail", "k", {**facts, **payload}, 1)


def test_each_attempt_carries_the_same_message_id():
    one = parcel()
    first, second = outgoing.compose(one), outgoing.compose(one)
    assert first["Message-ID"] == second["Message-ID"] == f"<{one.payload['message']}@indgang.example>"


def test_what_a_citizen_wrote_cannot_become_a_header():
    evil = "Hej\r\nBcc: ond@es.example"
    mail = outgoing.compose(parcel(subject=evil, in_reply_to="a>\r\nX: y", references=["b\r\nX: z", "c"]))
    assert mail["Bcc"] is None and mail["X"] is None
    again = message_from_bytes(mail.as_bytes(), policy=policy.default)
    assert again["Subject"] == "Hej Bcc: ond@es.example" and again["X"] is None


def test_long_subjects_and_many_references_survive_the_way():
    ids = [f"{uuid4()}@indgang.example" for _ in range(20)]
    mail = outgoing.compose(parcel(subject="Æøå " * 60, references=ids, body="x" * 5000 + "\n.\n..\n"))
    again = message_from_bytes(mail.as_bytes(), policy=policy.default)
    assert str(again["Subject"]).strip() == ("Æøå " * 60).strip()
    assert all(one in str(again["References"]) for one in ids)
    assert max(len(line) for line in mail.as_bytes().split(b"\r\n")) < 998


def test_a_mail_whose_file_is_gone_waits_for_a_person(outside: Outside):
    with pytest.raises(DeliveryRefused):
        outgoing.deliver(parcel(attachments=["0" * 64]))
    assert outside.mails() == []


@pytest.mark.parametrize("to", ["søren@borger.example", "ida@blåbær.example", "to..prikker@borger.example"])
def test_unusual_addresses_are_written_as_they_are(to: str):
    assert f"To: {to}\r\n".encode() in outgoing.compose(parcel(to=to)).as_bytes()
