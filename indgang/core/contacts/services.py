"""What one can do with contacts. Every verb runs in a transaction and leaves its event; drafts leave none."""

from indgang.core.contacts.answering import add_note, record_delivery, reply, save_draft, send_automatic, undo_reply
from indgang.core.contacts.call_backs import record_call_back, request_call_back
from indgang.core.contacts.complaining import answer_complaint, take_in_complaint
from indgang.core.contacts.demo import generate
from indgang.core.contacts.handling import (
    close,
    hand_over,
    let_in,
    reopen,
    set_inquirer,
    set_person,
    set_tasks,
    settle_at_once,
    settle_task,
    snooze,
    start_work,
    wait_for_citizen,
)
from indgang.core.contacts.intake import open_by_hand, receive_contact, receive_message
from indgang.core.contacts.letters import send_answer, send_receipt
from indgang.core.contacts.material_list import retire_material, save_material
from indgang.core.contacts.materials import send_material
from indgang.core.contacts.presence import be_present, forget_presence, leave
from indgang.core.contacts.profile_rows import load_profile
from indgang.core.contacts.promises import keep_promises, refer, wake_due
from indgang.core.contacts.standard_replies import fill_template, retire_template, save_template
from indgang.core.contacts.tagging import set_tags

__all__ = [
    "add_note",
    "answer_complaint",
    "be_present",
    "close",
    "fill_template",
    "forget_presence",
    "generate",
    "hand_over",
    "keep_promises",
    "leave",
    "let_in",
    "load_profile",
    "open_by_hand",
    "receive_contact",
    "receive_message",
    "record_call_back",
    "record_delivery",
    "refer",
    "reopen",
    "reply",
    "request_call_back",
    "retire_material",
    "retire_template",
    "save_draft",
    "save_material",
    "save_template",
    "send_answer",
    "send_automatic",
    "send_material",
    "send_receipt",
    "set_inquirer",
    "set_person",
    "set_tags",
    "set_tasks",
    "settle_at_once",
    "settle_task",
    "snooze",
    "start_work",
    "take_in_complaint",
    "undo_reply",
    "wait_for_citizen",
    "wake_due",
]
