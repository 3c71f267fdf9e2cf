"""A planner brings a year of half-hour counts and goes home with curves, costs, waiting times and a roster."""

import random
import re
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from tests.journeys.system import System
from tests.journeys.test_screens import NARROW, WIDE, too_wide, violations

PLANNER = "karen.kontakt"
SEED = 20260302
LONG = 300_000  # milliseconds for a week played several times on a busy machine


def year_of_counts(today: date) -> bytes:
    """A year of a phone open on weekdays from 8 to 18, always the same for a day; Mondays are busiest."""
    draw = random.Random(SEED)
    lines = ["start;antal"]
    for back in range(364, 0, -1):
        day = today - timedelta(days=back)
        if day.weekday() > 4:
            continue
        level = 40 * (1.3, 1.1, 1.0, 1.0, 0.8)[day.weekday()] * draw.uniform(0.93, 1.07)
        for slot in range(20):
            start = datetime.combine(day, time(8)) + timedelta(minutes=30 * slot)
            mean = level * (0.6 + 0.8 * slot * (19 - slot) / 90)
            lines.append(f"{start.isoformat(timespec='minutes')};{max(0, round(draw.gauss(mean, mean**0.5)))}")
    return "\n".join(lines).encode()


@pytest.mark.req("dim.calc")
def test_a_planner_goes_from_counts_to_a_roster(town: System, page: Page, log_in, tmp_path: Path):
    log_in(page, PLANNER)
    page.goto("/planlaegning/tal")
    upload(page, "Forkert", b"start;antal\n2026-01-05T08:00;mange\n")
    expect(page.locator(".error-summary")).to_contain_text("Linje 2, kolonne antal")
    upload(page, "Telefonen i et år", year_of_counts(date.today()))
    expect(page.get_by_role("heading", level=1, name="Telefonen i et år")).to_be_visible()
    sound(page)

    page.get_by_role("link", name="Lav en prognose af dem").click()
    page.get_by_role("button", name="Lav prognosen").click()
    expect(page.get_by_role("heading", name="De næste syv dage")).to_be_visible(timeout=LONG)
    expect(page.get_by_role("img", name="De næste syv dage")).to_be_visible()
    assert page.locator("polygon.plan-band").count() >= 1
    expect(page.get_by_text("Fire ugers gennemsnit")).to_be_visible()
    sound(page)
    forecast = page.url

    page.get_by_role("link", name="Sammenlign måder at gøre det på").click()
    page.get_by_label("Uger, der spilles").fill("2")
    page.get_by_label("Besøg om året").fill("60000")
    sound(page)
    page.get_by_role("button", name="Sammenlign", exact=True).click()
    expect(page.get_by_role("heading", level=1, name="8 centre med overløb mod 10 centre uden overløb")).to_be_visible()
    expect(page.get_by_role("heading", name="Side om side")).to_be_visible(timeout=LONG)
    for title in ("I alt om året (kr.)", "Opkald: ventetid i snit, spillet", "Fuldtidsansatte"):
        row = page.get_by_role("row", name=re.compile(re.escape(title)))
        expect(row.locator("td")).to_have_count(2)
        assert all(re.search(r"\d", text) for text in row.locator("td").all_inner_texts())
    for name in ("8 centre med overløb", "10 centre uden overløb"):
        expect(page.get_by_role("img", name=f"Bemanding i en sædvanlig uge: {name}")).to_be_visible()
    book = downloaded(page, tmp_path, "Hent alt som regneark")
    assert book["Side om side"]["B2"].value == 8 and book["Side om side"]["C2"].value == 10
    sound(page)

    compared = page.url
    page.goto("/planlaegning/medarbejdere")
    page.get_by_label("Timer om ugen").fill("37")
    sound(page)
    page.get_by_role("button", name="Gem for dem, der mangler").click()
    expect(page.get_by_text("Timerne er gemt for")).to_be_visible()
    page.goto(compared)
    expect(page.get_by_role("img", name=re.compile("Opkald: ventetid i snit"))).to_be_visible()
    page.get_by_role("link", name=re.compile("Lav en vagtplan af den.*8 centre med overløb")).click()
    page.get_by_label("Sted").select_option(label="Et center")
    page.get_by_label("Søg i (sekunder)").fill("10")
    sound(page)
    page.get_by_role("button", name="Lav vagtplanen").click()
    expect(page.get_by_role("heading", name="Til hver medarbejders kalender")).to_be_visible(timeout=LONG)
    assert downloaded(page, tmp_path, "Hent alt som regneark")["Vagter"].max_row > 5
    sound(page)
    page.get_by_role("button", name="Udgiv planen").click()
    expect(page.get_by_text("vagter er udgivet")).to_be_visible()
    expect(page.get_by_role("button", name="Udgiv igen")).to_be_visible()

    page.goto(forecast)
    page.get_by_role("link", name="Regn bemandingen ud").click()
    page.get_by_label("Mål: besvaret (%)").fill("100")
    page.get_by_role("button", name="Regn bemandingen ud").click()
    expect(page.locator(".error-summary")).to_contain_text("Skriv en procent under 100")
    page.get_by_label("Mål: besvaret (%)").fill("90")
    page.get_by_role("button", name="Regn bemandingen ud").click()
    expect(page.get_by_role("img", name="Bemanding i en sædvanlig uge")).to_be_visible(timeout=LONG)
    sound(page)

    page.locator("a.button", has_text="Prøv en dag").click()
    page.get_by_label("Så mange mangler").fill("400")
    page.get_by_role("button", name="Spil dagen").click()
    expect(page.locator(".error-summary")).to_contain_text("er på arbejde i de timer")
    page.get_by_label("Så mange mangler").fill("3")
    page.get_by_label("Flere henvendelser (%)").fill("20")
    sound(page)
    page.get_by_role("button", name="Spil dagen").click()
    answer = re.compile(r"Mandag med 3 færre på arbejde og 20 % flere henvendelser: \d+ % får svar inden 20 sekunder")
    expect(page.locator(".plan-answer")).to_have_text(answer, timeout=LONG)
    expect(page.get_by_role("img", name="Får svar i tide (%), halvtime for halvtime")).to_be_visible()
    assert downloaded(page, tmp_path, "Hent alt som regneark")["Halvtime for halvtime"].max_row == 21
    sound(page)


def upload(page: Page, name: str, content: bytes) -> None:
    page.get_by_label("Navn", exact=True).fill(name)
    page.get_by_label("CSV-fil").set_input_files({"name": "tal.csv", "mimeType": "text/csv", "buffer": content})
    page.get_by_role("button", name="Læs filen ind").click()


def downloaded(page: Page, folder: Path, link: str):
    with page.expect_download() as started:
        page.get_by_role("link", name=link).first.click()
    path = folder / "fil.xlsx"
    started.value.save_as(path)
    return load_workbook(path)


def sound(page: Page) -> None:
    """Nothing for axe to find, wide and narrow, and nothing sticks out at 320 px."""
    for size in (WIDE, NARROW):
        page.set_viewport_size(size)
        assert violations(page) == [], f"{page.url} at {size['width']} px"
    assert too_wide(page) == []
    page.set_viewport_size(WIDE)
