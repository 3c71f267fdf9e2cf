"""What one can do with the catalogue."""

from datetime import datetime

from django.db import transaction

from indgang.core.catalogue import indexing
from indgang.core.catalogue.editing import (
    apply_plans,
    change_level,
    change_task,
    hold_centrally,
    may_edit,
    move_task,
    place_task,
    plan_level,
    withdraw_plan,
)
from indgang.core.catalogue.municipal import set_setting
from indgang.core.catalogue.parts import (
    answer_principle,
    clear_cut,
    end_subtask,
    keep_subtask,
    reset_interface,
    set_cut,
    set_interface,
    withdraw_answer,
)
from indgang.core.catalogue.profile_rows import load_profile
from indgang.foundation.journal import services as journal

__all__ = [
    "answer_principle",
    "apply_plans",
    "change_level",
    "change_task",
    "clear_cut",
    "end_subtask",
    "hold_centrally",
    "keep_subtask",
    "load_profile",
    "may_edit",
    "move_task",
    "place_task",
    "plan_level",
    "rebuild_search",
    "reset_interface",
    "set_cut",
    "set_interface",
    "set_setting",
    "withdraw_answer",
    "withdraw_plan",
]


@transaction.atomic
def rebuild_search(at: datetime, *, viewer_name: str = "system:catalogue") -> int:
    """Make the search anew from the tasks and their words; returns how many words it knows."""
    words = indexing.rebuild(at)
    journal.record(
        "catalogue.search_rebuilt", at=at, viewer_name=viewer_name, subject="catalogue.search", data={"words": words}
    )
    return words
