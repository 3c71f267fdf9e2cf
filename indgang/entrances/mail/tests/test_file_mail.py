"""From a stored mail to a contact, a thread, a bounce, or a person's attention."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from django.db import DatabaseError, connection
from django.test import override_settings

from indgang.core.catalogue.testing import make_task
from indgang.core.contacts import selectors as contacts
from indgang.core.contacts import services as contact_services
from indgang.core.contacts.values import ContactPage
from indgang.core.organisation.testing import make_hours, make_unit
from indgang.entrances.mail import services
from indgang.entrances.mail.filing import MAILROOM
from indgang.entrances.mail.models import RawMail
from indgang.entrances.mail.testing import filed, make_mail, receive
from indgang.entrances.mail.values import RawState
from indgang.foundation.journal import selectors as journal

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)  # Monday 10 o'clock in Copenhagen


@pytest.fixture(autouse=True)
def municipality(tmp_path: Path) -> Iterator[None]:
    unit = make_unit(phone="00 00 00 00")
    make_hours(unit, "mail")
    make_hours(unit, "phone")
    make_task("T-076", words=["flytte", "flytning", "ny adresse"], words_en=["moving", "new address"])
    make_task("T-001", title="Nyt pas", title_en="New passport", group="passport", words=["pas", "passet"])
    with override_settings(FILES_ROOT=tmp_path):
        yield


def page(row: RawMail) -> ContactPage:
    assert row.contact is not None
    return contacts.contact(MAILROOM, row.contact, AT)


def parcels() -> list[dict[str, object]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT payload FROM journal_outboxparcel WHERE transport = 'mail' ORDER BY id")
        return [json.loads(payload) for (payload,) in cursor.fetchall()]


@pytest.mark.req("kc.onemail")
def test_a_mail_becomes_a_contact_with_its_task_and_gets_a_receipt():
    row = receive(make_mail("Jeg skal flytte på lørdag.", message_id="1@borger.example"), at=AT)
    found = page(row)
    assert row.state == RawState.FILED and row.answered
    assert (found.card.channel, found.card.inquirer_mail) == ("mail", "ida@borger.example")
    assert [task.code for task in found.tasks] == ["T-076"]
    [receipt] = parcels()
    assert receipt["to"] == "ida@borger.example" and receipt["automatic"] is True
    assert receipt["in_reply_to"] == "1@borger.example"
    assert found.card.reference in str(receipt["subject"]) + str(receipt["body"])


def test_the_receipt_says_until_when_in_the_writers_language():
    receive(make_mail("Jeg skal flytte på lørdag."), at=AT)
    receive(
        make_mail("Hello, I am moving and I have a new address. What should I do?", sender="joe@borger.example"), at=AT
    )
    danish, english = parcels()
    assert "Du får svar senest mandag 2. marts 2026 kl. 18.00." in str(danish["body"])
    assert "Telefonen er åben mandag-fredag 08.00-18.00" in str(danish["body"])
    assert "You will have an answer by Monday 2 March 2026 at 18:00." in str(english["body"])


def test_plain_mail_identifies_nobody():
    card = page(receive(make_mail(), at=AT)).card
    assert card.person is None and not card.identified


def test_a_mail_about_nothing_known_goes_to_the_general_queue():
    found = page(receive(make_mail("asdf qwer", subject="hm"), at=AT))
    assert found.tasks == ()


def test_attachments_and_safe_html_stand_on_the_message():
    from email.message import EmailMessage

    mail = EmailMessage()
    mail["From"] = "ida@borger.example"
    mail.set_content("Se bilag")
    mail.add_alternative("<p onclick='x'>Se <b>bilag</b><img src='https://x.example/1'></p>", subtype="html")
    mail.add_attachment(b"PK\x03\x04", maintype="application", subtype="zip", filename="bilag.zip")
    [message] = [m for m in page(receive(mail.as_bytes(), at=AT)).messages if not m.automatic]
    assert [file.name for file in message.attachments] == ["bilag.zip"]
    assert "<img" not in message.html and "onclick" not in message.html and "<b>bilag</b>" in message.html


def test_a_mail_sent_again_after_a_lost_answer_is_one_contact():
    raw = make_mail(message_id="1@borger.example")
    first, second = receive(raw, at=AT), receive(raw, at=AT + timedelta(hours=3))
    assert (second.state, second.contact) == (RawState.DUPLICATE, first.contact)
    assert len(parcels()) == 1


def test_the_same_words_twice_within_ten_minutes_are_one_contact_and_later_two():
    receive(make_mail(), at=AT)
    assert receive(make_mail(), at=AT + timedelta(minutes=9)).state == RawState.DUPLICATE
    assert receive(make_mail(), at=AT + timedelta(minutes=11)).state == RawState.FILED


def test_two_people_with_the_same_words_are_two_contacts():
    rows = [receive(make_mail(sender=f"{name}@borger.example"), at=AT) for name in ("ida", "ole")]
    assert rows[0].contact != rows[1].contact


def test_filing_twice_changes_nothing():
    row = receive(make_mail(), at=AT)
    before = journal.events_of_contact(row.contact)
    assert filed(row.id, AT).contact == row.contact
    assert journal.events_of_contact(row.contact) == before and len(parcels()) == 1


def test_an_answer_to_our_mail_goes_to_its_contact():
    first = receive(make_mail(), at=AT)
    ours = str(parcels()[0]["mail_id"])
    row = receive(make_mail("Det er til Nygade 1.", subject="Sv: noget helt andet", in_reply_to=ours), at=AT)
    assert row.contact == first.contact and row.state == RawState.FILED
    assert len(parcels()) == 1


def test_an_answer_to_an_earlier_mail_of_the_thread_goes_to_its_contact():
    first = receive(make_mail(message_id="1@borger.example"), at=AT)
    row = receive(make_mail("mere", References="<0@x.example> <1@borger.example>"), at=AT)
    assert row.contact == first.contact


def test_a_reference_in_the_subject_counts_from_the_one_who_wrote_before():
    first = receive(make_mail(), at=AT)
    reference = page(first).card.reference
    assert receive(make_mail("mere", subject=f"Vedr. [{reference.lower()}]"), at=AT).contact == first.contact


def test_a_reference_read_over_a_shoulder_opens_a_contact_of_its_own():
    first = receive(make_mail(), at=AT)
    reference = page(first).card.reference
    row = receive(make_mail("mere", subject=f"[{reference}]", sender="fremmed@andet.example"), at=AT)
    assert row.contact not in (None, first.contact)


def test_a_mistyped_reference_opens_a_contact_of_its_own():
    first = receive(make_mail(), at=AT)
    reference = page(first).card.reference
    wrong = ("2" if reference[0] != "2" else "3") + reference[1:]
    assert receive(make_mail("mere", subject=f"[{wrong}]"), at=AT).contact != first.contact


@pytest.mark.parametrize(
    "marks",
    [{"Auto_Submitted": "auto-replied"}, {"Precedence": "bulk"}, {"List_Id": "<nyt.example>"}, {"X_Indgang": "1"}],
)
def test_a_machine_opens_nothing_and_is_never_answered(marks: dict[str, str]):
    row = receive(make_mail(**marks), at=AT)
    assert (row.state, row.contact) == (RawState.AUTOMATIC, None)
    assert parcels() == []


def test_a_vacation_reply_stands_in_the_thread_and_does_not_reopen_it():
    first = receive(make_mail(), at=AT)
    ours = str(parcels()[0]["mail_id"])
    contact_services.start_work(contact_id=first.contact, employee_id=None, viewer=MAILROOM, at=AT)
    contact_services.close(contact_id=first.contact, outcome="informed", tasks=[], viewer=MAILROOM, at=AT)
    row = receive(make_mail("Jeg er på ferie", Auto_Submitted="auto-replied", in_reply_to=ours), at=AT)
    assert (row.state, row.contact) == (RawState.AUTOMATIC, first.contact)
    assert page(row).card.state == "closed" and len(parcels()) == 1


@pytest.mark.parametrize("sender", ["no-reply@firma.example", "mailer-daemon@mx.example", "noreply+12@firma.example"])
def test_addresses_that_nobody_reads_get_no_receipt(sender: str):
    receive(make_mail(sender=sender), at=AT)
    assert parcels() == []


def test_what_a_system_writes_for_a_citizen_is_a_contact_without_receipt():
    row = receive(make_mail(Auto_Submitted="auto-generated"), at=AT)
    assert row.state == RawState.FILED and row.contact is not None and parcels() == []


def test_a_flood_from_one_sender_is_kept_and_marked_but_answered_twenty_times():
    rows = [receive(make_mail(f"mail {n}"), at=AT + timedelta(seconds=n)) for n in range(30)]
    assert len({row.contact for row in rows}) == 30
    assert len(parcels()) == 20 and sum(row.flood for row in rows) == 10
    assert receive(make_mail("senere"), at=AT + timedelta(minutes=11)).answered


def report(mail_id: object, action: str = "failed") -> bytes:
    return (
        "From: MAILER-DAEMON@mx.example\r\nTo: kontakt@indgang.example\r\nSubject: Undelivered Mail\r\n"
        'MIME-Version: 1.0\r\nContent-Type: multipart/report; report-type=delivery-status; boundary="r"\r\n\r\n'
        "--r\r\nContent-Type: text/plain\r\n\r\nNo such user.\r\n"
        f"--r\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example\r\n\r\n"
        f"Final-Recipient: rfc822; ida@borger.example\r\nAction: {action}\r\nStatus: 5.1.1\r\n\r\n"
        f"--r\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: <{mail_id}>\r\n\r\n--r--\r\n"
    ).encode()


def test_a_bounce_is_tied_to_the_mail_it_is_about_and_told_to_the_contact():
    first = receive(make_mail(), at=AT)
    row = receive(report(parcels()[0]["mail_id"]), sender="", at=AT)
    assert (row.state, row.contact) == (RawState.BOUNCE, first.contact)
    assert "contact.mail_bounced" in [line.verb for line in journal.events_of_contact(first.contact)]
    assert len(parcels()) == 1


def test_a_bounced_answer_opens_its_ended_contact_again():
    first = receive(make_mail(), at=AT)
    contact_services.close(contact_id=first.contact, outcome="informed", tasks=[], viewer=MAILROOM, at=AT)
    receive(report(parcels()[0]["mail_id"]), sender="", at=AT)
    assert page(first).card.state == "open"


def test_a_delay_is_kept_with_the_contact_and_changes_nothing():
    first = receive(make_mail(), at=AT)
    row = receive(report(parcels()[0]["mail_id"], "delayed"), sender="", at=AT)
    assert (row.state, row.contact) == (RawState.AUTOMATIC, first.contact)
    assert "contact.mail_bounced" not in [line.verb for line in journal.events_of_contact(first.contact)]


def test_a_bounce_of_a_mail_we_never_sent_waits_for_a_person():
    assert receive(report("x@andre.example"), sender="", at=AT).state == RawState.ATTENTION


def test_a_mail_nobody_can_read_waits_for_a_person_and_the_next_one_goes_on():
    bad = receive(bytes(range(256)) * 20, at=AT)
    good = receive(make_mail(), at=AT)
    assert (bad.state, bad.contact) == (RawState.ATTENTION, None) and bad.error
    assert bytes(bad.content) == bytes(range(256)) * 20
    assert good.state == RawState.FILED


def test_a_mail_that_kills_its_process_each_time_ends_with_a_person():
    key = services.store_mail(sender="ida@borger.example", recipients=["x"], content=make_mail(), at=AT)
    RawMail.objects.filter(pk=key).update(attempts=services.MOST_ATTEMPTS)
    assert filed(key, AT).state == RawState.ATTENTION


def test_mails_are_filed_in_the_order_they_came_until_none_is_due():
    late, early = (store(str(n), at=AT - timedelta(minutes=n)) for n in (1, 2))
    assert services.file_next(at=AT) and state_of(early) == RawState.FILED and state_of(late) == RawState.STORED
    assert services.file_next(at=AT) and state_of(late) == RawState.FILED
    assert not services.file_next(at=AT)


def test_a_mail_whose_filing_was_cut_off_is_taken_up_again_after_a_pause(monkeypatch):
    key = store(at=AT)
    monkeypatch.setattr(services, "parse", cut_off)
    with pytest.raises(KeyboardInterrupt):
        services.file_next(at=AT)
    monkeypatch.undo()
    assert not services.file_next(at=AT + timedelta(seconds=29))
    assert services.file_next(at=AT + timedelta(seconds=31)) and state_of(key) == RawState.FILED


def test_a_mail_that_cannot_be_filed_stands_in_nobodys_way(monkeypatch):
    bad, good = store("1", at=AT), store("2", at=AT + timedelta(seconds=1))
    monkeypatch.setattr(services, "file", fails_for(bad))
    later = AT + timedelta(seconds=2)
    assert services.file_next(at=later) and services.file_next(at=later) and not services.file_next(at=later)
    assert (state_of(bad), state_of(good)) == (RawState.STORED, RawState.FILED)
    assert "DatabaseError" in RawMail.objects.get(pk=bad).error


def store(text: str = "", *, at: datetime) -> UUID:
    raw = make_mail(f"Jeg skal flytte. {text}")
    return services.store_mail(sender="ida@borger.example", recipients=["x"], content=raw, at=at)


def state_of(key: UUID) -> str:
    return RawMail.objects.get(pk=key).state


def cut_off(*facts: object, **named: object) -> None:
    raise KeyboardInterrupt


def fails_for(key: UUID):
    filing = services.file

    def file(row, mail, at):
        if row.pk == key:
            raise DatabaseError
        return filing(row, mail, at)

    return file


def test_an_empty_mail_is_a_contact_too():
    row = receive(b"", at=AT)
    assert row.state == RawState.FILED
    assert "[Mailen har ingen tekst.]" in page(row).messages[0].body


def test_answers_go_where_the_writer_asked():
    receive(make_mail(Reply_To="hjem@borger.example"), at=AT)
    assert parcels()[0]["to"] == "hjem@borger.example"


def test_what_is_quoted_does_not_decide_what_a_mail_is_about():
    row = receive(make_mail("Mit pas er væk.\n> Jeg skal flytte\n> ny adresse, flytning", subject="Hej"), at=AT)
    assert [task.code for task in page(row).tasks] == ["T-001"]


def test_the_uuid_of_the_raw_mail_leads_from_the_message_to_its_bytes():
    row = receive(make_mail(), at=AT)
    assert isinstance(row.id, UUID) and bytes(row.content) == make_mail()


def test_an_employee_sees_that_somebody_else_goes_on_with_the_conversation():
    first = receive(make_mail("Jeg skal flytte på lørdag.", message_id="1@borger.example"), at=AT)
    receive(make_mail("Jeg er med.", sender="ola@borger.example", in_reply_to="1@borger.example"), at=AT)
    receive(make_mail("Det er mig igen.", in_reply_to="1@borger.example"), at=AT)
    said = [message.body for message in page(first).messages if message.direction == "in"]
    assert ["anden adresse" in body for body in said] == [False, True, False]
