"""The proof of a covered file, and random boxes that do not trust it."""

import re
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indgang.foundation.letters import errors, proving
from indgang.foundation.letters.pages import Area
from indgang.foundation.letters.tests import made_files as made
from indgang.foundation.letters.tests.looking import TOP, is_black, redact, shown, text_of


def proof_of(path: Path, **more: object) -> None:
    known = {"covered": {"Kildegaard"}, "words": (), **more}
    proving.prove(path, {1: [Area(1, *TOP)]}, pages=1, name="x", **known)


def test_the_proof_fails_on_a_file_that_only_looks_covered(tmp_path: Path):
    pdf = made.Pdf()
    pdf.page(made.lines(["Ida Kildegaard"]) + b" 0 g 0 670 595 172 re f")
    path = tmp_path / "sort.pdf"
    path.write_bytes(pdf.bytes())
    assert is_black(shown(path.read_bytes(), 1), Area(1, *TOP))
    with pytest.raises(errors.StillReadable):
        proof_of(path)


def test_the_proof_fails_where_the_picture_shows_through(tmp_path: Path):
    pdf = made.Pdf()
    pdf.page(b"0 g 0 670 595 172 re f 1 g 300 700 20 20 re f")
    path = tmp_path / "hul.pdf"
    path.write_bytes(pdf.bytes())
    with pytest.raises(errors.StillReadable):
        proof_of(path)


def test_the_proof_fails_on_a_word_that_had_to_go(tmp_path: Path):
    pdf = made.Pdf()
    pdf.page(b"0 g 0 670 595 172 re f " + made.lines(["Ida Kildegaard"], top=300))
    path = tmp_path / "ord.pdf"
    path.write_bytes(pdf.bytes())
    with pytest.raises(errors.StillReadable):
        proof_of(path, words=["Kildegaard"])


def test_the_proof_fails_on_a_script(tmp_path: Path):
    pdf = made.Pdf()
    pdf.page(b"0 g 0 670 595 172 re f ")
    pdf.catalog = b"/OpenAction<</S/JavaScript/JS(x)>>"
    path = tmp_path / "program.pdf"
    path.write_bytes(pdf.bytes())
    with pytest.raises(errors.StillReadable):
        proof_of(path)


@pytest.mark.parametrize(
    "kept",
    [b"(Kildegaard)", b"<4b696c64656761617264>", b"<FEFF" + "Kildegaard".encode("utf-16-be").hex().encode() + b">"],
)
def test_the_proof_fails_on_a_covered_word_in_any_string_of_the_file(tmp_path: Path, kept: bytes):
    pdf = made.Pdf()
    pdf.page(b"0 g 0 670 595 172 re f ")
    pdf.info = b"/Subject" + kept
    path = tmp_path / "streng.pdf"
    path.write_bytes(pdf.bytes())
    with pytest.raises(errors.StillReadable):
        proof_of(path)


def test_the_proof_passes_a_file_where_nothing_is_left(tmp_path: Path):
    pdf = made.Pdf()
    pdf.page(b"0 g 0 670 595 172 re f " + made.lines(["Resources Filter Catalog"], top=300))
    path = tmp_path / "rent.pdf"
    path.write_bytes(pdf.bytes())
    proof_of(path, covered={"Kildegaard", "Parent", "Helvetica", "FlateDecode"})


def boxes() -> st.SearchStrategy[list[Area]]:
    share = st.floats(0, 1, width=32)
    box = st.tuples(share, share, share, share).map(
        lambda four: Area(1, min(four[0], four[2]), min(four[1], four[3]), max(four[0], four[2]), max(four[1], four[3]))
    )
    real = box.filter(lambda one: one.right - one.left > 0.001 and one.bottom - one.top > 0.001)
    labelled = st.tuples(real, st.sampled_from(["", "§ 30"])).map(lambda two: Area(*_edges(two[0]), two[1]))
    return st.lists(labelled, min_size=1, max_size=4)


def _edges(box: Area) -> tuple[int, float, float, float, float]:
    return box.page, box.left, box.top, box.right, box.bottom


ROWS = [" ".join(f"ord{row}x{column}" for column in range(7)) for row in range(28)]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(covered=boxes(), turned=st.sampled_from([0, 90, 180, 270]))
def test_no_word_under_any_box_is_left(tmp_path: Path, covered: list[Area], turned: int):
    content = made.simple([ROWS], entries=made.PAGE + b"/Rotate %d" % turned)
    places = places_of(content)
    after, _ = redact(tmp_path, content, *covered)
    left = set(re.findall(r"ord\d+x\d+", text_of(after)))
    met = {word for word, place in places.items() if any(box.meets(place) for box in covered)}
    assert left & met == set()
    page = shown(after, 1)
    plain = [box for box in covered if not box.label and not any(box.meets(b) for b in covered if b.label)]
    assert all(is_black(page, box) for box in plain if box.right - box.left > 0.02 and box.bottom - box.top > 0.02)
    # And no more than needed: words far from every box stay.
    far = {word for word, place in places.items() if not any(_near(box, place) for box in covered)}
    assert far <= left


def places_of(content: bytes) -> dict[str, Area]:
    """Each word and its ink, measured by searching in the page with pdfium and turning the box by hand."""
    found = {}
    with pdfium.PdfDocument(content) as document:
        page = document[0]
        textpage = page.get_textpage()
        text = textpage.get_text_range()
        for match in re.finditer(r"ord\d+x\d+", text):
            letters = [textpage.get_charbox(i) for i in range(match.start(), match.end())]
            left, bottom = min(b[0] for b in letters) / 595, min(b[1] for b in letters) / 842
            right, top = max(b[2] for b in letters) / 595, max(b[3] for b in letters) / 842
            found[match[0]] = _turned(left, bottom, right, top, page.get_rotation())
    return found


def _turned(left: float, bottom: float, right: float, top: float, rotation: int) -> Area:
    match rotation:
        case 90:
            return Area(1, bottom, left, top, right)
        case 180:
            return Area(1, 1 - right, bottom, 1 - left, top)
        case 270:
            return Area(1, 1 - top, 1 - right, 1 - bottom, 1 - left)
    return Area(1, left, 1 - top, right, 1 - bottom)


def _near(box: Area, place: Area) -> bool:
    wider = Area(1, box.left - 0.02, box.top - 0.02, box.right + 0.02, box.bottom + 0.02)
    return wider.meets(place)
