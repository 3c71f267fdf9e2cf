"""What one can do with accounts, rights, switches and keys, and how personal data is opened."""

import hashlib
import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import lru_cache

from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from indgang.foundation.access import errors
from indgang.foundation.access.granting import adjust_to_level as adjust_to_level
from indgang.foundation.access.granting import grant as grant
from indgang.foundation.access.granting import grant_many as grant_many
from indgang.foundation.access.granting import mark_report_seen as mark_report_seen
from indgang.foundation.access.granting import renew as renew
from indgang.foundation.access.granting import revoke as revoke
from indgang.foundation.access.granting import withdraw as withdraw
from indgang.foundation.access.instruction import accept_instruction as accept_instruction
from indgang.foundation.access.instruction import bring_instruction as bring_instruction
from indgang.foundation.access.instruction import publish_instruction as publish_instruction
from indgang.foundation.access.leaders import locked, refuse_self, require_account_keeper, tell
from indgang.foundation.access.leaders import require_leader as require_leader
from indgang.foundation.access.linking import link_citizen as link_citizen
from indgang.foundation.access.login import staff_logout as staff_logout
from indgang.foundation.access.looking import open_for as open_for
from indgang.foundation.access.looking import open_many as open_many
from indgang.foundation.access.looking import open_together as open_together
from indgang.foundation.access.looking import register_purpose_verifier as register_purpose_verifier
from indgang.foundation.access.models import Account, ApiKey, FailedLogins, Switch
from indgang.foundation.access.reviewing import disclose as disclose
from indgang.foundation.access.reviewing import record_export as record_export
from indgang.foundation.access.reviewing import review_looks as review_looks
from indgang.foundation.access.reviewing import set_look_rule as set_look_rule
from indgang.foundation.access.second_factor import begin_factor as begin_factor
from indgang.foundation.access.second_factor import confirm_factor as confirm_factor
from indgang.foundation.access.second_factor import drop_factor as drop_factor
from indgang.foundation.access.second_factor import new_recovery_codes as new_recovery_codes
from indgang.foundation.access.second_factor import set_factor_roles as set_factor_roles
from indgang.foundation.access.selectors import looks_at as looks_at
from indgang.foundation.access.selectors import switch_is_on as switch_is_on
from indgang.foundation.access.selectors import viewer_of_key as viewer_of_key
from indgang.foundation.access.steps import common_login as common_login
from indgang.foundation.access.steps import staff_login as staff_login
from indgang.foundation.access.values import EXCLUSIVE_ROLES, KeyKind, Role, SwitchCode, Viewer, system
from indgang.foundation.access.viewers import build_viewer as build_viewer
from indgang.foundation.access.viewers import register_viewer_builder as register_viewer_builder
from indgang.foundation.journal import services as journal

SETUP = system("setup")


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
    require_account_keeper(viewer)
    name, held = username.strip().casefold(), _checked_roles(roles, at)
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
def set_roles(
    *, account: Account | int, roles: Iterable[str], viewer: Viewer, at: datetime, by_hand: bool = True
) -> Account:
    """Give the account exactly these roles; nobody changes their own. By hand: a profile leaves them alone from now."""
    require_leader(viewer)
    row, held = locked(account), _checked_roles(roles, at)
    refuse_self(viewer, row.pk)
    return _keep_roles(row, held, by_hand, viewer, at)


@transaction.atomic
def bring_roles(*, account: Account | int, roles: Iterable[str], viewer: Viewer, at: datetime) -> bool:
    """The roles a profile gives the account; whether that changed anything. Roles given by hand stand."""
    if not viewer.is_process:
        raise errors.NotFound
    row, held = locked(account), _checked_roles(roles, at)
    if row.roles_by_hand or sorted(row.roles) == held:
        return False
    _keep_roles(row, held, False, viewer, at)
    return True


def _keep_roles(row: Account, held: list[str], by_hand: bool, viewer: Viewer, at: datetime) -> Account:
    before, row.roles, row.roles_by_hand = row.roles, held, by_hand
    row.save(update_fields=["roles", "roles_by_hand"])
    facts: dict[str, object] = {"before": before, "after": held, "by_hand": by_hand}
    journal.record("access.roles_set", at=at, viewer_name=viewer.name, subject=row, data=facts)
    tell(row.pk)  # sessions are bound to the roles: they are over
    return row


@transaction.atomic
def end_sessions(*, account: Account | int, viewer: Viewer, at: datetime) -> Account:
    """Log the account out everywhere now; the person may log in again."""
    require_leader(viewer)
    row = locked(account)
    row.epoch += 1
    row.save(update_fields=["epoch"])
    journal.record("access.sessions_ended", at=at, viewer_name=viewer.name, subject=row)
    tell(row.pk)
    return row


@transaction.atomic
def set_password(*, account: Account | int, password: str, viewer: Viewer, at: datetime) -> Account:
    """A new password, by the person or the security leader; every session of the account ends."""
    row = locked(account)
    if viewer.account != row.pk:
        require_leader(viewer)
    _check_password(password)
    row.set_password(password)
    row.save(update_fields=["password"])
    journal.record("access.password_set", at=at, viewer_name=viewer.name, subject=row)
    tell(row.pk)
    return row


@transaction.atomic
def deactivate(*, account: Account | int, viewer: Viewer, at: datetime) -> Account:
    """Close the account at once: its sessions and personal keys are dead before this returns."""
    require_leader(viewer)
    row = locked(account)
    row.is_active = False
    row.set_unusable_password()  # the sessions are tied to the password's hash
    row.save(update_fields=["is_active", "password"])
    keys = ApiKey.objects.filter(account=row, revoked_at=None).update(revoked_at=at)
    journal.record("access.account_deactivated", at=at, viewer_name=viewer.name, subject=row, data={"keys": keys})
    tell(row.pk)
    return row


@transaction.atomic
def set_switch(
    code: str,
    on: bool,
    viewer: Viewer,
    at: datetime,
    *,
    valid_from: datetime | None = None,
    tasks: Iterable[str] = (),
) -> None:
    """Turn a rule of the municipality on or off from a moment (now); earlier moments keep what held then.

    A dispensation may hold for some tasks only.
    """
    require_leader(viewer)
    if code not in SwitchCode.values:
        raise errors.UnknownSwitch(code=code)
    start, only = max(valid_from or at, at), sorted(set(tasks))
    if only and code != SwitchCode.DISPENSATION:
        raise errors.UnknownTasks
    row = Switch.objects.create(code=code, on=on, valid_from=start, set_by=viewer.name, tasks=only)
    facts: dict[str, object] = {"code": code, "on": on, "from": start.isoformat(), "tasks": only}
    journal.record("access.switch_set", at=at, viewer_name=viewer.name, subject=row, data=facts)


@transaction.atomic
def make_key(kind: str, name: str, account: Account | int | None, at: datetime, *, viewer: Viewer = SETUP) -> str:
    """A new API key, readable in this answer only: personal ones act as their account, others as `program:<name>`."""
    owner = None if account is None else locked(account)
    if owner is None or viewer.account != owner.pk:
        require_account_keeper(viewer)
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
        require_account_keeper(viewer)
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


def _checked_roles(roles: Iterable[str], at: datetime) -> list[str]:
    held = sorted({str(role) for role in roles})
    for role in held:
        if role not in Role.values:
            raise errors.UnknownRole(role=role)
    if set(held) >= EXCLUSIVE_ROLES and switch_is_on(SwitchCode.SEPARATION, at):
        raise errors.ExclusiveRoles
    return held
