"""A card solves a question, an editor changes it, its owner approves, and everybody reads the new text."""

import csv
import re
import tomllib
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys import stage
from tests.journeys.system import PATIENCE, System
from tests.journeys.test_screens import NARROW, WIDE, too_wide, violations
from tests.plugin import ROOT

AGENT, EDITOR, OWNER = "frida.fredegod", "edith.editor", "poula.pension"
WORDS = "min mor er 82 og kan ikke betale varmen"
PROFILE = ROOT / "profiles" / "copenhagen"
CARD = "/portal/opgaver/T-121"
NEW = "Vi ringer altid tilbage samme dag, når der er lukket for varmen."


@pytest.fixture
def frida(town: System, page: Page, log_in) -> Iterator[Page]:
    """An agent of the contact centre with a citizen on the line."""
    with stage.quiet_floor(town, AGENT):
        log_in(page, AGENT)
        page.goto("/portal")  # from here on what changes is new to her
        page.get_by_role("button", name="Jeg har set det").click()
        page.goto("/arbejdsplads")
        page.get_by_role("button", name="Telefon", exact=True).click()
        yield page


@pytest.mark.req("po.system", "po.kcuse", "po.jointdev", "po.newstaff")
def test_a_card_solves_a_question_is_changed_approved_and_read_by_all(
    town: System, browser: Browser, frida: Page, log_in
):
    solves_it_from_the_card(frida)

    with somebody(browser, town, log_in, EDITOR) as edith:
        edith.goto(f"{CARD}#bagefter")
        edith.get_by_role("link", name="Ret kortet").click()
        after = edith.locator("#bagefter")
        after.fill(f"{after.input_value()} {NEW}")
        edith.get_by_label(re.compile("Hvorfor ændrer du det")).fill("Borgere med lukket varme ringes op samme dag")
        sound(edith)
        edith.get_by_role("button", name="Gem kladden").click()
        edith.get_by_role("button", name="Send til godkendelse").click()
        expect(edith.get_by_role("heading", name="Venter på godkendelse")).to_be_visible()
        expect(edith.get_by_role("button", name="Godkend", exact=True)).to_have_count(0)  # not one's own text

    frida.goto(CARD)
    expect(frida.locator("#bagefter")).not_to_contain_text(NEW)
    with somebody(browser, town, log_in, OWNER) as poula:
        poula.goto("/portal/redaktion?liste=godkendelse")
        poula.get_by_role("link", name=re.compile("Personligt tillæg")).click()
        poula.get_by_role("link", name="Se, hvad der er ændret").click()
        expect(poula.locator(".difference ins").first).to_contain_text(NEW)
        sound(poula)
        poula.go_back()
        poula.get_by_role("button", name="Godkend", exact=True).click()
        expect(poula.locator("#indhold")).to_contain_text("Udgivet")

    frida.goto("/portal")
    expect(frida.locator("#desk-middle")).to_contain_text("Borgere med lukket varme ringes op samme dag")
    frida.get_by_role("link", name=re.compile("^Personligt tillæg til pensionister")).first.click()
    expect(frida.locator("#bagefter")).to_contain_text(NEW)
    sound(frida)

    context = browser.new_context(base_url=town.url, locale="da-DK", viewport=WIDE)
    citizen = context.new_page()
    citizen.goto("/opgaver/T-121")
    expect(citizen.locator("#indhold")).to_contain_text(NEW)
    context.close()


@pytest.mark.req("po.newmark")
def test_ninety_seven_of_the_tasks_are_new_in_the_centres(page: Page, log_in):
    log_in(page, AGENT)
    page.goto("/portal/opgaver")
    page.get_by_label("Nye i Borgerservice (97)").check()
    page.get_by_role("button", name="Vis", exact=True).click()
    expect(page.get_by_role("status").filter(has_text="af 138")).to_have_text("97 af 138 opgaver")


@pytest.mark.req("po.findinfo")
def test_fifty_phrases_citizens_use_lead_to_the_right_card(page: Page, log_in):
    log_in(page, AGENT)
    wrong = {}
    for task, words in said_by_citizens(50):
        found = page.request.get("/portal", params={"q": words}).text()
        first = re.search(r'href="/portal/opgaver/(T-\d+)', found)
        if first is None or first.group(1) != task:
            wrong[words] = (task, first and first.group(1))
    assert len(wrong) <= 2, wrong


def said_by_citizens(many: int) -> list[tuple[str, str]]:
    """The first phrase on the cards of the tasks asked for most, then of others."""
    with (PROFILE / "tasks.csv").open(encoding="utf-8") as file:
        rows = sorted(csv.DictReader(file), key=lambda row: (row["frequent"] != "1", row["code"]))
    found = []
    for row in rows[:many]:
        front = (PROFILE / "cards" / f"{row['code']}.md").read_text(encoding="utf-8").split("+++\n")[1]
        found.append((row["code"], tomllib.loads(front)["words"][0]))
    return found


def solves_it_from_the_card(frida: Page) -> None:
    """By the citizen's words to the card, through its questions to the answer, its steps ticked."""
    frida.locator("#find-opgave").fill(WORDS)
    frida.locator("#fundne-opgaver").get_by_role(
        "button", name=re.compile("Personligt tillæg til pensionister")
    ).click()
    expect(frida.locator("#kort-T-121")).to_be_visible()
    frida.locator("#henvendelse").focus()
    frida.keyboard.press("k")
    card = frida.locator("#helt-kort-T-121")
    expect(card.locator("#T-121-sig")).to_contain_text("varmetillæg hos Udbetaling Danmark")
    for answer in ("Nej", "Folkepension", "Varme og varmt vand", "Over nul"):
        card.locator(".guide-answers").get_by_role("link", name=answer, exact=True).click()
        expect(card.locator(".guide-path")).to_contain_text(answer)
    expect(card.locator(".guide-result")).to_contain_text("Ja")
    expect(card.locator(".guide")).to_contain_text("søge varmetillæg hos Udbetaling Danmark")
    for step in (1, 2):
        card.locator(f"#T-121-trin-{step}").check()
    expect(card.locator(".card-ticked")).to_contain_text("2/9")
    card.get_by_role("button", name="Ja", exact=True).click()
    expect(card.locator(".card-answered")).to_contain_text("noteret")
    sound(frida)
    frida.reload()
    expect(card.locator("#T-121-trin-2")).to_be_checked()  # for this contact, in this browser


class somebody:
    """Another employee in a browser of their own."""

    def __init__(self, browser: Browser, town: System, log_in, username: str) -> None:
        self.context = browser.new_context(base_url=town.url, locale="da-DK", viewport=WIDE)
        self.context.set_default_timeout(PATIENCE)
        self.page = self.context.new_page()
        log_in(self.page, username)

    def __enter__(self) -> Page:
        return self.page

    def __exit__(self, *_fault: object) -> None:
        self.context.close()


def sound(page: Page) -> None:
    """axe finds nothing, wide or narrow, and nothing is wider than the window."""
    for size in (NARROW, WIDE):
        page.set_viewport_size(size)
        assert violations(page) == []
        assert not too_wide(page)
