"""Files on a case: taken in whatever their size, kept in every version, opened by right and never in secret."""

import io
import os
from datetime import timedelta

import pytest
from PIL import Image

from indgang.core.cases import errors, selectors, services
from indgang.core.cases.models import Case, Document, DocumentVersion
from indgang.core.cases.testing import entries_of, events_of_case, make_case
from indgang.core.organisation.testing import viewer_of
from indgang.foundation.access.errors import LogUnavailable, NotFound
from indgang.foundation.access.selectors import looks_at
from indgang.foundation.access.values import Purpose
from indgang.foundation.letters.errors import FileDangerous, FileNameMisleads, FileTypeRefused
from indgang.foundation.letters.services import typeset
from indgang.foundation.letters.testing import make_letter
from indgang.foundation.letters.values import Paragraph
from indgang.foundation.registers.testing import SIGNATURE, free_port, simulated_scanner
from indgang.foundation.runtime.errors import DiskFull
from indgang.foundation.runtime.services import incoming_folder, open_file, store_file

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.FILES_ROOT = tmp_path / "files"
    settings.SCANNER_URL = ""


@pytest.fixture
def filippa_sees(filippa, at):
    return viewer_of(filippa, at)


@pytest.fixture
def case(office, at):
    return make_case(unit=office, at=at)


def a_letter(words="Lejekontrakten gælder fra den første i måneden."):
    return typeset(make_letter(Paragraph(words)))


def a_picture():
    made = io.BytesIO()
    Image.new("RGB", (400, 200), "white").save(made, "PNG")
    return made.getvalue()


def put(case, viewer, at, content=None, name="lejekontrakt.pdf", title="Lejekontrakt", **facts):
    return services.add_document(
        case_id=case.id, title=title, kind="in", name=name, content=content or a_letter(), viewer=viewer, at=at, **facts
    )


def kept(settings):
    return [path for path in settings.FILES_ROOT.rglob("*") if path.is_file()]


@pytest.mark.req("esdh.all")
def test_a_scanned_letter_becomes_a_document_with_a_line_in_the_journal_and_its_file_is_kept(case, filippa_sees, at):
    content = a_letter()
    document = put(case, filippa_sees, at, content, channel="letter")
    [row] = selectors.documents_of(filippa_sees, case.id, at)
    assert (row.title, row.kind, row.channel, row.pages, row.media_type) == (
        "Lejekontrakt", "in", "letter", 1, "application/pdf",
    )  # fmt: skip
    [line] = [entry for entry in entries_of(case.id) if entry.kind == "document"]
    assert (line.at, line.channel, line.document, line.employee) == (
        at, "letter", document.id, filippa_sees.actor.employee,
    )  # fmt: skip
    version = DocumentVersion.objects.get(document=document)
    with open_file(version.digest) as stored:
        assert stored.read() == content
    assert events_of_case(case.id)[-1].verb == "case.document_added"


def test_a_large_file_is_moved_into_place_and_never_copied(case, filippa_sees, at):
    source = incoming_folder() / "stor"
    source.write_bytes(a_letter())
    inode = source.stat().st_ino
    document = put(case, filippa_sees, at, path=source)
    digest = DocumentVersion.objects.get(document=document).digest
    with open_file(digest) as stored:
        assert os.fstat(stored.fileno()).st_ino == inode
    assert not source.exists()


def test_a_file_without_a_title_is_called_by_its_name(case, filippa_sees, at):
    assert put(case, filippa_sees, at, title="").title == "lejekontrakt.pdf"


def test_a_title_with_a_cpr_number_is_refused_and_nothing_is_kept(case, filippa_sees, at, settings):
    with pytest.raises(errors.CprInTitle):
        put(case, filippa_sees, at, title="Kontrakt for 010190-1234")
    assert not kept(settings) and not Document.objects.exists()


@pytest.mark.parametrize(
    ("name", "content", "refusal"),
    [
        ("program.exe", b"MZ" + b"\0" * 500, FileDangerous),
        ("brev.pdf", b"\x89PNG\r\n\x1a\n", None),
        ("arkiv.rar", b"Rar!\x1a\x07\x00" + b"\0" * 100, FileTypeRefused),
        ("side.html", b"<html><script>alert(1)</script></html>", FileDangerous),
    ],
)
def test_a_file_of_a_wrong_type_is_refused_in_words_and_nothing_is_kept(
    case, filippa_sees, at, settings, name, content, refusal
):
    content = a_picture() if refusal is None else content
    with pytest.raises(refusal or FileNameMisleads) as refused:
        put(case, filippa_sees, at, content, name=name)
    assert refused.value.status == 415 and name in str(refused.value)
    assert not Document.objects.exists() and not DocumentVersion.objects.exists()


