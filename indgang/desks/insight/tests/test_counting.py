"""What came in is counted once by half-hour, entrance, task group and unit, and agrees with what was sent in."""

import time
from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import transaction

from indgang.core.catalogue.testing import make_task
from indgang.core.contacts import services as contacts
from indgang.core.contacts.testing import make_contact, make_opened
from indgang.core.contacts.values import TaskChoice
from indgang.core.organisation.testing import make_employee, make_unit, viewer_of
from indgang.desks.insight import counting, selectors
from indgang.desks.insight.models import DailyFact, Series
from indgang.desks.insight.testing import counted
from indgang.foundation.access.values import system
from indgang.foundation.journal import services as journal
from indgang.foundation.runtime import clock

pytestmark = pytest.mark.django_db(transaction=True)
MORNING = datetime(2026, 3, 2, 7, 10, tzinfo=UTC)  # 8.10 in Copenhagen


def sent_in() -> list[tuple[str, datetime]]:
    """Contacts of several channels over two days, across the night on which summer time begins."""
    make_task("T-076")
    sent = []
    for number in range(24):
        channel = ("mail", "phone", "counter")[number % 3]
        at = MORNING + timedelta(minutes=17 * number, days=number % 2)
        make_contact(channel=channel, tasks=["T-076"] if number % 4 else [], at=at)
        sent.append((channel, at))
    return sent


def facts() -> dict:
    rows = DailyFact.objects.exclude(contacts=0, finished=0)
    return {
        (row.day, row.slot, row.channel, row.group, row.unit): (row.contacts, row.finished, row.handling_seconds)
        for row in rows
    }


def happened(verb: str, contact, minutes: int) -> None:
    with transaction.atomic():
        journal.record(
            verb,
            at=MORNING + timedelta(minutes=minutes),
            viewer_name=system("test").name,
            subject="routing.workitem:00000000-0000-0000-0000-000000000007",
            contact=contact.id,
            data={},
        )


def test_the_facts_agree_with_what_was_sent_in():
    expected: Counter = Counter()
    for channel, at in sent_in():
        local = clock.local(at)
        expected[channel, local.date(), local.hour * 2 + local.minute // 30] += 1
    counted("contacts", 24)
    found = {
        (channel, row.day, row.slot): row.contacts
        for channel in ("mail", "phone", "counter")
        for row in selectors.half_hours([channel])
    }
    assert found == dict(expected)


def test_counting_again_counts_nothing_twice():
    sent_in()
    counted("contacts", 24)
    before = facts()
    counting.count()
    assert facts() == before


def test_a_mail_to_a_centre_stands_at_the_centre():
    make_unit("BS-VALBY", kind="centre")
    make_contact(channel="mail", unit="BS-VALBY", at=MORNING)
    make_contact(channel="mail", at=MORNING)
    counted("contacts", 2)
    assert [row.contacts for row in selectors.half_hours(["mail"], unit="BS-VALBY")] == [1]
    assert {row.unit for row in selectors.series()} == {"BS-VALBY", ""}


def test_a_visit_stands_at_the_centre_of_who_opened_it():
    agent = make_employee("Vera Valby", unit=make_unit("BS-VALBY", kind="centre"), groups={})
    make_opened(viewer_of(agent, MORNING), channel="counter")
    counted("contacts", 1)
    assert [row.unit for row in selectors.series()] == ["BS-VALBY"]


def test_a_visit_of_which_the_journal_says_no_unit_stands_where_its_employee_works():
    agent = make_employee("Vera Valby", unit=make_unit("BS-VALBY", kind="centre"), groups={})
    contact = make_contact(channel="mail", at=MORNING)
    with transaction.atomic():
        journal.record(
            "contact.opened_by_hand", at=MORNING, viewer_name=f"employee:{agent.id}", subject=contact,
            contact=contact.id, data={"channel": "counter", "tasks": []},
        )  # fmt: skip
    counted("contacts", 2)
    assert [row.unit for row in selectors.series() if row.channel == "counter"] == ["BS-VALBY"]


def test_an_inquiry_whose_task_is_chosen_later_moves_to_that_task_group():
    group = make_task("T-076").group_id
    contact = make_contact(channel="phone", at=MORNING)
    happened("work.accepted", contact, 2)
    happened("work.finished", contact, 9)
    counted("finished", 1)
    key = (date(2026, 3, 2), 16, "phone", "", "")
    assert facts() == {key: (1, 1, 420)}
    contacts.set_tasks(contact_id=contact.id, tasks=[TaskChoice("T-076")], viewer=system("test"), at=MORNING)
    for _ in range(100):
        counting.count()
        if key not in facts():
            break
        time.sleep(0.1)  # what somebody else has begun before may still come
    assert facts() == {(date(2026, 3, 2), 16, "phone", group, ""): (1, 1, 420)}
    assert [(row.group, row.contacts) for row in selectors.series()] == [(group, 1)]


def test_the_time_of_a_piece_of_work_stands_where_its_contact_came_in():
    make_task("T-076")
    contact = make_contact(channel="phone", tasks=["T-076"], at=MORNING)
    happened("work.accepted", contact, 2)
    happened("work.finished", contact, 9)
    counted("finished", 1)
    row = DailyFact.objects.get(channel="phone")
    assert (row.contacts, row.finished, row.handling_seconds, row.slot) == (1, 1, 420, 16)
    assert row.group


def test_what_is_counted_anew_from_the_journal_is_the_same():
    sent_in()
    contact = make_contact(channel="phone", at=MORNING)
    happened("work.taken", contact, 1)
    happened("work.finished", contact, 4)
    contacts.set_tasks(contact_id=contact.id, tasks=[TaskChoice("T-076")], viewer=system("test"), at=MORNING)
    counted("contacts", 25)
    counted("finished", 1)
    before, series = facts(), list(Series.objects.order_by("channel", "group").values_list("channel", "contacts"))
    counting.forget()
    assert not facts()
    counted("contacts", 25)
    counted("finished", 1)
    assert facts() == before
    assert list(Series.objects.order_by("channel", "group").values_list("channel", "contacts")) == series


def test_the_busiest_half_hour_of_a_centre_is_the_one_with_most_work():
    make_unit("BS-VALBY", kind="centre")
    make_task("T-076")
    for week in range(2):
        for number in range(3):
            make_contact(
                channel="counter",
                unit="BS-VALBY",
                tasks=["T-076"],
                at=MORNING + timedelta(days=7 * week, minutes=number),
            )
    make_contact(channel="counter", unit="BS-VALBY", at=MORNING + timedelta(hours=3))
    counted("contacts", 7)
    found = selectors.busiest(["counter"], ["BS-VALBY", "BS-X"], date(2026, 3, 1), date(2026, 3, 31))
    assert found["BS-VALBY"].contacts == 3 and len(found["BS-VALBY"].groups) == 1 and "BS-X" not in found
