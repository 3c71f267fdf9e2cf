"""A case from the counter to its letter: decided on the spot, finished by a specialist, complained of, followed."""

import re
from datetime import date, timedelta

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.journeys import stage
from tests.journeys.system import System
from tests.journeys.test_first_journey import new_page, somebody
from tests.journeys.test_screens import NARROW, WIDE, too_wide, violations
from tests.journeys.typist import SETTLED
from tests.journeys.visitor import Visitor

CLERK = "fatima.forklar"  # of a centre; she decides housing benefit by its rules, for its own administration
SPECIALIST = "filippa.falk"  # of the administration that owns housing benefit
TASK = "T-022"
SEVENTY = "56"  # the year of birth of somebody who is seventy


def somebody_of_seventy(town: System) -> dict[str, str]:
    return next(one for one in town.demo["citizens"] if one["cpr"][4:6] == SEVENTY)


def at_the_counter(page: Page, town: System, citizen: dict[str, str], words: str) -> str:
    """A contact opened by hand with its citizen and task; the address of the item."""
    page.locator("#ny-fremmoede").click()
    page.wait_for_url(re.compile(r"/arbejdsplads/[0-9a-f-]{36}$"))
    item = page.url
    page.locator("#find-borger").fill(citizen["cpr"])
    page.locator(".find-person button[type=submit]").click()
    page.locator("#fundne-borgere button[name=person]").first.click()
    expect(page.locator("#borger .person-facts")).to_contain_text(citizen["name"])
    page.locator("#find-opgave").fill("boligsikring")
    page.locator(f"#fundne-opgaver button[value='{TASK}']").click()
    expect(page.locator(f"#kort-{TASK}")).to_be_visible()
    unfold(page, "#note-felt")
    page.locator("#note").fill(words)
    with page.expect_response(lambda answer: answer.url == item and answer.request.method == "GET"):
        page.locator("#gem-note").click()
    page.wait_for_function(SETTLED)
    expect(page.locator("#samtale")).to_contain_text(words)
    return item


def unfold(page: Page, what: str) -> None:
    if page.locator(what).get_attribute("open") is None:
        page.locator(f"{what} > summary").click()


def opened_case(page: Page, *, mine: bool) -> str:
    """The contact's task as a case; its number."""
    page.locator("#flere-veje > summary").click()
    page.locator("#vis-opret-sag").click()
    dialog = page.locator("#opret-sag")
    expect(dialog).to_be_visible()
    if mine:
        dialog.get_by_label("Jeg behandler den selv").check()
    dialog.get_by_role("button", name="Opret sag").click()
    page.wait_for_url("**/arbejdsplads/sag/*")
    return page.locator("#sagsnummer").inner_text()


def noted(page: Page, theme: str, body: str) -> None:
    unfold(page, "#note-felt")
    page.get_by_label("Kort emne").fill(theme)
    page.get_by_label("Notat", exact=True).fill(body)
    page.get_by_label("Oplysninger, borgeren har givet mundtligt").check()
    with page.expect_navigation():
        page.locator("#gem-note").click()
    expect(page.locator("#journal")).to_contain_text(body)


def heard(page: Page, facts: str, answer: str) -> None:
    """The party is told the facts and says what it thinks, in the same talk."""
    page.keyboard.press("h")
    dialog = page.locator("#hoering")
    dialog.get_by_label("Borgeren er her eller i telefonen og svarer nu").check()
    dialog.get_by_label("Oplysninger, borgeren skal kende").fill(facts)
    dialog.get_by_label("Hvad svarer borgeren?").fill(answer)
    with page.expect_navigation():
        dialog.get_by_role("button", name="Gem partshøringen").click()
    expect(page.locator("#journal")).to_contain_text(answer)


