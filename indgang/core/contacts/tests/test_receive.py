"""What comes in becomes one contact, whatever way it came."""

from datetime import UTC, datetime, timedelta

import pytest

from indgang.core.catalogue.testing import make_task
from indgang.core.contacts import errors, services
from indgang.core.contacts.models import Attachment, Contact
from indgang.core.contacts.testing import contact_row, events_of, make_contact, messages_of, tasks_of
from indgang.core.contacts.values import LONGEST_BODY, Inquirer, NewMessage, TaskChoice, Upload
from indgang.core.organisation.testing import make_hours, make_unit
from indgang.foundation.access.values import system
from indgang.foundation.runtime import services as runtime

AT = datetime(2026, 3, 3, 9, 0, tzinfo=UTC)  # a Tuesday
MAILROOM = system("mailroom")
pytestmark = pytest.mark.django_db


def verbs(contact: Contact) -> list[str]:
    return [event.verb for event in events_of(contact)]


def say(contact: Contact, text: str = "Et spørgsmål mere", *, at: datetime = AT, **facts: object):
    message = NewMessage(text, "mail", **facts)
    return services.receive_message(contact_id=contact.id, message=message, viewer=MAILROOM, at=at)


@pytest.mark.req("kc.receive")
def test_a_mail_becomes_a_contact_with_its_message_tasks_and_event() -> None:
    make_task("T-076")
    contact = make_contact("Jeg flytter", tasks=["T-076"], at=AT)
    assert [m.body for m in messages_of(contact.id)] == ["Jeg flytter"]
    assert tasks_of(contact.id) == ["T-076"]
    [event] = events_of(contact)
    assert event.verb == "contact.received"
    assert event.data["channel"] == event.data["medium"] == "mail"
    assert event.data["tasks"] == ["T-076"]


def test_the_event_holds_nothing_that_was_said_nor_who_said_it() -> None:
    contact = make_contact("Mit navn er Bente", mail="bente@borger.example", at=AT)
    [event] = events_of(contact)
    assert "Bente" not in str(event) and "borger.example" not in str(event)


def test_the_same_raw_message_twice_is_one_contact() -> None:
    raw = runtime.uuid7(AT)
    arguments = dict(
        channel="mail", message=NewMessage("Hej", "mail", raw=raw), inquirer=Inquirer(mail="a@borger.example"),
        tasks=[], viewer=MAILROOM, at=AT,
    )  # fmt: skip
    first, second = services.receive_contact(**arguments), services.receive_contact(**arguments)
    assert first.id == second.id
    assert Contact.objects.count() == 1 and verbs(first) == ["contact.received"]


def test_the_same_raw_reply_twice_is_one_message() -> None:
    contact, raw = make_contact(at=AT), runtime.uuid7(AT)
    first, second = say(contact, raw=raw), say(contact, raw=raw)
    assert first.id == second.id and len(messages_of(contact.id)) == 2


def test_nul_and_half_characters_are_left_out_and_the_rest_is_kept() -> None:
    contact = make_contact("før\x00efter \ud800 slut", name="Be\x00nte", at=AT)
    assert messages_of(contact.id)[0].body == "førefter ? slut"
    assert contact_row(contact.id).inquirer_name == "Bente"


def test_a_huge_text_is_kept_whole_as_a_file() -> None:
    text = "æ" * (LONGEST_BODY + 5)
    contact = make_contact(text, at=AT)
    [message] = messages_of(contact.id)
    [file] = Attachment.objects.filter(message=message)
    assert message.body.startswith("æ" * LONGEST_BODY) and "hele-beskeden.txt" in message.body
    with runtime.open_file(file.digest) as stored:
        assert stored.read().decode() == text


def test_an_attachment_is_stored_under_its_fingerprint() -> None:
    contact = make_contact(uploads=[Upload("brev.pdf", "application/pdf", b"%PDF-1.7")], at=AT)
    [file] = Attachment.objects.filter(message__contact=contact)
    with runtime.open_file(file.digest) as stored:
        assert stored.read() == b"%PDF-1.7"
    assert (file.name, file.size) == ("brev.pdf", 8)


