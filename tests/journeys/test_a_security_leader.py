"""The security leader gives a right, sees it work, takes it back, sees it stop; and goes through a refused look."""

import re
import sys
import time
from datetime import date, timedelta

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.journeys import stage
from tests.journeys.system import System, wait_for
from tests.journeys.test_a_leader import sound
from tests.journeys.test_first_journey import new_page

LEADER, EMPLOYEE, NAME = "sigurd.sikker", "edith.editor", "Edith Editor"
TASK = "T-062"  # rooms for associations, of the group below
GROUP = "Kultur"
RIGHTS = "/administration/rettigheder"


@pytest.fixture
def reference(town: System):
    """A contact about a citizen that only who has the right may see."""
    with stage.quiet_floor(town, "frode.fritid"):
        yield stage.contact(town, TASK, "Vi vil gerne låne et lokale til vores forening", cpr=stage.a_cpr(town))


@pytest.mark.req("sec.area", "sec.auth", "sec.flexible")
def test_a_right_is_given_seen_to_work_and_taken_back(
    town: System, page: Page, context: BrowserContext, log_in, reference: str
):
    sigurd, edith = page, new_page(context, town)
    log_in(sigurd, LEADER)
    log_in(edith, EMPLOYEE)
    contact = address_of(edith, town, reference)
    found(sigurd)
    take_back(sigurd)  # what she had from the beginning

    assert status_of(edith, contact) == 404
    edith.goto("/arbejdsplads/koe")
    expect(edith.get_by_text(reference)).to_have_count(0)

    give(sigurd)
    edith.goto("/arbejdsplads/koe")
    edith.locator("tr", has_text=reference).get_by_role("link").click()
    expect(edith.locator("main")).to_contain_text("låne et lokale til vores forening")
    citizen = edith.locator("[hx-get*='/omkring/']").get_attribute("hx-get")
    assert status_of(edith, citizen) == 200

    edith.goto("/arbejdsplads/koe")
    link = edith.locator("tr", has_text=reference).get_by_role("link")
    began, answered = take_back(sigurd)
    with edith.expect_response(lambda answer: answer.url.endswith(contact)) as clicked:
        link.click()
    refused = time.monotonic()
    assert clicked.value.status == 404  # the first request after the answer
    sys.stdout.write(
        f"\nfrom revoke to refusal: {(refused - began) * 1000:.0f} ms from his click, "
        f"{(refused - answered) * 1000:.0f} ms from the answer to it\n"
    )
    assert status_of(edith, citizen) == 404  # and whose page she had open is closed to her
    reviewed(sigurd)
    give(sigurd, days=None)


def address_of(edith: Page, town: System, reference: str) -> str:
    """Where the contact stands, while she still may see it."""
    wait_for(lambda: stage.item_of(town, reference), what="the contact in the queue")
    edith.goto("/arbejdsplads/koe")
    return edith.locator("tr", has_text=reference).get_by_role("link").get_attribute("href")


def status_of(page: Page, path: str) -> int:
    answer = page.goto(path)
    assert answer is not None
    return answer.status


def found(sigurd: Page) -> None:
    sigurd.goto(RIGHTS)
    sound(sigurd)
    sigurd.get_by_label("Medarbejder eller opgave").fill(NAME)
    sigurd.get_by_role("button", name="Søg").click()
    sound(sigurd)
    sigurd.get_by_role("link", name=NAME).click()
    expect(sigurd.get_by_role("heading", name=NAME)).to_be_visible()
    sound(sigurd)


def give(sigurd: Page, days: int | None = 30) -> None:
    """The right on the group for a period: chosen, looked at, given."""
    sigurd.goto(RIGHTS)
    sigurd.get_by_label("Medarbejder eller opgave").fill(NAME)
    sigurd.get_by_role("button", name="Søg").click()
    sigurd.get_by_role("link", name=NAME).click()
    sigurd.get_by_role("link", name="Tildel rettigheder").click()
    expect(sigurd.get_by_role("checkbox", name=NAME)).to_be_checked()
    sigurd.get_by_label("Eller opgavegrupper").select_option(label=group_label(sigurd))
    if days is not None:
        sigurd.get_by_label("Til og med").fill((date.today() + timedelta(days=days)).isoformat())
    sound(sigurd)
    sigurd.get_by_role("button", name="Se, hvad det giver").click()
    expect(sigurd.get_by_text("Intet er gemt endnu.")).to_be_visible()
    sound(sigurd)
    sigurd.get_by_role("button", name="Giv 1 rettighed").click()
    expect(sigurd.get_by_text("1 rettighed er givet.")).to_be_visible()
    expect(rights(sigurd)).to_have_count(1)
    sound(sigurd)


def group_label(page: Page) -> str:
    names = page.locator("#gruppe option").all_inner_texts()
    return next(name for name in names if name.startswith(GROUP))


def rights(page: Page):
    """Her rights on the group that hold."""
    return page.locator("table").first.locator("tbody tr", has_text=GROUP)


def take_back(sigurd: Page) -> tuple[float, float]:
    """Now; when he clicked and when the answer was there."""
    expect(rights(sigurd)).to_have_count(1)
    with sigurd.expect_response(re.compile(r"/fratag/\d+$")) as answer:
        began = time.monotonic()
        rights(sigurd).get_by_role("button", name="Fratag").click()
    answered = time.monotonic()
    assert answer.value.status == 302
    return began, answered


def reviewed(sigurd: Page) -> None:
    """He finds what was refused, and writes down what he found."""
    sigurd.goto(f"{RIGHTS}/opslag")
    sigurd.get_by_label("Medarbejder", exact=True).fill(NAME)
    sigurd.get_by_label("Udfald").select_option(label="Afvist")
    sigurd.get_by_role("button", name="Vis", exact=True).click()
    expect(sigurd.locator("tbody tr").first).to_contain_text(NAME)
    expect(sigurd.locator("tbody tr").first).to_contain_text("Afvist")
    sound(sigurd)
    sigurd.get_by_role("navigation", name="Rettigheder").get_by_role("link", name="Gennemgang").click()
    line = sigurd.locator("tbody tr", has_text=NAME).filter(has_text="Afviste opslag")
    line.get_by_label("Hvad gennemgangen viste").fill("Retten var lige taget tilbage")
    line.get_by_role("button", name="Skriv gennemgang").click()
    expect(line).to_contain_text("Gennemgået")
    expect(line).to_contain_text("Retten var lige taget tilbage")
    sound(sigurd)
