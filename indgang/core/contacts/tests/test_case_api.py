"""Cases over `/api/v1/cases`: opened for a contact, found, read, noted on and handed over."""

import json
from datetime import timedelta

import pytest
from django.test import Client

from indgang.core.cases.testing import case_row, entries_of, make_case, steps_of
from indgang.core.citizens.testing import make_person
from indgang.core.contacts.reference import grouped
from indgang.core.contacts.testing import make_contact, make_opened
from indgang.core.organisation.testing import make_employee, make_unit, viewer_of
from indgang.foundation.access.services import make_key
from indgang.foundation.runtime import clock

pytestmark = pytest.mark.django_db
CPR = "0202901239"


class Program:
    """A caller with a key."""

    def __init__(self, key: str) -> None:
        self.client, self.key = Client(), key

    def post(self, path: str, body: object, **headers: str):
        return self.client.post(
            f"/api/v1/cases{path}", json.dumps(body), content_type="application/json",
            headers={"Authorization": f"Bearer {self.key}", **headers},
        )  # fmt: skip

    def get(self, path: str = ""):
        return self.client.get(f"/api/v1/cases{path}", headers={"Authorization": f"Bearer {self.key}"})


@pytest.fixture
def office(db):
    return make_unit("familieydelser", kind="office", administration="FAF")


@pytest.fixture
def robot(db):
    return Program(make_key("system", "robot", None, clock.now()))


@pytest.fixture
def filippa(office):
    return make_employee("Filippa Falk", unit=office, roles=["caseworker"], groups={"housing_benefit": (5, 3)})


def of(employee):
    return Program(make_key("personal", employee.name, employee.account_id, clock.now()))


def fields(answer):
    return [error["field"] for error in answer.json()["errors"]]


def test_a_program_opens_a_case_and_reads_it(robot, office):
    make_case(unit=office)
    person = make_person(cpr=CPR)
    made = robot.post("", {"task_id": "T-022", "citizen": str(person.id), "unit": "familieydelser", "title": "Ny leje"})
    assert made.status_code == 201, made.content
    body = made.json()
    assert (body["progress"], body["task_id"], body["title"], body["unit"], body["citizen"]) == (
        "opened", "T-022", "Ny leje", "Familieydelser", str(person.id),
    )  # fmt: skip
    read = robot.get(f"/{body['number']}").json()
    assert [party["role"] for party in read["parties"]] == ["primary"]
    assert [step["kind"] for step in read["steps"]] == ["handle"]
    assert read["history"][0]["progress"] == "opened"


def test_a_citizen_is_named_by_cpr_in_the_body_and_never_in_the_address(robot, office):
    make_case(unit=office)
    person = make_person(cpr=CPR)
    made = robot.post("", {"task_id": "T-022", "citizen": "020290-1239", "unit": "familieydelser"})
    assert made.json()["citizen"] == str(person.id)
    assert CPR not in made.content.decode()
    refused = robot.get(f"?citizen={CPR}")
    assert (refused.status_code, fields(refused)) == (422, ["citizen"])


def test_the_same_key_and_the_same_contact_open_one_case(robot, office):
    make_case(unit=office)
    person = make_person()
    contact = make_contact("Min husleje er steget", tasks=["T-022"], person=person.id)
    body = {"task_id": "T-022", "citizen": str(person.id), "unit": "familieydelser"}
    once = robot.post("", body, **{"Idempotency-Key": "k1"})
    again = robot.post("", body, **{"Idempotency-Key": "k1"})
    assert once.json() == again.json()
    assert robot.post("", {**body, "title": "Andet"}, **{"Idempotency-Key": "k1"}).status_code == 409
    with_contact = {**body, "contact": grouped(contact.reference)}
    first, second = robot.post("", with_contact), robot.post("", with_contact)
    assert first.json()["number"] == second.json()["number"] != once.json()["number"]


@pytest.mark.parametrize(
    ("change", "status", "field"),
    [
        ({"task_id": "T-999"}, 404, "task_id"),
        ({"task_id": "T" * 50}, 422, "task_id"),
        ({"citizen": "1234"}, 422, "citizen"),
        ({"citizen": "hr. Nielsen"}, 422, "citizen"),
        ({"citizen": "00000000-0000-0000-0000-000000000001"}, 422, "citizen"),
        ({"title": "020290-1239"}, 422, "title"),
        ({"title": "x" * 300}, 422, "title"),
        ({"unit": "findesikke"}, 422, "to"),
        ({"contact": "K7M2-42PX"}, 404, "reference"),
        ({"raised_by": "nysgerrighed"}, 422, "raised_by"),
        ({"level": 7}, 422, "level"),
    ],
)
def test_what_cannot_be_used_is_named(robot, office, change, status, field):
    make_case(unit=office)
    body = {"task_id": "T-022", "citizen": None, "unit": "familieydelser"} | change
    answer = robot.post("", body)
    assert (answer.status_code, fields(answer)) == (status, [field]), answer.content


def test_lists_are_paged_and_narrowed(robot, office):
    cases = [make_case(unit=office) for _ in range(5)]
    first = robot.get("?limit=2").json()
    second = robot.get(f"?limit=2&cursor={first['cursor']}").json()
    third = robot.get(f"?limit=2&cursor={second['cursor']}").json()
    numbers = [row["number"] for page in (first, second, third) for row in page["items"]]
    assert sorted(numbers) == sorted(case.number for case in cases)
    assert third["cursor"] is None
    assert [row["number"] for row in robot.get(f"?citizen={cases[0].person_id}").json()["items"]] == [cases[0].number]
    assert [row["number"] for row in robot.get(f"?q={cases[1].number}").json()["items"]] == [cases[1].number]
    assert robot.get("?closed=true").json()["items"] == []
    assert robot.get("?citizen=hvem").status_code == 422
    assert robot.get("?due=snart").status_code == 422
    assert robot.get("?limit=201").status_code == 422
    assert robot.get("?cursor=xx").status_code == 422