def test_a_damaged_pdf_is_kept_and_marked_with_what_to_do(case, filippa_sees, at):
    content = b"%PDF-1.7\n" + b"\0ikke en pdf" * 200
    document = put(case, filippa_sees, at, content)
    [row] = selectors.documents_of(filippa_sees, case.id, at)
    assert "beskadiget" in row.damaged and "bed om at få den sendt igen" in row.damaged
    with open_file(DocumentVersion.objects.get(document=document).digest) as stored:
        assert stored.read() == content
    with pytest.raises(errors.FileUnreadable):
        selectors.preview(filippa_sees, document.id, at=at)


def test_a_file_larger_than_a_document_may_be_is_refused_before_it_is_read(case, filippa_sees, at):
    source = incoming_folder() / "for-stor"
    with source.open("wb") as f:
        f.truncate(500 * 1024 * 1024 + 1)
    with pytest.raises(errors.DocumentTooLarge) as refused:
        put(case, filippa_sees, at, path=source)
    assert refused.value.status == 413 and "500 MB" in str(refused.value)


def test_a_full_disk_is_said_and_nothing_is_put_on_the_case(case, filippa_sees, at, monkeypatch):
    content = a_letter()
    monkeypatch.setattr("shutil.disk_usage", lambda _folder: type("Usage", (), {"free": 1000})())
    with pytest.raises(DiskFull):
        put(case, filippa_sees, at, content)
    assert not Document.objects.exists() and not [e for e in entries_of(case.id) if e.kind == "document"]


@pytest.mark.req("esdh.addresses")
def test_versions_are_never_overwritten_and_the_slower_of_two_hears_who_was_faster(case, filippa_sees, clerk, at):
    first, second = a_letter("Første"), a_letter("Anden")
    document = put(case, filippa_sees, at, first)
    fatima = viewer_of(clerk, at)
    newer = dict(document_id=document.id, name="ny.pdf", version=document.version)
    services.add_version(**newer, content=second, viewer=fatima, at=at)
    with pytest.raises(errors.StaleDocument) as stale:
        services.add_version(**newer, content=a_letter("Tredje"), viewer=filippa_sees, at=at)
    assert "Fatima Forklar" in str(stale.value) and stale.value.status == 409
    page = selectors.document(filippa_sees, document.id, at=at)
    assert [row.number for row in page.versions] == [2, 1] and page.row.current == 2
    for number, content in ((1, first), (2, second)):
        with open_file(selectors.download(filippa_sees, document.id, version=number, at=at).digest) as stored:
            assert stored.read() == content


def test_a_final_document_takes_no_more_versions(case, filippa_sees, at):
    document = put(case, filippa_sees, at)
    final = services.finalise(document_id=document.id, version=document.version, viewer=filippa_sees, at=at)
    with pytest.raises(errors.DocumentFinal):
        services.add_version(
            document_id=document.id, name="ny.pdf", content=a_letter(), version=final.version, viewer=filippa_sees,
            at=at,
        )  # fmt: skip


def test_a_document_is_internal_only_with_a_ground(case, filippa_sees, at):
    document = put(case, filippa_sees, at)
    facts = dict(document_id=document.id, internal=True, version=document.version, viewer=filippa_sees, at=at)
    with pytest.raises(errors.InternalGroundMissing):
        services.mark_internal(**facts)
    services.mark_internal(**facts, internal_ground="Offentlighedsloven § 23")
    [row] = selectors.documents_of(filippa_sees, case.id, at)
    assert row.internal and row.internal_ground == "Offentlighedsloven § 23"
    with pytest.raises(errors.StaleDocument):
        services.mark_internal(**facts, internal_ground="igen")


@pytest.mark.parametrize("open_it", ["document", "download", "preview"])
def test_opening_a_document_is_a_look_and_so_is_the_attempt(case, filippa_sees, stranger, at, open_it):
    document = put(case, filippa_sees, at)
    getattr(selectors, open_it)(filippa_sees, document.id, at=at)
    with pytest.raises(NotFound):
        getattr(selectors, open_it)(viewer_of(stranger, at), document.id, at=at)
    looks = [(look.actor, look.kind, look.outcome) for look in looks_at(case.person_id) if look.kind == "document"]
    strange = f"employee:{stranger.pk}"
    assert set(looks) == {(filippa_sees.name, "document", "shown"), (strange, "document", "refused")}


