"""Keeps the learned triage true: gathers what is known, trains when that has changed, and keeps what agents correct."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from indgang.core.catalogue import triage, words
from indgang.core.catalogue.features import features
from indgang.core.catalogue.learned import pack
from indgang.core.catalogue.model_in_use import concepts, known_features
from indgang.core.catalogue.models import Correction, Phrase, Saying, SearchVersion, Task, TriageModel
from indgang.core.catalogue.training import Example, Trained, train
from indgang.foundation.journal import services as journal
from indgang.foundation.runtime.services import uuid7

KEPT_MODELS = 3
MOST_COMPARED = 400  # held-back sentences the search is asked about too
KEPT_CORRECTIONS = timedelta(days=730)  # then they are deleted
LEARNER = "system:triage"
FEWEST_EXAMPLES = 200


def train_if_old(at: datetime) -> TriageModel | None:
    """A new model when the search or the corrections have changed since the last; None: nothing to do."""
    Correction.objects.filter(made_at__lte=at - KEPT_CORRECTIONS).delete()
    version = SearchVersion.objects.values_list("version", flat=True).first()
    last = TriageModel.objects.order_by("-id").values_list("of_search", "made_at").first()
    if version is None or (last and last[0] == version and not _corrected_since(last[1])):
        return None
    examples = _examples(at)
    if len(examples) < FEWEST_EXAMPLES:
        return None
    trained = train(examples, concepts())
    return _keep(trained, version, at) if trained else None


@transaction.atomic
def correct(*, contact: UUID, text: str, tasks: Sequence[str], suggested: Sequence[str], at: datetime) -> int:
    """Remember what a contact was about when the triage had put something else first; returns how many were kept.

    Of the text only the features the model knew are kept, never words: nobody can read from them who wrote what.
    """
    wrong = [task for task in tasks if task and task not in suggested[:1]]
    known = known_features()
    seen = sorted(known & features(text, concepts()).keys())
    if not wrong or not seen:
        return 0
    first = suggested[0] if suggested else ""
    for task in wrong:
        row = {"suggested": first, "seen": seen, "made_at": at}
        Correction.objects.update_or_create(contact=contact, task_id=task, defaults=row)
    journal.record(
        "triage.corrected",
        at=at,
        viewer_name=LEARNER,
        subject="catalogue.correction",
        contact=contact,
        data={"tasks": wrong, "suggested": first},
    )
    return len(wrong)


def _corrected_since(made_at: datetime) -> bool:
    return Correction.objects.filter(made_at__gt=made_at).exists()


def _examples(at: datetime) -> list[Example]:
    """Everything that says what a task is about, in a fixed order."""
    found = []
    for task in Task.objects.order_by("code"):
        told = [task.title, task.title_en, task.name, *_sentences(task.summary), *_sentences(task.summary_en)]
        found += [Example(task.code, text) for text in told if text]
    for phrase in Phrase.objects.order_by("task_id", "notice", "language", "text"):
        found.append(Example(phrase.task_id or f"!{phrase.notice}", phrase.text))
    for saying in Saying.objects.order_by("task_id", "notice", "language", "text"):
        found.append(Example(saying.task_id or f"!{saying.notice}", saying.text, sentence=True))
    for made in Correction.objects.order_by("contact", "task_id"):
        found.append(Example(made.task_id, seen=tuple(made.seen)))
    return found


def _sentences(text: str) -> list[str]:
    return [" ".join(part) for part in words.segments(text)]


@transaction.atomic
def _keep(trained: Trained, version: UUID, at: datetime) -> TriageModel:
    compared = trained.held_back[:MOST_COMPARED]
    by_words = sum(_first(example.text, at) == example.target for example in compared)
    share = by_words / len(compared) if compared else 1.0
    row = TriageModel.objects.create(
        id=uuid7(at),
        of_search=version,
        made_at=at,
        examples=trained.examples,
        held_back=len(trained.held_back),
        right=trained.right,
        right_by_words=round(share * len(trained.held_back)),
        used=trained.share() > share,
        packed=pack(trained.model),
    )
    kept = TriageModel.objects.order_by("-id").values_list("id", flat=True)[:KEPT_MODELS]
    TriageModel.objects.exclude(id__in=list(kept)).delete()
    figures: dict[str, object] = {"examples": row.examples, "held_back": row.held_back, "used": row.used}
    figures |= {"right": row.right, "by_words": row.right_by_words}
    journal.record("triage.trained", at=at, viewer_name=LEARNER, subject="catalogue.model", data=figures)
    return row


def _first(text: str, at: datetime) -> str:
    """What the search alone puts first."""
    return next((target for target, _ in triage.by_words(text, language="da", at=at)), "")
