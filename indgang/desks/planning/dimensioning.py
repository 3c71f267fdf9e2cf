"""Staff for a contact centre and its centres by half-hour, and alternatives side by side. Pure.

In prose: docs/algorithms/dimensioning.md. Counts are of the half-hours of a usual week; staff are people at work.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from indgang.desks.planning.costing import ChannelCost
from indgang.desks.planning.staffing import Demand, Target, pooled, staffing_for

SLOT_HOURS = 0.5
WEEKS = 52
HOURS_OF_WORK = 37  # a week, full time


@dataclass(frozen=True)
class Work:
    """Inquiries of one entrance: counts by half-hour of a week (336, from Monday 0:00) and how they are handled."""

    name: str
    medium: str  # phone, counter, mail …
    counts: tuple[float, ...]  # inquiries in each half-hour
    handling: float  # seconds
    patience: float | None
    target: Target


@dataclass(frozen=True)
class Option:
    """A way to organise it."""

    name: str
    centres: int = 8
    opens: float = 8.0
    closes: float = 18.0
    evenings: bool = False  # to 20 on Mondays to Thursdays
    saturday: bool = False  # 10 to 14
    overflow: bool = True  # centres and contact centre help each other: one virtual pool
    phone_to_net: float = 0.0  # share of phone inquiries that moves
    first_contact: float | None = None  # share solved at first contact; compared with today's
    today_first_contact: float = 0.6
    least_staff: int = 3  # in an open centre
    shrinkage: float = 0.3
    max_occupancy: float = 0.85
    hourly: Decimal = Decimal(350)  # DKK for an hour at work
    centre_yearly: Decimal = Decimal(0)  # DKK: premises and operation of one centre

    def is_open(self, slot: int) -> bool:
        """Whether counters and phones are open in that half-hour of the week."""
        day, hour = divmod(slot * SLOT_HOURS, 24)
        if day == 5:
            return self.saturday and 10 <= hour < 14
        if day > 5:
            return False
        closes = 20.0 if self.evenings and day < 4 else self.closes
        return self.opens <= hour < closes


@dataclass(frozen=True)
class SlotNeed:
    """People at work in one half-hour of the week."""

    slot: int
    contact_centre: int
    each_centre: int  # in each of the centres
    written: float  # people for what may wait


@dataclass(frozen=True)
class Dimensioned:
    """What an option needs and costs in a usual week and a year."""

    option: Option
    needs: tuple[SlotNeed, ...]
    hours_at_work: float  # a week
    full_time: float  # employees of 37 hours, absence included
    wages_yearly: Decimal  # DKK
    centres_yearly: Decimal
    service_level: float  # of phone inquiries, weighted
    per_inquiry: dict[str, Decimal]  # medium -> DKK
    demand: dict[str, tuple[float, ...]] = field(default_factory=dict)  # name -> counts after what the option changes

    @property
    def total_yearly(self) -> Decimal:
        """DKK a year."""
        return self.wages_yearly + self.centres_yearly


def dimension(work: Sequence[Work], option: Option) -> Dimensioned:
    """The fewest people that meet every target in every open half-hour; written work fills the time between.

    Several channels at a centre share its counters. With overflow, phone calls of the contact centre and visits of all
    centres are met from one virtual pool: its gain over separate pools is taken off the contact centre, never below
    what the least staff of open centres leaves.
    """
    changed = [_changed(one, option) for one in work]
    needs = tuple(_slot(changed, option, slot) for slot in range(336))
    hours = sum(SLOT_HOURS * (n.contact_centre + n.each_centre * option.centres + n.written) for n in needs)
    weekly = Decimal(str(round(hours, 6)))
    yearly = weekly * WEEKS * option.hourly
    per_inquiry = {
        one.medium: ChannelCost(one.medium, Decimal(str(one.handling / 60)), option.hourly).each(Decimal(1))
        for one in changed
    }
    return Dimensioned(
        option,
        needs,
        hours,
        hours / HOURS_OF_WORK / (1 - option.shrinkage),
        yearly.quantize(Decimal(1)),
        option.centre_yearly * option.centres,
        _level(changed, option, needs),
        per_inquiry,
        {one.name: one.counts for one in changed},
    )


def compare(work: Sequence[Work], options: Sequence[Option]) -> list[Dimensioned]:
    """Alternatives over the same demand."""
    return [dimension(work, option) for option in options]


def _changed(work: Work, option: Option) -> Work:
    """The demand after channels have shifted, calls come when it is open, and fewer have to come again."""
    factor = 1.0
    if work.medium == "phone":
        factor *= 1 - option.phone_to_net
    if option.first_contact is not None:
        factor *= _contacts_per_matter(option.first_contact) / _contacts_per_matter(option.today_first_contact)
    counts = tuple(count * factor for count in work.counts)
    return replace(work, counts=counts if work.medium == "mail" else _into_open_hours(counts, option))


def _contacts_per_matter(first: float) -> float:
    """Each matter not solved at first contact comes back once: 1 + (1 - share)."""
    return 2.0 - first


def _into_open_hours(counts: tuple[float, ...], option: Option) -> tuple[float, ...]:
    """Inquiries at closed times come in the nearest open day's profile instead; none are lost."""
    kept = [count if option.is_open(slot) else 0.0 for slot, count in enumerate(counts)]
    lost, there = sum(counts) - sum(kept), sum(kept)
    if there <= 0:
        opened = [slot for slot in range(336) if option.is_open(slot)]
        return tuple(sum(counts) / len(opened) if slot in opened else 0.0 for slot in range(336)) if opened else counts
    newly = [slot for slot in range(336) if option.is_open(slot) and not counts[slot]]
    usual = there / max(1, sum(1 for count in kept if count))
    for slot in newly:
        kept[slot] = 0.3 * usual  # longer hours draw some of the day's inquiries to them
    scale = (there + lost) / sum(kept)
    return tuple(count * scale for count in kept)


