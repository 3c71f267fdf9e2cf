"""Several registers asked about one person at once, each in its own process over real HTTP."""

import json
import threading
import time
from datetime import date, timedelta
from urllib.request import Request, urlopen
from uuid import uuid4

import pytest
from django.db import connections

from indgang.foundation.access.errors import LogUnavailable, NotFound
from indgang.foundation.access.values import Actor, Purpose, Right, Viewer
from indgang.foundation.registers import selectors, services
from indgang.foundation.registers.models import Condition, Remembered
from indgang.foundation.registers.port import AT_ONCE, PORTS
from indgang.foundation.registers.testing import (
    ALMA,
    BENTE,
    HIDDEN,
    connected_to,
    end_pause,
    free_port,
    look_sources,
)
from indgang.foundation.registers.values import Freshness, Subject

pytestmark = pytest.mark.django_db(transaction=True)
BOTH = ("cpr", "income")
PRESENT = Purpose("reason", "citizen_present")
FAR = 8.0  # seconds nobody of these tests waits for


def viewer(*roles: str) -> Viewer:
    actor = Actor(1, 1, 1, "ØKF", frozenset(roles or ("agent",)), (Right(3, group="moving"),), {"moving": 3})
    return Viewer(kind="staff", name="employee:1", actor=actor, account=1)


def subject(cpr: str = BENTE) -> Subject:
    return Subject(uuid4(), cpr)


def ask(person: Subject, at, *sources: str, seconds: float = FAR, who: Viewer | None = None):
    return services.ask_all(person, sources or BOTH, who or viewer(), PRESENT, at, seconds)


def test_both_registers_answer_what_they_know(cpr, income, at) -> None:
    answers = ask(subject(), at)
    assert [answers[one].state for one in BOTH] == [Freshness.FRESH, Freshness.FRESH]
    person, money = answers["cpr"].facts, answers["income"].facts
    assert (person["name"], person["street"], person["place"]) == (
        "Bente Birkelund", "Lanternens Allé 4, 2. th", "2500 Valby",
    )  # fmt: skip
    assert (person["born"], person["children"], person["civil_status"]) == (date(1990, 2, 2), 1, "G")
    assert money["year"] == 2026
    asked = {"personnummer": BENTE, "indkomstaar": 2026}
    theirs = register_says(income, "/forskudsopgoerelse", asked)
    assert (money["salary"], money["taxable_income"]) == (theirs["loenindkomst"], theirs["skattepligtigIndkomst"])
    assert {month for month, _, _ in money["months"]} <= {f"2025-{n:02}" for n in (9, 10, 11, 12)} | {
        "2026-01", "2026-02",
    }  # fmt: skip


def register_says(process, path, body):
    headers = {"Authorization": "Bearer noegle-til-proeven"}
    request = Request(process.url + path, json.dumps(body).encode(), headers, method="POST")
    with urlopen(request, timeout=5) as answer:
        return json.loads(answer.read())


def test_a_look_for_each_register_is_logged_before_it_is_asked(cpr, income, at) -> None:
    person = subject()
    ask(person, at)
    assert look_sources(person.id) == [("cpr", "register", "shown"), ("income", "register", "shown")]


def test_without_a_purpose_nothing_is_asked_and_the_try_is_logged(cpr, income, at) -> None:
    person = subject()
    with pytest.raises(NotFound):
        services.ask_all(person, BOTH, viewer(), Purpose("reason", "bare fordi"), at)
    assert [outcome for _, _, outcome in look_sources(person.id)] == ["refused", "refused"]
    assert not Condition.objects.exists()


def test_where_the_log_cannot_be_written_nothing_is_asked(cpr, income, at, monkeypatch) -> None:
    cpr.behave("fail", count=1)
    monkeypatch.setitem(connections["accesslog"].settings_dict, "PORT", str(free_port()))
    connections["accesslog"].close()
    connections["accesslog"].close_pool()
    try:
        with pytest.raises(LogUnavailable):
            ask(subject(), at)
    finally:
        connections["accesslog"].close_pool()  # the next test asks where the log is
    assert cpr.call("GET", "/behaviour")["mode"] == "fail"  # the one failing answer was not used up


def test_a_slow_register_is_waited_for_within_the_deadline(cpr, at) -> None:
    cpr.behave("slow", seconds=0.3)
    assert ask(subject(), at, "cpr")["cpr"].is_fresh


@pytest.mark.req("wp.any.operation")
def test_a_register_that_hangs_costs_the_deadline_and_the_other_answers(cpr, income, at) -> None:
    person = subject()
    ask(person, at)
    cpr.behave("hang")
    later = at + timedelta(minutes=4)
    answers = ask(person, later, seconds=0.8)
    assert answers["income"].is_fresh
    last = answers["cpr"]
    assert (last.state, last.as_of, last.age) == (Freshness.STALE, at, timedelta(minutes=4))
    assert last.facts["name"] == "Bente Birkelund"
    assert last.sentence == "CPR svarer ikke. Oplysningerne er fra 10.00 (4 minutter gamle)."


