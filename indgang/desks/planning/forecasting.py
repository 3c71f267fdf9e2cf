"""How many will come, by interval: a day's level times its profile, with bands. Pure; docs/algorithms/forecast.md."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from indgang.desks.planning import calendar_facts
from indgang.desks.planning.counts import Counts
from indgang.desks.planning.errors import TooShort
from indgang.desks.planning.proving import Tally

Floats = NDArray[np.float64]
LEAST_DAYS = 15
TRAIL = 63  # days on which the candidates are judged
HALF_LIVES = (35.0, 90.0, 400.0)  # days, of what the level is fitted to
SMOOTHINGS = (0.0, 0.15, 0.35, 0.6, 0.85)  # how much of the last day's surprise is believed
PROFILE_WEEKS = (3.0, 8.0, 30.0)  # half-lives of a weekday's profile
PROFILE_POOLED = (0.0, 0.25, 0.6)  # how much of it is the profile of all weekdays
FADING = -1.0  # in the place of a smoothing: the last surprise fades as surprises did
PERSISTENCE = 0.93  # a day, of a surprise
OUTLIER = 3.5  # deviations
BEST = 4  # candidates whose mean is taken
LOW, HIGH = 0.1, 0.9


@dataclass(frozen=True)
class Interval:
    """A forecast for one interval; local time."""

    start: datetime
    mean: float
    p10: float
    p90: float


@dataclass(frozen=True)
class Backtest:
    """How well days were told one day ahead, each from what was known the evening before."""

    wape: float  # sum of absolute errors over sum of counts, by interval
    day_wape: float  # by day
    coverage80: float  # share of intervals between p10 and p90
    n: int  # intervals
    naive_wape: float  # of the mean of the last four same weekdays
    naive_day_wape: float


@dataclass(frozen=True)
class _Day:
    profile: Floats
    level: float  # expected total
    spread: float  # deviation of its logarithm


class Forecaster:
    """Forecasts from counts; what is fitted once serves all days asked for."""

    def __init__(self, counts: Counts) -> None:
        self.counts = counts
        there = ~np.isnan(counts.values)
        self._values = np.nan_to_num(counts.values)
        self._share_seen = _share_seen(self._values, there)
        totals = self._values.sum(axis=1)
        self._totals = np.divide(totals, self._share_seen, out=np.zeros_like(totals), where=self._share_seen > 0.3)
        self.open = self._totals > 0  # by day
        if int(self.open.sum()) < LEAST_DAYS:
            raise TooShort(days=int(self.open.sum()), least=LEAST_DAYS)
        self._logs = np.log(np.maximum(self._totals, 0.5))
        self._weekday = (counts.first.weekday() + np.arange(counts.days)) % 7
        self._facts: dict[int, Floats] = {}
        self._walked: dict[tuple[int, float], tuple[Floats, Floats]] = {}
        self._known: dict[tuple[int, int], dict[tuple[float, float], float]] = {}
        self._judged: dict[int, _Judged] = {}
        self._bands: dict[int, tuple[float, float]] = {}

    def days_ahead(self, horizon: int, *, first: int | None = None) -> list[Interval]:
        """The intervals of the days after the last (or from the day numbered `first`), told from what was before it."""
        origin = self.counts.days if first is None else first
        told: list[Interval] = []
        for ahead in range(horizon):
            told += self._intervals(origin, origin + ahead)
        return told

    def _intervals(self, origin: int, target: int) -> list[Interval]:
        slots = self._slots(origin, target)
        day = self._day(origin, target)
        low, high = self._quantiles(origin)
        midnight = datetime.combine(self.counts.day(target), datetime.min.time())
        told = []
        for slot in slots:
            mean = day.level * day.profile[slot]
            deviation = np.sqrt((mean * day.spread) ** 2 + mean + 0.1) if mean else 0.0
            start = midnight + timedelta(minutes=int(slot) * self.counts.minutes)
            told.append(Interval(start, float(mean), max(0.0, mean + low * deviation), mean + high * deviation))
        return told

    def _slots(self, origin: int, target: int) -> Sequence[int]:
        """The intervals that were counted on the last eight same weekdays."""
        rows = self._same_weekdays(origin, target, 8, closed_too=True)
        return np.flatnonzero((~np.isnan(self.counts.values[rows])).any(axis=0)).tolist() if len(rows) else []

    def _same_weekdays(self, origin: int, target: int, most: int, *, closed_too: bool = False) -> NDArray[np.int64]:
        weekday = (self.counts.first.weekday() + target) % 7
        rows = np.flatnonzero((self._weekday[:origin] == weekday) & (self.open[:origin] | closed_too))
        return rows[-most:]

    # one day

    def _day(self, origin: int, target: int) -> _Day:
        if self.is_closed(origin, target):
            return _Day(np.zeros(self._values.shape[1]), 0.0, 0.0)
        judged = self._judge(origin)
        logs = self._candidates(origin, target)
        level = float(np.exp(np.mean([logs[name] for name in judged.names])))
        weeks, pooled = judged.profile
        spread = judged.spread * np.sqrt(1.0 + 0.08 * (target - origin))
        return _Day(self._profile(origin, target, weeks, pooled), level, spread)

    def is_closed(self, origin: int, target: int) -> bool:
        """Whether nobody will come that day, as far as the days before `origin` tell."""
        weekdays = self._same_weekdays(origin, target, 8, closed_too=True)
        if not len(weekdays) or not self.open[weekdays].any():
            return True
        if not calendar_facts.is_holiday(self.counts.day(target)):
            return False
        past = [d for d in range(origin) if calendar_facts.is_holiday(self.counts.day(d)) and self._usually_open(d)]
        return bool(past) and not self.open[past].mean() > 0.5

    def _usually_open(self, day: int) -> bool:
        rows = np.flatnonzero(self._weekday == self._weekday[day])
        return bool(self.open[rows].mean() > 0.5)

    # the level

    def _candidates(self, origin: int, target: int) -> dict[tuple[float, float], float]:
        """The logarithm of a day's total by each candidate."""
        known = self._known.get((origin, target))
        if known is not None:
            return known
        told: dict[tuple[float, float], float] = {}
        for half_life in HALF_LIVES:
            coefficients, residuals = self._fit(origin, half_life)
            base = float(self._row(target) @ coefficients)
            ahead = PERSISTENCE ** (target - origin)
            for smoothing in SMOOTHINGS:
                told[half_life, smoothing] = base + ahead * _smoothed(residuals, smoothing)
            told[half_life, FADING] = base + _faded(residuals, target - origin + 1)
        same = self._same_weekdays(origin, target, 4)
        recent = self._totals[same]
        told[0.0, 4.0] = float(np.log(max(recent.mean(), 0.5))) if len(recent) else 0.0
        self._known[origin, target] = told
        return told

    def _fit(self, origin: int, half_life: float) -> tuple[Floats, Floats]:
        """Weighted ridge regression of the logarithm of totals; outliers count less. Its coefficients and residuals."""
        found = self._walked.get((origin, half_life))
        if found is not None:
            return found
        days = np.flatnonzero(self.open[:origin])[-800:]
        rows = np.array([self._row(int(day)) for day in days])
        wanted = self._logs[days]
        weights = 0.5 ** ((origin - days) / half_life)
        penalty = self._penalties()
        coefficients = np.zeros(rows.shape[1])
        for _ in range(2):
            weighted = rows * weights[:, None]
            coefficients = np.linalg.solve(rows.T @ weighted + np.diag(penalty), weighted.T @ wanted)
            residuals = wanted - rows @ coefficients
            scale = 1.4826 * np.median(np.abs(residuals)) + 1e-6
            weights = weights * np.minimum(1.0, OUTLIER * scale / np.maximum(np.abs(residuals), 1e-9))
        self._walked[origin, half_life] = coefficients, residuals
        return coefficients, residuals

    def _row(self, day: int) -> Floats:
        """The regressors of a day: one, weekday, trend, calendar, yearly waves, the file's own columns."""
        row = self._facts.get(day)
        if row is None:
            when = self.counts.day(day)
            weekday = [float(when.weekday() == number) for number in range(7)]
            own = [column[day] if day < len(column) else 0.0 for column in self._own_columns()]
            waves = calendar_facts.waves_of(when) if self.counts.days >= 400 else []
            row = np.array([1.0, *weekday, day / 365.0, *calendar_facts.facts_of(when), *waves, *own])
            self._facts[day] = row
        return row

    def _own_columns(self) -> list[Floats]:
        scaled = []
        for column in self.counts.calendar.values():
            most = float(np.abs(column).max()) or 1.0
            scaled.append(column / most)
        return scaled

    def _penalties(self) -> Floats:
        facts = len(calendar_facts.NAMES)
        waves = 2 * calendar_facts.ANNUAL if self.counts.days >= 400 else 0
        own = len(self.counts.calendar)
        return np.array([1e-6, *[0.3] * 7, 3.0, *[1.0] * facts, *[4.0] * waves, *[0.3] * own])

    # the profile

    def _profile(self, origin: int, target: int, weeks: float, pooled: float) -> Floats:
        """The share of each interval: of recent same weekdays, and in part of all days."""
        same = self._same_weekdays(origin, target, 60)
        if not len(same):
            return np.zeros(self._values.shape[1])
        own = self._shares(same, 0.5 ** ((origin - same) / (7 * weeks)))
        if pooled:
            recent = np.flatnonzero(self.open[:origin])[-120:]
            everybody = self._shares(recent, 0.5 ** ((origin - recent) / (7 * weeks)))
            own = np.where(own > 0, (1 - pooled) * own + pooled * everybody, 0.0)
        total = own.sum()
        return own / total if total > 0 else own

    def _shares(self, days: NDArray[np.int64], weights: Floats) -> Floats:
        """Shares by the roots of counts, so that one wild interval counts less."""
        totals = np.maximum(self._totals[days], 0.5)
        roots = np.sqrt(self._values[days] / totals[:, None])
        seen = ~np.isnan(self.counts.values[days])
        counted = (weights[:, None] * seen).sum(axis=0)
        mean = np.divide(
            (weights[:, None] * roots * seen).sum(axis=0), counted, out=np.zeros(counted.shape), where=counted > 0
        )
        return np.asarray(mean**2)

    # judging

    def _judge(self, origin: int) -> "_Judged":
        """Which candidates told the last weeks best, each day from the day before; judged anew every week."""
        week = origin - origin % 7
        found = self._judged.get(week)
        if found is None:
            found = self._judged[week] = self._judge_week(min(week, origin))
        return found

    def _judge_week(self, origin: int) -> "_Judged":
        days = np.flatnonzero(self.open[:origin])
        days = days[days >= max(LEAST_DAYS, origin - TRAIL)]
        if len(days) < 5:
            return _Judged(((HALF_LIVES[0], SMOOTHINGS[1]), (0.0, 4.0)), (8.0, 0.25), 0.15)
        told = [self._candidates(int(day), int(day)) for day in days]
        ages = 0.5 ** ((origin - days) / 30.0)
        errors = {
            name: float(np.sum(ages * np.abs(np.exp([one[name] for one in told]) - self._totals[days])))
            for name in told[0]
        }
        names = tuple(sorted(errors, key=lambda name: errors[name])[:BEST])
        mixed = np.mean([[one[name] for name in names] for one in told], axis=1)
        spread = 1.2533 * float(np.sum(ages * np.abs(mixed - self._logs[days])) / ages.sum())
        return _Judged(names, self._best_profile(days), max(spread, 0.01))

    def _best_profile(self, days: NDArray[np.int64]) -> tuple[float, float]:
        errors = {}
        for weeks in PROFILE_WEEKS:
            for pooled in PROFILE_POOLED:
                off = 0.0
                for day in days[-40:]:
                    shares = self._profile(int(day), int(day), weeks, pooled)
                    off += float(np.abs(shares * self._totals[day] - self._values[day]).sum())
                errors[weeks, pooled] = off
        return min(errors, key=lambda name: errors[name])

    def _quantiles(self, origin: int) -> tuple[float, float]:
        """How many deviations the tenth and the ninetieth hundredth lay from the mean in the last weeks."""
        week = origin - origin % 7
        if week not in self._bands:
            self._bands[week] = self._measure_bands(week)
        return self._bands[week]

    def _measure_bands(self, origin: int) -> tuple[float, float]:
        days = np.flatnonzero(self.open[:origin])
        days = days[days >= max(LEAST_DAYS + 7, origin - TRAIL)]
        off: list[float] = []
        for number in days:
            day = self._day(int(number), int(number))
            mean = day.level * day.profile
            seen = (mean > 0) & ~np.isnan(self.counts.values[number])
            deviation = np.sqrt((mean * day.spread) ** 2 + mean + 0.1)
            off += ((self._values[number] - mean)[seen] / deviation[seen]).tolist()
        if len(off) < 50:
            return -1.2816, 1.2816
        return float(np.quantile(off, LOW)), float(np.quantile(off, HIGH))

    # today

    def rest_of_day(self, today: int, until: datetime) -> list[Interval]:
        """The intervals of a day that has begun: its level moved by what came so far, as far as that tells.

        The counts up to `until` are of the day numbered `today`; the more has come, the more it is believed.
        """
        told = self._intervals(today, today)
        past = [one for one in told if one.start + timedelta(minutes=self.counts.minutes) <= until]
        expected = sum(one.mean for one in past)
        if expected <= 0:
            return told
        slots = [(one.start.hour * 60 + one.start.minute) // self.counts.minutes for one in past]
        came = float(self._values[today, slots].sum())
        spread = self._judge(today).spread
        trust = spread**2 / (spread**2 + 1 / expected + 0.002)
        factor = (max(came, 0.5) / expected) ** trust
        left = np.sqrt(1 - trust)
        return [
            one
            if one in past
            else Interval(
                one.start,
                one.mean * factor,
                max(0.0, one.mean * factor - (one.mean - one.p10) * max(left, 0.4)),
                one.mean * factor + (one.p90 - one.mean) * max(left, 0.4),
            )
            for one in told
        ]

    # proof

    def backtest(self, days: int) -> Backtest:
        """The last days told one day ahead, each from the days before it alone."""
        ours, naive = Tally(), Tally()
        inside = intervals = 0.0
        for number in self.proved(days):
            told = {one.start: one for one in self._intervals(number, number)}
            seen = np.flatnonzero(~np.isnan(self.counts.values[number]))
            means, lows, highs = self._of_slots(told, number, seen)
            truth = self._values[number, seen]
            ours.add(means, truth)
            naive.add(self._naive(number)[seen], truth)
            busy = (means > 0) | (truth > 0)
            inside += float(((truth >= lows) & (truth <= highs) & busy).sum())
            intervals += float(busy.sum())
        share = inside / max(intervals, 1.0)
        return Backtest(ours.wape, ours.day_wape, share, int(intervals), naive.wape, naive.day_wape)

    def proved(self, days: int) -> range:
        """The numbers of the last days, as many of them as have enough days before them."""
        return range(max(LEAST_DAYS, self.counts.days - days), self.counts.days)

    def _of_slots(
        self, told: dict[datetime, Interval], day: int, slots: NDArray[np.int64]
    ) -> tuple[Floats, Floats, Floats]:
        midnight = datetime.combine(self.counts.day(day), datetime.min.time())
        rows = [told.get(midnight + timedelta(minutes=int(slot) * self.counts.minutes)) for slot in slots]
        figures = [(row.mean, row.p10, row.p90) if row else (0.0, 0.0, 0.0) for row in rows]
        array = np.array(figures).reshape(-1, 3)
        return array[:, 0], array[:, 1], array[:, 2]

    def _naive(self, day: int) -> Floats:
        rows = self._same_weekdays(day, day, 4)
        return np.asarray(self._values[rows].mean(axis=0)) if len(rows) else np.zeros(self._values.shape[1])


@dataclass(frozen=True)
class _Judged:
    names: tuple[tuple[float, float], ...]
    profile: tuple[float, float]
    spread: float


def _share_seen(values: Floats, there: NDArray[np.bool_]) -> Floats:
    """How much of a usual day's inquiries fall into the intervals that were counted, by day."""
    weights = values.sum(axis=0)
    usual = np.where(there.mean(axis=0) > 0, weights / np.maximum(there.sum(axis=0), 1), 0.0)
    expected = np.array([usual[(there[w::7].mean(axis=0) > 0.3)].sum() if len(there[w::7]) else 0.0 for w in range(7)])
    seen = (there * usual).sum(axis=1)
    wanted = expected[np.arange(len(values)) % 7]
    share = np.divide(seen, wanted, out=np.ones(len(values)), where=wanted > 0)
    return np.asarray(np.minimum(1.0, share))


def _smoothed(residuals: Floats, smoothing: float) -> float:
    """The level of the residuals now; one wild day is cut, two in a row are believed."""
    if not smoothing or not len(residuals):
        return 0.0
    recent = residuals[-40:]
    bound = OUTLIER * (1.4826 * float(np.median(np.abs(recent))) + 1e-6)
    level, before = 0.0, 0.0
    for residual in recent:
        alone = abs(residual) > bound and np.sign(residual) != np.sign(before)
        level += smoothing * ((np.clip(residual, -bound, bound) if alone else residual) - level)
        before = residual if abs(residual) > bound / 2 else 0.0
    return float(level)


def _faded(residuals: Floats, ahead: int) -> float:
    """The last residual times the correlation of one day with the next, as often as there are days ahead."""
    recent = residuals[-120:]
    if len(recent) < LEAST_DAYS:
        return 0.0
    bound = OUTLIER * (1.4826 * float(np.median(np.abs(recent))) + 1e-6)
    cut = np.clip(recent, -bound, bound)
    correlation = float(cut[1:] @ cut[:-1] / (cut[:-1] @ cut[:-1] + 1e-9))
    return float(np.clip(correlation, 0.0, 0.98)) ** ahead * float(cut[-1])
