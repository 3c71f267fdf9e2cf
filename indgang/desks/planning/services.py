"""What planners do: bring counts, ask for long work, stop it, start it again; and what a profile brings."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from indgang.desks.planning.counts import read_counts
from indgang.desks.planning.errors import BadFile, PlanMoved
from indgang.desks.planning.models import CapacityMonth, CostRow, CountSet, PlanRun, YearlyVolume
from indgang.desks.planning.selectors import refuse_strangers, seen_by
from indgang.desks.planning.values import CHANNELS, OPEN_STATES, Kind, Series, State
from indgang.foundation.access.errors import NotFound
from indgang.foundation.access.values import Viewer
from indgang.foundation.journal import services as journal
from indgang.foundation.runtime import services as runtime

WORK = "planning.work"  # the job that does what is asked
LONGEST_FILE = 20 * 1024 * 1024


@transaction.atomic
def add_counts(
    *, name: str, series: Series, minutes: int, content: bytes, viewer: Viewer, at: datetime, own: bool = False
) -> UUID:
    """Keep a file of counts. Raises what reading it refuses, naming line and column; then nothing is kept."""
    refuse_strangers(viewer)
    if series.channel not in CHANNELS:
        raise BadFile(field="kanal", why="vælg en kanal på listen")
    if len(content) > LONGEST_FILE:
        raise BadFile(field="fil", why="den er over 20 MB; del den i flere år")
    counts = read_counts(content, minutes)
    row = CountSet.objects.create(
        id=runtime.uuid7(at),
        name=name.strip()[:120],
        channel=series.channel,
        group=series.group,
        unit=series.unit,
        minutes=minutes,
        content=content,
        first=counts.first,
        last=counts.day(counts.days - 1),
        total=float(sum(value for value in counts.values.flat if value == value)),
        notes=counts.notes,
        own=own,
        added_at=at,
        added_by=viewer.name,
    )
    facts = {"channel": series.channel, "days": counts.days, "own": own, "group": series.group, "unit": series.unit}
    journal.record(
        "plan.counts_added", at=at, viewer_name=viewer.name, subject=f"planning.countset:{row.id}", data=facts
    )
    return row.id


@transaction.atomic
def remove_counts(*, set_id: UUID, viewer: Viewer, at: datetime) -> None:
    """Forget a set of counts; what was made of it stays."""
    refuse_strangers(viewer)
    if not CountSet.objects.filter(id=set_id).delete()[0]:
        raise NotFound
    journal.record(
        "plan.counts_removed", at=at, viewer_name=viewer.name, subject=f"planning.countset:{set_id}", data={}
    )


@transaction.atomic
def start_run(*, kind: str, name: str, given: Mapping[str, Any], viewer: Viewer, at: datetime) -> UUID:
    """Ask for a piece of work; it begins at once when nothing else is being worked on."""
    refuse_strangers(viewer)
    row = PlanRun.objects.create(
        id=runtime.uuid7(at),
        kind=Kind(kind).value,
        name=name.strip()[:160],
        input=dict(given),
        started_by=viewer.name,
        asked_at=at,
    )
    _record("plan.asked", row, viewer, at)
    runtime.wake(WORK, "default")
    return row.id


@transaction.atomic
def cancel_run(*, run_id: UUID, version: int, viewer: Viewer, at: datetime) -> None:
    """Stop a piece of work; whoever works on it notices within a second. Raises PlanMoved when it has ended."""
    row = _locked(run_id, version, viewer)
    if row.state not in OPEN_STATES:
        raise PlanMoved
    row.state, row.ended_at, row.version = State.CANCELLED, at, row.version + 1
    row.save(update_fields=["state", "ended_at", "version"])
    _record("plan.cancelled", row, viewer, at)


@transaction.atomic
def restart_run(*, run_id: UUID, version: int, viewer: Viewer, at: datetime) -> None:
    """Begin anew what was cancelled or failed, with the same input."""
    row = _locked(run_id, version, viewer)
    if row.state not in (State.FAILED, State.CANCELLED):
        raise PlanMoved
    row.state, row.progress, row.error, row.error_code = State.QUEUED, 0, "", ""
    row.ended_at, row.attempt, row.version = None, 0, row.version + 1
    row.save(update_fields=["state", "progress", "error", "error_code", "ended_at", "attempt", "version"])
    _record("plan.asked_again", row, viewer, at)
    runtime.wake(WORK, "default")


@transaction.atomic
def load_profile(rows: Mapping[str, Sequence[Mapping[str, Any]]], *, at: datetime) -> dict[str, int]:
    """The budgets, months of capacity and volumes of a profile as they stand there; a second load changes nothing."""
    changed = {
        "cost_lines": _load_costs(rows.get("cost_lines", [])),
        "capacity_months": _load_months(rows.get("capacity_months", [])),
        "volumes": _load_volumes(rows.get("volumes", [])),
    }
    if any(changed.values()):
        facts: dict[str, object] = {**changed}
        subject = "planning.profile:figures"
        journal.record("plan.figures_loaded", at=at, viewer_name="system:profile", subject=subject, data=facts)
    return changed


def _load_costs(lines: Sequence[Mapping[str, Any]]) -> int:
    wanted = [CostRow(**line, order=number) for number, line in enumerate(lines)]
    fields = [field.name for field in CostRow._meta.concrete_fields if field.name != "id"]
    there = list(CostRow.objects.order_by("order").values_list(*fields))
    new = [tuple(row) for row in ([getattr(one, field) for field in fields] for one in wanted)]
    if there == new:
        return 0
    CostRow.objects.all().delete()
    CostRow.objects.bulk_create(wanted)
    return len(set(there) ^ set(new))


def _load_months(lines: Sequence[Mapping[str, Any]]) -> int:
    changed = 0
    for line in lines:
        facts = {key: value for key, value in line.items() if key != "month"}
        if not CapacityMonth.objects.filter(month=line["month"], **facts).exists():
            CapacityMonth.objects.update_or_create(month=line["month"], defaults=facts)
            changed += 1
    return changed


def _load_volumes(lines: Sequence[Mapping[str, Any]]) -> int:
    there: dict[str, dict[str, Any]] = {
        row["code"]: {key: value for key, value in row.items() if key != "code"}
        for row in YearlyVolume.objects.values()
    }
    wanted = {
        line["code"]: {k: v for k, v in line.items() if k != "code"} | {"order": n} for n, line in enumerate(lines)
    }
    gone = YearlyVolume.objects.filter(code__in=there.keys() - wanted.keys()).delete()[0]
    changed = {code: facts for code, facts in wanted.items() if there.get(code) != facts}
    for code, facts in changed.items():
        YearlyVolume.objects.update_or_create(code=code, defaults=facts)
    return gone + len(changed)


def _locked(run_id: UUID, version: int, viewer: Viewer) -> PlanRun:
    refuse_strangers(viewer)
    row = PlanRun.objects.select_for_update().filter(seen_by(viewer), id=run_id).first()
    if row is None:
        raise NotFound
    if row.version != version:
        raise PlanMoved
    return row


def _record(verb: str, row: PlanRun, viewer: Viewer, at: datetime) -> None:
    facts = {"kind": row.kind, "version": row.version}
    journal.record(verb, at=at, viewer_name=viewer.name, subject=f"planning.planrun:{row.id}", data=facts)