def decided(page: Page, result: str, level: str = "") -> None:
    """Written, looked through, made; amounts are typed in."""
    page.keyboard.press("e")
    form = page.locator("#afgoerelse")
    form.get_by_label(result, exact=True).check()
    page.locator("#label-1").fill("Boligsikring")
    page.locator("#amount-1").fill("1.234,50")
    form.get_by_label("Afgørelsen i en sætning").fill("Du får 1.234,50 kr. om måneden i boligsikring.")
    form.get_by_label("Begrundelse").fill("Din indkomst er faldet, og huslejen er uændret.")
    form.locator("#sag-legal_basis").fill("Boligstøtteloven § 21")
    form.get_by_label("Hvem kan borgeren klage til?").fill("Ankestyrelsen")
    form.get_by_label("Klagefrist i uger").fill("4")
    form.locator("#sag-appeal_rule").fill("Boligstøtteloven § 81")
    if level:
        form.locator("#sag-level").select_option(level)
    page.locator("#gem-udkast").click()
    expect(page.locator("#klar")).to_contain_text("Udkastet er gemt")
    expect(page.locator("#klar .is-lacking")).to_have_count(0)
    sound(page)
    page.locator("#afgoer").click()
    expect(page.locator("#besked")).to_contain_text("Sagen er afgjort, og brevet er på vej.")


def sound(page: Page) -> None:
    """Nothing for axe to find, wide and narrow, and nothing sticks out at 320 px."""
    for size in (WIDE, NARROW):
        page.set_viewport_size(size)
        assert violations(page) == [], f"{page.url} at {size['width']} px"
    assert too_wide(page) == []
    page.set_viewport_size(WIDE)


def letters_of(town: System, number: str) -> list[dict]:
    status, case = town.api("GET", f"/cases/{number}?reason=supervision", key=town.login(SPECIALIST)["api_key"])
    assert status == 200, case
    return [row for row in case["documents"] if row["kind"] == "out"]


@pytest.mark.req("esdh.example65", "esdh.nocall", "bs.fn.decide")
def test_a_clerk_settles_changed_income_of_another_administration_on_the_spot(town: System, page: Page, log_in):
    citizen = somebody_of_seventy(town)
    log_in(page, CLERK)
    at_the_counter(page, town, citizen, "Pensionen fra arbejdsgiveren er faldet.")
    number = opened_case(page, mine=True)
    expect(page.locator(".case-head")).to_contain_text(citizen["name"])
    sound(page)
    noted(page, "Ny indkomst fra 1. november", "Pensionen er faldet til 4.200 kr. om måneden.")
    heard(page, "Din indkomst er 50.400 kr. om året.", "Det passer.")
    decided(page, "Delvist imødekommet")
    expect(page.locator(".case-stages [aria-current=step]")).to_contain_text("Afgjort")
    assert len(letters_of(town, number)) == 1
    page.locator("#se-afgoerelsesbrev").click()
    expect(page.locator(".page-images img").first).to_be_visible()
    sound(page)
    page.goto(f"/arbejdsplads/sag/{number}")
    expect(page.locator("#journal")).not_to_contain_text("Overdraget")


@pytest.mark.req("law.complaint", "law.resort")
def test_a_complaint_over_a_centres_decision_goes_to_the_administration(
    town: System, page: Page, context: BrowserContext, log_in
):
    log_in(page, CLERK)
    at_the_counter(page, town, somebody_of_seventy(town), "Vil søge igen.")
    number = opened_case(page, mine=True)
    noted(page, "Ansøgning", "Vil have mere i boligsikring.")
    heard(page, "Din indkomst er 412.000 kr. om året.", "Det er for højt.")
    decided(page, "Delvist imødekommet")
    page.keyboard.press("x")
    dialog = page.locator("#klage-over")
    expect(page.locator("#dialog")).to_contain_text("som ser på afgørelsen igen")
    dialog.get_by_label("Hvad klages der over?").fill("Indkomsten er sat for højt.")
    dialog.get_by_role("button", name="Send klagen").click()
    told = page.locator("#besked a[href*='/arbejdsplads/sag/']").first
    complaint = told.inner_text()
    owner = new_page(context, town)
    log_in(owner, SPECIALIST)
    owner.goto(f"/arbejdsplads/sag/{complaint}")
    expect(owner.locator(".case-head")).to_contain_text("Klage over afgørelse")
    expect(owner.locator("#journal")).to_contain_text("Indkomsten er sat for højt.")
    expect(owner.locator(".case-decision")).to_contain_text(number)
    sound(owner)
    owner.context.close()


