"""What the learned triage sees of a text: words, pairs and pieces of words, what the words are about, and ages.

Pure. A feature is a number below `BUCKETS`, the checksum of its name: nothing of a text is kept but numbers.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import pairwise
from zlib import crc32

from indgang.core.catalogue import words

BUCKETS = 1 << 17
PIECES = (3, 4, 5)  # letters
READ_WORDS = 400  # of a long text its beginning tells what it is about
# The weight of each kind beside the others; chosen on the seen half of the sentences of docs/triage-evaluation.md.
WORD, PIECE, ABOUT = 0.5, 1.0, 0.8
_AGES = (
    (3, "0-2"),
    (6, "3-5"),
    (10, "6-9"),
    (13, "10-12"),
    (18, "13-17"),
    (23, "18-22"),
    (30, "23-29"),
    (60, "30-59"),
    (67, "60-66"),
    (80, "67-79"),
    (101, "80-100"),
    (1800, "hundreds"),
    (2100, "year"),
)


class Concepts:
    """Words that mean nearly the same for our purpose; a word that ends in * stands for all that begin so."""

    def __init__(self, rows: Iterable[tuple[str, str]]) -> None:
        self.whole: dict[str, set[str]] = {}
        self.begun: dict[str, set[str]] = {}
        for code, word in rows:
            place = self.begun if word.endswith("*") else self.whole
            place.setdefault(bones(word.removesuffix("*")), set()).add(code)
        self.shortest = min(map(len, self.begun), default=0)

    def of(self, word: str) -> set[str]:
        """The concepts a word (without its accents) stands for."""
        found = set(self.whole.get(word, ()))
        for end in range(self.shortest, len(word) + 1):
            found |= self.begun.get(word[:end], set())
        return found


def bones(word: str) -> str:
    """The word as `features` compares it."""
    return words.skeleton(words.normalise(word))


def features(text: str, concepts: Concepts) -> dict[int, float]:
    """Numbers of the features with their weights; the squares of the weights of each kind sum to the kind's square."""
    spoken = [words.skeleton(word) for word in words.tokens(words.normalise(text))[:READ_WORDS]]
    said: Counter[str] = Counter(f"w {word}" for word in spoken)
    said.update(f"w {one} {two}" for one, two in pairwise(spoken))
    pieces: Counter[str] = Counter()
    for word in spoken:
        padded = f" {word} "
        for length in PIECES:
            pieces.update(f"p {padded[at : at + length]}" for at in range(max(1, len(padded) - length + 1)))
    about = {f"c {code}" for word in spoken for code in concepts.of(word)}
    about |= {f"n {_age(int(word))}" for word in spoken if word.isdecimal() and len(word) < 9}
    found: dict[int, float] = {}
    for kind, weight in ((said, WORD), (pieces, PIECE), (Counter(about), ABOUT)):
        for number, part in _even(kind, weight).items():
            found[number] = found.get(number, 0.0) + part
    return found


def _even(kind: Mapping[str, int], weight: float) -> dict[int, float]:
    parts = {name: 1 + math.log(count) for name, count in kind.items()}
    length = math.sqrt(sum(part * part for part in parts.values())) or 1.0
    made: dict[int, float] = {}
    for name, part in parts.items():
        number = crc32(name.encode()) % BUCKETS
        made[number] = made.get(number, 0.0) + weight * part / length
    return made


def _age(number: int) -> str:
    return next((name for below, name in _AGES if number < below), "large")
