"""The forecast beside models of statsforecast: the same days and measure, and a plain word when it is not there.

What needs the package is skipped without it: `pip install "statsforecast>=2.1,<3"`.
"""

import re
import tomllib
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from indgang.desks.administration.testing import at_desk
from indgang.desks.planning import beside, runs
from indgang.desks.planning.counts import Counts, read_counts
from indgang.desks.planning.errors import StatsforecastLacks, Stopped, TooFewBefore
from indgang.desks.planning.forecasting import Forecaster
from indgang.desks.planning.models import CountSet, PlanRun
from indgang.desks.planning.proving import Tally
from indgang.desks.planning.testing import without_statsforecast, year_of_counts

ROOT = Path(__file__).resolve().parents[4]
MONDAY = date(2025, 1, 6)
needs_it = pytest.mark.skipif(not beside.is_installed(), reason="statsforecast is not installed")
database = pytest.mark.django_db(transaction=True)


def year(days: int = 200) -> Counts:
    return read_counts(year_of_counts(days=days))


def by_weekday(weeks: int, *totals: float) -> Counts:
    """Weeks whose weekdays come with one total each in one interval; not a number: not counted."""
    values = np.full((7 * weeks, 48), np.nan)
    values[:, 20] = np.tile(totals, weeks)
    return Counts(MONDAY, 30, values)


def asked(planner, content: bytes, **more: str) -> str:
    """The page of a forecast that was asked for and is made."""
    file = SimpleUploadedFile("tal.csv", content, "text/csv")
    planner.post("/planlaegning/tal/ny", {"navn": "Telefon", "kanal": "phone", "minutter": "30", "fil": file})
    form = {"tal": str(CountSet.objects.get().id), "dage": "7"} | more
    answer = planner.post("/planlaegning/prognose/bestil", form)
    runs.work()
    assert PlanRun.objects.get().state == "done"
    return planner.get(answer["Location"]).content.decode()


# the measure and the days, with or without the package


def test_errors_are_summed_over_intervals_and_over_days():
    tally = Tally()
    tally.add(np.array([10.0, 20.0]), np.array([12.0, 16.0]))
    tally.add(np.array([30.0]), np.array([22.0]))
    assert tally.wape == pytest.approx((2 + 4 + 8) / 50)
    assert tally.day_wape == pytest.approx((2 + 8) / 50)


def test_weekdays_that_are_never_open_are_no_part_of_the_week():
    past, weekdays = beside.past_days(Forecaster(by_weekday(6, 9, 8, 7, 6, 5, np.nan, np.nan)), 42)
    assert weekdays == 5
    assert past.sum(axis=1).tolist() == [9, 8, 7, 6, 5] * 6


def test_a_weekday_closed_for_eight_weeks_leaves_the_week():
    counts = by_weekday(12, 9, 8, 7, 6, 5, 4, np.nan)
    counts.values[12::7] = np.nan  # Saturdays from the second on
    past, weekdays = beside.past_days(Forecaster(counts), 84)
    assert weekdays == 5 and len(past) == 60


def test_a_closed_day_is_the_mean_of_the_four_same_weekdays_before():
    counts = by_weekday(8, 10, 10, 10, 10, 10, np.nan, np.nan)
    counts.values[[7, 14, 21, 28], 20] = [20, 30, 40, 50]
    counts.values[35] = np.nan
    past, _ = beside.past_days(Forecaster(counts), 56)
    assert past[25].sum() == pytest.approx(35)


def test_an_interval_not_counted_is_filled_and_the_rest_kept():
    values = np.full((56, 48), np.nan)
    values[:, 20], values[:, 21] = 10, 30
    values[50, 21] = np.nan
    past, _ = beside.past_days(Forecaster(Counts(MONDAY, 30, values)), 56)
    assert (past[50, 20], past[50, 21]) == (10, 30)


def test_nothing_of_the_day_told_or_later_is_known():
    counts, later = year(), year()
    later.values[150:] *= 3
    assert np.array_equal(beside.past_days(Forecaster(counts), 150)[0], beside.past_days(Forecaster(later), 150)[0])


def test_it_is_an_extra_and_never_among_what_is_locked():
    extra = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["optional-dependencies"]
    assert extra["statsforecast"] == [beside.REQUIREMENT]
    assert not re.search(r"^statsforecast", (ROOT / "requirements.lock").read_text(), re.M)


# without the package


