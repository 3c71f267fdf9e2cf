"""What is covered is gone: from the text, from the picture, and from every object of the file."""

import io
import re
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from PIL import Image, ImageDraw

from indgang.foundation.letters import errors, masking, redaction
from indgang.foundation.letters.pages import Area
from indgang.foundation.letters.tests import made_files as made
from indgang.foundation.letters.tests.looking import PDF, TOP, everything, is_black, redact, shown, stands_in, text_of
from indgang.foundation.letters.words import letters_of


def test_the_tools_of_this_test_see_what_is_there():
    content = made.simple([["Ida Kildegaard"]])
    assert stands_in("Kildegaard", content) and "Kildegaard" in text_of(content)
    pdf = made.Pdf()
    pdf.info = b"/Title<FEFF" + "Æblegaard".encode("utf-16-be").hex().encode() + b">"
    pdf.page(b"")
    assert stands_in("Æblegaard", pdf.bytes())


@pytest.mark.req("law.aktindsigt")
def test_two_pages_of_five_are_covered_and_three_stay_as_they_are(tmp_path: Path):
    names = ["alfa", "beta", "gamma", "delta", "eta"]
    before = made.simple([[f"Side {word} handler om Ida{word}.", "Resten kan alle læse."] for word in names])
    after, done = redact(tmp_path, before, Area(2, 0.1, 0.08, 0.9, 0.11), Area(4, 0.1, 0.08, 0.9, 0.11))
    assert (done.pages, done.remade) == (5, (2, 4))
    for number, word in enumerate(names, 1):
        assert ("Ida" + word in text_of(after, number)) is (number not in (2, 4))
        assert "Resten kan alle læse." in text_of(after, number)
        if number not in (2, 4):
            assert shown(after, number).tobytes() == shown(before, number).tobytes()
    assert not stands_in("Idabeta", after) and not stands_in("Idadelta", after)
    assert is_black(shown(after, 2), Area(2, 0.1, 0.08, 0.9, 0.11))


@pytest.mark.req("law.internaldocs")
def test_the_ground_stands_in_the_box_and_is_read_aloud(tmp_path: Path):
    box = Area(1, 0.1, 0.05, 0.6, 0.105, "§ 30, nr. 1")
    after, _ = redact(tmp_path, made.simple([["Ida Kildegaard", "Goddag"]]), box)
    assert "§ 30, nr. 1" in text_of(after) and "Goddag" in text_of(after)
    assert "Kildegaard" not in text_of(after)
    page = shown(after, 1)
    inside = page.crop(
        (int(0.15 * page.width), int(0.06 * page.height), int(0.55 * page.width), int(0.11 * page.height))
    )
    assert inside.getextrema()[1] > 200  # white on black


_LEFT = ["Aase", "bor", "her", "Huset", "er", "gult"]


@pytest.mark.parametrize("turned", [0, 90, 180, 270])
@pytest.mark.parametrize("cropped", [b"", b"/CropBox [50 400 500 800]"])
def test_turned_and_cropped_pages_are_covered_where_the_word_is_seen(tmp_path: Path, turned: int, cropped: bytes):
    entries = made.PAGE + cropped + b"/Rotate %d" % turned
    content = made.simple([["Aase Kildegaard bor her", "Huset er gult"]], entries=entries)
    (hit,) = redaction.find(io.BytesIO(content), name="x", media_type=PDF, words=["Kildegaard"])
    before = shown(content, 1)
    after, _ = redact(tmp_path, content, words=["Kildegaard"])
    page = shown(after, 1)
    assert page.size == before.size
    assert is_black(page, hit.boxes[0])
    left = text_of(after).split()
    # pdfium gives lines that lie on their side or their head in an order of its own.
    assert left == _LEFT if turned == 0 else sorted(left) == sorted(_LEFT)
    assert not stands_in("Kildegaard", after)
    outside = [p for p, q in zip(before.tobytes(), page.tobytes(), strict=True) if p > 250 and q < 60]
    assert len(outside) <= page.width * page.height * 0.02  # black is only what was asked for


