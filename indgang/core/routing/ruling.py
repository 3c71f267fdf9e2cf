"""Changing the figures, targets, relief groups and lists; and reading them from a municipality's profile."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import Q

from indgang.core.organisation import selectors as organisation
from indgang.core.organisation.services import sync_rows
from indgang.core.routing import keeping, rules
from indgang.core.routing.errors import NotAFigure, StaleRules, StaleTarget, UnknownMedium, UnknownTarget
from indgang.core.routing.models import PauseReason, ReliefGroup, RuleSet, ServicePoint, ServiceTarget
from indgang.core.routing.values import MEDIA
from indgang.foundation.access.errors import NotFound
from indgang.foundation.access.values import Role, Viewer, system
from indgang.foundation.journal import services as journal
from indgang.foundation.runtime import clock

LEADERS = (Role.MANAGER, Role.EXECUTIVE, Role.OPERATOR)
LOADER = system("profile")
_LOCK = 7_310_002  # advisory lock: two changes of the figures come one after the other
_EVER = date(2000, 1, 1)


@transaction.atomic
def save_rules(
    *,
    figures: Mapping[str, float | None],
    viewer: Viewer,
    at: datetime,
    valid_from: datetime | None = None,
    version: int | None = None,
) -> RuleSet:
    """Set these figures (None: the default again) from a moment on. Raises NotAFigure, StaleRules, NotFound."""
    may_rule(viewer)
    checked = {code: None if value is None else _figure(code, value) for code, value in figures.items()}
    _one_at_a_time()
    now = valid_from or at
    current = rules.row_at(now)
    if version is not None and version != (current.pk if current else 0):
        raise StaleRules
    before = dict(current.figures) if current else {}
    after = {code: value for code, value in {**before, **checked}.items() if value is not None}
    row = RuleSet.objects.create(
        valid_from=now,
        figures=after,
        profile=current.profile if current else {},
        changed_by=viewer.name,
        changed_at=at,
    )
    _ruled(row, before, viewer, at)
    return row


@transaction.atomic
def save_target(
    *,
    medium: str,
    seconds: int | None,
    share: float,
    group: str = "",
    task: str = "",
    valid_from: date | None = None,
    version: int | None = None,
    viewer: Viewer,
    at: datetime,
) -> ServiceTarget:
    """What is promised for a medium, a group's or a task's own if given; the one before ends the day before."""
    may_rule(viewer)
    if medium not in MEDIA:
        raise UnknownMedium(medium=medium[:20])
    _check_share(share)
    if seconds is not None and not 1 <= seconds <= 60 * rules.DAY:
        raise NotAFigure(value=str(seconds), lowest="1", highest=str(int(60 * rules.DAY)))
    if group and group not in dict(organisation.groups()):
        raise UnknownTarget(target=group[:40])
    first = valid_from or clock.local(at).date()
    same = ServiceTarget.objects.select_for_update().filter(group=group, task=task, medium=medium)
    current = same.filter(Q(valid_to=None) | Q(valid_to__gte=first), valid_from__lte=first).first()
    if version is not None and version != (current.version if current else 0):
        raise StaleTarget
    facts = {"seconds": seconds, "share": share, "valid_to": None, "version": current.version + 1 if current else 1}
    if current is not None and current.valid_from < first:
        ServiceTarget.objects.filter(pk=current.pk).update(valid_to=first - timedelta(days=1))
    row, _ = ServiceTarget.objects.update_or_create(
        group=group, task=task, medium=medium, valid_from=first, defaults=facts
    )
    _noted("routing.target_set", f"routing.servicetarget:{row.pk}", viewer, at, medium=medium, group=group, task=task,
           seconds=seconds, share=_amount(share))  # fmt: skip
    return row


@transaction.atomic
def end_target(*, target_id: int, last_day: date, viewer: Viewer, at: datetime) -> None:
    """The target holds to that day and no longer."""
    may_rule(viewer)
    if not ServiceTarget.objects.filter(pk=target_id).update(valid_to=last_day):
        raise NotFound
    _noted("routing.target_ended", f"routing.servicetarget:{target_id}", viewer, at, last_day=last_day.isoformat())


@transaction.atomic
def save_relief_group(
    *,
    code: str,
    name: str,
    units: Sequence[int],
    groups: Sequence[str] = (),
    media: Sequence[str] = (),
    threshold: int,
    live_after: float,
    written_after: float,
    share: float,
    valid_from: date | None = None,
    version: int | None = None,
    viewer: Viewer,
    at: datetime,
) -> ReliefGroup:
    """Units of whatever administration whose staff relieve the contact centre, from a day on."""
    may_rule(viewer)
    _check_share(share)
    known = {unit.id for unit in organisation.units(at=at)}
    strange = [str(unit) for unit in units if unit not in known]
    strange += [group for group in groups if group not in dict(organisation.groups())]
    if strange:
        raise UnknownTarget(target=strange[0][:40])
    first = valid_from or clock.local(at).date()
    same = ReliefGroup.objects.select_for_update().filter(code=code)
    current = same.filter(Q(valid_to=None) | Q(valid_to__gte=first), valid_from__lte=first).first()
    if version is not None and version != (current.version if current else 0):
        raise StaleTarget
    if current is not None and current.valid_from < first:
        ReliefGroup.objects.filter(pk=current.pk).update(valid_to=first - timedelta(days=1))
    facts = {
        "name": name,
        "units": sorted(units),
        "groups": sorted(groups),
        "media": sorted(media),
        "threshold": threshold,
        "live_after": live_after,
        "written_after": written_after,
        "share": share,
        "valid_to": None,
        "version": current.version + 1 if current else 1,
    }
    row, _ = ReliefGroup.objects.update_or_create(code=code, valid_from=first, defaults=facts)
    _noted("routing.relief_set", f"routing.reliefgroup:{row.pk}", viewer, at, code=code, units=sorted(units))
    return row


@transaction.atomic
def load_profile(rows: Mapping[str, list[dict[str, Any]]], *, at: datetime) -> dict[str, int]:
    """Bring lists, targets and figures to what the profile says; a figure somebody changed by hand stays as it is
    until the profile itself says something new."""
    units = {unit.code: unit.id for unit in organisation.units(at=at)}
    points = [
        {**{k: v for k, v in row.items() if k != "unit"}, "unit_id": units.get(row["unit"])}
        for row in rows.get("service_points", [])
    ]
    reliefs = [
        {**_said(row), "units": sorted(units[code] for code in row["units"])} for row in rows.get("relief_groups", [])
    ]
    targets = [_said(row) for row in rows.get("service_targets", [])]
    changes = {
        "pause_reasons": sync_rows(rows.get("pause_reasons", []), PauseReason.objects.all(), key=("code",)),
        "service_points": sync_rows(points, ServicePoint.objects.all(), key=("code",)),
        "relief_groups": _added(ReliefGroup, reliefs, ("code",)),
        "service_targets": _added(ServiceTarget, targets, ("group", "task", "medium")),
        "routing_figures": _figures_of_profile(rows.get("settings", []), at),
    }
    for kind, number in changes.items():
        if number:
            _noted("routing.profile_loaded", f"routing.{kind}", LOADER, at, kind=kind, changes=number)
    return changes


def may_rule(viewer: Viewer) -> None:
    """Leaders and the operator set figures, and processes of the house; raises NotFound."""
    if not viewer.is_process and not viewer.has_role(*LEADERS):
        raise NotFound


def _said(row: Mapping[str, Any]) -> dict[str, Any]:
    """A dated row without its source."""
    return {**{k: v for k, v in row.items() if k != "source"}, "valid_from": row["valid_from"] or _EVER}


def _added(model: Any, rows: list[dict[str, Any]], key: tuple[str, ...]) -> int:
    """Dated rows of the profile that nobody has made or changed by hand yet."""
    made = 0
    for row in rows:
        same = {name: row[name] for name in key}
        if not model.objects.filter(**same).exists():
            model.objects.create(**row)
            made += 1
    return made


def _figures_of_profile(settings: list[dict[str, Any]], at: datetime) -> int:
    said = {
        row["code"].removeprefix("routing."): row["value"] for row in settings if row["code"].startswith("routing.")
    }
    said = {code: _figure(code, value) for code, value in said.items() if code in rules.RULES}
    _one_at_a_time()
    current = rules.row_at(at)
    before = current.profile if current else {}
    if said == before and current is not None:
        return 0
    gone = before.keys() - said.keys()
    news = {code: value for code, value in said.items() if before.get(code) != value}
    kept = {code: value for code, value in (current.figures if current else {}).items() if code not in gone}
    row = RuleSet.objects.create(
        valid_from=at, figures={**kept, **news}, profile=said, changed_by=LOADER.name, changed_at=at
    )
    _ruled(row, current.figures if current else {}, LOADER, at)
    return len(news) + len(gone)


def _figure(code: str, value: Any) -> float:
    rule = rules.RULES.get(code)
    if rule is None or isinstance(value, bool) or not isinstance(value, int | float):
        raise NotAFigure(value=str(value)[:40], lowest="", highest="")
    if not rule.lowest <= value <= rule.highest or (rule.whole and value != int(value)):
        raise NotAFigure(value=str(value)[:40], lowest=f"{rule.lowest:g}", highest=f"{rule.highest:g}")
    return int(value) if rule.whole else float(value)


def _check_share(share: float) -> None:
    if not 0 < share <= 1:
        raise NotAFigure(value=str(share)[:40], lowest="0,01", highest="1")


def _one_at_a_time() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


def _ruled(row: RuleSet, before: Mapping[str, float], viewer: Viewer, at: datetime) -> None:
    changed = sorted(code for code in {*before, *row.figures} if before.get(code) != row.figures.get(code))
    was = [_amount(before.get(code)) for code in changed]
    became = [_amount(row.figures.get(code)) for code in changed]
    _noted("routing.rules_set", f"routing.ruleset:{row.pk}", viewer, at, changed=changed, before=was, after=became)


def _amount(value: float | None) -> str:
    return "" if value is None else f"{value:g}"


def _noted(verb: str, subject: str, viewer: Viewer, at: datetime, **data: object) -> None:
    journal.record(verb, at=at, viewer_name=viewer.name, subject=subject, data=data)
    keeping.forget()
    transaction.on_commit(keeping.forget)
