"""Cases that have aged are listed first, approved by somebody else, and deleted with the files nobody else names."""

import os
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings

from indgang.core.cases import errors, selectors, services
from indgang.core.cases.models import Case, DiscardRow, Document
from indgang.core.cases.testing import case_row, events_of_case, make_case
from indgang.core.cases.tests.access_around import AT, ask, case_of_two, paper, pdf
from indgang.core.organisation.testing import make_employee
from indgang.foundation.access.errors import NotFound
from indgang.foundation.runtime.services import open_file

pytestmark = pytest.mark.django_db
LATER = datetime(2032, 1, 5, 11, 0, tzinfo=UTC)
CUT_OFF = date(2032, 1, 1)


@pytest.fixture
def drude(seen_by):
    return seen_by(make_employee("Drude Drift", roles=["operator"]))


@pytest.fixture
def sigurd(seen_by):
    return seen_by(make_employee("Sigurd Sikker", roles=["security_leader"]))


@pytest.fixture
def filippas(filippa, seen_by):
    return seen_by(filippa)


@pytest.fixture
def aged(office, filippa, filippas, drude):
    """A case of 2026 with a paper, closed and delivered to the archive."""
    case = case_of_two(office, filippa)
    paper(case, filippas, pdf("Din ansøgning er modtaget."), title="Kvittering")
    return archived(case, filippas, drude)


def archived(case, viewer, keeper):
    services.close_case(case_id=case.id, ground="Trukket tilbage", viewer=viewer, at=AT)
    services.mark_archived(numbers=[case.number], viewer=keeper, at=AT)
    return case_row(case.id)


def lines(viewer, run) -> dict[str, str]:
    return {line.number: line.why for line in selectors.discard_report(viewer, run.id).lines}


def report(viewer):
    return services.report_discard(cut_off=CUT_OFF, viewer=viewer, at=LATER)


def test_a_case_that_has_aged_goes_with_its_file_and_its_events_stay(aged, drude, sigurd):
    digest = Document.objects.get(case=aged).id and _digest(aged)
    run = report(drude)
    assert lines(drude, run) == {aged.number: "aged"}
    assert Case.objects.filter(id=aged.id).exists()  # a report deletes nothing
    services.approve_discard(run_id=run.id, viewer=sigurd, at=LATER, version=run.version)
    _make_old(digest)
    done = services.run_discard(run_id=run.id, viewer=sigurd, at=LATER)
    assert (done.cases, done.stayed, done.files) == (1, 0, 1)
    assert not Case.objects.filter(id=aged.id).exists()
    with pytest.raises(FileNotFoundError):
        open_file(digest)
    verbs = [event.verb for event in events_of_case(aged.id)]
    assert {"case.opened", "case.archived", "case.discarded"} <= set(verbs)


def _digest(case) -> str:
    from indgang.core.cases.models import DocumentVersion

    return DocumentVersion.objects.get(document__case=case).digest


def _make_old(digest: str) -> None:
    before = time.time() - 3 * 24 * 3600
    for place in Path(settings.FILES_ROOT).rglob("*"):
        if place.is_file() and place.as_posix().replace("/", "").endswith(digest):
            os.utime(place, (before, before))


def test_a_file_another_case_has_stays(aged, office, filippa, filippas, drude, sigurd):
    other = make_case(unit=office, handler=filippa.pk, at=AT)
    paper(other, filippas, pdf("Din ansøgning er modtaget."), title="Samme brev")
    digest = _digest(aged)
    run = report(drude)
    services.approve_discard(run_id=run.id, viewer=sigurd, at=LATER, version=run.version)
    _make_old(digest)
    assert services.run_discard(run_id=run.id, viewer=sigurd, at=LATER).files == 0
    open_file(digest).close()


def test_nothing_goes_that_is_not_delivered_to_the_archive(office, filippa, filippas, drude):
    plain = make_case(unit=office, handler=filippa.pk, at=AT)
    kept = make_case(unit=office, handler=filippa.pk, at=AT)
    Case.objects.filter(id=kept.id).update(retention="B")
    for case in (plain, kept):
        services.close_case(case_id=case.id, ground="Ophørt", viewer=filippas, at=AT)
    assert lines(drude, report(drude)) == {plain.number: "not_archived", kept.number: "kept"}