def test_without_it_one_is_told_what_to_install():
    forecaster = Forecaster(year())
    with without_statsforecast(), pytest.raises(StatsforecastLacks) as refusal:
        beside.backtest(forecaster, 7)
    assert 'pip install "statsforecast>=2.1,<3"' in str(refusal.value)


@database
def test_without_it_planners_are_not_asked():
    planner = at_desk("manager")
    with without_statsforecast():
        shown = asked(planner, year_of_counts(days=80), statsforecast="on")
        form = planner.get("/planlaegning/prognose").content.decode()
    assert "statsforecast" not in form and "statsforecast" not in shown
    assert "Fire ugers gennemsnit" in shown


@database
def test_a_forecast_is_made_though_what_was_asked_beside_it_is_gone():
    planner = at_desk("manager")
    shown = asked(planner, year_of_counts(days=80))
    row = PlanRun.objects.get()
    PlanRun.objects.update(state="queued", input=row.input | {"statsforecast": True})
    with without_statsforecast():
        runs.work()
    shown = planner.get(f"/planlaegning/arbejde/{row.id}").content.decode()
    assert "Prognosen er ikke holdt op mod statsforecast" in shown and "P58" in shown
    assert "Fire ugers gennemsnit" in shown and "statsforecast: AutoETS" not in shown


# with it


@needs_it
def test_both_models_tell_the_same_days():
    forecaster, heard = Forecaster(year()), []
    found = beside.backtest(forecaster, 28, heard.append)
    ours = forecaster.backtest(28)
    assert [one.model for one in found] == list(beside.MODELS)
    for one in found:
        assert 0 < one.day_wape < one.wape < 1.3 * ours.naive_wape
    assert heard[-1] == 1 and len(heard) == 28 and heard == sorted(heard)


@needs_it
def test_a_series_without_chance_is_told_exactly():
    found = beside.backtest(Forecaster(by_weekday(20, 50, 40, 30, 20, 60, np.nan, np.nan)), 28)
    assert all(one.wape < 0.01 for one in found)


@needs_it
def test_closed_days_wild_days_and_empty_days_are_no_fault():
    counts = by_weekday(20, 50, 40, 30, 20, 60, 0, 0)
    counts.values[[120, 121, 127], 20] = 0
    counts.values[130] = np.nan
    counts.values[133, 20] = 5000
    assert all(np.isfinite(one.wape) for one in beside.backtest(Forecaster(counts), 40))


@needs_it
@pytest.mark.parametrize("totals", [(1, 1, 1, 1, 1, 1, 1), (1e8, 1, 1, 0, 0, 0, 0), (np.nan,) * 6 + (3,)])
def test_strange_weeks_are_no_fault(totals):
    assert all(np.isfinite(one.wape) for one in beside.backtest(Forecaster(by_weekday(30, *totals)), 28))


@needs_it
def test_a_line_closed_for_months_is_told_closed():
    counts = by_weekday(30, 50, 40, 30, 20, 60, np.nan, np.nan)
    counts.values[70:, 20] = 0
    assert all(one.wape == 0 for one in beside.backtest(Forecaster(counts), 28))


@needs_it
def test_too_few_days_before_the_first_are_told():
    weekly = by_weekday(20, 50, *[np.nan] * 6)
    with pytest.raises(TooFewBefore) as refusal:
        beside.backtest(Forecaster(weekly), 125)
    assert "Før den første prøvede dag er der 3 åbne dage" in str(refusal.value)


@needs_it
def test_it_stops_between_two_days_when_nobody_wants_it_any_more():
    heard = []

    def progress(share: float) -> None:
        heard.append(share)
        if len(heard) == 2:
            raise Stopped

    with pytest.raises(Stopped):
        beside.backtest(Forecaster(year()), 28, progress)
    assert len(heard) == 2


@needs_it
@database
def test_a_planner_sees_its_models_beside_the_forecast():
    planner = at_desk("manager")
    shown = asked(planner, year_of_counts(days=120), statsforecast="on")
    table = shown[shown.index("Fejl i alt") :]
    assert re.search(r'statsforecast: AutoETS</th><td class="is-figure">\d+,\d %', table)
    assert table.index("Prognosen<") < table.index("Fire ugers") < table.index("AutoETS") < table.index("AutoTheta")
    assert 'name="statsforecast"' in planner.get("/planlaegning/prognose").content.decode()


@needs_it
@database
def test_a_planner_who_did_not_ask_does_not_see_them():
    assert "statsforecast:" not in asked(at_desk("manager"), year_of_counts(days=80))
