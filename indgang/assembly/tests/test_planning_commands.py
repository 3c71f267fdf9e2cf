"""The planner's forecast from a shell, held beside the package statsforecast where that is installed."""

import json
from pathlib import Path

import pytest

from indgang.assembly import commands
from indgang.desks.planning.policy import beside
from indgang.desks.planning.testing import without_statsforecast, year_of_counts

needs_it = pytest.mark.skipif(not beside.is_installed(), reason="statsforecast is not installed")


@pytest.fixture
def calls(tmp_path: Path) -> str:
    path = tmp_path / "calls.csv"
    path.write_bytes(year_of_counts(days=120))
    return str(path)


def forecast(*more: str) -> int:
    return commands.main(["forecast", *more])


def test_without_the_package_it_says_what_to_install(calls, capsys):
    with without_statsforecast():
        code = forecast("--input", calls, "--backtest", "7d", "--compare", "statsforecast")
    told = capsys.readouterr()
    assert code != 0 and told.out == ""
    assert 'pip install "statsforecast>=2.1,<3"' in told.err and "Traceback" not in told.err


def test_past_days_are_told_without_the_package(calls, capsys):
    with without_statsforecast():
        assert forecast("--input", calls, "--backtest", "7d", "--json") == 0
    assert set(json.loads(capsys.readouterr().out)) == {
        "wape", "day_wape", "coverage80", "n", "naive_wape", "naive_day_wape",
    }  # fmt: skip


def test_comparing_needs_past_days(calls, capsys):
    assert forecast("--input", calls, "--compare", "statsforecast") != 0
    assert "--backtest 28d" in capsys.readouterr().err


@needs_it
def test_its_models_stand_beside_ours(calls, capsys):
    assert forecast("--input", calls, "--backtest", "14d", "--compare", "statsforecast", "--json") == 0
    facts = json.loads(capsys.readouterr().out)
    assert [one["model"] for one in facts["statsforecast"]] == ["AutoETS", "AutoTheta"]
    assert all(0 < one["wape"] < 1.5 * facts["naive_wape"] for one in facts["statsforecast"])
    assert forecast("--input", calls, "--backtest", "14d", "--compare", "statsforecast") == 0
    assert "statsforecast AutoETS: WAPE " in capsys.readouterr().out
