"""A person with everything their card shows, read in one statement: it is asked with every page about them."""

import json
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import connection

from indgang.core.citizens.values import BusinessRow


@dataclass(frozen=True, slots=True)
class PersonRead:
    """The facts of a person before anything is masked; they leave only through `masking`."""

    id: UUID
    cpr: str | None
    name: str
    born: date | None
    street: str
    house: str
    postcode: str
    city: str
    municipality: str
    language: str
    interpreter: str
    adviser: int | None
    special_group: str | None
    died: date | None
    merged_into: UUID | None
    provisional: bool
    invented: bool
    version: int
    whole_cpr: str | None  # of who they were merged into, or their own
    protected_until: date | None  # the same: what was said is theirs too
    group_title: str
    group_title_en: str
    points: tuple[tuple[str, str], ...]  # kind and value
    businesses: tuple[BusinessRow, ...]


def read_person(person_id: UUID) -> PersonRead | None:
    """The person, or None; nothing of it may be shown before the look is logged."""
    with connection.cursor() as cursor:
        cursor.execute(_statement(), {"person": person_id})
        row = cursor.fetchone()
    if row is None:
        return None
    points = tuple((kind, value) for kind, value in json.loads(row[-2] or "[]"))
    firms = tuple(
        BusinessRow(UUID(key), cvr, name, place.strip()) for key, cvr, name, place in json.loads(row[-1] or "[]")
    )
    told: tuple[Any, ...] = (*row[:-2], points, firms)
    return PersonRead(*told)


@cache
def _statement() -> str:
    return (Path(__file__).parent / "sql" / "person.sql").read_text(encoding="utf-8")
