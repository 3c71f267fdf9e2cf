"""How many agents a target needs. Pure; in prose: docs/algorithms/staffing.md."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from indgang.desks.planning.erlang import Figures, queue
from indgang.desks.planning.errors import NotANumber, TargetOutOfReach, TooManyNeeded

MOST_AGENTS = 100_000


@dataclass(frozen=True)
class Target:
    """A share of all inquiries answered within some seconds: 0.8 within 20."""

    share: float
    within: float


@dataclass(frozen=True)
class Demand:
    """What comes in, in one interval. No patience given: everybody waits; zero: nobody does."""

    per_hour: float
    handling: float  # mean seconds, wrap-up included
    patience: float | None = None  # mean seconds

    @property
    def load(self) -> float:
        """In erlang."""
        return self.per_hour / 3600 * self.handling


@dataclass(frozen=True)
class Staffing:
    """Agents at work, people to be planned for them, and what the queue does then."""

    agents: int
    positions: int  # agents over one minus shrinkage, rounded up
    figures: Figures


def staffing_for(
    demand: Demand,
    target: Target,
    *,
    shrinkage: float = 0.0,
    max_occupancy: float = 1.0,
    agents: int | None = None,
) -> Staffing:
    """The fewest agents that reach the target without being busier than allowed; or the figures of a number given.

    Raises NotANumber for an impossible figure (naming it), TargetOutOfReach for 100 %, TooManyNeeded for a demand no
    staff can meet.
    """
    check(demand, target, shrinkage, max_occupancy)
    if agents is not None:
        if agents < 0:
            raise NotANumber(field="agents", field_name="Antal medarbejdere", what="på mindst 0", value=agents)
        return Staffing(agents, positions(agents, shrinkage), _figures(demand, agents, target))
    least = _fewest(demand, target, max_occupancy)
    return Staffing(least, positions(least, shrinkage), _figures(demand, least, target))


def positions(agents: int, shrinkage: float) -> int:
    """How many must be planned so that so many are at work: breaks, illness, courses and holidays are shrinkage."""
    return math.ceil(agents / (1 - shrinkage) - 1e-9)


def pooled(demands: Sequence[Demand]) -> Demand:
    """Several classes of inquiries in one queue before the same agents: rates add, times are weighted by them."""
    rate = sum(d.per_hour for d in demands)
    if rate <= 0:
        return Demand(0.0, max((d.handling for d in demands), default=0.0))
    patient = [d for d in demands if d.patience is not None]
    patience = (
        sum(d.per_hour * (d.patience or 0.0) for d in patient) / sum(d.per_hour for d in patient) if patient else None
    )
    return Demand(rate, sum(d.per_hour * d.handling for d in demands) / rate, patience)


def square_root(demand: Demand, quality: float) -> int:
    """Load plus `quality` times its square root, rounded up (Borst, Mandelbaum, Reiman 2004)."""
    return math.ceil(demand.load + quality * math.sqrt(demand.load) - 1e-9)


def check(demand: Demand, target: Target, shrinkage: float, max_occupancy: float) -> None:
    """Refuse what cannot be, naming the field."""
    _at_least(demand.per_hour, 0, "arrivals", "Antal henvendelser i timen")
    _above(demand.handling, 0, "handling", "Behandlingstiden i sekunder")
    if demand.patience is not None:
        _at_least(demand.patience, 0, "patience", "Tålmodigheden i sekunder")
    _at_least(target.within, 0, "target", "Målets sekunder")
    if not 0 < target.share <= 1:
        raise NotANumber(field="target", field_name="Målet", what="mellem 0 og 1, f.eks. 0.8/20", value=target.share)
    if not 0 <= shrinkage < 1:
        raise NotANumber(field="shrinkage", field_name="Fravær (shrinkage)", what="fra 0 til under 1", value=shrinkage)
    if not 0 < max_occupancy <= 1:
        raise NotANumber(
            field="max_occupancy", field_name="Højeste belægning", what="over 0 og højst 1", value=max_occupancy
        )


def _fewest(demand: Demand, target: Target, max_occupancy: float) -> int:
    if demand.per_hour == 0:
        return 0
    if target.share >= 1:
        raise TargetOutOfReach(target="100 %")
    low, high = 0, max(1, min(math.ceil(demand.load), MOST_AGENTS))
    while not _meets(demand, high, target, max_occupancy):
        if high >= MOST_AGENTS:
            raise TooManyNeeded(most=MOST_AGENTS, arrivals=demand.per_hour, handling=demand.handling)
        low, high = high, min(MOST_AGENTS, high + max(1, math.ceil(math.sqrt(high))))
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if _meets(demand, middle, target, max_occupancy) else (middle, high)
    return high


def _meets(demand: Demand, agents: int, target: Target, max_occupancy: float) -> bool:
    if agents == 0:
        return False
    figures = _figures(demand, agents, target)
    return figures.service_level >= target.share and figures.occupancy <= max_occupancy + 1e-12


def _figures(demand: Demand, agents: int, target: Target) -> Figures:
    return queue(agents, demand.per_hour / 3600, demand.handling, demand.patience, target.within)


def _at_least(value: float, least: float, field: str, name: str) -> None:
    if not (math.isfinite(value) and value >= least):
        raise NotANumber(field=field, field_name=name, what=f"på mindst {least}", value=value)


def _above(value: float, least: float, field: str, name: str) -> None:
    if not (math.isfinite(value) and value > least):
        raise NotANumber(field=field, field_name=name, what=f"over {least}", value=value)
