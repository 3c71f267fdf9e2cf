"""Looks that stand out, by rules whose figures are data. A find is a question to ask, never a verdict."""

from collections.abc import Iterable
from datetime import datetime, time
from functools import cache
from pathlib import Path
from typing import Any

from django.db import connections

from indgang.foundation.access.models import LookRule
from indgang.foundation.access.values import LookRuleCard, LookRuleCode, NearPair, UnusualLook

LOG = "accesslog"
MOST = 100  # finds per rule
RULES = {
    rule.code: rule
    for rule in (
        LookRuleCard(LookRuleCode.MANY_CITIZENS.value, True, 40, 60),
        LookRuleCard(LookRuleCode.OUTSIDE_HOURS.value, True, 1, 0, time(6), time(20)),
        LookRuleCard(LookRuleCode.MANY_REASONS.value, True, 25, 0),
        LookRuleCard(LookRuleCode.NO_CONTACT.value, True, 5, 0),
        LookRuleCard(LookRuleCode.REFUSED.value, True, 3, 0),
        LookRuleCard(LookRuleCode.SAME_CITIZEN.value, True, 4, 0),
        LookRuleCard(LookRuleCode.OWN_HOUSEHOLD.value, True, 1, 0),
        LookRuleCard(LookRuleCode.NEIGHBOURS.value, True, 4, 0),
        LookRuleCard(LookRuleCode.COLLEAGUES.value, True, 1, 0),
    )
}


NEAR = (LookRuleCode.OWN_HOUSEHOLD.value, LookRuleCode.NEIGHBOURS.value, LookRuleCode.COLLEAGUES.value)


def look_rules() -> list[LookRuleCard]:
    """Every rule with the figures in force."""
    own = {row.code: row for row in LookRule.objects.all()}
    return [_card(own[code]) if code in own else rule for code, rule in RULES.items()]


def unusual_looks(since: datetime, until: datetime, *, actor: str = "", rule: str = "") -> list[UnusualLook]:
    """What the rules that are on find in the period, newest first."""
    found: list[UnusualLook] = []
    for one in look_rules():
        if one.on and rule in {"", one.code} and one.code not in NEAR:
            found += _finds(one, since, until, actor)
    return sorted(found, key=lambda find: find.at, reverse=True)


def near_looks(
    since: datetime, until: datetime, pairs: Iterable[NearPair], *, actor: str = "", rule: str = ""
) -> list[UnusualLook]:
    """Looks at people near the employee, by the rules that are on."""
    rules = {one.code: one for one in look_rules() if one.code in NEAR and one.on and rule in {"", one.code}}
    asked = [pair for pair in pairs if pair.rule in rules and actor in {"", pair.actor}]
    facts: dict[str, Any] = {
        "rules": [str(pair.rule) for pair in asked],
        "actors": [pair.actor for pair in asked],
        "citizens": [pair.citizen for pair in asked],
        "since": since,
        "until": until,
        "most": MOST * len(NEAR),
    }
    with connections[LOG].cursor() as cursor:
        cursor.execute(_statement("near"), facts)
        rows = cursor.fetchall()
    found = [UnusualLook(code, who, at, looks, citizen) for code, who, at, looks, citizen in rows]
    return [find for find in found if _is_many(rules[find.rule], find.looks)]


def _is_many(rule: LookRuleCard, looks: int) -> bool:
    """The figure of the neighbours is how near, not how often."""
    return rule.code == LookRuleCode.NEIGHBOURS or looks >= rule.limit


def _finds(rule: LookRuleCard, since: datetime, until: datetime, actor: str) -> list[UnusualLook]:
    facts: dict[str, Any] = {
        "since": since,
        "until": until,
        "actor": actor,
        "limit": rule.limit,
        "minutes": rule.minutes or 60,
        "starts": rule.starts or time(0),
        "ends": rule.ends or time(23, 59),
        "most": MOST,
    }
    with connections[LOG].cursor() as cursor:
        cursor.execute(_statement(rule.code), facts)
        rows = cursor.fetchall()
    return [UnusualLook(rule.code, who, at, looks, citizen) for who, at, looks, citizen in rows]


def _card(row: LookRule) -> LookRuleCard:
    return LookRuleCard(row.code, row.on, row.limit, row.minutes, row.starts, row.ends, row.version)


@cache
def _statement(code: str) -> str:
    return (Path(__file__).parent / "sql" / f"unusual_{code}.sql").read_text(encoding="utf-8")
