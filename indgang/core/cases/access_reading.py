"""Requests for access as lists and as one page, for who may see them."""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext

from indgang.core.cases.access_grounds import BODIES
from indgang.core.cases.access_items import opened_request
from indgang.core.cases.access_packing import packing_of
from indgang.core.cases.access_presenting import READ, item_rows, request_rows
from indgang.core.cases.access_requests import SETTLED
from indgang.core.cases.access_values import AccessPage, AccessRow
from indgang.core.cases.deadlines import closed_days
from indgang.core.cases.lists import log_listed
from indgang.core.cases.models import AccessItem, AccessRequest, Case
from indgang.core.cases.numbering import normal_number
from indgang.core.cases.opening import setting_of
from indgang.core.cases.packaging import files_of, items_of, outcome_of
from indgang.core.cases.presenting import case_rows_of
from indgang.core.cases.rights import may_work_on, visible
from indgang.core.cases.values import ItemKind, Result
from indgang.core.cases.working_days import between
from indgang.core.citizens import selectors as citizens
from indgang.foundation.access.errors import NotFound
from indgang.foundation.access.values import Viewer
from indgang.foundation.runtime import clock

MOST = 200


def access_requests(
    viewer: Viewer, *, settled: bool = False, mine: bool = False, limit: int = 100, at: datetime
) -> tuple[AccessRow, ...]:
    """The requests this viewer may see, the one due first on top; `settled`: those that are over, newest first.

    Everybody named is in the access log. Raises NotFound for who is not staff, LogUnavailable.
    """
    rows = AccessRequest.objects.filter(own_case__in=Case.objects.filter(visible(viewer, at)).values("id"))
    if mine and viewer.actor is not None:
        rows = rows.filter(own_case__handler=viewer.actor.employee)
    if settled:
        rows = rows.filter(state__in=SETTLED).order_by("-received_at", "-id")
    else:
        rows = rows.filter(answered_at=None).exclude(state__in=SETTLED).order_by("due_at", "id")
    found = list(rows.select_related(*READ)[: max(1, min(limit, MOST))])
    log_listed(viewer, [row.own_case for row in found], at)
    listed = request_rows(found, at)
    return listed if settled else tuple(sorted(listed, key=lambda row: (row.running_until, row.number)))


def request_of_case(viewer: Viewer, number: str, at: datetime) -> UUID:
    """The request a case is, by its number; nothing of it is read. Missing and forbidden alike: NotFound."""
    seen = Case.objects.filter(visible(viewer, at), number=normal_number(number) or "-").values("id")
    found = AccessRequest.objects.filter(own_case__in=seen).values_list("id", flat=True).first()
    if found is None:
        raise NotFound
    return found


def request_of_item(viewer: Viewer, item_id: int, number: str, at: datetime) -> UUID:
    """The same, when that item belongs to it."""
    request = request_of_case(viewer, number, at)
    if not AccessItem.objects.filter(pk=item_id, request=request).exists():
        raise NotFound
    return request


def access_page(viewer: Viewer, request_id: UUID, at: datetime) -> AccessPage:
    """One request with its items and what the answer comes to, once the look is logged. NotFound as usual."""
    opened_request(request_id, viewer, at)
    request = AccessRequest.objects.select_related(*READ, "own_case__task", "own_case__unit").get(id=request_id)
    items = items_of(request)
    rows = item_rows(items, viewer, at)
    result = outcome_of(items)
    body, by = _appeal(request, at)
    own = request.own_case
    return AccessPage(
        row=request_rows([request], at)[0],
        own_case=case_rows_of([own], at)[0],
        case=request.case_id,
        person=request.person_id,
        is_party=request.is_party,
        asked_for=request.asked_for,
        held_ground=request.held_ground,
        items=rows,
        outcome=result.value,
        outcome_name=gettext(Result(result.value).label),
        lacking=tuple(row for row in rows if not row.ready),
        package=request.package,
        package_pages=request.package_pages,
        package_size=request.package_size,
        package_files=tuple(files_of(request)) if all(row.open or row.kind == ItemKind.APART for row in rows) else (),
        days_left=_days_left(request, at),
        appeal_body=body,
        appeal_by=by,
        packing=packing_of(request, at),
        may_work=may_work_on(viewer, own, at),
        version=request.version,
        postal=citizens.has_address(own.person_id) if own.person_id else bool(request.address),
    )


def working_days_left(until: datetime, at: datetime) -> int:
    """Working days to that day; negative when it has passed."""
    today, last = clock.local(at).date(), clock.local(until).date()
    return between(today, last, closed_days()) if last >= today else -between(last, today, closed_days())


def _days_left(request: AccessRequest, at: datetime) -> int:
    return working_days_left(request.held_until or request.due_at, at)


def _appeal(request: AccessRequest, at: datetime) -> tuple[str, date | None]:
    """Whom one complains to, and until when, where the service knows: the same as over a decision in the case."""
    if request.law in BODIES:
        return BODIES[request.law], None  # type: ignore[index]
    if request.case is None:
        return "", None
    rules = setting_of(request.case.task_id)
    weeks = rules.appeal_weeks
    day = clock.local(at).date() + timedelta(weeks=weeks) if weeks else None
    return rules.appeal_body, day
