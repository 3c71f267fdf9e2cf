"""A roster with its gaps explained and calendars; budgets, what a change earns, and how busy centres are."""

import csv
import io
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from icalendar import Calendar
from openpyxl import load_workbook

from indgang.core.organisation.testing import make_employee, make_unit
from indgang.desks.administration.testing import at_desk
from indgang.desks.planning import runs, services
from indgang.desks.planning.models import PlanRun
from indgang.desks.planning.roster_forms import PATTERNS
from indgang.foundation.runtime.services import uuid7

pytestmark = pytest.mark.django_db(transaction=True)
AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
ROSTER = {"fra": "2026-03-04", "uger": "1", "sekunder": "5", "vagter": PATTERNS, "sted": "kontaktcenter"}
PLACES = {"printed": {"0": False, "1": True}}


@pytest.fixture
def planner():
    return at_desk("manager", name="Lea Leder")


@pytest.fixture
def need() -> PlanRun:
    """Two people on Monday and Tuesday from 8 to 16."""
    rows = [[day, f"{slot // 2:02d}:{slot % 2 * 30:02d}", 5.0, 1.0, 2, 3] for day in (0, 1) for slot in range(16, 32)]
    result = {"tables": {"need": {"columns": [], "rows": rows}}}
    return PlanRun.objects.create(
        id=uuid7(AT),
        kind="staffing",
        name="Telefon",
        input={},
        state="done",
        result=result,
        started_by="x",
        asked_at=AT,
    )  # fmt: skip


def asked(planner, form: dict) -> PlanRun:
    answer = planner.post("/planlaegning/vagtplan/bestil", form)
    assert answer.status_code == 302, answer.content.decode()
    runs.work()
    row = PlanRun.objects.get(id=answer["Location"].rsplit("/", 1)[1])
    assert row.state == "done", row.error
    return row


def file(text: str) -> SimpleUploadedFile:
    return SimpleUploadedFile("folk.csv", text.encode(), "text/csv")


def test_a_roster_names_who_works_and_explains_what_lacks(planner, need):
    people = file("name,hours,absent\nAnna Åben,37,\nBo Bred,37,2026-03-03\n")
    row = asked(planner, ROSTER | {"behov": str(need.id), "hvem": "fil", "fil": people})
    shown = planner.get(f"/planlaegning/arbejde/{row.id}").content.decode()
    assert "Anna Åben" in shown and "Uge fra 2. marts 2026" in shown
    assert "1 af de 2, der kan, er fraværende" in shown
    got = planner.get(f"/planlaegning/arbejde/{row.id}/kalender/0.ics")
    events = Calendar.from_ical(got.content).walk("VEVENT")
    assert len(events) == 2 and events[0]["dtstart"].dt.isoformat().startswith("2026-03-02T08:00")
    assert planner.get(f"/planlaegning/arbejde/{row.id}/kalender/99.ics").status_code == 404


def test_the_planners_own_employees_can_be_taken_from_the_register(planner, need):
    make_employee("Rita Register", unit=make_unit("kontaktcenter"))
    make_employee("Otto Oevrig", unit=make_unit("kontaktcenter"), groups={})  # takes no inquiries
    planner.post("/planlaegning/medarbejdere/timer", {"timer": "32"})
    row = asked(planner, ROSTER | {"behov": str(need.id), "hvem": "egne"})
    assert "Rita Register,32.0" in row.input["employees"] and "Otto" not in row.input["employees"]


