"""The dispensation has a date and may hold for some tasks only; an explanation says what `may()` says."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indgang.foundation.access import errors, policy, selectors, services
from indgang.foundation.access.tests.test_lists_agree import TASKS, actors, needs
from indgang.foundation.access.values import Actor, Purpose, Right, TaskNeed, Viewer

AT = datetime(2026, 3, 3, 10, tzinfo=UTC)
LEADER = Viewer(kind="staff", name="employee:1", actor=Actor(0, 1, 1, "ØKF", frozenset({"security_leader"}), ()))
AGENT = Actor(1, 1, 1, "ØKF", frozenset({"agent"}), (Right(3, group="moving"),), {"moving": 3})
given_dispensation = st.one_of(st.booleans(), st.frozensets(st.sampled_from(TASKS[1:]), max_size=2))


def need(task: str, level: int = 2, owner: str = "KSR") -> TaskNeed:
    return TaskNeed(task, "moving", owner, level, True)


@given(actors, needs, given_dispensation, st.booleans())
@pytest.mark.req("sec.comp", "sec.owner")
def test_the_reasons_shown_say_what_the_rule_says(actor, what, dispensation, separation) -> None:
    scope = policy.scope(actor, AT, dispensation, separation=separation)
    checks = policy.explain(actor, what, dispensation, separation=separation)
    assert all(check.ok for check in checks) == policy.may(scope, what, what.level)


@pytest.mark.django_db
@pytest.mark.req("law.disp.new")
def test_the_dispensation_is_given_from_a_day_and_for_the_tasks_named() -> None:
    services.set_switch("dispensation", False, LEADER, AT)
    later = AT + timedelta(days=30)
    services.set_switch("dispensation", True, LEADER, AT, valid_from=later, tasks=["T-001", "T-002"])
    assert selectors.switches(AT).dispensation is False
    held = selectors.switches(later).dispensation
    scope = policy.scope(AGENT, later, held)
    assert policy.may(scope, need("T-001"), 2) and not policy.may(scope, need("T-003"), 2)
    newest = selectors.switch_history(LEADER)[0]
    assert (newest.on, newest.tasks) == (True, ("T-001", "T-002"))


@pytest.mark.req("law.disp.simple")
def test_a_dispensation_reaches_level_2_and_never_discretion() -> None:
    for dispensation in (True, frozenset({"T-001"})):
        scope = policy.scope(AGENT, AT, dispensation)
        assert policy.may(scope, need("T-001"), 2) and not policy.may(scope, need("T-001", 3), 3)


@pytest.mark.req("law.disp.today", "org.unified")
def test_without_the_dispensation_only_the_owners_employees_decide() -> None:
    scope = policy.scope(AGENT, AT, False)
    assert not policy.may(scope, need("T-001"), 2) and policy.may(scope, need("T-001", owner="ØKF"), 2)


@pytest.mark.django_db
def test_only_the_dispensation_can_be_narrowed_to_tasks() -> None:
    with pytest.raises(errors.UnknownTasks):
        services.set_switch("separation", True, LEADER, AT, tasks=["T-001"])


@pytest.mark.req("sec.crosscommune")
def test_another_authority_has_single_tasks_only_and_opens_nobody_on_a_stated_reason() -> None:
    rights = (Right(2, group="moving"), Right(1, task="T-001"))
    outside = Actor(1, 1, 1, "SKAT", frozenset({"authority", "agent"}), rights, {"moving": 3})
    scope = policy.scope(outside, AT, True)
    assert policy.may(scope, need("T-001", 1), 1)
    assert not policy.may(scope, need("T-001"), 2) and not policy.may(scope, need("T-002", 1), 1)
    assert not policy.may_open(scope, Purpose("reason", "supervision"), True)
    assert policy.may_open(scope, Purpose("contact", "1"), True)


@pytest.mark.req("law.basic")
def test_rights_without_competence_open_nothing() -> None:
    new = Actor(1, 1, 1, "ØKF", frozenset({"agent"}), (Right(2, group="moving"),), {})
    assert not policy.may_open(policy.scope(new, AT, True), Purpose("contact", "1"), True)
