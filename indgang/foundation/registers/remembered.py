"""The last answer of a register about a person: only the facts that are shown, only for a while."""

import json
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection
from psycopg.types.json import Jsonb

from indgang.foundation.registers.models import Remembered
from indgang.foundation.registers.values import FactKind, FactValue, Source

# One statement for all answers, for each commit is waited for. A late answer never takes the place of a newer one.
_REMEMBER = """
INSERT INTO registers_remembered AS r (source, person, facts, as_of, expires_at)
SELECT source, %(person)s, facts, %(at)s, expires_at
FROM unnest(%(sources)s::text[], %(facts)s::jsonb[], %(ends)s::timestamptz[]) AS one (source, facts, expires_at)
ON CONFLICT (person, source) DO UPDATE SET facts = excluded.facts, as_of = excluded.as_of,
    expires_at = excluded.expires_at
WHERE r.as_of <= excluded.as_of
"""

SAID_AGAIN = timedelta(minutes=5)  # the same facts once more in so short a time are not written once more


def remember(person: UUID, answers: Mapping[Source, Mapping[str, FactValue]], at: datetime) -> None:
    """Keep these answers about the person instead of the last ones."""
    if not answers:
        return
    with connection.cursor() as cursor:
        values: dict[str, Any] = {
            "person": person,
            "at": at,
            "sources": [source.code for source in answers],
            "facts": [Jsonb(_kept(facts)) for facts in answers.values()],
            "ends": [at + source.keep for source in answers],
        }
        cursor.execute(_REMEMBER, values)


def says_the_same(source: Source, said: str, facts: Mapping[str, FactValue]) -> bool:
    """Whether these facts are those that are kept (as JSON; empty: none)."""
    return bool(said) and _facts(source, json.loads(said)) == dict(facts)


def recall(sources: Iterable[Source], person: UUID, at: datetime) -> dict[str, tuple[dict[str, FactValue], datetime]]:
    """What these registers said last about the person, and when; what has expired is not there."""
    wanted = {source.code: source for source in sources}
    rows = Remembered.objects.filter(person=person, source__in=wanted, expires_at__gt=at)
    return {row.source: (_facts(wanted[row.source], row.facts), row.as_of) for row in rows}


def forget(source: Source, person: UUID) -> None:
    """What was kept is not true any more."""
    Remembered.objects.filter(person=person, source=source.code).delete()


def forget_expired(at: datetime) -> int:
    """Delete what has been kept long enough; how many."""
    return Remembered.objects.filter(expires_at__lte=at).delete()[0]


def _kept(facts: Mapping[str, FactValue]) -> dict[str, FactValue]:
    return {code: value.isoformat() if isinstance(value, date) else value for code, value in facts.items()}


def _facts(source: Source, kept: dict[str, Any]) -> dict[str, FactValue]:
    return {one.code: _value(one.kind, kept[one.code]) for one in source.facts if one.code in kept}


def _value(kind: FactKind, value: Any) -> FactValue:
    if kind == FactKind.DATE and value:
        return date.fromisoformat(value)
    if kind == FactKind.INCOMES:
        return tuple((str(month), str(employer), int(amount)) for month, employer, amount in value)
    found: FactValue = value
    return found
