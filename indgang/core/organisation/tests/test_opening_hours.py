"""When a unit is open, and when an answer is due."""

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from indgang.core.organisation import hours as calendar
from indgang.core.organisation import selectors
from indgang.core.organisation.errors import UnknownUnit
from indgang.core.organisation.models import ChangedDay
from indgang.core.organisation.testing import make_closing_days, make_hours, make_unit
from indgang.core.organisation.values import WeeklyHours
from indgang.foundation.runtime import clock


def local(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=clock.COPENHAGEN)


@pytest.fixture
def phone(db):
    unit = make_unit()
    make_hours(unit)
    make_closing_days()
    return unit


@pytest.mark.req("kc.2006hours")
@pytest.mark.parametrize(
    ("at", "is_open", "sentence"),
    [
        ("2026-03-03T07:59:59", False, "Lukket. Åbner i dag kl. 8.00"),
        ("2026-03-03T08:00:00", True, "Telefonen er åben til kl. 18.00"),
        ("2026-03-03T17:59:59", True, "Telefonen er åben til kl. 18.00"),
        ("2026-03-03T18:00:00", False, "Lukket. Åbner i morgen kl. 8.00"),
        ("2026-03-06T18:00:00", False, "Lukket. Åbner mandag kl. 8.00"),
        ("2026-12-24T12:00:00", False, "Lukket. Åbner mandag kl. 8.00"),  # closing day, then two holidays and a Sunday
        ("2026-06-05T10:00:00", False, "Lukket. Åbner mandag kl. 8.00"),  # Grundlovsdag is a Friday
        ("2026-04-02T10:00:00", False, "Lukket. Åbner tirsdag kl. 8.00"),  # Maundy Thursday to Easter Monday
        ("2023-05-05T10:00:00", False, "Lukket. Åbner mandag kl. 8.00"),  # store bededag was one in 2023
        ("2024-04-26T10:00:00", True, "Telefonen er åben til kl. 18.00"),  # and is none since
        ("2026-03-30T08:00:00", True, "Telefonen er åben til kl. 18.00"),  # the Monday after summer time begins
        ("2026-10-26T07:59:59", False, "Lukket. Åbner i dag kl. 8.00"),  # and after it ends
    ],
)
def test_open_or_closed_in_a_sentence(phone, at, is_open, sentence) -> None:
    found = selectors.opening(phone.code, "phone", local(at))
    assert (found.open, found.sentence) == (is_open, sentence)
    assert (found.until is not None) == is_open and (found.opens is None) == is_open


def test_the_same_sentence_in_english(phone) -> None:
    with translation.override("en"):
        assert (
            selectors.opening(phone.code, "phone", local("2026-03-03T08:00")).sentence
            == "The phone is open until 18:00"
        )
        closed = selectors.opening(phone.code, "phone", local("2026-03-06T18:00")).sentence
    assert closed == "Closed. Opens Monday at 8:00"


@pytest.fixture
def moved_clock():
    yield lambda to: clock.move(to - datetime.now(UTC))
    clock.forget()


def test_the_moved_clock_opens_the_phone(phone, moved_clock) -> None:
    before = local("2026-03-03T07:59")
    moved_clock(before)
    assert not selectors.opening(phone.code, "phone", clock.now()).open
    moved_clock(before + timedelta(minutes=1))
    assert selectors.opening(phone.code, "phone", clock.now()).open


def test_a_far_opening_is_named_with_its_date(phone) -> None:
    for offset in range(10):
        ChangedDay.objects.create(unit=phone, day=date(2026, 3, 2) + timedelta(days=offset), reason="Flytning")
    found = selectors.opening(phone.code, "phone", local("2026-03-02T09:00"))
    assert found.sentence == "Lukket. Åbner torsdag 12. marts kl. 8.00"


def test_a_unit_of_its_own_overrules_what_holds_for_all(phone) -> None:
    day = date(2026, 3, 3)
    ChangedDay.objects.create(unit=None, day=day, reason="Storm")
    assert not selectors.opening(phone.code, "phone", local("2026-03-03T10:00")).open
    ChangedDay.objects.create(unit=phone, day=day, opens=time(9), closes=time(12), reason="Nødberedskab")
    assert selectors.opening(phone.code, "phone", local("2026-03-03T10:00")).open
    week = selectors.hours_of_week(phone.code, "phone", day)
    assert week[1].intervals == ((time(9), time(12)),) and week[1].reason == "Nødberedskab"
    assert week[0].day == date(2026, 3, 2) and week[5].intervals == ()


def test_a_changed_day_can_open_a_holiday(phone) -> None:
    ChangedDay.objects.create(unit=phone, day=date(2026, 12, 24), opens=time(9), closes=time(11), reason="Julevagt")
    assert selectors.opening(phone.code, "phone", local("2026-12-24T10:00")).open


