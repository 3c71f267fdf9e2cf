"""Figures, lists and relief groups as settings pages show them, and as the policy takes them."""

from datetime import datetime

from django.db.models import Q

from indgang.core.organisation.values import Origin
from indgang.core.routing.facts import Relief
from indgang.core.routing.keeping import Kept
from indgang.core.routing.models import PauseReason, ReliefGroup, ServicePoint
from indgang.core.routing.points import in_force
from indgang.core.routing.rules import RULES, row_at
from indgang.core.routing.values import PauseCard, PointCard, ReliefRow, RuleRow, RulesRow
from indgang.foundation.runtime import clock


def rules(at: datetime) -> RulesRow:
    """The figures in force with their bounds; `version` proves at `save_rules` what a person saw."""
    row = row_at(at)
    figures, profile = (row.figures, row.profile) if row else ({}, {})
    rows = tuple(
        RuleRow(
            code=rule.code,
            title=str(rule.title),
            unit=rule.unit,
            value=figures.get(rule.code, rule.usual),
            usual=profile.get(rule.code, rule.usual),
            lowest=rule.lowest,
            highest=rule.highest,
            by_hand=figures.get(rule.code) != profile.get(rule.code),
        )
        for rule in RULES.values()
    )
    return RulesRow(row.pk if row else 0, row.valid_from if row else None, row.changed_by if row else "", rows)


def relief_groups(at: datetime) -> list[ReliefRow]:
    """The relief groups of that day."""
    return [
        ReliefRow(
            row.pk,
            row.code,
            row.name,
            tuple(row.units),
            tuple(row.groups),
            tuple(row.media),
            row.threshold,
            row.live_after,
            row.written_after,
            row.share,
            row.valid_from,
            row.valid_to,
            row.version,
        )
        for row in _in_force(at)
    ]


def pause_cards(at: datetime) -> list[PauseCard]:
    """The reasons for a pause with both languages."""
    return [
        PauseCard(row.code, row.title, row.title_en, row.order, row.origin == Origin.HAND, row.version)
        for row in in_force(PauseReason, at).order_by("order", "code")
    ]


def point_cards(at: datetime) -> list[PointCard]:
    """The service points with both languages."""
    return [
        PointCard(
            row.code, row.name, row.name_en, row.unit_id, tuple(row.groups), tuple(row.media), row.order,
            row.origin == Origin.HAND, row.version,
        )
        for row in in_force(ServicePoint, at).order_by("order", "code")
    ]  # fmt: skip


def reliefs(at: datetime) -> dict[int, Relief]:
    """By unit, as the policy takes them; a unit in several groups follows the first by code."""
    return _KEPT.at(at)


def _in_force(at: datetime) -> list[ReliefGroup]:
    day = clock.local(at).date()
    rows = ReliefGroup.objects.filter(Q(valid_to=None) | Q(valid_to__gte=day), valid_from__lte=day)
    return list(rows.order_by("code", "valid_from"))


def _reliefs(at: datetime) -> dict[int, Relief]:
    found: dict[int, Relief] = {}
    for row in _in_force(at):
        relief = Relief(
            row.code, row.threshold, row.live_after, row.written_after, row.share,
            frozenset(row.groups), frozenset(row.media),
        )  # fmt: skip
        for unit in row.units:
            found.setdefault(unit, relief)
    return found


_KEPT = Kept(_reliefs)
