"""Changing the figures, targets and relief groups."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import Q

from indgang.core.organisation import selectors as organisation
from indgang.core.routing import keeping, rules
from indgang.core.routing.errors import NotAFigure, StaleRules, StaleTarget, UnknownMedium, UnknownTarget
from indgang.core.routing.models import ReliefGroup, RuleSet, ServiceTarget
from indgang.core.routing.values import MEDIA
from indgang.foundation.access.errors import NotFound
from indgang.foundation.access.values import Role, Viewer
from indgang.foundation.journal import services as journal
from indgang.foundation.runtime import clock

LEADERS = (Role.MANAGER, Role.EXECUTIVE, Role.OPERATOR)
_LOCK = 7_310_002  # advisory lock: two changes of the figures come one after the other


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
    checked = {code: None if value is None else figure(code, value) for code, value in figures.items()}
    one_at_a_time()
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
    ruled(row, before, viewer, at)
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
    noted("routing.target_set", f"routing.servicetarget:{row.pk}", viewer, at, medium=medium, group=group, task=task,
           seconds=seconds, share=_amount(share))  # fmt: skip
    return row


@transaction.atomic
def end_target(*, target_id: int, last_day: date, viewer: Viewer, at: datetime) -> None:
    """The target holds to that day and no longer."""
    may_rule(viewer)
    if not ServiceTarget.objects.filter(pk=target_id).update(valid_to=last_day):
        raise NotFound
    noted("routing.target_ended", f"routing.servicetarget:{target_id}", viewer, at, last_day=last_day.isoformat())


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
    noted("routing.relief_set", f"routing.reliefgroup:{row.pk}", viewer, at, code=code, units=sorted(units))
    return row


@transaction.atomic
def end_relief_group(*, relief_id: int, last_day: date, viewer: Viewer, at: datetime) -> None:
    """The group relieves to that day and no longer."""
    may_rule(viewer)
    if not ReliefGroup.objects.filter(pk=relief_id).update(valid_to=last_day):
        raise NotFound
    noted("routing.relief_ended", f"routing.reliefgroup:{relief_id}", viewer, at, last_day=last_day.isoformat())


def may_rule(viewer: Viewer) -> None:
    """Leaders and the operator set figures, and processes of the house; raises NotFound."""
    if not viewer.is_process and not viewer.has_role(*LEADERS):
        raise NotFound


def figure(code: str, value: Any) -> float:
    """The number, if it is one of this figure's; raises NotAFigure."""
    rule = rules.RULES.get(code)
    if rule is None or isinstance(value, bool) or not isinstance(value, int | float):
        raise NotAFigure(value=str(value)[:40], lowest="", highest="")
    if not rule.lowest <= value <= rule.highest or (rule.whole and value != int(value)):
        raise NotAFigure(value=str(value)[:40], lowest=f"{rule.lowest:g}", highest=f"{rule.highest:g}")
    return int(value) if rule.whole else float(value)


def _check_share(share: float) -> None:
    if not 0 < share <= 1:
        raise NotAFigure(value=str(share)[:40], lowest="0,01", highest="1")


def one_at_a_time() -> None:
    """Nobody else changes the figures until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


def ruled(row: RuleSet, before: Mapping[str, float], viewer: Viewer, at: datetime) -> None:
    """Record which figures changed."""
    changed = sorted(code for code in {*before, *row.figures} if before.get(code) != row.figures.get(code))
    was = [_amount(before.get(code)) for code in changed]
    became = [_amount(row.figures.get(code)) for code in changed]
    noted("routing.rules_set", f"routing.ruleset:{row.pk}", viewer, at, changed=changed, before=was, after=became)


def _amount(value: float | None) -> str:
    return "" if value is None else f"{value:g}"


def noted(verb: str, subject: str, viewer: Viewer, at: datetime, **data: object) -> None:
    """Record it, and read everything anew."""
    journal.record(verb, at=at, viewer_name=viewer.name, subject=subject, data=data)
    keeping.forget()
    transaction.on_commit(keeping.forget)
