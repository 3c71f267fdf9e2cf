"""Counting requests over all processes."""

from datetime import UTC, datetime, timedelta

from django.db import connection
from django.utils.crypto import salted_hmac

from indgang.foundation.web.errors import TooMany
from indgang.foundation.web.models import Answer, Count

ANSWERS_KEPT = timedelta(hours=24)
_COUNT = """
    INSERT INTO web_count (key, "window", count, ends_at) VALUES (%s, %s, 1, %s)
    ON CONFLICT (key, "window") DO UPDATE SET count = web_count.count + 1
    RETURNING count
"""


def rate_limit(key: str, limit: int, seconds: int, at: datetime) -> None:
    """Count one more of this key in the running window, or raise TooMany (429, with the seconds left).

    Call it outside the transaction of the work it guards: a rollback would take the count back.
    """
    window = int(at.timestamp()) // seconds
    ends_at = datetime.fromtimestamp((window + 1) * seconds, UTC)
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, [digest("limit", f"{key}/{seconds}"), window, ends_at])
        (count,) = cursor.fetchone()
    if count > limit:
        raise TooMany(retry_after=max(1, int((ends_at - at).total_seconds())))


def digest(salt: str, text: str) -> str:
    """A keyed hash: the table shows neither who called nor from where."""
    return salted_hmac(f"indgang.web.{salt}", text, algorithm="sha256").hexdigest()


def forget_old(at: datetime) -> int:
    """Drop counts of ended windows and answers older than a day; returns how many rows."""
    counts, _ = Count.objects.filter(ends_at__lt=at).delete()
    answers, _ = Answer.objects.filter(created_at__lt=at - ANSWERS_KEPT).delete()
    return counts + answers
