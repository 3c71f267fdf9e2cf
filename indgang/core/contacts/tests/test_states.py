"""The state machine, as one table."""

import pytest

from indgang.core.contacts import states
from indgang.core.contacts.errors import AlreadyClosed

REFUSED = None
TABLE = {
    #            new       open      waiting    snoozed    closed   abandoned
    "start":     ("open",  "open",   "open",    "open",    REFUSED, REFUSED),
    "hear":      ("new",   "open",   "open",    "open",    REFUSED, REFUSED),
    "reply":     ("open",  "open",   "waiting", "open",    REFUSED, REFUSED),
    "wait":      ("waiting", "waiting", "waiting", "waiting", REFUSED, REFUSED),
    "snooze":    ("snoozed", "snoozed", "snoozed", "snoozed", REFUSED, REFUSED),
    "hand_over": ("open",  "open",   "open",    "open",    REFUSED, REFUSED),
    "change":    ("new",   "open",   "waiting", "snoozed", REFUSED, REFUSED),
    "close":     ("closed", "closed", "closed", "closed",  REFUSED, REFUSED),
    "abandon":   ("abandoned", "abandoned", "abandoned", "abandoned", REFUSED, REFUSED),
}  # fmt: skip
STATES = ("new", "open", "waiting", "snoozed", "closed", "abandoned")
CASES = [(s, a, after) for a, row in TABLE.items() for s, after in zip(STATES, row, strict=True)]


@pytest.mark.parametrize(("before", "action", "after"), CASES)
def test_every_action_leads_where_the_table_says(before: str, action: str, after: str | None) -> None:
    if after is REFUSED:
        with pytest.raises(AlreadyClosed):
            states.after(before, action)
    else:
        assert states.after(before, action) == after


def test_only_an_ended_contact_can_be_reopened() -> None:
    assert states.after("closed", "reopen") == states.after("abandoned", "reopen") == "open"
    with pytest.raises(states.NotPossible):
        states.after("open", "reopen")
