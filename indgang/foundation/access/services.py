"""What one can do with accounts, rights, switches and keys, and how personal data is opened."""

import hashlib
import secrets
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from functools import lru_cache

from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from indgang.foundation.access import errors
from indgang.foundation.access.login import staff_login as staff_login
from indgang.foundation.access.login import staff_logout as staff_logout
from indgang.foundation.access.looking import open_for as open_for
from indgang.foundation.access.looking import open_many as open_many
from indgang.foundation.access.looking import register_purpose_verifier as register_purpose_verifier
from indgang.foundation.access.models import Account, ApiKey, Authorisation, FailedLogins, Switch
from indgang.foundation.access.selectors import looks_at as looks_at
from indgang.foundation.access.selectors import switch_is_on as switch_is_on
from indgang.foundation.access.selectors import viewer_of_key as viewer_of_key
from indgang.foundation.access.values import EXCLUSIVE_ROLES, KeyKind, Role, SwitchCode, Viewer, system
from indgang.foundation.access.viewers import build_viewer as build_viewer
from indgang.foundation.access.viewers import register_viewer_builder as register_viewer_builder
from indgang.foundation.journal import services as journal

SETUP = system("setup")
LEVELS = (1, 2, 3)


def create_account(
    username: str,
    password: str | None,
    roles: Iterable[str],
    at: datetime,
    demo: bool = False,
    *,
    viewer: Viewer = SETUP,
) -> Account:
    """A staff login, closed until it gets a password. Demo accounts share one, so that is hashed once."""
    _require_account_keeper(viewer)
    name, held = username.strip().casefold(), _checked_roles(roles)
    if password is not None and not demo:
        _check_password(password)
    encoded = _demo_hash(password) if demo else make_password(password)
    with transaction.atomic():
        try:
            with transaction.atomic():
                account = Account.objects.create(username=name, password=encoded, roles=held, demo=demo)
        except IntegrityError:
            raise errors.UsernameTaken(username=name) from None
        journal.record(
            "access.account_created",
            at=at,
            viewer_name=viewer.name,
            subject=account,
            data={"roles": held, "demo": demo},
        )
    return account


@transaction.atomic
def set_roles(*, account: Account | int, roles: Iterable[str], viewer: Viewer, at: datetime) -> Account:
    """Give the account exactly these roles; nobody changes their own."""
    _require_leader(viewer)
    row, held = _locked(account), _checked_roles(roles)
    _refuse_self(viewer, row.pk)
    before, row.roles = row.roles, held
    row.save(update_fields=["roles"])
    journal.record(
        "access.roles_set", at=at, viewer_name=viewer.name, subject=row, data={"before": before, "after": held}
    )
    return row


@transaction.atomic
def set_password(*, account: Account | int, password: str, viewer: Viewer, at: datetime) -> Account:
    """A new password, by the person or the security leader; every session of the account ends."""
    row = _locked(account)
    if viewer.account != row.pk:
        _require_leader(viewer)
    _check_password(password)
    row.set_password(password)
    row.save(update_fields=["password"])
    journal.record("access.password_set", at=at, viewer_name=viewer.name, subject=row)
    return row


@transaction.atomic
def deactivate(*, account: Account | int, viewer: Viewer, at: datetime) -> Account:
    """Close the account at once: its sessions and personal keys are dead before this returns."""
    _require_leader(viewer)
    row = _locked(account)
    row.is_active = False
    row.set_unusable_password()  # the sessions are tied to the password's hash
    row.save(update_fields=["is_active", "password"])
    keys = ApiKey.objects.filter(account=row, revoked_at=None).update(revoked_at=at)
    journal.record("access.account_deactivated", at=at, viewer_name=viewer.name, subject=row, data={"keys": keys})
    return row


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
    """Give a right on one task or one group up to a level for a period; by the security leader, never to oneself."""
    _require_leader(viewer)
    row = _locked(account)
    _refuse_self(viewer, row.pk)
    if level not in LEVELS or bool(task) == bool(group):
        raise errors.BadAuthorisation
    if valid_to is not None and valid_to < valid_from:
        raise errors.BadPeriod
    given = Authorisation.objects.create(
        account=row,
        task=task,
        group=group,
        level=level,
        valid_from=valid_from,
        valid_to=valid_to,
        granted_by=viewer.name,
    )
    facts: dict[str, object] = {"authorisation": given.pk, "task": task, "group": group, "level": level}
    facts |= {"from": valid_from.isoformat(), "to": valid_to.isoformat() if valid_to else None}
    journal.record("access.granted", at=at, viewer_name=viewer.name, subject=row, data=facts)
    return given


