"""The organisation by date: which administrations stand, who took over from whom, and how many entrances there are."""

from collections import Counter as Tally
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db.models import Q

from indgang.core.organisation.districts import standing
from indgang.core.organisation.models import Administration, Succession, Unit, UnitCount
from indgang.core.organisation.values import AdministrationCard
from indgang.foundation.runtime import clock

_LONGEST = 8  # successions after one another


@dataclass(frozen=True)
class UnitCountRow:
    """How many units of a kind an administration had or plans, as the plan's overview says."""

    model: str
    code: str
    administration: str
    name: str
    reach: str
    count: int | None
    employees: Decimal | None


@dataclass(frozen=True)
class Owners:
    """Who owns what from a day; read once for many units and tasks."""

    cards: dict[str, AdministrationCard]
    followers: dict[tuple[str, int | None], str]  # (former, unit or None) -> successor

    def of(self, administration: str, unit_id: int | None = None) -> AdministrationCard | None:
        """The administration that has the work now: the unit's own successor first, else the general one."""
        code = administration
        for _ in range(_LONGEST):
            after = self.followers.get((code, unit_id)) or self.followers.get((code, None))
            if after is None:
                break
            code = after
        return self.cards.get(code)


def administrations_at(at: datetime) -> list[AdministrationCard]:
    """The municipality's administrations on that day: not their parts, not other authorities."""
    day = clock.local(at).date()
    rows = Administration.objects.filter(external=False, part_of=None).filter(
        Q(valid_from=None) | Q(valid_from__lte=day), Q(valid_to=None) | Q(valid_to__gte=day)
    )
    return [_card(row) for row in rows.order_by("name")]


def owners(at: datetime) -> Owners:
    """Who owns what at that moment."""
    rows = Succession.objects.filter(day__lte=clock.local(at).date()).order_by("day")
    return Owners(
        {row.code: _card(row) for row in Administration.objects.all()},
        {(row.former_id, row.unit_id): row.successor_id for row in rows},
    )


def administration_of(administration: str, at: datetime, *, unit_id: int | None = None) -> AdministrationCard | None:
    """Who has the work of that administration (of one of its units) at that moment."""
    return owners(at).of(administration, unit_id)


def entrances(at: datetime) -> dict[str, int]:
    """How many entrances each administration has at that moment, by the code of who owns them then."""
    known = owners(at)
    found: Tally[str] = Tally()
    for unit, administration in Unit.objects.filter(standing(clock.local(at).date())).values_list(
        "pk", "administration_id"
    ):
        card = known.of(administration, unit)
        found[card.code if card else administration] += 1
    return dict(found)


def unit_counts(model: str = "") -> list[UnitCountRow]:
    """The overview of units the plan was made from; one model of it, or all."""
    rows = UnitCount.objects.order_by("code")
    if model:
        rows = rows.filter(model=model)
    return [
        UnitCountRow(row.model, row.code, row.administration, row.name, row.reach, row.count, row.employees)
        for row in rows
    ]


def _card(row: Administration) -> AdministrationCard:
    return AdministrationCard(row.code, row.name, row.today, row.external, row.valid_from, row.valid_to)
