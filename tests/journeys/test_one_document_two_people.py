"""Two employees work on one document at the same time: each sees the other, and nobody's version is lost."""

import re

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.journeys.system import System
from tests.journeys.test_a_case import CLERK, SPECIALIST, at_the_counter, opened_case, somebody_of_seventy, sound
from tests.journeys.test_access_to_documents import paper, put
from tests.journeys.test_first_journey import new_page

FIRST, CLERKS, SPECIALISTS = (
    paper("Husleje 6.200 kr."),
    paper("Husleje 6.400 kr."),
    paper("Husleje 6.400 kr. Underskrevet"),
)


def newer_file(page: Page, name: str, content: bytes, note: str) -> None:
    """Another file for the document, chosen and not yet saved."""
    page.locator("#filer").set_input_files({"name": name, "mimeType": "application/pdf", "buffer": content})
    page.get_by_label("Hvad er nyt?").fill(note)


def save(page: Page) -> None:
    page.get_by_role("button", name="Gem som ny udgave").click()


@pytest.mark.req("esdh.shared")
def test_both_see_each_other_and_the_later_one_is_told_before_anything_is_lost(
    town: System, page: Page, context: BrowserContext, log_in
):
    log_in(page, CLERK)
    at_the_counter(page, town, somebody_of_seventy(town), "Har fået en ny lejekontrakt.")
    number = opened_case(page, mine=True)
    put(page, number, "Lejekontrakt", FIRST)
    page.goto(f"/arbejdsplads/sag/{number}")
    page.locator("#journal").get_by_role("link", name="Lejekontrakt").click()
    page.wait_for_url(re.compile(r"/dokumenter/[0-9a-f-]{36}$"))
    other = new_page(context, town)
    log_in(other, SPECIALIST)
    other.goto(page.url)
    expect(page.locator("#hvem-her")).to_have_text("Filippa Falk har også dokumentet åbent")
    expect(other.locator("#hvem-her")).to_have_text("Fatima Forklar har også dokumentet åbent")

    newer_file(other, "underskrevet.pdf", SPECIALISTS, "Underskrevet af udlejer")
    newer_file(page, "rettet.pdf", CLERKS, "Ny husleje")
    save(page)
    expect(page.locator("#udgaver-navn + ol > li")).to_have_count(2)
    expect(other.locator("#nyere-udgave")).to_contain_text("Udgave 2 er lagt på imens.")

    save(other)
    expect(other.locator("#ny-udgave .composer-messages")).to_contain_text("Fatima Forklar har lagt udgave 2 på")
    expect(other.get_by_label("Hvad er nyt?")).to_have_value("Underskrevet af udlejer")
    assert other.locator("#filer").evaluate("field => field.files[0].name") == "underskrevet.pdf"
    sound(other)
    with other.context.expect_page() as opened:
        other.locator("#se-nyere").click()
    expect(opened.value.locator("#udgaver-navn + ol > li [aria-current=page]")).to_have_text("Udgave 2")
    other.get_by_label("Min fil bliver udgave 3").check()
    save(other)
    expect(other.locator("#udgaver-navn + ol > li")).to_have_count(3)

    document = page.url.split("?")[0].rpartition("/")[2]
    for version, content in enumerate((FIRST, CLERKS, SPECIALISTS), 1):
        assert other.request.get(f"/dokumenter/{document}/v/{version}").body() == content
    other.context.close()
