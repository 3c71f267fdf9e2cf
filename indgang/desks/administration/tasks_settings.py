"""What an editor or a task's owner changes of a task, as settings with history and undo."""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from indgang.core.catalogue import selectors as catalogue
from indgang.core.catalogue import services
from indgang.core.catalogue.values import NotPlaced, Placed
from indgang.core.organisation import selectors as organisation
from indgang.desks.administration import changes
from indgang.desks.administration.menu import EDITORS, OWNERS
from indgang.desks.administration.wording import day_text
from indgang.foundation.access.values import Viewer

FACTS, PLACING, OWNER, CENTRAL = "task_facts", "task_placing", "task_owner", "task_central"
PRINCIPLE, INTERFACE, SUBTASK, PLAN, CUT = "task_principle", "task_interface", "subtask", "task_plan", "task_cut"
HERE = "/administration/opgaver"
ROLES = EDITORS | OWNERS
FIELDS = (
    "title", "title_en", "summary", "summary_en", "volume", "volume_source", "minutes", "minutes_source", "authority",
)  # fmt: skip
Value = dict[str, Any]


def facts_of(task: str, at: datetime) -> Value:
    """Texts, volume, time and authority."""
    depth = catalogue.task_depth(task, at=at)
    return {name: _plain(getattr(depth, name)) for name in FIELDS}


def placing_of(task: str, at: datetime) -> Value:
    """List, kind, reason, level and legal basis: they are decided together."""
    depth = catalogue.task_depth(task, at=at)
    return {
        "placed": depth.placed, "decision": depth.decision, "reason": depth.not_placed_reason, "level": depth.level,
        "basis": depth.legal_basis,
    }  # fmt: skip


def principle_of(subject: str, at: datetime) -> Value | None:
    """One answer; None while nobody has answered."""
    task, number = _parts(subject)
    answer = catalogue.principles(task)[int(number) - 1]
    return {"holds": answer.holds, "note": answer.note, "source": answer.source} if answer.answered else None


def interface_of(subject: str, at: datetime) -> Value | None:
    """One line of the interfaces table; None while it follows from the task."""
    task, level = _parts(subject)
    line = catalogue.interface(task, int(level))
    if line.follows:
        return None
    return {
        "group": line.group, "unit": unit_code(line.unit), "transfer_to": unit_code(line.transfer_to),
        "hours": unit_code(line.hours), "note": line.note,
    }  # fmt: skip


def subtask_of(subject: str, at: datetime) -> Value | None:
    """One part of a task; None where there is none, or it has ended."""
    part = catalogue.subtask(subject)
    if part is None or part.ended:
        return None
    return {
        "title": part.title, "title_en": part.title_en, "level": part.level, "decision": part.decision,
        "minutes": _plain(part.minutes),
    }  # fmt: skip


def plan_of(subject: str, at: datetime) -> Value | None:
    """The level planned for that day."""
    task, day = _parts(subject)
    plan = next((one for one in catalogue.planned_levels(task) if one.on.isoformat() == day), None)
    return {"level": plan.level, "basis": plan.legal_basis} if plan else None


def cut_of(subject: str, at: datetime) -> Value | None:
    """The level in one co-located unit; None while the catalogue's holds."""
    task, unit = _parts(subject)
    known = organisation.unit(unit)
    cuts = catalogue.task_depth(task, at=at).cuts
    cut = next((one for one in cuts if known is not None and one.unit == known.id), None)
    return {"level": cut.level, "note": cut.note} if cut else None


def unit_code(unit: int | None) -> str:
    """The code of a unit, "" for none."""
    known = organisation.unit(unit) if unit is not None else None
    return known.code if known else ""


def next_subtask(task: str, at: datetime) -> str:
    """The number a new part of the task gets."""
    numbers = [int(part.code.rsplit(".", 1)[1]) for part in catalogue.task_depth(task, at=at).subtasks]
    return f"{task}.{max(numbers, default=0) + 1}"


def _apply_facts(task: str, value: Value, viewer: Viewer, at: datetime) -> None:
    services.change_task(task=task, changes=value, version=_version(task, at), viewer=viewer, at=at)


