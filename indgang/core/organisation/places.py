"""The municipality itself: administrations, units, groups, the plan it lives by, and counters."""

from datetime import date, datetime

from django.db import transaction

from indgang.core.organisation import errors, separation
from indgang.core.organisation.competences import review
from indgang.core.organisation.duties import (
    administration_row,
    check_period,
    check_version,
    keep,
    require_manager_of,
    require_town,
    unit_row,
)
from indgang.core.organisation.models import Administration, CompetenceGroup, Counter, LivingPlan, Succession, Unit
from indgang.core.organisation.values import Origin, Side
from indgang.foundation.access.errors import NotFound
from indgang.foundation.access.values import Viewer
from indgang.foundation.journal import services as journal


@transaction.atomic
def put_administration(
    *,
    code: str,
    name: str,
    today: str = "",
    external: bool = False,
    valid_from: date | None = None,
    valid_to: date | None = None,
    viewer: Viewer,
    at: datetime,
) -> Administration:
    """Enter an administration, or bring it to these facts; the same again changes nothing."""
    require_town(viewer)
    if valid_from is not None:
        check_period(valid_from, valid_to)
    facts: dict[str, object] = {"name": name, "today": today, "external": external}
    facts |= {"valid_from": valid_from, "valid_to": valid_to}
    return keep(Administration, "administration", {"code": code}, facts, viewer, at)


@transaction.atomic
def put_succession(
    *,
    former: str,
    successor: str,
    day: date,
    unit_code: str | None = None,
    source: str = "",
    viewer: Viewer,
    at: datetime,
) -> Succession:
    """From that day the successor has what the former administration had: one unit, or everything not named."""
    require_town(viewer)
    unit = unit_row(unit_code) if unit_code else None
    key: dict[str, object] = {"former": administration_row(former), "unit": unit, "day": day}
    return keep(
        Succession, "succession", key, {"successor": administration_row(successor), "source": source}, viewer, at
    )


@transaction.atomic
def put_unit(
    *,
    code: str,
    name: str,
    kind: str,
    administration: str,
    viewer: Viewer,
    at: datetime,
    valid_from: date | None = None,
    valid_to: date | None = None,
    **details: str,
) -> Unit:
    """Enter a unit, or bring it to these facts. Details: the other columns of the table."""
    require_town(viewer)
    if valid_from is not None:
        check_period(valid_from, valid_to)
    facts: dict[str, object] = {"name": name, "kind": kind, "administration": administration_row(administration)}
    facts |= {"valid_from": valid_from, "valid_to": valid_to}
    return keep(Unit, "unit", {"code": code}, facts | details, viewer, at)


@transaction.atomic
def put_group(*, code: str, name: str, side: str = "", viewer: Viewer, at: datetime) -> CompetenceGroup:
    """Enter a competence group, or bring it to this name and to the side of employment it belongs to."""
    require_town(viewer)
    if side not in ("", *Side.values):
        raise errors.UnknownGroup(group=side)
    row = keep(CompetenceGroup, "group", {"code": code}, {"name": name, "side": side}, viewer, at)
    review(None, viewer.name, at)
    return row


@transaction.atomic
def choose_plan(*, variant: str, valid_from: date, viewer: Viewer, at: datetime) -> LivingPlan:
    """The municipality lives by this variant of the plan from that day: its centres, and the districts they serve."""
    require_town(viewer)
    if not Unit.objects.filter(variant=variant).exclude(variant="").exists():
        raise errors.UnknownPlan(variant=variant)
    facts: dict[str, object] = {"variant": variant, "origin": Origin.HAND}
    return keep(LivingPlan, "plan", {"valid_from": valid_from}, facts, viewer, at)


@transaction.atomic
def assign_counter(
    *,
    code: str,
    name: str,
    premises: str,
    unit_code: str,
    valid_from: date,
    valid_to: date | None = None,
    viewer: Viewer,
    at: datetime,
) -> Counter:
    """The unit serves at the counter in these premises (the room) for a period.

    Raises SharedCounter where job centre and benefit office would share it."""
    unit = unit_row(unit_code)
    require_manager_of(viewer, unit.pk)
    check_period(valid_from, valid_to)
    if not (code.strip() and premises.strip()):
        raise errors.NameMissing
    row = Counter.objects.select_for_update().filter(code=code, unit=unit, valid_from=valid_from).first()
    row = row or Counter(code=code, unit=unit, valid_from=valid_from, version=0)
    row.name, row.premises, row.valid_to = name or code, premises.strip(), valid_to
    separation.check_counter(row, at)
    row.version += 1
    row.save()
    facts: dict[str, object] = {"counter": code, "from": valid_from.isoformat()}
    journal.record("organisation.counter_assigned", at=at, viewer_name=viewer.name, subject=unit, data=facts)
    return row


@transaction.atomic
def end_counter(*, counter_id: int, last_day: date, viewer: Viewer, at: datetime, version: int | None = None) -> None:
    """The unit serves there up to and with that day; a last day before the first: never."""
    row = Counter.objects.select_for_update(of=("self",)).select_related("unit").filter(pk=counter_id).first()
    if row is None:
        raise NotFound
    require_manager_of(viewer, row.unit_id)
    check_version(row, version)
    subject, facts = row.unit, {"counter": row.code, "last_day": last_day.isoformat()}
    if last_day < row.valid_from:
        row.delete()
    else:
        row.valid_to, row.version = last_day, row.version + 1
        row.save(update_fields=["valid_to", "version"])
    journal.record("organisation.counter_ended", at=at, viewer_name=viewer.name, subject=subject, data=dict(facts))
