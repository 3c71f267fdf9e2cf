"""What can be known to be impossible before options are played: said on the form, with the field and the remedy."""

import json
from collections.abc import Mapping
from typing import Any

from indgang.core.routing import services as routing
from indgang.desks.planning.crews import scenario_of
from indgang.desks.planning.dimensioning import dimension
from indgang.desks.planning.possible_errors import NobodyCan, NothingOpen, QueueGrows, TooMuchToPlay
from indgang.desks.planning.scenarios import WEEK, options, works

MOST_PLAYED = 20_000_000  # inquiries of all options and weeks: some minutes of work
_FIELDS = {
    "arrivals": "prognose",
    "handling": "tid_telefon",
    "patience": "venter",
    "target": "andel",
    "shrinkage": "fravaer",
    "max_occupancy": "belaegning",
    "agents": "medarbejdere",
    "groups": "centre_a",
    "streams": "prognose",
}


def place_of(field: str | None) -> str | None:
    """The field of the form that the calculations' own name means; `groups[3].count` is of `groups`."""
    return _FIELDS.get((field or "").partition("[")[0])


def refuse_impossible(given: Mapping[str, Any], *, all_the_same: bool) -> None:
    """Dimension every option and read its scenario, as the work will, and refuse what cannot be.

    `all_the_same`: the planner wants to see calls wait for what nobody knows.
    """
    special = given["special"]
    if special["share"] and not special["staff"] and not all_the_same:
        raise NobodyCan
    demand, played = works(given), 0.0
    for option in options(given):
        found = dimension(demand, option)
        if not any(sum(counts) for counts in found.demand.values()):
            raise NothingOpen
        _refuse_growing(given, found)
        scenario = scenario_of(found, demand, special=special, seed=given["seed"], agents=given["agents"])
        routing.parse_scenario(json.dumps(scenario | {"days": WEEK, "replications": given["replications"]}))
        played += sum(sum(counts) for counts in found.demand.values()) * given["replications"]
    if played > MOST_PLAYED:
        raise TooMuchToPlay(count=round(played), most=MOST_PLAYED)


def _refuse_growing(given: Mapping[str, Any], found: Any) -> None:
    """So few that calls never end to pile up, when nobody gives up."""
    calls = next(one for one in given["works"] if one["medium"] == "phone")
    if given["agents"] is None or calls["patience"]:
        return
    load = max(found.demand[calls["name"]], default=0.0) * 2 * calls["handling"] / 3600
    if given["agents"] <= load:
        raise QueueGrows(agents=given["agents"], load=round(load, 1), least=int(load) + 1)
