"""A person sends again or takes back what stopped; never what is on its way at that moment."""

from datetime import UTC, datetime

import pytest

from indgang.foundation.journal import selectors, services
from indgang.foundation.journal.errors import ParcelOnItsWay
from indgang.foundation.journal.models import OutboxParcel
from indgang.foundation.journal.values import OutboxState

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)


def parcel(state: str) -> OutboxParcel:
    return OutboxParcel.objects.create(
        transport="mail",
        key=f"en-{state}",
        payload={},
        subject="x:1",
        state=state,
        due_at=AT,
        created_at=AT,
        attempts=12,
    )


@pytest.mark.parametrize("by_hand", [services.retry_parcel, services.withdraw_parcel])
def test_a_parcel_that_is_being_sent_is_left_to_its_worker(by_hand):
    row = parcel(OutboxState.SENDING)
    with pytest.raises(ParcelOnItsWay):
        by_hand(parcel_id=row.pk, viewer_name="employee:1", at=AT)
    row.refresh_from_db()
    assert (row.state, row.attempts) == (OutboxState.SENDING, 12)


def test_a_parcel_that_gave_up_is_tried_again():
    row = parcel(OutboxState.ATTENTION)
    services.retry_parcel(parcel_id=row.pk, viewer_name="employee:1", at=AT)
    assert [one.id for one in selectors.outbox(OutboxState.WAITING)] == [row.pk]


def test_what_has_happened_since_the_last_seal_is_counted():
    assert selectors.last_seal() is None
