"""Telling the owners that a card must be looked at again."""

from datetime import datetime

from django.db import transaction
from django.db.models import F, Q

from indgang.core.catalogue.card_lists import AHEAD
from indgang.core.catalogue.models import Card
from indgang.foundation.journal import services as journal
from indgang.foundation.runtime import clock

REMINDER = "system:card-reminder"


@transaction.atomic
def remind_reviews(*, at: datetime) -> int:
    """Record once per review day that it comes near; how many cards. The event carries the owner."""
    due = Card.objects.select_for_update(of=("self",), skip_locked=True).filter(
        Q(reminded_for=None) | ~Q(reminded_for=F("review_by")), review_by__lte=clock.local(at).date() + AHEAD
    )
    cards = list(due.select_related("task").order_by("task"))
    for card in cards:
        card.reminded_for = card.review_by
        card.save(update_fields=["reminded_for"])
        journal.record(
            "card.review_due", at=at, viewer_name=REMINDER, subject=card,
            data={"task": card.pk, "administration": card.task.administration_id, "by": str(card.review_by)},
        )  # fmt: skip
    return len(cards)
