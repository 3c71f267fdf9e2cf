"""A list that asks for one's own work asks for no right: it shows the same cases as if it did."""

from datetime import timedelta

import pytest
from django.db.models import Q

from indgang.core.cases import selectors, services
from indgang.core.cases.case_values import CaseQuery
from indgang.core.cases.models import Case, CaseHandler
from indgang.core.cases.rights import visible
from indgang.core.cases.testing import make_case
from indgang.core.organisation.testing import make_employee, make_substitute, make_unit
from indgang.foundation.access.values import system

pytestmark = pytest.mark.django_db
TESTER = system("test")


@pytest.fixture
def colleague(office):
    """Somebody of another unit and other tasks, whom the substitute may not follow everywhere."""
    return make_employee("Vibe Væk", unit=make_unit("byggesager", kind="office", administration="BTF"))


@pytest.fixture
def cases(at, filippa, stranger, colleague, office):
    """Open cases of every sensitivity, of several units and hands, some worked along on."""
    places = [(office, None), (office, filippa.pk), (colleague.unit, None), (colleague.unit, colleague.pk)]
    for sensitivity in ("ordinary", "sensitive"):
        for number, (unit, handler) in enumerate([*places, (colleague.unit, stranger.pk)]):
            case = make_case(
                unit=unit, handler=handler, sensitivity=sensitivity, at=at, deadline=at + timedelta(days=number)
            )
            if handler is None:
                services.add_handler(case_id=case.id, employee_id=stranger.pk, viewer=TESTER, at=at)


def test_a_list_shows_what_is_asked_for_of_what_its_viewer_may_see(
    at, clerk, guide, filippa, stranger, colleague, office, cases, seen_by
):
    make_substitute(colleague, filippa)
    make_substitute(colleague, stranger)
    for who in (clerk, guide, filippa, stranger, colleague):
        along = CaseHandler.objects.filter(employee=who.pk).values("case")
        own = Q(handler=who.pk) | Q(id__in=along)
        others = Q(handler=colleague.pk) if who in (filippa, stranger) else Q(pk__in=[])
        asked = [
            (CaseQuery(), Q()),
            (CaseQuery(mine=True), own),
            (CaseQuery(mine=True, standing_in=True), own | others),
            (CaseQuery(unit=who.unit_id), Q(unit=who.unit_id)),
            (CaseQuery(unit=colleague.unit_id), Q(unit=colleague.unit_id)),
            (CaseQuery(handler=who.pk), Q(handler=who.pk)),
            (CaseQuery(handler=colleague.pk, unit=office.pk), Q(handler=colleague.pk, unit=office)),
        ]
        for query, rule in asked:
            shown = {row.number for row in selectors.case_rows(seen_by(who), query, at=at).rows}
            right = Case.objects.filter(visible(seen_by(who), at)).filter(rule)
            assert shown == set(right.values_list("number", flat=True)), (who.name, query)


def test_a_substitute_is_not_shown_what_they_may_not_see(at, stranger, colleague, cases, seen_by):
    make_substitute(colleague, stranger)
    theirs = Case.objects.filter(handler=colleague.pk).count()
    rows = selectors.case_rows(seen_by(stranger), CaseQuery(mine=True, standing_in=True), at=at).rows
    assert theirs and not [row for row in rows if row.handler == colleague.pk]