def test_what_a_register_says_again_within_five_minutes_is_not_written_again(cpr, at) -> None:
    def kept_from(minutes: int) -> timedelta:
        ask(person, at + timedelta(minutes=minutes), "cpr")
        return Remembered.objects.get(person=person.id).as_of - at

    person = subject()
    assert [kept_from(minutes) for minutes in (0, 4, 5)] == [timedelta(0), timedelta(0), timedelta(minutes=5)]
    Remembered.objects.update(facts={"name": "Et andet navn"})
    assert kept_from(6) == timedelta(minutes=6)


def test_a_register_that_hangs_and_never_answered_is_unavailable(cpr, at) -> None:
    cpr.behave("hang")
    answer = ask(subject(), at, "cpr", seconds=0.3)["cpr"]
    assert (answer.state, answer.facts, answer.as_of) == (Freshness.UNAVAILABLE, {}, None)
    assert "Prøv igen om lidt" in answer.sentence


def test_an_answer_that_comes_too_late_is_kept_for_the_next_question(cpr, at) -> None:
    person = subject()
    cpr.behave("slow", seconds=0.6, count=1)
    assert ask(person, at, "cpr", seconds=0.2)["cpr"].is_unavailable
    for _ in range(200):
        if Remembered.objects.filter(person=person.id).exists():
            break
        time.sleep(0.05)
    cpr.behave("fail")
    answer = ask(person, at, "cpr")["cpr"]
    assert (answer.state, answer.facts["name"]) == (Freshness.STALE, "Bente Birkelund")


@pytest.mark.parametrize(
    "mode", ["garbage", "error_body", "wrong_person", "truncated", "fail", "down"]
)  # fmt: skip
@pytest.mark.parametrize("source", BOTH)
def test_an_answer_that_cannot_be_used_is_no_answer_and_operations_see_it(running, at, source, mode) -> None:
    running[source].behave(mode)
    try:
        answer = ask(subject(), at, source)[source]
    finally:
        running[source].behave("ok")
    assert answer.is_unavailable and answer.facts == {}
    [unwell] = selectors.unwell()
    assert unwell.source == source and unwell.fault
    assert not Remembered.objects.exists()


def test_a_number_nobody_has_is_an_answer_too(cpr, income, at) -> None:
    answers = ask(subject("0101991234"), at)
    assert [(one.state, one.known, one.facts) for one in answers.values()] == [(Freshness.FRESH, False, {})] * 2
    assert answers["cpr"].sentence == "CPR kender ikke CPR-nummeret. Se efter, om det er det rigtige."
    assert selectors.unwell() == []


def test_what_was_kept_goes_when_the_register_does_not_know_the_person_any_more(cpr, at) -> None:
    person = subject()
    ask(person, at, "cpr")
    cpr.behave("unknown_person")
    assert not ask(person, at, "cpr")["cpr"].known
    cpr.behave("fail")
    assert ask(person, at, "cpr")["cpr"].is_unavailable


def test_a_person_without_a_number_cannot_be_asked_about(cpr, income, at) -> None:
    answers = ask(subject(""), at)
    assert all(one.is_unavailable and "intet CPR-nummer" in one.sentence for one in answers.values())
    assert not Condition.objects.exists()


def test_a_protected_person_is_masked_field_by_field_for_whom_it_is_no_work(cpr, at) -> None:
    person = subject(HIDDEN)
    for answer in (ask(person, at, "cpr")["cpr"], failing(cpr, person, at)):
        assert {"name", "street", "place"} <= set(answer.masked)
        assert not {"name", "street", "place", "care_of", "municipality", "moved_in"} & set(answer.facts)
        assert (answer.facts["protected"], answer.facts["born"]) == (True, date(1970, 3, 3))
        shown = {line.code: line.value for line in selectors.lines(answer)}
        assert (shown["street"], shown["protected"]) == ("Beskyttet", "Ja")


def test_whoever_is_protected_here_since_is_masked_in_what_was_kept_before(cpr, at) -> None:
    person = subject()
    assert ask(person, at, "cpr")["cpr"].masked == ()
    protected = Subject(person.id, person.cpr, at.date() + timedelta(days=30))
    for answer in (failing(cpr, protected, at), ask(protected, at, "cpr")["cpr"]):
        assert {"name", "street", "place"} <= set(answer.masked)
        assert "street" not in answer.facts
        assert answer.facts["protected"] is True
    over = Subject(person.id, person.cpr, at.date() - timedelta(days=1))
    assert failing(cpr, over, at).masked == ()