@transaction.atomic
def withdraw(*, authorisation_id: int, last_day: date, viewer: Viewer, at: datetime) -> Authorisation:
    """Let a right end with that day (a day before its first: it never held). The row stays as history."""
    _require_leader(viewer)
    row = Authorisation.objects.select_for_update().filter(pk=authorisation_id).first()
    if row is None:
        raise errors.NotFound
    row.valid_to = last_day
    row.save(update_fields=["valid_to"])
    facts: dict[str, object] = {"authorisation": row.pk, "to": last_day.isoformat()}
    journal.record(
        "access.withdrawn", at=at, viewer_name=viewer.name, subject=f"access.account:{row.account_id}", data=facts
    )
    return row


@transaction.atomic
def set_switch(code: str, on: bool, viewer: Viewer, at: datetime) -> None:
    """Turn a rule of the municipality on or off from this moment; earlier moments keep what held then."""
    _require_leader(viewer)
    if code not in SwitchCode.values:
        raise errors.UnknownSwitch(code=code)
    row = Switch.objects.create(code=code, on=on, valid_from=at, set_by=viewer.name)
    journal.record("access.switch_set", at=at, viewer_name=viewer.name, subject=row, data={"code": code, "on": on})


@transaction.atomic
def make_key(kind: str, name: str, account: Account | int | None, at: datetime, *, viewer: Viewer = SETUP) -> str:
    """A new API key, readable in this answer only: personal ones act as their account, others as `program:<name>`."""
    owner = None if account is None else _locked(account)
    if owner is None or viewer.account != owner.pk:
        _require_account_keeper(viewer)
    if (kind == KeyKind.PERSONAL) != (owner is not None) or kind not in KeyKind.values:
        raise errors.NotFound
    plain = "indgang_" + secrets.token_urlsafe(32)
    row = ApiKey.objects.create(
        kind=kind, name=name, digest=hashlib.sha256(plain.encode()).hexdigest(), account=owner, created_at=at
    )
    journal.record("access.key_made", at=at, viewer_name=viewer.name, subject=row, data={"kind": kind})
    return plain


@transaction.atomic
def revoke_key(*, key_id: int, viewer: Viewer, at: datetime) -> None:
    """Close a key at once; its owner, the security leader or operations may."""
    row = ApiKey.objects.select_for_update().filter(pk=key_id).first()
    if row is None:
        raise errors.NotFound
    if row.account_id is None or viewer.account != row.account_id:
        _require_account_keeper(viewer)
    row.revoked_at = row.revoked_at or at
    row.save(update_fields=["revoked_at"])
    journal.record("access.key_revoked", at=at, viewer_name=viewer.name, subject=row, data={"kind": row.kind})


def forget_failures(*, before: datetime) -> int:
    """Delete counters of failed logins nobody has touched since; run daily."""
    return FailedLogins.objects.filter(first_at__lt=before - timedelta(hours=1)).delete()[0]


def account_of(account_id: int) -> Account | None:
    """The account, if it may be used now."""
    return Account.objects.usable().filter(pk=account_id).first()


@lru_cache(maxsize=8)
def _demo_hash(password: str) -> str:
    return make_password(password)


def _check_password(password: str) -> None:
    try:
        validate_password(password)
    except ValidationError:
        raise errors.WeakPassword from None


def _checked_roles(roles: Iterable[str]) -> list[str]:
    held = sorted({str(role) for role in roles})
    for role in held:
        if role not in Role.values:
            raise errors.UnknownRole(role=role)
    if set(held) >= EXCLUSIVE_ROLES:
        raise errors.ExclusiveRoles
    return held


def _require_leader(viewer: Viewer) -> None:
    """Rights are the security leader's; the set-up of the municipality is a process."""
    if not (viewer.is_process or viewer.has_role(Role.SECURITY_LEADER)):
        raise errors.NotFound


def _require_account_keeper(viewer: Viewer) -> None:
    if not viewer.has_role(Role.OPERATOR):
        _require_leader(viewer)


def _refuse_self(viewer: Viewer, account_id: int) -> None:
    if viewer.account == account_id:
        raise errors.OwnRights


def _locked(account: Account | int) -> Account:
    pk = account if isinstance(account, int) else account.pk
    row = Account.objects.select_for_update().filter(pk=pk).first()
    if row is None:
        raise errors.NotFound
    return row
