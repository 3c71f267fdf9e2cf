"""Closed forms of queues with exponential service: Erlang B, C and A. Pure; formulas in docs/algorithms/erlang.md.

Units: rates per second, times in seconds, load in erlang (arrival rate x mean handling time). Every function is stable
from 1 to at least 10,000 servers.
"""

import itertools
import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from scipy import integrate

_NEGLIGIBLE = 1e-18
_LONGEST_SUM = 2_000_000  # terms; beyond it the sum is taken from the incomplete gamma function
_LARGEST_LOG = 700.0
_SMALLEST_LOG = -45.0  # below it the density adds nothing to a double


def erlang_b(servers: int, load: float) -> float:
    """The probability that all servers are busy when nobody waits (Erlang 1917): the share of calls lost."""
    if load <= 0:
        return 0.0 if servers > 0 else 1.0
    inverse = 1.0
    for busy in range(1, servers + 1):
        inverse = 1.0 + inverse * busy / load
        if math.isinf(inverse):
            return 0.0
    return 1.0 / inverse


def erlang_c(servers: int, load: float) -> float:
    """The probability of waiting when everybody waits for as long as it takes; 1 when the load is too high."""
    if load >= servers:
        return 1.0
    lost = erlang_b(servers, load)
    return servers * lost / (servers - load * (1.0 - lost))


@dataclass(frozen=True)
class Figures:
    """What a queue does in the long run; times in seconds, shares 0 to 1 of all who arrive."""

    model: str  # "B", "C" or "A"
    p_wait: float  # share that does not get an answer at once
    p_abandon: float  # share that gives up
    mean_wait: float  # of all, those who give up too; infinite when the queue grows without end
    asa: float  # average speed of answer: mean wait of those who are answered
    service_level: float  # share of all that is answered within the target's seconds
    occupancy: float  # share of their time the servers are busy


def without_end(servers: int, arrivals: float, handling: float, within: float) -> Figures:
    """Erlang C: everybody waits until answered. A queue with a load of at least its servers never settles."""
    load = arrivals * handling
    if load >= servers:
        return Figures("C", 1.0, 0.0, math.inf, math.inf, 0.0, 1.0)
    waits = erlang_c(servers, load)
    mean = waits * handling / (servers - load)
    late = waits * math.exp(-(servers - load) * within / handling)
    return Figures("C", waits, 0.0, mean, mean, 1.0 - late, load / servers)


def without_waiting(servers: int, arrivals: float, handling: float) -> Figures:
    """Erlang B: patience zero; who is not answered at once is gone."""
    load = arrivals * handling
    lost = erlang_b(servers, load)
    occupancy = load * (1.0 - lost) / servers if servers else 0.0
    return Figures("B", lost, lost, 0.0, 0.0, 1.0 - lost, occupancy)