def failing(cpr, person, at):
    cpr.behave("fail", count=1)
    return ask(person, at, "cpr")["cpr"]


def test_a_caseworker_sees_the_protected_address(cpr, at) -> None:
    answer = ask(subject(HIDDEN), at, "cpr", who=viewer("caseworker"))["cpr"]
    assert (answer.masked, answer.facts["street"]) == ((), "Skjulestedets Vej 13")


def test_a_register_that_fails_is_left_alone_and_then_tried_by_one(cpr, at) -> None:
    person = subject()
    ask(person, at, "cpr")
    cpr.behave("fail", count=3)
    for _ in range(3):
        assert ask(person, at, "cpr")["cpr"].is_stale
    cpr.behave("fail", count=1)  # whoever asks uses it up
    assert ask(person, at, "cpr")["cpr"].is_stale
    assert cpr.call("GET", "/behaviour")["mode"] == "fail"
    end_pause("cpr")
    assert ask(person, at, "cpr")["cpr"].is_stale  # one try, which fails
    assert cpr.call("GET", "/behaviour")["mode"] == "ok"
    assert ask(person, at, "cpr")["cpr"].is_stale  # left alone again
    end_pause("cpr")
    assert ask(person, at, "cpr")["cpr"].is_fresh
    assert ask(person, at, "cpr")["cpr"].is_fresh and selectors.unwell() == []


def test_two_at_once_get_their_own_answers(cpr, income, at) -> None:
    people = [subject(BENTE), subject(ALMA)] * 4
    found: dict[int, str] = {}

    def look(number: int) -> None:
        try:
            found[number] = str(ask(people[number], at)["cpr"].facts["name"])
        finally:
            connections.close_all()

    threads = [threading.Thread(target=look, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [found[number] for number in range(8)] == ["Bente Birkelund", "Alma Birkelund"] * 4


def test_a_register_that_holds_all_its_threads_is_not_asked_by_more(cpr, at) -> None:
    person, slots = subject(), PORTS["cpr"].slots
    ask(person, at, "cpr")
    for _ in range(AT_ONCE):
        assert slots.acquire(blocking=False)
    try:
        assert ask(person, at, "cpr")["cpr"].is_stale
    finally:
        slots.release(AT_ONCE)
    assert selectors.unwell() == []  # who waits for others has learned nothing of the register
    assert ask(person, at, "cpr")["cpr"].is_fresh


def test_a_register_killed_in_the_middle_of_a_call_and_back_again(cpr, at) -> None:
    person = subject()
    ask(person, at, "cpr")
    cpr.behave("slow", seconds=5, count=1)
    threading.Timer(0.3, cpr.kill).start()
    assert ask(person, at, "cpr")["cpr"].is_stale
    assert ask(person, at, "cpr")["cpr"].is_stale  # nobody listens
    cpr.start()
    assert ask(person, at, "cpr")["cpr"].is_fresh


def test_a_register_that_is_not_connected_says_so(settings, cpr, at) -> None:
    settings.REGISTERS = {"cpr": connected_to("")}
    answer = ask(subject(), at, "cpr")["cpr"]
    assert (answer.state, answer.sentence) == (Freshness.UNAVAILABLE, "CPR er ikke tilsluttet. Spørg borgeren.")
    assert not Condition.objects.exists()


def test_a_wrong_key_is_refused_and_seen(settings, cpr, at) -> None:
    settings.REGISTERS = {"cpr": connected_to(cpr.url, key="en anden")}
    assert ask(subject(), at, "cpr")["cpr"].is_unavailable
    assert [one.fault for one in selectors.unwell()] == ["refused"]


def test_what_was_kept_is_deleted_when_it_is_too_old(cpr, income, at) -> None:
    person = subject()
    ask(person, at)
    services.forget_expired(at + timedelta(days=3, seconds=1))
    assert list(Remembered.objects.values_list("source", flat=True)) == ["cpr"]
    services.forget_expired(at + timedelta(days=7))
    assert not Remembered.objects.exists()


def test_nothing_kept_names_a_number_of_anybody(cpr, income, at) -> None:
    ask(subject(), at)
    kept = str(list(Remembered.objects.values()))
    assert "Bente" in kept and not any(number in kept for number in (BENTE, ALMA))


def test_no_connection_to_the_database_is_left_open(cpr, income, at) -> None:
    ask(subject(), at)
    used = open_connections()
    cpr.behave("slow", seconds=0.5, count=6)
    for _ in range(2):
        ask(subject(), at, "cpr", seconds=0.1)
    for _ in range(100):
        if Remembered.objects.filter(source="cpr").count() == 3:
            break
        time.sleep(0.05)
    time.sleep(0.2)
    assert open_connections() <= used + 1  # the pool keeps one for the next


def open_connections() -> int:
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()")
        return int(cursor.fetchone()[0])
