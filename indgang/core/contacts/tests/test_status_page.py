"""What the writer sees by the secret link, and how files are handed out."""

from datetime import UTC, datetime

import pytest
from django.test import Client

from indgang.core.contacts import services
from indgang.core.contacts.models import Attachment
from indgang.core.contacts.reference import grouped
from indgang.core.contacts.testing import make_contact
from indgang.core.contacts.values import NewMessage, Upload
from indgang.core.organisation.testing import make_employee, make_stranger, viewer_of
from indgang.foundation.access.services import looks_at
from indgang.foundation.access.values import system
from indgang.foundation.runtime import clock

AT = datetime(2026, 3, 3, 9, 0, tzinfo=UTC)
ROBOT = system("test")
pytestmark = pytest.mark.django_db


def page(contact, client: Client, **headers: str):
    return client.get(f"/status/{contact.secret}", headers=headers)


def test_the_writer_sees_reference_state_and_their_own_words(client: Client) -> None:
    contact = make_contact("Jeg flytter til Valby", at=AT, expected_answer_by=datetime(2026, 3, 4, 11, 0, tzinfo=UTC))
    shown = page(contact, client).content.decode()
    assert grouped(contact.reference) in shown and "Jeg flytter til Valby" in shown
    assert "Vi har modtaget din henvendelse" in shown and "E-mail" in shown
    assert "tirsdag 3. marts 2026 kl. 10.00" in shown and "onsdag 4. marts 2026 kl. 12.00" in shown


def test_an_answer_is_told_but_its_content_is_in_the_mail(client: Client) -> None:
    contact = make_contact(at=AT)
    services.reply(contact_id=contact.id, body="Hemmeligt svar", viewer=ROBOT, at=AT)
    services.add_note(contact_id=contact.id, body="Intern note", viewer=ROBOT, at=AT)
    shown = page(contact, client).content.decode()
    assert "Svaret er sendt til din mail" in shown
    assert "Hemmeligt svar" not in shown and "Intern note" not in shown


def test_nothing_is_shown_that_the_writer_did_not_send(client: Client) -> None:
    contact = make_contact("Hej", name="Bente Birkelund", mail="bente@borger.example", phone="00001234", at=AT)
    shown = page(contact, client).content.decode()
    assert "Birkelund" not in shown and "borger.example" not in shown and "00001234" not in shown


@pytest.mark.parametrize(
    ("act", "words"),
    [
        ("wait_for_citizen", "Vi venter på svar fra dig"),
        ("snooze", "vender tilbage til den"),
        ("close", "Din henvendelse er afsluttet"),
    ],
)
def test_the_state_is_said_in_plain_words(client: Client, act: str, words: str) -> None:
    contact = make_contact(at=AT)
    facts = {"outcome": "informed", "tasks": []} if act == "close" else {}
    getattr(services, act)(contact_id=contact.id, viewer=ROBOT, at=AT, **facts)
    assert words in page(contact, client).content.decode()


def test_what_was_written_is_text_never_markup(client: Client) -> None:
    shown = page(make_contact("<script>alert(1)</script>", at=AT), client).content.decode()
    assert "<script>alert" not in shown and "&lt;script&gt;" in shown


def test_the_page_is_not_indexed_cached_or_passed_on(client: Client) -> None:
    answer = page(make_contact(at=AT), client)
    assert answer["X-Robots-Tag"] == "noindex, nofollow"
    # Other sites hear nothing of the link. With "no-referrer" a browser sends "Origin: null" with the page's own forms,
    # which are refused then.
    assert answer["Referrer-Policy"] == "same-origin"
    assert "no-referrer" not in answer.content.decode()
    assert answer["Cache-Control"] == "no-store"


@pytest.mark.parametrize("secret", ["x", "A" * 43, "å" * 43, "a" * 500])
def test_a_wrong_link_is_not_found(client: Client, secret: str) -> None:
    assert client.get(f"/status/{secret}").status_code == 404


def test_guessing_links_is_slowed_down(client: Client) -> None:
    codes = [client.get(f"/status/{'A' * 42}{i % 10}").status_code for i in range(40)]
    assert codes[0] == 404 and codes[-1] == 429


def test_the_page_speaks_english(client: Client) -> None:
    assert "Your inquiry" in page(make_contact(at=AT), client, **{"Accept-Language": "en"}).content.decode()


def file_of(contact) -> Attachment:
    return Attachment.objects.get(message__contact=contact)


def test_a_file_of_any_type_is_only_ever_a_download(client: Client) -> None:
    contact = make_contact(uploads=[Upload("side.html", "text/html", b"<script>alert(1)</script>")])
    agnes = make_employee(groups={"general": (3, 1)})
    client.force_login(agnes.account)
    answer = client.get(f"/henvendelser/filer/{file_of(contact).pk}")
    assert b"".join(answer.streaming_content) == b"<script>alert(1)</script>"
    assert answer["Content-Disposition"].startswith('attachment; filename="side.html"')
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["X-Content-Type-Options"] == "nosniff" and answer["Cache-Control"] == "no-store"
    assert [look.kind for look in looks_at(contact.id)] == ["attachment"]


def test_a_file_is_not_found_by_strangers_or_the_public(client: Client) -> None:
    contact = make_contact(uploads=[Upload("brev.pdf", "application/pdf", b"%PDF")])
    assert client.get(f"/henvendelser/filer/{file_of(contact).pk}").status_code == 404
    assert looks_at(contact.id) == []
    client.force_login(make_stranger().account)
    assert client.get(f"/henvendelser/filer/{file_of(contact).pk}").status_code == 404
    assert [(look.kind, look.outcome) for look in looks_at(contact.id)] == [("attachment", "refused")]
    assert client.get("/henvendelser/filer/999999999999999999999").status_code == 404


def test_who_may_hear_that_a_contact_changed() -> None:
    from indgang.core.contacts.reading import may_follow

    contact = make_contact()
    agnes, stranger = make_employee(groups={"general": (3, 1)}), make_stranger()
    assert may_follow(agnes.account_id, f"contact:{contact.id}")
    assert not may_follow(stranger.account_id, f"contact:{contact.id}")
    assert not may_follow(agnes.account_id, "contact:nonsense")


def test_a_long_conversation_is_in_order(client: Client) -> None:
    contact = make_contact("Først", at=AT)
    services.receive_message(contact_id=contact.id, message=NewMessage("Siden", "mail"), viewer=ROBOT, at=clock.now())
    shown = page(contact, client).content.decode()
    assert shown.index("Først") < shown.index("Siden")
    assert viewer_of(make_employee(), AT).is_staff
