"""People's own hours in a roster; a roster that becomes their plan; what each sees of it."""

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from icalendar import Calendar

from indgang.core.organisation.testing import make_employee, make_group, make_unit, viewer_of
from indgang.desks.planning import runs, staff
from indgang.desks.planning.models import PlanRun
from indgang.desks.planning.roster_forms import PATTERNS
from indgang.desks.planning.shifts import monday_of
from indgang.foundation.runtime import clock
from indgang.foundation.runtime.services import uuid7

pytestmark = pytest.mark.django_db(transaction=True)


def at_desk_of(employee) -> Client:
    client = Client()
    client.force_login(employee.account)
    return client


@pytest.fixture
def leader():
    return make_employee("Lea Leder", roles=["manager"], groups={})


@pytest.fixture
def planner(leader):
    return at_desk_of(leader)


@pytest.fixture
def need() -> PlanRun:
    """Two people Monday to Friday from 8 to 16."""
    rows = [[day, f"{slot // 2:02d}:{slot % 2 * 30:02d}", 5.0, 1.0, 2, 3] for day in range(5) for slot in range(16, 32)]
    result = {"tables": {"need": {"columns": [], "rows": rows}}}
    at = clock.now()
    return PlanRun.objects.create(
        id=uuid7(at), kind="staffing", name="Telefon", input={}, state="done", result=result,
        started_by="x", asked_at=at,
    )  # fmt: skip


def form(need, **more) -> dict:
    first = monday_of(clock.today()) + timedelta(days=7)
    plain = {"fra": first.isoformat(), "uger": "1", "sekunder": "5", "vagter": PATTERNS, "sted": "kontaktcenter"}
    return plain | {"behov": str(need.id), "hvem": "egne"} | more


def hours(planner, person, timer="37", **more) -> None:
    given = {"timer": timer, "version": str(staff.terms_of(person.pk).version)} | more
    answer = planner.post(f"/planlaegning/medarbejdere/{person.pk}/gem", given)
    assert answer.status_code == 302, answer.content.decode()


def planned(planner, need, **more) -> PlanRun:
    answer = planner.post("/planlaegning/vagtplan/bestil", form(need, **more))
    assert answer.status_code == 302, answer.content.decode()
    runs.work()
    row = PlanRun.objects.get(id=answer["Location"].rsplit("/", 1)[1])
    assert row.state == "done", row.error
    return row


def test_nobody_is_taken_for_full_time_before_their_hours_are_known(planner, need):
    make_employee("Anna Åben"), make_employee("Bo Bred")
    answer = planner.post("/planlaegning/vagtplan/bestil", form(need))
    page = answer.content.decode()
    assert answer.status_code == 422 and "Timer om ugen mangler for 2" in page and "Anna Åben, Bo Bred" in page
    assert planner.post("/planlaegning/medarbejdere/timer", {"timer": "30"}).status_code == 302
    row = planned(planner, need)
    assert all(one[1] <= 30 for one in row.result["tables"]["hours"]["rows"])


def test_each_is_planned_by_their_own_hours_absence_and_competences(planner, need):
    part, whole = make_employee("Dea Deltid"), make_employee("Hans Hel", groups={"moving": (3, 1), "tax": (3, 1)})
    monday = monday_of(clock.today()) + timedelta(days=7)
    hours(planner, part, "15")
    hours(planner, whole, "37", fravaer=f"{monday:%d.%m.%Y}")
    row = planned(planner, need, andele="Tax; 50")
    shifts = row.result["tables"]["shifts"]["rows"]
    assert sum(one[2] == "Dea Deltid" for one in shifts) <= 2
    assert not [one for one in shifts if one[2] == "Hans Hel" and one[0] == monday.isoformat()]
    assert {one[1] for one in row.result["tables"]["gaps"]["rows"]} >= {"Tax"}
    page = planner.get(f"/planlaegning/arbejde/{row.id}").content.decode()
    assert "1 af de 1, der kan, er fraværende" in page
    english = planner.get(f"/planlaegning/arbejde/{row.id}", headers={"Accept-Language": "en"}).content.decode()
    assert "er fraværende" not in english