def test_a_personal_key_sees_what_its_owner_may(filippa, office, robot):
    mine = make_case(unit=office, handler=filippa.pk)
    building = make_unit("byggesager", kind="office", administration="BTF")
    other = make_case("T-002", unit=building, group="building", administration="BTF")
    own = of(filippa)
    assert [row["number"] for row in own.get().json()["items"]] == [mine.number]
    assert own.get(f"/{mine.number}").status_code == 200
    assert own.get(f"/{other.number}").status_code == 404
    assert own.get("/2026-1").status_code == 404
    assert robot.get(f"/{other.number}").status_code == 200


def test_a_case_that_is_not_ones_own_work_opens_on_a_stated_reason(office):
    clerk = make_employee(
        "Fatima", unit=make_unit("valby", kind="centre"), roles=["clerk"], groups={"housing_benefit": (4, 2)}
    )
    case = make_case(unit=office)
    key = of(clerk)
    assert key.get(f"/{case.number}").status_code == 404
    assert key.get(f"/{case.number}?reason=citizen_present").status_code == 200
    assert key.get(f"/{case.number}?reason=nysgerrig").status_code == 404


def test_a_clerk_opens_a_case_for_the_contact_in_hand(office):
    clerk = make_employee(
        "Fatima", unit=make_unit("valby", kind="centre"), roles=["clerk"], groups={"housing_benefit": (4, 2)}
    )
    person = make_case(unit=office).person_id
    contact = make_opened(viewer_of(clerk), tasks=["T-022"], person=person)
    made = of(clerk).post(
        "", {"task_id": "T-022", "citizen": str(person), "contact": grouped(contact.reference), "unit": office.pk}
    )
    assert made.status_code == 201, made.content
    stranger = make_contact("Noget andet")
    refused = of(clerk).post("", {"task_id": "T-022", "contact": grouped(stranger.reference)})
    assert refused.status_code == 404


def test_a_note_is_written_once(robot, office):
    case = make_case(unit=office)
    body = {"theme": "Husleje", "body": "Den er 6.200 kr.", "oral_facts": True, "channel": "phone"}
    for _ in range(2):
        made = robot.post(f"/{case.number}/notes", body, **{"Idempotency-Key": "n1"})
        assert made.status_code == 201, made.content
    assert [(row.theme, row.oral_facts) for row in entries_of(case.id)] == [("Husleje", True)]
    assert [note["theme"] for note in robot.get(f"/{case.number}").json()["notes"]] == ["Husleje"]
    assert robot.post(f"/{case.number}/notes", {"theme": " "}).status_code == 422
    assert robot.post(f"/{case.number}/notes", {"theme": "x" * 161}).status_code == 422
    assert robot.post("/2026-000001-1/notes", body).status_code == 404


def test_a_case_is_handed_over_with_its_version(robot, office):
    other = make_unit("pension", kind="office", administration="SUF")
    case = make_case(unit=office)
    later = (clock.now() + timedelta(days=5)).isoformat()
    body = {"to": {"unit": "pension"}, "note": "Han er pensionist", "deadline": later, "version": case.version}
    moved = robot.post(f"/{case.number}/hand-over", body)
    assert (moved.status_code, moved.json()["unit"]) == (200, "Pension"), moved.content
    assert case_row(case.id).unit_id == other.pk
    assert [step.unit_id for step in steps_of(case.id) if step.done_at is None] == [other.pk]
    assert robot.post(f"/{case.number}/hand-over", body).status_code == 409
    nobody = robot.post(f"/{case.number}/hand-over", {"to": {}, "note": "Hvem?"})
    assert (nobody.status_code, fields(nobody)) == (422, ["to"])


def test_a_specialist_is_asked_and_the_case_stays(robot, office):
    specialist = make_unit("indeklima", kind="office", administration="BTF")
    case = make_case(unit=office)
    body = {
        "to": {"unit": "indeklima"}, "question": "Er boligen egnet?",
        "answer_by": (clock.today() + timedelta(days=7)).isoformat(),
    }  # fmt: skip
    asked = robot.post(f"/{case.number}/opinions", body, **{"Idempotency-Key": "o1"})
    assert asked.status_code == 201, asked.content
    assert robot.post(f"/{case.number}/opinions", body, **{"Idempotency-Key": "o1"}).json() == asked.json()
    assert case_row(case.id).unit_id == office.pk
    assert [step.unit_id for step in steps_of(case.id) if step.kind == "opinion"] == [specialist.pk]
    nobody = robot.post(f"/{case.number}/opinions", {**body, "to": {}})
    assert nobody.status_code == 422
    assert robot.post(f"/{case.number}/opinions", {**body, "answer_by": "snart"}).status_code == 422


def test_a_moment_without_a_time_zone_is_refused_by_name(robot, office):
    case = make_case(unit=office)
    body = {"to": {"unit": "familieydelser"}, "note": "Videre", "deadline": "2030-01-01T10:00:00"}
    refused = robot.post(f"/{case.number}/hand-over", body)
    assert (refused.status_code, fields(refused)) == (422, ["deadline"])
