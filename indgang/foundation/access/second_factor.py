"""Login in two steps: a time-based code (RFC 6238) from an app, or a recovery code; each is taken once."""

import base64
import hashlib
import secrets
from collections.abc import Iterable
from datetime import datetime

import pyotp
import segno
from cryptography.fernet import Fernet
from django.conf import settings
from django.db import transaction

from indgang.foundation.access import errors
from indgang.foundation.access.leaders import locked, require_leader, tell
from indgang.foundation.access.models import Account, FactorRule, RecoveryCode, SecondFactor
from indgang.foundation.access.values import Role, Viewer
from indgang.foundation.journal import services as journal

ISSUER = "Indgang"
STEP = 30  # seconds
DRIFT = 1  # steps a clock may be off
CODES = 10
_SOUNDS = "ABDFHKMPRTX23456789"


def in_fours(secret: str) -> str:
    """The secret as one types it: four signs at a time."""
    return " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))


def factor_required(account: Account) -> bool:
    """Whether one of the roles asks for it."""
    rules = FactorRule.objects.filter(role__in=account.roles)
    return (rules.filter(demo_too=True) if account.demo else rules).exists()


def has_factor(account: Account) -> bool:
    """Whether the account logs in with a second factor."""
    return SecondFactor.objects.filter(account=account, confirmed_at__isnull=False).exists()


@transaction.atomic
def begin_factor(*, account: Account, at: datetime) -> tuple[str, str]:
    """The secret to type and its picture as SVG; the same until a code of it was shown."""
    row = SecondFactor.objects.select_for_update().filter(account=account).first()
    if row is not None and row.confirmed_at is not None:
        raise errors.Stale
    if row is None:
        row = SecondFactor.objects.create(account=account, secret=_seal(pyotp.random_base32()), created_at=at)
        journal.record("access.factor_begun", at=at, viewer_name=f"account:{account.pk}", subject=account)
    secret = _open(row.secret)
    address = pyotp.TOTP(secret, interval=STEP).provisioning_uri(name=account.username, issuer_name=ISSUER)
    picture = segno.make(address, error="m").svg_inline(scale=5, border=2, svgclass="qr", lineclass="qr-line")
    return secret, str(picture)


@transaction.atomic
def confirm_factor(*, account: Account, code: str, at: datetime) -> list[str]:
    """Use the factor from now on; returns the recovery codes, readable this once. Raises WrongCode."""
    row = SecondFactor.objects.select_for_update().filter(account=account, confirmed_at=None).first()
    if row is None or not _take(row, code, at):
        raise errors.WrongCode
    row.confirmed_at = at
    row.save(update_fields=["confirmed_at"])
    journal.record("access.factor_confirmed", at=at, viewer_name=f"account:{account.pk}", subject=account)
    return _new_codes(account)


@transaction.atomic
def new_recovery_codes(*, account: Account, code: str, at: datetime) -> list[str]:
    """Ten new ones for a code of the app; the old ones open nothing any more."""
    check_code(account=account, code=code, at=at)
    journal.record("access.recovery_codes_made", at=at, viewer_name=f"account:{account.pk}", subject=account)
    return _new_codes(account)


@transaction.atomic
def check_code(*, account: Account, code: str, at: datetime) -> None:
    """Take a code of the app or a recovery code, or raise WrongCode. Attempts are counted by whoever asks."""
    row = SecondFactor.objects.select_for_update().filter(account=account, confirmed_at__isnull=False).first()
    if row is None or not (_take(row, code, at) or _take_recovery(account, code, at)):
        raise errors.WrongCode


@transaction.atomic
def drop_factor(*, account: Account | int, code: str = "", viewer: Viewer, at: datetime) -> None:
    """Off: by the person with a code where no role asks for it, or by the security leader for a lost phone."""
    row = locked(account)
    if viewer.account == row.pk:
        if factor_required(row):
            raise errors.FactorRequired
        check_code(account=row, code=code, at=at)
    else:
        require_leader(viewer)
        row.epoch += 1  # whoever has the phone is logged out too
        row.save(update_fields=["epoch"])
        tell(row.pk)
    SecondFactor.objects.filter(account=row).delete()
    RecoveryCode.objects.filter(account=row).delete()
    journal.record("access.factor_dropped", at=at, viewer_name=viewer.name, subject=row)


@transaction.atomic
def set_factor_roles(*, roles: Iterable[str], demo_too: bool, viewer: Viewer, at: datetime) -> None:
    """Exactly these roles log in with two steps, from their next login."""
    require_leader(viewer)
    wanted = sorted({str(role) for role in roles})
    for role in wanted:
        if role not in Role.values:
            raise errors.UnknownRole(role=role)
    FactorRule.objects.all().delete()
    FactorRule.objects.bulk_create(FactorRule(role=role, demo_too=demo_too) for role in wanted)
    facts: dict[str, object] = {"roles": wanted, "demo_too": demo_too}
    journal.record(
        "access.factor_roles_set", at=at, viewer_name=viewer.name, subject="access.factorrule:all", data=facts
    )


def _take(row: SecondFactor, code: str, at: datetime) -> bool:
    """Whether the code is of a step that has not been used; later steps use up earlier ones. The row is locked."""
    typed = "".join(code.split())
    if not (typed.isascii() and typed.isdigit() and len(typed) == 6):
        return False
    app, now = pyotp.TOTP(_open(row.secret), interval=STEP), int(at.timestamp()) // STEP
    for step in range(now - DRIFT, now + DRIFT + 1):
        if step > row.last_step and secrets.compare_digest(app.generate_otp(step), typed):
            row.last_step = step
            row.save(update_fields=["last_step"])
            return True
    return False


def _take_recovery(account: Account, code: str, at: datetime) -> bool:
    return bool(
        RecoveryCode.objects.filter(account=account, digest=_digest(account, code), used_at=None).update(used_at=at)
    )


def _new_codes(account: Account) -> list[str]:
    drawn = ["".join(secrets.choice(_SOUNDS) for _ in range(10)) for _ in range(CODES)]
    RecoveryCode.objects.filter(account=account).delete()
    RecoveryCode.objects.bulk_create(RecoveryCode(account=account, digest=_digest(account, one)) for one in drawn)
    return [f"{one[:5]}-{one[5:]}" for one in drawn]


def _digest(account: Account, code: str) -> str:
    typed = "".join(code.upper().replace("-", " ").split())
    return hashlib.sha256(f"{account.pk}:{typed}".encode()).hexdigest()


def _seal(secret: str) -> str:
    return _box().encrypt(secret.encode()).decode()


def _open(sealed: str) -> str:
    return _box().decrypt(sealed.encode()).decode()


def _box() -> Fernet:
    """Who reads the database alone cannot make codes: the key comes from the installation's secret."""
    made = hashlib.sha256(b"indgang.access.second_factor" + str(settings.SECRET_KEY).encode()).digest()
    return Fernet(base64.urlsafe_b64encode(made))
