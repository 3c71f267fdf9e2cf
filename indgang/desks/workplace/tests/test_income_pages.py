"""A changed income is reported once from the overview, and the page says which open cases it concerns."""

import csv
from pathlib import Path

import pytest

from indgang.core.cases import services
from indgang.core.cases.testing import entries_of, make_case, make_setting
from indgang.core.catalogue.testing import make_task
from indgang.core.citizens import services as citizens
from indgang.core.citizens.testing import make_person
from indgang.core.organisation.testing import make_employee, make_group, make_unit
from indgang.desks.workplace.tests.case_people import PROFILE, at_desk, caseworker, own_case
from indgang.foundation.journal import services as journal
from indgang.foundation.registers.testing import BENTE, registers
from indgang.foundation.runtime import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def outside(tmp_path: Path):
    with registers(tmp_path) as running:
        yield running


@pytest.fixture
def ylva():
    return caseworker()


@pytest.fixture
def bente():
    return make_person("Bente Birkelund", cpr=BENTE)


@pytest.fixture
def case(ylva, bente):
    made, _ = own_case(ylva, person=bente.id, title="Boligsikring efter flytning")
    with (PROFILE / "notice_rules.csv").open(encoding="utf-8", newline="") as file:
        services.load_profile({"notice_rules": list(csv.DictReader(file))}, at=clock.now())
    make_setting(income_dependent=True)
    return made


def address(person, case):
    return f"/arbejdsplads/borger/{person.id}/indkomst?sag={case.number}"


def typed(case, **facts):
    return {"case": case.number, "year": str(clock.local(clock.now()).year), "salary": "212.000 kr."} | facts


def body(answer):
    return answer.content.decode()


@pytest.mark.req("avoid.double")
def test_it_is_typed_once_and_every_case_that_needs_it_is_told(ylva, bente, case, outside):
    citizens.follow_income(clock.now())  # where the feed begins
    client = at_desk(ylva)
    overview = body(client.get(f"/arbejdsplads/borger/{bente.id}?sag={case.number}"))
    assert f"/arbejdsplads/borger/{bente.id}/indkomst?sag={case.number}" in overview
    assert "Boligsikring efter flytning" in body(client.get(address(bente, case)))
    sent = client.post(address(bente, case), typed(case))
    assert sent.status_code == 302
    after = body(client.get(sent["Location"]))
    assert "er på vej til indkomstregistret" in after and "får en hændelse, når registret har svaret" in after
    assert "212.000 kr." in next(entry for entry in entries_of(case.id) if entry.kind == "disclosed").body
    journal.deliver_due(clock.now())
    citizens.follow_income(clock.now())
    assert "har fået en hændelse" in body(client.get(sent["Location"]))


def test_the_same_form_sent_twice_is_one_report(ylva, bente, case, outside):
    client = at_desk(ylva)
    facts = typed(case, key="01a202f2-3fde-738c-bec0-1480c23d8cd0")
    places = {client.post(address(bente, case), facts)["Location"] for _ in range(2)}
    assert len(places) == 1
    assert len([entry for entry in entries_of(case.id) if entry.kind == "disclosed"]) == 1


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"salary": ""}, "mindst ét beløb"),
        ({"salary": "mange"}, "hele kroner"),
        ({"salary": "-1"}, "Kun kapitalindkomst"),
        ({"salary": "900000000"}, "for stort"),
        ({"salary": "12,5"}, "hele kroner"),
        ({"year": "1990"}, "alert-error"),
        ({"case": "2026-000000-0"}, "alert-error"),
    ],
)
def test_what_is_wrong_is_said_and_stays(ylva, bente, case, wrong, said):
    answer = at_desk(ylva).post(address(bente, case), typed(case, pension="88.000") | wrong if "salary" not in wrong
                                else typed(case) | wrong)  # fmt: skip
    assert answer.status_code == 422 and said in body(answer)
    assert [entry for entry in entries_of(case.id) if entry.kind == "disclosed"] == []


def test_who_has_no_such_case_sees_why_and_a_case_elsewhere_is_named_by_its_administration(ylva, bente, case):
    make_group("pension")
    make_task("T-900", title="Pensionstillæg", title_en="Supplement", group="pension", administration="SOF")
    make_case("T-900", person=bente.id, unit=make_unit("pension", kind="office", administration="SOF"))
    make_setting("T-900", income_dependent=True)
    page = body(at_desk(ylva).get(address(bente, case)))
    assert "Pensionstillæg" not in page and "En sag i" in page
    make_setting(income_dependent=False)
    assert "Du kan ikke indberette" in body(at_desk(ylva).get(address(bente, case)))


def test_a_stranger_and_who_has_no_purpose_get_nothing(ylva, bente, case):
    assert at_desk(ylva).get(f"/arbejdsplads/borger/{bente.id}/indkomst").status_code == 404
    stranger = at_desk(make_employee("Bo Byggesag", roles=["caseworker"]))
    assert stranger.get(address(bente, case)).status_code == 404
    assert stranger.post(address(bente, case), typed(case)).status_code == 404
