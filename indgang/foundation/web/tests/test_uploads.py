"""Files on their way in go to the disk they will lie on; a disk that fills up is said, and the text is kept."""

import pytest
from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from indgang.foundation.runtime.services import incoming_folder
from indgang.foundation.web import uploads
from indgang.foundation.web.uploads import AT_ONCE

BIG = b"x" * (2 * 1024 * 1024)


@pytest.fixture
def guest(settings, tmp_path, db):
    settings.ROOT_URLCONF = "indgang.foundation.web.tests.routes"
    settings.FILES_ROOT = tmp_path / "files"
    return Client()


@pytest.fixture
def large(monkeypatch):
    """What these tests send is more than a page takes that does not ask for large files."""
    monkeypatch.setattr(uploads, "LONGEST_REQUEST", 1024 * 1024)


def log_in(guest):
    guest.force_login(get_user_model().objects.create(username="agnes"))


def send(guest, address="/fejl/fil", content=BIG, **more):
    return guest.post(address, {"tekst": "Se vedlagte.", "fil": SimpleUploadedFile("stor.bin", content)}, **more)


def test_a_large_file_arrives_beside_where_it_will_lie_and_is_gone_with_the_request(guest):
    answer = send(guest)
    assert (answer.status_code, answer.json()) == (200, {"size": len(BIG), "folder": str(incoming_folder())})
    assert not list(incoming_folder().iterdir())


def test_a_disk_that_fills_up_while_a_file_arrives_is_said_and_the_text_is_kept(guest, monkeypatch):
    monkeypatch.setattr("shutil.disk_usage", lambda _folder: type("Usage", (), {"free": 1000})())
    answer = send(guest)
    page = answer.content.decode()
    assert answer.status_code == 507 and "ikke plads" in page and "Se vedlagte." in page
    assert not list(incoming_folder().iterdir())


def test_a_long_request_is_taken_at_its_own_page_from_who_is_logged_in_only(guest, large):
    assert send(guest, "/fejl/stor-fil").status_code == 413
    log_in(guest)
    assert send(guest, "/fejl/fil").status_code == 413
    assert send(guest, "/fejl/stor-fil").status_code == 200


def test_large_files_leave_threads_for_the_others(guest, large):
    log_in(guest)
    held = [uploads._receiving.acquire(blocking=False) for _ in range(AT_ONCE)]
    try:
        answer = send(guest, "/fejl/stor-fil")
        assert answer.status_code == 503 and "flere store filer" in answer.content.decode()
        assert guest.get("/tilgaengelighed").status_code == 200
    finally:
        for _ in held:
            uploads._receiving.release()
    assert send(guest, "/fejl/stor-fil").status_code == 200
