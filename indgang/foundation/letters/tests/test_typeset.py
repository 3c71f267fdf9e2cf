"""A letter is read aloud as it is read: title, language, order, tables, page numbers; its text is never code."""

import re
import unicodedata
import zlib
from dataclasses import replace
from datetime import date

import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indgang.foundation.letters import font_cover
from indgang.foundation.letters.errors import LetterEmpty, LetterFailed, LetterTooLong
from indgang.foundation.letters.printable import COVERED, REPLACEMENT, printable
from indgang.foundation.letters.services import typeset, unprintable
from indgang.foundation.letters.testing import make_letter, pages_of, tags_of, text_of
from indgang.foundation.letters.values import Box, Heading, Letter, Listing, Paragraph, Sender, Signature, Table

HOSTILE = [
    '#read("/etc/passwd")',
    '] #eval("1+1") [',
    "$ x^2 $ *fed* _kursiv_ `kode` <etiket> @henvisning",
    '#import "@preview/x:1.0.0": *',
    "\\u{41} \\ // kommentar /* og */ --- ~ ...",
    '"], "blocks": [], "x": ["',
    "= Overskrift\n- punkt\n/ ord: mening",
]


def test_the_file_says_its_title_and_its_language():
    pdf = typeset(make_letter(Paragraph("Hej")))
    assert pypdfium2.PdfDocument(pdf).get_metadata_dict()["Title"] == "Du får boligstøtte"
    assert b"/Lang(da-DK)" in pdf
    assert b"/DisplayDocTitle true" in pdf
    assert b"/Lang(en-GB)" in typeset(make_letter(Paragraph("Hello"), language="en"))


def test_the_file_claims_pdf_ua_and_is_tagged():
    pdf = typeset(make_letter(Paragraph("Hej")))
    assert re.search(rb"<pdfuaid:part>\s*1\s*</pdfuaid:part>", pdf)
    assert b"/MarkInfo<</Marked true" in pdf
    assert b"/StructTreeRoot" in pdf


def test_every_part_of_a_letter_has_its_own_tag():
    letter = make_letter(
        Box("Resultat", ("Du får støtte.",)), Heading("Derfor"), Listing(("et", "to")), Table(("A", "B"), (("1", "2"),))
    )  # fmt: skip
    tags = tags_of(typeset(letter))
    assert tags.count("H1") == 1
    assert tags.count("H2") == 2
    assert tags.count("LI") == 2
    assert (tags.count("Table"), tags.count("TH"), tags.count("TD")) == (1, 2, 2)


def test_cells_of_a_table_name_their_header():
    pdf = typeset(make_letter(Table(("Dokument", "Dato"), (("Ansøgning", "1. marts"),))))
    assert pdf.count(b"/Scope/Column") == 2
    assert len(re.findall(rb"/S/TD/P[^>]*/Headers\[\(", pdf)) == 2


def test_the_text_comes_in_reading_order():
    letter = make_letter(
        Box("Resultat", ("Du får 100 kr.",)), Heading("Derfor"), Paragraph("Du bor alene."), Listing(("et", "to")),
        Signature(("Venlig hilsen", "Prøve Prøvesen")),
    )  # fmt: skip
    text = text_of(typeset(letter))
    wanted = ["Prøvekommunen", "Anna Prøve", "2. marts 2026", "2026-000123", "Du får boligstøtte", "Resultat",
              "Du får 100 kr.", "Derfor", "Du bor alene.", "et", "to", "Venlig hilsen", "Prøve Prøvesen"]  # fmt: skip
    places = [text.index(word) for word in wanted[:9]] + [text.rindex(word) for word in wanted[11:]]
    assert places == sorted(places)


def test_every_page_says_which_it_is_of_how_many():
    pages = pages_of(typeset(make_letter(*[Paragraph("En linje om sagen. " * 40)] * 6)))
    assert len(pages) == 2
    assert "Side 1 af 2" in pages[0] and "Side 2 af 2" in pages[1]
    assert "2026-000123" in pages[1]


