"""Changing what belongs to a task: its parts, the seven principles, the interfaces table and the cut of a unit."""

from datetime import datetime
from decimal import Decimal

from django.db import transaction

from indgang.core.catalogue import errors
from indgang.core.catalogue.editing import check_basis, clean, one_line, open_task
from indgang.core.catalogue.models import Interface, Principle, Subtask, Task, UnitCut
from indgang.core.organisation import selectors as organisation
from indgang.foundation.access.values import Viewer
from indgang.foundation.journal import services as journal
from indgang.foundation.runtime import clock


@transaction.atomic
def keep_subtask(
    *,
    task: str,
    title: str,
    title_en: str,
    level: int,
    viewer: Viewer,
    at: datetime,
    code: str = "",
    decision: bool = False,
    minutes: Decimal | None = None,
    version: int = 0,
) -> Subtask:
    """Enter a part of a task (no code), or change the one with that code; an ended one holds again.

    It may need a higher level than the task as a whole.
    """
    row = open_task(task, None, viewer)
    if level not in (1, 2, 3):
        raise errors.WrongLevel(level=level)
    part = _part(row, code, version, at)
    part.title = one_line("title", title, 160, needed=True)
    part.title_en = one_line("title_en", title_en, 160) or part.title
    part.level, part.decision, part.minutes = level, decision, clean("minutes", minutes)
    part.by_hand, part.valid_to = True, None
    part.version += 1
    check_basis(row, level if level < 3 else 1)  # discretion stays with the owner anyway
    part.save()
    journal.record(
        "subtask.kept", at=at, viewer_name=viewer.name, subject=part,
        data={"task": task, "subtask": part.code, "level": level},
    )  # fmt: skip
    return part


@transaction.atomic
def end_subtask(*, subtask: str, version: int, viewer: Viewer, at: datetime) -> Subtask:
    """End a part of a task after today; what was settled under it keeps its name."""
    part = Subtask.objects.select_for_update().filter(code=subtask).first()
    if part is None:
        raise errors.UnknownSubtask(subtask=subtask)
    open_task(part.task_id, None, viewer)
    if part.version != version:
        raise errors.StaleTask
    part.valid_to, part.by_hand, part.version = clock.local(at).date(), True, part.version + 1
    part.save(update_fields=["valid_to", "by_hand", "version"])
    journal.record("subtask.ended", at=at, viewer_name=viewer.name, subject=part, data={"subtask": subtask})
    return part


@transaction.atomic
def answer_principle(
    *,
    task: str,
    number: int,
    holds: bool | None,
    viewer: Viewer,
    at: datetime,
    note: str = "",
    source: str = "",
    version: int = 0,
) -> Principle:
    """Answer one of the seven principles for a task: yes, no, or considered and not known (law.p1 to law.p7)."""
    row = open_task(task, None, viewer)
    if not 1 <= number <= 7:
        raise errors.WrongValue(value=number, name="number", remedy="1-7")
    answer = Principle.objects.select_for_update().filter(task=row, number=number).first()
    if answer is not None and answer.version != version:
        raise errors.StaleTask
    answer = answer or Principle(task=row, number=number, version=0)
    answer.holds, answer.by_hand, answer.version = holds, True, answer.version + 1
    answer.note, answer.source = one_line("note", note, 300), one_line("source", source, 160)
    answer.save()
    journal.record(
        "task.principle_answered", at=at, viewer_name=viewer.name, subject=row,
        data={"task": task, "number": number, "holds": holds},
    )  # fmt: skip
    return answer


@transaction.atomic
def withdraw_answer(*, task: str, number: int, viewer: Viewer, at: datetime) -> None:
    """Let a principle be unanswered again."""
    row = open_task(task, None, viewer)
    Principle.objects.filter(task=row, number=number).delete()
    facts: dict[str, object] = {"task": task, "number": number}
    journal.record("task.principle_withdrawn", at=at, viewer_name=viewer.name, subject=row, data=facts)


