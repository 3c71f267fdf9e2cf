"""How Django asks who a staff session belongs to. Passwords are checked in `login.py` only."""

from copy import copy
from typing import Any

from django.contrib.auth.backends import BaseBackend
from django.http import HttpRequest

from indgang.foundation.access.models import Account
from indgang.foundation.runtime.services import lasting


class LockOutBackend(BaseBackend):
    """Gives an active account to its session; never checks a password past the counters."""

    def authenticate(self, request: HttpRequest | None, **credentials: Any) -> None:
        """Always None: `access.services.staff_login` is the only way in."""

    def get_user(self, user_id: int) -> Account | None:
        """The account, as long as it may act; a copy of its own for every request."""
        return copy(_usable(user_id))


@lasting("access_account")
def _usable(user_id: int) -> Account | None:
    return Account.objects.usable().filter(pk=user_id).first()