def test_a_file_above_25_mb_is_refused_with_a_remedy_and_nothing_is_stored() -> None:
    with pytest.raises(errors.AttachmentTooLarge) as refusal:
        make_contact(uploads=[Upload("film.mp4", "video/mp4", b"0" * (25 * 1024 * 1024 + 1))], at=AT)
    assert refusal.value.status == 413 and "film.mp4" in str(refusal.value)


def test_an_unknown_task_channel_unit_or_inquirer_is_named() -> None:
    with pytest.raises(errors.UnknownTask, match="T-999"):
        make_contact(tasks=["T-999"], at=AT)
    with pytest.raises(errors.UnknownChannel):
        make_contact(channel="pigeon", at=AT)
    with pytest.raises(errors.UnknownUnit):
        make_contact(unit="atlantis", at=AT)
    with pytest.raises(errors.InquirerUnknown):
        services.receive_contact(
            channel="api", message=NewMessage("Hej", "api"), inquirer=Inquirer(kind="martian"), tasks=[],
            viewer=MAILROOM, at=AT,
        )  # fmt: skip


def test_an_answer_is_expected_within_the_tasks_opening_hours() -> None:
    make_hours(make_unit("kontaktcenter"), "mail")  # weekdays 8 to 18
    make_task("T-076", answer_hours=12)
    contact = services.receive_contact(
        channel="mail", message=NewMessage("Jeg flytter", "mail"), inquirer=Inquirer(), viewer=MAILROOM,
        tasks=[TaskChoice("T-076")], at=AT,
    )  # fmt: skip
    assert contact.expected_answer_by == datetime(2026, 3, 4, 11, 0, tzinfo=UTC)  # 10.00 + 8 h, then 8.00 + 4 h


def test_a_reply_while_waiting_opens_the_contact() -> None:
    contact = make_contact(at=AT)
    services.wait_for_citizen(contact_id=contact.id, viewer=MAILROOM, at=AT)
    say(contact)
    assert contact_row(contact.id).state == "open"
    assert verbs(contact)[-1] == "contact.message_received"


def test_a_reply_within_the_rule_reopens_the_closed_contact() -> None:
    contact = make_contact(at=AT)
    services.close(contact_id=contact.id, outcome="informed", tasks=[], viewer=MAILROOM, at=AT)
    say(contact, at=AT + timedelta(days=14))
    row = contact_row(contact.id)
    assert (row.state, row.outcome, row.closed_at) == ("open", "", None)
    assert verbs(contact)[-2:] == ["contact.reopened", "contact.message_received"]


def test_a_reply_after_the_rule_starts_a_new_contact_that_continues_the_old_one() -> None:
    make_task("T-076")
    contact = make_contact(tasks=["T-076"], at=AT)
    services.close(contact_id=contact.id, outcome="informed", tasks=[], viewer=MAILROOM, at=AT)
    message = say(contact, at=AT + timedelta(days=14, seconds=1))
    new = contact_row(message.contact_id)
    assert new.continues_id == contact.id and new.state == "new"
    assert tasks_of(new.id) == ["T-076"] and new.inquirer_mail == contact.inquirer_mail
    assert contact_row(contact.id).state == "closed"
    assert verbs(new) == ["contact.received"]


def test_how_long_a_reply_reopens_is_data() -> None:
    from indgang.core.catalogue.testing import make_setting

    make_setting("reopen_days", 1)
    contact = make_contact(at=AT)
    services.close(contact_id=contact.id, outcome="informed", tasks=[], viewer=MAILROOM, at=AT)
    assert say(contact, at=AT + timedelta(days=2)).contact_id != contact.id


def test_an_absence_notice_is_kept_and_reopens_nothing() -> None:
    contact = make_contact(at=AT)
    services.close(contact_id=contact.id, outcome="informed", tasks=[], viewer=MAILROOM, at=AT)
    say(contact, "Jeg er på ferie", automatic=True)
    assert contact_row(contact.id).state == "closed"
    assert len(messages_of(contact.id)) == 2
    assert verbs(contact)[-1] == "contact.automatic_received"
