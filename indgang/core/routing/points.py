"""The lists people choose from: service points and reasons for a pause, in the reader's language."""

from collections.abc import Iterable
from datetime import datetime
from typing import TypeVar

from django.db.models import Q, QuerySet
from django.utils.translation import get_language

from indgang.core.routing.facts import Point
from indgang.core.routing.keeping import Kept
from indgang.core.routing.models import PauseReason, ServicePoint
from indgang.core.routing.values import PauseRow, PointRow
from indgang.foundation.runtime import clock

M = TypeVar("M", ServicePoint, PauseReason)


def pause_reasons(at: datetime | None = None) -> list[PauseRow]:
    """The municipality's list of reasons to be away for a while, in the reader's language."""
    english = get_language() == "en"
    rows = in_force(PauseReason, at).order_by("order", "code")
    return [PauseRow(row.code, row.title_en if english else row.title) for row in rows]


def service_points(at: datetime | None = None) -> list[PointRow]:
    """Where one can serve, in the reader's language."""
    rows = in_force(ServicePoint, at).order_by("order", "code")
    return [point_row(row) for row in rows]


def point_row(row: ServicePoint) -> PointRow:
    """A service point as it is shown."""
    return point_of(row.code, row.name, row.name_en, row.unit_id, row.groups, row.media)


def point_of(
    code: str, name: str, name_en: str, unit: int | None, groups: Iterable[str], media: Iterable[str]
) -> PointRow:
    """A service point as it is shown, of its columns."""
    return PointRow(code, name_en if get_language() == "en" else name, unit, tuple(groups), tuple(media))


def points(at: datetime) -> dict[str, Point]:
    """The service points as the policy takes them."""
    return _POINTS.at(at)


def pause_names(at: datetime) -> tuple[PauseRow, ...]:
    """The list of reasons, for pages that show it all the time."""
    return (_ENGLISH if get_language() == "en" else _DANISH).at(at)


def in_force(model: type[M], at: datetime | None) -> QuerySet[M]:
    """The rows of such a list that hold that day."""
    day = clock.local(at or clock.now()).date()
    return model._default_manager.filter(Q(valid_to=None) | Q(valid_to__gte=day))


def _points(at: datetime) -> dict[str, Point]:
    rows = in_force(ServicePoint, at)
    return {row.code: Point(row.code, frozenset(row.groups), frozenset(row.media)) for row in rows}


_POINTS = Kept(_points)
_DANISH, _ENGLISH = Kept(lambda at: tuple(pause_reasons(at))), Kept(lambda at: tuple(pause_reasons(at)))
