"""The matrix of people and groups, and the groups too few people cover."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from indgang.core.organisation import selectors as organisation
from indgang.core.organisation.values import AgentFacts, CompetenceRow, EmployeeCard
from indgang.desks.administration.competence_setting import subject_of
from indgang.foundation.runtime import clock


@dataclass(frozen=True)
class Cell:
    """What one person knows of one group today."""

    subject: str
    group: str
    group_name: str
    proficiency: int  # 0: nothing
    level: int
    effective: int  # what they may also by authorisation
    later: bool  # another period begins later
    ends: str  # last day of what holds, ISO; "" when open

    @property
    def short_of_right(self) -> bool:
        """Competent further than authorised."""
        return self.proficiency > 0 and self.effective < self.level


@dataclass(frozen=True)
class Line:
    """One person of the matrix."""

    card: EmployeeCard
    cells: list[Cell]


@dataclass(frozen=True)
class Cover:
    """How many people know a group today, and up to which level."""

    group: str
    name: str
    people: int
    decide: int  # at level 2 or above
    discretion: int  # at level 3
    short: int  # how many are missing

    @property
    def is_gap(self) -> bool:
        """Fewer than there should be."""
        return self.short > 0


def lines(people: Sequence[EmployeeCard], groups: Sequence[tuple[str, str]], at: datetime) -> list[Line]:
    """The matrix of these people."""
    ids = [card.id for card in people]
    facts = {one.employee: one for one in organisation.agent_facts(ids, at)}
    known: dict[tuple[int, str], list[CompetenceRow]] = {}
    for row in organisation.competences(ids, at):
        known.setdefault((row.employee, row.group), []).append(row)
    return [
        Line(card, [_cell(card.id, group, known.get((card.id, group[0]), []), facts, at) for group in groups])
        for card in people
    ]


def covers(groups: Sequence[tuple[str, str]], at: datetime, least: int) -> list[Cover]:
    """Every group with the people who may answer it now (competent and authorised), fewest first."""
    levels: dict[str, list[int]] = {code: [] for code, _name in groups}
    for one in organisation.agent_facts(None, at):
        for group, (_proficiency, level) in one.competences.items():
            if level and group in levels:
                levels[group].append(level)
    found = [_cover(code, name, levels[code], least) for code, name in groups]
    return sorted(found, key=lambda cover: (cover.people, cover.name))


def _cover(code: str, name: str, levels: list[int], least: int) -> Cover:
    people = len(levels)
    return Cover(
        group=code,
        name=name,
        people=people,
        decide=sum(level >= 2 for level in levels),
        discretion=sum(level >= 3 for level in levels),
        short=max(0, least - people),
    )


def _cell(
    employee: int, group: tuple[str, str], rows: list[CompetenceRow], facts: dict[int, AgentFacts], at: datetime
) -> Cell:
    code, name = group
    today = clock.local(at).date()
    now = next((row for row in rows if row.valid_from <= today), None)
    own = facts.get(employee)
    effective = own.competences.get(code, (0, 0))[1] if own else 0
    return Cell(
        subject=subject_of(employee, code),
        group=code,
        group_name=name,
        proficiency=now.proficiency if now else 0,
        level=now.level if now else 0,
        effective=effective,
        later=any(row.valid_from > today for row in rows),
        ends=now.valid_to.isoformat() if now and now.valid_to else "",
    )
