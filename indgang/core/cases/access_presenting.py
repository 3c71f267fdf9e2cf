"""Rows of access requests and their items as pages show them."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.utils.translation import gettext

from indgang.core.cases.access_sources import is_office, is_paged, unreadable_words
from indgang.core.cases.access_values import AccessItemRow, AccessRow
from indgang.core.cases.models import AccessItem, AccessRequest, Case
from indgang.core.cases.presenting import name_shown
from indgang.core.cases.rights import visible
from indgang.core.cases.values import AccessChoice, AccessLaw, AccessState, ItemKind
from indgang.core.organisation import selectors as organisation
from indgang.foundation.access.values import Viewer
from indgang.foundation.runtime import clock

READ = ("own_case__person", "case", "unit")


def request_rows(requests: Iterable[AccessRequest], at: datetime) -> tuple[AccessRow, ...]:
    """Requests as rows; the handlers' names in one statement."""
    found = list(requests)
    names = organisation.names({one.own_case.handler_id for one in found if one.own_case.handler_id})
    return tuple(_row(one, names, at) for one in found)


def item_rows(items: Sequence[AccessItem], viewer: Viewer, at: datetime) -> tuple[AccessItemRow, ...]:
    """Items as rows; of cases this viewer may not see only that there is something."""
    cases = {item.case_id for item in items if item.case_id}
    seen = dict(Case.objects.filter(visible(viewer, at), id__in=cases).values_list("id", "number")) if cases else {}
    return tuple(_item(one, seen.get(one.case_id) if one.case_id else "") for one in items)


def lacking(item: AccessItem) -> str:
    """What must be done before the item can go into the answer; empty: nothing."""
    if item.choice == AccessChoice.REFUSED:
        return "" if item.ground else gettext("skriv reglen")
    if item.unreadable:
        return "" if item.by_hand else gettext("skriv, hvordan den er håndteret")
    if item.choice == AccessChoice.REDACTED:
        if not item.ground:
            return gettext("skriv reglen")
        return "" if item.redacted else gettext("dæk det, der ikke må læses")
    return ""


def _row(one: AccessRequest, names: dict[int, str], at: datetime) -> AccessRow:
    running = one.held_until or one.due_at
    person, today = one.own_case.person, clock.local(at).date()
    settled = one.state in {AccessState.ANSWERED, AccessState.WITHDRAWN}
    return AccessRow(
        id=one.id,
        number=one.number,
        law=one.law,
        law_name=gettext(AccessLaw(one.law).label),
        requester=name_shown(person, today) if person is not None else one.requester,
        about=one.case.number if one.case is not None else "",
        state=one.state,
        state_name=gettext(AccessState(one.state).label),
        received_at=one.received_at,
        due_at=one.due_at,
        held_until=one.held_until,
        running_until=running,
        overdue=not settled and running < at,
        handler_name=names.get(one.own_case.handler_id or 0, ""),
        unit_name=one.unit.name if one.unit else "",
        answered_at=one.answered_at,
    )


def _item(one: AccessItem, number: str | None) -> AccessItemRow:
    seen = number is not None or one.kind == ItemKind.APART
    todo = lacking(one)
    return AccessItemRow(
        id=one.pk,
        order=one.order,
        kind=one.kind,
        kind_name=gettext(ItemKind(one.kind).label),
        case_number=number or "",
        title=one.title if seen else gettext("I en sag, du ikke må se"),
        dated=one.dated if seen else None,
        proposed=one.proposed,
        proposed_name=gettext(AccessChoice(one.proposed).label),
        proposed_why=one.proposed_why if seen else "",
        choice=one.choice,
        choice_name=gettext(AccessChoice(one.choice).label),
        ground=one.ground if seen else "",
        pages=one.pages,
        boxes=len(one.boxes),
        words=len(one.words),
        ready=not todo,
        lacking=todo,
        unreadable=unreadable_words(one.unreadable) if one.unreadable else "",
        by_hand=one.by_hand if seen else "",
        paged=is_paged(one),
        office=is_office(one),
        as_text=one.as_text,
        open=seen and one.kind != ItemKind.APART,
        version=one.version,
    )
