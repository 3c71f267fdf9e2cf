"""The journal alone tells the same figures as the tables: a second reading that shares no SQL with the first."""

import json
import random
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection

from indgang.core.catalogue.testing import make_task
from indgang.core.contacts import services as contacts
from indgang.core.contacts.testing import make_contact
from indgang.core.contacts.values import Inquirer, NewMessage, TaskChoice
from indgang.core.organisation.testing import make_employee, viewer_of
from indgang.core.routing import selectors as routing
from indgang.core.routing import services as work
from indgang.core.routing.testing import make_available
from indgang.core.routing.values import TransferTarget
from indgang.foundation.access.values import system
from indgang.foundation.runtime.errors import DomainError

CHANNELS = ("mail", "webform", "phone", "letter", "api")
OUTCOMES = ("informed", "decided", "self_service", "forwarded", "call_back")
TASKS = {"T-076": "moving", "T-112": "tax"}

# What an event says about the state after it. A reply leaves a contact that waits for the citizen waiting.
CONTACT_AFTER: dict[str, str | Callable[[str], str]] = {
    "contact.received": "new",
    "contact.opened_by_hand": "open",
    "contact.started": "open",
    "contact.message_received": lambda before: "new" if before == "new" else "open",
    "contact.replied": lambda before: "waiting" if before == "waiting" else "open",
    "contact.reopened": "open",
    "contact.handed_over": "open",
    "contact.waiting": "waiting",
    "contact.snoozed": "snoozed",
    "contact.closed": "closed",
}
ITEM_AFTER = {
    "work.waiting": "waiting",
    "work.offered": "offered",
    "work.accepted": "active",
    "work.taken": "active",
    "work.declined": "waiting",
    "work.expired": "waiting",
    "work.withdrawn": "waiting",
    "work.transferred": "waiting",
    "work.parked": "parked",
    "work.finished": "done",
}


class Day:
    """A working day of three employees, drawn from a seed."""

    def __init__(self, seed: int) -> None:
        self.draw = random.Random(seed)
        self.at = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
        for code, group in TASKS.items():
            make_task(code, group=group)
        groups = [{"moving": (3, 1), "tax": (2, 1)}, {"moving": (4, 1)}, {"tax": (4, 1)}]
        self.staff = [make_employee(f"Agent {n}", groups=can, username=f"agent{n}") for n, can in enumerate(groups)]
        self.known: list[Any] = []

    def play(self, steps: int) -> None:
        moves = [self.receive, self.receive, self.write, self.offer, self.accept, self.decline, self.answer]
        moves += [self.hand_on, self.put_aside, self.close, self.by_hand, self.take, self.settle, self.come]
        for _ in range(steps):
            self.at += timedelta(seconds=self.draw.randint(5, 90))
            with suppress(DomainError):  # what cannot be done changes nothing
                self.draw.choice(moves)()
            work.expire_offers(self.at)

    def receive(self) -> None:
        task = self.draw.choice([*TASKS, ""])
        channel = self.draw.choice(CHANNELS)
        self.known.append(make_contact(tasks=[task] if task else [], channel=channel, at=self.at).id)

    def settle(self) -> None:
        contact = make_contact(tasks=["T-076"], channel="webform", at=self.at).id
        self.known.append(contact)
        contacts.settle_at_once(contact_id=contact, outcome="self_service", at=self.at)

    def by_hand(self) -> None:
        opened = contacts.open_by_hand(
            channel="phone", inquirer=Inquirer(name="Ida Ring"), subject="Opkald", viewer=self.somebody()[1], at=self.at
        )
        self.known.append(opened.id)

    def write(self) -> None:
        message = NewMessage("Jeg har et spørgsmål mere.", "mail")
        made = contacts.receive_message(contact_id=self.any(), message=message, viewer=system("mail"), at=self.at)
        if made.contact_id not in self.known:
            self.known.append(made.contact_id)

    def come(self) -> None:
        make_available(self.draw.choice(self.staff).pk, self.at)

    def offer(self) -> None:
        work.dispatch_once(self.at)

    def accept(self) -> None:
        employee, viewer = self.somebody()
        if offer := routing.my_work(employee, self.at).offer:
            work.accept(item_id=offer.item.id, viewer=viewer, at=self.at)

    def decline(self) -> None:
        employee, viewer = self.somebody()
        if offer := routing.my_work(employee, self.at).offer:
            work.decline(item_id=offer.item.id, reason="busy", viewer=viewer, at=self.at)

    def take(self) -> None:
        employee, viewer = self.somebody()
        work.take_next(employee_id=employee, viewer=viewer, at=self.at)

    def answer(self) -> None:
        item, viewer = self.in_hand()
        contacts.reply(contact_id=item.contact, body="Her er svaret.", viewer=viewer, at=self.at)

    def hand_on(self) -> None:
        item, viewer = self.in_hand()
        to = TransferTarget(group=self.draw.choice(list(TASKS.values())))
        work.transfer(item_id=item.id, to=to, note="Resten er jeres.", viewer=viewer, at=self.at)

    def put_aside(self) -> None:
        item, viewer = self.in_hand()
        work.park(item_id=item.id, until=None, viewer=viewer, at=self.at)

    def close(self) -> None:
        item, viewer = self.in_hand()
        outcome = self.draw.choice(OUTCOMES)
        tasks = [TaskChoice("T-076", level=1)]
        note = "Sendt videre" if outcome == "forwarded" else ""
        contacts.close(contact_id=item.contact, outcome=outcome, tasks=tasks, note=note, viewer=viewer, at=self.at)

    def any(self) -> Any:
        if not self.known:
            raise DomainError
        return self.draw.choice(self.known)

    def somebody(self) -> tuple[int, Any]:
        employee = self.draw.choice(self.staff)
        return employee.pk, viewer_of(employee)

    def in_hand(self) -> tuple[Any, Any]:
        employee, viewer = self.somebody()
        active = [item for item in routing.my_work(employee, self.at).items if item.state == "active"]
        if not active:
            raise DomainError
        return self.draw.choice(active), viewer


