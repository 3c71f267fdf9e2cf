"""Who answers a channel of a unit outside its opening hours, as dated data; citizens are told while it is closed."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from itertools import pairwise

from django.db import transaction
from django.db.models import Q
from django.utils.translation import get_language, gettext

from indgang.core.organisation import errors
from indgang.core.organisation.duties import check_period, require_manager_of, unit_row
from indgang.core.organisation.models import Forwarding
from indgang.core.organisation.values import Channel, Forward
from indgang.foundation.access.values import Viewer
from indgang.foundation.journal import services as journal
from indgang.foundation.runtime import clock


@transaction.atomic
def set_forwarding(*, unit_code: str, channel: str, rows: Sequence[Forward], viewer: Viewer, at: datetime) -> None:
    """Bring the plan of who answers while the channel is closed to these periods, of which no two overlap.

    Raises UnknownUnit, UnknownChannel, ForwardingIncomplete, BadPeriod.
    """
    place = unit_row(unit_code)
    require_manager_of(viewer, place.pk)
    if channel not in Channel.values:
        raise errors.UnknownChannel(channel=channel)
    wanted = sorted(rows, key=lambda row: row.valid_from)
    for row in wanted:
        check_period(row.valid_from, row.valid_to)
        if not (row.name.strip() and row.name_en.strip() and row.phone.strip()):
            raise errors.ForwardingIncomplete
    if any((one.valid_to or date.max) >= other.valid_from for one, other in pairwise(wanted)):
        raise errors.BadPeriod
    Forwarding.objects.filter(unit=place, channel=channel).delete()
    Forwarding.objects.bulk_create(
        Forwarding(
            unit=place,
            channel=channel,
            name=row.name.strip()[:120],
            name_en=row.name_en.strip()[:120],
            phone=row.phone.strip()[:30],
            valid_from=row.valid_from,
            valid_to=row.valid_to,
        )
        for row in wanted
    )
    facts: dict[str, object] = {"channel": channel, "periods": [row.valid_from.isoformat() for row in wanted]}
    journal.record("organisation.forwarding_set", at=at, viewer_name=viewer.name, subject=place, data=facts)


def forwarding_plan(unit_code: str, channel: str) -> list[Forward]:
    """Every period of the plan, the first first."""
    rows = Forwarding.objects.filter(unit__code=unit_code, channel=channel).order_by("valid_from")
    return [Forward(row.name, row.name_en, row.phone, row.valid_from, row.valid_to) for row in rows]


def forwarded(unit_codes: Iterable[str], channel: str, at: datetime) -> dict[str, str]:
    """What a citizen is told of who answers these units' channel that day while it is closed; others are left out."""
    day = clock.local(at).date()
    rows = Forwarding.objects.filter(Q(valid_to=None) | Q(valid_to__gte=day), valid_from__lte=day, channel=channel)
    english = (get_language() or "da").startswith("en")
    return {
        row.unit.code: gettext("Når der er lukket, svarer {name} på {phone}.").format(
            name=row.name_en if english else row.name, phone=row.phone
        )
        for row in rows.filter(unit__code__in=list(unit_codes)).select_related("unit")
    }
