"""Lists of cases: the rule of who may see them as one condition, a page at a time in the order of an index."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from uuid import UUID

from django.contrib.postgres.search import SearchQuery
from django.db import connection
from django.db.models import CharField, F, Q, QuerySet, Value
from django.db.models.functions import Cast

from indgang.core.cases.case_search import newest_cases, with_number
from indgang.core.cases.case_values import CaseListPage, CaseQuery, CaseRow, Due, HiddenCase, PersonCases, Sort
from indgang.core.cases.errors import UnknownValue, WrongCaseCursor, WrongNumberAsked
from indgang.core.cases.models import CASE_WORDS, Case
from indgang.core.cases.numbering import normal_number
from indgang.core.cases.presenting import UNANSWERED, Listed, listed, listed_rows
from indgang.core.cases.rights import visible
from indgang.core.cases.seeing import seen_by, statement
from indgang.core.cases.values import Progress, Waiting
from indgang.core.cases.writing import clean, line
from indgang.core.citizens import selectors as citizens
from indgang.core.citizens.values import FoundPerson
from indgang.core.organisation import selectors as organisation
from indgang.foundation.access import services as access
from indgang.foundation.access.errors import NotFound
from indgang.foundation.access.values import Purpose, Viewer
from indgang.foundation.runtime import clock

LISTED = Purpose("case_list", "cases")
COUNTED = 250  # a list is counted no further: each one counted is one whose right is asked
MOST = 200
_LISTED = len(Listed._fields)
_NUMBERED = 7  # digits: shorter ones are words of a title


def case_rows(viewer: Viewer, query: CaseQuery, cursor: str = "", limit: int = 50, *, at: datetime) -> CaseListPage:
    """The cases this viewer may see, filtered, a page at a time; everybody named in them stands in the access log.

    Raises NotFound for who is not staff, UnknownValue for a filter there is not, WrongCaseCursor, LogUnavailable.
    """
    if query.closed:  # ended cases have no deadline that counts, and the newest are what one looks for
        query = replace(query, sort=Sort.OLDEST if query.sort == Sort.OLDEST else Sort.NEWEST)
    rows = filtered(Case.objects.filter(visible(viewer, at)), viewer, query, at)
    size = max(1, min(limit, MOST))
    ordered = _ordered(rows, query.sort, by_words=_is_words(query.q))
    found = listed(_after(ordered, query.sort, cursor)[: size + 1])
    page, more = found[:size], len(found) > size
    counted = ordered[: COUNTED + 1].count() if more or cursor else len(page)
    log_listed(viewer, page, at)
    shown = listed_rows(page, at)
    return CaseListPage(shown, _cursor(page[-1], query.sort) if more else "", min(counted, COUNTED), counted > COUNTED)


def search_cases(viewer: Viewer, q: str, at: datetime, *, limit: int = 50) -> CaseListPage:
    """Cases by number, by the name (CPR number, phone, mail, address) of a citizen, or by words of the title.

    Citizens are found by the rules of citizens alone: protected ones are not, and every hit is in the access log.
    """
    text = line(q, 200)
    if not text:
        return CaseListPage((), "", 0, False)
    size = max(1, min(limit, MOST))
    number = normal_number(text)
    if number:
        found = with_number(viewer, number, at)
    else:
        people = [person.id for person in _people(viewer, text, at)]
        found = newest_cases(viewer, _asked(text), people, size + 1, at)
    log_listed(viewer, found[:size], at)
    return CaseListPage(listed_rows(found[:size], at), "", min(len(found), size), len(found) > size)


def cases_of_person(viewer: Viewer, person_id: UUID, *, purpose: Purpose, at: datetime) -> PersonCases:
    """All cases of a citizen, newest first, once the look is logged; of those one may not see only whom to ask.

    That there is a case with sensitive data is not told to who may not see it. Raises NotFound, LogUnavailable.
    """
    access.open_for(viewer, citizen=person_id, kind="cases", purpose=purpose, at=at)
    with connection.cursor() as cursor:
        cursor.execute(statement("cases_of_person"), {"person": person_id, **seen_by(viewer, at)})
        found = cursor.fetchall()
    shown, rest = [], []
    for told in found:
        case = Listed._make(told[:_LISTED])
        seen, administration, phone = told[_LISTED:]
        if seen:
            shown.append(case)
        else:
            rest.append(HiddenCase(case.administration_id, administration, case.unit__name, phone))
    return PersonCases(listed_rows(shown, at), tuple(rest))


def row(viewer: Viewer, case_id: UUID, at: datetime) -> CaseRow:
    """One case as a list shows it, the look logged as of a list. Raises NotFound."""
    found = listed(Case.objects.filter(visible(viewer, at), id=case_id))
    if not found:
        raise NotFound
    log_listed(viewer, found, at)
    return listed_rows(found, at)[0]


def case_id_of(viewer: Viewer, number: str, at: datetime) -> UUID:
    """The case of a number this viewer may see; nothing of it is read. Raises NotFound."""
    cases = Case.objects.filter(visible(viewer, at), number=normal_number(number) or "-")
    found = cases.values_list("id", flat=True).first()
    if found is None:
        raise NotFound
    return found


def is_listed(value: str, citizen: UUID, viewer: Viewer) -> bool:
    """The purpose "case_list": to find one's work among what one may see."""
    return value == LISTED.value and (viewer.is_staff or viewer.is_system)


def log_listed(viewer: Viewer, cases: Iterable[Case | Listed], at: datetime) -> None:
    """A look at each whose case is shown in a list, in one statement; LogUnavailable: then none may be shown."""
    people = [case.person_id or case.id for case in cases]
    if people:
        access.open_many(viewer, citizens=people, kind="case_row", purpose=LISTED, at=at)


