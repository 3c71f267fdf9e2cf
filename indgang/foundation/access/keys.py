"""Keys as their keepers see them: whose, since when, last used, closed."""

from datetime import datetime, timedelta

from django.db.models import Q

from indgang.foundation.access.errors import NotFound
from indgang.foundation.access.models import ApiKey
from indgang.foundation.access.values import KeyRow, Role, Viewer

USE_IS_NOTED_EVERY = timedelta(minutes=1)


def keys(viewer: Viewer) -> list[KeyRow]:
    """Every key, those that open something first, the newest first; for operations and the security leader."""
    if not (viewer.is_process or viewer.has_role(Role.SECURITY_LEADER, Role.OPERATOR)):
        raise NotFound
    rows = ApiKey.objects.select_related("account").order_by("-created_at", "-pk")
    found = [
        KeyRow(
            row.pk,
            row.kind,
            row.name,
            row.account.username if row.account else "",
            row.created_at,
            row.revoked_at,
            row.last_used_at,
        )
        for row in rows
    ]
    return sorted(found, key=lambda row: row.revoked_at is not None)


def is_due(last_used_at: datetime | None, at: datetime) -> bool:
    """Whether another use is worth a statement: once a minute for however busy a program."""
    return last_used_at is None or last_used_at < at - USE_IS_NOTED_EVERY


def note_use(key_id: int, at: datetime) -> None:
    """The key was used now."""
    old = Q(last_used_at=None) | Q(last_used_at__lt=at - USE_IS_NOTED_EVERY)
    ApiKey.objects.filter(old, pk=key_id).update(last_used_at=at)
