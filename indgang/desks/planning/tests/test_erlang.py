"""Closed forms against published and independently computed values, and against the birth-death chain itself."""

import math
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from indgang.desks.planning.erlang import Impatient, erlang_b, erlang_c, queue, without_end

EXACT = 1e-9


def test_erlang_b_is_the_published_value():
    assert erlang_b(10, 5.0) == pytest.approx(0.018384570336648136, rel=EXACT)


@pytest.mark.parametrize(("servers", "load"), [(1, 0.5), (3, 2.5), (20, 17.0), (60, 70.0)])
def test_erlang_b_is_the_exact_fraction(servers: int, load: float):
    a = Fraction(load)
    terms = [a**k / math.factorial(k) for k in range(servers + 1)]
    assert erlang_b(servers, load) == pytest.approx(float(terms[-1] / sum(terms)), rel=EXACT)


@pytest.mark.parametrize(
    ("per_hour", "handling", "servers", "p_wait", "asa", "level"),
    [
        (400, 180, 24, 0.2980722997938286, 13.413253490722287, 0.8088818870379831),
        (360, 240, 29, 0.24227398467359745, 11.629151264332679, 0.840283145662605),
        (100, 180, 8, 0.16726650666175663, 10.035990399705398, 0.8801483107665521),
        (200, 180, 14, 0.17413193359504983, 7.835937011777241, 0.888350019179467),
    ],
)
def test_erlang_c_gives_the_published_waits(per_hour, handling, servers, p_wait, asa, level):
    figures = without_end(servers, per_hour / 3600, handling, 20)
    assert (figures.p_wait, figures.asa, figures.service_level) == pytest.approx((p_wait, asa, level), rel=EXACT)


def test_when_patience_is_as_long_as_service_the_queue_is_a_poisson_count():
    figures = Impatient(100, 100.0, 1.0, 1.0).figures(1.0)
    assert figures.p_wait == pytest.approx(stats.poisson.sf(99, 100), rel=EXACT)


@pytest.mark.parametrize(
    ("servers", "per_minute", "handling", "patience", "p_wait", "p_abandon"),
    [(50, 48, 60, 120, 0.467774, 0.030912), (36, 500 / 60, 240, 180, 0.32319, 0.040825)],
)
def test_erlang_a_gives_the_known_values(servers, per_minute, handling, patience, p_wait, p_abandon):
    figures = Impatient(servers, per_minute / 60, handling, patience).figures(20)
    assert figures.p_wait == pytest.approx(p_wait, abs=6e-7 if p_wait > 0.4 else 5e-6)
    assert figures.p_abandon == pytest.approx(p_abandon, abs=6e-7)


def _chain(servers: int, arrivals: float, handling: float, patience: float) -> tuple[float, float, float]:
    """P(wait), P(abandon) and mean number waiting from the states of the chain, one by one."""
    weights, k, most = [1.0], 0, 1.0
    while k < servers or weights[-1] > 1e-25 * most:
        k += 1
        weights.append(weights[-1] * arrivals / (min(k, servers) / handling + max(0, k - servers) / patience))
        most = max(most, weights[-1])
    total = math.fsum(weights)
    waiting = math.fsum(w * max(0, i - servers) for i, w in enumerate(weights)) / total
    return math.fsum(weights[servers:]) / total, waiting / patience / arrivals, waiting


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 120), st.floats(0.05, 2.5), st.floats(1, 900), st.floats(0.02, 5))
def test_erlang_a_agrees_with_its_chain(servers, busy, handling, patience_in_handlings):
    arrivals, patience = busy * servers / handling, patience_in_handlings * handling
    figures = Impatient(servers, arrivals, handling, patience).figures(20)
    p_wait, p_abandon, waiting = _chain(servers, arrivals, handling, patience)
    assert figures.p_wait == pytest.approx(p_wait, rel=1e-8, abs=1e-13)
    assert figures.p_abandon == pytest.approx(p_abandon, rel=1e-7, abs=1e-12)
    assert figures.mean_wait * arrivals == pytest.approx(waiting, rel=1e-7, abs=1e-12)  # Little's law


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 10_000), st.floats(0.01, 3), st.floats(1, 7200), st.floats(1, 1e8), st.floats(0, 600))
def test_shares_stay_shares_and_nobody_is_more_than_busy(servers, busy, handling, patience, within):
    figures = queue(servers, busy * servers / handling, handling, patience, within)
    for share in (figures.p_wait, figures.p_abandon, figures.service_level, figures.occupancy):
        assert -1e-12 <= share <= 1 + 1e-7
    assert figures.service_level <= 1 - figures.p_abandon + 1e-9


def test_long_patience_comes_to_erlang_c():
    patient = Impatient(24, 400 / 3600, 180, 1e9).figures(20)
    assert patient.service_level == pytest.approx(without_end(24, 400 / 3600, 180, 20).service_level, rel=1e-6)


def test_no_patience_is_erlang_b():
    figures = queue(10, 5 / 180, 180, 0, 20)
    assert (figures.model, figures.p_abandon) == ("B", pytest.approx(erlang_b(10, 5.0), rel=EXACT))


def test_an_overload_without_patience_limits_never_settles():
    figures = without_end(10, 11.0, 1.0, 20)
    assert (figures.service_level, figures.p_wait, math.isinf(figures.asa)) == (0.0, 1.0, True)


def test_ten_thousand_servers_are_no_more_than_ten():
    assert erlang_c(10_000, 9_900.0) == pytest.approx(0.2223, abs=5e-4)  # Halfin and Whitt at beta = 1: 0.2234
    assert erlang_b(10_000, 1.0) == 0.0


def test_nobody_at_work_answers_nobody():
    assert queue(0, 1.0, 60, 60, 20).p_abandon == 1.0
    assert queue(0, 0.0, 60, None, 20).service_level == 0.0
