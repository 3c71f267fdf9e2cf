"""Forecasts of invented years whose truth is known."""

from datetime import date, datetime, timedelta

import numpy as np
import pytest

from indgang.desks.planning import calendar_facts
from indgang.desks.planning.counts import Counts, read_counts
from indgang.desks.planning.errors import TooShort
from indgang.desks.planning.forecasting import Forecaster

OPEN = range(16, 36)  # 8 to 18
WEEKDAYS = (1.25, 1.05, 1.0, 1.08, 0.8)


def year(
    seed=1, *, days=300, persistence=0.7, wild=0.08, letters=0.0, first=date(2025, 1, 6)
) -> tuple[Counts, np.ndarray]:
    """Counts of invented days, and the mean each was drawn from."""
    random = np.random.default_rng(seed)
    shape = np.exp(-(((np.array(OPEN) - 21) / 4.5) ** 2)) + 0.5 * np.exp(-(((np.array(OPEN) - 27) / 4) ** 2)) + 0.1
    values, truth, level = np.full((days, 48), np.nan), np.zeros((days, 48)), 0.0
    sent = (random.random(days + 14) < 0.05).astype(float)
    for number in range(days):
        day = first + timedelta(days=number)
        level = persistence * level + wild * random.normal()
        if day.weekday() > 4 or calendar_facts.is_holiday(day):
            continue
        total = 2000 * WEEKDAYS[day.weekday()] * np.exp(level + letters * sent[number])
        truth[number, OPEN.start : OPEN.stop] = total * shape / shape.sum()
        values[number, OPEN.start : OPEN.stop] = random.poisson(truth[number, OPEN.start : OPEN.stop])
    return Counts(first, 30, values, {"letters": sent} if letters else {}), truth


def test_it_beats_the_mean_of_the_last_four_same_weekdays_clearly():
    proofs = [Forecaster(year(seed)[0]).backtest(60) for seed in range(5)]
    assert sum(p.wape for p in proofs) < 0.9 * sum(p.naive_wape for p in proofs)
    assert sum(p.day_wape for p in proofs) < 0.87 * sum(p.naive_day_wape for p in proofs)


def test_four_of_five_intervals_lie_in_the_band():
    proof = [Forecaster(year(seed)[0]).backtest(80).coverage80 for seed in range(4)]
    assert 0.74 < float(np.mean(proof)) < 0.87


def test_letters_sent_are_foreseen():
    counts, _ = year(5, letters=0.5, wild=0.03)
    with_column = Forecaster(counts).backtest(80).day_wape
    without = Forecaster(Counts(counts.first, 30, counts.values)).backtest(80).day_wape
    assert with_column < 0.8 * without


def test_a_closed_day_is_forecast_closed():
    counts, _ = year(2, days=340, first=date(2024, 7, 1))
    christmas = (date(2024, 12, 25) - counts.first).days
    told = Forecaster(counts).days_ahead(1, first=christmas)
    assert told
    assert all(one.mean == 0 for one in told)


def test_the_bands_hold_the_mean_and_grow_with_the_horizon():
    told = Forecaster(year(3)[0]).days_ahead(14)
    assert all(0 <= one.p10 <= one.mean <= one.p90 for one in told)
    noons = [one for one in told if one.start.hour == 10 and one.start.minute == 30 and one.mean > 0]
    widths = [(one.p90 - one.p10) / one.mean for one in noons]
    assert widths[-1] > widths[0]


def test_a_wild_day_does_not_carry_the_next_ones_away():
    counts, truth = year(4, persistence=0.0, wild=0.02)
    counts.values[298] *= 6
    counts.values = counts.values[:299]
    told = sum(one.mean for one in Forecaster(counts).days_ahead(1))
    assert told == pytest.approx(truth[299].sum() or told, rel=0.35)


def test_what_came_this_morning_moves_the_afternoon():
    counts, _ = year(6, days=297)
    day = counts.days - 1
    while np.isnan(counts.values[day]).all():
        day -= 1
    counts.values = counts.values[: day + 1]
    counts.values[day] *= 1.5
    forecaster = Forecaster(counts)
    noon = datetime.combine(counts.day(day), datetime.min.time()) + timedelta(hours=12)
    before = {one.start: one.mean for one in forecaster.days_ahead(1, first=day)}
    after = {one.start: one.mean for one in forecaster.rest_of_day(day, noon)}
    assert after[noon] > 1.2 * before[noon]
    assert after[noon - timedelta(hours=2)] == before[noon - timedelta(hours=2)]


def test_a_partly_counted_day_is_not_a_quiet_one():
    counts, _ = year(7, persistence=0.0, wild=0.01, days=299)
    day = max(d for d in range(counts.days) if not np.isnan(counts.values[d]).all())
    whole = sum(one.mean for one in Forecaster(counts).days_ahead(3))
    counts.values[day, 26:] = np.nan
    assert sum(one.mean for one in Forecaster(counts).days_ahead(3)) == pytest.approx(whole, rel=0.08)


def test_two_weeks_are_too_little():
    counts, _ = year(1, days=14)
    with pytest.raises(TooShort):
        Forecaster(counts)


def test_a_file_becomes_a_forecast_of_the_next_days():
    counts, _ = year(8, days=60)
    lines = ["start,count"]
    for day in range(60):
        start = datetime.combine(counts.day(day), datetime.min.time())
        lines += [
            f"{(start + timedelta(minutes=30 * slot)).isoformat()},{int(counts.values[day, slot])}"
            for slot in OPEN
            if not np.isnan(counts.values[day, slot])
        ]
    told = Forecaster(read_counts("\n".join(lines).encode())).days_ahead(5)
    assert told[0].start.date() > counts.first
    assert sum(one.mean for one in told) > 1000
