"""The citizen's whole path in English: no Danish sentence is left on any page of it."""

import re
from collections.abc import Iterator

import pytest
from babel.messages.pofile import read_po
from playwright.sync_api import Browser, Page, expect

from tests.journeys import stage
from tests.journeys.system import PATIENCE, System
from tests.plugin import ROOT

# Words English sentences do not have; names of places and offices may stay Danish.
DANISH = re.compile(r"\b(og|ikke|dig|din|dit|på|som|af|eller|hvad|hvordan|skal|når|også|vores|bliver|må|efter)\b", re.I)
OFFICE = re.compile(r"\b[A-ZÆØÅ]\w+ og [A-ZÆØÅ]\w+")  # "Teknik og Miljø" is a name
VISIBLE = """() => {
  document.querySelectorAll('[lang=da], .own-words, .pre-line').forEach(element => element.remove());
  return document.body.innerText;
}"""


@pytest.fixture
def english_page(browser: Browser, town: System) -> Iterator[Page]:
    context = browser.new_context(base_url=town.url, locale="en-GB")
    context.set_default_timeout(PATIENCE)
    yield context.new_page()
    context.close()


def danish_sentences() -> set[str]:
    """What the catalogues translate into something else, of at least two words."""
    found = set()
    for path in (ROOT / "indgang").rglob("locale/en/LC_MESSAGES/django.po"):
        for message in read_po(path.open("rb"), locale="en"):
            if isinstance(message.id, str) and " " in message.id.strip() and message.string not in {"", message.id}:
                found.add(message.id)
    return found


def left_in_danish(page: Page, sentences: set[str]) -> list[str]:
    text = OFFICE.sub("", page.evaluate(VISIBLE))
    words = [line.strip() for line in text.splitlines() if DANISH.search(line)]
    return words + [sentence for sentence in sentences if sentence in text]


def test_the_whole_path_is_in_english(town: System, english_page: Page):
    page, sentences, danish = english_page, danish_sentences(), {}
    assert len(sentences) > 100

    def look() -> None:
        expect(page.locator("html")).to_have_attribute("lang", "en")
        if found := left_in_danish(page, sentences):
            danish[page.url.removeprefix(town.url)] = found

    with stage.quiet_floor(town):
        for address in ("/opgaver", "/opgaver/T-076", "/livssituationer/housing", "/tilgaengelighed", "/findes-ikke"):
            page.goto(address)
            look()
        page.goto("/")
        look()
        page.get_by_role("searchbox").or_(page.locator("main form textarea, main form input[name=tekst]")).first.fill(
            "I am moving to another address in town"
        )
        page.locator("main form button[type=submit]").first.click()
        look()
        page.get_by_role("radio").first.check()
        page.locator("main form button[type=submit]").click()
        look()
        page.locator("#where-denmark").check()
        page.locator("main form button[type=submit]").click()
        look()
        page.locator("button[name=way][value=message]").click()
        look()
        page.locator("#mail").fill("john")
        page.locator("main form > button[type=submit]").click()
        look()
        page.locator("#mail").fill("john@borger.example")
        page.locator("main form > button[type=submit]").click()
        look()
        page.locator("main form button[type=submit]").click()
        expect(page).to_have_url(re.compile("/kvittering$"))
        look()
        page.locator("a[href^='/status/']").click()
        look()
    assert danish == {}


def test_the_language_is_chosen_on_any_page_and_kept(town: System, page: Page):
    page.goto("/opgaver")
    page.get_by_role("button", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    assert page.url.endswith("/opgaver")
    page.goto("/kontakt")
    expect(page.locator("html")).to_have_attribute("lang", "en")
