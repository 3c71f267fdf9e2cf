"""A planner goes from a file of counts to a forecast, staffing and options side by side, and takes it all along."""

import io
import re
from datetime import UTC, datetime

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

from indgang.core.catalogue.testing import make_task
from indgang.core.contacts.testing import make_contact
from indgang.core.organisation.testing import make_unit
from indgang.desks.administration.testing import at_desk
from indgang.desks.insight.testing import counted
from indgang.desks.planning import runs
from indgang.desks.planning.models import CountSet, PlanRun
from indgang.desks.planning.testing import year_of_counts

pytestmark = pytest.mark.django_db(transaction=True)
COMPARE = {
    "centre_a": "8", "overloeb_a": "on", "centre_b": "10", "besoeg": "60000", "skriftligt": "20000",
    "tid_telefon": "240", "tid_besoeg": "480", "tid_skriftligt": "420", "venter": "180", "andel": "80",
    "inden_telefon": "25", "inden_besoeg": "600", "fravaer": "30", "belaegning": "85", "mindst": "3", "aabner": "8",
    "lukker": "18", "time": "350", "center_aar": "0", "saerlig": "0", "kan": "0", "uger": "2",
}  # fmt: skip
STAFFING = {"tid": "240", "venter": "180", "andel": "80", "inden": "20", "fravaer": "30", "belaegning": "85"}


@pytest.fixture
def planner():
    return at_desk("manager")


def upload(planner, content: bytes, **more: str):
    file = SimpleUploadedFile("tal.csv", content, "text/csv")
    return planner.post(
        "/planlaegning/tal/ny", {"navn": "Telefon 2025", "kanal": "phone", "minutter": "30", "fil": file} | more
    )


def asked(planner, path: str, form: dict) -> PlanRun:
    """What was asked, done."""
    answer = planner.post(f"/planlaegning/{path}/bestil", form)
    assert answer.status_code == 302, re.findall(r"error-message\"[^>]*>.*?</span>[^<]*", answer.content.decode())
    runs.work()
    row = PlanRun.objects.get(id=answer["Location"].rsplit("/", 1)[1])
    assert row.state == "done", row.error
    return row


@pytest.fixture
def forecast(planner) -> PlanRun:
    upload(planner, year_of_counts())
    return asked(planner, "prognose", {"tal": str(CountSet.objects.get().id), "dage": "28"})


def page(planner, row: PlanRun) -> str:
    answer = planner.get(f"/planlaegning/arbejde/{row.id}")
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_file_is_read_and_shown_day_by_day(planner):
    answer = upload(planner, year_of_counts())
    shown = planner.get(answer["Location"]).content.decode()
    assert "Telefon 2025" in shown and "<svg" in shown and "style=" not in shown
    assert re.search(r"6\. jan\S* 2025", shown)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"start,count\n2025-01-06T08:00,mange\n", "Linje 2, kolonne count: &quot;mange&quot; kan ikke bruges"),
        (b"start,count\n2025-01-06T08:00,-3\n", "Linje 2, kolonne count"),
        (b"start,count\n2025-01-06T08:00,3\n2025-01-06T08:00,4\n", "Linje 3"),
        (b"start,count\ni morges,3\n", "Linje 2, kolonne start"),
        (b"dag#tal\n2025-01-06#3\n", "Filen har ingen kolonne"),
        (b"\xff\xfe\x00\x00start", "Filen er ikke tekst"),
        (b"", "Filen har ingen kolonne"),
        (b"start,count\n", "Filen har ingen tal"),
    ],
)
def test_a_faulty_file_is_refused_by_line_and_column_and_nothing_is_kept(planner, content, said):
    answer = upload(planner, content)
    shown = answer.content.decode()
    assert answer.status_code == 422 and said in shown and 'value="Telefon 2025"' in shown
    assert not CountSet.objects.exists()


def test_semicolons_danish_names_and_windows_letters_are_understood(planner):
    assert upload(planner, "tidspunkt;antal;påske\n2025-01-06T08:00;3;nej\n".encode("cp1252")).status_code == 302


def test_the_example_file_can_be_read_itself(planner):
    content = planner.get("/planlaegning/tal/eksempel.csv").content
    assert upload(planner, content).status_code == 302


