"""Both branches of every gate, as a pure rule."""

from dataclasses import replace
from datetime import date

import pytest

from indgang.core.cases.gates import GateFacts, gates_of, open_gates, rights_sentence

TODAY = date(2026, 3, 2)
READY = GateFacts(
    progress="informed",
    result="refused",
    reasons="Indkomsten er for høj.",
    legal_basis="Boligstøtteloven § 21",
    appeal_body="Ankestyrelsen",
    appeal_weeks=4,
    appeal_set=True,
    today=TODAY,
    heard=True,
    owner="Forvaltningen",
)


def open_codes(**facts):
    return [gate.code for gate in open_gates(gates_of(replace(READY, **facts)))]


def sentence(code, **facts):
    return next(gate.sentence for gate in gates_of(replace(READY, **facts)) if gate.code == code)


def test_a_case_with_everything_in_place_can_be_decided():
    assert open_codes() == []


def test_every_gate_says_something_whether_met_or_not():
    for facts in (READY, GateFacts(progress="closed")):
        assert all(gate.sentence and gate.code for gate in gates_of(facts))


@pytest.mark.parametrize(
    ("code", "facts"),
    [
        ("progress", {"progress": "decided"}),
        ("progress", {"progress": "closed"}),
        ("rights", {"refused": "competence", "refused_value": "1"}),
        ("result", {"result": ""}),
        ("note", {"note_met": False}),
        ("hearing", {"heard": False}),
        ("hearing", {"hearing_until": date(2026, 3, 16)}),
        ("reasons", {"reasons": "  "}),
        ("legal_basis", {"legal_basis": ""}),
        ("appeal", {"appeal_body": ""}),
        ("appeal", {"appeal_weeks": None}),
        ("appeal", {"appeal_weeks": None, "appeal_by": TODAY, "appeal_rule": "Lov § 1"}),
        ("appeal", {"appeal_weeks": None, "appeal_set": False, "appeal_by": date(2026, 4, 1)}),
        ("appeal", {"no_appeal": True}),
        ("opinion", {"open_opinion": "Sofus Specialist"}),
        ("receiver", {"receiver": "no_party"}),
        ("receiver", {"receiver": "no_address"}),
        ("cpr", {"cpr": True}),
        ("others", {"others": ("Anden part",)}),
    ],
)
def test_what_is_missing_stops_the_decision(code, facts):
    assert open_codes(**facts) == [code]


@pytest.mark.parametrize(
    "facts",
    [
        {"progress": "opened"},
        {"result": "granted", "heard": False, "reasons": "", "appeal_body": "", "appeal_weeks": None},
        {"result": "granted", "hearing_until": date(2026, 3, 16)},
        {"open_opinion": "Sofus Specialist", "opinion_ground": "Svaret ændrer ikke afgørelsen."},
        {"appeal_weeks": None, "appeal_set": False, "appeal_by": date(2026, 4, 1), "appeal_rule": "Lov § 1"},
        {"no_appeal": True, "appeal_rule": "Lov § 2", "appeal_body": "", "appeal_weeks": None},
    ],
)
def test_what_the_law_does_not_ask_for_stops_nothing(facts):
    assert open_codes(**facts) == []


@pytest.mark.parametrize("result", ["partly", "refused", "other"])
def test_whoever_does_not_get_everything_is_heard_and_told_why_and_how_to_complain(result):
    missing = open_codes(result=result, heard=False, reasons="", appeal_body="")
    assert missing == ["hearing", "reasons", "appeal"]


def test_a_warning_is_passed_by_who_has_confirmed_it_and_by_nobody_else():
    gates = gates_of(replace(READY, cpr=True, others=("Anden part",)))
    assert [gate.code for gate in open_gates(gates, frozenset({"cpr"}))] == ["others"]
    assert open_gates(gates, frozenset({"cpr", "others"})) == ()


def test_confirming_opens_no_gate_that_is_no_warning():
    gates = gates_of(replace(READY, reasons=""))
    assert [gate.code for gate in open_gates(gates, frozenset({"reasons"}))] == ["reasons"]


def test_a_deadline_nobody_set_is_asked_for_with_its_rule():
    assert "regel" in sentence("appeal", appeal_weeks=None)


def test_a_running_hearing_names_its_day():
    assert "16.3.2026" in sentence("hearing", hearing_until=date(2026, 3, 16))


@pytest.mark.parametrize(
    ("code", "value", "said"),
    [
        ("separation", "exclusive", "udelukker"),
        ("role", "only_inform", "vejlede"),
        ("role", "no_employee", "medarbejder"),
        ("authorisation", "none", "rettigheden"),
        ("competence", "1", "kompetence"),
        ("employer", "ceiling", "Uden for Forvaltningen"),
        ("employer", "discretion", "skøn"),
        ("employer", "no_dispensation", "dispensation"),
    ],
)
def test_a_missing_right_says_which_and_where_the_case_can_go(code, value, said):
    assert said in rights_sentence(code, value, 2, "Forvaltningen")
    assert "Overdrag" in sentence("rights", refused=code, refused_value=value)
