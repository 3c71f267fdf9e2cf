"""What planners can see."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from indgang.desks.planning import capacity, costing
from indgang.desks.planning.counts import Counts, read_counts
from indgang.desks.planning.models import CapacityMonth, CostRow, CountSet, PlanRun, YearlyVolume
from indgang.desks.planning.refusals import told
from indgang.desks.planning.values import PLANNERS, CountSetRow, Kind, RunRow, State, note_in_words
from indgang.desks.planning.volumes import Volume
from indgang.foundation.access.errors import NotFound
from indgang.foundation.access.values import Role, Viewer

_LISTED = 50


def refuse_strangers(viewer: Viewer) -> None:
    """Plans are for those who plan; for everybody else there is nothing here."""
    if not (viewer.has_role(*PLANNERS) or viewer.is_process):
        raise NotFound


def count_sets(viewer: Viewer) -> list[CountSetRow]:
    """The sets of counts, newest first."""
    refuse_strangers(viewer)
    return [_set_row(row) for row in CountSet.objects.defer("content").order_by("-added_at")[:_LISTED]]


def count_set(viewer: Viewer, set_id: UUID) -> CountSetRow:
    """One of them. Raises NotFound."""
    refuse_strangers(viewer)
    row = CountSet.objects.defer("content").filter(id=set_id).first()
    if row is None:
        raise NotFound
    return _set_row(row)


def counts_of(viewer: Viewer, set_id: UUID) -> Counts:
    """Its counts, read anew from the file that was brought."""
    refuse_strangers(viewer)
    row = CountSet.objects.filter(id=set_id).first()
    if row is None:
        raise NotFound
    return read_counts(bytes(row.content), row.minutes)


def runs(viewer: Viewer, *kinds: str, done: bool = False) -> list[RunRow]:
    """What was asked, newest first, without results."""
    refuse_strangers(viewer)
    rows = PlanRun.objects.filter(seen_by(viewer)).defer("result", "input").order_by("-asked_at")
    if kinds:
        rows = rows.filter(kind__in=kinds)
    if done:
        rows = rows.filter(state=State.DONE)
    return [run_row(row, whole=False) for row in rows[:_LISTED]]


def forecasts(viewer: Viewer, channels: Collection[str]) -> list[RunRow]:
    """The finished forecasts of these channels, newest first, without results."""
    refuse_strangers(viewer)
    rows = PlanRun.objects.defer("result", "input").filter(kind=Kind.FORECAST, state=State.DONE)
    wanted = rows.filter(result__channel__in=list(channels)).order_by("-asked_at")
    return [run_row(row, whole=False) for row in wanted[:_LISTED]]


def run(viewer: Viewer, run_id: UUID, *, whole: bool = True) -> RunRow:
    """One of them with what came out. Raises NotFound."""
    refuse_strangers(viewer)
    row = PlanRun.objects.filter(seen_by(viewer), id=run_id).first()
    if row is None:
        raise NotFound
    return run_row(row, whole=whole)


def seen_by(viewer: Viewer) -> Q:
    """Rosters hold names and days away: they are for who asked for them, who leads all their units, and directors.
    A day that was tried is its planner's own thought, and directors'."""
    if viewer.is_process or viewer.has_role(Role.EXECUTIVE):
        return Q()
    own = ~Q(kind__in=(Kind.ROSTER, Kind.TRIAL)) | Q(started_by=viewer.name)
    if viewer.actor is None or not viewer.has_role(Role.MANAGER):
        return own
    return own | Q(input__has_key="units", input__units__contained_by=sorted(viewer.actor.units))


def run_row(row: PlanRun, *, whole: bool = True) -> RunRow:
    """A piece of work as it is shown."""
    return RunRow(
        row.id, row.kind, row.name, row.state, row.progress, _told(row), row.error_code, row.started_by,
        row.asked_at, row.ended_at, row.version, row.input if whole else {}, row.result if whole else None,
        row.attempt, row.heard_at,
    )  # fmt: skip


def cost_lines(viewer: Viewer) -> list[costing.CostLine]:
    """The budgets of the profile."""
    refuse_strangers(viewer)
    return [
        costing.CostLine(
            row.case, row.section, row.line, row.bearer, row.year, row.thousand_dkk, row.price_level,
            row.account, row.printed, row.source, row.note,
        )
        for row in CostRow.objects.order_by("order")
    ]  # fmt: skip


def capacity_months(viewer: Viewer) -> list[capacity.Month]:
    """The months of table 2."""
    refuse_strangers(viewer)
    return [
        capacity.Month(row.month, row.tasks, row.printed_year, row.printed_utilisation, row.printed_index, row.source)
        for row in CapacityMonth.objects.order_by("month")
    ]


def volumes(viewer: Viewer) -> list[Volume]:
    """What the profile's sources expect in a year."""
    refuse_strangers(viewer)
    return [
        Volume(
            row.code, row.title, row.title_en, row.channel, row.per_year, row.share, row.part_of, row.is_sum,
            row.valid_from, row.valid_to, row.source, row.note,
        )
        for row in YearlyVolume.objects.order_by("order")
    ]  # fmt: skip


def waiting_since(viewer: Viewer) -> datetime | None:
    """Since when the oldest piece of work waits to be begun; None: nothing waits."""
    refuse_strangers(viewer)
    return PlanRun.objects.filter(state=State.QUEUED).order_by("asked_at").values_list("asked_at", flat=True).first()


def _told(row: PlanRun) -> str:
    """Why it failed, in the reader's language."""
    return told(row.error, row.error_facts)


def _set_row(row: CountSet) -> CountSetRow:
    notes = tuple(note_in_words(note) for note in row.notes)
    return CountSetRow(
        row.id, row.name, row.channel, row.minutes, row.first, row.last, row.total, notes, row.own,
        row.group, row.unit, row.added_at,
    )  # fmt: skip