def test_what_two_leaders_type_at_once_is_not_lost(planner, leader):
    person = make_employee("Anna Åben")
    hours(planner, person, "20")
    late = planner.post(f"/planlaegning/medarbejdere/{person.pk}/gem", {"timer": "33", "version": "0"})
    page = late.content.decode()
    assert late.status_code == 409 and "En anden har rettet Anna Åben" in page and 'value="33"' in page
    assert staff.terms_of(person.pk).hours == 20


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"timer": "mange"}, "timer"),
        ({"timer": "99"}, "Skriv højst 60 timer"),
        ({"timer": "20", "mindst": "30"}, "Skriv højst så mange timer"),
        ({"timer": "20", "fravaer": "i morgen"}, "Skriv dage som 6.7.2026"),
        ({"timer": "20", "fravaer": "1.1.2026..1.1.2036"}, "Skriv dage som 6.7.2026"),
        ({"timer": "20", "tidligst": "16:00", "senest": "08:00"}, "Skriv et klokkeslæt efter"),
    ],
)
def test_faulty_terms_are_refused_at_their_field_and_kept_in_the_form(planner, given, said):
    person = make_employee("Anna Åben")
    answer = planner.post(f"/planlaegning/medarbejdere/{person.pk}/gem", {"version": "0"} | given)
    assert answer.status_code == 422 and said in answer.content.decode()
    assert staff.terms_of(person.pk).version == 0


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"andele": "Trylleri; 20"}, "Linje 1: kompetencen &quot;Trylleri&quot; findes ikke"),
        ({"andele": "Moving; 60\nTax; 60"}, "Linje 2: &quot;Tax; 60&quot; er ingen andel"),
        ({"andele": "Moving"}, "Linje 1: &quot;Moving&quot; er ingen andel"),
        ({"andele": "Tax; 20"}, "Ingen af de 1 medarbejdere kan Tax"),
        ({"vagter": "name,start,end\nNat,18:00,23:00\n"}, "Ingen af vagterne ligger, hvor der er brug for nogen"),
        ({"vagter": "name,start,end,break_start,break_minutes\nDag,08:00,16:00,17:00,30\n"}, "kolonne break_start"),
        ({"behov": "fil"}, "Vælg filen med behov"),
    ],
)
def test_a_roster_that_cannot_be_is_refused_at_its_field(planner, need, more, said):
    make_group("tax")
    hours(planner, make_employee("Anna Åben"))
    answer = planner.post("/planlaegning/vagtplan/bestil", form(need) | more)
    assert answer.status_code == 422 and said in answer.content.decode()
    assert PlanRun.objects.count() == 1


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("start;need\n2026-03-02T09:00;mange\n", "Linje 2, kolonne need"),
        ("start;need\n2026-03-02T09:00;0\n", "Der er ikke brug for nogen"),
        ("start;need\n2026-03-02T09:00;1\n2027-03-02T09:00;1\n", "366 dage"),
        ("start;need;competence\n2026-03-02T09:00;1;tax\n", "kan Tax"),
        ("", "Filen har ingen kolonne"),
    ],
)
def test_a_faulty_file_of_needs_is_refused_at_the_file(planner, need, text, said):
    make_group("tax")
    hours(planner, make_employee("Anna Åben"))
    file = SimpleUploadedFile("behov.csv", text.encode())
    answer = planner.post("/planlaegning/vagtplan/bestil", form(need) | {"behov": "fil", "behovsfil": file})
    page = answer.content.decode()
    assert answer.status_code == 422 and said in page and 'href="#behovsfil"' in page


def test_a_file_of_needs_is_planned_as_it_stands(planner, need):
    make_group("tax")
    hours(planner, make_employee("Anna Åben", groups={"tax": (3, 1)}))
    file = SimpleUploadedFile("behov.csv", b"start;need;competence\n2026-03-02T09:00;2;tax\n2026-03-02T09:30;1;\n")
    row = planned(planner, need, behov="fil", behovsfil=file)
    assert [one[:3] for one in row.result["tables"]["gaps"]["rows"]] == [["2026-03-02T09:00:00", "Tax", 1]]


@pytest.mark.req("org.chief")
def test_a_published_roster_becomes_each_employees_own_plan(planner, need):
    anna, bo = make_employee("Anna Åben"), make_employee("Bo Bred")
    hours(planner, anna), hours(planner, bo)
    row = planned(planner, need)
    assert "Ingen vagter er udgivet" in at_desk_of(anna).get("/min-vagtplan").content.decode()
    answer = planner.post(f"/planlaegning/arbejde/{row.id}/udgiv", follow=True)
    assert "vagter er udgivet" in answer.content.decode()
    mine = at_desk_of(anna).get("/min-vagtplan").content.decode()
    assert "08.00–16.00" in mine and "pause" in mine and "Bo Bred" not in mine
    events = Calendar.from_ical(at_desk_of(anna).get("/min-vagtplan/kalender.ics").content).walk("VEVENT")
    planned_for_anna = [one for one in row.result["tables"]["shifts"]["rows"] if one[2] == "Anna Åben"]
    assert len(events) == len(planned_for_anna) > 0
    assert (
        "trukket tilbage" in planner.post(f"/planlaegning/arbejde/{row.id}/traek-tilbage", follow=True).content.decode()
    )
    assert "Ingen vagter er udgivet" in at_desk_of(anna).get("/min-vagtplan").content.decode()


