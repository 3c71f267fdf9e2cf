"""Every screen in every state: axe finds nothing, 320 px are enough, no fault in the console, nothing from outside."""

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Request

from tests.journeys import stage
from tests.journeys.system import PATIENCE, System
from tests.plugin import ROOT
from tests.states import (
    ACCESS,
    ADMINISTRATION,
    CASES,
    CATALOGUE,
    DEMO,
    DESK,
    LOGIN,
    PLANNING,
    PORTAL,
    RIGHTS,
    SITE,
    TABLE,
    WEBFORM,
    State,
)

AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]
RUN = "rules => axe.run(document, {runOnly: rules, resultTypes: ['violations']}).then(found => found.violations)"
OWN = {"127.0.0.1", "localhost"}
WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 320, "height": 640}
CITIZEN_STATES = [*SITE, *WEBFORM, *LOGIN]
STAFF_STATES = [*DEMO, *DESK, *ADMINISTRATION, *CATALOGUE, *PORTAL, *CASES, *ACCESS, *PLANNING, *RIGHTS]


class Watched:
    """A page that remembers what it must not do."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.faults: list[str] = []
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.faults.append(f"script: {error}"))
        page.on("request", self._request)

    def _console(self, message: ConsoleMessage) -> None:
        refused_page = message.text.startswith("Failed to load resource") and message.location["url"] == self.page.url
        if message.type == "error" and not refused_page:
            self.faults.append(f"console: {message.text}")

    def _request(self, request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme not in {"data", "blob"} and address.hostname not in OWN:
            self.faults.append(f"outside: {request.url}")


class Screens:
    """Open pages by language and employee, and what was prepared for them."""

    def __init__(self, browser: Browser, town: System) -> None:
        self.browser, self.town = browser, town
        self.pages: dict[tuple[str, str], Watched] = {}
        self.prepared: dict[str, dict[str, str]] = {}

    def page(self, language: str, by: str) -> Watched:
        if (language, by) not in self.pages:
            locale = "da-DK" if language == "da" else "en-GB"
            context = self.browser.new_context(base_url=self.town.url, locale=locale, viewport=WIDE)
            context.set_default_timeout(PATIENCE)
            page = context.new_page()
            if by:
                log_in(page, self.town, by)
            self.pages[language, by] = Watched(page)
        return self.pages[language, by]

    def path(self, state: State, language: str) -> str:
        if "{" not in state.path:
            return state.path
        staff = bool(state.by) or state in DEMO
        name = "staff" if staff else language
        if name not in self.prepared:
            self.prepared[name] = {}  # a stage that failed is not set up again for every screen
            self.prepared[name] = stage.staff_stage(self.town) if staff else stage.citizen_stage(self.town, language)
        return state.path.format(**self.prepared[name])

    def close(self) -> None:
        for watched in self.pages.values():
            watched.page.context.close()
        for username in ("vera.vejhjaelp", "mille.miljoe", "rikke.rolig"):
            stage.set_state(self.town, username, "offline")


def log_in(page: Page, town: System, username: str) -> None:
    login = town.login(username)
    page.goto("/log-ind")
    page.locator("#id_username").fill(login["username"])
    page.locator("#id_password").fill(login["password"])
    page.locator("#indhold form button").click()
    page.wait_for_url("**/arbejdsplads*")


@pytest.fixture(scope="module")
def screens(browser: Browser, town: System) -> Iterator[Screens]:
    opened = Screens(browser, town)
    yield opened
    opened.close()


def show(screens: Screens, state: State, language: str) -> Watched:
    """Bring the state about; the page as its reader meets it."""
    path = screens.path(state, language)
    watched = screens.page(language, state.by)
    watched.faults.clear()
    watched.page.set_viewport_size(WIDE)
    answer = watched.page.goto(path)
    for field, text in state.fill.items():
        watched.page.locator(field).fill(text)
    presses = [step for step in state.press.split(", ") if step]
    for step in presses[:-1]:
        watched.page.locator(step).first.click()
    if presses:
        with watched.page.expect_navigation() as pressed:
            watched.page.locator(presses[-1]).first.click()
        answer = pressed.value
    assert answer is not None
    assert answer.status == state.status, f"{watched.page.url} answered {answer.status}"
    return watched


def violations(page: Page) -> list[str]:
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE.read_text())
    return [
        f"{rule['id']}: {node['target']} {node['html'][:120]}"
        for rule in page.evaluate(RUN, RULES)
        for node in rule["nodes"]
    ]


def too_wide(page: Page) -> list[str]:
    """What sticks out at 320 px."""
    page.set_viewport_size(NARROW)
    return page.evaluate(
        """() => document.documentElement.scrollWidth <= window.innerWidth ? [] :
        [...document.body.querySelectorAll('*')].filter(e => e.getBoundingClientRect().right > window.innerWidth + 1)
        .map(e => e.outerHTML.slice(0, 100)).slice(0, 5)
        .concat(['page is ' + document.documentElement.scrollWidth + ' px wide'])"""
    )


def check(screens: Screens, state: State, language: str) -> None:
    watched = show(screens, state, language)
    found = {"axe": violations(watched.page), "at 320 px": too_wide(watched.page), "heard": watched.faults}
    assert {kind: faults for kind, faults in found.items() if faults} == {}
    assert watched.page.locator("html").get_attribute("lang") == language
    assert watched.page.locator("h1").count() == 1


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("state", CITIZEN_STATES, ids=lambda state: state.title)
def test_citizens_pages(screens: Screens, state: State, language: str):
    check(screens, state, language)


@pytest.mark.parametrize("state", STAFF_STATES, ids=lambda state: state.title)
def test_employees_and_demo_pages(screens: Screens, state: State):
    check(screens, state, "da")


def test_the_rules_find_what_is_wrong(screens: Screens):
    """A silent axe would pass every page."""
    page = show(screens, SITE[0], "da").page
    page.evaluate("document.querySelector('main').innerHTML += '<img src=\"/static/web/mark.svg\"><input>'")
    assert {found.split(":")[0] for found in violations(page)} >= {"image-alt", "label"}
    page.evaluate("document.querySelector('main').append(document.createElement('hr'))")
    page.evaluate("document.querySelector('main > hr').style.width = '900px'")
    assert too_wide(page) != []


def test_every_state_is_looked_at():
    assert [*CITIZEN_STATES, *STAFF_STATES] == TABLE


@pytest.mark.parametrize("width", [320, 360, 575, 768, 1280])
def test_what_the_menu_holds_more_of_opens_inside_the_window(screens: Screens, width: int):
    page = screens.page("da", "agnes.agent").page
    page.goto("/arbejdsplads/sager")
    page.set_viewport_size({"width": width, "height": 800})
    page.locator(".menu-more > summary").click()
    opened = page.locator(".menu-more > ul").bounding_box()
    assert opened is not None
    assert opened["x"] >= 0 and opened["x"] + opened["width"] <= width
