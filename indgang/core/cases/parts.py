"""What one case consists of, read in one statement: its small parts, and which kinds of other things it has."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar
from uuid import UUID

from django.db import connection
from django.db.models import Model, QuerySet

from indgang.core.cases.models import Deadline, Party, ProgressChange, Step
from indgang.core.cases.reading import rows_told
from indgang.foundation.runtime.services import remembered

_SQL = (Path(__file__).parent / "sql" / "parts.sql").read_text(encoding="utf-8")
_PEOPLE = "SELECT person_id FROM cases_party WHERE case_id = %s AND person_id IS NOT NULL ORDER BY valid_to, id"
T = TypeVar("T", bound=Model)


@dataclass(frozen=True)
class CaseParts:
    """The rows of one case."""

    parties: list[Party]  # all it has had, those in force last, with their persons
    history: list[ProgressChange]
    steps: list[Step]  # with their units
    deadlines: list[Deadline]
    kinds: frozenset[str]  # of the things most cases lack


def parts_of(case_id: UUID) -> CaseParts:
    """The parts of that case, each in its order; inside one look read once."""
    kept = _parts_read()
    if case_id not in kept:
        kept[case_id] = _read(case_id)
    return kept[case_id]


@remembered
def _parts_read() -> dict[UUID, CaseParts]:
    return {}


def _read(case_id: UUID) -> CaseParts:
    with connection.cursor() as cursor:
        cursor.execute(_SQL, {"case": case_id})
        told = json.loads(cursor.fetchone()[0])
    return CaseParts(
        parties=rows_told(Party, told["parties"]),
        history=rows_told(ProgressChange, told["history"]),
        steps=rows_told(Step, told["steps"]),
        deadlines=rows_told(Deadline, told["deadlines"]),
        kinds=frozenset(told["kinds"] or ()),
    )


def people_of(case_id: UUID) -> list[UUID]:
    """The persons who are, or were, a party."""
    with connection.cursor() as cursor:
        cursor.execute(_PEOPLE, [case_id])
        return [row[0] for row in cursor.fetchall()]


def parties_of(case_id: UUID) -> list[Party]:
    """All parties it has had, those in force last, with their persons."""
    return list(parts_of(case_id).parties)


def rows_of(case_id: UUID, kind: type[T], rows: Callable[[], "QuerySet[T]"]) -> list[T]:
    """These rows, all of that case; one that has none of their kind is not asked for them."""
    return list(rows()) if has(case_id, kind) else []


def has(case_id: UUID, kind: type[Model]) -> bool:
    """Whether the case has anything of a kind that stands in the statement."""
    return kind._meta.model_name in parts_of(case_id).kinds


def is_known_to_lack(case_id: UUID, kind: type[Model]) -> bool:
    """Whether the parts were read and say that the case had nothing of a kind then; nothing is asked."""
    parts = _parts_read().get(case_id)
    return parts is not None and kind._meta.model_name not in parts.kinds
