"""A problem with a day-care place, by the form: the number of Pladsanvisningen, or a call."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys import stage
from tests.journeys.system import System

PHONE, WHEN = "00 00 00 17", "i morgen efter kl. 15"


@pytest.mark.req("kc.callback")
def test_a_call_is_asked_for_and_reaches_an_employee_with_number_and_time(town: System, page: Page, browser, log_in):
    with stage.quiet_floor(town, "petra.puslespil"):
        reference = ask_for_a_call(page)
        desk = browser.new_context(
            base_url=town.url, locale="da-DK", viewport={"width": 1280, "height": 900}
        ).new_page()
        log_in(desk, "petra.puslespil")
        desk.get_by_role("button", name="Jeg er klar").click()
        expect(desk.get_by_role("heading", name="Tilbudt til dig")).to_be_visible(timeout=120_000)
        desk.get_by_role("button", name="Tag den").click()
        expect(desk.locator(".contact-head")).to_contain_text(reference)
        call = desk.locator(".call-back")
        expect(call).to_contain_text(PHONE)
        expect(call).to_contain_text(WHEN)
        expect(call.get_by_role("link", name=PHONE)).to_have_attribute("href", "tel:00000017")

        desk.get_by_role("link", name="Afslut").click()
        desk.get_by_role("button", name="Afslut", exact=True).click()
        expect(desk.get_by_text("Du har ikke noget i hånden.")).to_be_visible()
        assert town.api("GET", f"/contacts/{reference}")[1]["state"] == "closed"
        desk.context.close()


def ask_for_a_call(page: Page) -> str:
    """The form until its receipt; the reference."""
    page.goto("/kontakt")
    page.get_by_label("Din henvendelse").fill(stage.DAY_CARE)
    page.get_by_role("button", name="Gå videre").click()
    page.get_by_role("radio", name="Plads i vuggestue, børnehave eller dagpleje").check()
    page.get_by_role("button", name="Gå videre").click()
    page.locator("#what-wrong_place").check()
    page.get_by_role("button", name="Gå videre").click()

    expect(page.get_by_role("heading", level=1)).to_contain_text("Pladsanvisningen")
    expect(page.locator("main a[href='tel:00000222']")).to_be_visible()
    page.get_by_role("button", name="Bliv ringet op").click()

    expect(page.get_by_label("Ring til mig")).to_be_checked()
    page.get_by_role("button", name="Gå videre").click()
    expect(page.locator("#phone-error")).to_be_visible()  # no call without a number
    page.get_by_label("Dit telefonnummer").fill(PHONE)
    page.get_by_label("Hvornår passer det").fill(WHEN)
    page.get_by_role("button", name="Gå videre").click()
    page.get_by_role("button", name="Bed om at blive ringet op").click()
    expect(page.get_by_text(f"Vi ringer til dig på {PHONE}")).to_be_visible()
    return page.locator(".alert .number").inner_text()
