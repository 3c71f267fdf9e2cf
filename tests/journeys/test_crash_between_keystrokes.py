"""Browser or web server die while somebody types: at most two seconds of typing are gone, on any machine."""

import os
import re
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.journeys import stage
from tests.journeys.conftest import CHROMIUM, QUIET
from tests.journeys.system import System

ANSWER = "Kære Karla. Vi har set på din henvendelse, og du får svar her: reglerne for sygedagpenge gælder også dig. "
LOST_SECONDS = 2.0
WHO = "otto.opkald"
QUESTION = "Hvordan får jeg sygedagpenge?"
ALL_SENT = "() => !Object.keys(localStorage).some((key) => key.startsWith('indgang:kladde:'))"
SAVED = re.compile(r"gemt \d\d\.\d\d")
Written = list[tuple[float, int]]


def type_for(page: Page, seconds: float, already: int = 0) -> Written:
    """Type without a pause; when each character had been typed."""
    began, written = time.monotonic(), []
    while time.monotonic() - began < seconds:
        page.keyboard.type(ANSWER[(already + len(written)) % len(ANSWER)])
        written.append((time.monotonic(), already + len(written) + 1))
        page.wait_for_timeout(40)
    return written


@pytest.fixture
def short_lived(browser: Browser) -> Iterator[Browser]:
    """A browser of its own, to be killed."""
    launched = browser.browser_type.launch(executable_path=os.environ.get("CHROMIUM", CHROMIUM), args=QUIET)
    yield launched
    launched.close()


def kill(browser: Browser) -> None:
    """As when the power fails: no event of the page runs any more."""
    processes = browser.new_browser_cdp_session().send("SystemInfo.getProcessInfo")["processInfo"]
    os.kill(next(process["id"] for process in processes if process["type"] == "browser"), signal.SIGKILL)


def to_answer(page: Page) -> str:
    return "#svar"


def to_note(page: Page) -> str:
    if not page.locator("#note").is_visible():
        page.locator("#note-felt > summary").click()
    return "#note"


def to_wrap_up(page: Page) -> str:
    page.locator("#vis-afslut").click()
    expect(page.locator("dialog #afslut-note")).to_be_visible()
    return "#afslut-note"


def told(page: Page, field: str) -> Locator:
    """Where it says that it is saved."""
    return page.locator(f"#{page.locator(field).get_attribute('data-draft-status')}")


PLACES = pytest.mark.parametrize("place", [to_answer, to_note, to_wrap_up])


def machine(browser: Browser, town: System, log_in: Callable[[Page, str], None]) -> Page:
    page = browser.new_context(base_url=town.url, locale="da-DK").new_page()
    log_in(page, WHO)
    return page


@contextmanager
def typing_on(item: str, page: Page, place: Callable[[Page], str]) -> Iterator[str]:
    page.goto(f"/arbejdsplads/{item}")
    field = place(page)
    page.locator(field).focus()
    yield field


def kept_of(written: Written, until: float, kept: str) -> None:
    """It is what was typed, from its first letter, and short of two seconds at most."""
    due = max(number for at, number in written if at <= until - LOST_SECONDS)
    assert (ANSWER * 40)[: written[-1][1]].startswith(kept)
    assert len(kept) >= due, f"{len(kept)} of {len(written)} characters were kept; {due} were two seconds old"


@PLACES
def test_at_most_two_seconds_of_typing_are_missing_on_another_machine(
    town: System, short_lived: Browser, page: Page, log_in, place
):
    with stage.quiet_floor(town, WHO):
        item = stage.item_in_hand(town, WHO, "T-032", QUESTION, email="karla@borger.example")
        with typing_on(item, machine(short_lived, town, log_in), place):
            written = type_for(short_lived.contexts[0].pages[0], 5)
            killed = time.monotonic()
            kill(short_lived)
        log_in(page, WHO)
        with typing_on(item, page, place) as field:
            kept_of(written, killed, page.locator(field).input_value())
            expect(told(page, field)).to_have_text(SAVED)


@PLACES
def test_a_killed_web_server_costs_two_seconds_and_nothing_where_the_browser_lives(
    town: System, short_lived: Browser, page: Page, log_in, place
):
    with stage.quiet_floor(town, WHO):
        item = stage.item_in_hand(town, WHO, "T-032", QUESTION, email="karla@borger.example")
        log_in(page, WHO)
        first = machine(short_lived, town, log_in)
        with typing_on(item, first, place) as field:
            written = type_for(first, 4)
            killed = time.monotonic()
            town.kill_web()
            written += type_for(first, 3, already=len(written))
            first.wait_for_function(ALL_SENT, timeout=120_000)
            expect(told(first, field)).to_have_text(SAVED)
        with typing_on(item, page, place) as field:
            kept = page.locator(field).input_value()
            kept_of(written, killed, kept)
            assert kept == (ANSWER * 40)[: len(written)], "the browser lived: it sends what the server missed"
