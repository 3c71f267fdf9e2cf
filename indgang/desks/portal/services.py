"""What one can do in the portal."""

from indgang.desks.portal.feedback import answer_feedback, give_feedback, put_answer_away
from indgang.desks.portal.findings import forget_old, note_answer, note_opened, note_search
from indgang.desks.portal.news import mark_read, save_news, withdraw_news
from indgang.desks.portal.reading import bookmark, choose_view, seen_everything, visit

__all__ = [
    "answer_feedback",
    "bookmark",
    "choose_view",
    "forget_old",
    "give_feedback",
    "mark_read",
    "note_answer",
    "note_opened",
    "note_search",
    "put_answer_away",
    "save_news",
    "seen_everything",
    "visit",
    "withdraw_news",
]
