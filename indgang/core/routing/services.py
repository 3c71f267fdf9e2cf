"""What one can do with work. Items are made by the events of contacts, never directly."""

from indgang.core.routing.dispatcher import run_dispatcher
from indgang.core.routing.handling import accept, decline, finish, park, seen, set_state, take_next, transfer
from indgang.core.routing.offering import dispatch_once, expire_offers, find_away, wake_parked
from indgang.core.routing.staffing import end_wrap_ups
from indgang.core.routing.values import TransferTarget

__all__ = [
    "TransferTarget",
    "accept",
    "decline",
    "dispatch_once",
    "end_wrap_ups",
    "expire_offers",
    "find_away",
    "finish",
    "park",
    "run_dispatcher",
    "seen",
    "set_state",
    "take_next",
    "transfer",
    "wake_parked",
]
