"""What cannot be is said on the form, at its field and with the remedy, before anything is played."""

import pytest

from indgang.desks.administration.testing import at_desk
from indgang.desks.planning.models import PlanRun
from indgang.desks.planning.tests.test_pages import COMPARE
from indgang.foundation.runtime import clock
from indgang.foundation.runtime.services import uuid7

pytestmark = pytest.mark.django_db


def forecast(a_half_hour: float = 40.0, slots: range = range(16, 36)) -> PlanRun:
    """So many calls in each half-hour of a Monday to Friday."""
    week = [a_half_hour if slot // 48 < 5 and slot % 48 in slots else 0.0 for slot in range(336)]
    result, at = {"week": week, "channel": "phone", "tables": {}, "proof": None}, clock.now()
    return PlanRun.objects.create(
        id=uuid7(at), kind="forecast", name="Telefon", input={}, state="done", result=result, started_by="x",
        asked_at=at,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("more", "field", "said"),
    [
        ({"andel": "100"}, "andel", "Skriv en procent under 100"),
        ({"andel": "0"}, "andel", "Målet 0 % kan ikke nås"),
        ({"venter": "0"}, "venter", "Skriv mindst 1 sekund, eller lad feltet stå tomt"),
        ({"medarbejdere": "0"}, "medarbejdere", "Med 0 på arbejde får ingen svar"),
        ({"medarbejdere": "3", "venter": ""}, "medarbejdere", "3 kan ikke tage 5.3 opkald ad gangen"),
        ({"tid_telefon": "90000"}, "tid_telefon", "Skriv højst 14.400 sekunder"),
        ({"tid_besoeg": "0"}, "tid_besoeg", "Skriv mindst 1 sekund"),
        ({"saerlig": "5", "kan": "0"}, "kan", "de venter for evigt"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(more, field, said):
    planner, source = at_desk("manager"), forecast()
    given = COMPARE | {"prognose": str(source.id), "besoeg": "60000", "skriftligt": "60000"} | more
    answer = planner.post("/planlaegning/sammenlign/bestil", given)
    page = answer.content.decode()
    assert answer.status_code == 422 and said in page and f'href="#{field}"' in page
    assert PlanRun.objects.count() == 1


@pytest.mark.parametrize(
    ("a_half_hour", "said"),
    [
        (1e300, "medarbejdere til"),
        (5_000_000.0, "medarbejdere til"),
        (120_000.0, "på arbejde på samme tid"),
        (20_000.0, "henvendelser; der kan højst være"),
        (0.0, "Prognosen siger, at ingen kommer"),
    ],
)
def test_more_calls_than_anybody_could_take_are_refused_at_the_forecast_or_the_weeks(a_half_hour, said):
    planner, source = at_desk("manager"), forecast(a_half_hour)
    given = COMPARE | {"prognose": str(source.id), "besoeg": "0", "skriftligt": "0", "uger": "20"}
    answer = planner.post("/planlaegning/sammenlign/bestil", given)
    page = answer.content.decode()
    assert answer.status_code == 422 and said in page and 'href="#' in page
    assert PlanRun.objects.count() == 1


def test_what_nobody_knows_is_played_when_the_planner_wants_to_see_who_waits():
    planner, source = at_desk("manager"), forecast()
    given = COMPARE | {"prognose": str(source.id), "besoeg": "6000", "skriftligt": "6000"}
    given |= {"saerlig": "5", "kan": "0", "alligevel": "on"}
    assert planner.post("/planlaegning/sammenlign/bestil", given).status_code == 302
