"""What one can ask about accounts, rights, switches, keys and the access log."""

import hashlib
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Count, Q
from django.db.models.functions import Substr

from indgang.foundation.access import policy
from indgang.foundation.access.errors import NotFound
from indgang.foundation.access.granting import plan_grants as plan_grants
from indgang.foundation.access.keys import is_due, note_use
from indgang.foundation.access.keys import keys as keys
from indgang.foundation.access.linking import citizen_links as citizen_links
from indgang.foundation.access.linking import is_linked as is_linked
from indgang.foundation.access.models import Account, ApiKey, Authorisation, Look, Switch
from indgang.foundation.access.overview import accepted_accounts as accepted_accounts
from indgang.foundation.access.overview import all_looks as all_looks
from indgang.foundation.access.overview import count_looks as count_looks
from indgang.foundation.access.overview import disclosures as disclosures
from indgang.foundation.access.overview import disclosures_of as disclosures_of
from indgang.foundation.access.overview import factor as factor
from indgang.foundation.access.overview import factor_roles as factor_roles
from indgang.foundation.access.overview import instructions as instructions
from indgang.foundation.access.overview import look_rules as look_rules
from indgang.foundation.access.overview import looks as looks
from indgang.foundation.access.overview import near_looks as near_looks
from indgang.foundation.access.overview import refused_looks as refused_looks
from indgang.foundation.access.overview import reviews as reviews
from indgang.foundation.access.overview import rights_reports as rights_reports
from indgang.foundation.access.overview import switch_history as switch_history
from indgang.foundation.access.overview import switch_plan as switch_plan
from indgang.foundation.access.overview import unseen_reports as unseen_reports
from indgang.foundation.access.overview import unusual_looks as unusual_looks
from indgang.foundation.access.values import (
    AuthorisationCard,
    Dispensation,
    HeldRoles,
    LookLine,
    ReasonCount,
    Right,
    Role,
    SwitchCode,
    TaskNeed,
    Viewer,
)
from indgang.foundation.runtime.services import lasting

LOG = "accesslog"  # looks are read where they are written
_NOTHING = Q(pk__in=[])


def scope_of(viewer: Viewer, at: datetime) -> policy.Scope | None:
    """The rights of an employee now; None for anybody else."""
    if viewer.actor is None:
        return None
    return policy.scope(viewer.actor, at, viewer.dispensation, separation=viewer.separation)


def rows_q(
    scope: policy.Scope,
    *,
    task: str = "task",
    group: str = "group",
    level: str = "level",
    owner: str = "owner",
    decision: str = "decision",
    forbidden: str | None = None,
    ceiling: str | None = None,
) -> Q:
    """The list filter over a table that keeps what its rows need in those columns (`forbidden`: an array of roles)."""
    rows = scope.tasks_filter
    allowed = _NOTHING
    for rule in rows.rules:
        right = Q(**{f"{group}__in": rule.groups}) | Q(**{f"{task}__in": rule.tasks})
        one = Q(**{level: rule.level}) & right & Q(**{f"{group}__in": rule.competent})
        if rule.acts_only_for is not None:
            one &= Q(**{owner: rule.acts_only_for})
        if rule.level >= policy.DECIDE and rule.decides_only_for is not None:
            one &= Q(**{decision: False}) | Q(**{owner: rule.decides_only_for}) | Q(**{f"{task}__in": rule.dispensed})
        if ceiling is not None:
            one &= Q(**{f"{ceiling}__gte": rule.level}) | Q(**{owner: rule.employer})
        allowed |= one
    if forbidden is not None:
        allowed &= ~Q(**{f"{forbidden}__overlap": sorted(rows.roles)})
    return allowed


def tasks_q(scope: policy.Scope, needs: Iterable[TaskNeed], *, task: str = "task", level: str = "level") -> Q:
    """The list filter over a table that keeps task code and level only; the catalogue hands in what its tasks need."""
    allowed = _NOTHING
    reached = policy.highest_levels(scope, needs)
    for highest in policy.LEVELS:
        codes = [code for code, found in reached.items() if found == highest]
        if codes:
            allowed |= Q(**{f"{task}__in": codes, f"{level}__lte": highest})
    return allowed


def rights_of(account_ids: Iterable[int] | None, day: date) -> dict[int, tuple[Right, ...]]:
    """The authorisations in force on a day, per account (None: of everybody)."""
    rows = Authorisation.objects.in_force(day)
    if account_ids is not None:
        rows = rows.filter(account__in=list(account_ids))
    found: dict[int, list[Right]] = {}
    for account, task, group, level in rows.order_by("pk").values_list("account_id", "task", "group", "level"):
        found.setdefault(account, []).append(Right(level=level, task=task, group=group))
    return {account: tuple(rights) for account, rights in found.items()}


def authorisations(viewer: Viewer, account_id: int) -> list[AuthorisationCard]:
    """Every right ever given to an account, newest first; for the security leader and the person."""
    if viewer.account != account_id:
        _require_reader(viewer)
    return [card_of(row) for row in Authorisation.objects.filter(account=account_id).order_by("-valid_from", "-pk")]


