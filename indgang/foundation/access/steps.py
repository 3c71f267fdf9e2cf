"""From a right password to a session: the steps between stand in an anonymous session that opens nothing."""

from datetime import datetime, timedelta

from django.contrib.auth import login
from django.db import transaction
from django.http import HttpRequest

from indgang.foundation.access import errors
from indgang.foundation.access.instruction import accept_instruction
from indgang.foundation.access.login import checked_account, clear_attempts, client_address, count_attempt
from indgang.foundation.access.models import Account
from indgang.foundation.access.needed import CODE, DONE, ENROL, INSTRUCTION, next_step
from indgang.foundation.access.second_factor import check_code, confirm_factor
from indgang.foundation.journal import services as journal

PENDING = "access.pending"
PATIENCE = timedelta(minutes=10)
BACKEND = "indgang.foundation.access.backend.LockOutBackend"


def staff_login(request: HttpRequest, *, username: str, password: str, at: datetime) -> Account:
    """Log the person in with a new session key, or remember what is still missing; or raise WrongLogin or LockedOut."""
    account = checked_account(username=username, password=password, address=client_address(request), at=at)
    begin(request, account, at=at)
    return account


def common_login(request: HttpRequest, *, account: Account, factor_shown: bool, at: datetime) -> None:
    """The person the employees' common login vouches for; what is missing here is still asked for."""
    if begin(request, account, at=at, factor_shown=factor_shown) == DONE:
        _record_login(account, at)


def begin(request: HttpRequest, account: Account, *, at: datetime, factor_shown: bool = False) -> str:
    """Log the account in if nothing is missing; else remember it and return the next step."""
    step = next_step(account, factor_shown=factor_shown)
    if step == DONE:
        login(request, account, backend=BACKEND)
        return DONE
    request.session.cycle_key()
    request.session[PENDING] = {"account": account.pk, "at": at.isoformat(), "factor": factor_shown}
    return step


def pending(request: HttpRequest, at: datetime) -> tuple[Account, str]:
    """Who is on the way in, and their step. Raises LoginExpired."""
    facts = request.session.get(PENDING)
    if facts and at - datetime.fromisoformat(facts["at"]) <= PATIENCE:
        account = Account.objects.usable().filter(pk=facts["account"]).first()
        if account is not None:
            return account, next_step(account, factor_shown=facts["factor"])
    request.session.pop(PENDING, None)
    raise errors.LoginExpired


def show_code(request: HttpRequest, *, code: str, at: datetime) -> str:
    """Take the code of the second factor; wrong ones are counted over all processes like wrong passwords."""
    account, step = pending(request, at)
    if step != CODE:
        return step
    keys = count_attempt(f"code:{account.pk}", client_address(request), at)
    check_code(account=account, code=code, at=at)
    clear_attempts(keys)
    return _passed(request, account, at)


def enrol(request: HttpRequest, *, code: str, at: datetime) -> list[str]:
    """The first code of a new app; returns the recovery codes."""
    account, step = pending(request, at)
    if step != ENROL:
        raise errors.Stale
    keys = count_attempt(f"code:{account.pk}", client_address(request), at)
    codes = confirm_factor(account=account, code=code, at=at)
    clear_attempts(keys)
    _passed(request, account, at)
    return codes


def accept(request: HttpRequest, *, number: int, at: datetime) -> str:
    """The instruction is read."""
    account, step = pending(request, at)
    if step != INSTRUCTION:
        return step
    accept_instruction(account=account, number=number, at=at)
    return _go_on(request, account, at)


def _passed(request: HttpRequest, account: Account, at: datetime) -> str:
    facts = request.session[PENDING]
    request.session[PENDING] = {**facts, "factor": True, "at": at.isoformat()}
    return _go_on(request, account, at)


def _go_on(request: HttpRequest, account: Account, at: datetime) -> str:
    step = next_step(account, factor_shown=True)
    if step == DONE:
        request.session.pop(PENDING, None)
        _record_login(account, at)
        login(request, account, backend=BACKEND)
    return step


@transaction.atomic
def _record_login(account: Account, at: datetime) -> None:
    journal.record("access.logged_in", at=at, viewer_name=f"account:{account.pk}", subject=account)