@pytest.mark.req("esdh.share", "esdh.shared")
def test_a_case_begun_at_a_counter_is_finished_by_a_specialist_who_asks_nothing(
    town: System, page: Page, context: BrowserContext, log_in
):
    citizen = somebody_of_seventy(town)
    log_in(page, CLERK)
    at_the_counter(page, town, citizen, "Bor to familier i lejligheden.")
    number = opened_case(page, mine=False)
    noted(page, "To husstande", "Der er to lejekontrakter på samme adresse. Begge er vist ved skranken.")
    heard(page, "Der bor to familier i lejligheden.", "Ja, siden maj.")
    specialist = new_page(context, town)
    log_in(specialist, SPECIALIST)
    specialist.goto("/arbejdsplads/sager?vis=enhed")
    specialist.get_by_role("row", name=re.compile(number)).get_by_role("link").first.click()
    expect(specialist.locator("#journal")).to_contain_text("Begge er vist ved skranken.")
    specialist.locator("#vis-behandler").click()
    specialist.get_by_label(re.compile("Filippa Falk")).check()
    specialist.get_by_role("button", name="Giv sagen", exact=True).click()
    expect(specialist.locator(".case-facts")).to_contain_text("Filippa Falk")
    decided(specialist, "Delvist imødekommet", level="3")
    expect(specialist.locator(".case-plan").first).not_to_contain_text("Giv en udtalelse")
    specialist.context.close()


@pytest.mark.req("goal.transparent")
def test_the_citizen_follows_progress_next_step_and_deadline_on_the_status_page(
    town: System, page: Page, context: BrowserContext, log_in
):
    citizen, visitor = somebody_of_seventy(town), Visitor(town)
    token = visitor.begin("Min husleje er steget, og jeg får boligsikring", "")
    stage.send(visitor, token, {"way": "message", "name": "Karla Kunstig", "mail": somebody("status")})
    receipt = visitor.get(f"/kontakt/{token}/kvittering").text
    link = re.search(r'href="(/status/[^"]+)"', receipt).group(1)
    reference = re.search(r">([A-Z0-9]{4}-[A-Z0-9]{4})<", receipt).group(1)
    body = {"task_id": TASK, "citizen": citizen["cpr"], "contact": reference}
    status, case = town.api("POST", "/cases", body)
    assert status == 201, case
    page.goto(link)
    told = page.locator("main")
    expect(told).to_contain_text(case["number"])
    expect(fact(page, "Hvor langt er vi")).to_have_text("Vi har oprettet din sag")
    expect(fact(page, "Hvad sker der nu")).to_contain_text("venter på en sagsbehandler")
    specialist = new_page(context, town)
    log_in(specialist, SPECIALIST)
    until = date.today() + timedelta(days=20)
    promised(specialist, citizen["name"], case["number"], until)
    page.reload()
    expect(fact(page, "Svar på sagen senest").locator("time")).to_have_attribute("datetime", re.compile(str(until)))
    sound(page)
    specialist.context.close()


def fact(page: Page, name: str) -> Locator:
    """What the page says after this name."""
    return page.locator(f"dt:text-is('{name}') + dd")


def promised(page: Page, name: str, number: str, until: date) -> None:
    """The answer of this citizen's case is promised for a day, from the list of cases."""
    page.goto("/arbejdsplads/sager?vis=alle")
    page.locator("#filter-q").fill(name)
    page.keyboard.press("Enter")
    page.wait_for_url("**/arbejdsplads/sager?q=*")
    page.locator("label", has_text=f"Vælg {number}").click()
    expect(page.get_by_label(f"Vælg {number}")).to_be_checked()
    page.locator("#frist-flere").click()
    dialog = page.locator("#flyt-frister")
    dialog.get_by_label("Ny frist").fill(str(until))
    dialog.get_by_label("Hvorfor flyttes fristen?").fill("Boligsikring svares inden for tre uger.")
    page.locator("#flyt-frister-knap").click()
    page.wait_for_url("**/arbejdsplads/sager?flyttet=1")