def _apply_placing(task: str, value: Value, viewer: Viewer, at: datetime) -> None:
    now = catalogue.task_depth(task, at=at)
    if (now.placed, now.decision, now.not_placed_reason) != (value["placed"], value["decision"], value["reason"]):
        services.place_task(
            task=task, placed=value["placed"], decision=value["decision"], reason=value["reason"],
            version=now.version, viewer=viewer, at=at,
        )  # fmt: skip
    services.change_level(
        task=task, level=value["level"], legal_basis=value["basis"], version=_version(task, at), viewer=viewer, at=at
    )


def _apply_owner(task: str, value: str, viewer: Viewer, at: datetime) -> None:
    services.move_task(task=task, administration=value, version=_version(task, at), viewer=viewer, at=at)


def _apply_central(task: str, value: Value, viewer: Viewer, at: datetime) -> None:
    services.hold_centrally(
        task=task, central=value["central"], until=_day(value["until"]), version=_version(task, at), viewer=viewer,
        at=at,
    )  # fmt: skip


def _apply_principle(subject: str, value: Value | None, viewer: Viewer, at: datetime) -> None:
    task, number = _parts(subject)
    if value is None:
        services.withdraw_answer(task=task, number=int(number), viewer=viewer, at=at)
        return
    version = catalogue.principles(task)[int(number) - 1].version
    services.answer_principle(task=task, number=int(number), version=version, viewer=viewer, at=at, **value)


def _apply_interface(subject: str, value: Value | None, viewer: Viewer, at: datetime) -> None:
    task, level = _parts(subject)
    if value is None:
        services.reset_interface(task=task, level=int(level), viewer=viewer, at=at)
        return
    version = catalogue.interface(task, int(level)).version
    services.set_interface(task=task, level=int(level), version=version, viewer=viewer, at=at, **value)


def _apply_subtask(subject: str, value: Value | None, viewer: Viewer, at: datetime) -> None:
    part = catalogue.subtask(subject)
    if value is None:
        services.end_subtask(subtask=subject, version=part.version if part else 0, viewer=viewer, at=at)
        return
    services.keep_subtask(
        task=subject.rsplit(".", 1)[0], code=subject if part else "", version=part.version if part else 0,
        title=value["title"], title_en=value["title_en"], level=value["level"], decision=value["decision"],
        minutes=Decimal(value["minutes"]) if value["minutes"] else None, viewer=viewer, at=at,
    )  # fmt: skip


def _apply_plan(subject: str, value: Value | None, viewer: Viewer, at: datetime) -> None:
    task, day = _parts(subject)
    known = next((one for one in catalogue.planned_levels(task) if one.on.isoformat() == day), None)
    if known:
        services.withdraw_plan(plan_id=known.id, viewer=viewer, at=at)
    if value is not None:
        services.plan_level(
            task=task, level=value["level"], legal_basis=value["basis"], on=date.fromisoformat(day), viewer=viewer,
            at=at,
        )  # fmt: skip


def _apply_cut(subject: str, value: Value | None, viewer: Viewer, at: datetime) -> None:
    task, unit = _parts(subject)
    if value is None:
        services.clear_cut(task=task, unit=unit, viewer=viewer, at=at)
        return
    known, place = catalogue.task_depth(task, at=at).cuts, organisation.unit(unit)
    version = next((one.version for one in known if place is not None and one.unit == place.id), 0)
    services.set_cut(task=task, unit=unit, version=version, viewer=viewer, at=at, **value)


def _facts_lines(value: Value) -> list[str]:
    names = {
        "title": _("Titel"), "title_en": _("Titel på engelsk"), "summary": _("Tekst"),
        "summary_en": _("Tekst på engelsk"), "volume": _("Henvendelser om året"), "volume_source": _("Kilde"),
        "minutes": _("Minutter"), "minutes_source": _("Kilde"), "authority": _("Afgøres af"),
    }  # fmt: skip
    return [f"{names[name]}: {value[name]}" for name in FIELDS if value[name]]


def _placing_lines(value: Value) -> list[str]:
    said = [gettext(Placed(value["placed"]).label), level_words(value["level"], value["decision"])]
    if value["reason"]:
        said.append(gettext(NotPlaced(value["reason"]).label))
    return [*said, value["basis"]] if value["basis"] else said


def _principle_lines(value: Value) -> list[str]:
    return [holds_words(value["holds"]), *([value["note"]] if value["note"] else [])]


