"""What was done with several cases a moment ago, and can still be undone."""

from datetime import datetime, timedelta

from django.http import HttpRequest

KEPT = timedelta(minutes=10)
KEY = "sager-fortryd"


def offered(request: HttpRequest, at: datetime) -> bool:
    """Whether there is something to undo."""
    kept = request.session.get(KEY)
    return kept is not None and at.timestamp() - kept["at"] < KEPT.total_seconds()
