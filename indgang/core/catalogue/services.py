"""What one can do with the catalogue."""

from datetime import datetime

from django.db import transaction

from indgang.core.catalogue import indexing
from indgang.core.catalogue.adding import add_task
from indgang.core.catalogue.card_links import check_links
from indgang.core.catalogue.card_loading import import_cards, load_cards
from indgang.core.catalogue.card_reminding import remind_reviews
from indgang.core.catalogue.card_services import (
    approve_card,
    dismiss_attention,
    publish_due,
    return_card,
    roll_back_card,
    save_card_draft,
    submit_card,
)
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
from indgang.core.catalogue.learning import correct, train_if_old
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
    "add_task",
    "answer_principle",
    "apply_plans",
    "approve_card",
    "change_level",
    "change_task",
    "check_links",
    "clear_cut",
    "correct",
    "dismiss_attention",
    "end_subtask",
    "hold_centrally",
    "import_cards",
    "keep_subtask",
    "load_cards",
    "load_profile",
    "may_edit",
    "move_task",
    "place_task",
    "plan_level",
    "publish_due",
    "rebuild_search",
    "remind_reviews",
    "reset_interface",
    "return_card",
    "roll_back_card",
    "save_card_draft",
    "set_cut",
    "set_interface",
    "set_setting",
    "submit_card",
    "train_if_old",
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
