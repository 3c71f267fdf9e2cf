"""Files from outside: what they are, what is refused, and their words."""

import io
import os
import resource
import signal
import subprocess
import sys
import threading
import time
import zlib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indgang.foundation.letters import cells, checking, errors, reading
from indgang.foundation.letters.cautions import caution
from indgang.foundation.letters.tests import made_files as made

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ODT = "application/vnd.oasis.opendocument.text"


def inspect(content: bytes, name: str, **more: object):
    return checking.inspect(io.BytesIO(content), name=name, **more)


def words(content: bytes, media_type: str, **more: object):
    return reading.extract_text(io.BytesIO(content), name="fil", media_type=media_type, **more)


def test_a_pdf_is_known_by_its_content():
    facts = inspect(made.simple([["Kære borger"], ["Side to"]]), "brev.pdf")
    assert (facts.media_type, facts.pages, facts.text_found, facts.warnings) == (PDF, 2, True, ())
    assert len(facts.sha256) == 64 and facts.damaged == "" and not facts.encrypted


@pytest.mark.parametrize(
    ("content", "name", "media_type", "pages"),
    [
        (made.picture("PNG"), "a.png", "image/png", 1),
        (made.picture("JPEG"), "a.JPG", "image/jpeg", 1),
        (made.picture("TIFF", frames=3), "a.tif", "image/tiff", 3),
        ("Kære kommune\r\nÆøå".encode("cp1252"), "a.txt", "text/plain", None),
        (b"From: a@b.example\r\nSubject: x\r\n\r\nHej", "a.eml", "message/rfc822", None),
        (made.docx("Hej"), "a.docx", DOCX, None),
        (made.xlsx(), "a.xlsx", XLSX, None),
        (made.odt("<t:p>Hej</t:p>"), "a.odt", ODT, None),
    ],
)
def test_what_citizens_send_is_taken_in(content, name, media_type, pages):
    facts = inspect(content, name)
    assert (facts.media_type, facts.pages) == (media_type, pages)


@pytest.mark.parametrize(
    ("content", "name", "refusal"),
    [
        (b"", "tom.pdf", errors.FileEmpty),
        (b"MZ\x90\x00" + bytes(200), "faktura.pdf", errors.FileDangerous),
        (b"\x7fELF" + bytes(200), "x.png", errors.FileDangerous),
        (b"#!/bin/sh\nrm -rf /\n", "note.txt", errors.FileDangerous),
        (b"echo hej", "note.bat", errors.FileDangerous),
        (b"<!DOCTYPE html><script>1</script>", "note.txt", errors.FileDangerous),
        (b"\xef\xbb\xbf <svg xmlns='x' onload='1'/>", "tegning.txt", errors.FileDangerous),
        (b"<svg/>", "tegning.svg", errors.FileDangerous),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100), "gammel.doc", errors.FileTypeRefused),
        (b"{\\rtf1 hej}", "brev.rtf", errors.FileTypeRefused),
        (b"\x00\x00\x00\x18ftypheic" + bytes(90), "foto.heic", errors.FileTypeRefused),
        (b"bare tekst", "brev", errors.FileTypeRefused),
        (b"bare tekst", "brev.pdf", errors.FileNameMisleads),
        (made.picture("PNG"), "brev.pdf", errors.FileNameMisleads),
        (made.simple([["x"]]), "brev.docx", errors.FileNameMisleads),
        (made.docx("x"), "brev.odt", errors.FileNameMisleads),
        (made.zipped({"a.txt": b"hej"}), "samling.docx", errors.FileTypeRefused),
        (made.zipped({"a.txt": b"hej"}), "samling.zip", errors.FileTypeRefused),
        (made.docx("x", more={"../../etc/passwd": b"x"}), "brev.docx", errors.FileDangerous),
        (made.simple([["x"]]) + made.zipped({"a.class": b"x"}), "brev.pdf", errors.FileDangerous),
        (made.picture("PNG") + made.zipped({"a.class": b"x"}), "foto.png", errors.FileDangerous),
        (made.docx("x", head='<!DOCTYPE l [<!ENTITY a "aaaa">]>'), "brev.docx", errors.FileDangerous),
        (made.simple([["x"]])[:200], "brev.pdf", errors.FileDamaged),
        (b"%PDF-1.7\n" + os.urandom(4000), "brev.pdf", errors.FileDamaged),
        (made.picture("PNG")[:60], "foto.png", errors.FileDamaged),
        (made.docx("x")[:-30], "brev.docx", errors.FileDamaged),
    ],
)
def test_what_may_not_be_taken_in_is_refused_with_a_sentence(content, name, refusal):
    with pytest.raises(refusal) as caught:
        inspect(content, name)
    assert name in str(caught.value)
    assert 400 <= caught.value.status < 500


