"""Which kinds of things a case has, asked in one statement: most cases lack most of them."""

from pathlib import Path
from typing import TypeVar
from uuid import UUID

from django.db import connection
from django.db.models import Model, QuerySet

from indgang.core.cases.models import Party
from indgang.foundation.runtime.services import remembered

_SQL = (Path(__file__).parent / "sql" / "kinds.sql").read_text(encoding="utf-8")
T = TypeVar("T", bound=Model)


def rows_of(case_id: UUID, rows: QuerySet[T]) -> list[T]:
    """These rows, all of that case; one that has none of their kind is not asked for them."""
    return list(rows) if has(case_id, rows.model) else []


@remembered
def parties_of(case_id: UUID) -> list[Party]:
    """All parties it has had, those in force last, with their persons."""
    return list(Party.objects.filter(case=case_id).select_related("person").order_by("valid_to", "pk"))


def has(case_id: UUID, kind: type[Model]) -> bool:
    """Whether the case has anything of a kind that stands in the statement."""
    return kind._meta.model_name in _kinds(case_id)


@remembered
def _kinds(case_id: UUID) -> frozenset[str]:
    with connection.cursor() as cursor:
        cursor.execute(_SQL, {"case": case_id})
        return frozenset(row[0] for row in cursor.fetchall())
