"""The learned triage: a linear model over the features of a text. Pure reading; `training` makes it.

Weights are kept as whole numbers of eight bits with one scale per target, so that a model of 140 targets takes some ten
megabytes in a process and its answer a millisecond.
"""

import io
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from indgang.core.catalogue import words
from indgang.core.catalogue.features import BUCKETS, Concepts, features

WHOLE = 0.6  # what the whole text counts beside its likeliest sentence
SHORTEST_SENTENCE = 3  # words
MOST_SENTENCES = 12

Floats = NDArray[np.float32]


@dataclass(frozen=True)
class Judged:
    """What a model says of a text; empty and far inside while no model is in use."""

    likely: dict[str, float] = field(default_factory=dict)  # of each target; they sum to 1
    outside: float = -math.inf  # how much better what is no task fits than the likeliest task (difference of margins)


@dataclass(frozen=True)
class Model:
    """Targets (task codes, or "!" and the name of a notice) and what speaks for each of them."""

    targets: tuple[str, ...]
    rarity: Floats  # of each feature; 0 where training has not seen it
    rows: NDArray[np.int32]  # the row of `weights` of each feature, -1 for none
    weights: NDArray[np.int8]  # one row per feature seen, one column per target
    scale: Floats  # of each target
    bias: Floats
    sharpness: float  # what decisions are multiplied with before they become probabilities

    def margins(self, found: Mapping[int, float]) -> Floats:
        """How far the text lies on the side of each target."""
        numbers = np.fromiter(found.keys(), dtype=np.int64, count=len(found))
        parts = np.fromiter(found.values(), dtype=np.float32, count=len(found)) * self.rarity[numbers]
        known = self.rows[numbers] >= 0
        length = math.sqrt(float((parts * parts).sum())) or 1.0
        picked = self.weights[self.rows[numbers[known]]].astype(np.float32)
        summed = (parts[known] / length) @ picked
        return (summed * self.scale + self.bias).astype(np.float32)

    def judge(self, text: str, concepts: Concepts) -> Judged:
        """How likely each target is meant, and how far outside the tasks the text lies.

        A text about two things is read sentence by sentence too.
        """
        margins = self.margins(features(text, concepts))
        whole = softmax(margins * self.sharpness)
        parts = [part for part in words.segments(text)[:MOST_SENTENCES] if len(part) >= SHORTEST_SENTENCE]
        if len(parts) > 1:
            each = np.stack([self._likely(features(" ".join(part), concepts)) for part in parts])
            whole = WHOLE * whole + (1 - WHOLE) * each.max(axis=0)
            whole /= whole.sum()
        return Judged(dict(zip(self.targets, whole.tolist(), strict=True)), self._outside(margins))

    def _outside(self, margins: Floats) -> float:
        by_target = list(zip(self.targets, margins.tolist(), strict=True))
        tasks = [margin for target, margin in by_target if not target.startswith("!")]
        others = [margin for target, margin in by_target if target.startswith("!")]
        return max(others) - max(tasks) if tasks and others else -math.inf

    def _likely(self, found: Mapping[int, float]) -> Floats:
        return softmax(self.margins(found) * self.sharpness)


def softmax(margins: Floats) -> Floats:
    """Probabilities along the last axis."""
    powers = np.exp(margins - margins.max(axis=-1, keepdims=True))
    made: Floats = powers / powers.sum(axis=-1, keepdims=True)
    return made


def pack(model: Model) -> bytes:
    """The model as bytes to be stored."""
    seen = np.flatnonzero(model.rows >= 0).astype(np.int32)
    made = io.BytesIO()
    np.savez_compressed(
        made,
        targets=np.array(model.targets),
        seen=seen,
        rarity=model.rarity[seen],
        weights=model.weights[model.rows[seen]],
        scale=model.scale,
        bias=model.bias,
        sharpness=np.array([model.sharpness], dtype=np.float32),
    )
    return made.getvalue()


def unpack(packed: bytes) -> Model:
    """The stored model; `pack` made it."""
    with np.load(io.BytesIO(packed), allow_pickle=False) as kept:
        parts: dict[str, Any] = {name: kept[name] for name in kept.files}
    seen = parts["seen"]
    rarity = np.zeros(BUCKETS, dtype=np.float32)
    rarity[seen] = parts["rarity"]
    rows = np.full(BUCKETS, -1, dtype=np.int32)
    rows[seen] = np.arange(len(seen), dtype=np.int32)
    return Model(
        targets=tuple(str(each) for each in parts["targets"]),
        rarity=rarity,
        rows=rows,
        weights=parts["weights"],
        scale=parts["scale"],
        bias=parts["bias"],
        sharpness=float(parts["sharpness"][0]),
    )


def squeezed(weights: Floats) -> tuple[NDArray[np.int8], Floats]:
    """Weights (features by targets) as eight-bit numbers and the scale of each target."""
    scale: Floats = (np.abs(weights).max(axis=0) / 127).astype(np.float32)
    scale[scale == 0] = 1.0
    return np.rint(weights / scale).astype(np.int8), scale


def sharpest(margins: Floats, right: Sequence[int]) -> float:
    """The sharpness that makes the right targets of held-back texts likeliest."""
    best, found = -math.inf, 1.0
    for sharpness in np.geomspace(0.5, 20, 25):
        likely = softmax(margins * np.float32(sharpness))[np.arange(len(right)), list(right)]
        told = float(np.log(np.maximum(likely, 1e-9)).mean())
        if told > best:
            best, found = told, float(sharpness)
    return found