def test_page_numbers_are_not_read_in_the_middle_of_a_sentence():
    pdf = typeset(make_letter(Paragraph("Hej")))
    streams = [_unpacked(found) for found in re.findall(rb"stream\r?\n(.*?)endstream", pdf, re.S)]
    assert any(b"/Subtype/Footer/Type/Pagination" in stream for stream in streams)


def _unpacked(stream: bytes) -> bytes:
    try:
        return zlib.decompress(stream)
    except zlib.error:
        return b""


def test_an_english_letter_is_english_to_the_foot():
    text = text_of(typeset(make_letter(Paragraph("Hello"), language="en")))
    assert "Page 1 of 1" in text
    assert "2 March 2026" in text
    assert "Case number" in text


def test_a_long_table_repeats_its_header_on_the_next_page():
    rows = tuple((f"Dokument {number}", "1. marts 2026") for number in range(60))
    pages = pages_of(typeset(make_letter(Table(("Dokument", "Skrevet den"), rows))))
    assert len(pages) > 1
    assert all("Skrevet den" in page for page in pages)


def test_the_same_letter_gives_the_same_bytes():
    letter = make_letter(Box("Resultat", ("Ja",)), Table(("A", "B"), (("1", "2"),)))
    assert typeset(letter) == typeset(letter)


def test_the_date_of_the_file_is_the_date_of_the_letter():
    facts = pypdfium2.PdfDocument(typeset(make_letter(Paragraph("Hej")))).get_metadata_dict()
    assert facts["CreationDate"].startswith("D:20260302")


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_comes_out_as_it_was_written(text: str):
    letter = make_letter(
        Paragraph(text), Heading(text), Listing((text,)), Table((text,), ((text,),)), Box(text, (text,)),
        Signature((text,)), title=text,
    )  # fmt: skip
    found = re.sub(r"\s", "", text_of(typeset(letter)))
    assert found.count(re.sub(r"\s", "", text)) >= 8


@pytest.mark.parametrize("field", ["name", "unit", "address", "phone", "mail", "hours"])
def test_hostile_text_in_the_head_is_text_too(field: str):
    sender = Sender(**({"name": "Kommunen"} | {field: HOSTILE[0]}))
    letter = Letter("da", "Titel", sender, (HOSTILE[1],), date(2026, 3, 2), HOSTILE[2], (Paragraph("x"),))
    assert HOSTILE[0] in text_of(typeset(letter))


def test_what_no_font_shows_is_replaced_and_can_be_asked_for():
    assert "Hej � og �" in text_of(typeset(make_letter(Paragraph("Hej 😀 og 漢"))))
    assert unprintable("Hej 😀 og 漢 æ") == ["😀", "漢"]


def test_arabic_and_greek_and_cyrillic_are_shown():
    text = text_of(typeset(make_letter(Paragraph("سلام Αθήνα Київ Łódź"))))
    assert set("سلامΑθήναКиївŁódź") <= set(text)
    assert REPLACEMENT not in text


def test_a_text_can_be_made_plainer_until_every_font_has_it():
    assert printable("q\u0302 α ø", plainness=1) == "q α ø"
    assert printable("é α ø", plainness=2) == f"é {REPLACEMENT} ø"


def test_signs_that_turn_the_direction_of_text_are_left_out():
    assert printable("Beløb \u202e0001\u202c kr.") == "Beløb 0001 kr."


def test_a_word_that_never_ends_stays_on_the_page():
    document = pypdfium2.PdfDocument(
        typeset(make_letter(Paragraph("W" * 10_000), Table(("A", "B"), (("W" * 99, "x"),))))
    )
    width = document[0].get_width()
    for page in document:
        texts = page.get_textpage()
        rights = [texts.get_charbox(number)[2] for number in range(texts.count_chars())]
        assert max(rights) < width - 50


def test_ten_thousand_characters_are_all_there():
    text = "".join(chr(0x61 + number % 26) for number in range(10_000))
    pages = pages_of(typeset(make_letter(Paragraph(text))))
    body = "".join(re.sub(r"Prøvekommunen · .*", "", page) for page in pages)
    assert text in re.sub(r"\s", "", body)


