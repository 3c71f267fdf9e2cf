"""What employees find missing or wrong on a card: work for the card's owner, and an answer to the giver."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext

from indgang.core.catalogue import selectors as catalogue
from indgang.core.catalogue import services as tasks
from indgang.core.catalogue.policy import SECTIONS
from indgang.core.organisation import selectors as organisation
from indgang.desks.portal import errors
from indgang.desks.portal.models import Feedback
from indgang.desks.portal.values import FeedbackKind, FeedbackRow
from indgang.foundation.access.errors import NotFound
from indgang.foundation.access.values import Viewer
from indgang.foundation.journal import services as journal
from indgang.foundation.runtime.services import uuid7

LONGEST = 2000
_MOST = 500
_TITLES = {rule.anchor: rule.title for rule in SECTIONS}


@transaction.atomic
def give_feedback(*, task: str, kind: str, text: str, viewer: Viewer, at: datetime, section: str = "") -> UUID:
    """Say what a card lacks. Raises NotFound, FeedbackEmpty."""
    words = _clean(text)
    if viewer.actor is None or task not in catalogue.codes() or kind not in FeedbackKind.values:
        raise NotFound
    if not words:
        raise errors.FeedbackEmpty
    row = Feedback.objects.create(
        id=uuid7(at), task_id=task, section=section if section in _TITLES else "", kind=kind, text=words,
        employee_id=viewer.actor.employee, at=at,
    )  # fmt: skip
    data: dict[str, object] = {"task": task, "kind": kind, "section": row.section}
    journal.record("card.feedback_given", at=at, viewer_name=viewer.name, subject=row, data=data)
    return row.id


@transaction.atomic
def answer_feedback(*, feedback: UUID, reply: str, viewer: Viewer, at: datetime) -> None:
    """Answer the giver; the remark leaves the owner's list. Raises NotFound, ReplyEmpty, AlreadyAnswered."""
    row = Feedback.objects.select_for_update().filter(id=feedback).first()
    if row is None or not _may_answer(viewer, row.task_id):
        raise NotFound
    if row.replied_at is not None:
        raise errors.AlreadyAnswered(by=row.replied_by)
    row.reply = _clean(reply)
    if not row.reply:
        raise errors.ReplyEmpty
    row.replied_by, row.replied_at = _name_of(viewer), at
    row.save(update_fields=["reply", "replied_by", "replied_at"])
    data: dict[str, object] = {"task": row.task_id, "kind": row.kind}
    journal.record("card.feedback_answered", at=at, viewer_name=viewer.name, subject=row, data=data)


def open_feedback(viewer: Viewer) -> list[FeedbackRow]:
    """What waits for the owners of whose cards this employee may change, the oldest first."""
    rows = list(Feedback.objects.filter(replied_at=None).order_by("at")[:_MOST])
    return [row for row in _rows(rows) if tasks.may_edit(viewer, row.administration)]


def feedback_on(task: str) -> list[FeedbackRow]:
    """What waits for an answer about one card."""
    return _rows(list(Feedback.objects.filter(task=task, replied_at=None).order_by("at")[:_MOST]))


def own_answers(viewer: Viewer) -> list[FeedbackRow]:
    """Answers to this employee's own remarks they have not put away."""
    me = viewer.actor.employee if viewer.actor else 0
    rows = Feedback.objects.filter(employee=me, reply_seen_at=None).exclude(replied_at=None)
    return _rows(list(rows.order_by("-replied_at")[:20]))


@transaction.atomic
def put_answer_away(*, feedback: UUID, viewer: Viewer, at: datetime) -> None:
    """The giver has read the answer. Raises NotFound."""
    me = viewer.actor.employee if viewer.actor else 0
    rows = Feedback.objects.filter(id=feedback, employee=me, reply_seen_at=None).exclude(replied_at=None)
    if not rows.update(reply_seen_at=at):
        raise NotFound


def _rows(found: Iterable[Feedback]) -> list[FeedbackRow]:
    rows = list(found)
    cards = catalogue.cards({row.task_id for row in rows})
    names = organisation.names(row.employee_id for row in rows if row.employee_id)
    return [
        FeedbackRow(
            id=row.id, task=row.task_id, title=cards[row.task_id].title,
            administration=cards[row.task_id].administration, section=_TITLES.get(row.section, ""), anchor=row.section,
            kind=row.kind, kind_name=gettext(FeedbackKind(row.kind).label), text=row.text,
            giver=names.get(row.employee_id or 0, ""), at=row.at, reply=row.reply, replied_by=row.replied_by,
            replied_at=row.replied_at,
        )
        for row in rows
        if row.task_id in cards
    ]  # fmt: skip


def _may_answer(viewer: Viewer, task: str) -> bool:
    card = catalogue.task(task)
    return card is not None and tasks.may_edit(viewer, card.administration)


def _name_of(viewer: Viewer) -> str:
    me = organisation.employee(viewer.actor.employee) if viewer.actor else None
    return me.name if me else viewer.name


def _clean(text: str) -> str:
    return text.replace("\x00", "").replace("\r\n", "\n").strip()[:LONGEST]
