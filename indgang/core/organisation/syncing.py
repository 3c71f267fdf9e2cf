"""Brings rows of a table to what a profile says."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db.models import Model, ProtectedError, QuerySet

Row = Mapping[str, Any]


def sync_rows(
    rows: Iterable[Row], present: QuerySet[Any], *, key: tuple[str, ...], last_day: date | None = None
) -> int:
    """Make the rows present exactly these; returns how many changed.

    A row no longer there ends with `last_day`, or without one is removed; what something else points at is kept.
    """
    model, found = present.model, {tuple(getattr(row, name) for name in key): row for row in present}
    created, updated = [], []
    fields: set[str] = set()
    for row in rows:
        fields.update(row.keys() - set(key))
        known = found.pop(tuple(row[name] for name in key), None)
        if known is None:
            created.append(model(**row))
        elif any(getattr(known, name) != value for name, value in row.items()):
            for name, value in row.items():
                setattr(known, name, value)
            updated.append(known)
    model._default_manager.bulk_create(created, batch_size=1000)
    if updated:
        model._default_manager.bulk_update(updated, sorted(fields), batch_size=500)
    gone = _end(found.values(), last_day) if last_day else _remove(found.values())
    return len(created) + len(updated) + gone


def _end(rows: Iterable[Any], last_day: date) -> int:
    ended = [row for row in rows if row.valid_to is None or row.valid_to > last_day]
    for row in ended:
        row.valid_to = last_day
        row.save(update_fields=["valid_to"])
    return len(ended)


def _remove(rows: Iterable[Model]) -> int:
    removed = 0
    for row in rows:
        try:
            row.delete()
            removed += 1
        except ProtectedError:
            continue  # somebody still stands on it
    return removed