@transaction.atomic
def set_interface(
    *,
    task: str,
    level: int,
    group: str,
    viewer: Viewer,
    at: datetime,
    unit: str = "",
    transfer_to: str = "",
    hours: str = "",
    note: str = "",
    version: int = 0,
) -> Interface:
    """Say who answers a task at a level, where it is handed on and in whose hours; units by code, empty for none."""
    row = open_task(task, None, viewer)
    if level not in (1, 2, 3):
        raise errors.WrongLevel(level=level)
    if group not in dict(organisation.groups()):
        raise errors.WrongValue(value=group, name="group", remedy="")
    line = Interface.objects.select_for_update().filter(task=row, level=level).first()
    if line is not None and line.version != version:
        raise errors.StaleTask
    line = line or Interface(task=row, level=level, version=0)
    line.group_id, line.note, line.version = group, one_line("note", note, 300), line.version + 1
    line.unit_id, line.transfer_to_id, line.hours_id = _unit(unit), _unit(transfer_to), _unit(hours)
    line.save()
    journal.record(
        "task.interface_set", at=at, viewer_name=viewer.name, subject=row,
        data={"task": task, "level": level, "group": group, "unit": unit, "transfer_to": transfer_to},
    )  # fmt: skip
    return line


@transaction.atomic
def reset_interface(*, task: str, level: int, viewer: Viewer, at: datetime) -> None:
    """Let what follows from the task hold again."""
    row = open_task(task, None, viewer)
    Interface.objects.filter(task=row, level=level).delete()
    journal.record(
        "task.interface_reset", at=at, viewer_name=viewer.name, subject=row, data={"task": task, "level": level}
    )


@transaction.atomic
def set_cut(
    *, task: str, unit: str, level: int, viewer: Viewer, at: datetime, note: str = "", version: int = 0
) -> UnitCut:
    """Say at which level one co-located unit settles a task (cat.pocut)."""
    row = open_task(task, None, viewer)
    if level not in (1, 2):
        raise errors.WrongLevel(level=level)
    place = _unit(unit)
    if place is None:
        raise errors.WrongValue(value=unit, name="unit", remedy="")
    cut = UnitCut.objects.select_for_update().filter(task=row, unit=place).first()
    if cut is not None and cut.version != version:
        raise errors.StaleTask
    cut = cut or UnitCut(task=row, unit_id=place, version=0)
    cut.level, cut.note, cut.version = level, one_line("note", note, 300), cut.version + 1
    cut.save()
    journal.record(
        "task.cut_set", at=at, viewer_name=viewer.name, subject=row, data={"task": task, "unit": unit, "level": level}
    )
    return cut


@transaction.atomic
def clear_cut(*, task: str, unit: str, viewer: Viewer, at: datetime) -> None:
    """Let the catalogue's level hold in that unit again."""
    row = open_task(task, None, viewer)
    UnitCut.objects.filter(task=row, unit=_unit(unit)).delete()
    facts: dict[str, object] = {"task": task, "unit": unit}
    journal.record("task.cut_cleared", at=at, viewer_name=viewer.name, subject=row, data=facts)


def _part(row: Task, code: str, version: int, at: datetime) -> Subtask:
    if not code:
        numbers = [int(one.rsplit(".", 1)[1]) for one in _codes(row)]
        number = max(numbers, default=0) + 1
        today = clock.local(at).date()
        return Subtask(code=f"{row.code}.{number}", task=row, order=number, valid_from=today, version=0)
    part = Subtask.objects.select_for_update().filter(code=code, task=row).first()
    if part is None:
        raise errors.UnknownSubtask(subtask=code)
    if part.version != version:
        raise errors.StaleTask
    return part


def _codes(row: Task) -> list[str]:
    return list(Subtask.objects.filter(task=row).values_list("code", flat=True))


def _unit(code: str) -> int | None:
    if not code:
        return None
    found = organisation.unit(code)
    if found is None:
        raise errors.WrongValue(value=code, name="unit", remedy="")
    return found.id
