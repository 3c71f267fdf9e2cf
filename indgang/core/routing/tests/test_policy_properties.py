"""What must hold for every floor of agents and every queue."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st

from indgang.core.routing.policy import Agent, Item, Settings, able, allowed, choose, is_free, replay, urgency

NOW = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
GROUPS = ["moving", "parking", "tax"]
FIGURES = Settings(overflow_threshold=4)
PAST_ALL_STEPS = 901
seconds = st.integers(0, 2000)
maybe = st.none() | st.integers(1, 8)


@st.composite
def agents(draw) -> list[Agent]:
    return [
        Agent(
            id=number,
            unit=draw(st.sampled_from([1, 2])),
            languages=frozenset(draw(st.sets(st.sampled_from(["da", "en"])))),
            competences={
                g: (draw(st.integers(1, 5)), draw(st.integers(1, 3))) for g in draw(st.sets(st.sampled_from(GROUPS)))
            },
            overflow=draw(st.booleans()),
            idle_since=NOW - timedelta(seconds=draw(seconds)),
            mode=draw(st.sampled_from(["available", "available", "busy", "reserved", "wrap_up", "pause", "offline"])),
            load=draw(st.sampled_from([{}, {}, {"mail": 1}, {"chat": 1}])),
            capacity=draw(st.sampled_from([{}, {"mail": 3}, {"chat": 2}])),
            bound=draw(st.sampled_from([False, False, True])),
        )
        for number in range(1, draw(st.integers(1, 8)) + 1)
    ]


@st.composite
def items(draw) -> list[Item]:
    return [
        Item(
            id=UUID(int=number),
            group=draw(st.sampled_from(GROUPS)),
            level=draw(st.integers(1, 3)),
            language=draw(st.sampled_from(["da", "en"])),
            medium=(medium := draw(st.sampled_from(["mail", "webform", "phone", "chat"]))),
            interruptible=medium in {"mail", "webform"},
            waiting_since=(since := NOW - timedelta(seconds=draw(seconds))),
            due_at=since + timedelta(seconds=draw(st.integers(20, 9000))),
            not_before=NOW + timedelta(seconds=draw(st.sampled_from([-1, -1, -1, 5]))),
            unit=draw(st.none() | st.sampled_from([1, 2])),
            employee=draw(st.none() | st.none() | maybe),
            preferred=draw(maybe),
            excluded=frozenset(draw(st.sets(st.integers(1, 8), max_size=2))),
            priority=draw(st.sampled_from([0, 0, 1])),
        )
        for number in range(1, draw(st.integers(1, 12)) + 1)
    ]


def leftovers(queue, floor):
    """What a pass leaves: its choices, and the items and agents without one."""
    choices = choose(queue, floor, NOW, FIGURES)
    taken, got = {c.item for c in choices}, {c.agent for c in choices}
    left = [i for i in queue if i.id not in taken and i.not_before <= NOW]
    return choices, left, [a for a in floor if a.id not in got]


@settings(max_examples=120, deadline=None)
@given(items(), agents())
def test_no_able_free_agent_stays_idle_beside_an_item_past_its_last_step(queue, floor):
    _, left, idle = leftovers(queue, floor)
    waiting_long = [i for i in left if (NOW - i.waiting_since).total_seconds() >= PAST_ALL_STEPS]
    kept = [(i, a) for i in waiting_long for a in idle if able(i, a) and is_free(i, a)]
    assert not [(i, a) for i, a in kept if not a.overflow or i.unit is not None]  # relief is limited by its share


@settings(max_examples=120, deadline=None)
@given(items(), agents())
def test_each_agent_and_each_item_is_chosen_at_most_once_and_rightly(queue, floor):
    choices, _, _ = leftovers(queue, floor)
    assert len({c.item for c in choices}) == len({c.agent for c in choices}) == len(choices)
    by_item, by_agent = {i.id: i for i in queue}, {a.id: a for a in floor}
    for c in choices:
        item, agent = by_item[c.item], by_agent[c.agent]
        assert is_free(item, agent)
        assert able(item, agent) or (item.preferred == agent.id and agent.id not in item.excluded)
        assert item.not_before <= NOW


@settings(max_examples=120, deadline=None)
@given(items(), agents())
def test_every_choice_is_the_same_when_replayed_from_its_explanation(queue, floor):
    for c in choose(queue, floor, NOW, FIGURES):
        assert replay(c.explanation) == (c.item, c.agent)


@settings(max_examples=120, deadline=None)
@given(items(), agents(), st.integers(0, 2000))
def test_waiting_longer_never_takes_an_agent_away(queue, floor, more):
    later = NOW + timedelta(seconds=more)
    present = [a for a in floor if a.mode in {"available", "busy", "reserved", "wrap_up"}]
    for item in queue:
        if item.preferred is None:
            now = {a.id for a in allowed(item, present, 0, NOW, FIGURES)[1]}
            assert now <= {a.id for a in allowed(item, present, 0, later, FIGURES)[1]}


@settings(max_examples=100, deadline=None)
@given(items(), agents())
def test_the_order_in_which_facts_are_read_changes_nothing(queue, floor):
    one = choose(queue, floor, NOW, FIGURES)
    other = choose(reversed(queue), reversed(floor), NOW, FIGURES)
    assert [(c.item, c.agent) for c in one] == [(c.item, c.agent) for c in other]


@settings(max_examples=100, deadline=None)
@given(items(), agents())
def test_nobody_who_may_be_asked_is_better_than_the_one_chosen(queue, floor):
    choices = choose(queue, floor, NOW, FIGURES)
    by_item = {i.id: i for i in queue}
    pool = {a.id: a for a in floor}
    queued = {g: sum(i.group == g and i.not_before <= NOW for i in queue) for g in GROUPS}
    for c in choices:
        item = by_item[c.item]
        present = [
            a
            for a in pool.values()
            if a.mode in {"available", "busy", "reserved", "wrap_up"}
            and (item.employee is not None or a.id not in item.excluded)
            and (able(item, a) or a.id == item.preferred)
        ]
        full = frozenset(c.explanation.get("full", ()))
        _, candidates = allowed(item, present, queued[item.group], NOW, FIGURES, full)
        chosen = pool[c.agent]
        best = chosen.competences.get(item.group, (0, 0))[0]
        assert all(a.competences.get(item.group, (0, 0))[0] <= best for a in candidates)
        pool[c.agent] = replace(chosen, mode="reserved")


@settings(max_examples=100, deadline=None)
@given(items(), agents())
def test_an_agent_never_gets_a_later_item_while_a_more_urgent_one_past_its_steps_waits(queue, floor):
    choices, left, _ = leftovers(queue, floor)
    by_item, by_agent = {i.id: i for i in queue}, {a.id: a for a in floor}
    for c in choices:
        agent = by_agent[c.agent]
        for i in left:
            waited = (NOW - i.waiting_since).total_seconds() >= PAST_ALL_STEPS
            limited = agent.overflow and i.unit is None
            if waited and not limited and able(i, agent) and is_free(i, agent):
                assert urgency(by_item[c.item], FIGURES) < urgency(i, FIGURES)


@settings(max_examples=120, deadline=None)
@given(items(), agents())
def test_never_more_than_the_share_of_a_units_relief_staff_helps(queue, floor):
    choices, _, _ = leftovers(queue, floor)
    by_item, got = {i.id: i for i in queue}, {c.agent: c for c in choices}
    present = {"available", "busy", "reserved", "wrap_up"}
    for unit in (1, 2):
        staff = [a for a in floor if a.overflow and a.unit == unit and a.mode in present]
        unnamed = [a for a in staff if a.id in got and by_item[got[a.id].item].unit is None]
        asked = [a for a in unnamed if got[a.id].explanation["step"] == "overflow"]
        assert len(asked) <= max(1, len(staff) // 2)
