"""One started system and one browser for all journeys of a run."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.journeys import system as systems
from tests.journeys.system import PATIENCE, System

CHROMIUM = "/usr/bin/chromium"
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
expect.set_options(timeout=PATIENCE)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(str(item.fspath)).is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.journey)
            item.add_marker(pytest.mark.xdist_group("town"))  # one started system for all of them
            item.add_marker(pytest.mark.timeout(1200))
            if "page" in getattr(item, "fixturenames", []) or "browser" in getattr(item, "fixturenames", []):
                item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def town() -> Iterator[System]:
    """Indgang with its demo town."""
    with systems.shared() as started:
        yield started


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=os.environ.get("CHROMIUM", CHROMIUM), args=QUIET)
        yield launched
        launched.close()


@pytest.fixture
def context(browser: Browser, town: System) -> Iterator[BrowserContext]:
    opened = browser.new_context(base_url=town.url, locale="da-DK", viewport={"width": 1280, "height": 900})
    opened.set_default_timeout(PATIENCE)
    yield opened
    opened.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


@pytest.fixture
def log_in(town: System):
    """Log an employee of the demo town in."""

    def inner(page: Page, username: str) -> None:
        login = town.login(username)
        page.goto("/log-ind")
        page.get_by_label("Brugernavn").fill(login["username"])
        page.get_by_label("Adgangskode").fill(login["password"])
        page.get_by_role("button", name="Log ind").click()
        page.wait_for_url("**/arbejdsplads*")

    return inner
