"""Rights, as a published pure algorithm: from the facts about an employee to what they may see and do now.

Every level has one `LevelRule`. `may()` asks it about one task; lists are filtered by the very same rule (in Python by
`shows()`, in SQL by `access.selectors.rows_q`). The checks, in the order of the security regulation:

1. authorisation: a right on the task or its group, at that level (who meets citizens informs at level 1 by default);
2. competence in the task's group, at that level;
3. employer: discretion (level 3) is always the owner's own; a decision at level 2 is so while there is no dispensation
   for that task, and never above the level the task is settled at in the centres; a role the task is forbidden to
   never gets it;
4. purpose: `may_open()`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from indgang.foundation.access.values import (
    EXCLUSIVE_ROLES,
    GUIDES,
    NARROW,
    ONLY_INFORM,
    Actor,
    Check,
    Dispensation,
    Purpose,
    Reason,
    TaskNeed,
)

LEVELS = (1, 2, 3)
INFORM, DECIDE, DISCRETION = LEVELS
_REASONS = frozenset(Reason.values)  # codes of a list, never free text: the log is read by the citizen


@dataclass(frozen=True)
class LevelRule:
    """What may be done at one level."""

    level: int
    tasks: frozenset[str]  # authorised one by one
    groups: frozenset[str]  # authorised as a whole
    competent: frozenset[str]  # groups known well enough
    decides_only_for: str | None  # administration code; None: decides for every administration
    acts_only_for: str | None  # administration code; None: acts for every administration
    dispensed: frozenset[str] = frozenset()  # tasks decided for every administration nevertheless
    employer: str = ""  # above a task's ceiling only its owner's own act


@dataclass(frozen=True)
class TasksFilter:
    """The same rights as data for querysets."""

    groups: Mapping[str, int]  # group -> highest level of any task in it
    tasks: Mapping[str, int]  # task -> highest level, where its group is known as well
    units: frozenset[int]
    rules: tuple[LevelRule, ...]
    roles: frozenset[str]


@dataclass(frozen=True)
class Scope:
    """What one employee may see and do at one moment."""

    employer: str
    roles: frozenset[str]
    units: frozenset[int]
    rules: tuple[LevelRule, ...]  # one per level, lowest first
    excluded: bool  # holds two roles that exclude each other: no rights at all

    @property
    def tasks_filter(self) -> TasksFilter:
        """The rights as groups x level, tasks x level and units."""
        groups: dict[str, int] = {}
        tasks: dict[str, int] = {}
        for rule in self.rules:
            groups.update(dict.fromkeys(rule.groups & rule.competent, rule.level))
            if rule.competent:
                tasks.update(dict.fromkeys(rule.tasks, rule.level))
        return TasksFilter(groups, tasks, self.units, self.rules, self.roles)

    @property
    def has_rights(self) -> bool:
        """Whether there is any task this employee may at least inform about."""
        return any(rule.competent and (rule.tasks or rule.groups & rule.competent) for rule in self.rules)


def scope(actor: Actor, at: datetime, dispensation: Dispensation, *, separation: bool = True) -> Scope:
    """What the actor may see and do at that moment; the actor's facts are those in force then."""
    excluded = separation and actor.roles >= EXCLUSIVE_ROLES
    levels = () if excluded else tuple(level for level in LEVELS if level <= _highest(actor))
    return Scope(
        employer=actor.employer,
        roles=actor.roles,
        units=actor.units | {actor.unit},
        rules=tuple(_rule(actor, level, dispensation) for level in levels),
        excluded=excluded,
    )


def may(scope: Scope, need: TaskNeed, level: int) -> bool:
    """Whether the task may be informed about (1), decided or expedited by rule (2) or settled with discretion (3)."""
    return shows(scope.tasks_filter, need, level) and (level <= need.level or scope.employer == need.owner)


def shows(rows: TasksFilter, need: TaskNeed, level: int | None = None) -> bool:
    """Whether a list shows the row; the twin of `access.selectors.rows_q`, which asks the same of columns."""
    level = need.level if level is None else level
    rule = next((rule for rule in rows.rules if rule.level == level), None)
    if rule is None or need.forbidden_to & rows.roles:
        return False
    authorised = need.group in rule.groups or (need.task != "" and need.task in rule.tasks)
    return authorised and need.group in rule.competent and _employer_allows(rule, need)


def highest_levels(scope: Scope, needs: Iterable[TaskNeed]) -> dict[str, int]:
    """Per task the highest level it may be acted on; tasks without any are left out."""
    found: dict[str, int] = {}
    for need in needs:
        levels = [level for level in LEVELS if may(scope, need, level)]
        if levels:
            found[need.task] = max(levels[-1], found.get(need.task, 0))
    return found


