"""A citizen asks to see their case and is answered on the next day, with two pages on which others cannot be read."""

import io
import re
import zipfile
import zlib
from datetime import UTC, datetime, timedelta

import pypdfium2
import pytest
from playwright.sync_api import Page, expect

from tests.journeys import stage
from tests.journeys.system import System
from tests.journeys.test_a_case import sound

WHO = "poula.pension"
NAME, NUMBER, SECRET = "Bodil Baggaard", "030391-0004", "lavendelhaven"
UPLOAD = """async ([address, name, title, content]) => {
  const form = new FormData();
  form.append("title", title); form.append("kind", "in");
  form.append("files", new Blob([new Uint8Array(content)], { type: "application/pdf" }), name);
  const token = JSON.parse(document.body.getAttribute("hx-headers"))["X-CSRFToken"];
  const answer = await fetch(address, { method: "POST", body: form, headers: { "X-CSRFToken": token } });
  return answer.status;
}"""


def paper(*lines: str) -> bytes:
    """A PDF of one page that says this, in letters every reader has."""
    shown = "".join(f"({line}) Tj 0 -24 Td " for line in lines).encode("cp1252")
    drawing = b"BT /F1 16 Tf 72 700 Td " + shown + b"ET"
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(drawing), drawing),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    ]
    made, places = b"%PDF-1.7\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"xref\n0 6\n0000000000 65535 f \n%strailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n"
    return made + end % (table, len(made))


def put(page: Page, number: str, title: str, content: bytes) -> None:
    status = page.evaluate(UPLOAD, [f"/arbejdsplads/sag/{number}/dokumenter", f"{title}.pdf", title, list(content)])
    assert status == 200


def extracted(content: bytes) -> str:
    document = pypdfium2.PdfDocument(content)
    return " ".join(page.get_textpage().get_text_range() for page in document)


def unpacked(content: bytes) -> bytes:
    """Everything in the file, every stream of it unpacked."""
    found = [content]
    for start in re.finditer(rb"stream\r?\n", content):
        try:
            found.append(zlib.decompressobj().decompress(content[start.end() :]))
        except zlib.error:
            continue
    return b"\n".join(found)


