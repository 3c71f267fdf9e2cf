"""A leader's view of the floor: people moved with one click each, the queue shrinking before her eyes, and why."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys import stage
from tests.journeys.system import System, wait_for
from tests.journeys.test_first_journey import mail, somebody
from tests.journeys.test_screens import NARROW, WIDE, too_wide, violations

LEADER = "karen.kontakt"
MOVED = {"bjarne.bistand": "Bjarne Bistand", "carla.choler": "Carla Choler"}
QUESTIONS = [
    ("Flytning", "Jeg flytter på lørdag. Hvordan melder jeg flytning?"),
    ("Ny adresse", "Vi flytter sammen i næste uge. Hvornår skal vi melde flytning?"),
    ("Flytning til byen", "Jeg flytter til byen. Skal jeg selv melde flytning?"),
    ("Flytning igen", "Jeg flyttede i går. Er det for sent at melde flytning?"),
]


@pytest.fixture
def karen(town: System, page: Page, log_in) -> Iterator[Page]:
    """The leader on her live page; two of her people serve the counter, and nobody takes mail."""
    with stage.quiet_floor(town, *MOVED):
        for username in MOVED:
            stage.set_state(town, username, "available")
        log_in(page, LEADER)
        page.goto("/ledelse")
        yield page
        for name in MOVED.values():
            if place(page, name, "Overalt").count():
                place(page, name, "Overalt").click()
                expect(place(page, name, "Overalt")).to_have_attribute("aria-pressed", "true")


@pytest.mark.req("kc.flex")
def test_a_leader_moves_two_people_and_the_queue_shrinks(town: System, karen: Page):
    to_the_counter(karen)
    karen.evaluate("window.sameDocument = true")
    steps = int(waiting(karen).inner_text())  # of cases, which wait for their own unit
    for subject, body in QUESTIONS:
        town.send_mail(mail(somebody("borger"), subject, body))
    left = steps + len(QUESTIONS)
    expect(waiting(karen)).to_have_text(str(left), timeout=120_000)
    sound(karen)

    for username, name in MOVED.items():
        by_key(place(karen, name, "Mail og formularer"))
        left -= 1
        expect(waiting(karen)).to_have_text(str(left), timeout=120_000)
        expect(karen.locator("#meddelelse")).to_contain_text("1 medarbejder er flyttet")
        button = place(karen, name, "Mail og formularer")
        expect(button).to_be_focused()  # what she stood on is still what she stands on
        expect(button).to_have_attribute("aria-pressed", "true")
        works_off_one(town, username)
        left -= 1
        expect(waiting(karen)).to_have_text(str(left), timeout=120_000)
        expect(button).to_be_focused()
    assert karen.evaluate("window.sameDocument") is True  # all of it without loading the page again
    sound(karen)

    row(karen, MOVED["bjarne.bistand"]).get_by_role("link", name="hvorfor").first.click()
    expect(karen.get_by_role("heading", name="Hvorfor gik den til Bjarne Bistand?")).to_be_visible()
    said = karen.locator("#desk-middle ol")
    expect(said).to_contain_text("Bjarne Bistand")
    expect(said).to_contain_text(re.compile("kompetence", re.I))
    sound(karen)


def to_the_counter(karen: Page) -> None:
    """Both ticked, both moved in one go; the ticks are gone afterwards."""
    for name in MOVED.values():
        box = karen.get_by_role("checkbox", name=f"Vælg {name}")
        expect(box).to_have_css("appearance", "auto")  # one can see it: nothing draws it but the browser
        box.check()
    karen.get_by_label("Flyt de valgte til").select_option(label="Skranke")
    karen.get_by_role("button", name="Flyt", exact=True).click()
    expect(karen.locator("#meddelelse")).to_contain_text("2 medarbejdere er flyttet")
    for name in MOVED.values():
        expect(place(karen, name, "Skranke")).to_have_attribute("aria-pressed", "true")
        expect(karen.get_by_role("checkbox", name=f"Vælg {name}")).not_to_be_checked()


def works_off_one(town: System, username: str) -> None:
    """Take what is offered and close it; the next is offered at once."""
    key = town.login(username)["api_key"]
    offered = wait_for(lambda: of_agent(town, MOVED[username], "offered"), what=f"an offer to {username}")
    assert town.api("POST", f"/work/{offered['id']}/accept", key=key)[0] == 200
    closed, answer = town.api("POST", f"/contacts/{offered['reference']}/close", {"outcome": "informed"}, key=key)
    assert closed == 200, answer
    following = wait_for(lambda: of_agent(town, MOVED[username], "offered"), what=f"the next offer to {username}")
    assert town.api("POST", f"/work/{following['id']}/accept", key=key)[0] == 200


def of_agent(town: System, name: str, state: str) -> dict | None:
    rows = town.api("GET", "/work/queue?limit=200")[1]["items"]
    return next((one for one in rows if one["state"] == state and (one["agent"] or "") == name), None)


def waiting(page: Page) -> Locator:
    return page.locator("#gruppe-moving td").nth(0)


def row(page: Page, name: str) -> Locator:
    return page.locator(".floor-people tbody tr", has=page.get_by_role("rowheader", name=name))


def place(page: Page, name: str, point: str) -> Locator:
    return row(page, name).get_by_role("button", name=point, exact=True)


def by_key(button: Locator) -> None:
    button.focus()
    button.press("Enter")


def sound(page: Page) -> None:
    """Nothing for axe to find, wide and narrow, and nothing sticks out at 320 px."""
    focused = page.evaluate("document.activeElement?.id")
    for size in (WIDE, NARROW):
        page.set_viewport_size(size)
        assert violations(page) == [], f"{page.url} at {size['width']} px"
    assert too_wide(page) == []
    page.set_viewport_size(WIDE)
    if focused:
        page.evaluate("id => document.getElementById(id)?.focus()", focused)