def rows(statement: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall()


def told_by_the_journal() -> dict[str, Counter[str]]:
    """Contacts per state, outcome and channel, and items per state, from events alone."""
    state: dict[str, str] = {}
    outcome: dict[str, str] = {}
    channel: dict[str, str] = {}
    items: dict[str, str] = {}
    events = rows("SELECT verb, subject, data::text FROM journal_event ORDER BY position, id")
    for verb, subject, written in events:
        data = json.loads(written)
        if verb in ITEM_AFTER and items.get(subject) != "done":
            items[subject] = ITEM_AFTER[verb]
        if verb not in CONTACT_AFTER:
            continue
        after = CONTACT_AFTER[verb]
        state[subject] = after if isinstance(after, str) else after(state[subject])
        channel.setdefault(subject, str(data.get("channel", "")))
        if verb in {"contact.closed", "contact.reopened"}:
            outcome[subject] = str(data["outcome"]) if verb == "contact.closed" else ""
    return {
        "state": Counter(state.values()),
        "outcome": Counter(value for value in outcome.values() if value),
        "channel": Counter(channel.values()),
        "item": Counter(items.values()),
    }


def told_by_the_tables() -> dict[str, Counter[str]]:
    return {
        "state": Counter(dict(rows("SELECT state, count(*) FROM contacts_contact GROUP BY state"))),
        "outcome": Counter(
            dict(rows("SELECT outcome, count(*) FROM contacts_contact WHERE outcome <> '' GROUP BY outcome"))
        ),
        "channel": Counter(dict(rows("SELECT channel, count(*) FROM contacts_contact GROUP BY channel"))),
        "item": Counter(dict(rows("SELECT state, count(*) FROM routing_workitem GROUP BY state"))),
    }


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("seed", [1, 2])
def test_the_journal_and_the_tables_count_alike(seed: int):
    day = Day(seed)
    day.play(steps=350)
    told = told_by_the_tables()
    assert told_by_the_journal() == told
    assert sum(told["state"].values()) == len(day.known)
    assert min(len(told[kind]) for kind in told) >= 3  # the day was mixed enough to prove something


@pytest.mark.django_db(transaction=True)
def test_a_change_that_left_no_event_is_noticed():
    day = Day(3)
    day.play(steps=60)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE contacts_contact SET state = 'abandoned' WHERE id = %s", [day.known[0]])
    assert told_by_the_journal() != told_by_the_tables()
