"""Triage and the catalogue for other programs (`/api/v1/triage`, `/api/v1/catalogue/tasks`); open to everybody."""

import re
from dataclasses import asdict
from datetime import date, datetime, time
from typing import Any, Literal

from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field

from indgang.core.catalogue import selectors
from indgang.core.catalogue.errors import NotADate, TaskNotFound, TextTooLong
from indgang.core.catalogue.values import TaskCard
from indgang.foundation.access.api import bearer
from indgang.foundation.runtime import clock
from indgang.foundation.web import services as web
from indgang.foundation.web.api import Page, cursor_of, place_of
from indgang.foundation.web.errors import BadCursor

router = Router(tags=["catalogue"], auth=None)
LONGEST_TEXT = 100_000
LONGEST_QUERY = 1_000
A_MINUTE = 60
MOST_TASKS = 100_000


class TriageQuestion(Schema):
    """A citizen's own words."""

    text: str
    language: Literal["da", "en"] = "da"
    channel: str | None = Field(default=None, max_length=40)


class SuggestionOut(Schema):
    """A task that may be meant."""

    task_id: str
    title: str
    score: float
    why: str


class TriageOut(Schema):
    """Best first, at most five; `ask`: too unclear to guess; `none`: nothing fits, and `notice` says what to do."""

    decision: Literal["suggest", "ask", "none"]
    suggestions: list[SuggestionOut]
    questions: list[str]
    notice: str


class TaskOut(Schema):
    """A task of the catalogue; `staff` only for employees."""

    task_id: str
    title: str
    name: str
    summary: str
    administration: str
    administration_name: str
    level: int
    life_situations: list[str]
    answer_hours: float
    historic: bool
    replaced_by: str
    owner_today: str
    questions: list[dict[str, Any]]
    answers: list[dict[str, Any]]
    staff: dict[str, Any] | None = None


class Filter(Schema):
    """Which tasks."""

    at: str | None = None
    life_situation: str | None = None
    administration: str | None = None
    q: str | None = None
    language: Literal["da", "en"] = "da"
    limit: int = Field(default=200, ge=1, le=200)
    cursor: str = Field(default="", max_length=300)


def anybody(request: HttpRequest) -> bool:
    """Open to all; a key before it only shows who asks."""
    return True


@router.post("/triage", response=TriageOut)
def triage(request: HttpRequest, asked: TriageQuestion) -> dict[str, Any]:
    """The tasks a citizen's own words are about."""
    at = clock.now()
    per_minute = int(selectors.setting("limits.triage_per_minute", 30))
    web.rate_limit(f"triage:{request.META.get('REMOTE_ADDR', '')}", per_minute, A_MINUTE, at)
    _require_short("text", asked.text, LONGEST_TEXT)
    found = selectors.triage(asked.text, language=asked.language, channel=asked.channel, at=at)
    return asdict(found)


@router.get("/catalogue/tasks", response=Page[TaskOut], exclude_unset=True, auth=[bearer, anybody])
def tasks(request: HttpRequest, wanted: Query[Filter]) -> dict[str, Any]:
    """The tasks in force on a day, filtered; by number, or best first when `q` says what they are about."""
    _require_short("q", wanted.q or "", LONGEST_QUERY)
    found = selectors.tasks(
        at=_day(wanted.at),
        life_situation=_writable(wanted.life_situation),
        administration=_writable(wanted.administration),
        q=wanted.q,
        language=wanted.language,
    )
    start = _start(wanted.cursor)
    page = found[start : start + wanted.limit]
    further = start + wanted.limit < len(found)
    return {
        "items": [_out(card, request) for card in page],
        "cursor": cursor_of(start + wanted.limit) if further else None,
    }


@router.get("/catalogue/tasks/{task_id}", response=TaskOut, exclude_unset=True, auth=[bearer, anybody])
def task(request: HttpRequest, task_id: str, language: Literal["da", "en"] = "da") -> dict[str, Any]:
    """One task."""
    card = selectors.task(_writable(task_id) or "", language=language)
    if card is None:
        raise TaskNotFound(task=task_id)
    return _out(card, request)


def _out(card: TaskCard, request: HttpRequest) -> dict[str, Any]:
    shown = asdict(card)
    out = {name: shown[name] for name in TaskOut.model_fields if name in shown}
    out |= {"task_id": card.code, "title": card.shown, "answer_hours": float(card.answer_hours)}
    viewer = getattr(request, "viewer", None)
    if viewer is not None and viewer.is_staff:
        names = ("group", "placed", "decision", "follow_up", "is_new", "in_info_list", "frequent", "title_en")
        out["staff"] = {name: shown[name] for name in names}
    return out


def _require_short(field: str, text: str, limit: int) -> None:
    if len(text) > limit:
        raise TextTooLong(field=field, length=len(text), limit=limit)


def _day(written: str | None) -> datetime:
    if not written:
        return clock.now()
    try:
        day = date.fromisoformat(written) if re.fullmatch(r"\d{4}-\d{2}-\d{2}", written) else None
    except ValueError:
        day = None
    if day is None or not 1900 <= day.year <= 2200:
        raise NotADate(value=written[:40])
    return datetime.combine(day, time(12), clock.COPENHAGEN)


def _start(cursor: str) -> int:
    match place_of(cursor):
        case None:
            return 0
        case [int(start)] if 0 <= start < MOST_TASKS:
            return start
    raise BadCursor


def _writable(code: str | None) -> str | None:
    """A filter no database text can be equal to finds nothing."""
    return code.encode(errors="replace").decode().replace("\x00", "?") if code else None
