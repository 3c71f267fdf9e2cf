"""A planner tries a day: some are ill, more call, calls take longer; beside the day as it was planned."""

import io
import json
import re
from datetime import timedelta

import pytest
from openpyxl import load_workbook

from indgang.core.routing import services as routing
from indgang.desks.administration.testing import at_desk
from indgang.desks.planning import runs, staffings, trials
from indgang.desks.planning.models import PlanRun
from indgang.desks.planning.weeks import OF_DAY, SLOTS
from indgang.foundation.runtime import clock
from indgang.foundation.runtime.services import uuid7

pytestmark = pytest.mark.django_db(transaction=True)
TRIED = {
    "dag": "1", "mangler": "3", "fra": "0", "til": "48", "hjaelp": "0", "opkald": "0", "tid": "0", "laengere": "0",
    "venter": "", "ringop_efter": "120", "ringop_andel": "50", "foelg": "10", "gange": "5", "froe": "7",
}  # fmt: skip


def week(count: float = 60.0) -> list[float]:
    """So many in each half-hour from 8 to 18, Monday to Friday; the first hour is quieter."""
    return [
        (0.5 if slot % OF_DAY < 18 else 1.0) * count if slot // OF_DAY < 5 and 16 <= slot % OF_DAY < 36 else 0.0
        for slot in range(SLOTS)
    ]


def staffed(**more: object) -> PlanRun:
    """A staffing that was calculated."""
    given = {
        "week": week(), "handling": 240.0, "patience": 180.0, "share": 0.8, "within": 20.0, "shrinkage": 0.3,
        "max_occupancy": 0.9, "agents": None,
    } | more  # fmt: skip
    at = clock.now()
    return PlanRun.objects.create(
        id=uuid7(at), kind="staffing", name="Telefon 2025", input=given, state="done", started_by="x", asked_at=at,
        result=staffings.plan(given, lambda share: None),
    )  # fmt: skip


@pytest.fixture
def planner():
    return at_desk("manager")


def ask(planner, staffing: PlanRun, **more: str):
    return planner.post("/planlaegning/simulering/bestil", TRIED | {"bemanding": str(staffing.id)} | more)


def tried(planner, staffing: PlanRun, **more: str) -> PlanRun:
    """What was asked, played."""
    answer = ask(planner, staffing, **more)
    assert answer.status_code == 302, re.findall(r"error-message\"[^>]*>.*?</span>[^<]*", answer.content.decode())
    assert runs.work() == 1
    row = PlanRun.objects.get(id=answer["Location"].rsplit("/", 1)[1])
    assert row.state == "done", row.error
    return row


def page(planner, row: PlanRun, **more: object) -> str:
    answer = planner.get(f"/planlaegning/arbejde/{row.id}", **more)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_answer_is_one_sentence_with_the_day_beside_it_undisturbed(planner):
    row = tried(planner, staffed())
    shown = page(planner, row)
    said = re.search(
        r"Tirsdag med 3 færre på arbejde: (\d+) % får svar inden 20 sekunder \((\d+)-(\d+) %\)\. "
        r"Som planlagt: (\d+) % \((\d+)-(\d+) %\)\.",
        shown,
    )
    level, low, high, planned, planned_low, planned_high = (int(one) for one in said.groups())
    assert low <= level <= high < planned_low <= planned <= planned_high
    assert shown.count('<svg class="plan-picture"') == 3 and "plan-band" in shown and "style=" not in shown
    assert "/planlaegning/formler/simulation" in shown and "Telefon 2025" in shown