def test_without_employees_it_says_how_many_of_each_shift(planner, need):
    row = asked(planner, ROSTER | {"behov": str(need.id), "hvem": "ingen"})
    assert row.result["uncovered"] == 0 and not row.result["named"]


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"vagter": "name,start,end\nDag,8,syv\n"}, "Linje 2, kolonne end: &quot;syv&quot;"),
        ({"vagter": "navn;fra\nx;y\n"}, "Filen har ingen kolonne"),
        ({"hvem": "fil", "fil": "name,hours\nAnna,mange\n"}, "Linje 2, kolonne hours"),
        ({"hvem": "fil"}, "Vælg filen med medarbejdere"),
        ({"fra": "i morgen"}, "gyldig dato"),
        ({"uger": "9"}, "mindre end eller lig 4"),
    ],
)
def test_a_faulty_roster_is_refused_before_anything_is_queued(planner, need, more, said):
    more = {key: file(value) if key == "fil" else value for key, value in more.items()}
    answer = planner.post("/planlaegning/vagtplan/bestil", ROSTER | {"behov": str(need.id), "hvem": "ingen"} | more)
    assert answer.status_code == 422 and said in answer.content.decode()
    assert PlanRun.objects.count() == 1


def test_names_that_look_like_formulas_stay_text_in_files(planner, need):
    people = file('name,hours\n"=HYPERLINK(""x"")",37\n+Bo,37\n')
    row = asked(planner, ROSTER | {"behov": str(need.id), "hvem": "fil", "fil": people})
    book = load_workbook(io.BytesIO(planner.get(f"/planlaegning/arbejde/{row.id}/regneark.xlsx").content))
    names = [cell for cell in book["Timer til hver"]["A"][1:]]
    assert {cell.value for cell in names} == {'=HYPERLINK("x")', "+Bo"}
    assert all(cell.data_type == "s" and cell.quotePrefix for cell in names)
    lines = planner.get(f"/planlaegning/arbejde/{row.id}/hours.csv").content.decode()
    assert "'+Bo" in lines and "'=HYPERLINK" in lines


def profile(name: str) -> list[dict[str, object]]:
    with (Path("profiles/copenhagen") / f"{name}.csv").open(encoding="utf-8") as lines:
        return [
            {key: value == "1" if key == "printed" else value or None for key, value in row.items()}
            for row in csv.DictReader(lines)
        ]


@pytest.fixture
def figures():
    costs = [{key: value if value is not None else "" for key, value in row.items()} for row in profile("cost_lines")]
    whole = ("year", "price_level")
    costs = [{key: int(str(value)) if key in whole else value for key, value in row.items()} for row in costs]
    months = [row | {"tasks": int(str(row["tasks"]))} for row in profile("capacity_months")]
    rows = {"cost_lines": costs, "capacity_months": months}
    assert services.load_profile(rows, at=AT)["cost_lines"] > 50


@pytest.mark.req("dim.priceLevel")
def test_the_budgets_stand_as_printed_and_what_does_not_add_up_is_flagged(planner, figures):
    shown = planner.get("/planlaegning/oekonomi").content.decode()
    assert "Priser: 2010." in shown and "Det stemmer ikke" in shown and "Projektledelse" in shown
    assert "Finansiering af drift 2012: der er trykt" in shown
    book = load_workbook(io.BytesIO(planner.get("/planlaegning/oekonomi.xlsx").content))
    assert "Min Borgerservice" in book.sheetnames


@pytest.mark.req("st.capcalc")
def test_table_two_is_made_from_the_tasks_of_each_month(planner, figures):
    shown = planner.get("/planlaegning/kapacitet").content.decode()
    assert "18.645 opgaver om måneden" in shown and "50,02" in shown and "111.912" in shown


def test_a_change_that_pays_back_says_after_how_many_years(planner):
    form = {"investering": "1000", "drift": "0 100 100 100", "besparelse": "0 600 600 600", "rente": "0"}
    shown = planner.get("/planlaegning/oekonomi", form).content.decode()
    assert "<dd>500,0</dd>" in shown and "<dd>2,0 år</dd>" in shown


@pytest.mark.parametrize("given", [{"besparelse": "mange"}, {"besparelse": ""}, {"besparelse": "1", "rente": "-100"}])
def test_amounts_that_are_none_are_refused(planner, given):
    answer = planner.get("/planlaegning/oekonomi", {"rente": "3,5"} | given)
    assert answer.status_code == 422 and "form-error" in answer.content.decode()
