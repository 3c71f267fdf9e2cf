"""What the security leader does with the access log: reviews it, sets its rules, takes it out; and disclosures."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.db import transaction

from indgang.foundation.access import errors
from indgang.foundation.access.leaders import require_leader
from indgang.foundation.access.models import Disclosure, Look, LookReview, LookRule
from indgang.foundation.access.unusual import RULES
from indgang.foundation.access.values import REFUSED, LookOutcome, LookRuleCard, Reason, Viewer
from indgang.foundation.journal import services as journal
from indgang.foundation.runtime.services import uuid7

LOG = "accesslog"
_FIELDS = 40


@transaction.atomic
def review_looks(
    *, actor: str, reason: str, since: datetime, until: datetime, note: str, viewer: Viewer, at: datetime
) -> LookReview:
    """Say that somebody's looks on a reason in a period, or those refused, are gone through, and what was found."""
    require_leader(viewer)
    text = " ".join(note.replace("\x00", "").split())
    if not text:
        raise errors.NoteMissing
    if viewer.name == actor:
        raise errors.OwnRights
    which = {"outcome": LookOutcome.REFUSED} if reason == REFUSED else {"purpose": f"reason:{reason}"}
    looks = Look.objects.using(LOG).filter(actor=actor, at__gte=since, at__lt=until, **which).count()
    if reason not in {*Reason.values, REFUSED} or not looks:
        raise errors.NotFound
    row = LookReview.objects.create(
        actor=actor,
        reason=reason,
        since=since,
        until=min(until, at),
        looks=looks,
        note=text[:500],
        reviewed_by=viewer.name,
        reviewed_at=at,
    )
    facts: dict[str, object] = {"employee": actor, "reason": reason, "looks": looks}
    journal.record("access.looks_reviewed", at=at, viewer_name=viewer.name, subject=row, data=facts)
    return row


@transaction.atomic
def set_look_rule(*, rule: LookRuleCard, viewer: Viewer, at: datetime) -> LookRule:
    """Other figures for a rule; Stale where somebody changed it since."""
    require_leader(viewer)
    if rule.code not in RULES:
        raise errors.NotFound
    clock_times = RULES[rule.code].starts is None or (rule.starts and rule.ends and rule.starts < rule.ends)
    if not (1 <= rule.limit <= 10_000 and 0 <= rule.minutes <= 1_440 and clock_times):
        raise errors.BadLookRule
    row = LookRule.objects.select_for_update().filter(pk=rule.code).first()
    if (row.version if row else 0) != rule.version:
        raise errors.Stale
    changed = replace(rule, version=rule.version + 1)
    facts = {name: getattr(changed, name) for name in ("on", "limit", "minutes", "starts", "ends", "version")}
    saved, _ = LookRule.objects.update_or_create(pk=rule.code, defaults=facts)
    journal.record(
        "access.look_rule_set",
        at=at,
        viewer_name=viewer.name,
        subject=saved,
        data={"code": rule.code, "on": rule.on, "limit": rule.limit, "minutes": rule.minutes},
    )
    return saved


@transaction.atomic
def record_export(*, rows: int, asked: Iterable[str], viewer: Viewer, at: datetime) -> None:
    """The log was taken out of the house: who, when, how many rows, by which filters (their names only)."""
    require_leader(viewer)
    facts: dict[str, object] = {"rows": rows, "filters": sorted(asked)}
    journal.record("access.looks_exported", at=at, viewer_name=viewer.name, subject="access.look:export", data=facts)


@transaction.atomic
def disclose(
    *,
    citizen: UUID,
    task: str,
    receiver: str,
    ground: str,
    fields: Iterable[str],
    viewer: Viewer,
    at: datetime,
) -> Disclosure:
    """Note what was given to another authority. Receiver, task, ground of law and the fields are all needed."""
    if not (viewer.is_staff or viewer.is_process):
        raise errors.NotFound
    given = sorted({field for field in fields if field})
    names = [" ".join(text.replace("\x00", "").split()) for text in (receiver, ground)]
    if not (task and given and all(names)):
        raise errors.DisclosureIncomplete
    row = Disclosure.objects.create(
        id=uuid7(at),
        at=at,
        citizen=citizen,
        task=task[:12],
        receiver=names[0][:120],
        ground=names[1][:200],
        fields=[field[:_FIELDS] for field in given],
        actor=viewer.name,
    )
    journal.record(
        "access.disclosed",
        at=at,
        viewer_name=viewer.name,
        subject=row,
        citizen=citizen,
        data={"task": row.task, "fields": row.fields},
    )
    return row
