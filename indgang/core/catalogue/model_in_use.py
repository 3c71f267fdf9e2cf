"""The trained model that answers now, remembered by each process until a newer one is there."""

from dataclasses import dataclass
from uuid import UUID

from indgang.core.catalogue.features import Concepts
from indgang.core.catalogue.learned import Judged, Model, unpack
from indgang.core.catalogue.models import ConceptWord, TriageModel
from indgang.foundation.runtime.services import lasting


@dataclass(frozen=True)
class _Kept:
    id: UUID
    model: Model
    concepts: Concepts
    seen: frozenset[int]  # the features it was trained on


_remembered: _Kept | None = None


def judge(text: str) -> Judged:
    """What the model in use says; nothing while there is none."""
    kept = _newest()
    return kept.model.judge(text, kept.concepts) if kept else Judged()


def concepts() -> Concepts:
    """The words that mean nearly the same, as they stand now."""
    return Concepts(ConceptWord.objects.values_list("concept", "word"))


def known_features() -> frozenset[int]:
    """What the model in use has seen in training; a name of a citizen is hardly among it."""
    kept = _newest()
    return kept.seen if kept else frozenset()


@lasting("catalogue_triagemodel")
def newest_id() -> UUID | None:
    """The model in use; None while there is none."""
    return TriageModel.objects.filter(used=True).order_by("-id").values_list("id", flat=True).first()


def _newest() -> _Kept | None:
    global _remembered
    newest = newest_id()
    if newest is None:
        return None
    if _remembered is None or _remembered.id != newest:
        packed = TriageModel.objects.values_list("packed", flat=True).get(id=newest)
        model = unpack(bytes(packed))
        _remembered = _Kept(newest, model, concepts(), frozenset((model.rows >= 0).nonzero()[0].tolist()))
    return _remembered
