"""The one state machine of a contact. Pure."""

from indgang.core.contacts.errors import AlreadyClosed, NotPossible
from indgang.core.contacts.values import ContactState as S

_OPEN = (S.NEW, S.OPEN, S.WAITING, S.SNOOZED)
_ENDED = (S.CLOSED, S.ABANDONED)

TABLE: dict[str, dict[str, str]] = {
    "start": dict.fromkeys(_OPEN, S.OPEN),
    "hear": {S.NEW: S.NEW, S.OPEN: S.OPEN, S.WAITING: S.OPEN, S.SNOOZED: S.OPEN},
    "reopen": dict.fromkeys(_ENDED, S.OPEN),
    "reply": {S.NEW: S.OPEN, S.OPEN: S.OPEN, S.WAITING: S.WAITING, S.SNOOZED: S.OPEN},
    "wait": dict.fromkeys(_OPEN, S.WAITING),
    "snooze": dict.fromkeys(_OPEN, S.SNOOZED),
    "hand_over": dict.fromkeys(_OPEN, S.OPEN),
    "change": {state: state for state in _OPEN},
    "close": dict.fromkeys(_OPEN, S.CLOSED),
    "abandon": dict.fromkeys(_OPEN, S.ABANDONED),
}


def after(state: str, action: str) -> str:
    """The state an action leads to; raises AlreadyClosed or NotPossible."""
    allowed = TABLE[action]
    if state in allowed:
        return allowed[state]
    if state in _ENDED:
        raise AlreadyClosed
    raise NotPossible(state=S(state).label)


def is_ended(state: str) -> bool:
    """Whether nobody works on it any more."""
    return state in _ENDED
