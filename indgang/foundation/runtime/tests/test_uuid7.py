"""Identifiers sort by time and never twice the same."""

import threading
from datetime import UTC, datetime, timedelta

from indgang.foundation.runtime.services import random_name, uuid7

AT = datetime(2026, 3, 3, 9, 0, tzinfo=UTC)


def test_an_identifier_has_version_7_and_carries_its_time():
    made = uuid7(AT)
    assert made.version == 7
    assert made.variant == "specified in RFC 4122"
    assert made.int >> 80 == int(AT.timestamp() * 1000)


def test_identifiers_of_one_moment_come_in_the_order_they_were_made():
    made = [uuid7(AT) for _ in range(5000)]
    assert made == sorted(made)
    assert len(set(made)) == 5000


def test_a_step_back_of_less_than_a_second_keeps_the_order():
    later = uuid7(AT + timedelta(milliseconds=900))
    assert uuid7(AT) > later


def test_a_clock_set_back_a_month_is_followed():
    uuid7(AT)
    before = AT - timedelta(days=31)
    assert uuid7(before).int >> 80 == int(before.timestamp() * 1000)


def test_threads_never_make_the_same_one():
    made = []
    threads = [threading.Thread(target=lambda: made.extend(uuid7(AT) for _ in range(500))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(made)) == 4000


def test_names_of_requests_are_32_digits_and_never_the_same():
    names = {random_name() for _ in range(2_000)}
    assert len(names) == 2_000
    assert all(len(name) == 32 and int(name, 16) >= 0 for name in names)
