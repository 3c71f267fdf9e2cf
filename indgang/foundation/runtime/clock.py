"""The one clock: the machine's time plus one offset kept in the database (moved in demo and tests only).

Read it at the edge (a view, a job, a command) and hand `at` down; nothing below reads it again.
"""

import time
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
_FRESH_SECONDS = 1.0
_known: tuple[float, timedelta] | None = None


def now() -> datetime:
    """The service's time, in UTC."""
    return datetime.now(UTC) + _offset()


def today() -> date:
    """The service's date in Copenhagen."""
    return local(now()).date()


def local(at: datetime) -> datetime:
    """The same instant on a clock in Copenhagen."""
    return at.astimezone(COPENHAGEN)


def move(offset: timedelta) -> None:
    """Set how far the clock is ahead of the machine's; every process follows within a second."""
    global _known
    from indgang.foundation.runtime.models import ClockOffset

    ClockOffset.objects.update_or_create(id=1, defaults={"offset": offset})
    _known = (time.monotonic(), offset)


def forget() -> None:
    """Read the offset again at the next call (tests between two databases)."""
    global _known
    _known = None


def _offset() -> timedelta:
    global _known
    if not settings.INDGANG_DEMO:
        return timedelta(0)
    if _known is None or time.monotonic() - _known[0] > _FRESH_SECONDS:
        from indgang.foundation.runtime.models import ClockOffset

        row = ClockOffset.objects.filter(id=1).first()
        _known = (time.monotonic(), row.offset if row else timedelta(0))
    return _known[1]