def test_a_pdf_with_a_password_is_refused():
    pdf = made.Pdf()
    pdf.page(made.lines(["Hemmeligt"]))
    with pytest.raises(errors.FileEncrypted):
        inspect(pdf.bytes(locked=True), "brev.pdf")


def test_a_cut_off_pdf_that_can_still_be_read_says_so():
    content = made.simple([["Kære borger"]])
    facts = inspect(content[: content.rindex(b"xref\n")], "brev.pdf")
    assert (facts.damaged, facts.pages) == ("end", 1)


def test_a_pdf_with_a_program_and_files_inside_is_taken_in_with_a_warning():
    facts = inspect(made.burdened(), "brev.pdf")
    assert {"javascript", "attachments", "form"} <= set(facts.warnings)


def test_macros_are_told():
    facts = inspect(made.docx("x", more={"word/vbaProject.bin": b"x"}), "brev.docm")
    assert facts.warnings == ("macros",)


def test_every_warning_has_a_sentence():
    for code in ("javascript", "attachments", "form", "macros", "external", "no_text", "claimed"):
        assert caution(code).endswith(".")


def test_the_type_the_sender_claims_is_not_believed():
    facts = inspect(made.picture("PNG"), "foto.png", claimed_type="application/pdf")
    assert facts.media_type == "image/png"
    assert "claimed" in facts.warnings


def test_a_file_larger_than_the_limit_is_refused_before_it_is_opened():
    with pytest.raises(errors.FileTooLarge, match="højst være 1 MB"):
        inspect(made.simple([["x"]]) + bytes(2 * 1024 * 1024), "brev.pdf", most=1024 * 1024)


def test_five_hundred_megabytes_are_looked_at_in_little_memory(tmp_path: Path):
    """The picture inside is never unpacked: the file is known page by page."""
    large = tmp_path / "scan.pdf"
    pdf = made.Pdf()
    pdf.page(made.lines(["Et stort bilag"]))
    content = pdf.bytes()
    with large.open("wb") as file:  # what the table of contents does not name, between head and objects
        file.write(content[:9] + b"%")
        file.seek(520 * 1024 * 1024)
        file.write(b"\n" + content[9:])
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    facts = checking.inspect(large, name="scan.pdf")
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert facts.size > 500 * 1024 * 1024 and facts.pages == 1
    assert grown < 50 * 1024  # KiB


def test_a_picture_that_unfolds_to_gigabytes_is_refused():
    head = b"\x89PNG\r\n\x1a\n"
    size = (60_000).to_bytes(4, "big") * 2 + b"\x08\x02\x00\x00\x00"

    def chunk(kind: bytes, content: bytes) -> bytes:
        return len(content).to_bytes(4, "big") + kind + content + zlib.crc32(kind + content).to_bytes(4, "big")

    packed = zlib.compress(bytes(10_000_000), 9)
    bomb = head + chunk(b"IHDR", size) + chunk(b"IDAT", packed) + chunk(b"IEND", b"")
    with pytest.raises(errors.FileUnfolds):
        inspect(bomb, "foto.png")


def test_an_office_file_that_unfolds_to_gigabytes_is_refused():
    with pytest.raises(errors.FileUnfolds):
        inspect(made.docx("x", more={"word/media/a.bin": bytes(150 * 1024 * 1024)}), "brev.docx")


def test_danish_letters_ligatures_and_broken_words_are_read():
    pdf = made.simple([["Blåbærgrød på Ærø", "Vi sender en lang af-", "gørelse til Ida Kær-", "Søby i morgen"]])
    assert words(pdf, PDF).text == "Blåbærgrød på Ærø\nVi sender en lang afgørelse til Ida Kær-Søby i morgen"
    assert words("e\u0301t a\u030a \ufb01n af\u00adgørelse".encode(), "text/plain").text == "ét å fin afgørelse"


def test_the_text_of_each_page_stands_by_itself():
    assert words(made.simple([["Et"], [], ["Tre"]]), PDF).pages == ("Et", "", "Tre")