def test_missing_days_are_listed(planner):
    lines = [line for line in year_of_counts(days=60).decode().split("\n") if "2025-01-21" not in line]
    shown = planner.get(upload(planner, "\n".join(lines).encode())["Location"]).content.decode()
    assert "2025-01-21: ingen tal; dagen regnes som lukket" in shown


def test_a_forecast_is_shown_with_its_band_and_its_proof(planner, forecast):
    shown = page(planner, forecast)
    assert 'class="plan-band"' in shown and "<desc" in shown and "Fire ugers gennemsnit" in shown
    table = planner.get(f"/planlaegning/arbejde/{forecast.id}/intervals.csv").content.decode()
    assert table.startswith("\ufeffFra;Ventet;Lavt (10 %);Højt (90 %)") and table.count("\n") > 300


def test_too_few_days_are_told_and_can_be_asked_again(planner):
    upload(planner, year_of_counts(days=10))
    answer = planner.post("/planlaegning/prognose/bestil", {"tal": str(CountSet.objects.get().id), "dage": "7"})
    runs.work()
    shown = planner.get(answer["Location"]).content.decode()
    assert "en prognose kræver mindst 15" in shown and "P16" in shown and "Start igen" in shown


def test_staffing_grows_with_the_target(planner, forecast):
    hours = []
    for share in ("70", "95"):
        row = asked(planner, "bemanding", STAFFING | {"prognose": str(forecast.id), "andel": share})
        hours.append(row.result["hours_at_work"])
        assert "/planlaegning/formler/staffing" in page(planner, row)
    assert 0 < hours[0] < hours[1]


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("andel", "100", "Skriv en procent under 100."),
        ("andel", "0", "Målet"),
        ("tid", "0", "større end eller lig 1"),
        ("tid", "mange", "Indtast et tal"),
        ("tid", "9999999", "Der skulle over 100000 medarbejdere til"),
        ("fravaer", "100", "Skriv en procent under 100."),
        ("medarbejdere", "-1", "større end eller lig 0"),
        ("prognose", "noget", "ikke en"),
    ],
)
def test_figures_that_cannot_be_are_refused_at_their_field(planner, forecast, field, value, said):
    form = STAFFING | {"prognose": str(forecast.id), field: value}
    answer = planner.post("/planlaegning/bemanding/bestil", form)
    assert answer.status_code == 422 and said in answer.content.decode()
    assert PlanRun.objects.count() == 1


def test_nobody_at_work_answers_nobody(planner, forecast):
    row = asked(planner, "bemanding", STAFFING | {"prognose": str(forecast.id), "medarbejdere": "0"})
    assert all(one[4] == 0 and one[6] == 0 for one in row.result["tables"]["need"]["rows"])
    assert "0,0 %" in page(planner, row)


@pytest.mark.req("dim.7or9")
def test_eight_centres_with_overflow_stand_beside_ten_without(planner, forecast):
    row = asked(planner, "sammenlign", COMPARE | {"prognose": str(forecast.id), "ogsaa": ["et", "net"]})
    first, second, one, net = row.result["overview"]
    assert (first["centres"], second["centres"], one["centres"]) == (8, 10, 1)
    assert first["total_yearly"] < second["total_yearly"]  # fewer counters, and they help each other
    assert net["calls"]["arrived"] < first["calls"]["arrived"]
    shown = page(planner, row)
    assert "8 centre med overløb" in shown and "10 centre uden overløb" in shown and shown.count("<svg") > 5
    assert "/planlaegning/formler/simulation" in shown
    book = load_workbook(io.BytesIO(planner.get(f"/planlaegning/arbejde/{row.id}/regneark.xlsx").content))
    assert book.sheetnames[0] == "Side om side" and book["Side om side"]["B2"].value == 8


def test_a_competence_nobody_has_says_who_waits_for_ever(planner, forecast):
    row = asked(
        planner, "sammenlign", COMPARE | {"prognose": str(forecast.id), "saerlig": "5", "kan": "0", "alligevel": "on"}
    )
    shown = page(planner, row)
    assert "Opkald, der kræver særlig viden venter for evigt" in shown and "ingen på arbejde har kompetencen" in shown


