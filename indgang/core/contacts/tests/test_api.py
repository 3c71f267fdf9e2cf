"""Contacts over `/api/v1/contacts`."""

import json
from datetime import timedelta

import pytest
from django.test import Client

from indgang.core.catalogue.testing import make_task
from indgang.core.contacts import services
from indgang.core.contacts.models import Contact, Message
from indgang.core.contacts.reference import from_number, grouped
from indgang.core.contacts.testing import contact_row, make_contact
from indgang.core.organisation.testing import make_employee, make_stranger
from indgang.foundation.access.services import make_key
from indgang.foundation.access.values import system
from indgang.foundation.journal.selectors import outbox
from indgang.foundation.runtime import clock

pytestmark = pytest.mark.django_db
NEW = {"channel": "api", "text": "Jeg flytter på lørdag", "inquirer": {"email": "bente@borger.example"}}


class Program:
    """A caller with a key."""

    def __init__(self, key: str) -> None:
        self.client, self.key = Client(), key

    def post(self, path: str, body: object, **headers: str):
        return self.client.post(
            f"/api/v1/contacts{path}", json.dumps(body), content_type="application/json",
            headers={"Authorization": f"Bearer {self.key}", **headers},
        )  # fmt: skip

    def get(self, path: str):
        return self.client.get(f"/api/v1/contacts{path}", headers={"Authorization": f"Bearer {self.key}"})


@pytest.fixture
def robot() -> Program:
    return Program(make_key("system", "robot", None, clock.now()))


def of(employee) -> Program:
    return Program(make_key("personal", employee.name, employee.account_id, clock.now()))


def fields(answer) -> list[str]:
    return [error["field"] for error in answer.json()["errors"]]


def test_a_program_hands_in_a_contact_and_reads_it(robot: Program) -> None:
    make_task("T-076")
    made = robot.post("", {**NEW, "tasks": ["T-076"]})
    assert made.status_code == 201, made.content
    assert made.json()["state"] == "new" and made.json()["tasks"] == ["T-076"]
    read = robot.get(f"/{made.json()['reference']}").json()
    assert [m["body"] for m in read["messages"]] == ["Jeg flytter på lørdag"]
    assert read["tasks"] == [{"task_id": "T-076", "title": "Meld flytning", "level": None}]


def test_the_whole_life_of_a_contact(robot: Program) -> None:
    make_task("T-076")
    reference = robot.post("", NEW).json()["reference"]
    said = robot.post(f"/{reference}/messages", {"direction": "in", "medium": "sms", "body": "Haster"})
    answered = robot.post(f"/{reference}/messages", {"direction": "out", "medium": "mail", "body": "Sådan gør du"})
    noted = robot.post(f"/{reference}/messages", {"direction": "note", "body": "Talt med enheden"})
    assert [r.status_code for r in (said, answered, noted)] == [201, 201, 201]
    closed = robot.post(f"/{reference}/close", {"outcome": "informed", "tasks": [{"task_id": "T-076", "level": 1}]})
    assert (closed.status_code, closed.json()["state"], closed.json()["tasks"]) == (200, "closed", ["T-076"])
    assert len(outbox()) == 1


def test_the_same_key_is_one_contact_and_another_body_is_refused(robot: Program) -> None:
    first, second = (robot.post("", NEW, **{"Idempotency-Key": "k1"}) for _ in range(2))
    assert first.json() == second.json() and Contact.objects.count() == 1
    assert robot.post("", {**NEW, "text": "Andet"}, **{"Idempotency-Key": "k1"}).status_code == 409


def test_the_same_message_twice_with_a_key_is_one_message_and_one_mail(robot: Program) -> None:
    reference = robot.post("", NEW).json()["reference"]
    body = {"direction": "out", "medium": "mail", "body": "Svar"}
    for _ in range(2):
        robot.post(f"/{reference}/messages", body, **{"Idempotency-Key": "k2"})
    assert Message.objects.filter(direction="out").count() == len(outbox()) == 1


def test_a_stale_version_is_a_409_that_says_what_changed(robot: Program) -> None:
    contact = make_contact()
    services.add_note(contact_id=contact.id, body="Note", viewer=system("test"), at=clock.now())
    body = {"direction": "out", "medium": "mail", "body": "Svar", "version": 1}
    answer = robot.post(f"/{contact.reference}/messages", body)
    assert answer.status_code == 409 and "note" in answer.json()["detail"]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"tasks": ["T-999"]}, "tasks"),
        ({"tasks": ["T-" + "9" * 40]}, "tasks"),
        ({"channel": "pigeon"}, "channel"),
        ({"unit": "atlantis"}, "unit"),
        ({"text": " \n"}, "text"),
        ({"text": "x" * 100_001}, "text"),
        ({"inquirer": {"kind": "martian"}}, "inquirer.kind"),
        ({"inquirer": {"email": "bente"}}, "inquirer.email"),
        ({"inquirer": {"cpr": "990290-1234"}}, "inquirer.cpr"),
        ({"inquirer": {"name": "B" * 161}}, "inquirer.name"),
        ({"language": "dansk-og-engelsk"}, "language"),
    ],
)
def test_bad_input_is_refused_by_the_name_of_its_field(robot: Program, change: dict, field: str) -> None:
    answer = robot.post("", {**NEW, **change})
    assert answer.status_code == 422 and fields(answer) == [field], answer.content
    assert Contact.objects.count() == 0


