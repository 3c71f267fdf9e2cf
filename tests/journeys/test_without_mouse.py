"""An employee's whole work with the keyboard alone."""

from playwright.sync_api import Page, expect

from tests.journeys import stage
from tests.journeys.system import System

FOCUSED = "selector => document.activeElement?.matches(selector) ?? false"
SETTLED = "() => !document.querySelector('.htmx-request, .htmx-swapping, .htmx-settling, .htmx-added')"
WHO = "ivan.imoede"


def tab_to(page: Page, selector: str, most: int = 80) -> None:
    """Press Tab until it has the focus, as somebody without a mouse must."""
    for _ in range(most):
        if page.evaluate(FOCUSED, selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{selector} is not reached in {most} steps on {page.url}")


def log_in_by_keyboard(page: Page, town: System) -> None:
    login = town.login(WHO)
    page.goto("/log-ind")
    tab_to(page, "#id_username")
    page.keyboard.type(login["username"])
    page.keyboard.press("Tab")
    page.keyboard.type(login["password"])
    page.keyboard.press("Enter")
    page.wait_for_url("**/arbejdsplads")


def answer_and_close(page: Page, text: str) -> None:
    page.keyboard.press("r")
    expect(page.locator("#svar")).to_be_focused()
    page.keyboard.type(text)
    expect(page.locator("#svar-gemt")).to_contain_text("gemt")
    tab_to(page, "#send-svar", most=5)
    page.keyboard.press("Enter")
    expect(page.locator("#samtale").get_by_text(text)).to_be_visible()
    expect(page.locator("#svar")).to_have_value("")  # the live update may show it before the answer's own page is there
    expect(page.locator("#send-svar")).to_be_focused()  # where the person was
    page.wait_for_function(SETTLED)
    page.keyboard.press("e")
    expect(page.locator("dialog #afslut")).to_be_visible()
    page.wait_for_function("document.querySelector('#afslut').contains(document.activeElement)")
    tab_to(page, "#afslut-knap")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Du har ikke noget i hånden.")).to_be_visible()


def test_an_agent_takes_answers_and_closes_without_a_mouse(town: System, page: Page):
    with stage.quiet_floor(town, WHO):
        log_in_by_keyboard(page, town)
        stage.contact(town, "T-003", "Hvor er parkeringszonerne?", email="karla@borger.example")
        page.keyboard.press("n")  # the next one, by hand
        expect(page.locator("#samtale")).to_contain_text("parkeringszonerne")
        answer_and_close(page, "Se kortet over zonerne.")

        if page.locator("button[name=mode][value=available]").count():
            tab_to(page, "button[name=mode][value=available]")
            page.keyboard.press("Enter")
        expect(page.locator(".own-state-now")).to_contain_text("Klar")
        reference = stage.contact(town, "T-003", "Hvad koster det at parkere?", email="karla@borger.example")
        expect(page.locator("#tag-tilbud")).to_be_visible(timeout=120_000)
        page.keyboard.press("a")
        expect(page.locator("#samtale")).to_contain_text("Hvad koster det")

        page.keyboard.press("r")
        page.keyboard.type("Det koster ")
        body = {"direction": "in", "medium": "mail", "body": "Det er for en beboer."}
        assert town.api("POST", f"/contacts/{reference}/messages", body)[0] == 201
        expect(page.locator("#samtale")).to_contain_text("Det er for en beboer.", timeout=120_000)
        expect(page.locator("#svar")).to_be_focused()  # a live update takes neither focus nor text
        page.keyboard.type("ikke noget.")
        expect(page.locator("#svar")).to_have_value("Det koster ikke noget.")
        page.keyboard.press("Escape")
        page.locator("#svar").fill("")
        page.keyboard.press("Escape")
        answer_and_close(page, "En licens til beboere koster ikke noget.")


def test_the_keys_are_shown_and_lead_where_they_say(town: System, page: Page):
    with stage.quiet_floor(town, WHO):
        item = stage.item_in_hand(town, WHO, "T-003", "Hvor må jeg parkere?", email="karla@borger.example")
        log_in_by_keyboard(page, town)
        page.goto(f"/arbejdsplads/{item}")
        page.keyboard.press("?")
        expect(page.locator(".key-help")).to_be_visible()
        page.keyboard.press("Escape")
        expect(page.locator(".key-help")).to_have_count(0)
        page.keyboard.press("/")
        expect(page.locator("#soeg")).to_be_focused()
        page.keyboard.press("Escape")
        expect(page.locator("dialog[open]")).to_have_count(0)
        page.keyboard.press("t")
        expect(page.locator("#til-hvem")).to_be_focused()
        page.keyboard.press("Escape")
        expect(page.locator("dialog[open]")).to_have_count(0)
        page.keyboard.press("+")
        expect(page.locator("#find-opgave")).to_be_focused()
        page.keyboard.press("Escape")
        page.keyboard.press("r")
        page.keyboard.type("/n?")  # keys are letters while somebody types
        expect(page.locator("#svar")).to_have_value("/n?")
