"""Packages: one PDF with a list of contents, and a zip."""

import io
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pypdfium2 as pdfium
import pytest

from indgang.foundation.letters import errors, packaging
from indgang.foundation.letters.pages import Enclosed
from indgang.foundation.letters.tests import made_files as made
from indgang.foundation.letters.tests.looking import stands_in

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def enclosed(folder: Path, title: str, content: bytes, media_type: str, **more: str) -> Enclosed:
    path = folder / f"{len(list(folder.iterdir()))}.bin"
    path.write_bytes(content)
    return Enclosed(title=title, path=path, name=title, media_type=media_type, **more)


@pytest.fixture
def files(tmp_path: Path) -> list[Enclosed]:
    folder = tmp_path / "ind"
    folder.mkdir()
    return [
        enclosed(folder, "Afgørelse", made.burdened(), "application/pdf", date="2. marts 2026", note="Dækket: § 30"),
        enclosed(folder, "Billede", made.picture("TIFF", frames=2), "image/tiff"),
        enclosed(folder, "Note #let x", "Kære Åse\n\n#panic() $x$ \\ [a]".encode(), "text/plain"),
        enclosed(folder, "Regneark", made.xlsx(), XLSX),
    ]


def texts(path: Path) -> list[str]:
    with pdfium.PdfDocument(path) as document:
        return [page.get_textpage().get_text_range() for page in document]


@pytest.mark.req("law.aktindsigt")
def test_a_package_begins_with_a_list_that_tells_each_page(tmp_path: Path, files: list[Enclosed]):
    target = tmp_path / "pakke.pdf"
    made_one = packaging.bundle(files, title="Aktindsigt", cover_lines=["Her er sagen."], target=target)
    assert (made_one.pages, made_one.starts) == (6, (2, 4, 6, 0))
    pages = texts(target)
    for words in ("Aktindsigt", "Her er sagen.", "Afgørelse", "Dækket: § 30", "2. marts 2026", "særskilt fil"):
        assert words in pages[0]
    assert "Dette er side et." in pages[1] and "Dette er side to." in pages[2]
    assert "#panic() $x$" in pages[5]  # a text is never code


def test_a_package_holds_the_pages_and_nothing_that_came_with_them(tmp_path: Path, files: list[Enclosed]):
    target = tmp_path / "pakke.pdf"
    packaging.bundle(files, title="Aktindsigt", cover_lines=[], target=target)
    assert [word for word in made.BURDENS if stands_in(word, target.read_bytes())] == []


def test_every_file_has_its_bookmark(tmp_path: Path, files: list[Enclosed]):
    target = tmp_path / "pakke.pdf"
    packaging.bundle(files, title="Aktindsigt", cover_lines=[], target=target)
    with pdfium.PdfDocument(target) as document:
        marks = [(mark.get_title(), mark.get_dest().get_index()) for mark in document.get_toc()]
    assert marks == [("Afgørelse", 1), ("Billede", 3), ("Note #let x", 5)]


def test_a_long_list_takes_the_pages_it_needs(tmp_path: Path, files: list[Enclosed]):
    target = tmp_path / "pakke.pdf"
    many = [files[2]] * 70
    made_one = packaging.bundle(many, title="Aktindsigt", cover_lines=[], target=target)
    pages = texts(target)
    assert made_one.starts[0] == pages.index(next(page for page in pages if "#panic()" in page)) + 1 > 2


def test_a_damaged_file_stops_the_package_and_leaves_none(tmp_path: Path, files: list[Enclosed]):
    target = tmp_path / "pakke.pdf"
    files[0].path.write_bytes(b"%PDF-1.7")
    with pytest.raises(errors.FileDamaged, match="Afgørelse"):
        packaging.bundle(files, title="Aktindsigt", cover_lines=[], target=target)
    assert not target.exists()


def test_a_zip_holds_every_file_under_a_name_all_systems_can_unpack(tmp_path: Path, files: list[Enclosed]):
    target = tmp_path / "pakke.zip"
    wild = Enclosed(title="../a/b:c\x00 " + "x" * 300, path=files[0].path, name="a.pdf", media_type="application/pdf")
    names = packaging.zipped([*files, wild], target=target, at=AT)
    assert names[:4] == ["01 Afgørelse.pdf", "02 Billede.tif", "03 Note #let x.txt", "04 Regneark.xlsx"]
    assert not set('/\\:\x00"') & set(names[4]) and len(names[4]) < 140
    with zipfile.ZipFile(io.BytesIO(target.read_bytes())) as archive:
        assert archive.testzip() is None
        assert archive.read("04 Regneark.xlsx") == made.xlsx()
