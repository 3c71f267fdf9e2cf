"""Above level 1 the law may let only the owner's own people settle a task: who that is, for each item that waits."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from indgang.core.catalogue import selectors as catalogue
from indgang.core.routing.facts import Item
from indgang.core.routing.keeping import Kept
from indgang.foundation.access import policy
from indgang.foundation.access import selectors as access
from indgang.foundation.access.values import EXCLUSIVE_ROLES, Dispensation, SwitchCode, TaskNeed

_LEVELS = (policy.DECIDE, policy.DISCRETION)


def sole_owner(need: TaskNeed, dispensation: Dispensation) -> str | None:
    """The administration whose own people alone may act on the task at that level; None: everybody who is authorised
    and competent may."""
    if need.level == policy.DISCRETION or need.level > need.ceiling:
        return need.owner
    if need.level < policy.DECIDE or not need.decision or dispensation is True:
        return None
    return None if isinstance(dispensation, frozenset) and need.task in dispensation else need.owner


def with_owner(items: Iterable[Item], at: datetime) -> list[Item]:
    """The items, each with the administration that alone may settle it. An item of no task yet is everybody's: whoever
    takes it finds out what it is."""
    found = list(items)
    asked = {item.task for item in found if item.level > policy.INFORM and item.task}
    if not asked:
        return found
    needs = _needs(asked, at)
    rules = _RULES.at(at)
    owners = {key: sole_owner(need, rules.dispensation) for key, need in needs.items()}
    return [
        replace(item, owner=owner) if (owner := owners.get((item.task, item.level))) is not None else item
        for item in found
    ]


def owner_of(task: str, level: int, at: datetime) -> str | None:
    """The administration that alone may settle this task at this level; None: everybody's."""
    if not task or level <= policy.INFORM:
        return None
    need = _needs({task}, at).get((task, level))
    return sole_owner(need, _RULES.at(at).dispensation) if need is not None else None


def on_both_sides(roles: frozenset[str], at: datetime) -> bool:
    """Whether somebody holds two roles that exclude each other: such a person has no rights at all."""
    return roles >= EXCLUSIVE_ROLES and _RULES.at(at)[SwitchCode.SEPARATION]


def _needs(tasks: set[str], at: datetime) -> dict[tuple[str, int], TaskNeed]:
    """Other threads fill the same table meanwhile: it is looked up in, never walked through."""
    known = _NEEDS.at(at)
    missing = {task for task in tasks if not any((task, level) in known for level in _LEVELS)}
    if missing:
        known |= {(one.task, one.level): one for one in catalogue.needs(missing, _LEVELS)}
    keys = ((task, level) for task in tasks for level in _LEVELS)
    return {key: known[key] for key in keys if key in known}


_RULES = Kept(access.switches)
_NEEDS: Kept[dict[tuple[str, int], TaskNeed]] = Kept(lambda at: {})
