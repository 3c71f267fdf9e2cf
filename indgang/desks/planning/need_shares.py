"""A need shared out on competences: so many per cent of each half-hour need somebody who knows it. Pure."""

import math
import re
from collections.abc import Mapping, Sequence

from indgang.desks.planning.errors import RosterTooLarge
from indgang.desks.planning.shifts import ANY, Need, Pattern, minute_of
from indgang.desks.planning.staff_errors import BadShare, NobodyKnows, NoShiftFits, UnknownCompetence

Shares = list[tuple[str, float]]
MOST_ROSTER_DAYS = 62
_LINE = re.compile(r"^(.*?)[\s;,:]+(\d+(?:[.,]\d+)?)\s*%?$")


def read_shares(text: str, groups: Mapping[str, str]) -> Shares:
    """Lines of a competence (code or name) and per cent; `groups`: code to name. Refuses by line."""
    codes = {code.casefold(): code for code in groups} | {name.casefold(): code for code, name in groups.items()}
    found: dict[str, float] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        name, share = _parted(line.strip())
        code = codes.get(name.casefold())
        if code is None:
            known = ", ".join(sorted(groups.values())[:12])
            raise UnknownCompetence(line=number, value=name[:40], known=known)
        if not 0 < share <= 100 or code in found or sum(found.values()) + share > 100 + 1e-9:
            raise BadShare(line=number, value=line.strip()[:40])
        found[code] = share
    return [(code, share / 100) for code, share in found.items()]


def refuse_unknown(
    wanted: Sequence[str], known: Sequence[frozenset[str]], groups: Mapping[str, str], field: str
) -> None:
    """A competence none of these employees has would wait for ever; that is said before anything is worked out."""
    for code in wanted:
        if not any(code in skills for skills in known):
            raise NobodyKnows(field=field, count=len(known), what=groups.get(code, code))


def refuse_no_shift(needs: Sequence[Need], patterns: Sequence[Pattern]) -> None:
    """Shifts that cover nothing of the need are none for it."""
    starts = {(need.start.weekday(), minute_of(need.start), need.minutes) for need in needs if need.count}
    if not any(
        pattern.covers(minute, minutes) and weekday in pattern.weekdays
        for weekday, minute, minutes in starts
        for pattern in patterns
    ):
        raise NoShiftFits(field="vagter")


def refuse_too_long(needs: Sequence[Need]) -> None:
    """A roster is for some weeks: a file of years is a mistake, and would be worked on for hours."""
    days = (max(need.start for need in needs) - min(need.start for need in needs)).days + 1
    if days > MOST_ROSTER_DAYS:
        raise RosterTooLarge(count=days, what="dage", most=MOST_ROSTER_DAYS)


def parted(count: int, shares: Shares) -> list[tuple[str, int]]:
    """So many people by competence: each share rounded up, for half a person knows nothing; anybody does the rest."""
    found, left = [], count
    for code, share in shares:
        people = min(left, math.ceil(count * share - 1e-9))
        found.append((code, people))
        left -= people
    return [*found, (ANY, left)]


def _parted(line: str) -> tuple[str, float]:
    """The words before the figure, and the figure; without one it is no share."""
    match = _LINE.match(line)
    return (match[1].strip(), float(match[2].replace(",", "."))) if match else (line.rstrip(";,: "), -1.0)