def may_open(scope: Scope, purpose: Purpose | None, verified: bool) -> bool:
    """Whether a citizen or case may be opened: for an open contact or case that is theirs, or on a stated reason."""
    if purpose is None or not scope.has_rights:
        return False
    if purpose.kind == "reason":
        return is_reason(purpose.value) and not scope.roles & NARROW
    return verified


def is_reason(value: str) -> bool:
    """Whether a stated reason stands in the list."""
    return value in _REASONS


def effective_level(actor: Actor, group: str) -> int:
    """The highest level at which both authorisation and competence hold for a group; 0 for none."""
    known = min(actor.competences.get(group, 0), _highest(actor))
    return max((level for level in LEVELS if level <= known and group in _groups(actor, level)), default=0)


def known_levels(actor: Actor) -> dict[str, int]:
    """Per group the level of the competence alone, as far as the actor's roles let it count."""
    highest = _highest(actor)
    return {group: min(level, highest) for group, level in actor.competences.items()}


def explain(actor: Actor, need: TaskNeed, dispensation: Dispensation, *, separation: bool = True) -> tuple[Check, ...]:
    """Why the actor may or may not act on the task at the level of the need, in the order of the security regulation.

    Every check holds exactly where `may()` says yes.
    """
    given = _authorised_by(actor, need)
    known = actor.competences.get(need.group, 0)
    allowed = _employer_reason(actor, need, dispensation)
    return (
        Check("separation", not (separation and actor.roles >= EXCLUSIVE_ROLES), "exclusive"),
        _role_check(actor, need),
        Check("authorisation", given != "none", given),
        Check("competence", known >= need.level, str(known)),
        Check("employer", allowed not in {"ceiling", "discretion", "no_dispensation"}, allowed),
    )


def _highest(actor: Actor) -> int:
    return INFORM if actor.roles & ONLY_INFORM else DISCRETION


def _authorised_by(actor: Actor, need: TaskNeed) -> str:
    if any(right.task == need.task != "" and right.level >= need.level for right in actor.rights):
        return "task"
    if actor.roles & NARROW:
        return "none"
    if any(right.group == need.group and right.level >= need.level for right in actor.rights if right.group):
        return "group"
    guides = need.level == INFORM and actor.roles & GUIDES and need.group in actor.competences
    return "guide" if guides else "none"


def _role_check(actor: Actor, need: TaskNeed) -> Check:
    if need.forbidden_to & actor.roles:
        return Check("role", False, "forbidden")
    if need.level > INFORM and actor.roles & ONLY_INFORM:
        return Check("role", False, "only_inform")
    return Check("role", True, "allowed")


def _employer_reason(actor: Actor, need: TaskNeed, dispensation: Dispensation) -> str:
    if need.owner == actor.employer:
        return "own"
    if need.level == DISCRETION:
        return "discretion"
    if need.level > need.ceiling:
        return "ceiling"
    if need.level < DECIDE:
        return "information"
    if not need.decision:
        return "expedition"
    dispensed = dispensation is True or (isinstance(dispensation, frozenset) and need.task in dispensation)
    return "dispensation" if dispensed else "no_dispensation"


def _rule(actor: Actor, level: int, dispensation: Dispensation) -> LevelRule:
    return LevelRule(
        level=level,
        tasks=frozenset(right.task for right in actor.rights if right.task and right.level >= level),
        groups=_groups(actor, level),
        competent=frozenset(group for group, reached in actor.competences.items() if reached >= level),
        decides_only_for=None if dispensation is True else actor.employer,
        acts_only_for=actor.employer if level == DISCRETION else None,
        dispensed=dispensation if isinstance(dispensation, frozenset) else frozenset(),
        employer=actor.employer,
    )


def _groups(actor: Actor, level: int) -> frozenset[str]:
    if actor.roles & NARROW:
        return frozenset()
    given = frozenset(right.group for right in actor.rights if right.group and right.level >= level)
    if level == INFORM and actor.roles & GUIDES:
        return given | frozenset(actor.competences)
    return given


def _employer_allows(rule: LevelRule, need: TaskNeed) -> bool:
    if rule.level > need.ceiling and need.owner != rule.employer:
        return False
    if rule.acts_only_for is not None and need.owner != rule.acts_only_for:
        return False
    decides = need.decision and rule.level >= DECIDE
    return not decides or rule.decides_only_for in {None, need.owner} or need.task in rule.dispensed