@pytest.mark.parametrize(
    "text", ["\x00\x01\x02", "\ud800", "\uffff", "a\u20dd\u0f71\u1ab0", "ب\u0301\u0489", "\u034f" * 99]
)
def test_broken_text_never_stops_a_letter(text: str):
    assert "Hej" in text_of(typeset(make_letter(Paragraph(text), Paragraph("Hej"), title=f"Brev {text}")))


@given(st.text(max_size=300))
def test_any_text_makes_a_letter(text: str):
    letter = make_letter(Paragraph(text), Listing((text,)), Table(("A", "B"), ((text, "x"),)), Box("Resultat", (text,)))
    assert typeset(letter).startswith(b"%PDF")


@given(st.text(st.characters(max_codepoint=0x17F), max_size=300))
def test_any_latin_text_is_found_again_or_replaced(text: str):
    found = text_of(typeset(make_letter(Heading("Begynd"), Paragraph(text), Heading("Slut"))))
    between = re.sub(r"\s", "", found)[re.sub(r"\s", "", found).index("Begynd") + 6 :]
    assert unicodedata.normalize("NFC", between).startswith(re.sub(r"[\s\u200b]", "", printable(text)))


@pytest.mark.parametrize("wrong", [
    make_letter(Paragraph("x"), title=" \u202e"), make_letter(),
    Letter("da", "Titel", Sender("K"), (), date(2026, 3, 2), "", (Paragraph("x"),)),
    Letter("da", "Titel", Sender(""), ("Anna",), date(2026, 3, 2), "", (Paragraph("x"),)),
])  # fmt: skip
def test_a_letter_without_title_content_receiver_or_sender_is_refused(wrong: Letter):
    with pytest.raises(LetterEmpty):
        typeset(wrong)


def test_a_table_with_a_wrong_row_is_refused_with_its_place():
    with pytest.raises(LetterFailed, match=r"afsnit 2.*Række 2 har 1 felter"):
        typeset(make_letter(Paragraph("x"), Table(("A", "B"), (("1", "2"), ("1",)))))


def test_a_table_without_columns_and_an_unknown_language_are_refused():
    with pytest.raises(LetterFailed):
        typeset(make_letter(Table((), ())))
    with pytest.raises(LetterFailed):
        typeset(make_letter(Paragraph("x"), language="xx"))


def test_a_letter_too_long_is_refused_with_its_place():
    with pytest.raises(LetterTooLong, match="afsnit 1 har 100001 tegn"):
        typeset(make_letter(Paragraph("x" * 100_001)))
    with pytest.raises(LetterTooLong, match="hele brevet"):
        typeset(make_letter(*[Paragraph("x" * 99_000)] * 5))


def test_a_table_of_very_many_empty_cells_is_refused():
    with pytest.raises(LetterFailed, match="for mange"):
        typeset(make_letter(Table(("A", "B"), (("", ""),) * 10_000)))


@pytest.mark.parametrize("day", [date(1, 1, 1), date(1900, 2, 28), date(9999, 12, 31)])
def test_any_date_can_stand_on_a_letter(day: date):
    assert str(day.year) in text_of(typeset(replace(make_letter(Paragraph("x")), date=day)))


def test_the_list_of_characters_is_what_the_fonts_show():
    """The edges of every range: measured whole by `indgang.foundation.letters.font_cover`."""
    edges = {int(edge, 16) for line in COVERED.read_text().split() for edge in line.split("-")}
    assert font_cover.shown([chr(point) for point in sorted(edges)])
    beyond = [chr(point) for point in (0x4E2D, 0x1F600, 0xAC00, 0x0E01)]
    assert [one for one in beyond if font_cover.shown([one]) or printable(one) != REPLACEMENT] == []


def test_missing_fonts_are_said_and_not_replaced_by_the_machines_own(settings, tmp_path):
    from indgang.foundation.letters.typesetting import fonts

    settings.LETTER_FONTS = tmp_path
    fonts.cache_clear()
    try:
        with pytest.raises(LetterFailed, match="make setup"):
            typeset(make_letter(Paragraph("x")))
    finally:
        fonts.cache_clear()
