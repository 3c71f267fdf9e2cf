"""What one can do with contacts. Every verb runs in a transaction and leaves its event; drafts leave none."""

from indgang.core.contacts.answering import add_note, record_delivery, reply, save_draft, send_automatic
from indgang.core.contacts.demo import generate
from indgang.core.contacts.handling import (
    close,
    hand_over,
    let_in,
    reopen,
    set_person,
    set_tasks,
    settle_at_once,
    snooze,
    start_work,
    wait_for_citizen,
)
from indgang.core.contacts.intake import open_by_hand, receive_contact, receive_message
from indgang.core.contacts.letters import send_answer, send_receipt

__all__ = [
    "add_note",
    "close",
    "generate",
    "hand_over",
    "let_in",
    "open_by_hand",
    "receive_contact",
    "receive_message",
    "record_delivery",
    "reopen",
    "reply",
    "save_draft",
    "send_answer",
    "send_automatic",
    "send_receipt",
    "set_person",
    "set_tasks",
    "settle_at_once",
    "snooze",
    "start_work",
    "wait_for_citizen",
]
