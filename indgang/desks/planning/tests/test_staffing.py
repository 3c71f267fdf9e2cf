import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indgang.desks.planning.errors import NotANumber, TargetOutOfReach, TooManyNeeded
from indgang.desks.planning.staffing import Demand, Target, pooled, square_root, staffing_for

EIGHTY_IN_TWENTY = Target(0.8, 20)


def test_the_published_example_needs_14_at_work_and_20_planned():
    found = staffing_for(Demand(200, 180), EIGHTY_IN_TWENTY, shrinkage=0.3, max_occupancy=0.85)
    assert (found.agents, found.positions) == (14, 20)


@settings(max_examples=40, deadline=None)
@given(st.floats(0.1, 5000), st.floats(10, 900), st.one_of(st.none(), st.floats(5, 1200)), st.floats(0.3, 0.99))
def test_one_agent_fewer_would_miss_the_target(per_hour, handling, patience, share):
    demand, target = Demand(per_hour, handling, patience), Target(share, 20)
    found = staffing_for(demand, target)
    assert found.figures.service_level >= share
    if found.agents > 1:
        assert staffing_for(demand, target, agents=found.agents - 1).figures.service_level < share


def test_nobody_may_be_busier_than_allowed():
    found = staffing_for(Demand(400, 180), EIGHTY_IN_TWENTY, max_occupancy=0.7)
    assert found.figures.occupancy <= 0.7


def test_nothing_to_do_needs_nobody():
    assert staffing_for(Demand(0, 180), EIGHTY_IN_TWENTY).agents == 0


def test_two_queues_together_need_fewer_than_apart():
    apart = [Demand(100, 180), Demand(150, 300)]
    together = staffing_for(pooled(apart), EIGHTY_IN_TWENTY).agents
    assert together < sum(staffing_for(d, EIGHTY_IN_TWENTY).agents for d in apart)


def test_the_square_root_rule_is_close():
    demand = Demand(2000, 180)
    assert abs(square_root(demand, 0.6) - staffing_for(demand, EIGHTY_IN_TWENTY).agents) <= 2


@pytest.mark.parametrize(
    ("demand", "target", "field"),
    [
        (Demand(-1, 180), EIGHTY_IN_TWENTY, "arrivals"),
        (Demand(100, 0), EIGHTY_IN_TWENTY, "handling"),
        (Demand(100, float("nan")), EIGHTY_IN_TWENTY, "handling"),
        (Demand(100, 180, -3), EIGHTY_IN_TWENTY, "patience"),
        (Demand(100, 180), Target(1.2, 20), "target"),
        (Demand(100, 180), Target(0.8, -1), "target"),
    ],
)
def test_an_impossible_figure_is_named(demand, target, field):
    with pytest.raises(NotANumber) as refused:
        staffing_for(demand, target)
    assert refused.value.field == field


def test_a_target_of_everybody_is_refused():
    with pytest.raises(TargetOutOfReach):
        staffing_for(Demand(100, 180), Target(1.0, 20))


def test_a_demand_beyond_any_staff_is_refused():
    with pytest.raises(TooManyNeeded):
        staffing_for(Demand(1e9, 1e6), EIGHTY_IN_TWENTY)
