"""Costs of a change: lines with bearer, year and price level, sums held against printed ones, value and payback. Pure.

Formulas: docs/algorithms/costs.md. Amounts in thousand DKK unless said otherwise.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from indgang.desks.planning.errors import NotANumber, PriceLevelsMixed

# What the printed totals are the sum of.
TOTALS = {
    "total_investment": ("investment",),
    "total_with_competence": ("investment", "competence"),
    "total_financing": ("financing",),
    "total_business_operation": ("business_operation",),
    "total_it_operation": ("it_operation",),
    "total_establishment": ("investment", "deposit"),
}


@dataclass(frozen=True)
class CostLine:
    """An amount of one year: who bears it, at which year's prices, and where it stands."""

    case: str
    section: str  # investment, competence, operation, deposit, financing …
    line: str
    bearer: str
    year: int
    amount: Decimal  # thousand DKK
    price_level: int
    account: str = ""
    printed: bool = False  # a printed sum, held against the computed one
    source: str = ""
    note: str = ""


@dataclass(frozen=True)
class Finding:
    """A printed figure that is not what its parts make."""

    what: str
    year: int
    printed: Decimal
    computed: Decimal

    @property
    def difference(self) -> Decimal:
        """Computed less printed."""
        return self.computed - self.printed


@dataclass(frozen=True)
class BudgetRow:
    """A line of a budget table, by year."""

    section: str
    line: str
    amounts: dict[int, Decimal]
    printed: bool


def table(lines: Iterable[CostLine], case: str) -> list[BudgetRow]:
    """The lines of a case by year, in the order they are given."""
    rows: dict[tuple[str, str], BudgetRow] = {}
    for line in lines:
        if line.case == case:
            row = rows.setdefault((line.section, line.line), BudgetRow(line.section, line.line, {}, line.printed))
            row.amounts[line.year] = row.amounts.get(line.year, Decimal(0)) + line.amount
    return list(rows.values())


