"""Files and pictures of pages over HTTP: downloads that run nowhere, for who may see the case."""

import io

import pytest
from PIL import Image

from indgang.core.cases import services
from indgang.core.cases.models import DocumentVersion
from indgang.core.cases.testing import make_case
from indgang.core.organisation.testing import viewer_of
from indgang.foundation.access.selectors import looks_at
from indgang.foundation.letters.services import typeset
from indgang.foundation.letters.testing import make_letter
from indgang.foundation.letters.values import Paragraph
from indgang.foundation.runtime import clock
from indgang.foundation.runtime.services import open_file

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.FILES_ROOT = tmp_path / "files"
    settings.SCANNER_URL = ""


@pytest.fixture
def case(office):
    return make_case(unit=office)


@pytest.fixture
def document(case, filippa):
    at = clock.now()
    return services.add_document(
        case_id=case.id, title="Kontrakt", kind="in", name="Lejekontrakt æøå.pdf",
        content=typeset(make_letter(Paragraph("Huslejen er 7.000 kr."))), viewer=viewer_of(filippa, at), at=at,
    )  # fmt: skip


@pytest.fixture
def filippa_at_desk(client, filippa):
    client.force_login(filippa.account)
    return client


def test_a_file_comes_as_a_download_that_runs_nowhere(filippa_at_desk, document, case):
    answer = filippa_at_desk.get(f"/dokumenter/{document.id}/v/1")
    assert answer.status_code == 200
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    assert "no-store" in answer.headers["Cache-Control"]
    with open_file(DocumentVersion.objects.get().digest) as stored:
        assert b"".join(answer.streaming_content) == stored.read()
    assert [look.outcome for look in looks_at(case.person_id) if look.kind == "document"] == ["shown"]


def test_a_page_comes_as_a_picture(filippa_at_desk, document):
    answer = filippa_at_desk.get(f"/dokumenter/{document.id}/side/1.png?bredde=320")
    assert answer.headers["Content-Type"] == "image/png"
    assert Image.open(io.BytesIO(answer.content)).width == 320


@pytest.mark.parametrize("path", ["v/2", "side/9.png", "v/0", "side/0.png", "side/1.png?v=7", "v/99999999999999999999"])
def test_what_is_not_there_is_said_and_never_an_error_of_ours(filippa_at_desk, document, path):
    assert filippa_at_desk.get(f"/dokumenter/{document.id}/{path}").status_code == 404


def test_a_stranger_and_a_stated_reason_that_is_none_find_nothing(client, stranger, guide, document):
    address = f"/dokumenter/{document.id}/v/1"
    assert client.get(address).status_code == 404
    client.force_login(stranger.account)
    assert client.get(f"{address}?formaal=reason:citizen_present").status_code == 404
    client.force_login(guide.account)
    assert client.get(f"{address}?formaal=reason:nysgerrig").status_code == 404
    assert client.get(address).status_code == 404
    assert client.get(f"{address}?formaal=reason:citizen_present").status_code == 200


def test_a_file_that_is_gone_from_the_store_is_said(filippa_at_desk, document, settings):
    for path in settings.FILES_ROOT.glob("*/*"):
        path.unlink()
    for path in ("v/1", "side/1.png"):
        answer = filippa_at_desk.get(f"/dokumenter/{document.id}/{path}")
        assert answer.status_code == 503 and "kan ikke hentes fra lageret" in answer.content.decode()