def test_the_pages_figures_are_the_engines_for_the_same_seed(planner):
    staffing = staffed()
    row = tried(planner, staffing, opkald="20", laengere="60", gange="3")
    rates = [2 * 1.2 * count for count in week()[OF_DAY : 2 * OF_DAY]]  # Tuesday, an hour
    agents = {(line[0], line[1]): line[4] for line in staffing.result["tables"]["need"]["rows"]}
    quiet, busy = agents[1, "08:00"], agents[1, "12:00"]
    scenario = {
        "seed": 7, "days": 1, "replications": 3,
        "streams": [{
            "name": "calls", "medium": "phone", "competence": "calls", "arrivals_per_hour": rates,
            "handling": {"dist": "exponential", "mean": 300}, "patience": {"dist": "exponential", "mean": 180},
            "target": "0.8/20",
        }],
        "groups": [
            {"name": "all day", "count": quiet - 3, "skills": {"calls": 4}, "hours": [8, 18]},
            {"name": "from nine", "count": busy - quiet, "skills": {"calls": 4}, "hours": [9, 18]},
        ],
    }  # fmt: skip
    played = routing.scenario_facts(routing.run_scenario(routing.parse_scenario(json.dumps(scenario)), processes=1))
    engine = played["streams"]["calls"]
    told = row.result["figures"]["changed"]
    assert {key: told[key] for key in told if key != "called_back"} == {
        key: engine[key] for key in told if key != "called_back"
    }
    halves = {half["slot"]: half for half in engine["by_half_hour"]}
    for line in row.result["tables"]["halves"]["rows"]:
        one = dict(zip(trials.HALVES, line, strict=True))
        half = halves[int(one["time"][:2]) * 2 + int(one["time"][3:]) // 30]
        assert one["came"] == round(half["count"] / 3, 2) and one["level"] == round(half["service_level"], 4)
        assert one["wait"] == round(half["mean_wait"], 2)
        assert one["present"] == (quiet if one["time"] < "09:00" else busy) - 3
    assert f"{round(100 * engine['service_level'])} % får svar inden 20 sekunder" in page(planner, row)


def test_the_day_as_planned_keeps_what_the_staffing_foretold(planner):
    row = tried(planner, staffed(), mangler="0", opkald="20", gange="40")
    ways = [dict(zip(trials.WAYS, line, strict=True)) for line in row.result["tables"]["ways"]["rows"]]
    planned = next(way for way in ways if way["way"] == "planned")
    assert planned["level_low"] <= row.result["formula"] <= planned["level_high"]
    shown = page(planner, row)
    assert "Bemandingens egen forudsigelse" in shown


def test_nothing_changed_is_the_same_day_twice(planner):
    row = tried(planner, staffed(), mangler="0")
    assert row.result["figures"]["changed"] == row.result["figures"]["planned"]
    shown = page(planner, row)
    assert "Tirsdag uden ændringer" in shown and "den kan være tilfældig" in shown


def test_who_is_missing_some_hours_is_missing_only_then(planner):
    row = tried(planner, staffed(), fra="20", til="24")
    halves = [dict(zip(trials.HALVES, line, strict=True)) for line in row.result["tables"]["halves"]["rows"]]
    missing = {half["time"]: half["present_planned"] - half["present"] for half in halves}
    assert {time for time, count in missing.items() if count == 3} == {"10:00", "10:30", "11:00", "11:30"}
    assert set(missing.values()) == {0, 3}
    assert "3 færre på arbejde kl. 10.00-12.00" in page(planner, row)


def test_a_whole_week_is_played_day_by_day(planner):
    row = tried(planner, staffed(), dag="uge", gange="2")
    days = [line[0] for line in row.result["tables"]["halves"]["rows"]]
    assert sorted(set(days)) == [0, 1, 2, 3, 4] and len(days) == 100
    shown = page(planner, row)
    assert "Hele ugen med 3 færre på arbejde" in shown and ">fredag</text>" in shown


def test_helpers_patience_and_call_backs_change_the_day(planner):
    staffing = staffed()
    alone = tried(planner, staffing, mangler="6")
    helped = tried(planner, staffing, mangler="6", hjaelp="6")
    back = tried(planner, staffing, mangler="6", ringop="on", ringop_efter="30", ringop_andel="90", venter="300")
    levels = [row.result["figures"]["changed"]["service_level"] for row in (alone, helped)]
    assert levels[0] < levels[1]
    assert back.result["figures"]["changed"]["called_back"] > 0 == alone.result["figures"]["changed"]["called_back"]
    shown = page(planner, back)
    assert "300 sekunders tålmodighed og tilbud om at blive ringet op" in shown


def test_one_contact_is_followed_from_coming_to_its_end(planner):
    row = tried(planner, staffed(), mangler="7", gange="2", hjaelp="1", foelg="13")
    events = [line[2] for line in row.result["tables"]["one_contact"]["rows"]]
    assert events[0] == "arrived" and {"answered", "answered_helper", "gave_up"} & set(events)
    waits = [line[3] for line in row.result["tables"]["one_contact"]["rows"]]
    assert waits == sorted(waits) and row.result["tables"]["one_contact"]["rows"][0][1].startswith("13:")
    shown = page(planner, row)
    assert "Følg én henvendelse" in shown and "Kommer ind." in shown


def test_a_waiting_contact_is_told_when_helpers_are_asked_and_the_target_passes():
    lines = [
        {"at": 36_000.0, "what": "arrived"}, {"at": 36_005.0, "what": "more agents are asked"},
        {"at": 36_030.0, "what": "answered by helpers:8-18"}, {"at": 36_130.0, "what": "ended"},
    ]  # fmt: skip
    told = list(trials._trace({"days": [1], "within": 20.0}, lines))
    assert [line[2] for line in told] == ["arrived", "waits", "widened", "late", "answered_helper", "ended"]
    assert told[-2] == [1, "10:00:30", "answered_helper", 30.0]


def test_nobody_after_the_time_is_said(planner):
    row = tried(planner, staffed(), foelg="22")
    assert "Ingen kom efter kl. 22.00" in page(planner, row)


def test_everything_can_be_taken_along(planner):
    row = tried(planner, staffed())
    table = planner.get(f"/planlaegning/arbejde/{row.id}/halves.csv").content.decode()
    assert table.startswith("\ufeffUgedag;Kl.;På arbejde;") and table.count("\n") == 21
    trace = planner.get(f"/planlaegning/arbejde/{row.id}/one_contact.csv").content.decode()
    assert "Kommer ind." in trace
    book = load_workbook(io.BytesIO(planner.get(f"/planlaegning/arbejde/{row.id}/regneark.xlsx").content))
    assert book.sheetnames == ["Med ændringen og som planlagt", "Halvtime for halvtime", "Én henvendelse"]
    assert book["Halvtime for halvtime"].max_row == 21


def test_what_was_asked_can_be_changed_and_asked_again(planner):
    staffing = staffed()
    shown = page(planner, tried(planner, staffing, opkald="15"))
    link = re.search(r'href="(/planlaegning/simulering\?[^"]+)"', shown).group(1).replace("&amp;", "&")
    form = planner.get(link).content.decode()
    assert 'value="15"' in form and f'value="{staffing.id}" selected' in form and 'value="1" selected' in form


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"mangler": "400"}, "Højst 10 er på arbejde i de timer"),
        ({"mangler": "-1"}, "Skriv 0 eller flere"),
        ({"mangler": "mange"}, "Indtast et heltal"),
        ({"opkald": "-100"}, "Skriv højst 90 procent færre eller kortere"),
        ({"opkald": "5000"}, "Skriv højst 300 procent flere"),
        ({"tid": "-100"}, "Skriv højst 90 procent færre eller kortere"),
        ({"laengere": "-400"}, "En henvendelse ville tage -160 sekunder"),
        ({"laengere": "14400"}, "skriv højst 14400 (4 timer) i alt"),
        ({"venter": "0"}, "Skriv mindst 1 sekund"),
        ({"fra": "30", "til": "20"}, "Vælg et klokkeslæt efter det, de mangler fra."),
        ({"fra": "0", "til": "10"}, "Vælg timer mellem kl. 08.00 og 18.00"),
        ({"dag": "6"}, "Bemandingen venter ingen henvendelser den dag"),
        ({"gange": "1"}, "Skriv mindst 2 gange"),
        ({"gange": "100000"}, "200"),
        ({"bemanding": "6f1c1f3e-0000-7000-8000-000000000000"}, "Marker en gyldig valgmulighed"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field_and_nothing_typed_is_lost(planner, more, said):
    answer = ask(planner, staffed(), froe="4711", **more)
    shown = answer.content.decode()
    assert answer.status_code == 422 and said in shown and 'value="4711"' in shown
    field = next(iter(more))
    assert re.search(rf'href="#({field}|til|fra|tid)"', shown)
    assert not PlanRun.objects.filter(kind="trial").exists()


def test_a_staffing_of_nobody_cannot_be_tried(planner):
    shown = ask(planner, staffed(agents=0)).content.decode()
    assert "I bemandingen er ingen på arbejde den dag" in shown


def test_more_people_than_can_be_played_are_refused_before_anything_is_queued(planner):
    shown = ask(planner, staffed(agents=30_000)).content.decode()
    assert (
        "I bemandingen er 30000 på arbejde på samme tid; her kan højst 2000" in shown and 'href="#bemanding"' in shown
    )
    assert not PlanRun.objects.filter(kind="trial").exists()


def test_without_a_staffing_the_page_leads_to_one(planner):
    shown = planner.get("/planlaegning/simulering").content.decode()
    assert "Der er ingen færdig bemanding endnu" in shown and 'href="/planlaegning/bemanding"' in shown


def test_too_few_for_patient_callers_is_said_to_leave_somebody_waiting(planner):
    row = tried(planner, staffed(patience=None), mangler="6", gange="2")
    halves = [dict(zip(trials.HALVES, line, strict=True)) for line in row.result["tables"]["halves"]["rows"]]
    assert all(half["came"] == half["came_planned"] for half in halves)  # who still waits came all the same
    assert "venter stadig, når det hele er spillet" in page(planner, row)


def test_another_planners_day_is_not_seen(planner):
    row = tried(planner, staffed())
    other = at_desk("manager", name="Lene Leder")
    assert other.get(f"/planlaegning/arbejde/{row.id}").status_code == 404
    assert other.get(f"/planlaegning/arbejde/{row.id}/halves.csv").status_code == 404
    assert str(row.id) not in other.get("/planlaegning/simulering").content.decode()
    assert str(row.id) in planner.get("/planlaegning/simulering").content.decode()
    assert at_desk("executive", name="Dora Direktør").get(f"/planlaegning/arbejde/{row.id}").status_code == 200


def test_a_day_cancelled_while_it_is_played_ends_without_a_result(planner, monkeypatch):
    answer = ask(planner, staffed())
    address = answer["Location"]

    def slow(given, way, progress):
        planner.post(f"{address}/annuller")
        while True:  # until the sign of life finds that nobody wants it
            progress(0.1)

    monkeypatch.setattr(trials, "_play", slow)
    runs.work()
    row = PlanRun.objects.get(kind="trial")
    assert (row.state, row.result) == ("cancelled", None)
    assert "Start igen" in page(planner, row)


def test_what_a_killed_worker_left_is_played_again(planner):
    ask(planner, staffed())
    PlanRun.objects.filter(kind="trial").update(state="running", attempt=1, heard_at=clock.now() - timedelta(minutes=5))
    assert runs.work() == 1
    row = PlanRun.objects.get(kind="trial")
    assert (row.state, row.attempt) == ("done", 2)


def test_the_page_is_english_for_who_reads_english(planner):
    shown = page(planner, tried(planner, staffed(), opkald="20"), headers={"Accept-Language": "en"})
    assert "Tuesday with 3 fewer at work and 20 % more inquiries" in shown and "Comes in." in shown
