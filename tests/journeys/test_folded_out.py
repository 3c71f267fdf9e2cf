"""What is folded out beside a contact is read, also when the page around it was replaced."""

from playwright.sync_api import Page, expect

from tests.journeys import stage
from tests.journeys.system import System

WHO = "otto.opkald"


def test_the_household_is_there_after_a_note_and_after_a_short_fault(town: System, page: Page, log_in):
    with stage.quiet_floor(town, WHO):
        item = stage.item_in_hand(town, WHO, "T-032", "Hvordan får jeg sygedagpenge?", cpr=stage.a_cpr(town))
        log_in(page, WHO)
        page.goto(f"/arbejdsplads/{item}")
        household = page.locator("#omkring-felt")
        household.locator("summary").click()
        expect(household).to_contain_text("Bor sammen med")

        if not page.locator("#note").is_visible():
            page.locator("#note-felt > summary").click()
        page.locator("#note").fill("Ringer igen på fredag.")
        page.locator("#gem-note").click()
        expect(page.locator("#samtale")).to_contain_text("Ringer igen på fredag.")
        expect(household).to_contain_text("Bor sammen med")

        faults = iter([503])
        page.route("**/omkring/**", lambda route: _one_fault(route, faults))
        page.reload()  # folded out, as it was left on this machine
        expect(household).to_contain_text("Bor sammen med")
        expect(household).not_to_contain_text("Kan ikke hentes")


def _one_fault(route, faults) -> None:
    status = next(faults, None)
    if status is None:
        route.continue_()
    else:
        route.fulfill(status=status, body="")
