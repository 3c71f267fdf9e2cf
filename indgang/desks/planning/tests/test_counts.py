from datetime import date, timedelta

import numpy as np
import pytest

from indgang.desks.planning.counts import read_counts
from indgang.desks.planning.errors import BadColumns, BadCount, BadEncoding, BadTime, NoCounts, TwiceCounted


def test_semicolons_danish_names_and_decimal_commas_are_understood():
    counts = read_counts("Tidspunkt;Antal\n2026-03-02T09:00;3,5\n2026-03-02T09:30;4\n".encode("cp1252"))
    assert counts.values[0, 18:20].tolist() == [3.5, 4.0]


def test_shorter_intervals_are_added_up():
    counts = read_counts(b"start,count\n2026-03-02T09:00,3\n2026-03-02T09:05,4\n")
    assert counts.values[0, 18] == 7


@pytest.mark.parametrize(
    ("rows", "error", "line"),
    [
        ("2026-03-02T09:00,-3", BadCount, 2),
        ("2026-03-02T09:00,3\n2026-03-02T09:30,mange", BadCount, 3),
        ("i går,3", BadTime, 2),
        ("2026-03-02T09:00,nan", BadCount, 2),
        ("2026-03-02T09:00,3\n2026-03-02T09:00,4", TwiceCounted, 3),
    ],
)
def test_a_fault_is_named_by_line_and_column(rows, error, line):
    with pytest.raises(error) as refused:
        read_counts(f"start,count\n{rows}\n".encode())
    assert refused.value.facts["line"] == line
    assert refused.value.field in ("start", "count")


def test_a_file_without_the_columns_says_which_it_has():
    with pytest.raises(BadColumns) as refused:
        read_counts(b"day,calls\n2026-03-02,3\n")
    assert refused.value.facts["found"] == "day, calls"


@pytest.mark.parametrize(
    ("content", "error"), [(b"", BadColumns), (b"start,count\n", NoCounts), (b"\xff\xfe\x00", BadEncoding)]
)
def test_an_empty_or_foreign_file_is_refused(content, error):
    with pytest.raises(error):
        read_counts(content)


def test_the_hour_that_comes_twice_in_autumn_is_added_up_and_told():
    rows = "2026-10-25T02:00+02:00,3\n2026-10-25T02:00+01:00,4\n"
    counts = read_counts(f"start,count\n{rows}".encode())
    assert counts.values[0, 4] == 7
    assert counts.notes[0]["what"] == "summer_time"


def test_missing_days_and_intervals_are_told():
    days = [f"2026-03-{day:02d}T{hour:02d}:00,5" for day in range(2, 30) for hour in (9, 10) if day != 10]
    counts = read_counts(("start,count\n" + "\n".join(d for d in days if d != "2026-03-17T10:00,5")).encode(), 60)
    assert np.isnan(counts.values[8]).all()
    assert {"what": "missing", "day": "2026-03-10"} in counts.notes
    assert {"what": "part", "day": "2026-03-17", "number": 1} in counts.notes


def test_days_to_come_bring_their_calendar():
    counts = read_counts(b"start,count,letters\n2026-03-02T09:00,3,0\n2026-03-03T09:00,,1\n")
    assert (counts.days, counts.calendar["letters"].tolist()) == (1, [0.0, 1.0])


def noted(changed: dict[str, str]) -> list[dict]:
    """The notes of ten weeks of 100 a day, Mondays to Fridays, but for the days changed."""
    lines = ["start,count"]
    for number in range(70):
        day = date(2026, 1, 5) + timedelta(days=number)
        if day.weekday() < 5:
            lines.append(f"{day}T09:00,{changed.get(day.isoformat(), 100 + number % 3)}")
    return read_counts("\n".join(lines).encode()).notes


def test_a_day_nobody_came_on_is_listed_as_closed_and_a_wild_one_with_what_is_usual():
    assert noted({"2026-02-04": "0"}) == [{"what": "closed", "day": "2026-02-04"}]
    (wild,) = noted({"2026-02-04": "380"})
    assert (wild["what"], wild["day"], wild["number"]) == ("wild", "2026-02-04", 380) and 100 <= wild["usual"] <= 102


def test_days_that_differ_as_days_do_are_not_called_wild():
    assert noted({}) == [] and noted({"2026-02-04": "120"}) == []
