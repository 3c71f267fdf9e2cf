"""Answering: one mail per answer, no mail to machines, nothing typed is lost."""

from datetime import UTC, datetime, timedelta

import pytest

from indgang.core.contacts import errors, selectors, services
from indgang.core.contacts.models import Contact
from indgang.core.contacts.reference import grouped
from indgang.core.contacts.testing import contact_row, events_of, make_contact, messages_of
from indgang.core.contacts.values import NewMessage, Upload, personal_data_warnings
from indgang.core.organisation.testing import make_employee, make_stranger, viewer_of
from indgang.foundation.access.errors import NotFound
from indgang.foundation.access.values import Viewer, system
from indgang.foundation.journal.testing import parcels as outbox

AT = datetime(2026, 3, 3, 9, 0, tzinfo=UTC)
MAILROOM = system("mailroom")
pytestmark = pytest.mark.django_db


@pytest.fixture
def agnes() -> Viewer:
    return viewer_of(make_employee(groups={"general": (3, 1)}), AT)


def answer(contact: Contact, viewer: Viewer, body: str = "Du melder flytning på nettet.", **facts: object):
    return services.reply(contact_id=contact.id, body=body, viewer=viewer, at=AT, **facts)


def parcels() -> list[dict[str, object]]:
    return [p.payload for p in outbox()]


@pytest.mark.req("kc.mailanswer")
def test_an_answer_leaves_as_one_mail_with_reference_and_status_link(agnes: Viewer) -> None:
    contact = make_contact(subject="Flytning", message_id="abc@borger.example", at=AT)
    message = answer(contact, agnes)
    [mail] = parcels()
    assert mail["to"] == "bente@borger.example" and mail["message"] == str(message.id)
    assert mail["subject"] == f"Sv: Flytning [{grouped(contact.reference)}]"
    assert mail["body"].startswith("Du melder flytning på nettet.") and f"/status/{contact.secret}" in mail["body"]
    assert (mail["in_reply_to"], mail["references"]) == ("abc@borger.example", ["abc@borger.example"])
    assert contact_row(contact.id).state == "open"
    assert [e.verb for e in events_of(contact)][-1] == "contact.replied"


def test_the_next_answer_refers_to_the_whole_thread_and_keeps_the_tag_once(agnes: Viewer) -> None:
    contact = make_contact(subject="Flytning", message_id="abc@borger.example", at=AT)
    first = answer(contact, agnes)
    answer(contact, agnes, subject=f"Sv: Flytning [{grouped(contact.reference)}]")
    assert parcels()[1]["references"] == ["abc@borger.example", first.mail_id]
    assert parcels()[1]["subject"].count(grouped(contact.reference)) == 1


def test_a_reply_to_our_mail_finds_its_contact(agnes: Viewer) -> None:
    contact = make_contact(at=AT)
    sent = answer(contact, agnes)
    assert selectors.contact_by_mail_ids([f"<{sent.mail_id}>"]) == contact.id
    assert selectors.contact_by_mail_ids(["fremmed@borger.example", "", "\x00"]) is None


def test_the_mail_speaks_the_writers_language(agnes: Viewer) -> None:
    answer(make_contact(subject="Moving", language="en", at=AT), agnes)
    assert parcels()[0]["language"] == "en"


def test_files_go_along(agnes: Viewer) -> None:
    answer(make_contact(at=AT), agnes, uploads=[Upload("skema.pdf", "application/pdf", b"%PDF")])
    assert len(parcels()[0]["attachments"]) == 1 and parcels()[0]["attachment_names"] == ["skema.pdf"]


def test_without_an_address_the_answer_is_kept_and_nothing_is_sent(agnes: Viewer) -> None:
    contact = make_contact(mail="", phone="00001234", channel="phone", at=AT)
    answer(contact, agnes, medium="phone")
    assert parcels() == [] and len(messages_of(contact.id)) == 2


def test_an_empty_answer_and_one_to_a_closed_contact_are_refused(agnes: Viewer) -> None:
    contact = make_contact(at=AT)
    with pytest.raises(errors.EmptyMessage):
        answer(contact, agnes, " \x00\n ")
    services.close(contact_id=contact.id, outcome="informed", tasks=[], viewer=agnes, at=AT)
    with pytest.raises(errors.AlreadyClosed):
        answer(contact, agnes)


def test_a_stranger_can_not_answer_and_learns_nothing() -> None:
    contact, stranger = make_contact(at=AT), viewer_of(make_stranger(), AT)
    with pytest.raises(NotFound):
        answer(contact, stranger)
    assert parcels() == []


def test_an_answer_to_a_changed_contact_is_held_back_says_what_changed_and_keeps_the_text(agnes: Viewer) -> None:
    contact = make_contact(at=AT)
    services.receive_message(contact_id=contact.id, message=NewMessage("Det haster nu", "mail"), viewer=MAILROOM, at=AT)
    with pytest.raises(errors.Stale) as refusal:
        answer(contact, agnes, "Min lange tekst", version=1)
    assert refusal.value.status == 409 and "borgeren har skrevet" in str(refusal.value)
    page = selectors.contact(agnes, contact.id, AT)
    assert page.drafts["reply"].text == "Min lange tekst" and parcels() == []


