"""The demo's mailbox, and the mails a person must look at."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.test import Client, override_settings

from indgang.core.organisation.testing import make_agent, make_unit
from indgang.entrances.mail.mailroom import Mailroom
from indgang.entrances.mail.models import RawMail
from indgang.entrances.mail.testing import make_mail, receive, send
from indgang.foundation.access import services as access
from indgang.foundation.registers.testing import Outside, free_port, simulated_mail_server

pytestmark = pytest.mark.django_db(transaction=True)
AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@pytest.fixture
def outside(tmp_path: Path) -> Iterator[Outside]:
    with simulated_mail_server(tmp_path / "outside") as server:
        base = server.http_port - 2
        with override_settings(INDGANG_PORT=base, FILES_ROOT=tmp_path / "files"):
            yield server


def agent_client() -> Client:
    client = Client()
    client.force_login(make_agent().account)
    return client


def test_the_mailbox_shows_what_a_citizen_received(client: Client, outside: Outside):
    send(make_mail("Dit pas er klar.", subject="Dit pas på rådhuset"), port=outside.smtp_port, to="ida@borger.example")
    page = client.get("/demo/postkasse?til=IDA@").content.decode()
    assert "Dit pas på rådhuset" in page and "ida@borger.example" in page
    [mail] = outside.mails()
    assert "Dit pas er klar." in client.get(f"/demo/postkasse/{mail['id']}").content.decode()
    assert "Dit pas" not in client.get("/demo/postkasse?til=ole").content.decode()


def test_html_is_shown_in_a_frame_that_can_run_and_load_nothing(client: Client, outside: Outside):
    raw = b"From: a@b.example\r\nContent-Type: text/html\r\n\r\n<p>hej <script>x</script><img src=//x.example/1></p>"
    send(raw, port=outside.smtp_port, to="ida@borger.example")
    [mail] = outside.mails()
    frame = client.get(f"/demo/postkasse/{mail['id']}/html")
    assert "sandbox" in frame["Content-Security-Policy"] and "default-src 'none'" in frame["Content-Security-Policy"]
    assert b"<img" not in frame.content and b"script" not in frame.content
    assert b'sandbox="' in client.get(f"/demo/postkasse/{mail['id']}").content


def test_without_the_demo_there_is_no_mailbox(client: Client):
    with override_settings(INDGANG_DEMO=False):
        for path in ("/demo/postkasse", "/demo/postkasse/1", "/demo/postkasse/1/html"):
            assert client.get(path).status_code == 404
        assert client.post("/demo/postkasse/skriv", {}).status_code == 404


def test_a_mailbox_that_is_away_says_so(client: Client):
    with override_settings(INDGANG_PORT=free_port() - 2):
        assert "svarer ikke lige nu" in client.get("/demo/postkasse").content.decode()
        assert client.get("/demo/postkasse/1").status_code == 404


def test_an_invented_citizen_writes_to_the_municipality(client: Client):
    room = Mailroom("127.0.0.1", 0)
    room.start()
    letter = {"sender": "ida@borger.example", "name": "Ida Ærø", "subject": "Flytning", "body": "Jeg flytter."}
    with override_settings(INDGANG_PORT=room.port - 25):
        assert client.post("/demo/postkasse/skriv", letter).status_code == 302
    room.stop()
    row = RawMail.objects.get()
    assert row.sender == "ida@borger.example" and b"Jeg flytter." in bytes(row.content)


def test_a_letter_without_words_is_given_back_with_what_was_typed(client: Client, outside: Outside):
    answer = client.post("/demo/postkasse/skriv", {"sender": "ida@borger.example", "subject": "Mit emne", "body": ""})
    assert answer.status_code == 422 and "Mit emne" in answer.content.decode()


def test_mails_nobody_can_read_stand_in_a_list_for_staff_with_their_bytes():
    make_unit()
    noise = bytes(range(256)) * 4
    row = receive(noise, at=AT)
    client = agent_client()
    page = client.get("/arbejdsplads/post").content.decode()
    assert "Indholdet er ikke en mail." in page and "ida@borger.example" in page
    download = client.get(f"/arbejdsplads/post/{row.id}/mail.eml")
    assert download.content == noise and download["Content-Disposition"].startswith("attachment")
    looks = access.looks_at(row.id)
    assert [look.purpose for look in looks] == ["reason:unfiled_mail"] * 2  # the list and the mail


def test_strangers_never_see_the_post():
    make_unit()
    row = receive(bytes(range(256)), at=AT)
    for path in ("/arbejdsplads/post", f"/arbejdsplads/post/{row.id}/mail.eml"):
        assert Client().get(path).status_code == 404
    for path in ("igen", "laeg-vaek"):
        assert Client().post(f"/arbejdsplads/post/{row.id}/{path}").status_code == 404


def test_a_filed_mail_is_read_in_its_contact_only():
    make_unit()
    row = receive(make_mail(), at=AT)
    assert agent_client().get(f"/arbejdsplads/post/{row.id}/mail.eml").status_code == 404


def test_a_person_tries_a_mail_again_or_puts_it_away():
    make_unit()
    row = receive(bytes(range(256)), at=AT)
    client = agent_client()
    assert client.post(f"/arbejdsplads/post/{row.id}/igen").status_code == 302
    assert RawMail.objects.get().state == "stored"
    assert client.post(f"/arbejdsplads/post/{row.id}/laeg-vaek").status_code == 409
    RawMail.objects.update(state="attention")
    assert client.post(f"/arbejdsplads/post/{row.id}/laeg-vaek").status_code == 302
    assert "Indholdet er ikke en mail." not in client.get("/arbejdsplads/post").content.decode()


@pytest.mark.parametrize("mail_id", ["²", "..", "1" * 300, "12a"])
def test_an_address_that_names_no_mail_is_not_found(client: Client, outside: Outside, mail_id: str):
    assert client.get(f"/demo/postkasse/{mail_id}").status_code == 404