@dataclass(frozen=True)
class Impatient:
    """Erlang A (Palm): M/M/n+M, callers give up after an exponential patience; it settles under any load."""

    servers: int
    arrivals: float  # per second
    handling: float  # mean, seconds
    patience: float  # mean, seconds

    def figures(self, within: float) -> Figures:
        """All figures; `within` are the seconds of the target."""
        answered_late = self._answered_after(within)
        served = 1.0 - self.p_abandon
        asa = self._waiting_of_answered() / served if served > 0 else 0.0
        return Figures(
            "A",
            self.p_wait,
            self.p_abandon,
            self.p_abandon * self.patience,
            asa,
            max(0.0, served - answered_late),
            self.arrivals * served * self.handling / self.servers if self.servers else 0.0,
        )

    @cached_property
    def p_wait(self) -> float:
        """The probability that all servers are busy."""
        if self.servers == 0:
            return 1.0
        lost = erlang_b(self.servers, self.arrivals * self.handling)
        if lost == 0.0:
            return 0.0
        return 1.0 / (1.0 + (1.0 / lost - 1.0) / self._queue_sum)

    @cached_property
    def p_abandon(self) -> float:
        """The share that gives up: the patience rate times the mean queue over the arrival rate."""
        if self.servers == 0:
            return 1.0
        return min(1.0, self._density_at_zero * self._integral(lambda x: -math.expm1(-x / self.patience)))

    @cached_property
    def _queue_sum(self) -> float:
        """The weight of all states with every server busy, relative to the state with an empty queue."""
        leaving, giving_up = self.servers / self.handling, 1.0 / self.patience
        term = total = 1.0
        for waiting in range(1, _LONGEST_SUM):
            ratio = self.arrivals / (leaving + waiting * giving_up)
            term *= ratio
            total += term
            if ratio < 1.0 and term < _NEGLIGIBLE * total * (1.0 - ratio):
                return total
            if total > 1e300:
                return total
        return self._queue_sum_by_gamma()

    def _queue_sum_by_gamma(self) -> float:
        """The same from the incomplete gamma function, for patience so long that the sum has millions of terms."""
        from scipy.special import gammainc, gammaln

        x = self.servers * self.patience / self.handling
        y = self.arrivals * self.patience
        log = math.log(x) + y - x * math.log(y) + gammaln(x) + math.log(max(gammainc(x, y), 1e-300))
        return math.exp(min(log, _LARGEST_LOG))

    @cached_property
    def _density_at_zero(self) -> float:
        """The density of the offered wait just above zero: the rate at which the last free server is taken."""
        return self.p_wait / self._integral(lambda _: 1.0)

    def _exponent(self, x: float) -> float:
        """The logarithm of the density of the offered wait at x over that at its peak (Baccelli, Hebuterne 1981)."""
        beside = x - self._peak
        rate = self.arrivals * math.exp(-self._peak / self.patience)
        curved = rate * self.patience * _beyond_linear(beside / self.patience)
        return (rate - self.servers / self.handling) * beside + curved

    @cached_property
    def _peak(self) -> float:
        """Where that density is highest: zero, or the wait at which those left just fill the servers."""
        ratio = self.servers / (self.handling * self.arrivals)
        return 0.0 if ratio >= 1.0 else -self.patience * math.log(ratio)

    @cached_property
    def _reach(self) -> tuple[float, ...]:
        """Places before, at and after the peak between which all of the density lies, closer where it is steep."""
        steep = math.sqrt(self.arrivals * math.exp(-self._peak / self.patience) / self.patience)
        drift = self.servers / self.handling - self.arrivals * math.exp(-self._peak / self.patience)
        width = 1.0 / max(drift, steep)
        after = [self._peak + width]
        while self._exponent(after[-1]) > _SMALLEST_LOG:
            after.append(self._peak + 2 * (after[-1] - self._peak))
        before = [self._peak - width * 2**k for k in range(8)]
        return (*sorted(x for x in before if x > 0.0), self._peak, *after)

    def _integral(self, weight: Callable[[float], float], low: float = 0.0) -> float:
        """The integral of weight times density above `low`, the density scaled to 1 at its peak."""
        first = 0.0 if self._exponent(0.0) > _SMALLEST_LOG else self._reach[0]
        places = (max(low, first), *(x for x in (first, *self._reach) if x > max(low, first)))

        def scaled(x: float) -> float:
            return weight(x) * math.exp(self._exponent(x))

        pieces = (
            integrate.quad(scaled, a, b, epsabs=0.0, epsrel=1e-12, limit=200, full_output=1)[0]
            for a, b in itertools.pairwise(places)
        )
        return float(sum(pieces))

    def _answered_after(self, within: float) -> float:
        if self.servers == 0:
            return 0.0
        return self._density_at_zero * self._integral(lambda x: math.exp(-x / self.patience), within)

    def _waiting_of_answered(self) -> float:
        if self.servers == 0:
            return 0.0
        return self._density_at_zero * self._integral(lambda x: x * math.exp(-x / self.patience))


def _beyond_linear(u: float) -> float:
    """1 - exp(-u) - u without losing digits near zero."""
    if abs(u) < 1e-3:
        return -u * u / 2 * (1 - u / 3 * (1 - u / 4 * (1 - u / 5)))
    return -math.expm1(-u) - u


def queue(servers: int, arrivals: float, handling: float, patience: float | None, within: float) -> Figures:
    """The model that fits: no patience given is Erlang C, zero is Erlang B, else Erlang A."""
    if arrivals <= 0:
        model = "C" if patience is None else "A"
        return Figures(model, 0.0 if servers else 1.0, 0.0, 0.0, 0.0, 1.0 if servers else 0.0, 0.0)
    if patience is None:
        return without_end(servers, arrivals, handling, within)
    if patience == 0:
        return without_waiting(servers, arrivals, handling)
    return Impatient(servers, arrivals, handling, patience).figures(within)