def test_what_a_colleague_did_is_named(agnes: Viewer) -> None:
    contact = make_contact(at=AT)
    colleague = viewer_of(make_employee("Karl Kollega", groups={"general": (3, 1)}), AT)
    answer(contact, colleague)
    with pytest.raises(errors.Stale) as refusal:
        answer(contact, agnes, version=1)
    assert "Karl Kollega har svaret" in str(refusal.value)


def test_one_receipt_per_contact_and_its_subject_is_no_answer() -> None:
    contact = make_contact(subject="Flytning", at=AT)
    for _ in range(2):
        services.send_automatic(
            contact_id=contact.id, subject="Vi har fået din mail", body="Tak.", viewer=MAILROOM, at=AT
        )
    [mail] = parcels()
    assert mail["automatic"] and mail["subject"].startswith("Vi har fået din mail [")
    services.send_automatic(
        contact_id=contact.id, subject="Svar", body="Sådan gør du", viewer=MAILROOM, at=AT, kind="answer"
    )
    assert len(parcels()) == 2


def test_a_machine_gets_no_receipt() -> None:
    contact = make_contact("Jeg er ikke på kontoret", automatic=True, at=AT)
    receipt = services.send_automatic(contact_id=contact.id, subject="Tak", body="Tak", viewer=MAILROOM, at=AT)
    assert receipt is None and parcels() == []


def test_a_receipt_does_not_make_an_open_page_stale(agnes: Viewer) -> None:
    contact = make_contact(at=AT)
    services.send_automatic(contact_id=contact.id, subject="Tak", body="Tak", viewer=MAILROOM, at=AT)
    answer(contact, agnes, version=contact.version)


def test_an_autosave_of_who_has_the_contact_is_one_statement(agnes: Viewer, django_assert_num_queries) -> None:
    contact = make_contact(at=AT)
    assert agnes.actor is not None
    services.start_work(contact_id=contact.id, employee_id=agnes.actor.employee, viewer=agnes, at=AT)
    facts = {"contact_id": contact.id, "employee_id": agnes.actor.employee, "field": "reply", "viewer": agnes, "at": AT}
    for text in ("Du", "Du melder", "Du melder\r\nflytning"):
        with django_assert_num_queries(1):
            services.save_draft(text=text, **facts)
    assert selectors.contact(agnes, contact.id, AT).drafts["reply"].text == "Du melder\nflytning"
    services.reply(contact_id=contact.id, body="Du melder\nflytning", viewer=agnes, at=AT)
    services.save_draft(text="Du melder\nflytning ", **facts)  # the last autosave, overtaken by the sending
    assert selectors.contact(agnes, contact.id, AT).drafts == {}


def test_a_draft_is_kept_and_sending_forgets_it(agnes: Viewer) -> None:
    contact = make_contact(at=AT)
    before = len(events_of(contact))
    for text in ("Du mel", "Du melder"):
        services.save_draft(contact_id=contact.id, employee_id=agnes.actor.employee, field="reply", text=text, at=AT)
    assert selectors.contact(agnes, contact.id, AT).drafts["reply"].text == "Du melder"
    assert len(events_of(contact)) == before
    answer(contact, agnes)
    assert selectors.contact(agnes, contact.id, AT).drafts == {}


def test_others_see_who_is_typing_but_not_what(agnes: Viewer) -> None:
    contact = make_contact(at=AT)
    services.save_draft(contact_id=contact.id, employee_id=agnes.actor.employee, field="reply", text="Hm", at=AT)
    colleague = viewer_of(make_employee("Karl Kollega", groups={"general": (3, 1)}), AT)
    page = selectors.contact(colleague, contact.id, AT)
    assert (page.other_viewers, page.drafts) == (("Agnes Agent",), {})
    assert selectors.contact(colleague, contact.id, AT + timedelta(minutes=11)).other_viewers == ()


def test_what_became_of_a_mail_is_noted_once(agnes: Viewer) -> None:
    contact = make_contact(at=AT)
    sent = answer(contact, agnes)
    for _ in range(2):
        assert services.record_delivery(mail_id=sent.mail_id, delivery="bounced", at=AT)
    assert messages_of(contact.id)[-1].delivery == "bounced"
    verbs = [e.verb for e in events_of(contact)]
    assert verbs.count("contact.mail_bounced") == 1
    assert not services.record_delivery(mail_id="fremmed@borger.example", delivery="sent", at=AT)


@pytest.mark.parametrize("text", ["Mit nummer er 020290-1234.", "0202901234", "cpr 020290 1234"])
def test_the_composer_warns_of_a_cpr_number(text: str) -> None:
    [warning] = personal_data_warnings(text)
    assert "CPR" in warning and "1234" not in warning


@pytest.mark.parametrize("text", ["Ring på 00 00 12 34", "Sag 3302901234", "EAN 5790000123456", ""])
def test_other_numbers_give_no_warning(text: str) -> None:
    assert personal_data_warnings(text) == []


def test_a_cpr_number_leaves_the_house_in_no_subject(agnes: Viewer) -> None:
    contact = make_contact("Jeg er 020290-1234 og flytter", subject="Flytning 0202901234", at=AT)
    assert contact.subject == "Flytning 020290-••••"
    services.reply(contact_id=contact.id, body="Ja", viewer=agnes, at=AT)
    assert "1234" not in str(parcels()[-1]["subject"])
