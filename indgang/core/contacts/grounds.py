"""What decides who may read a contact, read in one statement however many they are."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from indgang.core.contacts.queries import GROUNDS
from indgang.foundation.access.values import Actor


@dataclass(frozen=True, slots=True)
class Grounds:
    """Whose a contact is, what it is about, and whether its reader was given it or has worked on it."""

    contact: UUID
    handler: int | None
    unit: int | None
    person: UUID | None
    representing: UUID | None
    state: str
    closed_at: datetime | None
    tasks: Sequence[str]
    given: bool


def grounds_of(contacts: Iterable[UUID], reader: Actor | None) -> list[Grounds]:
    """The grounds of these contacts for this reader; a process has none of its own."""
    ids = list(contacts)
    if not ids:
        return []
    with connection.cursor() as cursor:
        cursor.execute(GROUNDS, {"ids": ids, **facts_of(reader)})
        rows = cursor.fetchall()
    return [Grounds(*row) for row in rows]


def facts_of(reader: Actor | None) -> dict[str, Any]:
    """The parameters of sql/ground.sql."""
    return {
        "employee": reader.employee if reader else None,
        "units": list(units_of_actor(reader)) if reader else [],
        "groups": list(reader.competences) if reader else [],
    }


def units_of_actor(actor: Actor) -> frozenset[int]:
    """An employee's own unit and those they lead."""
    return actor.units | {actor.unit}