def _slot(work: Sequence[Work], option: Option, slot: int) -> SlotNeed:
    if not option.is_open(slot):
        return SlotNeed(slot, 0, 0, _written(work, option, slot))
    phone = _agents([w for w in work if w.medium == "phone"], option, slot, 1)
    visits = [w for w in work if w.medium == "counter"]
    each = max(option.least_staff, _agents(visits, option, slot, option.centres)) if option.centres else 0
    if option.overflow and option.centres:
        together = _agents([w for w in work if w.medium in ("phone", "counter")], option, slot, 1)
        phone = max(0, min(phone, together - each * option.centres))
    return SlotNeed(slot, phone, each, _written(work, option, slot))


def _agents(work: Sequence[Work], option: Option, slot: int, parts: int) -> int:
    demands = [Demand(w.counts[slot] / SLOT_HOURS / parts, w.handling, w.patience) for w in work if w.counts[slot] > 0]
    if not demands:
        return 0
    strictest = min((w.target for w in work if w.counts[slot] > 0), key=lambda t: (t.within, -t.share))
    return staffing_for(pooled(demands), strictest, max_occupancy=option.max_occupancy).agents


def _written(work: Sequence[Work], option: Option, slot: int) -> float:
    """People for written work: the week's load spread evenly over the open half-hours."""
    opened = sum(option.is_open(number) for number in range(336))
    seconds = sum(sum(w.counts) * w.handling for w in work if w.medium not in ("phone", "counter"))
    return seconds / 3600 / (opened * SLOT_HOURS) / option.max_occupancy if opened and option.is_open(slot) else 0.0


def _level(work: Sequence[Work], option: Option, needs: Sequence[SlotNeed]) -> float:
    """The service level of the phone, weighted by calls, with the staff that is there."""
    met = calls = 0.0
    for one in work:
        if one.medium != "phone":
            continue
        for need in needs:
            count = one.counts[need.slot]
            if count <= 0:
                continue
            helpers = 0
            if option.overflow and option.centres:
                visits = sum(
                    w.counts[need.slot] / SLOT_HOURS * w.handling / 3600 for w in work if w.medium == "counter"
                )
                helpers = max(0, int(need.each_centre * option.centres - visits))
            demand = Demand(count / SLOT_HOURS, one.handling, one.patience)
            found = staffing_for(demand, one.target, agents=need.contact_centre + helpers)
            met += count * found.figures.service_level
            calls += count
    return met / calls if calls else 1.0
