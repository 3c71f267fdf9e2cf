"""Writes a profile's rows of the catalogue. Rows are already checked by the loader."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from indgang.core.catalogue import indexing
from indgang.core.catalogue.adding import ADDED
from indgang.core.catalogue.card_keeping import rewrite_words
from indgang.core.catalogue.card_loading import bring
from indgang.core.catalogue.models import (
    Authority,
    ConceptWord,
    InstantAnswer,
    Law,
    LifeEvent,
    LifeEventTask,
    LifeSituation,
    Phrase,
    Principle,
    Question,
    Rate,
    Saying,
    SearchVersion,
    Setting,
    Subtask,
    Task,
)
from indgang.core.organisation.selectors import units
from indgang.core.organisation.services import sync_rows
from indgang.foundation.journal import services as journal
from indgang.foundation.runtime import clock

ProfileRows = Mapping[str, list[dict[str, Any]]]
LOADER = "system:profile"
_HOLDS = {"yes": True, "no": False, "unknown": None}


@transaction.atomic
def load_profile(rows: ProfileRows, *, at: datetime, cards: Mapping[str, str] | None = None) -> dict[str, int]:
    """Bring the catalogue to what the profile says and the search with it; returns the changes per kind.

    `cards` are the guidance cards' files, name -> text.
    """
    yesterday = clock.local(at).date() - timedelta(days=1)
    places = {unit.code: unit.id for unit in units(at=at)}
    changes = (
        {
            "life_situations": sync_rows(rows["life_situations"], LifeSituation.objects.all(), key=("code",)),
            "tasks": sync_rows(
                _keeping(_task(row, places) for row in rows["tasks"]),
                Task.objects.exclude(by_hand__contains=[ADDED]),
                key=("code",),
                last_day=yesterday,
            ),
            "settings": _settings(rows["settings"]),
        }
        | _parts(rows, places)
        | _depth(rows)
        | _registers(rows)
        | _learning(rows)
    )
    brought, new_words = bring(cards or {}, at)
    if changes["phrases"]:
        rewrite_words()
    changes["cards"] = brought.published
    for kind, count in changes.items():
        if count:
            journal.record(
                "catalogue.profile_loaded",
                at=at,
                viewer_name=LOADER,
                subject=f"catalogue.{kind}",
                data={"kind": kind, "changes": count},
            )
    learned = changes["sayings"] or changes["concepts"] or new_words
    if changes["tasks"] or changes["phrases"] or learned or not SearchVersion.objects.exists():
        words = indexing.rebuild(at)
        facts: dict[str, object] = {"words": words}
        journal.record("catalogue.search_rebuilt", at=at, viewer_name=LOADER, subject="catalogue.search", data=facts)
    return changes


def _settings(rows: list[dict[str, Any]]) -> int:
    """What somebody set by hand stays."""
    kept = set(Setting.objects.filter(by_hand=True).values_list("code", flat=True))
    brought = [row for row in rows if row["code"] not in kept]
    return sync_rows(brought, Setting.objects.filter(by_hand=False), key=("code",))


def _parts(rows: ProfileRows, places: Mapping[str, int]) -> dict[str, int]:
    tied = [
        {"task_id": row["code"], "lifesituation_id": situation}
        for row in rows["tasks"]
        for situation in row["life_situations"]
    ]
    answers = [
        {**_but(row, "task", "phone_unit"), "task_id": row["task"], "phone_unit_id": places.get(row["phone_unit"])}
        for row in rows["answers"]
    ]
    return {
        "task_situations": sync_rows(
            tied, Task.life_situations.through._default_manager.all(), key=("task_id", "lifesituation_id")
        ),
        "phrases": sync_rows(
            [{**_but(row, "task"), "task_id": row["task"] or None} for row in rows["phrases"]],
            Phrase.objects.filter(of_card=False),
            key=("task_id", "notice", "language", "text"),
        ),
        "questions": sync_rows(
            [{**_but(row, "task"), "task_id": row["task"]} for row in rows["questions"]],
            Question.objects.all(),
            key=("task_id", "code"),
        ),
        "answers": sync_rows(answers, InstantAnswer.objects.all(), key=("task_id", "code")),
    }


def _depth(rows: ProfileRows) -> dict[str, int]:
    """Check-lists, subtasks and principles; what somebody answered by hand stays as it is."""
    kept_parts = set(Subtask.objects.filter(by_hand=True).values_list("code", flat=True))
    kept_answers = set(Principle.objects.filter(by_hand=True).values_list("task_id", "number"))
    events = [{**_but(row, "situation"), "situation_id": row["situation"]} for row in rows["life_events"]]
    steps = [
        {**_but(row, "task", "event"), "task_id": row["task"], "event_id": row["event"]}
        for row in rows["life_event_tasks"]
    ]
    parts = [{**_but(row, "task"), "task_id": row["task"]} for row in rows["subtasks"] if row["code"] not in kept_parts]
    answers = [
        {**_but(row, "task", "answer"), "task_id": row["task"], "holds": _HOLDS[row["answer"]]}
        for row in rows["principles"]
        if (row["task"], row["number"]) not in kept_answers
    ]
    return {
        "life_events": sync_rows(events, LifeEvent.objects.all(), key=("code",)),
        "life_event_tasks": sync_rows(steps, LifeEventTask.objects.all(), key=("event_id", "task_id")),
        "subtasks": sync_rows(parts, Subtask.objects.filter(by_hand=False), key=("code",)),
        "principles": sync_rows(answers, Principle.objects.filter(by_hand=False), key=("task_id", "number")),
    }


def _learning(rows: ProfileRows) -> dict[str, int]:
    """What the learned triage is made from."""
    words = [
        {"concept": row["concept"], "word": word} for row in rows["concepts"] for word in set(row["words"].split())
    ]
    sayings = [{**_but(row, "task"), "task_id": row["task"] or None} for row in rows["sayings"]]
    return {
        "sayings": sync_rows(sayings, Saying.objects.all(), key=("task_id", "notice", "language", "text")),
        "concepts": sync_rows(words, ConceptWord.objects.all(), key=("concept", "word")),
    }


def _registers(rows: ProfileRows) -> dict[str, int]:
    """What cards name by code."""
    return {
        "authorities": sync_rows(rows["authorities"], Authority.objects.all(), key=("code",)),
        "laws": sync_rows(rows["laws"], Law.objects.all(), key=("code",)),
        "rates": sync_rows(rows["rates"], Rate.objects.all(), key=("code", "valid_from")),
    }


def _keeping(rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows, with the columns that were changed by hand left as they are."""
    by_hand = {task.code: task for task in Task.objects.exclude(by_hand=[])}
    return [
        row | {column: getattr(by_hand[row["code"]], column) for column in by_hand[row["code"]].by_hand}
        if row["code"] in by_hand
        else row
        for row in rows
    ]


def _task(row: Mapping[str, Any], places: Mapping[str, int]) -> dict[str, Any]:
    columns = {"administration", "group", "follow_up", "life_situations"}
    return {
        **_but(row, *columns),
        "administration_id": row["administration"],
        "group_id": row["group"],
        "follow_up_id": places.get(row["follow_up"]),
    }


def _but(row: Mapping[str, Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name not in names}
