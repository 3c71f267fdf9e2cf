"""Pages as pictures for the screen."""

import io

import pytest
from PIL import Image

from indgang.foundation.letters import errors, preview
from indgang.foundation.letters.tests import made_files as made

PDF = "application/pdf"


def shown(content: bytes, media_type: str, **more: object) -> Image.Image:
    return Image.open(io.BytesIO(preview.render(io.BytesIO(content), name="fil", media_type=media_type, **more)))


def test_a_page_is_as_wide_as_asked_for():
    page = shown(made.simple([["Hej"], ["Du"]]), PDF, page=2, width=600)
    assert (page.format, page.width) == ("WEBP", 600)
    assert 840 <= page.height <= 850
    assert page.convert("L").getextrema()[0] < 60  # something is written on it


def test_a_turned_page_lies_on_its_side():
    page = shown(made.simple([["Hej"]], entries=made.PAGE + b"/Rotate 90"), PDF, width=842)
    assert page.height == 595


def test_a_thumbnail_is_small():
    picture = preview.thumbnail(io.BytesIO(made.simple([["Hej"]])), name="fil", media_type=PDF)
    assert Image.open(io.BytesIO(picture)).width == 240


def test_a_photo_is_turned_as_the_camera_was_held_and_says_nothing_more():
    told = Image.Exif()
    told[0x0112] = 6  # held on its side
    told[0x010F] = "Kameraets navn"
    told.get_ifd(0x8825)[1] = "N"  # a place
    page = shown(made.picture("JPEG", exif=told), "image/jpeg", form="image/png")
    assert page.size == (300, 400)
    assert not page.getexif() and page.info == {}


def test_each_page_of_a_scan_can_be_seen():
    scan = made.picture("TIFF", frames=3)
    greens = [shown(scan, "image/tiff", page=n, form="image/png").getpixel((5, 5))[1] for n in (1, 2, 3)]
    assert greens == [0, 60, 120]


def test_a_small_picture_is_not_blown_up():
    assert shown(made.picture("PNG", size=(50, 40)), "image/png", width=1200).width == 50


def test_a_very_long_page_is_shown_smaller():
    page = shown(made.simple([["Hej"]], entries=b"/MediaBox [0 0 100 10000]"), PDF, width=4000)
    assert page.height <= 8000


@pytest.mark.parametrize("number", [0, 3, -1])
def test_a_page_that_is_not_there_is_refused(number: int):
    with pytest.raises(errors.UnknownPage, match="Den har 2"):
        shown(made.simple([["Et"], ["To"]]), PDF, page=number)


def test_a_file_without_pages_is_refused():
    with pytest.raises(errors.NoPages):
        shown(made.docx("Hej"), "application/vnd.openxmlformats-officedocument.wordprocessingml.document")


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", made.simple([["x"]])[:150]])
def test_a_damaged_file_is_refused(content: bytes):
    with pytest.raises(errors.FileDamaged):
        shown(content, PDF)


def test_what_is_written_in_a_form_is_seen():
    page = shown(made.burdened(), PDF, width=595, form="image/png").convert("L")
    assert page.crop((72, 842 - 620, 140, 842 - 600)).getextrema()[0] < 100
