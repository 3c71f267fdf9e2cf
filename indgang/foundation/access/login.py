"""Logging staff in and out; attempts are counted over all processes before a password is looked at."""

import hashlib
import math
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from django.contrib.auth import logout
from django.contrib.auth.hashers import make_password
from django.db import connection, transaction
from django.db.models import F
from django.http import HttpRequest

from indgang.foundation.access.errors import LockedOut, WrongLogin
from indgang.foundation.access.models import Account, FailedLogins
from indgang.foundation.access.needed import DONE, next_step
from indgang.foundation.journal import services as journal

WINDOW = timedelta(minutes=15)
LOCKED_FOR = timedelta(minutes=15)
NAME_LIMIT = 5
ADDRESS_LIMIT = 50  # a whole town hall may stand behind one address


@transaction.atomic
def staff_logout(request: HttpRequest, *, at: datetime) -> None:
    """End the session; its key opens nothing any more."""
    user = request.user
    if isinstance(user, Account):
        journal.record("access.logged_out", at=at, viewer_name=_actor(user), subject=user)
    logout(request)


def checked_account(*, username: str, password: str, address: str, at: datetime) -> Account:
    """The account behind a name and its password; unknown names take as long and answer the same as wrong passwords."""
    name = username.strip().casefold()
    keys = count_attempt(name, address, at)
    account = Account.objects.usable().filter(username=name).first()
    if account is None:
        make_password(password)  # the same work as checking one
    if account is None or not account.check_password(password):
        _record_failure(account, keys[0], at)
        raise WrongLogin
    _succeed(account, keys, at)
    return account


def count_attempt(name: str, address: str, at: datetime) -> tuple[str, str]:
    """Count it as failed before anything is compared, or raise LockedOut; success clears it with the keys returned."""
    keys = (_key("name", name), _key("from", address))
    _count(keys, at)
    return keys


def clear_attempts(keys: tuple[str, str]) -> None:
    """Forget the failures of the name; take this attempt, which was no failure, off the address."""
    FailedLogins.objects.filter(key=keys[0]).delete()
    FailedLogins.objects.filter(key=keys[1], count__lte=ADDRESS_LIMIT).update(count=F("count") - 1, locked_until=None)


def client_address(request: HttpRequest) -> str:
    """Where the attempt comes from, as the connection says it; headers can be invented by anybody."""
    return str(request.META.get("REMOTE_ADDR", ""))


def _count(keys: tuple[str, str], at: datetime) -> None:
    facts: dict[str, Any] = {
        "keys": list(keys),
        "at": at,
        "window": WINDOW,
        "locked_for": LOCKED_FOR,
        "name_limit": NAME_LIMIT,
        "address_limit": ADDRESS_LIMIT,
    }
    with connection.cursor() as cursor:
        cursor.execute(_statement(), facts)
        rows = cursor.fetchall()
    for key, count, locked_until in rows:
        if count > (NAME_LIMIT if key == keys[0] else ADDRESS_LIMIT):
            left = (locked_until - at if locked_until else LOCKED_FOR).total_seconds()
            raise LockedOut(minutes=max(1, math.ceil(left / 60)))


@transaction.atomic
def _succeed(account: Account, keys: tuple[str, str], at: datetime) -> None:
    clear_attempts(keys)
    whole = next_step(account, factor_shown=False) == DONE
    verb = "access.logged_in" if whole else "access.password_accepted"
    journal.record(verb, at=at, viewer_name=_actor(account), subject=account)


@transaction.atomic
def _record_failure(account: Account | None, key: str, at: datetime) -> None:
    """A typed name may be a password typed in the wrong field, so only known accounts are named."""
    locked = FailedLogins.objects.filter(key=key, locked_until__gt=at).exists()
    subject = account if account is not None else "access.account:unknown"
    journal.record("access.login_failed", at=at, viewer_name="public", subject=subject, data={"locked": locked})


def _actor(account: Account) -> str:
    return f"account:{account.pk}"


def _key(kind: str, value: str) -> str:
    return f"{kind}:{hashlib.sha256(value.encode()).hexdigest()}"


@cache
def _statement() -> str:
    return (Path(__file__).parent / "sql" / "count_attempt.sql").read_text(encoding="utf-8")