def test_words_outside_the_cropped_page_are_not_in_the_result(tmp_path: Path):
    entries = made.PAGE + b"/CropBox [0 745 595 842]"
    after, _ = redact(
        tmp_path, made.simple([["Synlig linje", "Skjultlinje"]], entries=entries), Area(1, 0.8, 0.8, 0.9, 0.9)
    )
    assert "Synlig linje" in text_of(after) and not stands_in("Skjultlinje", after)


def test_nothing_that_came_with_the_file_leaves_with_it(tmp_path: Path):
    content = made.burdened()
    assert [word for word in made.BURDENS if not stands_in(word, content)] == []
    after, done = redact(tmp_path, content, Area(2, *TOP))
    assert done.remade == (2,)
    assert [word for word in made.BURDENS if stands_in(word, after)] == []
    assert not re.search(
        rb"/(Annots|AcroForm|JavaScript|JS|EmbeddedFile|Metadata|OpenAction|AA|PieceInfo|Outlines)\b", after
    )


def test_what_was_written_in_a_form_is_still_seen(tmp_path: Path):
    after, _ = redact(tmp_path, made.burdened(), Area(2, *TOP))
    assert "Feltsvar" in text_of(after, 1)
    after, _ = redact(tmp_path, made.burdened(), words=["Feltsvar"])
    assert not stands_in("Feltsvar", after)


def shared_pictures() -> tuple[bytes, bytes, bytes]:
    """Two pages that both list both pictures, as many programs write them."""
    pdf = made.Pdf()
    secret, open_one = bytes(range(256)) * 3, bytes(reversed(range(256))) * 3
    entries = b"/Type/XObject/Subtype/Image/Width 16/Height 16/BitsPerComponent 8/ColorSpace/DeviceRGB"
    first = pdf.stream(secret, entries, packed=False)
    second = pdf.stream(open_one, entries, packed=False)
    pdf.resources = b"/XObject<</Im1 %d 0 R/Im2 %d 0 R>>" % (first, second)
    pdf.page(b"q 100 0 0 100 72 700 cm /Im1 Do Q")
    pdf.page(b"q 100 0 0 100 72 700 cm /Im2 Do Q")
    return pdf.bytes(), secret, open_one


def test_a_picture_of_a_covered_page_does_not_stay_behind_on_another(tmp_path: Path):
    content, secret, open_one = shared_pictures()
    after, done = redact(tmp_path, content, Area(1, 0, 0, 1, 1))
    assert done.remade == (1,)
    whole = everything(after)
    assert open_one in whole and secret not in whole


def test_the_place_a_photo_was_taken_does_not_stay_in_the_file(tmp_path: Path):
    told = Image.Exif()
    told[0x010F] = "Kameraets navn"
    photo = made.picture("JPEG", exif=told, comment=b"hilsen fra haven")
    pdf = made.Pdf()
    entries = (
        b"/Type/XObject/Subtype/Image/Width 400/Height 300/BitsPerComponent 8/ColorSpace/DeviceRGB/Filter/DCTDecode"
    )
    pdf.resources = b"/XObject<</Im %d 0 R>>" % pdf.stream(photo, entries, packed=False)
    pdf.page(b"q 300 0 0 200 72 500 cm /Im Do Q")
    pdf.page(made.lines(["Ida Kildegaard"]))
    after, done = redact(tmp_path, pdf.bytes(), words=["Kildegaard"])
    assert done.remade == (2,)
    assert b"Kameraets navn" not in after and b"hilsen fra haven" not in after
    assert shown(after, 1).tobytes() == shown(pdf.bytes(), 1).tobytes()


def test_a_page_with_layers_is_made_again_without_the_hidden_words(tmp_path: Path):
    pdf = made.Pdf()
    layer = pdf.add(b"<</Type/OCG/Name(Skjult lag)>>")
    pdf.resources = b"/Properties<</L %d 0 R>>" % layer
    pdf.page(made.lines(["Alle ser det her"]) + b"\n/OC /L BDC\n" + made.lines(["Lagets ord"], top=500) + b"\nEMC")
    pdf.page(made.lines(["Ida Kildegaard"]))
    pdf.catalog = b"/OCProperties<</OCGs[%d 0 R]/D<</OFF[%d 0 R]>>>>" % (layer, layer)
    after, done = redact(tmp_path, pdf.bytes(), words=["Kildegaard"])
    assert done.remade == (1, 2)
    assert (
        "Alle ser det her" in text_of(after) and not stands_in("Lagets", after) and not stands_in("Skjult lag", after)
    )


