"""What every module may use of the web."""

import secrets

from indgang.foundation.web.limits import forget_old, rate_limit
from indgang.foundation.web.repeating import once
from indgang.foundation.web.room import leave_desk
from indgang.foundation.web.sessions import account_of_session, session_name
from indgang.foundation.web.topics import CHANNEL, SESSION_TOPIC, may_follow, publish, register_topic_guard
from indgang.foundation.web.uploads import takes_large_files

__all__ = [
    "CHANNEL",
    "SESSION_TOPIC",
    "account_of_session",
    "forget_old",
    "leave_desk",
    "may_follow",
    "once",
    "publish",
    "rate_limit",
    "register_topic_guard",
    "session_name",
    "spoken_code",
    "takes_large_files",
]
_SPOKEN = "ABDFHKMPRTX23456789"  # no two of them sound or look alike in Danish


def spoken_code() -> str:
    """A code one can say over the phone, e.g. "K4M-7PT"; it stands on the page and in the log line."""
    drawn = "".join(secrets.choice(_SPOKEN) for _ in range(6))
    return f"{drawn[:3]}-{drawn[3:]}"
