"""The list of contacts: the rule of `reading.readable` as one condition, so a list never shows what opening refuses."""

from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.lookups import IsNull

from indgang.core.citizens.values import normal_mail, normal_phone
from indgang.core.contacts import reference as references
from indgang.core.contacts.errors import UnknownTag, WrongCursor
from indgang.core.contacts.models import Contact, ContactTask, Involved
from indgang.core.contacts.presenting import row_of
from indgang.core.contacts.reading import informed_tasks, units_of
from indgang.core.contacts.values import ContactListPage, ContactQuery, ContactState
from indgang.foundation.access.errors import NotFound
from indgang.foundation.access.values import Viewer
from indgang.foundation.runtime import clock

COUNTED = 1000  # a list is counted no further
_MOST = 100
_ENDED = (ContactState.CLOSED, ContactState.ABANDONED)
_WORDS_IN = timedelta(days=120)  # words are looked for in so much of the past, unless a first day is given


def contacts(
    viewer: Viewer, query: ContactQuery, cursor: str = "", limit: int = 50, *, at: datetime
) -> ContactListPage:
    """The contacts this viewer may open, filtered, a page at a time; the count is of the same rows.

    Ended ones among them open on a stated reason only, as everywhere.
    Raises NotFound for who is not staff, WrongCursor, UnknownTag for a filter that does not exist.
    """
    rows = _filtered(readable_rows(viewer, at), query, at)
    oldest = query.sort == "oldest"
    rows = rows.order_by("id" if oldest else "-id")
    counted = rows[: COUNTED + 1].count()
    if cursor:
        rows = rows.filter(id__gt=_after(cursor)) if oldest else rows.filter(id__lt=_after(cursor))
    size = max(1, min(limit, _MOST))
    found = list(rows[: size + 1])
    more = len(found) > size
    shown = tuple(row_of(row) for row in found[:size])
    return ContactListPage(shown, str(shown[-1].id) if more else "", min(counted, COUNTED), counted > COUNTED)


def readable_rows(viewer: Viewer, at: datetime) -> QuerySet[Contact]:
    """The contacts `reading.readable` lets this viewer read."""
    if viewer.is_system:
        return Contact.objects.all()
    actor = viewer.actor
    if not viewer.is_staff or actor is None:
        raise NotFound
    allowed = informed_tasks(viewer, at)
    if allowed is None:
        return Contact.objects.none()
    units = units_of(viewer)
    tasks = ContactTask.objects.filter(contact=OuterRef("id"))
    about = Q(_some(tasks.filter(task__in=allowed - {""})))
    if "" in allowed:
        about |= ~Q(_some(tasks))
    ground = Q(employee=actor.employee) | Q(unit__in=units) | (~Q(group="") & Q(group__in=list(actor.competences)))
    given = Q(_some(Involved.objects.filter(ground, contact=OuterRef("id"))))
    return Contact.objects.filter(Q(handler=actor.employee) | Q(unit__in=units) | about | given)


def _some(rows: "QuerySet[Any]") -> IsNull:
    """Whether there is such a row, asked contact by contact in an index. EXISTS among alternatives is answered from a
    list of the whole table, made anew for each page of a list."""
    return IsNull(Subquery(rows.values("pk")[:1]), False)


def _filtered(rows: QuerySet[Contact], query: ContactQuery, at: datetime) -> QuerySet[Contact]:
    rows = _in_state(rows, query.state)
    if query.task:
        rows = rows.filter(Exists(ContactTask.objects.filter(contact=OuterRef("id"), task=_plain(query.task))))
    if query.channel:
        rows = rows.filter(channel=_plain(query.channel))
    if query.unit is not None:
        rows = rows.filter(unit=query.unit)
    if query.handler is not None:
        rows = rows.filter(handler=query.handler)
    if query.since:
        rows = rows.filter(received_at__gte=_midnight(query.since))
    if query.until:
        rows = rows.filter(received_at__lt=_midnight(query.until + timedelta(days=1)))
    return _matching(rows, query, at)


def _in_state(rows: QuerySet[Contact], state: str) -> QuerySet[Contact]:
    if not state:
        return rows
    if state == "open":
        return rows.exclude(state__in=_ENDED)
    if state == "in_hand":
        return rows.exclude(state__in=_ENDED).filter(handler__isnull=False)
    if state not in ContactState.values:
        raise UnknownTag(field="state", value=_plain(state)[:40], known=", ".join(ContactState.values))
    return rows.filter(state=state)


def _matching(rows: QuerySet[Contact], query: ContactQuery, at: datetime) -> QuerySet[Contact]:
    """A reference, a mail address or a number finds by index; words are looked for in the recent past."""
    text = _plain(query.q).strip()[:120]
    if not text:
        return rows
    if references.is_valid(text):
        return rows.filter(reference=references.compact(text))
    if "@" in text:
        return rows.filter(inquirer_mail=normal_mail(text))
    if sum(c.isdigit() for c in text) >= 8 and not any(c.isalpha() for c in text):
        return rows.filter(inquirer_phone=normal_phone(text))
    for word in text.split()[:6]:
        rows = rows.filter(Q(inquirer_name__icontains=word) | Q(subject__icontains=word))
    return rows if query.since else rows.filter(received_at__gte=at - _WORDS_IN)


def _after(cursor: str) -> UUID:
    try:
        return UUID(cursor)
    except ValueError:
        raise WrongCursor from None


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=clock.COPENHAGEN)


def _plain(text: str) -> str:
    return text.replace("\x00", "")
