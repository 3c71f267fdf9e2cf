"""What was done on a case a moment ago and is undone with one press. Views."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from indgang.core.cases import selectors as cases
from indgang.core.cases import services
from indgang.desks.workplace.case_staff import to_case
from indgang.desks.workplace.staff import staff_only
from indgang.foundation.access.errors import NotFound
from indgang.foundation.access.values import Viewer
from indgang.foundation.runtime import clock

KEPT = timedelta(minutes=10)
KEY = "sag-fortryd"
Facts = dict[str, Any]


def keep(request: HttpRequest, case_id: UUID, kind: str, told: str, facts: Facts, at: datetime) -> None:
    """Remember what was done, in the words the page says it with."""
    request.session[KEY] = {"case": str(case_id), "kind": kind, "told": told, "facts": facts, "at": at.timestamp()}


def offered(request: HttpRequest, case_id: UUID, at: datetime) -> str:
    """What was done on this case and can still be undone, in words; empty: nothing."""
    kept = _kept(request, case_id, at)
    return str(kept["told"]) if kept else ""


@require_POST
@staff_only
def undo(request: HttpRequest, viewer: Viewer, number: str) -> HttpResponse:
    """As it was before, once; NotFound when it is too late."""
    at = clock.now()
    case = cases.reached(viewer, number, at)
    kept = _kept(request, case.id, at)
    if kept is None:
        raise NotFound
    _ACTS[kept["kind"]](case.id, kept["facts"], viewer, at)
    del request.session[KEY]
    return to_case(request, case.number)


def _kept(request: HttpRequest, case_id: UUID, at: datetime) -> Facts | None:
    kept: Facts | None = request.session.get(KEY)
    if kept is None or kept["case"] != str(case_id) or at.timestamp() - kept["at"] >= KEPT.total_seconds():
        return None
    return kept


def _end_handler(case_id: UUID, facts: Facts, viewer: Viewer, at: datetime) -> None:
    services.end_handler(case_id=case_id, employee_id=facts["employee"], viewer=viewer, at=at)


def _add_handler(case_id: UUID, facts: Facts, viewer: Viewer, at: datetime) -> None:
    services.add_handler(case_id=case_id, employee_id=facts["employee"], viewer=viewer, at=at)


def _relate(case_id: UUID, facts: Facts, viewer: Viewer, at: datetime) -> None:
    services.relate(case_id=case_id, other=UUID(facts["other"]), kind=facts["kind"], viewer=viewer, at=at)


def _add_object(case_id: UUID, facts: Facts, viewer: Viewer, at: datetime) -> None:
    services.add_object(case_id=case_id, viewer=viewer, at=at, **facts)


HANDLER_ADDED, HANDLER_ENDED = "handler_added", "handler_ended"
RELATION_REMOVED, OBJECT_REMOVED = "relation_removed", "object_removed"
_ACTS: dict[str, Callable[[UUID, Facts, Viewer, datetime], None]] = {
    HANDLER_ADDED: _end_handler,
    HANDLER_ENDED: _add_handler,
    RELATION_REMOVED: _relate,
    OBJECT_REMOVED: _add_object,
}
