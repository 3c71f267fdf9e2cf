"""The rules of rights, on paper: no database."""

from datetime import UTC, datetime

import pytest

from indgang.foundation.access import policy
from indgang.foundation.access.values import Actor, Purpose, Right, TaskNeed

AT = datetime(2026, 3, 3, 10, tzinfo=UTC)


def actor(**facts) -> Actor:
    given = {
        "account": 1,
        "employee": 1,
        "unit": 1,
        "employer": "ØKF",
        "roles": frozenset({"clerk"}),
        "rights": (Right(level=2, group="moving"),),
        "competences": {"moving": 2},
    }
    return Actor(**(given | facts))


def need(**facts) -> TaskNeed:
    given = {"task": "T-076", "group": "moving", "owner": "KSR", "level": 2, "decision": True}
    return TaskNeed(**(given | facts))


def may(who: Actor, what: TaskNeed, level: int, *, dispensation: bool = True, separation: bool = True) -> bool:
    return policy.may(policy.scope(who, AT, dispensation, separation=separation), what, level)


def test_the_policy_knows_no_database_and_no_clock() -> None:
    names = set(vars(policy))
    assert not {"models", "clock", "connection", "timezone"} & names


@pytest.mark.req("sec.auth")
def test_no_right_no_data() -> None:
    manager = frozenset({"manager"})
    assert not may(actor(rights=(), roles=manager), need(), 1)
    assert not may(actor(rights=()), need(), 2)
    assert may(actor(), need(), 2)


@pytest.mark.req("sec.auth")
@pytest.mark.parametrize(("given", "asked", "allowed"), [(1, 1, True), (1, 2, False), (2, 2, True), (3, 2, True)])
def test_a_right_reaches_up_to_its_level(given, asked, allowed) -> None:
    who = actor(rights=(Right(level=given, group="moving"),), competences={"moving": 3})
    assert may(who, need(), asked) is allowed


@pytest.mark.req("sec.comp")
@pytest.mark.parametrize("known", [{}, {"moving": 1}, {"tax": 3}])
def test_a_right_without_the_competence_is_no_right(known) -> None:
    assert not may(actor(competences=known), need(), 2)


def test_a_competence_without_a_right_lets_staff_who_meet_citizens_inform_only() -> None:
    agent = actor(rights=(), roles=frozenset({"agent"}), competences={"moving": 3})
    assert may(agent, need(), 1)
    assert not may(agent, need(), 2)
    assert not may(agent, need(group="tax"), 1)


def test_a_right_on_one_task_is_no_right_on_its_group() -> None:
    who = actor(rights=(Right(level=2, task="T-076"),))
    assert may(who, need(), 2)
    assert not may(who, need(task="T-077"), 2)


@pytest.mark.req("law.disp.new")
def test_with_the_dispensation_a_centre_decides_for_another_administration() -> None:
    assert may(actor(), need(owner="FAF"), 2, dispensation=True)


@pytest.mark.req("law.disp.today")
def test_without_the_dispensation_a_decision_needs_an_employee_of_the_owner() -> None:
    assert not may(actor(employer="ØKF"), need(owner="KSR"), 2, dispensation=False)
    assert may(actor(employer="KSR"), need(owner="KSR"), 2, dispensation=False)


def test_an_expedition_and_information_need_no_dispensation() -> None:
    assert may(actor(), need(decision=False), 2, dispensation=False)
    assert may(actor(), need(decision=True), 1, dispensation=False)


def test_a_seconded_employee_keeps_the_employer_they_come_from() -> None:
    seconded = actor(employer="SKAT", roles=frozenset({"seconded_tax"}))
    assert may(seconded, need(owner="SKAT"), 2, dispensation=False)
    assert not may(seconded, need(owner="ØKF"), 2, dispensation=False)


@pytest.mark.req("law.disp.simple")
def test_the_dispensation_does_not_cover_discretion() -> None:
    who = actor(rights=(Right(level=3, group="moving"),), competences={"moving": 3})
    assert not may(who, need(level=3), 3, dispensation=True)
    assert may(actor(rights=who.rights, competences=who.competences, employer="KSR"), need(level=3), 3)


@pytest.mark.req("law.l3", "sec.owner")
def test_above_the_level_decided_for_the_task_only_the_owner_acts() -> None:
    informed_only = need(level=1)
    assert not may(actor(), informed_only, 2)
    assert may(actor(employer="KSR"), informed_only, 2)


@pytest.mark.req("law.kontant")
def test_job_centre_and_benefit_office_exclude_each_other() -> None:
    benefit = need(forbidden_to=frozenset({"job_centre"}))
    assert not may(actor(roles=frozenset({"job_centre"})), benefit, 1)
    assert may(actor(roles=frozenset({"benefit_office"})), benefit, 2)
    both = actor(roles=frozenset({"job_centre", "benefit_office"}))
    assert not may(both, need(), 1)
    assert may(both, need(), 1, separation=False)


@pytest.mark.req("law.fortified")
def test_the_national_centre_informs_and_never_decides() -> None:
    national = actor(roles=frozenset({"national_centre"}), competences={"moving": 3})
    assert may(national, need(), 1)
    assert not may(national, need(), 2)
    assert policy.effective_level(national, "moving") == 1


@pytest.mark.parametrize(
    ("purpose", "verified", "allowed"),
    [
        (None, True, False),
        (Purpose("contact", "1"), True, True),
        (Purpose("contact", "1"), False, False),
        (Purpose("reason", "citizen_present"), False, True),
        (Purpose("reason", ""), True, False),
        (Purpose("reason", "0101901234"), True, False),
        (Purpose("reason", "fordi jeg vil"), True, False),
    ],
)
@pytest.mark.req("sec.flexible")
def test_opening_needs_a_purpose(purpose, verified, allowed) -> None:
    assert policy.may_open(policy.scope(actor(), AT, True), purpose, verified) is allowed


def test_whoever_has_no_right_at_all_opens_nobody() -> None:
    nobody = policy.scope(actor(rights=(), roles=frozenset({"operator"})), AT, True)
    assert not policy.may_open(nobody, Purpose("reason", "supervision"), True)


def test_the_scope_as_data() -> None:
    who = actor(rights=(Right(level=2, group="moving"), Right(level=2, task="T-001")), units=frozenset({7}))
    rows = policy.scope(who, AT, True).tasks_filter
    assert rows.groups == {"moving": 2} and rows.tasks == {"T-001": 2} and rows.units == {1, 7}