def test_a_roster_is_nothing_to_leaders_of_other_units_and_to_its_own_people(planner, need):
    anna = make_employee("Anna Åben")
    hours(planner, anna)
    row = planned(planner, need)
    other = at_desk_of(
        make_employee("Vera Valby", roles=["manager"], groups={}, unit=make_unit("valby", kind="centre"))
    )
    second = at_desk_of(make_employee("Mo Medleder", roles=["manager"], groups={}))
    page = f"/planlaegning/arbejde/{row.id}"
    assert [who.get(page).status_code for who in (planner, second, other, at_desk_of(anna))] == [200, 200, 404, 404]
    assert other.post(f"{page}/udgiv").status_code == other.get(f"{page}/kalender/0.ics").status_code == 404
    assert str(row.id) not in other.get("/planlaegning").content.decode()
    assert other.get(f"/planlaegning/medarbejdere/{anna.pk}").status_code == 404
    assert "Anna" not in other.get("/planlaegning/medarbejdere").content.decode()


def test_names_of_a_file_that_nobody_leads_get_no_plan_and_are_named(planner, need):
    make_employee("Anna Åben")
    people = SimpleUploadedFile("folk.csv", "name,hours\nAnna Åben,37\nFremmed Person,37\n".encode())
    row = planned(planner, need, hvem="fil", fil=people)
    shown = planner.get(f"/planlaegning/arbejde/{row.id}").content.decode()
    assert "får ingen plan: Fremmed Person" in shown
    planner.post(f"/planlaegning/arbejde/{row.id}/udgiv")
    assert "vagter af denne plan er udgivet" in planner.get(f"/planlaegning/arbejde/{row.id}").content.decode()


def test_a_calendar_reads_the_plan_by_a_secret_address_until_it_is_changed(planner, need):
    anna = make_employee("Anna Åben")
    hours(planner, anna)
    row = planned(planner, need)
    planner.post(f"/planlaegning/arbejde/{row.id}/udgiv")
    mine, stranger = at_desk_of(anna), Client()
    mine.post("/min-vagtplan/adresse")
    found = re.search(r"/min-vagtplan/kalender/[0-9a-f-]+\.ics", mine.get("/min-vagtplan").content.decode())
    assert found is not None
    address = found[0]
    got = stranger.get(address)
    assert got.status_code == 200 and b"Anna" not in got.content and b"BEGIN:VEVENT" in got.content
    assert stranger.get(address.replace("-", "-0", 2)).status_code == 404
    mine.post("/min-vagtplan/adresse")
    assert stranger.get(address).status_code == 404
    for wrong in ("x", f"{anna.pk}-", f"{anna.pk}-æ", "9" * 40, "-"):
        assert stranger.get(f"/min-vagtplan/kalender/{wrong}.ics").status_code == 404


def test_what_somebody_wishes_reaches_their_leader_and_the_roster(planner, need):
    anna = make_employee("Anna Åben")
    day = monday_of(clock.today()) + timedelta(days=8)
    mine = at_desk_of(anna)
    assert mine.post("/min-vagtplan/oensker", {"dage": "aldrig"}).status_code == 422
    assert mine.post("/min-vagtplan/oensker", {"dage": f"{day:%d.%m.%Y}"}).status_code == 302
    assert f"{day.day}.{day.month}.{day.year}" in planner.get("/planlaegning/medarbejdere").content.decode()
    hours(planner, anna, oensker=f"{day:%d.%m.%Y}")
    assert day.isoformat() in planned(planner, need).input["employees"]


def test_two_of_one_name_are_two_people(leader, planner, need):
    first, second = make_employee("Anna Åben"), make_employee("Anna Åben")
    hours(planner, first), hours(planner, second)
    row = planned(planner, need)
    assert {one[0] for one in row.result["tables"]["hours"]["rows"]} == {"Anna Åben", "Anna Åben (2)"}
    assert [one.name for one in staff.staff(viewer_of(leader), clock.now())] == ["Anna Åben", "Anna Åben (2)"]
