"""News of a transaction."""

from collections.abc import Iterator

import psycopg
import pytest
from django.db import connection, transaction

from indgang.foundation.runtime.services import notify

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def heard() -> Iterator["psycopg.Connection[tuple[object, ...]]"]:
    wanted = {k: connection.settings_dict[k.upper()] for k in ("user", "password", "host", "port")}
    with psycopg.connect(**wanted, dbname=connection.settings_dict["NAME"], autocommit=True) as listener:
        listener.execute("LISTEN news_test")
        yield listener


def lines(listener: "psycopg.Connection[tuple[object, ...]]") -> list[str]:
    notify("news_test", "end")
    found = []
    for one in listener.notifies(timeout=10):
        if one.payload == "end":
            return found
        found.append(one.payload)
    raise AssertionError("the last one did not come")


def test_each_news_of_a_transaction_is_heard_once_and_in_order(heard):
    with transaction.atomic():
        for line in ("a", "b", "a"):
            notify("news_test", line)
    assert lines(heard) == ["a", "b"]


def test_all_news_of_a_transaction_cost_one_statement(heard, django_assert_num_queries):
    with django_assert_num_queries(4), transaction.atomic(), connection.cursor() as cursor:  # BEGIN and COMMIT count
        cursor.execute("SELECT 1")
        for line in "abc":
            notify("news_test", line)
    assert lines(heard) == ["a", "b", "c"]


def test_nothing_is_heard_before_the_commit(heard):
    with transaction.atomic():
        notify("news_test", "a")
        assert list(heard.notifies(timeout=0.1)) == []
    assert lines(heard) == ["a"]


def test_what_is_rolled_back_is_not_heard(heard):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        notify("news_test", "a")
        raise ZeroDivisionError
    assert lines(heard) == []


def test_what_a_savepoint_takes_back_is_not_heard_and_the_rest_is(heard):
    with transaction.atomic():
        notify("news_test", "before")
        with transaction.atomic():
            notify("news_test", "kept")
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            with transaction.atomic():
                notify("news_test", "lost")
            raise ZeroDivisionError
        notify("news_test", "after")
    assert lines(heard) == ["before", "kept", "after"]


def test_savepoints_inside_each_other_take_back_their_own_work_only():
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE seen (n int) ON COMMIT DROP")
        with transaction.atomic():
            cursor.execute("INSERT INTO seen VALUES (1)")
            with pytest.raises(ZeroDivisionError), transaction.atomic():
                cursor.execute("INSERT INTO seen VALUES (2)")
                with transaction.atomic():
                    cursor.execute("INSERT INTO seen VALUES (3)")
                raise ZeroDivisionError
            cursor.execute("INSERT INTO seen VALUES (4)")
        cursor.execute("SELECT n FROM seen ORDER BY n")
        assert cursor.fetchall() == [(1,), (4,)]


def test_a_lost_connection_forgets_its_news(heard):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        notify("news_test", "a")
        connection.close()
        raise ZeroDivisionError
    assert lines(heard) == []
