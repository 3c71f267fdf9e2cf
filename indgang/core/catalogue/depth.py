"""What an editor, a planner and the routing ask of a task beyond its card."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext

from indgang.core.catalogue import models as rows
from indgang.core.catalogue.errors import TaskNotFound
from indgang.core.catalogue.values import (
    PRINCIPLES,
    CutRow,
    EventTask,
    Interface,
    LevelPlan,
    LifeEventCard,
    Placed,
    PrincipleAnswer,
    SubtaskCard,
    TaskDepth,
    TaskLine,
)
from indgang.core.organisation.selectors import units
from indgang.foundation.runtime import clock

CONTACT_CENTRE = "contact_centre"
LEVELS = (1, 2, 3)


def life_events(language: str = "da", *, situation: str | None = None) -> list[LifeEventCard]:
    """The events of the life situations with their check-lists, in the order they are shown."""
    english = language == "en"
    events = rows.LifeEvent.objects.order_by("situation__order", "order", "code")
    if situation:
        events = events.filter(situation=situation)
    steps: dict[str, list[EventTask]] = {}
    for step in rows.LifeEventTask.objects.select_related("task").order_by("order", "task"):
        title, words = (step.task.title_en, step.words_en) if english else (step.task.title, step.words)
        steps.setdefault(step.event_id, []).append(EventTask(step.task_id, title, words))
    return [
        LifeEventCard(one.code, one.situation_id, one.name_en if english else one.name, steps.get(one.code, []))
        for one in events
    ]


def subtasks(task: str, *, at: datetime, language: str = "da") -> list[SubtaskCard]:
    """The parts of a task in force, each with its own level; `title` is in that language."""
    found = [card for card in _subtasks(task, at) if card.in_force]
    if language != "en":
        return found
    return [SubtaskCard(**(vars(card) | {"title": card.title_en})) for card in found]


def subtask(code: str, *, at: datetime | None = None) -> SubtaskCard | None:
    """One part of a task, ended or not; None when there is none of that code."""
    row = rows.Subtask.objects.filter(code=code).first()
    return _part(row, at or clock.now()) if row else None


def interface(task: str, level: int) -> Interface:
    """Who answers the task at that level, to whom it is handed on, and in whose hours. Raises TaskNotFound."""
    return next(row for row in interfaces(task) if row.level == level)


def interfaces(task: str) -> list[Interface]:
    """The three lines of the interfaces table for one task (requirement kc.interfaces)."""
    row = rows.Task.objects.filter(code=task).first()
    if row is None:
        raise TaskNotFound(task=task)
    given = {one.level: one for one in rows.Interface.objects.filter(task=task)}
    centre = _contact_centre()
    return [_given(given[level]) if level in given else _follows(row, level, centre) for level in LEVELS]


def all_interfaces(*, at: datetime) -> list[list[Interface]]:
    """The interfaces table of every task in force, by code, the three levels of each; three statements in all."""
    given = {(one.task_id, one.level): one for one in rows.Interface.objects.all()}
    centre = _contact_centre()
    return [
        [
            _given(given[task.code, level]) if (task.code, level) in given else _follows(task, level, centre)
            for level in LEVELS
        ]
        for task in rows.Task.objects.filter(_in_force(at)).order_by("code")
    ]


def task_depth(code: str, *, at: datetime) -> TaskDepth:
    """All there is to edit of one task. Raises TaskNotFound."""
    row = rows.Task.objects.select_related("administration").filter(code=code).first()
    if row is None:
        raise TaskNotFound(task=code)
    return TaskDepth(
        code=row.code, title=row.title, title_en=row.title_en, summary=row.summary, summary_en=row.summary_en,
        administration=row.administration_id, group=row.group_id, level=row.level, placed=row.placed,
        decision=row.decision, follow_up=row.follow_up_id, answer_hours=row.answer_hours,
        life_situations=tuple(row.life_situations.order_by("order").values_list("code", flat=True)),
        not_placed_reason=row.not_placed_reason, volume=row.volume, volume_source=row.volume_source,
        minutes=row.minutes, minutes_source=row.minutes_source, authority=row.authority,
        legal_basis=row.legal_basis, foreign=row.administration.external, central=row.central,
        central_until=row.central_until, valid_from=row.valid_from, valid_to=row.valid_to,
        by_hand=tuple(row.by_hand), source=row.source, version=row.version,
        subtasks=tuple(_subtasks(code, at)), principles=tuple(principles(code)), interfaces=tuple(interfaces(code)),
        plans=tuple(planned_levels(code)), cuts=tuple(_cuts(code)),
    )  # fmt: skip


def principles(task: str) -> list[PrincipleAnswer]:
    """The seven answers of a task, unanswered ones among them."""
    given = {row.number: row for row in rows.Principle.objects.filter(task=task)}
    return [
        PrincipleAnswer(number, gettext(words), row.holds, row.note, row.source, True, row.version)
        if (row := given.get(number))
        else PrincipleAnswer(number, gettext(words), None, "", "", False, 0)
        for number, words in PRINCIPLES.items()
    ]


def planned_levels(task: str | None = None) -> list[LevelPlan]:
    """Changes of level still to come, the next first."""
    found = rows.PlannedLevel.objects.filter(applied_at=None, withdrawn_at=None).order_by("on", "id")
    if task:
        found = found.filter(task=task)
    return [LevelPlan(one.pk, one.task_id, one.level, one.on, one.legal_basis, one.planned_by) for one in found]


def task_lines(*, at: datetime) -> list[TaskLine]:
    """Every task with what is known of it, by code; five statements however many there are."""
    today = clock.local(at).date()
    parts = Counter(rows.Subtask.objects.filter(_in_force(at)).values_list("task_id", flat=True))
    answers = list(rows.Principle.objects.exclude(holds=None).values_list("task_id", "holds"))
    answered = Counter(task for task, _ in answers)
    against = Counter(task for task, holds in answers if not holds)
    plans = {plan.task: plan.on for plan in reversed(planned_levels())}
    return [
        TaskLine(
            code=row.code, title=row.title, administration=row.administration_id, group=row.group_id, level=row.level,
            placed=row.placed, placed_name=gettext(Placed(row.placed).label), decision=row.decision,
            volume=row.volume, minutes=row.minutes, not_placed_reason=row.not_placed_reason,
            subtasks=parts[row.code], answered=answered[row.code], against=against[row.code],
            planned=plans.get(row.code),
            in_force=row.valid_from <= today and (row.valid_to is None or row.valid_to >= today),
        )
        for row in rows.Task.objects.order_by("code")
    ]  # fmt: skip


def level_in_unit(task: str, unit: int) -> int:
    """The level at which this unit settles the task: its own cut where it has one, else the catalogue's level."""
    cut = rows.UnitCut.objects.filter(task=task, unit=unit).values_list("level", flat=True).first()
    if cut is not None:
        return cut
    level = rows.Task.objects.filter(code=task).values_list("level", flat=True).first()
    if level is None:
        raise TaskNotFound(task=task)
    return level


