"""A browser dies while somebody types: at most two seconds of typing are gone."""

import os
import signal
import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys import stage
from tests.journeys.conftest import CHROMIUM, QUIET
from tests.journeys.system import System

ANSWER = "Kære Karla. Vi har set på din henvendelse, og du får svar her: reglerne for sygedagpenge gælder også dig. "
LOST_SECONDS = 2.0


def type_for(page: Page, seconds: float) -> list[tuple[float, int]]:
    """Type without a pause; when each character had been typed."""
    began, written = time.monotonic(), []
    while time.monotonic() - began < seconds:
        page.keyboard.type(ANSWER[len(written) % len(ANSWER)])
        written.append((time.monotonic(), len(written) + 1))
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


def test_at_most_two_seconds_of_typing_are_missing(town: System, short_lived: Browser, page: Page, log_in):
    question = "Hvordan får jeg sygedagpenge?"
    with stage.quiet_floor(town, "otto.opkald"):
        item = stage.item_in_hand(town, "otto.opkald", "T-032", question, email="karla@borger.example")
        typing = short_lived.new_context(base_url=town.url, locale="da-DK").new_page()
        log_in(typing, "otto.opkald")
        typing.goto(f"/arbejdsplads/{item}")
        typing.locator("#svar").focus()
        written = type_for(typing, 5)
        killed = time.monotonic()
        kill(short_lived)

        due = max(number for at, number in written if at <= killed - LOST_SECONDS)
        log_in(page, "otto.opkald")
        page.goto(f"/arbejdsplads/{item}")
        kept = page.locator("#svar").input_value()
        assert (ANSWER * 20)[: len(written)].startswith(kept)
        assert len(kept) >= due, f"{len(kept)} of {len(written)} characters were kept; {due} were two seconds old"
        expect(page.locator("#svar-gemt")).to_contain_text("gemt")