def test_words_under_a_black_bar_and_white_words_are_not_kept_on_a_covered_page(tmp_path: Path):
    pdf = made.Pdf()
    hidden = made.lines(["Daekketord"], top=500) + b" 0 g 60 490 200 30 re f "
    white = b"1 g " + made.lines(["Hvidtord"], top=300) + b" 0 g "
    pdf.page(hidden + white + made.lines(["Ida Kildegaard", "Synligt ord"]))
    after, _ = redact(tmp_path, pdf.bytes(), words=["Kildegaard"])
    assert "Synligt ord" in text_of(after)
    assert not stands_in("Daekketord", after) and not stands_in("Hvidtord", after)


def test_words_written_letter_by_letter_are_covered(tmp_path: Path):
    pdf = made.Pdf()
    pdf.page(b"BT /F 12 Tf 72 700 Td [(Ki) -10 (ld) 15 (egaa) 0 (rd)] TJ 0 -24 Td <4B696C646567616172642031> Tj ET")
    pdf.page(made.lines(["Goddag"]))
    after, _ = redact(tmp_path, pdf.bytes(), words=["Kildegaard"])
    assert "Kildegaard" not in text_of(after).replace(" ", "") and not stands_in("Kildegaard", after)


def test_a_scan_is_covered_and_says_nothing_of_its_camera(tmp_path: Path):
    told = Image.Exif()
    told[0x010F] = "Kameraets navn"
    box = Area(1, 0.2, 0.2, 0.6, 0.5, "§ 30")
    after, done = redact(tmp_path, made.picture("JPEG", exif=told, dpi=(300, 300)), box, media_type="image/jpeg")
    page = shown(after, 1)
    assert done.blind == (1,)
    assert is_black(page, Area(1, 0.2, 0.2, 0.6, 0.3)) and page.getpixel((5, 5)) > 50
    assert b"Kameraets navn" not in after
    assert "§ 30" in text_of(after)


def test_every_page_of_a_scanned_stack_follows(tmp_path: Path):
    after, done = redact(tmp_path, made.picture("TIFF", frames=3), Area(2, 0.1, 0.1, 0.9, 0.9), media_type="image/tiff")
    assert done.pages == 3
    assert is_black(shown(after, 2), Area(2, 0.1, 0.1, 0.9, 0.9))
    assert shown(after, 3).getpixel((50, 50)) > 50


def test_a_scan_with_words_behind_it_is_covered(tmp_path: Path):
    """As scanners write it: a picture, and invisible words where the letters are seen."""
    page = Image.new("L", (595, 842), 255)
    ImageDraw.Draw(page).rectangle((72, 75, 200, 85), fill=0)
    pdf = made.Pdf()
    entries = b"/Type/XObject/Subtype/Image/Width 595/Height 842/BitsPerComponent 8/ColorSpace/DeviceGray"
    pdf.resources = b"/XObject<</Im %d 0 R>>" % pdf.stream(page.tobytes(), entries)
    pdf.page(b"q 595 0 0 842 0 0 cm /Im Do Q 3 Tr " + made.lines(["Ida Kildegaard bor"]))
    after, _ = redact(tmp_path, pdf.bytes(), words=["Kildegaard"])
    assert not stands_in("Kildegaard", after) and "Ida" in text_of(after)


def test_half_a_covered_word_is_covered_whole(tmp_path: Path):
    content = made.simple([["Kildegaard"]])
    (hit,) = redaction.find(io.BytesIO(content), name="x", media_type=PDF, words=["Kildegaard"])
    word = hit.boxes[0]
    half = Area(1, word.left, word.top, (word.left + word.right) / 2, word.bottom)
    after, _ = redact(tmp_path, content, half)
    page = shown(after, 1)
    rest = Area(1, half.right, word.top + 0.002, word.right - 0.002, word.bottom - 0.002)
    edges = [rest.left * page.width, rest.top * page.height, rest.right * page.width, rest.bottom * page.height]
    dark = [value < 128 for value in page.crop(tuple(map(round, edges))).tobytes()]
    assert sum(dark) > 0.9 * len(dark)
    assert not stands_in("Kildegaard", after)