def _contact_centre() -> int | None:
    return next((unit.id for unit in units(CONTACT_CENTRE, at=clock.now())), None)


def _follows(task: rows.Task, level: int, centre: int | None) -> Interface:
    """Level 1 is the contact centre's; level 2 any centre's where the task is placed; else the owner's unit."""
    group, owner = task.group_id, task.follow_up_id
    if level == 1:
        return Interface(task.code, 1, group, centre, owner, centre, "", True, 0)
    if level == 2 and task.level >= 2 and not task.central:
        return Interface(task.code, 2, group, None, owner, None, "", True, 0)
    return Interface(task.code, level, group, owner, None, owner, "", True, 0)


def _given(row: rows.Interface) -> Interface:
    return Interface(
        row.task_id, row.level, row.group_id, row.unit_id, row.transfer_to_id, row.hours_id, row.note, False,
        row.version,
    )  # fmt: skip


def _subtasks(task: str, at: datetime) -> list[SubtaskCard]:
    return [_part(one, at) for one in rows.Subtask.objects.filter(task=task).order_by("order", "code")]


def _part(one: rows.Subtask, at: datetime) -> SubtaskCard:
    today = clock.local(at).date()
    ended = one.valid_to is not None and one.valid_to <= today
    in_force = one.valid_from <= today and (one.valid_to is None or one.valid_to >= today)
    return SubtaskCard(
        one.code, one.task_id, one.title, one.title_en, one.level, one.decision, one.minutes, in_force, ended,
        one.source, one.version,
    )  # fmt: skip


def _cuts(task: str) -> Iterable[CutRow]:
    return [
        CutRow(one.unit_id, one.level, one.note, one.version)
        for one in rows.UnitCut.objects.filter(task=task).order_by("unit")
    ]


def _in_force(at: datetime) -> Q:
    today = clock.local(at).date()
    return (Q(valid_to=None) | Q(valid_to__gte=today)) & Q(valid_from__lte=today)
