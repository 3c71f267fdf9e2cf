"""What one can do with the facts: have them counted, also all over again."""

from datetime import datetime

from django.db import transaction

from indgang.desks.insight import counting
from indgang.foundation.access.values import Viewer
from indgang.foundation.journal import services as journal


def count() -> int:
    """Count what has happened since the last time; how many events were read. The job does the same."""
    return counting.count()


@transaction.atomic
def forget(*, viewer: Viewer, at: datetime) -> None:
    """Throw the facts away; counting makes them again from the journal's first event."""
    counting.forget()
    journal.record("facts.forgotten", at=at, viewer_name=viewer.name, subject="insight.facts:all", data={})
