"""The examples of docs/algorithms/routing.md, and a table of cases."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from indgang.core.routing.policy import (
    Agent,
    Item,
    Point,
    Relief,
    Settings,
    back_off,
    choose,
    hindrance,
    next_for,
    replay,
)

NOW = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
SETTINGS = Settings()


def agent(id: int, proficiency: int = 3, *, idle: float = 60, group: str = "moving", level: int = 1, **more) -> Agent:
    facts = {
        "unit": 1,
        "languages": frozenset({"da"}),
        "competences": {group: (proficiency, level)},
        "overflow": False,
        "mode": "available",
        **more,
    }
    return Agent(id=id, idle_since=NOW - timedelta(seconds=idle), **facts)


def item(number: int = 1, *, waited: float = 0, due: float = 3600, **more) -> Item:
    facts = {
        "group": "moving",
        "level": 1,
        "language": "da",
        "medium": "mail",
        "interruptible": True,
        "waiting_since": NOW - timedelta(seconds=waited),
        "due_at": NOW + timedelta(seconds=due),
        "not_before": NOW - timedelta(seconds=waited),
        **more,
    }
    return Item(id=UUID(int=number), **facts)


CALL = {"medium": "phone", "interruptible": False}


def offered(items, agents) -> list[tuple[int, int]]:
    choices = choose(items, agents, NOW, SETTINGS)
    assert [replay(c.explanation) for c in choices] == [(c.item, c.agent) for c in choices]
    return [(c.item.int, c.agent) for c in choices]


@pytest.mark.parametrize(
    ("waited", "agents", "chosen"),
    [
        pytest.param(0, [agent(1, 5), agent(2, 2)], 1, id="the best competence is offered"),
        pytest.param(1, [agent(1, 5, mode="reserved"), agent(2, 2)], None, id="it waits a little for the best"),
        pytest.param(15, [agent(1, 5, mode="reserved"), agent(2, 2)], 2, id="then lower proficiency helps"),
        pytest.param(0, [agent(1, 3, idle=60), agent(2, 3, idle=540)], 2, id="among equals the longest idle"),
        pytest.param(7200, [agent(3, 5, group="parking")], None, id="another competence never helps"),
        pytest.param(20, [agent(1, 3, mode="reserved"), agent(9, 4, overflow=True)], None, id="relief is kept back"),
        pytest.param(60, [agent(1, 3, mode="reserved"), agent(9, 4, overflow=True)], 9, id="relief after a minute"),
        pytest.param(0, [agent(9, 4, overflow=True)], 9, id="relief at once when nobody else is present"),
        pytest.param(0, [agent(1, 5, mode="pause"), agent(2, 2)], 2, id="nobody waits for somebody on pause"),
        pytest.param(0, [agent(1, 5, mode="unreachable"), agent(2, 2)], 2, id="nor for somebody unreachable"),
        pytest.param(0, [agent(1, mode="offline")], None, id="nothing is offered to somebody logged off"),
        pytest.param(0, [agent(1, mode="pause")], None, id="nor to somebody on pause"),
        pytest.param(9999, [agent(1, languages=frozenset({"en"}))], None, id="the language is needed"),
    ],
)
def test_the_free_employee_with_the_greatest_competence(waited, agents, chosen):
    assert offered([item(waited=waited)], agents) == ([(1, chosen)] if chosen else [])


@pytest.mark.req("kc.transfer")
def test_the_one_who_handed_it_on_does_not_get_it_back():
    assert offered([item(excluded=frozenset({1}))], [agent(1, 5), agent(2, 1)]) == [(1, 2)]


def test_a_level_the_agent_lacks_is_never_offered():
    assert offered([item(level=2, waited=9999)], [agent(1, 5, level=1)]) == []
    assert offered([item(level=2)], [agent(1, 5, level=1), agent(2, 1, level=2)]) == [(1, 2)]


def test_work_for_a_unit_goes_to_that_unit_only():
    outsiders = [agent(1, 5, unit=1)]
    assert offered([item(unit=7, waited=9999)], outsiders) == []
    assert offered([item(unit=7)], [*outsiders, agent(2, 1, unit=7, overflow=True)]) == [(1, 2)]


def test_work_handed_to_a_person_by_name_goes_to_that_person_only():
    named = item(employee=2, waited=9999, excluded=frozenset({2}))
    assert offered([named], [agent(1, 5)]) == []
    assert offered([named], [agent(1, 5), agent(2, 1, group="parking")]) == [(1, 2)]


def test_the_agent_who_knows_the_conversation_is_asked_first():
    reply = item(preferred=2)
    assert offered([reply], [agent(1, 5), agent(2, 2)]) == [(1, 2)]
    assert offered([reply], [agent(1, 5), agent(2, 2, mode="reserved")]) == []
    assert offered([reply], [agent(1, 5), agent(2, 2, mode="offline")]) == [(1, 1)]
    assert offered([item(preferred=2, waited=901)], [agent(1, 5), agent(2, 2, mode="reserved")]) == [(1, 1)]


def test_the_smallest_due_time_goes_first_over_all_media():
    mail_due_now = item(1, due=-5, waited=9000)
    call = item(2, due=25, **CALL)
    assert offered([call, mail_due_now], [agent(1)]) == [(1, 1)]
    assert offered([call, replace(mail_due_now, due_at=NOW + timedelta(hours=1))], [agent(1)]) == [(2, 1)]


def test_a_priority_class_moves_ahead_a_fixed_time_only():
    urgent = item(1, due=5000, priority=1)
    assert offered([item(2, due=2000), urgent], [agent(1)]) == [(1, 1)]
    assert offered([item(2, due=1000), urgent], [agent(1)]) == [(2, 1)]


@pytest.mark.req("kc.virtual")
def test_a_long_queue_calls_the_service_centres_at_once():
    busy = agent(1, mode="reserved")
    relief = agent(9, 4, overflow=True)
    assert offered([item(n) for n in range(1, 11)], [busy, relief]) == []
    assert offered([item(n) for n in range(1, 12)], [busy, relief]) == [(1, 9)]


@pytest.mark.req("kc.overflowmail")
@pytest.mark.parametrize("medium", [{}, CALL])
def test_relief_helps_with_mail_as_well_as_calls(medium):
    assert offered([item(waited=60, **medium)], [agent(1, mode="reserved"), agent(9, overflow=True)]) == [(1, 9)]


@pytest.mark.parametrize(
    ("hands", "wanted", "gets_it"),
    [
        pytest.param({"load": {"mail": 1}}, CALL, True, id="a mail may be interrupted by a call"),
        pytest.param({"load": {"phone": 1}, "bound": True}, CALL, False, id="no second call"),
        pytest.param({"load": {"phone": 1}, "bound": True}, {}, False, id="no mail during a call"),
        pytest.param({"load": {"chat": 1}}, CALL, False, id="no call during a chat"),
        pytest.param({"load": {"chat": 1}}, {"medium": "chat", "interruptible": False}, False, id="one chat"),
        pytest.param(
            {"load": {"chat": 1}, "capacity": {"chat": 2}},
            {"medium": "chat", "interruptible": False},
            True,
            id="two chats when the agent can",
        ),
        pytest.param({"load": {"phone": 1}, "bound": True}, {"medium": "chat"}, False, id="a call excludes chat"),
        pytest.param({"load": {"mail": 1}}, {}, False, id="one mail"),
        pytest.param({"load": {"mail": 2}, "capacity": {"mail": 3}}, {}, True, id="three mails when set so"),
        pytest.param({"load": {"webform": 1}}, {}, False, id="a form and a mail are both written work"),
    ],
)
def test_what_fits_beside_the_work_in_hand(hands, wanted, gets_it):
    somebody = agent(1, mode="busy", **hands)
    assert offered([item(waited=9999, **wanted)], [somebody]) == ([(1, 1)] if gets_it else [])


def test_an_item_that_rests_is_not_offered():
    assert offered([item(not_before=NOW + timedelta(seconds=1))], [agent(1)]) == []


def test_an_agent_gets_one_offer_in_a_pass():
    assert offered([item(1), item(2)], [agent(1)]) == [(1, 1)]


def test_an_agent_excluded_from_a_heavier_queue_still_gets_the_lighter_one():
    heavy = [item(n, level=3, due=-900) for n in range(1, 30)]
    assert offered([*heavy, item(99)], [agent(1, level=1)]) == [(99, 1)]


def test_taking_by_hand_gives_the_most_urgent_able_item():
    waiting = [item(1, due=900), item(2, due=300), item(3, due=1, group="parking")]
    choice = next_for(agent(1), waiting, NOW, SETTINGS)
    assert choice.item.int == 2
    assert replay(choice.explanation) == (choice.item, 1)


def test_taking_by_hand_respects_a_colleague_who_knows_the_conversation():
    assert next_for(agent(1), [item(preferred=2)], NOW, SETTINGS) is None
    assert next_for(agent(2, group="parking"), [item(preferred=2)], NOW, SETTINGS) is not None


def test_nobody_hoards_by_hand():
    assert next_for(agent(1, load={"mail": 4}), [item()], NOW, SETTINGS) is not None
    assert next_for(agent(1, load={"mail": 5}), [item()], NOW, SETTINGS) is None


def test_the_rest_after_failed_offers_doubles_up_to_a_limit():
    assert [back_off(n, SETTINGS).total_seconds() for n in (1, 2, 3, 6, 50)] == [1, 2, 4, 30, 30]


def test_the_explanation_says_why_the_others_were_left_out():
    agents = [agent(1), agent(2, group="parking"), agent(3, languages=frozenset()), agent(4, mode="pause")]
    (choice,) = choose([item()], agents, NOW, SETTINGS)
    assert choice.explanation["out"] == {"competence": 1, "language": 1, "away": 1}
    assert choice.explanation["step"] == "best"


def test_a_changed_explanation_is_found_out():
    (choice,) = choose([item()], [agent(1, 5), agent(2, 2)], NOW, SETTINGS)
    choice.explanation["agents"][0]["proficiency"] = 1
    assert replay(choice.explanation) != (choice.item, choice.agent)


def test_hindrances_are_named():
    assert hindrance(item(group="parking"), agent(1)) == "competence"
    assert hindrance(item(employee=4), agent(1)) == "named"


def relief(id: int, **more) -> Agent:
    return agent(id, 4, overflow=True, **more)


@pytest.mark.req("kc.virtual")
def test_at_most_a_share_of_a_units_relief_staff_helps_at_the_same_time():
    helping = relief(8, mode="busy", load={"phone": 1}, bound=True, relieving=True)
    assert offered([item(waited=60)], [helping, relief(9)]) == []
    assert offered([item(waited=60)], [helping, relief(9), relief(10, mode="busy"), relief(11, mode="busy")]) == [
        (1, 9)
    ]
    assert offered([item(waited=60), item(2, waited=60)], [relief(8), relief(9)]) == [(1, 8)]


def test_who_helps_already_may_get_more():
    helping = relief(8, mode="busy", load={"mail": 1}, capacity={"mail": 2}, relieving=True)
    assert offered([item(waited=60)], [helping, relief(9, mode="pause")]) == [(1, 8)]


@pytest.mark.req("kc.flex")
def test_an_agent_gets_only_what_comes_to_the_service_point():
    counter = agent(1, 5, point=Point("skranke", media=frozenset({"counter"})))
    assert offered([item()], [counter, agent(2, 2)]) == [(1, 2)]
    assert offered([item(medium="counter", interruptible=False)], [counter, agent(2, 2)]) == [(1, 1)]
    assert offered([item(preferred=1)], [counter, agent(2, 2)]) == [(1, 2)]
    assert hindrance(item(), counter) == "point"


@pytest.mark.req("kc.existingoverflow")
def test_a_relief_group_helps_in_its_own_way():
    group = Relief("register", 5, 30, 120, 1.0, frozenset({"moving"}), frozenset({"mail"}))
    own, other = agent(1, mode="reserved"), agent(9, 4, relief=group)
    assert offered([item(waited=60)], [own, other]) == []
    assert offered([item(waited=120)], [own, other]) == [(1, 9)]
    assert offered([item(waited=120, **CALL)], [own, other]) == []
    assert hindrance(item(**CALL), other) == "relief"
    assert offered([item(waited=120, unit=1, **CALL)], [own, other]) == [(1, 9)]


def test_a_named_person_who_is_away_is_stood_in_for():
    for_n = item(employee=1, substitutes=frozenset({2}))
    assert offered([for_n], [agent(2, group="parking"), agent(3, 5)]) == [(1, 2)]
    assert offered([for_n], [agent(1, mode="reserved"), agent(2)]) == []
