"""News and work instructions: written by editors and leaders, read by those whose competence they touch."""

from collections.abc import Collection, Iterable
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from indgang.core.catalogue import selectors as catalogue
from indgang.core.organisation import selectors as organisation
from indgang.desks.portal import errors
from indgang.desks.portal.models import News, NewsRead
from indgang.desks.portal.values import NewsCard, ReadingRow
from indgang.foundation.access.errors import NotFound
from indgang.foundation.access.values import GUIDES, Role, Viewer
from indgang.foundation.journal import services as journal
from indgang.foundation.runtime import clock
from indgang.foundation.runtime.services import uuid7

WRITERS = frozenset({Role.EDITOR.value, Role.MANAGER.value, Role.EXECUTIVE.value, Role.TASK_OWNER.value})
OVERSEERS = frozenset({Role.MANAGER.value, Role.EXECUTIVE.value, Role.EDITOR.value})  # see who has read
EVERYWHERE = frozenset({Role.EXECUTIVE.value, Role.EDITOR.value})
_LONGEST_TITLE, _LONGEST = 120, 8000


@transaction.atomic
def save_news(
    *,
    title: str,
    body: str,
    viewer: Viewer,
    at: datetime,
    news: UUID | None = None,
    version: int = 0,
    groups: Collection[str] = (),
    task: str = "",
    must_read: bool = False,
    valid_from: date | None = None,
    valid_to: date | None = None,
) -> UUID:
    """Write news, or change it; who had read a must-read that changed reads it again.

    Raises NotFound for whom it is not to write, NewsIncomplete, NewsPeriod, UnknownGroup, UnknownTask, StaleNews.
    """
    row = _to_change(news, version, viewer) if news else _new(viewer, at)
    row.title, row.body = " ".join(_clean(title).split()), _clean(body)
    if not row.title or not row.body or len(row.title) > _LONGEST_TITLE or len(row.body) > _LONGEST:
        raise errors.NewsIncomplete
    row.groups, row.task_id = _known_groups(groups), _known_task(task)
    row.must_read, row.written_at = must_read, at
    row.valid_from, row.valid_to = valid_from or clock.local(at).date(), valid_to
    if row.valid_to and row.valid_to < row.valid_from:
        raise errors.NewsPeriod
    row.version += 1
    row.save()
    if news and must_read:
        NewsRead.objects.filter(news=row).delete()
    journal.record(
        "news.changed" if news else "news.written", at=at, viewer_name=viewer.name, subject=row,
        data={"groups": row.groups, "must_read": must_read, "task": task},
    )  # fmt: skip
    return row.id


@transaction.atomic
def withdraw_news(*, news: UUID, version: int, viewer: Viewer, at: datetime) -> None:
    """Take it off everybody's list; it stays in the archive."""
    row = _to_change(news, version, viewer)
    row.withdrawn_at, row.version = at, row.version + 1
    row.save(update_fields=["withdrawn_at", "version"])
    journal.record("news.withdrawn", at=at, viewer_name=viewer.name, subject=row)


@transaction.atomic
def mark_read(*, news: UUID, viewer: Viewer, at: datetime) -> None:
    """The employee has read it; a second time changes nothing."""
    row = News.objects.filter(id=news, withdrawn_at=None).first()
    if row is None or viewer.actor is None:
        raise NotFound
    NewsRead.objects.get_or_create(news=row, employee_id=viewer.actor.employee, defaults={"at": at})


def news_list(viewer: Viewer, at: datetime, *, since: datetime | None = None, archive: bool = False) -> list[NewsCard]:
    """What this employee is to know now, the unread must-reads first, then the newest."""
    rows = News.objects.order_by("-valid_from", "-id")
    if not archive:
        today = clock.local(at).date()
        rows = rows.filter(Q(valid_to=None) | Q(valid_to__gte=today), valid_from__lte=today, withdrawn_at=None)
    mine = [row for row in rows[:300] if archive or concerns(viewer, row.groups)]
    cards = _cards(mine, viewer, since)
    return cards if archive else sorted(cards, key=lambda card: not (card.must_read and card.read_at is None))


def news_card(viewer: Viewer, news: UUID) -> NewsCard:
    """One, in force or not; raises NotFound."""
    row = News.objects.filter(id=news).first()
    if row is None:
        raise NotFound
    return _cards([row], viewer, None)[0]