def test_a_name_covered_on_one_page_and_open_on_another_is_told(tmp_path: Path):
    content = made.simple([["Ida Kildegaard"], ["Kildegaards hus"]])
    _, done = redact(tmp_path, content, Area(1, *TOP))
    assert [(hit.page, hit.text) for hit in done.elsewhere] == [(2, "Kildegaards")]


def test_given_words_are_covered_on_every_page_and_over_line_ends(tmp_path: Path):
    pages = [["Brevet er fra Ida Kilde-", "gaard og Aase", "Kær-Søby"], ["KILDEGAARDS hus"], ["Intet her"]]
    after, done = redact(tmp_path, made.simple(pages), words=["Kildegaard", "Aase Kær-Søby"])
    assert done.remade == (1, 2)
    for word in ("kilde", "gaard", "Aase", "Kær", "Søby"):
        assert word.lower() not in text_of(after).lower()
        assert not stands_in(word, after)
    assert "Brevet er fra Ida" in text_of(after) and "Intet her" in text_of(after)


def test_every_script_can_be_read_after_covering(tmp_path: Path):
    import typst

    greek = " ".join("".join(chr(0x3B1 + (i * 7 + j) % 24) for j in range(5)) for i in range(24)).replace("ς", "σ")
    cyrillic = " ".join("".join(chr(0x430 + (i * 5 + j) % 32) for j in range(5)) for i in range(32))
    latin = " ".join(chr(c) * 2 for c in range(0x100, 0x17F) if chr(c) not in "ŉſ")
    source = f"Kildegaard \\ {greek} \\ {cyrillic} \\ {latin}"
    (tmp_path / "a.typ").write_text(source)
    content = typst.compile(str(tmp_path / "a.typ"))
    after, _ = redact(tmp_path, content, words=["Kildegaard"])
    left = set(text_of(after).split())
    assert {word for word in (greek + " " + cyrillic).split() if word not in left} == set()
    assert len(set(latin.split()) - left) == 0


def test_the_new_file_names_its_language_and_its_title(tmp_path: Path):
    after, _ = redact(tmp_path, made.simple([["Ida"]]), Area(1, *TOP), title="Afgørelse, dele er dækket")
    with pdfium.PdfDocument(after) as document:
        assert document.get_metadata_dict(skip_empty=True) == {"Title": "Afgørelse, dele er dækket"}
    assert b"/Lang" in after and b"/DisplayDocTitle true" in after


def test_the_title_of_the_new_file_does_not_say_what_is_covered(tmp_path: Path):
    content = made.simple([["Ida Kildegaard", "Bo bor her"], ["", "", "", "", "", "", "Goddag"]])
    after, _ = redact(tmp_path, content, Area(1, *TOP), words=["Bo"], title="Bo om Kildegaard")
    with pdfium.PdfDocument(after) as document:
        assert document.get_metadata_dict(skip_empty=True) == {"Title": "[…] om […]"}


@pytest.mark.parametrize(
    ("box", "refusal"),
    [
        (Area(1, 0.5, 0.5, 0.5, 0.6), errors.WrongBox),
        (Area(1, -0.1, 0, 0.5, 0.5), errors.WrongBox),
        (Area(1, 0, 0, 1, 1.01), errors.WrongBox),
        (Area(1, float("nan"), 0, 1, 1), errors.WrongBox),
        (Area(1, 0, 0, 1, 1, "x" * 61), errors.WrongBox),
        (Area(9, 0, 0, 1, 1), errors.UnknownPage),
        (Area(0, 0, 0, 1, 1), errors.UnknownPage),
    ],
)
def test_a_wrong_box_is_refused_and_leaves_no_file(tmp_path: Path, box: Area, refusal: type[errors.DomainError]):
    with pytest.raises(refusal):
        redact(tmp_path, made.simple([["Ida"]]), box)
    assert list(tmp_path.iterdir()) == []


