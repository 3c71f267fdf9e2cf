"""POST /cases/{number}/documents: a script with a personal key puts a file on a case."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from indgang.core.cases import selectors, services
from indgang.core.cases.models import Document
from indgang.core.cases.testing import make_case
from indgang.core.organisation.testing import viewer_of
from indgang.foundation.access.services import make_key
from indgang.foundation.runtime import clock

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.FILES_ROOT = tmp_path / "files"
    settings.SCANNER_URL = ""


@pytest.fixture
def case(office):
    return make_case(unit=office)


@pytest.fixture
def post(client, case, filippa):
    key = make_key("personal", filippa.name, filippa.account_id, clock.now())

    def send(content=b"Lejekontrakt", name="kontrakt.txt", *, token=key, headers=None, **fields):
        return client.post(
            f"/api/v1/cases/{case.number}/documents",
            {"file": SimpleUploadedFile(name, content, "text/plain"), **fields},
            headers={"Authorization": f"Bearer {token}", **(headers or {})},
        )

    return send


def test_a_file_is_put_on_the_case(post, case, filippa):
    answer = post(title="Lejekontrakt", channel="letter")
    assert answer.status_code == 201, answer.content
    made = answer.json()
    assert (made["title"], made["media_type"], made["scan"]) == ("Lejekontrakt", "text/plain", "not_scanned")
    [row] = selectors.documents_of(viewer_of(filippa), case.id, clock.now())
    assert str(row.id) == made["id"] and row.channel == "letter"


def test_a_large_file_is_taken_from_the_disk(post):
    answer = post(b"ord " * 1_000_000, "stor.txt", title="Stor")
    assert answer.status_code == 201 and answer.json()["size"] == 4_000_000


def test_the_same_request_twice_is_one_document(post):
    first, again = post(headers={"Idempotency-Key": "et-brev"}), post(headers={"Idempotency-Key": "et-brev"})
    assert (first.status_code, again.json()) == (201, first.json())
    assert Document.objects.count() == 1


@pytest.mark.parametrize(
    ("fields", "status", "field"),
    [
        ({"title": "010190-1234"}, 422, "title"),
        ({"title": "a" * 500}, 422, "title"),
        ({"kind": "sidelæns"}, 422, "kind"),
        ({"internal": "true"}, 422, "internal_ground"),
        ({"name": "x.exe", "content": b"MZ" + b"\0" * 300}, 415, "file"),
        ({"content": b"", "name": "tom.txt"}, 422, "file"),
    ],
)
def test_what_cannot_be_taken_is_said_by_field_and_nothing_is_kept(post, fields, status, field):
    answer = post(**fields)
    assert answer.status_code == status, answer.content
    assert answer.json()["errors"][0]["field"] == field
    assert not Document.objects.exists()


def test_without_a_file_or_a_right_there_is_no_document(client, case, stranger, post):
    key = make_key("personal", stranger.name, stranger.account_id, clock.now())
    assert post(token=key).status_code == 404
    assert post(token="indgang_wrong").status_code == 401
    answer = client.post(
        f"/api/v1/cases/{case.number}/documents", {"title": "x"}, headers={"Authorization": f"Bearer {key}"}
    )
    assert answer.status_code == 422


@pytest.fixture
def search(client, filippa):
    key = make_key("personal", filippa.name, filippa.account_id, clock.now())

    def ask(token=key, **asked):
        return client.get("/api/v1/documents", asked, headers={"Authorization": f"Bearer {token}"})

    return ask


def test_documents_are_searched_by_what_they_say_a_page_at_a_time(post, case, search):
    for number in range(3):
        post(f"Kvittering {number} for huslejen".encode(), f"{number}.txt", title=f"Nr. {number}")
    services.read_documents(clock.now())
    first = search(q="husleje", limit=2).json()
    assert [row["title"] for row in first["items"]] == ["Nr. 2", "Nr. 1"]
    assert first["items"][0]["excerpt"] == "Kvittering 2 for huslejen"
    assert first["items"][0]["case"]["number"] == case.number
    rest = search(q="husleje", limit=2, cursor=first["cursor"]).json()
    assert [row["title"] for row in rest["items"]] == ["Nr. 0"] and rest["cursor"] is None
    assert len(search(q="husleje", case=case.number).json()["items"]) == 3


@pytest.mark.parametrize(
    ("asked", "code", "status"),
    [
        ({"q": "og"}, "S133", 422),
        ({"q": "0101011234"}, "S110", 422),
        ({"q": "husleje", "cursor": "x"}, "W", 422),
        ({"q": "husleje", "case": "2026-999999-9"}, "", 404),
        ({}, "", 422),
    ],
)
def test_a_search_that_cannot_be_made_says_what_to_do(search, asked, code, status):
    answer = search(**asked)
    assert answer.status_code == status and answer.headers["Content-Type"].startswith("application/problem+json")
    assert code in answer.content.decode()


def test_a_stranger_finds_nothing_of_others_and_nobody_without_a_key(post, search, stranger):
    post(b"Kvittering for huslejen", title="Kvittering")
    services.read_documents(clock.now())
    key = make_key("personal", stranger.name, stranger.account_id, clock.now())
    assert search(token=key, q="husleje").json()["items"] == []
    assert search(token="x", q="husleje").status_code == 401
