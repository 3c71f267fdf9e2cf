"""How one employee reads: since when things are new, which view, which cards are at hand."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from indgang.core.catalogue import selectors as catalogue
from indgang.core.catalogue.values import TaskHead
from indgang.desks.portal.models import Bookmark, Reader
from indgang.foundation.access.errors import NotFound
from indgang.foundation.access.values import Viewer

SAME_VISIT = timedelta(hours=4)  # a page read again within a working day's half is the same visit
FIRST_TIME = timedelta(days=14)  # what a new employee is shown as new


@dataclass(frozen=True)
class Reading:
    """This employee's way of reading."""

    since: datetime
    short: bool


@transaction.atomic
def visit(*, viewer: Viewer, at: datetime) -> Reading:
    """The employee looks at the front; after a pause, what came after the visit before is new."""
    me = employee_of(viewer)
    row, made = Reader.objects.select_for_update().get_or_create(
        employee_id=me, defaults={"since": at - FIRST_TIME, "seen_at": at}
    )
    if not made and at - row.seen_at > SAME_VISIT:
        row.since = row.seen_at
    row.seen_at = at
    row.save(update_fields=["since", "seen_at"])
    return Reading(row.since, row.short)


@transaction.atomic
def seen_everything(*, viewer: Viewer, at: datetime) -> None:
    """Nothing before now is new any more."""
    Reader.objects.update_or_create(employee_id=employee_of(viewer), defaults={"since": at, "seen_at": at})


@transaction.atomic
def choose_view(*, short: bool, viewer: Viewer, at: datetime) -> None:
    """The short check-list or the full guide, from now on."""
    Reader.objects.update_or_create(
        employee_id=employee_of(viewer),
        defaults={"short": short},
        create_defaults={"short": short, "since": at - FIRST_TIME, "seen_at": at},
    )


@transaction.atomic
def bookmark(*, task: str, on: bool, viewer: Viewer, at: datetime) -> None:
    """Keep a card at hand, or no longer. Raises NotFound."""
    if task not in catalogue.codes():
        raise NotFound
    mine = Bookmark.objects.filter(employee=employee_of(viewer), task=task)
    if not on:
        mine.delete()
    elif not mine.exists():
        Bookmark.objects.create(employee_id=employee_of(viewer), task_id=task, at=at)


def bookmarks(viewer: Viewer) -> list[TaskHead]:
    """The cards at hand, the last added first."""
    codes = list(
        Bookmark.objects.filter(employee=employee_of(viewer)).order_by("-at").values_list("task_id", flat=True)
    )
    heads = catalogue.heads(codes)
    return [heads[code] for code in codes if code in heads]


def is_bookmarked(viewer: Viewer, task: str) -> bool:
    """Whether the card is at hand."""
    return Bookmark.objects.filter(employee=employee_of(viewer), task=task).exists()


def reads_short(viewer: Viewer) -> bool:
    """Whether this employee reads the short check-list."""
    return Reader.objects.filter(employee=employee_of(viewer), short=True).exists()


def employee_of(viewer: Viewer) -> int:
    """The employee's id; raises NotFound for anybody else."""
    if viewer.actor is None:
        raise NotFound
    return viewer.actor.employee
