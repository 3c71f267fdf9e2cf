"""Rights given, prolonged, taken back, and adjusted when the catalogue changes a task."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from itertools import product
from typing import Any

from django.db import transaction

from indgang.foundation.access import errors, periods
from indgang.foundation.access.leaders import locked, refuse_self, require_leader, tell
from indgang.foundation.access.models import Account, Authorisation, RightsReport
from indgang.foundation.access.values import GrantKind, GrantLine, Viewer
from indgang.foundation.journal import services as journal
from indgang.foundation.journal.values import JournalLine
from indgang.foundation.runtime import clock

LEVELS = (1, 2, 3)
MOST_GRANTS = 5_000  # lines of one bulk grant
_PROFILE = "system:"


@transaction.atomic
def grant(
    *,
    account: Account | int,
    level: int,
    valid_from: date,
    valid_to: date | None = None,
    task: str = "",
    group: str = "",
    viewer: Viewer,
    at: datetime,
) -> Authorisation:
    """Give a right on one task or one group up to a level for a period; by the security leader, never to oneself.

    Overlapping or adjoining rights of that level become one. Raises AlreadyGiven where nothing would be added.
    """
    require_leader(viewer)
    row = locked(account)
    refuse_self(viewer, row.pk)
    _check(level, task, group, valid_from, valid_to)
    if viewer.is_process:  # the profile is a book of its own: its rows stay as it says
        line = GrantLine(row.pk, task, group, level, GrantKind.NEW, valid_from, valid_to)
    else:
        (line,) = plan_grants([row.pk], [task] if task else [], [group] if group else [], level, valid_from, valid_to)
    if not line.gives:
        raise errors.AlreadyGiven(target=task or group, level=level)
    return _write(line, viewer, at)


@transaction.atomic
def grant_many(
    *,
    accounts: Iterable[int],
    tasks: Iterable[str] = (),
    groups: Iterable[str] = (),
    level: int,
    valid_from: date,
    valid_to: date | None = None,
    viewer: Viewer,
    at: datetime,
) -> list[GrantLine]:
    """Give each account each right, as the preview said; who has one already is passed over, oneself too."""
    require_leader(viewer)
    people, codes, known = sorted(set(accounts)), sorted(set(tasks)), sorted(set(groups))
    if not people or not (codes or known):
        raise errors.NothingChosen
    if len(people) * (len(codes) + len(known)) > MOST_GRANTS:
        raise errors.TooManyGrants(limit=MOST_GRANTS)
    for task, group in [(code, "") for code in codes] + [("", code) for code in known]:
        _check(level, task, group, valid_from, valid_to)
    if len(list(Account.objects.select_for_update().filter(pk__in=people).order_by("pk"))) != len(people):
        raise errors.NotFound
    lines = plan_grants(people, codes, known, level, valid_from, valid_to, own=viewer.account)
    for line in lines:
        if line.gives:
            _write(line, viewer, at)
    return lines


def plan_grants(
    accounts: Sequence[int],
    tasks: Sequence[str],
    groups: Sequence[str],
    level: int,
    valid_from: date,
    valid_to: date | None,
    *,
    own: int | None = None,
) -> list[GrantLine]:
    """What a grant would write, line by line; the preview and the grant ask the same."""
    held: dict[tuple[int, str, str], list[periods.Held]] = {}
    for row in Authorisation.objects.live(valid_from).filter(account__in=accounts):
        joins = not row.granted_by.startswith(_PROFILE)
        found = periods.Held(row.pk, row.level, row.valid_from, row.valid_to, joins)
        held.setdefault((row.account_id, row.task, row.group), []).append(found)
    lines = []
    targets = [(task, "") for task in tasks] + [("", group) for group in groups]
    for account, (task, group) in product(accounts, targets):
        mine = held.get((account, task, group), [])
        placed = periods.place(mine, level=level, valid_from=valid_from, valid_to=valid_to)
        kind = GrantKind.SELF if account == own else placed.kind
        lines.append(GrantLine(account, task, group, level, kind, placed.valid_from, placed.valid_to, placed.merges))
    return lines


@transaction.atomic
def withdraw(
    *, authorisation_id: int, last_day: date, viewer: Viewer, at: datetime, version: int | None = None
) -> Authorisation:
    """Let a right end with that day (a day before its first: it never held). The row stays as history."""
    require_leader(viewer)
    row = _authorisation(authorisation_id, version)
    row.valid_to = last_day
    _keep(row, "valid_to")
    facts: dict[str, object] = {"authorisation": row.pk, "to": last_day.isoformat()}
    _record("access.withdrawn", row, viewer, at, facts)
    return row


@transaction.atomic
def revoke(*, authorisation_id: int, viewer: Viewer, at: datetime, version: int | None = None) -> Authorisation:
    """Take the right back now: the next request, and every open page, goes without it. Twice changes nothing."""
    require_leader(viewer)
    row = _authorisation(authorisation_id, version)
    if row.revoked_at is None:
        row.revoked_at = at
        _keep(row, "revoked_at")
        _record("access.revoked", row, viewer, at, {"authorisation": row.pk, "level": row.level})
    return row


@transaction.atomic
def renew(*, authorisation_ids: Iterable[int], valid_to: date, viewer: Viewer, at: datetime) -> int:
    """Let rights that would end go on to that day; returns how many. Nobody prolongs their own."""
    require_leader(viewer)
    day = clock.local(at).date()
    if valid_to <= day:
        raise errors.BadPeriod
    asked = sorted(set(authorisation_ids))
    rows = list(Authorisation.objects.live(day).filter(pk__in=asked).select_for_update().order_by("pk"))
    if len(rows) != len(asked) or not rows:
        raise errors.NotFound
    for row in rows:
        refuse_self(viewer, row.account_id)
        if row.valid_to is None or row.valid_to >= valid_to:
            continue
        row.valid_to = valid_to
        _keep(row, "valid_to")
        _record("access.renewed", row, viewer, at, {"authorisation": row.pk, "to": valid_to.isoformat()})
    return len(rows)


def adjust_to_level(line: JournalLine) -> None:
    """Receives task.level_changed: rights above a lowered level come down to it; a report says whose."""
    task, old, new = str(line.data["task"]), int(str(line.data["old"])), int(str(line.data["new"]))
    if new == old or new not in LEVELS:
        return
    day = clock.local(line.at).date()
    live = Authorisation.objects.live(day).filter(task=task).select_for_update().order_by("account_id", "pk")
    rows: list[dict[str, Any]] = []
    for row in live:
        if row.level > new:
            _lower(row, new, line)
        rows.append({"account": row.account_id, "before": row.level, "after": min(row.level, new)})
    report = RightsReport.objects.create(at=line.at, task=task, old=old, new=new, rows=rows)
    facts: dict[str, object] = {"task": task, "old": old, "new": new, "rights": len(rows)}
    journal.record("access.rights_adjusted", at=line.at, viewer_name=line.actor, subject=report, data=facts)


@transaction.atomic
def mark_report_seen(*, report_id: int, viewer: Viewer, at: datetime) -> RightsReport:
    """The security leader has read what a new level did."""
    require_leader(viewer)
    row = RightsReport.objects.select_for_update().filter(pk=report_id).first()
    if row is None:
        raise errors.NotFound
    if row.seen_at is None:
        row.seen_by, row.seen_at = viewer.name, at
        row.save(update_fields=["seen_by", "seen_at"])
        journal.record("access.report_seen", at=at, viewer_name=viewer.name, subject=row)
    return row


def _lower(row: Authorisation, level: int, line: JournalLine) -> None:
    row.revoked_at = line.at
    _keep(row, "revoked_at")
    Authorisation.objects.create(
        account_id=row.account_id,
        task=row.task,
        level=level,
        valid_from=max(row.valid_from, clock.local(line.at).date()),
        valid_to=row.valid_to,
        granted_by=row.granted_by,
    )
    tell(row.account_id)


def _write(line: GrantLine, viewer: Viewer, at: datetime) -> Authorisation:
    given = _merged(line, at) or Authorisation.objects.create(
        account_id=line.account,
        task=line.task,
        group=line.group,
        level=line.level,
        valid_from=line.valid_from,
        valid_to=line.valid_to,
        granted_by=viewer.name,
    )
    facts: dict[str, object] = {"authorisation": given.pk, "task": line.task, "group": line.group, "level": line.level}
    facts |= {"from": given.valid_from.isoformat(), "to": given.valid_to.isoformat() if given.valid_to else None}
    facts |= {"merged": list(line.merges[1:])} if line.merges else {}
    _record("access.granted", given, viewer, at, facts)
    return given


def _merged(line: GrantLine, at: datetime) -> Authorisation | None:
    """The first of the rows takes the whole period; the others are history."""
    if not line.merges:
        return None
    first, *others = Authorisation.objects.select_for_update().filter(pk__in=line.merges).order_by("valid_from", "pk")
    first.valid_from, first.valid_to = line.valid_from, line.valid_to
    _keep(first, "valid_from", "valid_to")
    for row in others:
        row.revoked_at = at
        _keep(row, "revoked_at")
    return first


def _keep(row: Authorisation, *fields: str) -> None:
    row.version += 1
    row.save(update_fields=[*fields, "version"])


def _record(verb: str, row: Authorisation, viewer: Viewer, at: datetime, facts: dict[str, object]) -> None:
    subject = f"access.account:{row.account_id}"
    journal.record(verb, at=at, viewer_name=viewer.name, subject=subject, data=facts)
    tell(row.account_id)


def _authorisation(authorisation_id: int, version: int | None) -> Authorisation:
    row = Authorisation.objects.select_for_update().filter(pk=authorisation_id).first()
    if row is None:
        raise errors.NotFound
    if version is not None and row.version != version:
        raise errors.Stale
    return row


def _check(level: int, task: str, group: str, valid_from: date, valid_to: date | None) -> None:
    if level not in LEVELS or bool(task) == bool(group):
        raise errors.BadAuthorisation
    if valid_to is not None and valid_to < valid_from:
        raise errors.BadPeriod
