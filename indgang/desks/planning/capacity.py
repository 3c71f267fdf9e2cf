"""How much of what centres can do is used, and what to do about it. Pure; formulas in docs/algorithms/costs.md."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal


@dataclass(frozen=True)
class Month:
    """Tasks solved in a month, and what was printed about it, if anything was."""

    month: str  # "2005-01"
    tasks: int
    printed_year: int | None = None
    printed_utilisation: Decimal | None = None  # per cent
    printed_index: int | None = None
    source: str = ""


@dataclass(frozen=True)
class MonthRow:
    """A row of table 2."""

    month: str
    tasks: int
    yearly: int  # tasks x 12
    utilisation: Decimal  # per cent of full capacity, two decimals
    index: int  # the first month is 100
    contradicts: tuple[str, ...] = ()  # printed figures that differ


def full_capacity(months: Sequence[Month]) -> int | None:
    """The only whole number of tasks a month that makes every printed utilisation; None when there is not just one."""
    printed = [(month.tasks, month.printed_utilisation) for month in months if month.printed_utilisation is not None]
    if not printed:
        return None
    tasks, share = printed[0]
    about = int(Decimal(tasks) * 100 / share) if share else 0
    fitting = [
        capacity
        for capacity in range(max(1, about - 500), about + 501)
        if all(_per_cent(t, capacity) == p.quantize(_TWO) for t, p in printed)
    ]
    return fitting[0] if len(fitting) == 1 else None


def utilisation_table(months: Sequence[Month], capacity: int) -> list[MonthRow]:
    """Utilisation by month: annualised, in per cent of full capacity, indexed to the first month."""
    first = months[0].tasks if months else 1
    rows = []
    for month in months:
        index = int((Decimal(100) * month.tasks / first).quantize(Decimal(1), ROUND_HALF_UP))
        share = _per_cent(month.tasks, capacity)
        differs = [
            name
            for name, printed, computed in (
                ("yearly", month.printed_year, month.tasks * 12),
                ("utilisation", month.printed_utilisation, share),
                ("index", month.printed_index, index),
            )
            if printed is not None and printed != computed
        ]
        rows.append(MonthRow(month.month, month.tasks, month.tasks * 12, share, index, tuple(differs)))
    return rows


_TWO = Decimal("0.01")


def _per_cent(tasks: int, capacity: int) -> Decimal:
    return (Decimal(100) * tasks / capacity).quantize(_TWO, ROUND_HALF_UP)


@dataclass(frozen=True)
class CentreFacts:
    """A centre, its load and staff."""

    code: str
    name: str
    load: float  # erlang in its busiest half-hour
    staff: float  # at work then
    competences: Mapping[str, int]  # competence -> employees who know it
    needs: frozenset[str] = frozenset()  # competences its tasks need
    needs_tax_seat: bool = False
    has_tax_seat: bool = False  # the seconded tax employee


@dataclass(frozen=True)
class Warning:
    """Something a planner should look at, with the figures behind it; its words stand in words.py."""

    centre: str
    kind: str  # overcapacity, undercapacity, nobody, too_small, lacks_competence, no_tax_seat
    figure: float = 0.0
    what: str = ""  # the competence nobody has


@dataclass(frozen=True)
class Move:
    """A proposal: so many full-time employees from one centre to another."""

    source: str
    target: str
    staff: int
    source_used: float  # part of the source's capacity that is used now


def warnings(
    centres: Sequence[CentreFacts], *, low: float = 0.5, high: float = 0.9, least_staff: float = 4
) -> list[Warning]:
    """Centres used too little or too much, too small to bear absence, without a competence or the tax seat."""
    found = []
    for centre in centres:
        used = centre.load / centre.staff if centre.staff else float("inf") if centre.load else 0.0
        if used < low:
            found.append(Warning(centre.code, "overcapacity", used))
        if used > high:
            found.append(Warning(centre.code, "undercapacity" if centre.staff else "nobody", used))
        if centre.staff < least_staff:
            found.append(Warning(centre.code, "too_small", least_staff))
        for competence in sorted(centre.needs):
            if not centre.competences.get(competence):
                found.append(Warning(centre.code, "lacks_competence", 0, competence))
        if centre.needs_tax_seat and not centre.has_tax_seat:
            found.append(Warning(centre.code, "no_tax_seat"))
    return found


def moves(centres: Sequence[CentreFacts], *, aim: float = 0.75, least_staff: float = 4) -> list[Move]:
    """Whole employees from where more are than the aim asks for to where fewer are, largest lack first.

    No centre goes below the least staff, and nobody is moved who would leave a lack behind.
    """
    spare = {c.code: int(c.staff - max(c.load / aim, least_staff)) for c in centres}
    lack = {c.code: -int(-(max(c.load / aim, least_staff) - c.staff) // 1) for c in centres}
    found = []
    for target in sorted((c for c in centres if lack[c.code] > 0), key=lambda c: -lack[c.code]):
        for source in sorted((c for c in centres if spare[c.code] > 0), key=lambda c: -spare[c.code]):
            number = min(spare[source.code], lack[target.code])
            if number > 0:
                spare[source.code] -= number
                lack[target.code] -= number
                found.append(Move(source.code, target.code, number, source.load / source.staff))
    return found
