"""The whole form with JavaScript switched off, and a file with it."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys import stage
from tests.journeys.system import PATIENCE, System, wait_for

ADDRESS = "uden-script@borger.example"


@pytest.fixture
def plain_page(browser: Browser, town: System) -> Iterator[Page]:
    context = browser.new_context(base_url=town.url, locale="da-DK", java_script_enabled=False)
    context.set_default_timeout(PATIENCE)
    yield context.new_page()
    context.close()


def test_somebody_without_javascript_sends_a_file_and_follows_the_contact(town: System, plain_page: Page):
    page = plain_page
    with stage.quiet_floor(town):
        page.goto("/")
        page.get_by_label("Skriv det med dine egne ord").fill("jeg flytter til Valby på lørdag")
        page.get_by_role("button", name="Find hjælp").click()
        page.get_by_role("radio").first.check()
        page.get_by_role("button", name="Gå videre").click()
        page.locator("#where-denmark").check()
        page.get_by_role("button", name="Gå videre").click()
        page.get_by_role("button", name="Skriv til en medarbejder").click()

        file = {"name": "lejekontrakt.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4 kontrakt"}
        page.get_by_label("Vedhæft filer").set_input_files(file)
        page.get_by_label("Din mailadresse").fill("ikke en adresse")
        page.get_by_role("button", name="Gå videre").click()
        expect(page.get_by_text("lejekontrakt.pdf")).to_be_visible()  # kept, although the address is wrong
        page.get_by_label("Din mailadresse").fill(ADDRESS)
        page.get_by_role("button", name="Gå videre").click()

        expect(page.locator("dl.facts")).to_contain_text("lejekontrakt.pdf")
        page.get_by_role("button", name="Send henvendelsen").click()
        expect(page.get_by_role("heading", name="Vi har modtaget din henvendelse")).to_be_visible()
        reference = page.locator(".alert .number").inner_text()
        page.reload()
        expect(page.locator(".alert .number")).to_have_text(reference)

        page.get_by_role("link", name="Følg din henvendelse").click()
        expect(page.get_by_role("heading", level=1)).to_contain_text(reference)
        expect(page.get_by_text("jeg flytter til Valby på lørdag")).to_be_visible()
        expect(page.get_by_text("lejekontrakt.pdf")).to_be_visible()
        wait_for(lambda: town.mails_to(ADDRESS), what="the receipt by mail")
