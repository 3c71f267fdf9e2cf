"""The employees' common login: OpenID Connect with code flow, PKCE, state and nonce, checked by Authlib."""

from datetime import datetime
from typing import Any

import requests
import structlog
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.django_client import OAuth
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from joserfc.errors import JoseError

from indgang.foundation.access import errors
from indgang.foundation.access.models import Account, OutsideLogin
from indgang.foundation.journal import services as journal
from indgang.foundation.web.services import leave_desk

log = structlog.get_logger("indgang.access")
PATIENCE = 3  # seconds for each answer of the provider
TWO_STEPS = frozenset({"mfa", "otp", "hwk", "swk", "sc"})  # RFC 8176: the provider has seen a second factor


def offered() -> bool:
    """Whether a provider is set up."""
    return bool(settings.INDGANG_OIDC_URL)


def leave(request: HttpRequest) -> HttpResponse:
    """Off to the provider. Raises CommonLoginAway."""
    back = request.build_absolute_uri(reverse("access:common_answer"))
    try:
        leave_desk()
        answer: HttpResponse = _client().authorize_redirect(request, back)
    except (requests.RequestException, ValueError, KeyError, RuntimeError, AuthlibBaseError) as fault:
        raise _away(fault) from None
    return answer


def arrive(request: HttpRequest, *, at: datetime) -> tuple[Account, bool]:
    """The account behind the provider's answer, and whether a second factor was shown there.

    Raises CommonLoginAway, CommonLoginRefused (signature, audience, time, state or nonce do not hold), UnknownIdentity.
    """
    try:
        leave_desk()
        token = _client().authorize_access_token(request, claims_options={"iss": {"values": [_issuer()]}})
        claims: dict[str, Any] = dict(token["userinfo"])
        subject = str(claims["sub"])
    except requests.RequestException as fault:
        raise _away(fault) from None
    except (AuthlibBaseError, JoseError, ValueError, KeyError, TypeError, RuntimeError) as fault:
        log.warning("common login refused", fault=type(fault).__name__)
        raise errors.CommonLoginRefused from None
    return _account(subject, str(claims.get("preferred_username", "")), at), _two_steps(claims)


@transaction.atomic
def _account(subject: str, username: str, at: datetime) -> Account:
    """Linked before, or by user name; then linked, so that a name given to somebody else later opens nothing."""
    known = OutsideLogin.objects.filter(issuer=_issuer(), subject=subject).first()
    usable = Account.objects.usable()
    account = usable.filter(pk=known.account_id).first() if known else _unlinked(username)
    if account is None:
        raise errors.UnknownIdentity
    if known is None:
        OutsideLogin.objects.create(account=account, issuer=_issuer(), subject=subject, linked_at=at)
        journal.record("access.identity_linked", at=at, viewer_name=f"account:{account.pk}", subject=account)
    return account


def _unlinked(username: str) -> Account | None:
    account = Account.objects.usable().select_for_update().filter(username=username.strip().casefold()).first()
    taken = account is not None and OutsideLogin.objects.filter(account=account, issuer=_issuer()).exists()
    return None if taken else account


def _two_steps(claims: dict[str, Any]) -> bool:
    methods = claims.get("amr")
    return isinstance(methods, list) and bool(TWO_STEPS & {str(method) for method in methods})


def _client() -> Any:
    """A new one each time: the description and the keys of the provider are read anew, so a change there is seen."""
    return OAuth().register(
        "employees",
        client_id=settings.INDGANG_OIDC_CLIENT,
        client_secret=settings.INDGANG_OIDC_SECRET,
        server_metadata_url=f"{_issuer()}/.well-known/openid-configuration",
        client_kwargs={
            "scope": "openid profile",
            "code_challenge_method": "S256",
            "default_timeout": PATIENCE,
            "timeout": PATIENCE,
        },
    )


def _issuer() -> str:
    return str(settings.INDGANG_OIDC_URL).rstrip("/")


def _away(fault: Exception) -> errors.CommonLoginAway:
    log.warning("common login away", fault=type(fault).__name__)
    return errors.CommonLoginAway()
