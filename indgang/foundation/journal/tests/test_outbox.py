"""What must leave the house leaves at least once, and its state can be seen."""

import time
from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction

from indgang.foundation.journal import selectors
from indgang.foundation.journal import services as journal
from indgang.foundation.journal.errors import DeliveryFailed, DeliveryRefused, ParcelSettled, UnknownParcel
from indgang.foundation.journal.outbox import BACK_OFF, CUT_OFF, LEASE, MOST_ATTEMPTS
from indgang.foundation.journal.values import OutboxState, Parcel

AT = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
pytestmark = [pytest.mark.kernel, pytest.mark.django_db(transaction=True)]


class Far:
    """The far side of a transport: keeps what it got and fails as told."""

    def __init__(self) -> None:
        self.got: list[str] = []
        self.fail: Exception | None = None
        self.gave_up: list[str] = []
        journal.register_transport("far", self.deliver, gave_up=lambda parcel, why: self.gave_up.append(why))

    def deliver(self, parcel: Parcel) -> None:
        self.got.append(parcel.key)
        if self.fail:
            raise self.fail


@pytest.fixture
def far(monkeypatch) -> Far:
    monkeypatch.setattr("indgang.foundation.journal.outbox._transports", {})
    return Far()


def send(key: str = "1") -> int:
    journal.send(transport="far", key=key, payload={"n": 1}, subject="t:1", at=AT)
    return selectors.outbox()[0].id


def state() -> str:
    return selectors.outbox()[0].state


def test_a_parcel_is_delivered_and_marked(far):
    send()
    assert journal.deliver_due(AT) == 1
    assert (far.got, state(), journal.deliver_due(AT)) == (["1"], OutboxState.SENT, 0)


def test_a_far_side_that_hangs_holds_up_no_other(far, monkeypatch):
    monkeypatch.setattr("indgang.foundation.journal.outbox.SLOW_SECONDS", 0.05)
    monkeypatch.setattr("indgang.foundation.journal.outbox._was_slow", {})
    printed: list[str] = []
    journal.register_transport("printer", lambda parcel: (printed.append(parcel.key), time.sleep(0.1)))
    for number in range(5):
        journal.send(transport="printer", key=str(number), payload={}, subject="t:1", at=AT - timedelta(hours=1))
    for number in range(3):
        send(str(number))
    assert journal.deliver_due(AT, limit=2) == 3
    assert (printed, far.got) == (["0"], ["0", "1"])
    journal.deliver_due(AT, limit=2)
    assert (printed, far.got) == (["0", "1"], ["0", "1", "2"])


def test_the_same_key_twice_is_one_parcel(far):
    send()
    send()
    journal.deliver_due(AT)
    assert far.got == ["1"]


def test_a_parcel_goes_with_its_transaction(far):
    with pytest.raises(LookupError), transaction.atomic():
        send()
        raise LookupError
    assert selectors.outbox() == []


def test_a_failure_is_tried_again_later_with_the_same_key(far):
    send()
    far.fail = DeliveryFailed("busy")
    journal.deliver_due(AT)
    assert journal.deliver_due(AT) == 0
    far.fail = None
    assert journal.deliver_due(AT + BACK_OFF[0]) == 1
    assert (far.got, state()) == (["1", "1"], OutboxState.SENT)


def test_after_the_last_failure_a_person_must_act(far):
    send()
    far.fail = DeliveryFailed("busy")
    at = AT
    for pause in [timedelta(0), *BACK_OFF]:
        at += pause
        journal.deliver_due(at)
    assert (state(), far.gave_up, selectors.attention_count()) == (OutboxState.ATTENTION, ["busy"], 1)


def test_a_refusal_needs_a_person_at_once(far):
    parcel = send()
    far.fail = DeliveryRefused("no such mailbox")
    journal.deliver_due(AT)
    assert selectors.outbox()[0].error == "no such mailbox"
    far.fail = None
    journal.retry_parcel(parcel_id=parcel, viewer_name="employee:1", at=AT)
    journal.deliver_due(AT)
    assert state() == OutboxState.SENT
    with pytest.raises(ParcelSettled):
        journal.withdraw_parcel(parcel_id=parcel, viewer_name="employee:1", at=AT)


def test_an_unknown_parcel_is_not_found():
    with pytest.raises(UnknownParcel):
        journal.withdraw_parcel(parcel_id=1, viewer_name="employee:1", at=AT)


def test_an_unknown_transport_needs_a_person():
    journal.send(transport="nowhere", key="1", payload={}, subject="t:1", at=AT)
    journal.deliver_due(AT)
    assert state() == OutboxState.ATTENTION


def test_a_parcel_of_a_process_that_died_is_attempted_again(far):
    parcel = send()
    far.fail = KeyboardInterrupt()  # type: ignore[assignment]
    with pytest.raises(KeyboardInterrupt):
        journal.deliver_parcel(parcel, AT)
    far.fail = None
    assert (state(), journal.deliver_due(AT + timedelta(seconds=1))) == (OutboxState.SENDING, 0)
    assert journal.deliver_due(AT + LEASE + timedelta(seconds=1)) == 1
    assert state() == OutboxState.SENT


def test_a_parcel_whose_attempts_are_cut_off_again_and_again_needs_a_person(far):
    parcel = send()
    far.fail = RuntimeError("a fault of ours")
    at = AT
    for _ in range(MOST_ATTEMPTS):
        with pytest.raises(RuntimeError):
            journal.deliver_parcel(parcel, at)
        at += LEASE + timedelta(seconds=1)
    journal.deliver_due(at)
    assert (state(), far.gave_up, len(far.got)) == (OutboxState.ATTENTION, [CUT_OFF], MOST_ATTEMPTS)


def test_nobody_else_gets_a_parcel_that_was_late_in_the_row(far, monkeypatch):
    seconds = [0.0]
    monkeypatch.setattr("indgang.foundation.journal.outbox.time.monotonic", lambda: seconds[0])
    taken: list[bool] = []
    journal.register_transport("far", lambda parcel: seconds.__setitem__(0, 200.0))  # the first one takes minutes
    journal.register_transport(
        "second", lambda parcel: taken.append(journal.deliver_parcel(parcel.id, AT + timedelta(seconds=201)))
    )
    send("1")
    journal.send(transport="second", key="2", payload={}, subject="t:1", at=AT)
    assert (journal.deliver_due(AT), taken) == (2, [False])
