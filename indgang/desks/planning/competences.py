"""Which groups of competences must be looked at together when each person does one thing at a time. Pure.

People can be shared out so that every need is met exactly when, for every group of needs, those who know any of them
are as many as the needs of the group together (Hall's theorem). A group that falls apart into parts nobody shares says
nothing its parts do not say.
"""

from collections.abc import Collection, Iterable
from itertools import combinations

from indgang.desks.planning.errors import RosterTooLarge
from indgang.desks.planning.shifts import ANY

MOST_AT_ONCE = 6  # competences in one interval; their groups double with each


def groups_of(competences: Collection[str], known: Iterable[frozenset[str]]) -> list[frozenset[str]]:
    """The groups, the smallest first; what anybody can do stands with everything else, for all can do it."""
    special = sorted(set(competences) - {ANY})
    if len(special) > MOST_AT_ONCE:
        raise RosterTooLarge(
            field="competence", count=len(special), what="kompetencer i samme halvtime", most=MOST_AT_ONCE
        )
    shared = {pair for skills in known for pair in combinations(sorted(skills & set(special)), 2)}
    groups = [
        frozenset(group)
        for size in range(1, len(special) + 1)
        for group in combinations(special, size)
        if _hangs_together(group, shared)
    ]
    return [*groups, frozenset({ANY, *special})] if ANY in competences else groups


def _hangs_together(group: tuple[str, ...], shared: set[tuple[str, str]]) -> bool:
    reached, left = {group[0]}, set(group[1:])
    while near := {one for one in left if any(tuple(sorted((one, other))) in shared for other in reached)}:
        reached |= near
        left -= near
    return not left