@pytest.mark.parametrize(
    "body",
    [
        {**NEW, "text": "a\x00b"}, {**NEW, "text": "\ud800"}, {**NEW, "inquirer": {"name": "\x00"}}, {}, [], None,
        {**NEW, "text": None}, {**NEW, "text": 5}, {**NEW, "tasks": "T-076"}, {**NEW, "tasks": ["x"] * 21},
    ],
)  # fmt: skip
def test_what_no_contact_can_be_made_of_is_a_422(robot: Program, body: object) -> None:
    answer = robot.post("", body)
    assert answer.status_code == 422 and answer.json()["errors"] is not None
    assert Contact.objects.count() == 0


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"direction": "sideways", "medium": "mail", "body": "Hej"}, "direction"),
        ({"direction": "in", "medium": "pigeon", "body": "Hej"}, "medium"),
        ({"direction": "out", "medium": "pigeon", "body": "Hej"}, "medium"),
        ({"direction": "in", "medium": "mail", "body": ""}, "body"),
    ],
)
def test_a_bad_message_names_its_field(robot: Program, body: dict, field: str) -> None:
    answer = robot.post(f"/{make_contact().reference}/messages", body)
    assert answer.status_code == 422 and fields(answer) == [field], answer.content


def test_an_unknown_reference_outcome_or_level_is_refused(robot: Program) -> None:
    contact = make_contact()
    for reference in ("K7M2-42P", grouped(from_number(99)), "æøå"):
        assert robot.get(f"/{reference}").status_code == 404
        assert robot.post(f"/{reference}/close", {"outcome": "informed"}).status_code == 404
    assert fields(robot.post(f"/{contact.reference}/close", {"outcome": "vanished"})) == ["outcome"]
    high = {"outcome": "informed", "tasks": [{"task_id": "T-076", "level": 4}]}
    assert robot.post(f"/{contact.reference}/close", high).status_code == 422
    assert contact_row(contact.id).state == "new"


def test_closing_a_closed_contact_otherwise_is_a_409(robot: Program) -> None:
    contact = make_contact()
    assert robot.post(f"/{contact.reference}/close", {"outcome": "informed"}).status_code == 200
    assert robot.post(f"/{contact.reference}/close", {"outcome": "informed"}).status_code == 200
    assert robot.post(f"/{contact.reference}/close", {"outcome": "booked"}).status_code == 409


def test_without_a_key_nothing_and_with_a_strangers_key_nothing_is_found() -> None:
    contact = make_contact()
    assert Program("wrong").get(f"/{contact.reference}").status_code == 401
    stranger = of(make_stranger())
    assert stranger.get(f"/{contact.reference}").status_code == 404
    assert stranger.post(f"/{contact.reference}/close", {"outcome": "informed"}).status_code == 404
    body = {"direction": "in", "medium": "mail", "body": "Hej"}
    assert stranger.post(f"/{contact.reference}/messages", body).status_code == 404


def test_a_personal_key_acts_as_its_employee() -> None:
    contact, agnes = make_contact(), make_employee(groups={"general": (3, 1)})
    assert of(agnes).post(f"/{contact.reference}/close", {"outcome": "informed"}).status_code == 200
    assert contact_row(contact.id).handler_id == agnes.pk


def test_a_cpr_number_that_was_only_said_proves_nothing_and_is_never_given_back(robot: Program) -> None:
    made = robot.post("", {**NEW, "inquirer": {"name": "Bente", "cpr": "020290-1234"}})
    row = Contact.objects.get()
    assert row.person_id and not row.identified
    assert b"1234" not in robot.get(f"/{made.json()['reference']}").content


def test_a_message_long_after_closing_lands_in_a_new_contact(robot: Program) -> None:
    contact = make_contact()
    long_ago = clock.now() - timedelta(days=30)
    services.close(contact_id=contact.id, outcome="informed", tasks=[], viewer=system("test"), at=long_ago)
    made = robot.post(f"/{contact.reference}/messages", {"direction": "in", "medium": "mail", "body": "Igen"}).json()
    assert made["reference"] != grouped(contact.reference) and made["state"] == "new"
