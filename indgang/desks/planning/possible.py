"""What can be known to be impossible before options are played: said on the form, with the field and the remedy."""

from collections.abc import Mapping
from typing import Any

from indgang.desks.planning.dimensioning import Option, Work
from indgang.desks.planning.possible_errors import NobodyCan, NothingComes, QueueGrows, TooManyAtWork, TooMuchToPlay
from indgang.desks.planning.scenarios import options, works
from indgang.desks.planning.staffing import Demand, staffing_for

MOST_AT_WORK = 10_000  # in one half-hour; more than any municipality has
MOST_PLAYED = 20_000_000  # inquiries of all options and weeks: some minutes of work
_FIELDS = {
    "arrivals": "prognose",
    "handling": "tid_telefon",
    "patience": "venter",
    "target": "andel",
    "shrinkage": "fravaer",
    "max_occupancy": "belaegning",
    "agents": "medarbejdere",
}


def place_of(field: str | None) -> str | None:
    """The field of the form that the calculations' own name means."""
    return _FIELDS.get(field or "")


def refuse_impossible(given: Mapping[str, Any], *, all_the_same: bool) -> None:
    """Refuse what cannot be, by each channel's busiest half-hour; the work itself looks at all of them.

    `all_the_same`: the planner wants to see calls wait for what nobody knows.
    """
    special = given["special"]
    if special["share"] and not special["staff"] and not all_the_same:
        raise NobodyCan
    demand = works(given)
    week = sum(sum(one.counts) for one in demand)
    if not week:
        raise NothingComes
    at_work = sum(_at_work(one, option) for option in options(given)[:1] for one in demand if one.medium != "mail")
    if at_work > MOST_AT_WORK:
        raise TooManyAtWork(count=at_work, most=MOST_AT_WORK)
    played = week * len(given["options"]) * given["replications"]
    if played > MOST_PLAYED:
        raise TooMuchToPlay(count=round(played), most=MOST_PLAYED)
    _refuse_growing(given)


def _at_work(one: Work, option: Option) -> int:
    """So many at work in the busiest half-hour. Raises what the closed forms refuse."""
    busiest = Demand(2 * max(one.counts), one.handling, one.patience)
    if not busiest.per_hour:
        return 0
    return staffing_for(busiest, one.target, max_occupancy=option.max_occupancy).agents


def _refuse_growing(given: Mapping[str, Any]) -> None:
    """So few that calls never end to pile up, when nobody gives up."""
    calls = next(one for one in works(given) if one.medium == "phone")
    if given["agents"] is None or calls.patience:
        return
    load = 2 * max(calls.counts) * calls.handling / 3600
    if given["agents"] <= load:
        raise QueueGrows(agents=given["agents"], load=round(load, 1), least=int(load) + 1)