def test_words_of_office_files_and_mails_are_read():
    assert words(made.docx("Kære", "Ansøgning om støtte"), DOCX).text == "Kære\nAnsøgning om støtte"
    assert words(made.odt("<t:p>Hej <t:span>du</t:span> der</t:p><t:p>Æ</t:p>"), ODT).text == "Hej du der\nÆ"
    assert words(made.xlsx(), XLSX).text == "Indtægt 4200\nHusleje"
    mail = (
        "From: Ida <ida@borger.example>\r\nSubject: =?utf-8?q?Ans=C3=B8gning?=\r\nMIME-Version: 1.0\r\n"
        "Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
        "<p>Hej</p><script>ondt()</script><p>Mit navn er Åse</p>"
    )
    text = words(mail.encode(), "message/rfc822").text
    assert "Subject: Ansøgning" in text and "Mit navn er Åse" in text and "ondt" not in text


def test_more_text_than_is_kept_is_cut_and_said():
    found = words(made.simple([["Ord " * 20]] * 5), PDF, most=100)
    assert found.clipped and len(found.text.replace("\n", "")) <= 100


def test_text_for_the_database_holds_no_nul():
    assert words(b"a\x00b\x0cc", "text/plain").text == "ab\nc"


def test_a_process_that_dies_takes_nobody_with_it(tmp_path: Path):
    cells.run("check", name="x", path=str(_file(tmp_path)), media_type=PDF, seconds=20)
    os.kill(resting()._process.pid, signal.SIGKILL)
    time.sleep(0.2)
    assert inspect(made.simple([["x"]]), "brev.pdf").pages == 1


def test_a_file_that_takes_too_long_is_called_damaged(tmp_path: Path):
    fifo = tmp_path / "aldrig.txt"
    os.mkfifo(fifo)  # nobody ever writes: reading it would last for ever
    with pytest.raises(errors.FileDamaged):
        cells.run("extract", name="x", path=str(fifo), media_type="text/plain", most=10, seconds=0.5)
    assert inspect(made.simple([["x"]]), "brev.pdf").pages == 1


def test_many_files_at_once_are_read_by_turns():
    found: list[int | None] = []

    def one() -> None:
        found.append(inspect(made.simple([["x"]] * 3), "brev.pdf").pages)

    threads = [threading.Thread(target=one) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [3] * 8
    assert len(cells._resting) <= cells._MOST_AT_ONCE


def test_the_process_that_opens_files_knows_no_secrets():
    environment = Path(f"/proc/{resting()._process.pid}/environ").read_bytes()
    assert {pair.partition(b"=")[0] for pair in environment.split(b"\0") if pair} == {
        b"PYTHONPATH",
        b"PYTHONIOENCODING",
        b"LANG",
    }


def test_the_process_that_opens_files_ends_with_the_one_that_asked():
    script = (
        "from indgang.foundation.letters import cells\n"
        "cell = cells._Cell(); print(cell._process.pid, flush=True)\n"
        "import os; os._exit(9)"
    )
    asked = subprocess.run([sys.executable, "-c", script], capture_output=True, cwd=cells._ROOT, check=False)
    place = Path(f"/proc/{int(asked.stdout)}")
    for _ in range(100):
        if not place.exists() or " Z " in (place / "stat").read_text():
            return
        time.sleep(0.1)
    raise AssertionError("it is still there")


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_file_damaged_anywhere_is_read_or_refused(data: st.DataObject):
    kind, name = data.draw(st.sampled_from([(made.burdened(), "a.pdf"), (made.picture("TIFF", frames=2), "a.tif")]))
    content = bytearray(kind)
    for _ in range(data.draw(st.integers(1, 20))):
        content[data.draw(st.integers(20, len(content) - 1))] = data.draw(st.integers(0, 255))
    try:
        facts = inspect(bytes(content), name)
        reading.extract_text(io.BytesIO(content), name=name, media_type=facts.media_type)
    except errors.DomainError as refusal:
        assert refusal.code.startswith("L3")


def resting() -> cells._Cell:
    """A process that waits for its next file; the one before may just have ended after the last it opens."""
    inspect(made.simple([["x"]]), "brev.pdf")
    while not cells._resting:
        inspect(made.simple([["x"]]), "brev.pdf")
    return cells._resting[-1]


def _file(folder: Path) -> Path:
    path = folder / "a.pdf"
    path.write_bytes(made.simple([["x"]]))
    return path