def test_a_document_is_not_read_while_the_log_cannot_be_written(case, filippa_sees, at, monkeypatch):
    document = put(case, filippa_sees, at)

    def closed(*_, **__):
        raise LogUnavailable

    monkeypatch.setattr("indgang.foundation.access.looking._keep", closed)
    monkeypatch.setattr(DocumentVersion.objects, "filter", closed)
    with pytest.raises(LogUnavailable):
        selectors.download(filippa_sees, document.id, at=at)


def test_access_to_a_document_is_access_to_its_case_and_ends_with_it(case, guide, filippa_sees, at):
    """Knowing the same task is not enough: a sensitive case is closed to who only informs."""
    document = put(case, filippa_sees, at)
    esben, why = viewer_of(guide, at), Purpose("reason", "citizen_present")
    assert selectors.document(esben, document.id, purpose=why, at=at).row.title == "Lejekontrakt"
    with pytest.raises(NotFound):
        selectors.document(esben, document.id, at=at)
    Case.objects.filter(id=case.id).update(sensitivity="sensitive")
    with pytest.raises(NotFound):
        selectors.document(esben, document.id, purpose=why, at=at)
    with pytest.raises(NotFound):
        selectors.documents_of(esben, case.id, at)


def test_a_page_is_shown_as_a_picture_of_the_asked_width(case, filippa_sees, at):
    document = put(case, filippa_sees, at)
    picture = Image.open(io.BytesIO(selectors.preview(filippa_sees, document.id, 1, 300, at=at)))
    assert picture.format == "PNG" and picture.width == 300


def test_a_file_of_a_contact_becomes_a_document_once_and_is_kept_whatever_it_is(case, filippa_sees, at):
    digest = store_file(b"MZ et program")
    facts = dict(
        case_id=case.id, contact=case.id, name="regning.exe", media_type="application/pdf", size=13, digest=digest,
        channel="mail", viewer=filippa_sees, at=at,
    )  # fmt: skip
    first, again = services.file_attachment(**facts), services.file_attachment(**facts)
    assert first.id == again.id and Document.objects.count() == 1
    services.read_documents(at)
    [row] = selectors.documents_of(filippa_sees, case.id, at)
    assert row.channel == "mail" and "kan køre som et program" in row.damaged
    assert selectors.download(filippa_sees, first.id, at=at).digest == digest


def test_a_file_is_marked_as_not_scanned_where_no_scanner_is_set_up(case, filippa_sees, at):
    put(case, filippa_sees, at)
    services.read_documents(at)
    [row] = selectors.documents_of(filippa_sees, case.id, at)
    assert (row.scan, row.scan_name, row.read) == ("not_scanned", "Ikke undersøgt for virus", True)


def test_a_file_with_malware_is_kept_and_never_opened(case, filippa_sees, at, tmp_path):
    document = put(case, filippa_sees, at, b"Til kommunen\n" + SIGNATURE, name="brev.txt")
    with simulated_scanner(tmp_path / "scanner"):
        services.read_documents(at)
    [row] = selectors.documents_of(filippa_sees, case.id, at)
    assert (row.scan, row.scan_found) == ("refused", "Eicar-Test-Signature")
    for look in (selectors.download, selectors.preview):
        with pytest.raises(errors.FileInfected):
            look(filippa_sees, document.id, at=at)
    assert DocumentVersion.objects.get(document=document).size == len(b"Til kommunen\n" + SIGNATURE)


def test_a_scanner_that_is_down_is_asked_again_and_then_the_file_is_read_unscanned(
    case, filippa_sees, at, settings, tmp_path
):
    put(case, filippa_sees, at)
    settings.SCANNER_URL = f"clamd://127.0.0.1:{free_port()}"
    assert [services.read_documents(at) for _ in range(5)] == [0, 0, 0, 0, 1]
    [row] = selectors.documents_of(filippa_sees, case.id, at)
    assert row.read and row.scan == "not_scanned"
    with simulated_scanner(tmp_path / "scanner"):
        assert services.scan_again(at + timedelta(hours=1)) == 1
    [row] = selectors.documents_of(filippa_sees, case.id, at)
    assert row.scan == "clean"


def test_a_purpose_in_an_address_is_cut_to_what_can_be_logged():
    assert selectors.purpose_asked("reason:citizen\x00_present") == Purpose("reason", "citizen_present")
    assert selectors.purpose_asked("reason:\x00") is None
