"""A forecast as a piece of work: from a set of counts to days with bands, with the proof of the past beside them."""

import math
from collections.abc import Callable, Iterable
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from indgang.desks.planning import beside
from indgang.desks.planning.counts import Counts, read_counts
from indgang.desks.planning.errors import CountsGone, NoNumber, StatsforecastLacks, TooFewBefore
from indgang.desks.planning.forecasting import LEAST_DAYS, Forecaster, Interval
from indgang.desks.planning.models import CountSet
from indgang.desks.planning.refusals import kept
from indgang.desks.planning.weeks import usual_week
from indgang.foundation.runtime import clock

Progress = Callable[[float], None]
PROVED_DAYS = 28
BESIDE = "statsforecast"  # whether other ways are to be held beside ours
COLUMNS = ["start", "mean", "p10", "p90"]


def plan(given: dict[str, Any], progress: Progress) -> dict[str, Any]:
    """Forecast so many days after the last one counted; where today is among the days counted, the rest of it too."""
    row = CountSet.objects.filter(id=given["set"]).first()
    if row is None:
        raise CountsGone
    counts = read_counts(bytes(row.content), row.minutes)
    progress(0.1)
    forecaster = Forecaster(counts)
    told = forecaster.days_ahead(int(given["days"]))
    progress(0.5)
    proof = _proof(forecaster, counts)
    progress(0.6)
    others = _beside(forecaster, proof, progress) if proof and given.get(BESIDE) else {}
    progress(0.95)
    intervals = _rows(told)
    return {
        "channel": row.channel,
        "minutes": counts.minutes,
        "notes": counts.notes,
        "proof": proof,
        **others,
        "week": usual_week([(one.start, float(one.mean)) for one in told], counts.minutes),
        "tables": {
            "days": {"columns": ["day", "mean"], "rows": _by_day(told)},
            "intervals": {"columns": COLUMNS, "rows": intervals},
            **_today(forecaster, counts),
        },
    }


def _proof(forecaster: Forecaster, counts: Counts) -> dict[str, float] | None:
    """How well the last weeks were told; None where too few days came before them."""
    days = min(PROVED_DAYS, counts.days - 2 * LEAST_DAYS)
    if days < 1:
        return None
    return {**{key: _plain(value) for key, value in asdict(forecaster.backtest(days)).items()}, "days": days}


def _beside(forecaster: Forecaster, proof: dict[str, float], progress: Progress) -> dict[str, Any]:
    """The same days told by others; what hinders that is told, and hinders nothing else."""
    try:
        found = beside.backtest(forecaster, int(proof["days"]), lambda share: progress(0.6 + 0.35 * share))
    except (StatsforecastLacks, TooFewBefore, NoNumber) as refusal:
        return {"beside_lacks": kept(refusal)}
    return {"beside": [{**asdict(one), "wape": _plain(one.wape), "day_wape": _plain(one.day_wape)} for one in found]}


def _today(forecaster: Forecaster, counts: Counts) -> dict[str, Any]:
    """The rest of today, moved by what has come so far."""
    now = clock.local(clock.now()).replace(tzinfo=None)
    number = (now.date() - counts.first).days
    if number != counts.days - 1 or number < LEAST_DAYS:
        return {}
    return {"today": {"columns": COLUMNS, "rows": _rows(forecaster.rest_of_day(number, _counted_until(counts, now)))}}


def _counted_until(counts: Counts, now: datetime) -> datetime:
    """The end of the last interval of today that has a count, but not later than now."""
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    values = counts.values[-1]
    last = max((slot for slot in range(len(values)) if not math.isnan(values[slot])), default=-1)
    return min(now, midnight + timedelta(minutes=(last + 1) * counts.minutes))


def _rows(told: Iterable[Interval]) -> list[list[Any]]:
    return [[one.start.isoformat(), _plain(one.mean), _plain(one.p10), _plain(one.p90)] for one in told]


def _by_day(told: Iterable[Interval]) -> list[list[Any]]:
    days: dict[str, float] = {}
    for one in told:
        key = one.start.date().isoformat()
        days[key] = days.get(key, 0.0) + float(one.mean)
    return [[day, _plain(mean)] for day, mean in days.items()]


def _plain(value: float) -> float:
    return round(float(value), 4)
