"""Trains the learned triage from what the catalogue holds and from what agents corrected.

One linear support vector machine per target (Fan et al. 2008, LIBLINEAR) over hashed features with inverse document
frequency. Every tenth whole sentence is held back first: it gives the sharpness of the probabilities and the figures
that decide whether the model is used at all.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from indgang.core.catalogue.features import BUCKETS, Concepts, features
from indgang.core.catalogue.learned import Floats, Model, sharpest, squeezed

HARDNESS = 0.5  # of the support vector machine (C)
EVERY = 10  # each so manieth sentence is held back
FEWEST_TARGETS = 2
FEWEST_HELD_BACK = 20


@dataclass(frozen=True)
class Example:
    """A text and the target it is about; what was seen of a correction is kept as features only."""

    target: str
    text: str = ""
    seen: tuple[int, ...] = ()
    sentence: bool = False  # a whole sentence as a citizen says it: every tenth is held back


@dataclass(frozen=True)
class Trained:
    """A model, and how often it was right on the sentences held back from it."""

    model: Model
    examples: int
    held_back: tuple[Example, ...]
    right: int  # of the held back, at first place

    def share(self) -> float:
        return self.right / len(self.held_back) if self.held_back else 0.0


@dataclass(frozen=True)
class _Table:
    """Examples as a sparse matrix, row by row."""

    starts: list[int]
    numbers: list[int]
    parts: list[float]


def train(examples: Sequence[Example], concepts: Concepts) -> Trained | None:
    """The model of all examples; None when there are too few targets to tell apart."""
    if len({example.target for example in examples}) < FEWEST_TARGETS:
        return None
    found = [_features(example, concepts) for example in examples]
    kept = [n for n, example in enumerate(examples) if example.sentence][::EVERY]
    held = set(kept)
    rest = [n for n in range(len(examples)) if n not in held]
    known = {examples[n].target for n in rest}
    kept = [n for n in kept if examples[n].target in known]
    sharpness, right = 8.0, 0
    if len(kept) >= FEWEST_HELD_BACK:
        part = _fit([found[n] for n in rest], [examples[n].target for n in rest], sharpness)
        margins = np.stack([part.margins(found[n]) for n in kept])
        order = {target: n for n, target in enumerate(part.targets)}
        truth = [order[examples[n].target] for n in kept]
        sharpness = sharpest(margins, truth)
        right = int((margins.argmax(axis=1) == np.array(truth)).sum())
    model = _fit(found, [example.target for example in examples], sharpness)
    return Trained(model, len(examples), tuple(examples[n] for n in kept), right)


def _features(example: Example, concepts: Concepts) -> dict[int, float]:
    return dict.fromkeys(example.seen, 1.0) if example.seen else features(example.text, concepts)


def _fit(found: Sequence[dict[int, float]], targets: Sequence[str], sharpness: float) -> Model:
    # Imported here: only the process that trains pays for the library.
    from scipy.sparse import csr_matrix
    from sklearn.svm import LinearSVC

    often = np.zeros(BUCKETS)
    for each in found:
        often[list(each)] += 1
    rarity = np.where(often > 0, np.log((1 + len(found)) / (1 + often)) + 1, 0.0).astype(np.float32)
    seen = np.flatnonzero(often)
    rows = np.full(BUCKETS, -1, dtype=np.int32)
    rows[seen] = np.arange(len(seen), dtype=np.int32)
    table = _table(found, rarity, rows)
    matrix = csr_matrix((table.parts, table.numbers, table.starts), shape=(len(found), len(seen)))
    machine = LinearSVC(C=HARDNESS).fit(matrix, list(targets))
    weights, bias = _both_sides(machine.coef_.T, machine.intercept_)
    small, scale = squeezed(weights)
    names = tuple(str(each) for each in machine.classes_)
    return Model(names, rarity, rows, small, scale, bias, sharpness)


def _both_sides(weights: Floats, bias: Floats) -> tuple[Floats, Floats]:
    """Two targets give one column (the second against the first); a column each is easier to read."""
    if weights.shape[1] == 1:
        weights, bias = np.hstack([-weights, weights]), np.concatenate([-bias, bias])
    return weights.astype(np.float32), bias.astype(np.float32)


def _table(
    found: Sequence[dict[int, float]], rarity: Floats, rows: "np.ndarray[tuple[int], np.dtype[np.int32]]"
) -> _Table:
    table = _Table([0], [], [])
    for each in found:
        parts = [(int(rows[number]), weight * float(rarity[number])) for number, weight in each.items()]
        length = sum(part * part for _, part in parts) ** 0.5 or 1.0
        table.numbers.extend(number for number, _ in parts)
        table.parts.extend(part / length for _, part in parts)
        table.starts.append(len(table.numbers))
    return table
