"""What registers tell is true here within seconds, once, whatever dies on the way; and what we report, they show."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from indgang.core.citizens import following_registers, selectors, services
from indgang.core.citizens.models import Person, Representation
from indgang.core.citizens.testing import make_person
from indgang.core.organisation.testing import make_agent, viewer_of
from indgang.foundation.access.errors import NotFound
from indgang.foundation.access.testing import recorded
from indgang.foundation.access.values import PUBLIC, Purpose
from indgang.foundation.journal import services as journal
from indgang.foundation.journal.errors import DeliveryFailed
from indgang.foundation.journal.testing import parcels
from indgang.foundation.registers import selectors as register_selectors
from indgang.foundation.registers import services as registers_services
from indgang.foundation.registers.errors import NoNumber, NothingReported, UnknownReportField, WrongAmount, WrongYear
from indgang.foundation.registers.testing import BENTE, ELMER, HIDDEN, RegisterProcess, look_sources, registers
from indgang.foundation.registers.values import Subject

AT = datetime(2026, 3, 3, 9, tzinfo=UTC)
PRESENT = Purpose("reason", "citizen_present")
pytestmark = pytest.mark.django_db


@pytest.fixture
def outside(tmp_path: Path) -> Iterator[dict[str, RegisterProcess]]:
    with registers(tmp_path) as running:
        yield running


@pytest.fixture
def bente() -> Person:
    return make_person("Bente Birkelund", cpr=BENTE)


def events(*verbs: str) -> list[dict[str, object]]:
    return [data for verb in verbs for _, data in recorded(verb)]


def test_who_moved_lives_at_the_new_address_and_the_cases_hear_it(outside, bente) -> None:
    outside["cpr"].happen(personnummer=BENTE, haendelse="moved", vej="Søhestens Vej", hus="7, 1. tv", postnummer="2300",
                          by="København S")  # fmt: skip
    assert services.follow_cpr(AT) == 1
    bente.refresh_from_db()
    assert (bente.street, bente.house, bente.postcode, bente.city) == (
        "Søhestens Vej", "7, 1. tv", "2300", "København S",
    )  # fmt: skip
    assert bente.street_key and bente.house_key == "7" and bente.version > 1
    assert events("register.changed") == [{"register": "cpr", "kind": "moved", "change": 1}]
    assert events("citizen.moved") == [{"change": 1}]


def test_the_look_of_the_process_that_follows_is_logged(outside, bente) -> None:
    outside["cpr"].happen(personnummer=BENTE, haendelse="renamed", navn="Bente Bøgeholm")
    services.follow_cpr(AT)
    assert look_sources(bente.id) == [("cpr", "register", "shown")]
    bente.refresh_from_db()
    assert (bente.name, bente.sort_key != "") == ("Bente Bøgeholm", True) and events("citizen.renamed")


def test_a_process_may_look_only_for_a_change_that_is_not_dealt_with(outside, bente) -> None:
    outside["cpr"].happen(personnummer=BENTE, haendelse="renamed", navn="Bente Bøgeholm")
    [change] = registers_services.changes("cpr")
    services.follow_cpr(AT)
    with pytest.raises(NotFound):
        registers_services.look_up(Subject(bente.id, BENTE), change, following_registers.FOLLOWER, AT)
    with pytest.raises(NotFound):
        registers_services.look_up(Subject(bente.id, BENTE), change, viewer_of(make_agent(), AT), AT)


def test_a_change_is_dealt_with_once(outside, bente) -> None:
    outside["cpr"].happen(personnummer=BENTE, haendelse="protection_set", dato="2026-03-01")
    assert [services.follow_cpr(AT) for _ in range(3)] == [1, 0, 0]
    bente.refresh_from_db()
    assert bente.protected_until == date(2027, 3, 1)
    outside["cpr"].happen(personnummer=BENTE, haendelse="protection_lifted")
    services.follow_cpr(AT)
    bente.refresh_from_db()
    assert bente.protected_until is None
    assert len(events("citizen.protection_set")) == len(events("citizen.protection_lifted")) == 1


def test_killed_between_asking_and_writing_it_is_done_at_the_next_run(outside, bente, monkeypatch) -> None:
    outside["cpr"].happen(personnummer=BENTE, haendelse="died", dato="2026-03-02")

    def dies(*_args, **_kwargs):
        raise KeyboardInterrupt

    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr(following_registers.from_cpr, "update", dies)
        services.follow_cpr(AT)
    assert events("register.changed") == []
    assert services.follow_cpr(AT) == 1
    bente.refresh_from_db()
    assert bente.died == date(2026, 3, 2) and len(events("citizen.died")) == 1
    assert selectors.person(viewer_of(make_agent(), AT), bente.id, purpose=PRESENT, at=AT).died == date(2026, 3, 2)


def test_a_child_that_is_born_is_a_person_with_the_parents_custody(outside, bente) -> None:
    elmer = make_person("Elmer Birkelund", cpr=ELMER)
    outside["cpr"].happen(personnummer=BENTE, haendelse="child_born", navn="Ida Birkelund", dato="2026-03-01")
    assert services.follow_cpr(AT) == 2  # once for each parent
    child = Person.objects.get(name="Ida Birkelund")
    assert (child.born, child.provisional, child.invented) == (date(2026, 3, 1), False, True)
    held = Representation.objects.filter(citizen=child)
    assert {one.representative_id for one in held} == {bente.id, elmer.id}
    assert {(one.role, one.valid_to) for one in held} == {("parent", date(2044, 2, 29))}
    bente.refresh_from_db()
    assert child.household == bente.household is not None
    assert events("citizen.child_born") == [
        {"change": 1, "child": str(child.id)},
        {"change": 2, "child": str(child.id)},
    ]


def test_marriage_and_divorce(outside, bente) -> None:
    elmer = make_person("Elmer Birkelund", cpr=ELMER)
    Person.objects.filter(id=elmer.id).update(spouse=bente)
    outside["cpr"].happen(personnummer=BENTE, haendelse="divorced")
    services.follow_cpr(AT)
    assert not Person.objects.exclude(spouse=None).exists()
    outside["cpr"].happen(personnummer=BENTE, haendelse="married", aegtefaelle=ELMER)
    services.follow_cpr(AT)
    assert Person.objects.exclude(spouse=None).count() == 1
    assert len(events("citizen.divorced")) == len(events("citizen.married")) == 1


def test_who_moves_in_with_somebody_is_of_their_household(outside, bente) -> None:
    host = make_person("Vera Vindholm", street="Duggens Have", house="3", postcode="2700")
    outside["cpr"].happen(personnummer=BENTE, haendelse="moved", vej="Duggens Have", hus="3", postnummer="2700",
                          by="Brønshøj")  # fmt: skip
    services.follow_cpr(AT)
    for one in (host, bente):
        one.refresh_from_db()
    assert host.household == bente.household is not None


def test_changes_of_people_nobody_knows_here_are_passed_by(outside, bente) -> None:
    outside["cpr"].happen(personnummer=HIDDEN, haendelse="renamed", navn="En Anden")
    outside["cpr"].happen(personnummer=BENTE, haendelse="renamed", navn="Bente Bøgeholm")
    assert services.follow_cpr(AT) == 2
    assert [one["change"] for one in events("register.changed")] == [2]


def test_a_number_somebody_only_said_is_not_followed(outside) -> None:
    said = services.register_provisional("Bente", "", "", AT, cpr=BENTE)
    outside["cpr"].happen(personnummer=BENTE, haendelse="renamed", navn="Bente Bøgeholm")
    services.follow_cpr(AT)
    said.refresh_from_db()
    assert said.name == "Bente" and events("register.changed") == []


def test_a_register_that_is_down_is_seen_and_followed_when_it_is_back(outside, bente) -> None:
    outside["cpr"].happen(personnummer=BENTE, haendelse="renamed", navn="Bente Bøgeholm")
    outside["cpr"].kill()
    assert services.follow_cpr(AT) == 0
    assert [one.source for one in register_selectors.unwell()] == ["cpr.changes"]
    outside["cpr"].start()
    assert services.follow_cpr(AT) == 1 and register_selectors.unwell() == []


def test_a_feed_that_answers_nonsense_changes_nothing(outside, bente) -> None:
    outside["cpr"].happen(personnummer=BENTE, haendelse="renamed", navn="Bente Bøgeholm")
    for mode in ("garbage", "error_body", "truncated"):
        outside["cpr"].behave(mode, count=1)
        services.follow_cpr(AT)
    bente.refresh_from_db()
    assert bente.name == "Bente Birkelund" and register_selectors.unwell()


@pytest.mark.req("esdh.online")
def test_an_income_changed_here_is_shown_by_the_income_register_and_told_back(outside, bente) -> None:
    agent = viewer_of(make_agent(), AT)
    person = selectors.register_subject(agent, bente.id)
    registers_services.report_change(
        person=person, facts={"salary": 310_000}, year=2026, viewer=agent, purpose=PRESENT, at=AT
    )
    assert journal.deliver_due(AT) == 1
    [theirs] = outside["income"].call("GET", "/reports")
    assert (theirs["personnummer"], theirs["aendringer"]) == (BENTE, [{"felt": "loenindkomst", "beloeb": 310_000}])
    answer = registers_services.ask("income", person, agent, PRESENT, AT)
    assert answer.facts["salary"] == 310_000
    assert services.follow_income(AT) == 1
    assert events("register.changed") == [{"register": "income", "kind": "income_changed", "change": 1}]
    assert events("register.reported") == [{"register": "income", "year": 2026, "salary": 310_000}]
    assert ("income", "register_report", "shown") in look_sources(bente.id)


def test_a_report_whose_answer_is_lost_is_reported_once(outside, bente) -> None:
    agent = viewer_of(make_agent(), AT)
    person = selectors.register_subject(agent, bente.id)
    told = {"person": person, "facts": {"pension": 90_000}, "year": 2026, "viewer": agent, "purpose": PRESENT, "at": AT}
    keys = {registers_services.report_change(**told, key="k-1") for _ in range(2)}
    assert keys == {"k-1"} and len(parcels("income")) == len(events("register.reported")) == 1
    outside["income"].behave("truncated", count=1)
    with pytest.raises(DeliveryFailed):
        registers_services.deliver_report(person, key="k-1", year=2026, amounts={"pension": 90_000})
    journal.deliver_due(AT)
    assert len(outside["income"].call("GET", "/reports")) == 1


def test_a_report_the_register_refuses_needs_a_person(outside) -> None:
    unknown = make_person(cpr="0404801115")
    agent = viewer_of(make_agent(), AT)
    registers_services.report_change(
        person=selectors.register_subject(agent, unknown.id), facts={"assets": 1}, year=2026, viewer=agent,
        purpose=PRESENT, at=AT,
    )  # fmt: skip
    journal.deliver_due(AT)
    assert [one.state for one in parcels("income")] == ["attention"] and len(events("register.report_failed")) == 1


@pytest.mark.parametrize(
    ("wrong", "refusal"),
    [
        ({"facts": {}}, NothingReported), ({"facts": {"løn": 1}}, UnknownReportField),
        ({"facts": {"salary": -1}}, WrongAmount), ({"facts": {"salary": True}}, WrongAmount),
        ({"facts": {"salary": 10**9}}, WrongAmount), ({"year": 2020}, WrongYear), ({"year": "2026"}, WrongYear),
        ({"person": Subject(Person().id or AT, "")}, NoNumber),
    ],
)  # fmt: skip
def test_a_report_that_cannot_be_right_is_refused_before_anything_is_sent(wrong, refusal) -> None:
    bente, agent = make_person(cpr=BENTE), viewer_of(make_agent(), AT)
    good = {"person": selectors.register_subject(agent, bente.id), "facts": {"salary": 1}, "year": 2026}
    with pytest.raises(refusal) as refused:
        registers_services.report_change(**(good | wrong), viewer=agent, purpose=PRESENT, at=AT)
    assert str(refused.value) and parcels("income") == []


def test_nobody_outside_the_house_learns_a_number(bente) -> None:
    with pytest.raises(NotFound):
        selectors.register_subject(PUBLIC, bente.id)
    subject = selectors.register_subject(viewer_of(make_agent(), AT), bente.id)
    assert subject.cpr == BENTE and BENTE not in repr(subject)