def test_a_young_case_and_an_open_one_stand_in_no_report(office, filippa, filippas, drude):
    make_case(unit=office, handler=filippa.pk, at=AT)
    young = make_case(unit=office, handler=filippa.pk, at=AT)
    services.close_case(case_id=young.id, ground="Ophørt", viewer=filippas, at=LATER - timedelta(days=400))
    assert lines(drude, report(drude)) == {}


def test_a_case_somebody_has_asked_to_see_stays(aged, filippas, drude):
    ask(aged, filippas, at=LATER)
    assert lines(drude, report(drude)) == {aged.number: "open_access"}


def test_a_case_that_belongs_to_an_open_one_stays(aged, office, filippa, filippas, drude):
    running = make_case(unit=office, handler=filippa.pk, at=AT)
    services.relate(case_id=running.id, other=aged.id, kind="other", viewer=filippas, at=AT)
    assert lines(drude, report(drude)) == {aged.number: "open_relation"}


def test_a_case_with_an_appeal_is_not_deleted_though_it_was_approved(aged, filippas, drude, sigurd):
    """The complaint comes between the report and the deleting."""
    from indgang.core.cases.models import Complaint, Decision

    decision = Decision.objects.create(
        id=aged.id, case=aged, state="revoked", document=aged.id, decided_at=AT, created_at=AT, no_appeal=True
    )
    run = report(drude)
    assert lines(drude, run) == {aged.number: "aged"}
    services.approve_discard(run_id=run.id, viewer=sigurd, at=LATER, version=run.version)
    complaints_case = make_case(unit=aged.unit, person=aged.person_id, at=LATER)
    Complaint.objects.create(
        id=complaints_case.id, case=complaints_case, over=aged, decision=decision, words="Forkert", received_on=CUT_OFF
    )
    done = services.run_discard(run_id=run.id, viewer=sigurd, at=LATER)
    assert (done.cases, done.stayed) == (0, 1)
    assert Case.objects.filter(id=aged.id).exists()
    assert lines(drude, run) == {aged.number: "appeal"}


def test_who_made_the_list_does_not_approve_it(aged, drude, sigurd):
    run = report(drude)
    with pytest.raises(errors.SameApprover):
        services.approve_discard(run_id=run.id, viewer=drude, at=LATER, version=run.version)
    with pytest.raises(errors.RunSettled):
        services.run_discard(run_id=run.id, viewer=sigurd, at=LATER)
    services.approve_discard(run_id=run.id, viewer=sigurd, at=LATER, version=run.version)
    with pytest.raises(errors.RunSettled):
        services.approve_discard(run_id=run.id, viewer=sigurd, at=LATER, version=run.version + 1)


def test_a_list_that_is_not_used_is_withdrawn(aged, drude, sigurd):
    run = report(drude)
    services.withdraw_discard(run_id=run.id, viewer=sigurd, at=LATER)
    with pytest.raises(errors.RunSettled):
        services.approve_discard(run_id=run.id, viewer=sigurd, at=LATER, version=run.version)


def test_a_caseworker_neither_reports_nor_marks(aged, filippas):
    with pytest.raises(NotFound):
        report(filippas)
    with pytest.raises(NotFound):
        services.mark_archived(numbers=[aged.number], viewer=filippas, at=LATER)


def test_only_a_closed_case_is_delivered(office, filippa, drude):
    case = make_case(unit=office, handler=filippa.pk, at=AT)
    with pytest.raises(errors.CaseNotClosed):
        services.mark_archived(numbers=[case.number], viewer=drude, at=AT)


def test_a_day_ahead_is_no_cut_off(drude):
    with pytest.raises(errors.CutOffAhead):
        services.report_discard(cut_off=date(2032, 1, 6), viewer=drude, at=LATER)


def test_run_again_after_it_was_broken_off_nothing_is_deleted_twice(aged, drude, sigurd):
    run = report(drude)
    services.approve_discard(run_id=run.id, viewer=sigurd, at=LATER, version=run.version)
    services.run_discard(run_id=run.id, viewer=sigurd, at=LATER)
    assert DiscardRow.objects.get(run=run).deleted_at == LATER
    with pytest.raises(errors.RunSettled):
        services.run_discard(run_id=run.id, viewer=sigurd, at=LATER)
