"""The list of contacts: the rule of `reading.readable` as one condition, so a list never shows what opening refuses."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.contrib.postgres.search import SearchQuery
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import BooleanField, Exists, OuterRef, QuerySet
from django.db.models.expressions import RawSQL

from indgang.core.citizens.values import normal_mail, normal_phone
from indgang.core.contacts import reference as references
from indgang.core.contacts.errors import UnknownTag, WrongCursor
from indgang.core.contacts.models import CONTACT_WORDS, Contact, ContactTask
from indgang.core.contacts.presenting import LISTED, line_of
from indgang.core.contacts.queries import LIST_FIRST, LIST_PAGE, READABLE
from indgang.core.contacts.reading import informed_tasks, units_of
from indgang.core.contacts.values import ContactListPage, ContactQuery, ContactState
from indgang.foundation.access import services as access
from indgang.foundation.access.errors import NotFound
from indgang.foundation.access.values import Purpose, Viewer
from indgang.foundation.runtime import clock

LIST = Purpose("list", "contacts")
COUNTED = 250  # a list is counted no further: each one counted is one whose right is asked
_MOST = 100
_ENDED = (ContactState.CLOSED, ContactState.ABANDONED)


def contacts(
    viewer: Viewer, query: ContactQuery, cursor: str = "", limit: int = 50, *, at: datetime
) -> ContactListPage:
    """The contacts this viewer may open, filtered, a page at a time; the count is of the same rows.

    Ended ones among them open on a stated reason only, as everywhere. A row says who wrote and about what: everybody
    shown stands in the access log before this returns.
    Raises NotFound for who is not staff, WrongCursor, UnknownTag for a filter that does not exist, LogUnavailable.
    """
    rows = _filtered(readable_rows(viewer, at), query)
    size = max(1, min(limit, _MOST))
    counted, found = _page(rows, _after(cursor) if cursor else None, size + 1, oldest=query.sort == "oldest")
    more = len(found) > size
    log_listed(viewer, (person or facts[0] for person, *facts in found[:size]), at)
    shown = tuple(line_of(tuple(facts)) for _, *facts in found[:size])
    return ContactListPage(shown, str(shown[-1].id) if more else "", min(counted, COUNTED), counted > COUNTED)


def _page(rows: QuerySet[Contact], after: UUID | None, most: int, *, oldest: bool) -> tuple[int, list[tuple[Any, ...]]]:
    """How many there are, counted no further than needed, and one page: whose each is and what a list shows.

    The condition is made into SQL once; the first page is the beginning of what is counted, any other one is asked for
    beside it, both along the index of the order.
    """
    try:
        asked, facts = rows.order_by().values_list("person_id", *LISTED).query.sql_with_params()
    except EmptyResultSet:
        return 0, []
    statement = LIST_PAGE if after else LIST_FIRST
    if oldest:
        statement = statement.replace(" DESC", " ASC").replace("WHERE id <", "WHERE id >")
    given = (*facts, after, most) if after else (most,)
    with connection.cursor() as cursor:
        cursor.execute(statement.replace("{rows}", asked), (*facts, COUNTED + 1, *given))
        found = cursor.fetchall()
    return found[0][0] if found else 0, [row[1:] for row in found if row[2] is not None]


def log_listed(viewer: Viewer, people: Iterable[UUID], at: datetime) -> None:
    """A look at each whose contact is shown in a list, in one statement; LogUnavailable: then none may be shown.

    The contacts are what this viewer may read; while nobody knows whose one is, its look stands under its own id.
    """
    shown = list(people)
    if shown:
        access.open_many(viewer, citizens=shown, kind="contact_row", purpose=LIST, at=at)


def is_listed(value: str, citizen: UUID, viewer: Viewer) -> bool:
    """The purpose "list": to find one's work among what one may read."""
    return value == LIST.value and (viewer.is_staff or viewer.is_system)


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
    me, units, groups = actor.employee, list(units_of(viewer)), list(actor.competences)
    facts = (me, units, list(allowed), "" in allowed, me, units, groups)
    return Contact.objects.filter(RawSQL(READABLE, facts, output_field=BooleanField()))  # noqa: S611  (all is parameters)


def _filtered(rows: QuerySet[Contact], query: ContactQuery) -> QuerySet[Contact]:
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
    return _matching(rows, query)


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


def _matching(rows: QuerySet[Contact], query: ContactQuery) -> QuerySet[Contact]:
    """A reference, a mail address or a number; else beginnings of words of the name and the subject, all of them."""
    text = _plain(query.q).strip()[:120]
    if not text:
        return rows
    if references.is_valid(text):
        return rows.filter(reference=references.compact(text))
    if "@" in text:
        return rows.filter(inquirer_mail=normal_mail(text))
    if sum(c.isdigit() for c in text) >= 8 and not any(c.isalpha() for c in text):
        return rows.filter(inquirer_phone=normal_phone(text))
    words = [word for word in text.split()[:6] if any(c.isalnum() for c in word)]
    return rows.alias(words=CONTACT_WORDS).filter(words=_beginning(words)) if words else rows.none()


def _beginning(words: Iterable[str]) -> SearchQuery:
    """Words that begin like these; quoted, so that what somebody types is never read as an operator."""
    quoted = [word.replace("\\", " ").replace("'", "''") for word in words]
    asked = [
        f"'{word}':*" if len(word) > 1 else f"'{word}'" for word in quoted
    ]  # every second name begins with some letter
    return SearchQuery(" & ".join(asked), config="simple", search_type="raw")


def _after(cursor: str) -> UUID:
    try:
        return UUID(cursor)
    except ValueError:
        raise WrongCursor from None


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=clock.COPENHAGEN)


def _plain(text: str) -> str:
    return text.replace("\x00", "")
