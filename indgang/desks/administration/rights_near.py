"""Looks at one's own household, neighbours and colleagues, for employees who are linked to a citizen."""

from collections import defaultdict
from datetime import datetime

from indgang.core.citizens import selectors as citizens
from indgang.core.organisation import selectors as organisation
from indgang.foundation.access import selectors as access
from indgang.foundation.access.values import LookRuleCode, NearPair, UnusualLook, Viewer


def unusual_looks(viewer: Viewer, since: datetime, until: datetime, *, rule: str = "") -> list[UnusualLook]:
    """What all rules find in the period, newest first."""
    found = access.unusual_looks(viewer, since, until, rule=rule)
    found += access.near_looks(viewer, since, until, _pairs(viewer, until), rule=rule)
    return sorted(found, key=lambda find: find.at, reverse=True)


def _pairs(viewer: Viewer, at: datetime) -> list[NearPair]:
    """Who is near whom, and by which rule that matters."""
    links = access.citizen_links(viewer)
    if not links:
        return []
    houses = next(rule.limit for rule in access.look_rules(viewer) if rule.code == LookRuleCode.NEIGHBOURS)
    near = citizens.near(viewer, links.values(), houses=houses)
    rows = organisation.staff(at, accounts=links)
    units: dict[int, list[int]] = defaultdict(list)
    for row in rows:
        units[row.actor.unit].append(row.actor.account)
    pairs = []
    for row in rows:
        actor, own = f"employee:{row.employee}", links[row.actor.account]
        others = {links[one] for one in units[row.actor.unit]} - near[own].household
        pairs += [NearPair(LookRuleCode.OWN_HOUSEHOLD, actor, one) for one in near[own].household]
        pairs += [NearPair(LookRuleCode.COLLEAGUES, actor, one) for one in others]
        pairs += [NearPair(LookRuleCode.NEIGHBOURS, actor, one) for one in near[own].neighbours - others]
    return pairs
