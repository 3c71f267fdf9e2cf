"""Whether employees find what they look for: searches, what was opened after them, and whether the card answered."""

import re
from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from indgang.core.catalogue import selectors as catalogue
from indgang.desks.portal.models import Hit, Search
from indgang.desks.portal.reading import employee_of
from indgang.desks.portal.values import CardCount, FindingReport, SearchCount
from indgang.foundation.access.errors import NotFound
from indgang.foundation.access.values import Viewer
from indgang.foundation.journal import services as journal
from indgang.foundation.journal.values import JournalLine
from indgang.foundation.runtime import clock
from indgang.foundation.runtime.services import uuid7

SAME_SEARCH = timedelta(minutes=2)  # the page read again, or back from a card
KEPT = timedelta(days=400)  # long enough to see the same season again
STILL_LOOKING = timedelta(minutes=10)  # before that nothing is called abandoned
_SHOWN = 50
_NUMBER = re.compile(r"\d[\d -]{4,}\d")


@transaction.atomic
def note_search(*, words: str, found: int, viewer: Viewer, at: datetime) -> UUID:
    """Somebody searched for these words; the same words again at once are the same search."""
    words = _NUMBER.sub("…", words)  # a CPR or phone number is nobody's search
    key = " ".join(words.casefold().split())[:200]
    recent = Search.objects.filter(employee=employee_of(viewer), key=key, at__gt=at - SAME_SEARCH).order_by("-at")
    if (known := recent.first()) is not None:
        return known.id
    row = Search.objects.create(
        id=uuid7(at), employee_id=employee_of(viewer), words=words[:200], key=key, found=min(found, 30_000), at=at
    )
    return row.id


@transaction.atomic
def note_opened(*, search: UUID, task: str, viewer: Viewer, at: datetime) -> None:
    """The employee opened this card after that search of theirs; the first one counts."""
    Search.objects.filter(id=search, employee=employee_of(viewer), opened="").update(opened=task)


@transaction.atomic
def note_answer(
    *, task: str, answered: bool, viewer: Viewer, at: datetime, search: UUID | None = None, contact: UUID | None = None
) -> None:
    """The card answered the question, or did not; without a task nothing was found at all. Raises NotFound."""
    if task and task not in catalogue.codes():
        raise NotFound
    me = employee_of(viewer)
    asked = Search.objects.filter(id=search, employee=me).first() if search else None
    event = journal.record(
        "card.used", at=at, viewer_name=viewer.name, subject="portal.hit", contact=contact,
        data={"task": task, "answered": answered},
    )  # fmt: skip
    Hit.objects.create(id=event.id, at=at, by=viewer.name, task=task, answered=answered, search=asked, contact=contact)


@transaction.atomic
def forget_old(*, at: datetime) -> int:
    """Let go of searches and hits nobody counts any more; how many searches."""
    Hit.objects.filter(at__lt=at - KEPT).delete()
    return Search.objects.filter(at__lt=at - KEPT).delete()[0]


def hear(line: JournalLine) -> None:
    """An agent said beside a contact whether the card answered."""
    Hit.objects.create(
        id=UUID(line.id), at=line.at, by=line.actor, task=str(line.data.get("task", "")),
        answered=line.data.get("answered") is True, contact=UUID(line.contact) if line.contact else None,
    )  # fmt: skip


def report(at: datetime, *, days: int = 30) -> FindingReport:
    """The period's searches and hits, in a handful of statements."""
    since = at - timedelta(days=days)
    searches = list(Search.objects.filter(at__gt=since).values_list("key", "found", "opened", "at"))
    closed = [row for row in searches if row[3] < at - STILL_LOOKING]
    hits = list(Hit.objects.filter(at__gt=since).values_list("task", "answered"))
    left = [key for key, found, opened, _ in closed if found and not opened]
    nothing = [key for key, found, _, _ in searches if not found]
    return FindingReport(
        since=clock.local(since).date(),
        searches=len(searches),
        nothing=len(nothing),
        abandoned=len(left),
        answered=sum(1 for _, answered in hits if answered),
        not_answered=sum(1 for _, answered in hits if not answered),
        top=_top(searches),
        empty=_counted(nothing),
        left=_counted(left),
        cards=_cards(hits),
    )


def _top(searches: list[tuple[str, int, str, datetime]]) -> tuple[SearchCount, ...]:
    """The words searched for most, with the card most often opened after them."""
    opened: dict[str, Counter[str]] = {}
    for key, _, task, _ in searches:
        opened.setdefault(key, Counter()).update([task] if task else [])
    times = Counter(key for key, _, _, _ in searches).most_common(_SHOWN)
    best = {key: max(opened[key], key=opened[key].__getitem__) for key, _ in times if opened[key]}
    heads = catalogue.heads(best.values())
    return tuple(
        SearchCount(key, count, best.get(key, ""), heads[best[key]].title if best.get(key) in heads else "")
        for key, count in times
    )


def _counted(keys: Iterable[str]) -> tuple[SearchCount, ...]:
    return tuple(SearchCount(key, count) for key, count in Counter(keys).most_common(_SHOWN))


def _cards(hits: list[tuple[str, bool]]) -> tuple[CardCount, ...]:
    yes = Counter(task for task, answered in hits if answered)
    no = Counter(task for task, answered in hits if not answered)
    heads = catalogue.heads({*yes, *no} - {""})
    rows = [CardCount(task, heads[task].title if task in heads else "", yes[task], no[task]) for task in {*yes, *no}]
    return tuple(sorted(rows, key=lambda row: (-row.not_answered, -row.answered, row.task))[:_SHOWN])
