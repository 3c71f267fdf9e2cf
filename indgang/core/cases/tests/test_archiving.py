"""Whether a case is kept when it has aged, who says so, and the mark that the archive has it."""

import pytest

from indgang.core.cases import selectors, services
from indgang.core.cases.errors import ArchivedCase, CaseNotClosed, GroundMissing, NotYourCase
from indgang.core.cases.testing import case_row, entries_of, events_of_case, make_case
from indgang.core.organisation.testing import make_employee
from indgang.foundation.access.errors import NotFound
from indgang.foundation.access.values import system

pytestmark = pytest.mark.django_db
TESTER = system("test")


@pytest.fixture
def keeper(seen_by, at):
    return seen_by(make_employee("Drude Drift", roles=["operator"]), at)


@pytest.fixture
def closed(office, filippa, at):
    case = make_case(unit=office, handler=filippa.pk, at=at)
    services.close_case(case_id=case.id, ground="Bortfaldet", viewer=TESTER, at=at)
    return case_row(case.id)


def test_its_handler_says_with_a_reason_that_a_case_is_kept_also_when_it_has_ended(closed, filippa, seen_by, at):
    facts = {"case_id": closed.id, "retention": "B", "viewer": seen_by(filippa, at), "at": at}
    with pytest.raises(GroundMissing):
        services.decide_retention(ground=" ", **facts)
    services.decide_retention(ground="Sagen er principiel", **facts)
    assert case_row(closed.id).retention == "B"
    assert (entries_of(closed.id)[-1].theme, entries_of(closed.id)[-1].body) == (
        "Bevaring: Bevares",
        "Sagen er principiel",
    )


def test_who_only_reads_decides_nothing_about_keeping(closed, guide, seen_by, at):
    with pytest.raises(NotYourCase):
        services.decide_retention(case_id=closed.id, retention="B", ground="Nej", viewer=seen_by(guide, at), at=at)


def test_operations_mark_what_the_archive_has_got_and_take_the_mark_back(closed, keeper, filippa, seen_by, at):
    assert services.mark_archived(numbers=[closed.number], ground="Aflevering 2026-4", viewer=keeper, at=at) == 1
    assert selectors.archive_mark(keeper, closed.number) == at
    assert entries_of(closed.id)[-1].body == "Aflevering 2026-4"
    with pytest.raises(ArchivedCase):
        services.decide_retention(
            case_id=closed.id, retention="B", ground="For sent", viewer=seen_by(filippa, at), at=at
        )
    with pytest.raises(GroundMissing):
        services.unmark_archived(number=closed.number, ground="", viewer=keeper, at=at)
    services.unmark_archived(number=closed.number, ground="Afvist af arkivet", viewer=keeper, at=at)
    assert case_row(closed.id).archived_at is None
    assert {"case.archived", "case.archive_mark_removed"} <= {line.verb for line in events_of_case(closed.id)}


def test_nobody_else_marks_and_nothing_that_is_open_is_marked(closed, keeper, filippa, seen_by, office, at):
    viewer = seen_by(filippa, at)
    for act in (
        lambda: services.mark_archived(numbers=[closed.number], viewer=viewer, at=at),
        lambda: services.unmark_archived(number=closed.number, ground="x", viewer=viewer, at=at),
        lambda: selectors.archive_mark(viewer, closed.number),
    ):
        with pytest.raises(NotFound):
            act()
    with pytest.raises(CaseNotClosed):
        services.mark_archived(numbers=[make_case(unit=office, at=at).number], viewer=keeper, at=at)