def test_what_is_closed_before_it_opens_is_refused(planner, forecast):
    answer = planner.post("/planlaegning/sammenlign/bestil", COMPARE | {"prognose": str(forecast.id), "aabner": "19"})
    assert answer.status_code == 422 and "Lukketiden skal være efter åbningstiden" in answer.content.decode()


def test_every_formula_has_its_page(planner):
    for name in ("erlang", "staffing", "forecast", "simulation", "dimensioning", "costs", "roster"):
        danish = planner.get(f"/planlaegning/formler/{name}").content.decode()
        planner.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
        english = planner.get(f"/planlaegning/formler/{name}").content.decode()
        del planner.cookies[settings.LANGUAGE_COOKIE_NAME]
        assert danish.count("<h2>") == english.count("<h2>") == 1 and danish != english
        assert " der " in danish and " the " in english.partition('class="plan-doc"')[2]
    assert planner.get("/planlaegning/formler/..").status_code == 404


@pytest.mark.parametrize("roles", [["agent"], ["editor"], ["caseworker", "security_leader"]])
def test_only_planners_come_in(roles):
    assert at_desk(*roles).get("/planlaegning").status_code == 404


def test_the_municipalitys_own_contacts_can_be_chosen(planner):
    for number in range(3):
        make_contact(channel="phone", at=datetime(2026, 3, 2 + number, 9, tzinfo=UTC))
    counted("contacts", 3)
    answer = planner.post("/planlaegning/tal/egne", {"indgang": "phone"})
    assert CountSet.objects.get(own=True).total == 3 and answer.status_code == 302
    assert planner.post("/planlaegning/tal/egne", {"indgang": "counter"}).status_code == 422
    assert planner.post("/planlaegning/tal/egne", {"indgang": "noget"}).status_code == 422


def test_own_counts_can_be_of_one_task_group_and_one_centre(planner):
    make_unit("BS-VALBY", kind="centre", name="Borgerservice Valby")
    group = make_task("T-076").group_id
    for number, (unit, tasks) in enumerate([("BS-VALBY", ["T-076"]), ("BS-VALBY", []), (None, ["T-076"])]):
        make_contact(channel="counter", unit=unit, tasks=tasks, at=datetime(2026, 3, 2 + number, 9, tzinfo=UTC))
    make_contact(channel="mail", at=datetime(2026, 3, 3, 9, tzinfo=UTC))
    counted("contacts", 4)
    form = planner.get("/planlaegning/tal").content.decode()
    assert "Borgerservice Valby (2)" in form and "Skranke (3)" in form and "Telefon (" not in form
    for chosen, total in (
        ({"indgang": "counter"}, 3),
        ({"indgang": "counter", "sted": "BS-VALBY"}, 2),
        ({"indgang": "counter", "sted": "BS-VALBY", "opgaver": group}, 1),
        ({"indgang": "counter", "sted": "-"}, 1),
        ({"indgang": "written"}, 1),
    ):
        answer = planner.post("/planlaegning/tal/egne", chosen)
        key = answer["Location"].rsplit("/", 1)[1]
        assert CountSet.objects.get(id=key).total == total
    answer = planner.post("/planlaegning/tal/egne", {"indgang": "mail", "sted": "BS-VALBY"})
    assert answer.status_code == 422 and "Der er ingen henvendelser af den slags endnu" in answer.content.decode()


def test_visits_follow_their_own_forecast_where_there_is_one_and_the_page_says_so(planner, forecast):
    row = asked(planner, "sammenlign", COMPARE | {"prognose": str(forecast.id)})
    assert "Besøg har ingen egen prognose her" in page(planner, row)
    by_calls = row.input["works"][1]["week"]
    upload(planner, year_of_counts(days=84, seed=3, level=9), kanal="counter", navn="Besøg")
    visits = asked(planner, "prognose", {"tal": str(CountSet.objects.get(channel="counter").id), "dage": "28"})
    own = asked(planner, "sammenlign", COMPARE | {"prognose": str(forecast.id), "prognose_besoeg": str(visits.id)})
    assert own.input["works"][1]["week"] == visits.result["week"] != by_calls
    shown = page(planner, own)
    assert "Besøg følger deres egen prognose." in shown and "Det skriftlige har ingen egen prognose" in shown
