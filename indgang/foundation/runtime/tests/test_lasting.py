"""What lasts until somebody changes the house."""

import itertools
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import connection, transaction

from indgang.foundation.runtime.models import HouseChange
from indgang.foundation.runtime.services import first_read, lasting, remembering

asked: list[str] = []
days = itertools.count()


@lasting("organisation_livingplan")
def plans_of(unit: str) -> str:
    asked.append(unit)
    return f"{unit} {_row('SELECT count(*) FROM organisation_livingplan')[0]}"


pytestmark = pytest.mark.django_db(transaction=True)  # in a transaction nothing is kept for others


@pytest.fixture(autouse=True)
def nobody_asked(db):
    HouseChange.objects.create(mark=uuid4())  # nothing is left of the tests before
    asked.clear()


def _row(statement: str, *values: date) -> tuple[int, ...]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        row: tuple[int, ...] = cursor.fetchone()
    return row


def change() -> None:
    _row(
        "INSERT INTO organisation_livingplan (valid_from, variant, origin) VALUES (%s, 'x', 'hand') RETURNING id",
        date(2001, 1, 1) + timedelta(days=next(days)),
    )


def in_a_run(unit: str) -> str:
    with remembering():
        return plans_of(unit)


def test_a_second_run_is_not_asked_again():
    assert [in_a_run("a"), in_a_run("a"), in_a_run("b")] == ["a 0", "a 0", "b 0"]
    assert asked == ["a", "b"]


def test_a_change_is_seen_by_the_next_run():
    in_a_run("a")
    change()
    assert in_a_run("a") == "a 1"
    _row("DELETE FROM organisation_livingplan RETURNING id")
    assert in_a_run("a") == "a 0"


def test_a_run_is_answered_from_one_state():
    with remembering():
        plans_of("a")
        change()
        assert plans_of("a") == "a 0"


def test_outside_of_a_run_it_is_asked_anew():
    in_a_run("a")
    plans_of("a")
    plans_of("a")
    assert len(asked) == 3


def test_what_was_seen_before_a_rollback_is_not_seen_after_it():
    in_a_run("a")
    with transaction.atomic():
        change()
        assert in_a_run("a") == "a 1"
        transaction.set_rollback(True)
    assert in_a_run("a") == "a 0"
    change()
    assert in_a_run("a") == "a 1"


def test_what_a_transaction_has_changed_stays_its_own():
    with remembering():
        assert plans_of("a") == "a 0"
        with transaction.atomic():
            change()
            assert plans_of("b") == "b 1"
            transaction.set_rollback(True)
        assert plans_of("b") == "b 0"
    assert in_a_run("b") == "b 0"


def test_the_mark_is_never_the_same_twice():
    marks = set()
    for turn in range(5):
        with transaction.atomic():
            change()
            marks.add(frozenset(HouseChange.objects.values_list("mark")))
            transaction.set_rollback(turn % 2 == 0)
    assert len(marks) == 5


def test_old_marks_are_thrown_away():
    for _ in range(40):
        change()
    assert HouseChange.objects.count() < 15


def test_without_a_mark_nothing_lasts():
    HouseChange.objects.all().delete()
    assert [in_a_run("a"), in_a_run("a")] == ["a 0", "a 0"]
    assert asked == ["a", "a"]


def test_others_see_a_change_when_it_is_committed():
    def elsewhere() -> str:
        try:
            return in_a_run("a")
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as other:
        assert other.submit(elsewhere).result() == "a 0"
        with transaction.atomic():
            change()
            assert in_a_run("a") == "a 1"
            assert other.submit(elsewhere).result() == "a 0"  # not committed: theirs is as it was
        assert other.submit(elsewhere).result() == "a 1"


def test_nobody_who_changes_the_house_waits_for_another():
    def elsewhere() -> None:
        try:
            with transaction.atomic():
                _row("SELECT set_config('lock_timeout', '3s', true)")
                for _ in range(12):
                    change()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as other, transaction.atomic():
        for _ in range(12):
            change()
        other.submit(elsewhere).result()
    assert _row("SELECT count(*) FROM organisation_livingplan")[0] == 24


def one_of(number: int) -> object:
    return first_read("id", "FROM (VALUES (7)) AS given(id) WHERE id = %s", [number])


@pytest.mark.parametrize("number", [7, 8])
def test_what_is_read_first_brings_the_mark_along(number, django_assert_num_queries):
    in_a_run("a")
    asked.clear()
    with remembering(), django_assert_num_queries(1):
        assert one_of(number) == (7 if number == 7 else None)
        assert plans_of("a") == "a 0"
    assert asked == []


def test_a_change_is_seen_by_a_run_that_reads_something_first():
    in_a_run("a")
    change()
    with remembering():
        assert one_of(7) == 7
        assert plans_of("a") == "a 1"
        change()
        assert one_of(7) == 7
        assert plans_of("a") == "a 1"  # a run is answered from one state
    assert one_of(7) == 7
    assert one_of(8) is None
    with transaction.atomic(), remembering():
        assert one_of(7) == 7
        assert plans_of("a") == "a 2"