@pytest.mark.req("law.aktindsigt")
def test_a_request_is_answered_on_day_two_with_pages_nobody_can_read_others_on(town: System, page: Page, log_in):
    case = stage.case_in_hand(town, WHO, "T-116")["case"]
    log_in(page, WHO)
    page.goto(f"/arbejdsplads/sag/{case}")
    put(page, case, "Klage fra naboen", paper(f"{NAME}, {NUMBER}, har klaget over støj i gården."))
    put(page, case, "Notat om besøg", paper(f"Hun passer {SECRET} bag huset.", "Støjen måles igen i maj."))

    page.goto("/arbejdsplads/aktindsigt")
    page.locator("#ny-anmodning").click()
    form = page.locator("#ny-aktindsigt")
    form.get_by_label("Forvaltningsloven § 9 (part)").check()
    form.get_by_label("Sagsnummer").fill(case)
    form.get_by_label("Det, der er bedt om, med deres egne ord").fill("Alt i min sag")
    yesterday = datetime.now(tz=UTC).date() - timedelta(days=1)
    form.get_by_label("Modtaget").fill(yesterday.isoformat())
    sound(page)
    form.get_by_role("button", name="Opret anmodningen").click()
    page.wait_for_url(re.compile(r"/arbejdsplads/aktindsigt/[\d-]+$"))
    asked = page.url
    page.locator("#hent-forslag").click()
    expect(page.locator(".access-items")).to_contain_text("Klage fra naboen")
    sound(page)

    page.get_by_role("link", name="Klage fra naboen").click()
    page.get_by_label(NUMBER).check()  # found by the service
    page.locator("#daek-regel").fill("Forvaltningsloven § 15 b")
    page.locator("#daek-ord").fill(NAME)
    sound(page)
    page.locator("#daek-nu").click()
    expect(page.locator("#sider")).to_have_text("Sådan gives den")
    sound(page)

    page.goto(asked)
    page.get_by_role("link", name="Notat om besøg").click()
    page.locator("#daek-regel").fill("Forvaltningsloven § 15 b")
    picture = page.locator("[data-page='1']")
    expect(picture.locator("img")).to_be_visible()
    picture.scroll_into_view_if_needed()
    expect(picture.locator("img")).to_have_js_property("complete", True)  # it comes when it is looked at
    words = where(paper(f"Hun passer {SECRET} bag huset.", "Støjen måles igen i maj."), SECRET)
    drawn(page, words)
    by_keys(page)
    sound(page)
    page.locator("#daek-nu").click()
    expect(page.locator("#sider")).to_have_text("Sådan gives den")

    page.goto(asked)
    page.locator("#lav-pakken").click()
    expect(page.locator("#hent-pakken")).to_be_visible()
    with page.expect_download() as waiting:
        page.locator("#hent-pakken").click()
    with zipfile.ZipFile(io.BytesIO(waiting.value.path().read_bytes())) as archive:
        content = archive.read(archive.namelist()[0])
    said, raw = extracted(content), unpacked(content)
    for word in ("Bodil", "Baggaard", "030391", SECRET):
        assert word not in said
        for coded in (word.encode(), word.encode("utf-16-be"), word.encode("utf-16-be").hex().encode()):
            assert coded not in raw
    assert "støj i gården" in said
    assert "måles igen" in said

    page.locator("#skriv-svaret").click()
    answer = page.locator("#brev")
    answer.get_by_label("Hvorfor gives det ikke hele?").fill("Noget handler om en anden person.")
    answer.get_by_label("Der kan klages til").fill("Ankestyrelsen")
    answer.get_by_label("Klagefrist").fill((yesterday + timedelta(days=30)).isoformat())
    answer.get_by_label("Klagen sendes til").fill("Ydelsesvej 1, 2500 Valby")
    answer.get_by_label("Det sker med klagen").fill("Vi ser på sagen igen, før vi sender klagen videre.")
    answer.get_by_label("Sådan får modtageren svaret").select_option("counter")
    sound(page)
    page.locator("#send-svar").click()
    expect(page.locator("#desk-middle, main").first).to_contain_text("Svaret er sendt")
    sound(page)
    page.goto(f"/arbejdsplads/sag/{case}")
    expect(page.locator("#journal")).to_contain_text("Aktindsigt besvaret")


def where(content: bytes, word: str) -> tuple[float, float, float, float]:
    """Where a word stands on the first page: shares from the left and the top."""
    page = pypdfium2.PdfDocument(content)[0]
    text = page.get_textpage()
    found = text.search(word).get_next()
    boxes = [text.get_charbox(found[0] + number) for number in range(found[1])]
    width, height = page.get_size()
    left, right = min(box[0] for box in boxes), max(box[2] for box in boxes)
    low, high = min(box[1] for box in boxes), max(box[3] for box in boxes)
    return left / width, 1 - high / height, right / width, 1 - low / height


def drawn(page: Page, share: tuple[float, float, float, float]) -> None:
    """A box drawn with the mouse, a little larger than the word."""
    picture = page.locator("[data-page='1']")
    left, top, right, bottom = share
    size = picture.bounding_box()
    picture.hover(position={"x": size["width"] * left - 6, "y": size["height"] * top - 6})  # its column scrolls to it
    place = picture.bounding_box()
    page.mouse.down()
    page.mouse.move(place["x"] + place["width"] * right + 6, place["y"] + place["height"] * bottom + 6, steps=4)
    page.mouse.up()
    expect(picture.locator(".cover-box")).to_have_count(1)


def by_keys(page: Page) -> None:
    """A second box, made, moved, enlarged and taken away again by keys alone."""
    page.locator("[data-add='1']").focus()
    page.keyboard.press("Enter")
    boxes = page.locator("[data-page='1'] .cover-box")
    expect(boxes).to_have_count(2)
    left = page.locator("[name=box-left]").nth(1)
    before = float(left.input_value())
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Shift+ArrowDown")
    assert float(left.input_value()) == pytest.approx(before + 0.5)
    page.keyboard.press("Delete")
    expect(boxes).to_have_count(1)
