from datetime import UTC, date, datetime

import pytest

from indgang.core.cases import selectors, working_days
from indgang.core.organisation.testing import make_closing_days

CLOSED = working_days.closed_by([working_days.YearlyDay(12, 24, date(2000, 1, 1), None)])


@pytest.mark.parametrize(
    ("start", "days", "expected"),
    [
        (date(2026, 3, 2), 1, date(2026, 3, 3)),
        (date(2026, 3, 6), 1, date(2026, 3, 9)),  # a Friday
        (date(2026, 3, 7), 0, date(2026, 3, 9)),  # a Saturday
        (date(2026, 4, 1), 1, date(2026, 4, 7)),  # Maundy Thursday, Good Friday, Easter Monday
        (date(2026, 4, 1), 7, date(2026, 4, 15)),
        (date(2023, 5, 4), 1, date(2023, 5, 8)),  # store bededag was one then
        (date(2026, 4, 30), 1, date(2026, 5, 1)),  # and is none now
        (date(2026, 12, 23), 1, date(2026, 12, 28)),  # the municipality's own closing day
    ],
)
def test_working_days_pass_over_weekends_and_holidays(start, days, expected):
    assert working_days.after(start, days, CLOSED) == expected


def test_counting_back_gives_the_same_number():
    start = date(2026, 4, 1)
    for days in range(1, 30):
        assert working_days.between(start, working_days.after(start, days, CLOSED), CLOSED) == days


@pytest.mark.django_db
def test_a_deadline_ends_with_its_day_in_the_town():
    make_closing_days()
    late = datetime(2026, 6, 3, 22, 30, tzinfo=UTC)  # already Thursday in the town
    assert selectors.working_days_after(late, 1) == datetime(2026, 6, 8, 21, 59, 59, tzinfo=UTC)  # past 5 June
