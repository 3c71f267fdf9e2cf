"""A leader sees in figures how fast and how well a unit's cases go."""

from datetime import timedelta

import pytest
from django.test import Client

from indgang.core.cases.testing import make_case, make_decided
from indgang.core.organisation.testing import make_employee, make_group, make_unit
from indgang.foundation.runtime import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    make_group("housing_benefit")
    return make_unit("familieydelser", kind="office", administration="FAF")


def browser(employee) -> Client:
    client = Client()
    client.force_login(employee.account)
    return client


@pytest.fixture
def leader(office):
    return browser(make_employee("Lisa Leder", unit=office, roles=["manager"]))


def text_of(answer) -> str:
    return answer.content.decode()


def test_the_last_three_months_of_ones_own_unit_are_shown_and_can_be_taken_as_a_file(leader, office):
    now = clock.now()
    for days in (2, 6):
        make_decided(make_case(unit=office, at=now - timedelta(days=days)), at=now)
    make_decided(make_case(unit=make_unit("andre"), at=now - timedelta(days=3)), at=now)
    make_decided(make_case(unit=office, at=now - timedelta(days=300)), at=now - timedelta(days=200))
    page = text_of(leader.get("/ledelse/sager/tal"))
    row = page.split(">Boligsikring</th>")[1].split("</tr>")[0]
    assert ">2<" in row and "4 dage" in row
    lines = leader.get("/ledelse/sager/tal.csv?enhed=alle").content.decode("utf-8-sig").split()
    assert lines[1].split(",")[:2] == ["T-022", "3"] and lines[2].split(",")[:2] == ["", "3"]
    assert "/ledelse/sager/tal?enhed=" in text_of(leader.get("/ledelse/sager"))


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("fra=2026-02-01&til=2026-01-01", "Byt om på dem"),
        ("fra=snart", "snart er ikke en dato"),
        ("fra=2001-01-01&til=2026-01-01", "højst tre år"),
    ],
)
def test_impossible_days_are_refused_at_the_form_and_the_usual_ones_shown(leader, asked, said):
    answer = leader.get(f"/ledelse/sager/tal?{asked}")
    assert answer.status_code == 422 and said in text_of(answer) and "Ingen sager er afgjort" in text_of(answer)
    assert leader.get(f"/ledelse/sager/tal.csv?{asked}").status_code == 422


@pytest.mark.parametrize("unit", ["", "x", "999999999999999999999", "-1", "7"])
def test_an_unknown_unit_is_ones_own(leader, unit):
    assert "familieydelser" in text_of(leader.get(f"/ledelse/sager/tal?enhed={unit}")).lower()


def test_others_find_no_such_page(office):
    worker = browser(make_employee("Ylva Ydelse", unit=office, roles=["caseworker"]))
    assert worker.get("/ledelse/sager/tal").status_code in {403, 404}
