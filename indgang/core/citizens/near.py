"""Who lives with somebody or near them, for the security leader's rules; ids only, nothing about anybody is read."""

from collections.abc import Iterable
from functools import cache
from pathlib import Path
from uuid import UUID

from django.db import connection

from indgang.core.citizens.protection import require_leader
from indgang.core.citizens.values import Near
from indgang.foundation.access.values import Viewer


def near(viewer: Viewer, people: Iterable[UUID], *, houses: int) -> dict[UUID, Near]:
    """The household and the neighbours of each, in one statement."""
    require_leader(viewer)
    wanted = list(set(people))
    found: dict[UUID, tuple[set[UUID], set[UUID]]] = {one: (set(), set()) for one in wanted}
    with connection.cursor() as cursor:
        cursor.execute(_statement(), {"people": wanted, "houses": houses})
        for own, other, lives_with in cursor.fetchall():
            found[own][0 if lives_with else 1].add(other)
    return {own: Near(frozenset(family), frozenset(neighbours)) for own, (family, neighbours) in found.items()}


@cache
def _statement() -> str:
    return (Path(__file__).parent / "sql" / "near.sql").read_text(encoding="utf-8")