def _interface_lines(value: Value) -> list[str]:
    shown = {
        _("Svarer"): value["unit"] or gettext("alle, der må"), _("Gruppe"): value["group"],
        _("Sendes til"): value["transfer_to"], _("Åbningstid"): value["hours"], _("Note"): value["note"],
    }  # fmt: skip
    return [f"{name}: {what}" for name, what in shown.items() if what]


def _subtask_lines(value: Value) -> list[str]:
    minutes = [gettext("{minutes} minutter").format(minutes=value["minutes"])] if value["minutes"] else []
    return [value["title"], level_words(value["level"], value["decision"]), *minutes]


def _level_lines(value: Value) -> list[str]:
    return [
        gettext("Niveau {level}").format(level=value["level"]),
        *filter(None, [value.get("basis") or value.get("note")]),
    ]


def _central_lines(value: Value) -> list[str]:
    if not value["central"]:
        return [gettext("Løses i borgerservice")]
    until = gettext("til og med {day}").format(day=day_text(value["until"])) if value["until"] else ""
    return [" ".join(filter(None, [gettext("Bliver i forvaltningen"), until]))]


def holds_words(holds: bool | None) -> str:
    """Yes, no or not known."""
    return {True: gettext("Ja"), False: gettext("Nej"), None: gettext("Ved ikke")}[holds]


def level_words(level: int, decision: bool) -> str:
    """Level and kind: a decision, or an expedition."""
    kind = "" if level == 1 else gettext("afgørelse") if decision else gettext("ekspedition")
    return ", ".join(filter(None, [gettext("Niveau {level}").format(level=level), kind]))


def _central_of(task: str, at: datetime) -> Value:
    depth = catalogue.task_depth(task, at=at)
    return {"central": depth.central, "until": depth.central_until.isoformat() if depth.central_until else None}


def _owner_of(task: str, at: datetime) -> str:
    return catalogue.task_depth(task, at=at).administration


def _owner_lines(value: str) -> list[str]:
    return [dict(organisation.administrations()).get(value, value)]


def _version(task: str, at: datetime) -> int:
    return catalogue.task_depth(task, at=at).version


def _parts(subject: str) -> tuple[str, str]:
    task, _colon, rest = subject.partition(":")
    return task, rest


def _plain(value: object) -> object:
    return str(value) if isinstance(value, Decimal) else value


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _name(subject: str) -> str:
    task = subject.partition(":")[0].partition(".")[0]
    head = catalogue.heads([task]).get(task)
    rest = subject[len(task) :].lstrip(":")
    return " ".join(filter(None, [task, head.title if head else "", f"({rest.lstrip('.')})" if rest else ""]))


def _register(
    code: str,
    title: Any,
    read: Callable[[str, datetime], Any],
    apply: Callable[[str, Any, Viewer, datetime], None],
    lines: Callable[[Any], list[str]],
    place: str,
) -> None:
    changes.register(
        changes.Setting(
            code=code, title=title, roles=ROLES, read=read, apply=apply, name=_name, lines=lines,
            path=lambda subject: f"{HERE}/{subject.partition(':')[0].partition('.')[0]}#{place}",
        )
    )  # fmt: skip


_register(FACTS, _("Opgavens oplysninger"), facts_of, _apply_facts, _facts_lines, "oplysninger")
_register(PLACING, _("Opgavens placering"), placing_of, _apply_placing, _placing_lines, "placering")
_register(OWNER, _("Opgavens forvaltning"), _owner_of, _apply_owner, _owner_lines, "forvaltning")
_register(CENTRAL, _("Hvor opgaven løses"), _central_of, _apply_central, _central_lines, "forvaltning")
_register(PRINCIPLE, _("Princip for placering"), principle_of, _apply_principle, _principle_lines, "principper")
_register(INTERFACE, _("Snitflade"), interface_of, _apply_interface, _interface_lines, "snitflader")
_register(SUBTASK, _("Delopgave"), subtask_of, _apply_subtask, _subtask_lines, "delopgaver")
_register(PLAN, _("Planlagt niveau"), plan_of, _apply_plan, _level_lines, "placering")
_register(CUT, _("Niveau i en enhed"), cut_of, _apply_cut, _level_lines, "snit")
