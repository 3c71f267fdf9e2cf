"""What is deleted when it has aged: first a report, then the approval of somebody else, then the deleting.

Nothing goes that is not delivered to the archive. Events stay and point at nothing; a file goes when no row names it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext

from indgang.core.cases.access_errors import CaseNotClosed, CutOffAhead, RequestStale, RunSettled, SameApprover
from indgang.core.cases.access_grounds import months_after
from indgang.core.cases.access_requests import requests_open_on
from indgang.core.cases.access_values import DiscardLine, DiscardReport
from indgang.core.cases.decision_reading import deletion_blocks
from indgang.core.cases.document_presenting import author_names
from indgang.core.cases.models import (
    Case,
    CaseRelation,
    Complaint,
    DiscardRow,
    DiscardRun,
    DocumentVersion,
)
from indgang.core.cases.values import DiscardState, DiscardWhy, EntryKind, Progress, Retention
from indgang.core.cases.writing import enter, line, noted
from indgang.foundation.access.errors import NotFound
from indgang.foundation.access.values import Role, Viewer
from indgang.foundation.journal import services as journal
from indgang.foundation.runtime import clock
from indgang.foundation.runtime.services import sweep_files, uuid7

KEEPERS = (Role.OPERATOR.value, Role.SECURITY_LEADER.value)
_BATCH = 500
_MONTHS = 12


@dataclass(frozen=True)
class Discarded:
    """What a run deleted."""

    cases: int
    stayed: int
    files: int  # no row of a case names them any more


@transaction.atomic
def mark_archived(*, numbers: Sequence[str], ground: str = "", viewer: Viewer, at: datetime) -> int:
    """These closed cases have been delivered to the archive, with what (`ground`); how many were not marked before.

    By operations, the security leader or a process. Raises CaseNotClosed, NotFound for one that does not exist and
    for anybody else.
    """
    _require_keeper(viewer)
    rows = list(Case.objects.select_for_update(of=("self",)).filter(number__in=list(numbers)).order_by("id"))
    if len(rows) != len(set(numbers)):
        raise NotFound
    still = next((row for row in rows if row.progress != Progress.CLOSED), None)
    if still is not None:
        raise CaseNotClosed(number=still.number)
    fresh = [row for row in rows if row.archived_at is None]
    for case in fresh:
        case.archived_at = at
        case.version += 1
        case.save(update_fields=["archived_at", "version"])
        enter(case, EntryKind.NOTE, gettext("Afleveret til arkivet"), body=line(ground, 300), viewer=viewer, at=at)
        noted(case, "case.archived", viewer=viewer, at=at)
    return len(fresh)


@transaction.atomic
def report_discard(*, cut_off: date, viewer: Viewer, at: datetime) -> DiscardRun:
    """List the cases closed before a day with whether they go and why; nothing is deleted. CutOffAhead, NotFound."""
    _require_keeper(viewer)
    if cut_off > clock.local(at).date():
        raise CutOffAhead
    run = DiscardRun.objects.create(id=uuid7(at), at=at, made_by=viewer.name, cut_off=cut_off)
    before = clock.local(at).replace(year=cut_off.year, month=cut_off.month, day=cut_off.day, hour=0, minute=0,
                                     second=0, microsecond=0)  # fmt: skip
    aged = Case.objects.filter(progress=Progress.CLOSED, closed_at__lt=before).order_by("id")
    for batch in _batches(aged.values_list("id", flat=True)):
        cases = [case for case in Case.objects.filter(id__in=batch) if is_aged(case, clock.local(at).date())]
        why = reasons(cases, at)
        DiscardRow.objects.bulk_create(
            DiscardRow(run=run, case_id=case.id, case_number=case.number, goes=why[case.id] == DiscardWhy.AGED,
                       why=why[case.id])
            for case in cases
        )  # fmt: skip
    journal.record("case.discard_reported", at=at, viewer_name=viewer.name, subject=run, data={"run": str(run.id)})
    return run


@transaction.atomic
def approve_discard(*, run_id: UUID, viewer: Viewer, at: datetime, version: int) -> DiscardRun:
    """Somebody else has read the report and lets it be done.

    Raises SameApprover, RunSettled, RequestStale, NotFound.
    """
    run = _locked_run(run_id, viewer, DiscardState.REPORTED)
    if version != run.version:
        raise RequestStale
    if viewer.name == run.made_by or not viewer.is_staff:
        raise SameApprover
    run.state, run.approved_by, run.approved_at = DiscardState.APPROVED, viewer.name, at
    run.version += 1
    run.save(update_fields=["state", "approved_by", "approved_at", "version"])
    journal.record("case.discard_approved", at=at, viewer_name=viewer.name, subject=run, data={"run": str(run.id)})
    return run


@transaction.atomic
def withdraw_discard(*, run_id: UUID, viewer: Viewer, at: datetime) -> DiscardRun:
    """The report is not used. Raises RunSettled, NotFound."""
    run = _locked_run(run_id, viewer, DiscardState.REPORTED)
    run.state, run.version = DiscardState.WITHDRAWN, run.version + 1
    run.save(update_fields=["state", "version"])
    journal.record("case.discard_withdrawn", at=at, viewer_name=viewer.name, subject=run, data={"run": str(run.id)})
    return run


def run_discard(*, run_id: UUID, viewer: Viewer, at: datetime) -> Discarded:
    """Delete what an approved report says, one case at a time; each is judged again at that moment.

    Broken off it goes on where it was. Raises RunSettled, NotFound.
    """
    with transaction.atomic():
        _locked_run(run_id, viewer, DiscardState.APPROVED)
    rows = list(DiscardRow.objects.filter(run=run_id, goes=True, deleted_at=None).values_list("pk", flat=True))
    deleted = [_discard(pk, viewer, at) for pk in rows]
    with transaction.atomic():
        run = _locked_run(run_id, viewer, DiscardState.APPROVED)
        run.state, run.done_at, run.version = DiscardState.DONE, at, run.version + 1
        run.save(update_fields=["state", "done_at", "version"])
        journal.record("case.discard_done", at=at, viewer_name=viewer.name, subject=run, data={"run": str(run.id)})
    sweep_files()  # those a day old; the others go with the nightly sweep
    gone = [files for files in deleted if files is not None]
    return Discarded(len(gone), len(deleted) - len(gone), sum(gone))


def reasons(cases: Sequence[Case], at: datetime) -> dict[UUID, DiscardWhy]:
    """Whether each of these cases may go, and why not; in a fixed number of statements."""
    ids = [case.id for case in cases]
    blocked = deletion_blocks(ids, at)
    appealed = set(Complaint.objects.filter(over__in=ids).values_list("over_id", flat=True))
    asked, owners = requests_open_on(ids, [case.person_id for case in cases if case.person_id])
    tied = _tied(ids)
    found = {}
    for case in cases:
        if case.progress != Progress.CLOSED:
            found[case.id] = DiscardWhy.REOPENED
        elif case.id in blocked or case.id in appealed:
            found[case.id] = DiscardWhy.APPEAL
        elif case.id in asked or case.person_id in owners:
            found[case.id] = DiscardWhy.OPEN_ACCESS
        elif case.archived_at is None:
            found[case.id] = DiscardWhy.KEPT if case.retention == Retention.KEEP else DiscardWhy.NOT_ARCHIVED
        else:
            found[case.id] = DiscardWhy.OPEN_RELATION if case.id in tied else DiscardWhy.AGED
    return found


def is_aged(case: Case, today: date) -> bool:
    """Whether its years of keeping have passed."""
    if case.closed_at is None:
        return False
    return months_after(clock.local(case.closed_at).date(), case.retention_years * _MONTHS) <= today


def discard_reports(viewer: Viewer, limit: int = 20) -> tuple[DiscardReport, ...]:
    """The newest reports without their lines; for operations and the security leader. NotFound for others."""
    _require_keeper(viewer)
    return tuple(_report(run, viewer, ()) for run in DiscardRun.objects.order_by("-at", "-id")[:limit])


def discard_report(viewer: Viewer, run_id: UUID, limit: int = 1000) -> DiscardReport:
    """One report with its lines, what goes first. NotFound for others and for what does not exist."""
    _require_keeper(viewer)
    run = DiscardRun.objects.filter(id=run_id).first()
    if run is None:
        raise NotFound
    rows = DiscardRow.objects.filter(run=run).order_by("-goes", "why", "case_number")[:limit]
    lines = tuple(
        DiscardLine(row.case_number, row.goes, row.why, gettext(DiscardWhy(row.why).label), row.deleted_at)
        for row in rows
    )
    return _report(run, viewer, lines)


@transaction.atomic
def _discard(pk: int, viewer: Viewer, at: datetime) -> int | None:
    """Delete the case of a line if it may still go; how many files nobody names any more. None: it stays."""
    row = DiscardRow.objects.select_for_update().get(pk=pk)
    if row.deleted_at is not None:
        return None
    case = Case.objects.select_for_update(of=("self",)).filter(id=row.case_id).first()
    why = reasons([case], at)[case.id] if case is not None else DiscardWhy.GONE
    if case is None or why != DiscardWhy.AGED:
        row.goes, row.why = False, why
        row.save(update_fields=["goes", "why"])
        return None
    digests = set(DocumentVersion.objects.filter(document__case=case).values_list("digest", flat=True))
    noted(case, "case.discarded", viewer=viewer, at=at, run=str(row.run_id), documents=len(digests))
    case.delete()
    kept = set(DocumentVersion.objects.filter(digest__in=digests).values_list("digest", flat=True))
    row.deleted_at, row.files = at, len(digests - kept)
    row.save(update_fields=["deleted_at", "files"])
    return row.files


def _tied(ids: Sequence[UUID]) -> set[UUID]:
    """Those that stand in relation to a case that is not closed."""
    rows = CaseRelation.objects.filter(Q(case__in=ids) | Q(other__in=ids)).select_related("case", "other")
    tied = set()
    for row in rows:
        if row.other.progress != Progress.CLOSED:
            tied.add(row.case_id)
        if row.case.progress != Progress.CLOSED:
            tied.add(row.other_id)
    return tied


def _locked_run(run_id: UUID, viewer: Viewer, wanted: DiscardState) -> DiscardRun:
    _require_keeper(viewer)
    run = DiscardRun.objects.select_for_update().filter(id=run_id).first()
    if run is None:
        raise NotFound
    if run.state != wanted:
        raise RunSettled(state=gettext(DiscardState(run.state).label).lower())
    return run


def _report(run: DiscardRun, viewer: Viewer, lines: tuple[DiscardLine, ...]) -> DiscardReport:
    rows = DiscardRow.objects.filter(run=run)
    names = author_names([run.made_by, run.approved_by])
    goes = rows.filter(goes=True).count()
    return DiscardReport(
        id=run.id,
        at=run.at,
        made_by=names[run.made_by],
        cut_off=run.cut_off,
        state=run.state,
        state_name=gettext(DiscardState(run.state).label),
        approved_by=names[run.approved_by] if run.approved_by else "",
        approved_at=run.approved_at,
        done_at=run.done_at,
        goes=goes,
        stays=rows.count() - goes,
        deleted=rows.exclude(deleted_at=None).count(),
        lines=lines,
        own=run.made_by == viewer.name,
        version=run.version,
    )


def _require_keeper(viewer: Viewer) -> None:
    if not (viewer.is_process or viewer.has_role(*KEEPERS)):
        raise NotFound


def _batches(ids: Iterable[UUID]) -> Iterable[list[UUID]]:
    found = list(ids)
    return (found[start : start + _BATCH] for start in range(0, len(found), _BATCH))
