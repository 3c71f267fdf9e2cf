"""What hand-written statements read, as rows of the models.

A column is named after its field; "unit__name" is the name of the unit the row points to. Fields that were not read
are asked for when somebody needs them, as with a queryset's `only`. Any other column stands in the row's `vars`, as
with `annotate`.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any, TypeVar
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import Field, ForeignKey, Model

M = TypeVar("M", bound=Model)
_FROM_TEXT: dict[str, Callable[[str], object]] = {
    "UUIDField": UUID,
    "DateTimeField": datetime.fromisoformat,
    "DateField": date.fromisoformat,
}


@dataclass(frozen=True)
class _Shape:
    """Which columns make a row, and the rows it points to."""

    kind: type[Model]
    fields: tuple[str, ...]
    places: tuple[int, ...]  # of the columns, in the order of the model's fields
    key: int  # the place of the primary key: nothing there, and there is no such row
    texts: tuple[tuple[int, Callable[[str], object]], ...]  # how columns are read that came as text
    pointed: tuple[tuple["Field[Any, Any]", "_Shape"], ...]
    more: tuple[tuple[str, int], ...]


def rows_read(kind: type[M], statement: str, facts: Mapping[str, Any] | Sequence[Any]) -> list[M]:
    """The rows a statement finds, in its order."""
    with connection.cursor() as cursor:
        cursor.execute(statement, facts)
        found = cursor.fetchall()
        shape = _shape(kind, tuple(column[0] for column in cursor.description or ()))
    return [_made(shape, values) for values in found]


def rows_told(kind: type[M], told: Sequence[Mapping[str, Any]] | None) -> list[M]:
    """The rows a statement tells of as JSON objects."""
    if not told:
        return []
    shape = _shape(kind, tuple(told[0]))
    return [_made(shape, _as_typed(shape, list(one.values()))) for one in told]


def _made(shape: _Shape, values: Sequence[Any]) -> Any:
    row = shape.kind.from_db(DEFAULT_DB_ALIAS, shape.fields, [values[place] for place in shape.places])
    for field, pointed in shape.pointed:
        if values[pointed.key] is not None:
            field.set_cached_value(row, _made(pointed, values))  # type: ignore[attr-defined]
    for name, place in shape.more:
        vars(row)[name] = values[place]
    return row


def _as_typed(shape: _Shape, values: list[Any]) -> list[Any]:
    for place, read in shape.texts:
        if values[place] is not None:
            values[place] = read(values[place])
    for _, pointed in shape.pointed:
        _as_typed(pointed, values)
    return values


@cache
def _shape(kind: type[Model], columns: tuple[str, ...], prefix: str = "") -> _Shape:
    places = {name.removeprefix(prefix): place for place, name in enumerate(columns) if name.startswith(prefix)}
    own = [field for field in kind._meta.concrete_fields if field.attname in places]
    assert kind._meta.pk is not None
    relations = dict.fromkeys(name.partition("__")[0] for name in places if "__" in name)
    known = {field.attname for field in own}
    return _Shape(
        kind=kind,
        fields=tuple(field.attname for field in own),
        places=tuple(places[field.attname] for field in own),
        key=places[kind._meta.pk.attname],
        texts=tuple((places[field.attname], read) for field in own if (read := _from_text(field)) is not None),
        pointed=tuple((_field(kind, name), _pointed(kind, name, columns, f"{prefix}{name}__")) for name in relations),
        more=tuple((name, place) for name, place in places.items() if name not in known and "__" not in name),
    )


def _pointed(kind: type[Model], name: str, columns: tuple[str, ...], prefix: str) -> _Shape:
    to = _field(kind, name).related_model
    assert isinstance(to, type)
    return _shape(to, columns, prefix)


def _field(kind: type[Model], name: str) -> "Field[Any, Any]":
    field = kind._meta.get_field(name)
    assert isinstance(field, ForeignKey)
    return field


def _from_text(field: "Field[Any, Any]") -> Callable[[str], object] | None:
    while isinstance(field, ForeignKey):
        field = field.target_field
    return _FROM_TEXT.get(field.get_internal_type())
