"""Changing a task by hand: its facts, level, list and owner. Each change leaves its event."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction

from indgang.core.catalogue import errors, indexing
from indgang.core.catalogue.models import PlannedLevel, Task
from indgang.core.catalogue.values import NotPlaced, Placed
from indgang.core.organisation import selectors as organisation
from indgang.foundation.access.errors import NotFound
from indgang.foundation.access.values import Role, Viewer, system
from indgang.foundation.journal import services as journal
from indgang.foundation.runtime import clock

PLANNER = system("level-plan")
_TEXTS = {"title": 160, "title_en": 160, "summary": 4000, "summary_en": 4000}
_NOTES = {"volume_source": 160, "minutes_source": 160, "authority": 120, "legal_basis": 300}
_FOUND_BY = frozenset(_TEXTS)  # the search reads these
_MOST_MINUTES = Decimal(9999)
_MOST_VOLUME = 100_000_000


@transaction.atomic
def change_task(*, task: str, changes: Mapping[str, object], version: int, viewer: Viewer, at: datetime) -> Task:
    """Change texts and facts of a task: titles, summaries, volume, minutes, sources, authority, legal basis, reason.

    Keys of `changes` are columns; an empty volume or time means "not known". A loaded profile leaves them alone then.
    Raises StaleTask, WrongValue, LegalBasisMissing; NotFound for whom the task is none of their business.
    """
    row = open_task(task, version, viewer)
    fields = []
    for name, value in changes.items():
        wanted = clean(name, value)
        if getattr(row, name) != wanted:
            setattr(row, name, wanted)
            fields.append(name)
    check_basis(row, row.level)
    if not fields:
        return row
    _keep(row, fields)
    journal.record("task.changed", at=at, viewer_name=viewer.name, subject=row, data={"task": task, "fields": fields})
    if _FOUND_BY.intersection(fields):
        indexing.rebuild(at)
    return row


@transaction.atomic
def change_level(
    *, task: str, level: int, version: int, viewer: Viewer, at: datetime, legal_basis: str | None = None
) -> Task:
    """Set the highest level settled in the centres, now. Rights above a lowered level end with the event.

    Raises WrongLevel (3 stays with the owner), NotForTheCentres, LegalBasisMissing, StaleTask.
    """
    row = open_task(task, version, viewer)
    if legal_basis is not None:
        row.legal_basis = one_line("legal_basis", legal_basis, _NOTES["legal_basis"])
    return _set_level(row, level, viewer, at)


@transaction.atomic
def plan_level(*, task: str, level: int, on: date, viewer: Viewer, at: datetime, legal_basis: str = "") -> PlannedLevel:
    """Decide a change of level for a later day; it is applied when that day begins. Today's is change_level's."""
    row = open_task(task, None, viewer)
    if on <= clock.local(at).date():
        raise errors.DayPassed(day=on.isoformat())
    row.legal_basis = one_line("legal_basis", legal_basis, _NOTES["legal_basis"]) or row.legal_basis
    _check_level(row, level)
    try:
        with transaction.atomic():
            plan = PlannedLevel.objects.create(
                task=row, level=level, on=on, legal_basis=row.legal_basis, planned_by=viewer.name
            )
    except IntegrityError as twice:
        raise errors.AlreadyPlanned from twice
    journal.record(
        "task.level_planned", at=at, viewer_name=viewer.name, subject=row,
        data={"task": task, "level": level, "on": on.isoformat()},
    )  # fmt: skip
    return plan


@transaction.atomic
def withdraw_plan(*, plan_id: int, viewer: Viewer, at: datetime) -> None:
    """Take a planned change of level back; one applied already stays."""
    plan = PlannedLevel.objects.select_for_update().filter(id=plan_id, applied_at=None, withdrawn_at=None).first()
    if plan is None:
        raise NotFound
    row = open_task(plan.task_id, None, viewer)
    plan.withdrawn_at = at
    plan.save(update_fields=["withdrawn_at"])
    journal.record("task.level_plan_withdrawn", at=at, viewer_name=viewer.name, subject=row, data={"task": row.code})


@transaction.atomic
def apply_plans(*, at: datetime) -> int:
    """Apply the changes of level whose day has come; how many. A plan that no longer holds is withdrawn."""
    today = clock.local(at).date()
    due = PlannedLevel.objects.select_for_update(skip_locked=True).filter(
        applied_at=None, withdrawn_at=None, on__lte=today
    )
    applied = 0
    for plan in due.order_by("on", "id"):
        row = open_task(plan.task_id, None, PLANNER)
        row.legal_basis = plan.legal_basis or row.legal_basis
        try:
            _set_level(row, plan.level, PLANNER, at)
        except (errors.LegalBasisMissing, errors.NotForTheCentres) as refused:
            plan.withdrawn_at = at
            plan.save(update_fields=["withdrawn_at"])
            journal.record(
                "task.level_plan_withdrawn", at=at, viewer_name=PLANNER.name, subject=row,
                data={"task": row.code, "code": refused.code},
            )  # fmt: skip
            continue
        plan.applied_at = at
        plan.save(update_fields=["applied_at"])
        applied += 1
    return applied


@transaction.atomic
def move_task(*, task: str, administration: str, version: int, viewer: Viewer, at: datetime) -> Task:
    """Give a task to another administration: a change of data, no code (wp.cut). Open work keeps its place."""
    row = open_task(task, version, viewer)
    if administration not in dict(organisation.administrations()):
        raise errors.WrongValue(value=administration, name="administration", remedy="")
    old = row.administration_id
    if old == administration:
        return row
    row.administration_id = administration
    row = _fresh(row)
    check_basis(row, row.level)
    _keep(row, ["administration_id"])
    journal.record(
        "task.moved",
        at=at,
        viewer_name=viewer.name,
        subject=row,
        data={"task": task, "old": old, "new": administration},
    )
    return row


@transaction.atomic
def place_task(
    *, task: str, placed: str, version: int, viewer: Viewer, at: datetime, reason: str = "", decision: bool = False
) -> Task:
    """Put a task in one of the four lists; out of the centres it falls to level 1, with the reason why (or unknown)."""
    row = open_task(task, version, viewer)
    if placed not in Placed.values:
        raise errors.WrongValue(value=placed, name="placed", remedy=", ".join(Placed.values))
    row.placed, row.decision = placed, decision
    row.not_placed_reason = _reason(reason) if placed == Placed.NOT_PLACED else ""
    _keep(row, ["placed", "decision", "not_placed_reason"])
    journal.record(
        "task.placed", at=at, viewer_name=viewer.name, subject=row,
        data={"task": task, "placed": placed, "reason": row.not_placed_reason},
    )  # fmt: skip
    return _set_level(row, 1, viewer, at) if placed in (Placed.NOT_PLACED, Placed.INFO) else row


@transaction.atomic
def hold_centrally(*, task: str, central: bool, until: date | None, version: int, viewer: Viewer, at: datetime) -> Task:
    """Say whether the owner still keeps a task that stands in the rule list, and until when (cat.pladsanvisning)."""
    row = open_task(task, version, viewer)
    row.central, row.central_until = central, until if central else None
    _keep(row, ["central", "central_until"])
    journal.record(
        "task.held_centrally", at=at, viewer_name=viewer.name, subject=row,
        data={"task": task, "central": central, "until": until.isoformat() if until else None},
    )  # fmt: skip
    return row


def may_edit(viewer: Viewer, administration: str) -> bool:
    """The editors' all tasks; the task owners' those of their own administration."""
    if viewer.is_process or viewer.has_role(Role.EDITOR):
        return True
    return viewer.has_role(Role.TASK_OWNER) and viewer.actor is not None and viewer.actor.employer == administration


def open_task(task: str, version: int | None, viewer: Viewer) -> Task:
    # no_key: rows that point at the task may be written meanwhile; the search, made by one at a time, writes such rows
    tasks = Task.objects.select_for_update(of=("self",), no_key=True).select_related("administration")
    row = tasks.filter(code=task).first()
    if row is None:
        raise errors.TaskNotFound(task=task)
    if not may_edit(viewer, row.administration_id):
        raise NotFound
    if version is not None and row.version != version:
        raise errors.StaleTask
    return row


def _keep(row: Task, fields: list[str]) -> None:
    row.by_hand = sorted({*row.by_hand, *fields})
    row.version += 1
    row.save(update_fields=[*fields, "by_hand", "version"])


def _fresh(row: Task) -> Task:
    """The row with its new owner read."""
    row.administration = type(row.administration).objects.get(code=row.administration_id)
    return row


def _set_level(row: Task, level: int, viewer: Viewer, at: datetime) -> Task:
    _check_level(row, level)
    old, row.level = row.level, level
    _keep(row, ["level", "legal_basis"])
    if old != level:
        journal.record(
            "task.level_changed", at=at, viewer_name=viewer.name, subject=row,
            data={"task": row.code, "group": row.group_id, "old": old, "new": level},
        )  # fmt: skip
    return row


def _check_level(row: Task, level: int) -> None:
    if level not in (1, 2):
        raise errors.WrongLevel(level=level)
    if level == 2 and row.placed not in (Placed.RULE, Placed.PO):
        raise errors.NotForTheCentres
    check_basis(row, level)


def check_basis(row: Task, level: int) -> None:
    """Another authority's task needs a law that says so (001 l.1302; requirements law.special, law.notransfer)."""
    if level > 1 and row.administration.external and not row.legal_basis.strip():
        raise errors.LegalBasisMissing(owner=row.administration.name)


