"""To whom work is handed on: the target resolved, and the warning when its doors are closed."""

from dataclasses import dataclass, replace
from datetime import datetime

from django.utils.translation import gettext

from indgang.core.contacts.values import Given
from indgang.core.organisation import selectors as organisation
from indgang.core.organisation.values import Channel, DirectoryRow
from indgang.core.routing.deciding import owner_of
from indgang.core.routing.errors import NobodyThere, OwnerDecides, ToYourself, UnitClosed, UnknownLevel, UnknownTarget
from indgang.core.routing.interfaces import CONTACT_CENTRE, destination
from indgang.core.routing.models import AgentState, WorkItem
from indgang.core.routing.rights import employee_of
from indgang.core.routing.values import ON_DUTY, AdviserState, AgentMode, TransferChoice, TransferTarget
from indgang.foundation.access.errors import NotFound
from indgang.foundation.access.values import Viewer

HIGHEST = 3
_OPENING_OF = {"phone": Channel.PHONE, "call_back": Channel.PHONE, "counter": Channel.COUNTER}


@dataclass(frozen=True)
class Target:
    """Where an item goes: ids for the item, and words for the conversation."""

    given: Given
    text: str
    level: int | None = None
    unit_code: str = ""


def resolve(to: TransferTarget, item: WorkItem, me: int, at: datetime) -> Target:
    """Exactly one target. Raises NobodyThere, UnknownTarget, ToYourself, UnknownLevel, OwnerDecides."""
    if sum(part not in (None, "") for part in (to.unit, to.group, to.employee, to.level)) != 1:
        raise NobodyThere
    if to.employee is not None:
        return _colleague(to.employee, item, me, at)
    if to.level is not None:
        return _level(item, to.level)
    if to.group:
        name = dict(organisation.groups()).get(to.group)
        if name is None:
            raise UnknownTarget(target=to.group[:40])
        return Target(Given(group=to.group), name)
    unit = organisation.unit(to.unit) if to.unit else None
    if unit is None:
        raise UnknownTarget(target=str(to.unit)[:40])
    return Target(Given(unit=unit.id), unit.name, unit_code=unit.code)


def check_open(target: Target, medium: str, at: datetime) -> None:
    """Raises UnitClosed, with when it opens, where the unit's hours are known and it is closed now."""
    if not target.unit_code:
        return
    opening = organisation.opening(target.unit_code, opening_channel(medium), at)
    if not opening.open and opening.opens is not None:
        raise UnitClosed(unit=target.text, sentence=f"{opening.sentence}.")


def opening_channel(medium: str) -> str:
    """Whose hours count for such work: one rule for the list of receivers and for the warning."""
    return _OPENING_OF.get(medium, Channel.MAIL)


def group_of_unit(unit_id: int | None, wanted: str, at: datetime) -> str:
    """The competence work needs in a unit: the wanted one where somebody there has it, else what most there have."""
    if unit_id is None:
        return wanted
    known = organisation.groups_known([unit_id], at)
    if wanted in known or not known:
        return wanted
    return min(known, key=lambda group: (-known[group], group))


def transfer_choices(
    viewer: Viewer, q: str, at: datetime, *, limit: int = 20, medium: str = Channel.PHONE
) -> list[TransferChoice]:
    """People and units one can hand work of this medium to, with who is free, busy or away and what is open for it."""
    employee_of(viewer)
    rows = organisation.directory(q, at, limit=limit)
    channel = opening_channel(medium)
    units = [row.code for row in rows if row.kind == "unit"]
    if units and channel != Channel.PHONE:  # the directory says the hours of the phone
        hours = organisation.opening_many(units, channel, at)
        rows = [replace(row, open=hours[row.code]) if row.code in hours else row for row in rows]
    states = AgentState.objects.in_bulk([row.id for row in rows if row.kind == "employee"])
    return [_choice(row, states.get(row.id)) for row in rows]


def adviser_state(viewer: Viewer, employee_id: int, at: datetime) -> AdviserState:
    """Whether somebody asked for by name can be reached now, and who stands in. Raises NotFound."""
    employee_of(viewer)
    name = organisation.names([employee_id]).get(employee_id)
    if name is None:
        raise NotFound
    known = AgentState.objects.filter(pk=employee_id).values_list("mode", flat=True).first()
    mode = AgentMode(known) if known else AgentMode.OFFLINE
    return AdviserState(
        employee=employee_id,
        name=name,
        mode=mode.value,
        mode_name=gettext(mode.label),
        free=mode == AgentMode.AVAILABLE,
        present=mode in ON_DUTY,
        substitutes=tuple(organisation.substitutes_of(employee_id, at)),
    )


def _level(item: WorkItem, level: int) -> Target:
    if not item.level < level <= HIGHEST:
        raise UnknownLevel
    found = destination(item.task, level)
    unit = organisation.unit(found.unit) if found.unit else None
    if unit is not None and unit.kind == CONTACT_CENTRE:
        unit = None  # its work is everybody's who may
    names = dict(organisation.groups())
    where = unit.name if unit else names.get(found.group, found.group)
    text = gettext("{where} (niveau {level})").format(where=where, level=level)
    given = Given(unit=unit.id) if unit else Given(group=found.group)
    return Target(given, text, level, unit.code if unit else "")


def _colleague(employee_id: int, item: WorkItem, me: int, at: datetime) -> Target:
    if employee_id == me:
        raise ToYourself
    card = organisation.employee(employee_id)
    if card is None:
        raise UnknownTarget(target=str(employee_id))
    owner = owner_of(item.task, item.level, at)
    if owner is not None and card.employer != owner:
        raise OwnerDecides(name=card.name)
    return Target(Given(employee=card.id), card.name)


def _choice(row: DirectoryRow, state: AgentState | None) -> TransferChoice:
    presence, words = _presence(state) if row.kind == "employee" else ("", "")
    known = row.open.open or row.open.opens is not None
    return TransferChoice(
        kind=row.kind,
        id=row.id,
        code=row.code,
        name=row.name,
        title=row.title,
        unit_name=row.unit_name,
        presence=presence,
        presence_name=words,
        open=row.open.open if known else None,
        sentence=row.open.sentence,
    )


def _presence(state: AgentState | None) -> tuple[str, str]:
    mode = state.mode if state else AgentMode.OFFLINE
    if mode == AgentMode.AVAILABLE:
        return "free", gettext("Ledig")
    return ("busy", gettext("Optaget")) if mode in ON_DUTY else ("away", gettext("Ikke på arbejde"))
