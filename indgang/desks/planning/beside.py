"""Other ways to forecast, held against the same past days by the same measure; docs/algorithms/forecast.md.

The package statsforecast is optional. It is looked for when asked for, and only `statsforecast_models` imports it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec

import numpy as np
from numpy.typing import NDArray

from indgang.desks.planning.errors import NoNumber, StatsforecastLacks, TooFewBefore
from indgang.desks.planning.forecasting import Forecaster
from indgang.desks.planning.proving import Tally

Floats = NDArray[np.float64]
Levels = Callable[[Floats, int], dict[str, float]]  # totals of days, days in a week -> the next total by each model
PACKAGE = "statsforecast"
MODELS = ("AutoETS", "AutoTheta")  # which of its models are tried
REQUIREMENT = "statsforecast>=2.1,<3"  # as in pyproject.toml
COMMAND = f'.venv/bin/python -m pip install "{REQUIREMENT}"'
LEAST_OPEN = 10  # days before the first one proved; the models refuse fewer than eight
HISTORY = 800  # days, as many as ours is fitted to
SAME_WEEKDAYS = 4  # whose mean stands in the place of what was not counted
PROFILE = 8  # same weekdays whose profile is taken


@dataclass(frozen=True)
class Beside:
    """How another way told the days our backtest tells."""

    model: str
    wape: float
    day_wape: float


def is_installed() -> bool:
    """Whether the package is there to be asked."""
    return find_spec(PACKAGE) is not None


def backtest(forecaster: Forecaster, days: int, progress: Callable[[float], None] = lambda share: None) -> list[Beside]:
    """The days `Forecaster.backtest` proves, told by models of statsforecast, each from the days before it alone.

    `progress` hears the share of days done and may stop the work by raising. Raises StatsforecastLacks, TooFewBefore
    and NoNumber.
    """
    levels = _levels()
    proved = forecaster.proved(days)
    before = int(forecaster.open[: proved.start].sum())
    if before < LEAST_OPEN:
        raise TooFewBefore(days=before, least=LEAST_OPEN)
    tallies = {model: Tally() for model in MODELS}
    for done, day in enumerate(proved):
        seen = ~np.isnan(forecaster.counts.values[day])
        told = _told(forecaster, day, levels) if seen.any() else {}
        for model, means in told.items():
            tallies[model].add(means[seen], forecaster.counts.values[day, seen])
        progress((done + 1) / len(proved))
    return [Beside(model, tally.wape, tally.day_wape) for model, tally in tallies.items()]


def _levels() -> Levels:
    try:
        from indgang.desks.planning import statsforecast_models
    except ImportError:
        raise StatsforecastLacks(command=COMMAND) from None
    return statsforecast_models.levels


def _told(forecaster: Forecaster, day: int, levels: Levels) -> dict[str, Floats]:
    """Each model's total of a day, shared out by the profile of the last same weekdays; nothing on a closed day."""
    if forecaster.is_closed(day, day):
        return {model: np.zeros(forecaster.counts.values.shape[1]) for model in MODELS}
    past, weekdays = past_days(forecaster, day)
    profile = past[::-1][weekdays - 1 :: weekdays][:PROFILE].sum(axis=0)
    share = profile / max(float(profile.sum()), 1e-9)
    told = {}
    for model, total in levels(past.sum(axis=1), weekdays).items():
        if not np.isfinite(total):
            raise NoNumber(model=model, day=forecaster.counts.day(day).isoformat())
        told[model] = max(0.0, total) * share
    return told


def past_days(forecaster: Forecaster, day: int) -> tuple[Floats, int]:
    """The days before one as models with a fixed week need them, and how many days their week has.

    Only weekdays open lately; a closed day among them and intervals not counted are the mean of the last four same
    weekdays before, or at the very beginning of the first ones after.
    """
    weekday = (forecaster.counts.first.weekday() + np.arange(day)) % 7
    usual = [w for w in range(7) if forecaster.open[np.flatnonzero(weekday == w)[-8:]].any()]
    values = forecaster.counts.values[:day]
    filled = np.zeros_like(values)
    for one in usual:
        rows = np.flatnonzero(weekday == one)
        filled[rows] = _filled(values[rows], forecaster.open[rows])
    kept = np.flatnonzero(np.isin(weekday, usual))
    return filled[kept[kept >= day - HISTORY]], len(usual)


def _filled(values: Floats, is_open: NDArray[np.bool_]) -> Floats:
    """The days of one weekday without gaps."""
    filled = np.nan_to_num(values)
    known = np.flatnonzero(is_open)
    for number in range(len(values)):
        earlier = known[known < number][-SAME_WEEKDAYS:]
        near = earlier if len(earlier) else known[known > number][:SAME_WEEKDAYS]
        usual = filled[near].mean(axis=0) if len(near) else filled[number]
        lacking = np.isnan(values[number]) if is_open[number] else np.ones(values.shape[1], dtype=bool)
        filled[number, lacking] = usual[lacking]
    return filled