def authorisation(viewer: Viewer, authorisation_id: int) -> AuthorisationCard:
    """One right; for the security leader."""
    _require_reader(viewer)
    row = Authorisation.objects.filter(pk=authorisation_id).first()
    if row is None:
        raise NotFound
    return card_of(row)


def held_rights(
    viewer: Viewer, account_id: int, day: date, *, task: str = "", group: str = ""
) -> list[AuthorisationCard]:
    """The rights of an account on one task or group that hold on that day or later."""
    _require_reader(viewer)
    rows = Authorisation.objects.live(day).filter(account=account_id, task=task, group=group)
    return [card_of(row) for row in rows.order_by("valid_from", "level", "pk")]


def held_roles(viewer: Viewer, account_id: int) -> HeldRoles | None:
    """The roles of an account and whether somebody gave them by hand."""
    _require_reader(viewer)
    found = Account.objects.filter(pk=account_id).values_list("roles", "roles_by_hand").first()
    return HeldRoles(tuple(sorted(found[0])), found[1]) if found else None


def expiring(viewer: Viewer, day: date, days: int = 30) -> list[AuthorisationCard]:
    """Rights in force that end within so many days, the first to end first."""
    _require_reader(viewer)
    rows = Authorisation.objects.in_force(day).filter(valid_to__lte=day + timedelta(days=days))
    return [card_of(row) for row in rows.order_by("valid_to", "account_id", "pk")]


def card_of(row: Authorisation) -> AuthorisationCard:
    """A right as readers get it."""
    return AuthorisationCard(
        row.pk,
        row.account_id,
        row.task,
        row.group,
        row.level,
        row.valid_from,
        row.valid_to,
        row.granted_by,
        row.revoked_at,
        row.version,
    )


class Switches(dict[str, bool]):
    """The rules of the municipality at a moment, and which tasks the dispensation is for."""

    dispensed: frozenset[str] = frozenset()  # empty: every task

    @property
    def dispensation(self) -> Dispensation:
        """For every task, for none, or for exactly these."""
        return self[SwitchCode.DISPENSATION] and (self.dispensed or True)


def switches(at: datetime) -> Switches:
    """Every rule of the municipality and whether it is on at that moment (all are on until somebody says otherwise)."""
    found = Switches(dict.fromkeys(SwitchCode.values, True))
    for code, valid_from, on, tasks in _switch_rows():
        if valid_from > at:
            continue
        found[code] = on
        if code == SwitchCode.DISPENSATION:
            found.dispensed = tasks
    return found


@lasting("access_switch")
def _switch_rows() -> tuple[tuple[str, datetime, bool, frozenset[str]], ...]:
    """Every rule ever said, the newest last."""
    rows = Switch.objects.order_by("valid_from", "pk").values_list("code", "valid_from", "on", "tasks")
    return tuple((code, valid_from, on, frozenset(tasks)) for code, valid_from, on, tasks in rows)


def switch_is_on(code: str, at: datetime) -> bool:
    """Whether the rule is on at that moment; an unknown one is off."""
    return switches(at).get(code, False)


def viewer_of_key(token: str, at: datetime | None = None) -> tuple[int | None, str] | None:
    """The account (None: a system's own) and the name behind a key; None if unknown, revoked or its owner is gone.

    With `at` the use is noted, to the minute.
    """
    digest = hashlib.sha256(token.encode()).hexdigest()
    owned = Q(account=None) | Q(account__in=Account.objects.usable())
    row = ApiKey.objects.filter(owned, digest=digest, revoked_at=None).first()
    if row is None:
        return None
    if at is not None and is_due(row.last_used_at, at):
        note_use(row.pk, at)
    return row.account_id, row.name


def looks_at(citizen: UUID, limit: int = 500) -> list[LookLine]:
    """Who looked at this citizen, newest first; the citizen may see it."""
    rows = Look.objects.using(LOG).filter(citizen=citizen).order_by("-at", "-id")[:limit]
    return [
        LookLine(row.id, row.at, row.actor, row.citizen, row.kind, row.purpose, row.source, row.outcome) for row in rows
    ]


def stated_reasons(viewer: Viewer, since: datetime, until: datetime) -> list[ReasonCount]:
    """How often each employee looked on a stated reason in the period, most first; the security leader's list."""
    _require_reader(viewer)
    rows = (
        Look.objects.using(LOG)
        .filter(at__gte=since, at__lt=until, purpose__startswith="reason:")
        .annotate(reason=Substr("purpose", len("reason:") + 1))
        .values_list("actor", "reason")
        .annotate(looks=Count("id"))
        .order_by("-looks", "actor", "reason")
    )
    return [ReasonCount(actor, reason, looks) for actor, reason, looks in rows]


def _require_reader(viewer: Viewer) -> None:
    if not (viewer.is_process or viewer.has_role(Role.SECURITY_LEADER)):
        raise NotFound
