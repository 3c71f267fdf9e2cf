"""Whose session a cookie is, for the live stream."""

import hashlib
from importlib import import_module
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user
from django.http import HttpRequest

from indgang.foundation.web import topics


def account_of_session(session_key: str) -> int | None:
    """The account logged in with this session, checked as a page would."""
    request: Any = HttpRequest()
    request.session = import_module(settings.SESSION_ENGINE).SessionStore(session_key)
    user = get_user(request)
    return user.pk if user.is_authenticated and user.is_active else None


def session_name(session_key: str) -> str:
    """A name for a session that opens nothing."""
    return hashlib.sha256(session_key.encode()).hexdigest()[:32]


def tell_that_a_session_ends(request: HttpRequest | None = None, **_facts: object) -> None:
    """Receives Django's user_logged_out: the streams of that session close when the logout commits."""
    key = request.session.session_key if request is not None else None
    if key:
        topics.publish(topics.SESSION_TOPIC, "ended", session_name(key))