def test_covering_nothing_is_refused(tmp_path: Path):
    for words in ([], [" "], ["Findesikke"]):
        with pytest.raises(errors.NothingToCover):
            redact(tmp_path, made.simple([["Ida"]]), words=words)


def test_a_file_without_pages_is_refused(tmp_path: Path):
    with pytest.raises(errors.NoPages):
        redact(tmp_path, made.docx("Ida"), Area(1, *TOP), media_type="text/plain")


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7\n%%EOF", made.simple([["x"]])[:200]])
def test_a_damaged_file_is_refused_and_leaves_no_file(tmp_path: Path, content: bytes):
    with pytest.raises(errors.FileDamaged):
        redact(tmp_path, content, Area(1, *TOP))
    assert list(tmp_path.iterdir()) == []


def test_a_locked_file_is_refused(tmp_path: Path):
    pdf = made.Pdf()
    pdf.page(made.lines(["Ida"]))
    with pytest.raises(errors.FileEncrypted):
        redact(tmp_path, pdf.bytes(locked=True), Area(1, *TOP))


def test_a_cut_off_file_that_can_be_read_is_covered(tmp_path: Path):
    content = made.simple([["Ida Kildegaard"], ["Goddag"]])
    after, _ = redact(tmp_path, content[: content.rindex(b"xref\n")], words=["Kildegaard"])
    assert not stands_in("Kildegaard", after) and "Goddag" in text_of(after)


def test_a_ground_that_names_the_covered_person_is_refused(tmp_path: Path):
    with pytest.raises(errors.StillReadable):
        redact(tmp_path, made.simple([["Ida Kildegaard"]]), Area(1, *TOP, "Kildegaard"), words=["Kildegaard"])


def test_a_page_with_words_nobody_sees_is_made_again_though_nothing_on_it_is_covered(tmp_path: Path):
    pdf = made.Pdf()
    pdf.page(made.lines(["Daekketord"], top=500) + b" 0 g 60 490 200 30 re f " + made.lines(["Synligt ord"], top=300))
    pdf.page(made.lines(["Ida Kildegaard"]))
    after, done = redact(tmp_path, pdf.bytes(), words=["Kildegaard"])
    assert done.remade == (1, 2)
    assert "Synligt ord" in text_of(after) and not stands_in("Daekketord", after)


def test_what_is_cropped_away_on_other_pages_does_not_stay_in_the_file(tmp_path: Path):
    pdf = made.Pdf()
    pdf.page(made.lines(["Synligt ord", "Skjultlinje"]), entries=made.PAGE + b"/CropBox [0 750 595 842]")
    pdf.page(made.lines(["Ida Kildegaard"]))
    after, _ = redact(tmp_path, pdf.bytes(), words=["Kildegaard"])
    assert "Synligt ord" in text_of(after) and not stands_in("Skjultlinje", after)


def test_a_page_whose_drawing_cannot_be_read_is_made_again(tmp_path: Path):
    pdf = made.Pdf()
    packed = made.lines(["Synligt ord"]).hex().encode() + b">"
    contents = pdf.stream(packed, b"/Filter/ASCIIHexDecode", packed=False)
    pdf.kids.append(
        pdf.add(b"<</Type/Page/Parent 2 0 R%s/Resources<</Font<</F 3 0 R>>>>/Contents %d 0 R>>" % (made.PAGE, contents))
    )
    pdf.page(made.lines(["Ida Kildegaard"]))
    after, done = redact(tmp_path, pdf.bytes(), words=["Kildegaard"])
    assert "Synligt ord" in text_of(after) and not stands_in("Kildegaard", after)
    assert 2 in done.remade


def test_the_page_and_its_letters_are_read_as_they_are_shown():
    with pdfium.PdfDocument(made.simple([["Hej"]])) as document:
        (word,) = masking.words_of(letters_of(document[0]))
    left, top, _, bottom = word.tight
    assert left == pytest.approx(72 / 595, abs=0.004) and bottom == pytest.approx(1 - 757 / 842, abs=0.005)
    assert top < bottom