def sums(lines: Iterable[CostLine], case: str) -> dict[str, dict[int, Decimal]]:
    """Section -> year -> sum of the lines that are no printed sums, with the totals that are made of them."""
    found: dict[str, dict[int, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    for line in lines:
        if line.case == case and not line.printed:
            found[line.section][line.year] += line.amount
    years = {year for section in found.values() for year in section}
    for total, parts in TOTALS.items():
        if any(part in found for part in parts):
            found[total] = {
                year: sum((found[part][year] for part in parts if part in found), Decimal(0)) for year in years
            }
    return {section: dict(by_year) for section, by_year in found.items()}


def contradictions(lines: Sequence[CostLine], case: str) -> list[Finding]:
    """Printed totals their lines do not make, and costs their financing does not cover."""
    computed = sums(lines, case)
    found = []
    printed: dict[tuple[str, int], Decimal] = defaultdict(Decimal)
    for line in lines:
        if line.case == case and line.printed:
            printed[line.section, line.year] += line.amount
    for (section, year), amount in sorted(printed.items()):
        made = computed.get(section, {}).get(year, Decimal(0))
        if made != amount:
            found.append(Finding(section, year, amount, made))
    return found + _unbalanced(computed)


def _unbalanced(computed: Mapping[str, Mapping[int, Decimal]]) -> list[Finding]:
    """Costs without financing: all operation, business and IT, against the line that finances operation."""
    found = []
    for year in sorted({year for by_year in computed.values() for year in by_year}):
        for costs, financing in ((("total_with_competence",), "total_financing"), (_OPERATION, "operation_financing")):
            if financing not in computed:
                continue
            wanted = sum((computed.get(cost, {}).get(year, Decimal(0)) for cost in costs), Decimal(0))
            paid = computed[financing].get(year, Decimal(0))
            if wanted != paid:
                found.append(Finding(financing, year, paid, wanted))
    return found


_OPERATION = ("total_business_operation", "total_it_operation")


def in_prices_of(lines: Iterable[CostLine], year: int, index: Mapping[int, Decimal]) -> list[CostLine]:
    """The lines at one year's prices. Raises PriceLevelsMixed for a year the price index does not have."""
    moved = []
    for line in lines:
        if line.price_level != year and not {line.price_level, year} <= index.keys():
            raise PriceLevelsMixed(year=line.price_level, known=", ".join(map(str, sorted(index))) or "ingen")
        factor = Decimal(1) if line.price_level == year else index[year] / index[line.price_level]
        moved.append(CostLine(**{**vars(line), "amount": line.amount * factor, "price_level": year}))
    return moved


@dataclass(frozen=True)
class BusinessCase:
    """What a change costs and saves, year by year from 0."""

    investments: tuple[Decimal, ...]
    operation: tuple[Decimal, ...]  # more than before
    savings: tuple[Decimal, ...]

    def flows(self) -> tuple[Decimal, ...]:
        """Savings less costs, by year."""
        years = max(len(self.investments), len(self.operation), len(self.savings))

        def at(row: tuple[Decimal, ...], year: int) -> Decimal:
            return row[year] if year < len(row) else Decimal(0)

        return tuple(at(self.savings, y) - at(self.operation, y) - at(self.investments, y) for y in range(years))


def net_present_value(flows: Sequence[Decimal], rate: Decimal) -> Decimal:
    """Flows of the years 0, 1, 2 … discounted at a yearly rate (0.035 is 3.5 %)."""
    if rate <= -1:
        raise NotANumber(field="rate", field_name="Renten", what="over -1", value=rate)
    return sum((flow / (1 + rate) ** year for year, flow in enumerate(flows)), Decimal(0))


def payback_years(flows: Sequence[Decimal]) -> Decimal | None:
    """After how many years the flows have paid what they cost, in proportion within a year; None: not in these."""
    total = Decimal(0)
    for year, flow in enumerate(flows):
        if total + flow >= 0 and (total < 0 or year == 0):
            later = flows[year + 1 :]
            if all(total + flow + sum(later[: k + 1], Decimal(0)) >= 0 for k in range(len(later))):
                return Decimal(0) if total >= 0 else year - 1 + -total / flow
        total += flow
    return None


@dataclass(frozen=True)
class ChannelCost:
    """One inquiry by one channel."""

    channel: str
    minutes: Decimal  # of staff
    hourly: Decimal  # DKK an hour of work, absence and overhead included
    fixed_yearly: Decimal = Decimal(0)  # DKK: premises, systems
    per_inquiry: Decimal = Decimal(0)  # DKK: postage, licence

    def each(self, volume: Decimal) -> Decimal:
        """DKK for one inquiry at a yearly volume."""
        fixed = self.fixed_yearly / volume if volume > 0 else Decimal(0)
        return self.minutes / 60 * self.hourly + self.per_inquiry + fixed

    def yearly(self, volume: Decimal) -> Decimal:
        """DKK a year."""
        return self.minutes / 60 * self.hourly * volume + self.per_inquiry * volume + self.fixed_yearly


def hourly_wage(
    yearly: Decimal, *, working_hours: Decimal = Decimal(1924), shrinkage: Decimal, overhead: Decimal
) -> Decimal:
    """DKK for an hour at work: yearly wage and overhead over the hours left after absence (37 x 52 = 1,924 paid)."""
    if not 0 <= shrinkage < 1:
        raise NotANumber(field="shrinkage", field_name="Fravær (shrinkage)", what="fra 0 til under 1", value=shrinkage)
    return yearly * (1 + overhead) / (working_hours * (1 - shrinkage))


def moved_share(volumes: Mapping[str, Decimal], source: str, target: str, share: Decimal) -> dict[str, Decimal]:
    """The volumes after a share of one channel has moved to another."""
    if not 0 <= share <= 1:
        raise NotANumber(field="share", field_name="Andelen", what="fra 0 til 1", value=share)
    moved = volumes.get(source, Decimal(0)) * share
    return {**volumes, source: volumes.get(source, Decimal(0)) - moved, target: volumes.get(target, Decimal(0)) + moved}