def filtered(rows: QuerySet[Case], viewer: Viewer, query: CaseQuery, at: datetime) -> QuerySet[Case]:
    """The rows a query asks for; a number finds its case, ended or not."""
    if not normal_number(line(query.q, 120)):
        rows = rows.filter(progress=Progress.CLOSED) if query.closed else rows.exclude(progress=Progress.CLOSED)
    if query.mine:
        rows = rows.filter(_mine(viewer, query, at))
    plain = {
        "unit": query.unit,
        "administration": clean(query.administration) or None,
        "task": clean(query.task) or None,
        "handler": query.handler,
        "person": query.person,
        "progress": _known(query.progress, Progress, "progress"),
    }
    rows = rows.filter(**{name: value for name, value in plain.items() if value is not None})
    if query.nobodys:
        rows = rows.filter(handler=None)
    if query.waiting:
        rows = _waiting(rows, query.waiting)
    if query.due:
        rows = _due(rows, query.due, at)
    return _matching(rows, query.q)


def _mine(viewer: Viewer, query: CaseQuery, at: datetime) -> Q:
    if viewer.actor is None:
        return Q(pk__in=[])
    me = viewer.actor.employee
    people = {me}
    if query.standing_in:
        people |= {absent for absent, substitutes in organisation.standing_in(at).items() if me in substitutes}
    others = _taken_along(me)
    mine = Q(handler__in=sorted(people))
    return mine | Q(id__in=others) if others else mine


def _taken_along(employee: int) -> list[UUID]:
    """The cases others handle and this employee works on."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT case_id FROM cases_casehandler WHERE employee_id = %s AND valid_to IS NULL", [employee])
        return [row[0] for row in cursor.fetchall()]


def _waiting(rows: QuerySet[Case], waiting: str) -> QuerySet[Case]:
    if waiting == "any":
        return rows.exclude(waiting="")
    return rows.filter(waiting=_known(waiting, Waiting, "waiting"))


def _due(rows: QuerySet[Case], due: str, at: datetime) -> QuerySet[Case]:
    today = clock.local(at).date()
    midnight = datetime.combine(today + timedelta(days=1), time(), tzinfo=clock.COPENHAGEN)
    rows = rows.filter(progress__in=UNANSWERED)
    wanted = _known(due, Due, "due")
    if wanted == Due.OVERDUE:
        return rows.filter(deadline__lt=at)
    last = midnight if wanted == Due.TODAY else midnight + timedelta(days=6)
    if wanted == Due.SOON:
        return rows.filter(deadline__lt=last)
    return rows.filter(deadline__gte=at, deadline__lt=last)


def _matching(rows: QuerySet[Case], q: str) -> QuerySet[Case]:
    text = line(q, 120)
    if not text:
        return rows
    number = normal_number(text)
    if number:
        return rows.filter(number=number)
    if sum(sign.isdigit() for sign in text) > _NUMBERED and not any(sign.isalpha() for sign in text):
        raise WrongNumberAsked(number=text[:20])
    return rows.alias(words=CASE_WORDS).filter(_words(text))


def _words(text: str) -> Q:
    asked = _asked(text)
    return Q(words=SearchQuery(asked, config="danish", search_type="raw")) if asked else Q(pk__in=[])


def _asked(text: str) -> str:
    """Words that begin like these, all of them; quoted, so that what somebody types is never read as an operator."""
    said = [word.replace("\\", " ").replace("'", "''") for word in text.split()[:6] if any(c.isalnum() for c in word)]
    return " & ".join(f"'{word}':*" if len(word) > 1 else f"'{word}'" for word in said)


def _people(viewer: Viewer, text: str, at: datetime) -> list[FoundPerson]:
    return citizens.find(viewer, text, at) if viewer.is_staff and len(text) > 2 else []


def _ordered(rows: QuerySet[Case], sort: str, *, by_words: bool) -> QuerySet[Case]:
    """In the order of an index; `by_words` in that of an expression, or words that many titles have are looked for
    along the whole order instead of in the index of words."""
    wanted = _known(sort or Sort.DEADLINE, Sort, "sort")
    key: F | Cast = Cast("id", CharField()) if by_words else F("id")
    if wanted == Sort.DEADLINE:
        due = F("deadline") + Value(timedelta(0)) if by_words else F("deadline")
        return rows.order_by(due, key)  # without a deadline last, as the index has them
    return rows.order_by(key.desc() if wanted == Sort.NEWEST else key.asc())


def _is_words(q: str) -> bool:
    return bool(q.strip()) and not normal_number(line(q, 120))


def _after(rows: QuerySet[Case], sort: str, cursor: str) -> QuerySet[Case]:
    if not cursor:
        return rows
    moment, _, key = cursor.rpartition("~")
    try:
        last = UUID(key)
        due = datetime.fromtimestamp(float(moment), UTC) if moment else None
    except (ValueError, OverflowError, OSError):
        raise WrongCaseCursor from None
    if sort == Sort.NEWEST:
        return rows.filter(id__lt=last)
    if sort == Sort.OLDEST:
        return rows.filter(id__gt=last)
    if due is None:
        return rows.filter(deadline=None, id__gt=last)
    return rows.filter(Q(deadline__gt=due) | Q(deadline=due, id__gt=last) | Q(deadline=None))


def _cursor(case: Listed, sort: str) -> str:
    due = case.deadline if (sort or Sort.DEADLINE) == Sort.DEADLINE else None
    return f"{due.timestamp()!r}~{case.id}" if due else str(case.id)


def _known(value: str, kind: type, field: str) -> str | None:
    values: list[str] = kind.values  # type: ignore[attr-defined]
    if not value:
        return None
    if value not in values:
        raise UnknownValue(field=field, value=line(value, 40), known=", ".join(values))
    return value
