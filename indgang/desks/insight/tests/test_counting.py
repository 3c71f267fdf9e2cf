"""What came in is counted once by half-hour, and agrees with what was sent in."""

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction

from indgang.core.catalogue.testing import make_task
from indgang.core.contacts.testing import make_contact
from indgang.desks.insight import counting, selectors
from indgang.desks.insight.models import DailyFact
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


def test_the_facts_agree_with_what_was_sent_in():
    expected: Counter = Counter()
    for channel, at in sent_in():
        local = clock.local(at)
        expected[channel, local.date(), local.hour * 2 + local.minute // 30] += 1
    counted("contacts", 24)
    found = {
        (channel, row.day, row.slot): row.contacts
        for channel in ("mail", "phone", "counter")
        for row in selectors.half_hours(channel)
    }
    assert found == dict(expected)


def test_counting_again_counts_nothing_twice():
    sent_in()
    counted("contacts", 24)
    before = list(DailyFact.objects.order_by("id").values_list("contacts", flat=True))
    assert counting.count() == 0 or list(DailyFact.objects.order_by("id").values_list("contacts", flat=True)) == before


def test_the_time_of_a_piece_of_work_stands_where_its_contact_came_in():
    make_task("T-076")
    contact = make_contact(channel="phone", tasks=["T-076"], at=MORNING)
    for verb, minutes in (("work.accepted", 2), ("work.finished", 9)):
        with transaction.atomic():
            journal.record(
                verb,
                at=MORNING + timedelta(minutes=minutes),
                viewer_name=system("test").name,
                subject="routing.workitem:00000000-0000-0000-0000-000000000007",
                contact=contact.id,
                data={},
            )
    counted("finished", 1)
    row = DailyFact.objects.get(channel="phone")
    assert (row.contacts, row.finished, row.handling_seconds, row.slot) == (1, 1, 420, 16)
    assert row.group
