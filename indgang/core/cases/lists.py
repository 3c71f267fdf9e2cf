"""Lists of cases: the rule of who may see them as one condition, a page at a time in the order of an index."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.db import connection

from indgang.core.cases.case_search import newest_cases, with_number
from indgang.core.cases.case_values import CaseListPage, CaseQuery, CaseRow, HiddenCase, PersonCases, Sort
from indgang.core.cases.models import Case
from indgang.core.cases.numbering import normal_number
from indgang.core.cases.presenting import Listed, listed, listed_rows
from indgang.core.cases.rights import visible
from indgang.core.cases.rows_asked import rows_asked, words_asked
from indgang.core.cases.seeing import seen_by, statement
from indgang.core.cases.writing import line
from indgang.core.citizens import selectors as citizens
from indgang.core.citizens.values import FoundPerson
from indgang.foundation.access import services as access
from indgang.foundation.access.errors import NotFound
from indgang.foundation.access.values import Purpose, Viewer

LISTED = Purpose("case_list", "cases")
COUNTED = 250  # a list is counted no further: each one counted is one whose right is asked
MOST = 200
_LISTED = len(Listed._fields)


def case_rows(viewer: Viewer, query: CaseQuery, cursor: str = "", limit: int = 50, *, at: datetime) -> CaseListPage:
    """The cases this viewer may see, filtered, a page at a time; everybody named in them stands in the access log.

    Raises NotFound for who is not staff, UnknownValue for a filter there is not, WrongCaseCursor, LogUnavailable.
    """
    if query.closed:  # ended cases have no deadline that counts, and the newest are what one looks for
        query = replace(query, sort=Sort.OLDEST if query.sort == Sort.OLDEST else Sort.NEWEST)
    rows = rows_asked(viewer, query, at)
    size = max(1, min(limit, MOST))
    found = rows.rows(query.sort, cursor, size + 1)
    page, more = found[:size], len(found) > size
    counted = rows.count(COUNTED + 1) if more or cursor else len(page)
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
        found = newest_cases(viewer, words_asked(text), people, size + 1, at)
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


def _people(viewer: Viewer, text: str, at: datetime) -> list[FoundPerson]:
    return citizens.find(viewer, text, at) if viewer.is_staff and len(text) > 2 else []


def _cursor(case: Listed, sort: str) -> str:
    due = case.deadline if (sort or Sort.DEADLINE) == Sort.DEADLINE else None
    return f"{due.timestamp()!r}~{case.id}" if due else str(case.id)