def test_new_hours_begin_on_their_day(db) -> None:
    unit = make_unit()
    make_hours(unit, valid_to=date(2026, 2, 28))
    make_hours(unit, opens=time(10), valid_from=date(2026, 3, 1))
    assert selectors.opening(unit.code, "phone", local("2026-02-27T08:30")).open
    assert not selectors.opening(unit.code, "phone", local("2026-03-02T08:30")).open


def test_an_unknown_unit_is_not_found(db) -> None:
    for ask in (
        lambda: selectors.opening("findes-ikke", "phone", clock.now()),
        lambda: selectors.hours_of_week("findes-ikke", "phone", clock.today()),
        lambda: selectors.add_opening_hours("findes-ikke", "phone", clock.now(), Decimal(1)),
    ):
        with pytest.raises(UnknownUnit):
            ask()


def test_a_unit_without_hours_says_so_and_still_promises_an_answer(db) -> None:
    unit = make_unit("uden-tider")
    assert selectors.opening(unit.code, "phone", local("2026-03-03T10:00")).sentence == "Åbningstiderne er ikke oplyst."
    due = selectors.add_opening_hours(unit.code, "mail", local("2026-03-03T15:00"), Decimal(2))
    assert due == local("2026-03-04T09:00")


def test_mail_without_hours_of_its_own_counts_the_phones(phone) -> None:
    due = selectors.add_opening_hours(phone.code, "mail", local("2026-03-03T17:00"), Decimal(2))
    assert due == local("2026-03-04T09:00")


@pytest.mark.parametrize(
    ("start", "hours", "due"),
    [
        ("2026-03-03T10:00", "8", "2026-03-03T18:00"),
        ("2026-03-03T10:00", "8.5", "2026-03-04T08:30"),
        ("2026-03-03T06:00", "0", "2026-03-03T08:00"),
        ("2026-03-06T17:00", "2", "2026-03-09T09:00"),  # over a weekend
        ("2026-03-27T17:00", "2", "2026-03-30T09:00"),  # over the night summer time begins
        ("2026-10-23T17:00", "2", "2026-10-26T09:00"),  # over the night it ends
        ("2026-12-23T17:00", "11", "2026-12-28T18:00"),  # over Christmas
        ("2026-12-30T17:00", "2", "2027-01-04T09:00"),  # New Year's Eve, New Year's Day, weekend
        ("2026-03-03T08:00", "1000", "2026-07-28T18:00"),  # 100 working days: 21 + 19 + 19 + 21 + 20
    ],
)
def test_a_deadline_counts_opening_hours_only(phone, start, hours, due) -> None:
    assert selectors.add_opening_hours(phone.code, "phone", local(start), Decimal(hours)) == local(due)


@pytest.mark.parametrize(("day", "real"), [("2026-03-29", 5), ("2026-10-25", 7), ("2026-03-22", 6)])
def test_a_night_the_clock_changes_has_its_real_hours(day, real) -> None:
    night = calendar.DatedHours(WeeklyHours(6, time(0), time(6)), date.min, None)
    hours = calendar.Calendar((night,), {}, lambda _: "")
    (interval,) = hours.intervals(date.fromisoformat(day), 1)
    assert interval.closes - interval.opens == timedelta(hours=real)


def test_a_time_that_comes_twice_opens_at_the_first_and_closes_at_the_later() -> None:
    night = date(2026, 10, 25)
    first, later = calendar.instant(night, time(2, 30)), calendar.instant(night, time(2, 30), later=True)
    assert (first, later) == (datetime(2026, 10, 25, 0, 30, tzinfo=UTC), datetime(2026, 10, 25, 1, 30, tzinfo=UTC))


WEEK = calendar.Calendar(
    tuple(calendar.DatedHours(WeeklyHours(day, time(8), time(18)), date.min, None) for day in range(5)),
    {},
    lambda _: "",
)


@given(
    st.datetimes(datetime(2025, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC)),
    st.integers(0, 400),
    st.integers(0, 400),
)
def test_hours_added_in_two_steps_are_hours_added_at_once(start, first, second) -> None:
    def add(at: datetime, quarters: int) -> datetime:
        found = calendar.reach(WEEK.intervals(clock.local(at).date(), 365), at, Decimal(quarters) / 4)
        assert found is not None
        return found

    assert add(add(start, first), second) == add(start, first + second) or second == 0
    assert add(start, first) >= start


@given(st.dates(date(2020, 1, 1), date(2035, 12, 31)))
def test_nobody_is_open_on_a_public_holiday(day) -> None:
    found = WEEK.day(day)
    assert found.intervals == () or not calendar.public_holiday(day, "da")
    assert all(one.opens < one.closes for one in WEEK.intervals(day, 1))