def _reason(reason: str) -> str:
    if reason and reason not in NotPlaced.values:
        raise errors.WrongValue(value=reason, name="not_placed_reason", remedy=", ".join(NotPlaced.values))
    return reason or NotPlaced.UNKNOWN


def clean(name: str, value: Any) -> Any:
    """The value as the column holds it, or WrongValue."""
    if name in _TEXTS:
        return one_line(name, str(value), _TEXTS[name], needed=name == "title", lines=name.startswith("summary"))
    if name in _NOTES:
        return one_line(name, str(value), _NOTES[name])
    if name == "not_placed_reason":
        return _reason(str(value)) if value else ""
    if name == "volume":
        return _number(name, value, _MOST_VOLUME, whole=True)
    if name == "minutes":
        return _number(name, value, _MOST_MINUTES)
    raise TypeError(f"no such field of a task: {name}")


def one_line(name: str, value: str, longest: int, *, needed: bool = False, lines: bool = False) -> str:
    text = value.replace("\x00", "").strip()
    text = text if lines else " ".join(text.split())
    if (needed and not text) or len(text) > longest:
        raise errors.WrongValue(value=text[:40], name=name, remedy=f"1-{longest}" if needed else f"0-{longest}")
    return text


def _number(name: str, value: Any, most: Decimal | int, *, whole: bool = False) -> Any:
    if value is None or value == "":
        return None
    try:
        number = Decimal(str(value).replace(",", "."))
    except ArithmeticError as wrong:
        raise errors.WrongValue(value=str(value)[:40], name=name, remedy=f"0-{most}") from wrong
    lowest = 0 if whole else Decimal("0.1")
    if not number.is_finite() or not lowest <= number <= most or (whole and number != int(number)):
        raise errors.WrongValue(value=str(value)[:40], name=name, remedy=f"{lowest}-{most}")
    return int(number) if whole else round(number, 1)