def unread(viewer: Viewer, at: datetime) -> int:
    """How many must-reads this employee has not marked as read."""
    return sum(1 for card in news_list(viewer, at) if card.must_read and card.read_at is None)


def readers(viewer: Viewer, card: NewsCard, at: datetime) -> list[ReadingRow]:
    """Who is to read it, with when they did; those who have not come first. A manager sees the own units."""
    if not viewer.has_role(*OVERSEERS) or viewer.actor is None:
        raise NotFound
    everywhere = viewer.has_role(*EVERYWHERE)
    facts = [
        fact
        for fact in organisation.agent_facts(None, at)
        if (everywhere or fact.unit in viewer.actor.units) and _is_for(fact.roles, fact.known, card.groups)
    ]
    names = organisation.names(fact.employee for fact in facts)
    units = {unit.id: unit.name for unit in organisation.units(at=at)}
    read = dict(NewsRead.objects.filter(news=card.id).values_list("employee_id", "at"))
    rows = [
        ReadingRow(fact.employee, names.get(fact.employee, ""), units.get(fact.unit, ""), read.get(fact.employee))
        for fact in facts
    ]
    return sorted(rows, key=lambda row: (row.read_at is not None, row.name))


def may_change(viewer: Viewer, author: int | None) -> bool:
    """Editors change every piece, other writers their own."""
    own = viewer.actor is not None and viewer.actor.employee == author
    return viewer.has_role(Role.EDITOR) or (own and viewer.has_role(*WRITERS))


def is_writer_of(viewer: Viewer, news: UUID) -> bool:
    """Whether this employee may change that piece."""
    return may_change(viewer, News.objects.filter(id=news).values_list("author_id", flat=True).first())


def concerns(viewer: Viewer, groups: Collection[str]) -> bool:
    """Whether it is for somebody with this employee's competences; writers and overseers see everything."""
    if not groups or viewer.actor is None or viewer.has_role(*WRITERS):
        return True
    return not set(groups).isdisjoint(viewer.actor.competences)


def _is_for(roles: frozenset[str], known: Iterable[str], groups: tuple[str, ...]) -> bool:
    return not roles.isdisjoint(GUIDES) and (not groups or not set(groups).isdisjoint(known))


def _cards(rows: list[News], viewer: Viewer, since: datetime | None) -> list[NewsCard]:
    me = viewer.actor.employee if viewer.actor else 0
    read = dict(NewsRead.objects.filter(news__in=rows, employee=me).values_list("news_id", "at"))
    titles = catalogue.heads(row.task_id for row in rows if row.task_id)
    authors = organisation.names(row.author_id for row in rows if row.author_id)
    return [
        NewsCard(
            id=row.id, title=row.title, body=row.body, groups=tuple(row.groups), task=row.task_id or "",
            task_title=titles[row.task_id].title if row.task_id in titles else "", must_read=row.must_read,
            valid_from=row.valid_from, valid_to=row.valid_to, author=authors.get(row.author_id or 0, ""),
            written_at=row.written_at, withdrawn=row.withdrawn_at is not None, version=row.version,
            read_at=read.get(row.id), is_new=bool(since and row.written_at > since),
        )
        for row in rows
    ]  # fmt: skip


def _new(viewer: Viewer, at: datetime) -> News:
    if viewer.actor is None or not viewer.has_role(*WRITERS):
        raise NotFound
    return News(id=uuid7(at), author_id=viewer.actor.employee, version=0)


def _to_change(news: UUID, version: int, viewer: Viewer) -> News:
    row = News.objects.select_for_update().filter(id=news, withdrawn_at=None).first()
    if row is None or not may_change(viewer, row.author_id):
        raise NotFound
    if row.version != version:
        raise errors.StaleNews
    return row


def _known_groups(groups: Collection[str]) -> list[str]:
    known = dict(organisation.groups())
    for group in groups:
        if group not in known:
            raise errors.UnknownGroup(group=_clean(group)[:40])
    return sorted(set(groups))


def _known_task(task: str) -> str | None:
    wanted = _clean(task).upper()
    if wanted and wanted not in catalogue.codes():
        raise errors.UnknownTask(task=wanted[:20])
    return wanted or None


def _clean(text: str) -> str:
    return text.replace("\x00", "").replace("\r\n", "\n").strip()
