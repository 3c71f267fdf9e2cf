"""Danish and English words without their accidents: normalising, splitting, trigrams, spelling distance, compounds.

Pure: no database, no Django. The stemming itself is PostgreSQL's.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable

LONGEST_WORD = 40
SHORTEST_PART = 3
LINKS = ("", "s", "e")  # what stands between the parts of a Danish compound

_WORD = re.compile(r"[^\W_]+")
_END = re.compile(
    r"[.!?;\n\r]+|\s[-–—]\s|,?\s+(?:og så|samt|desuden|derudover|also|besides|another thing)\s", re.IGNORECASE
)
_REPEATED = re.compile(r"(.)\1{2,}")
_VARIANTS = (("æ", "a"), ("ä", "a"), ("ø", "o"), ("ö", "o"), ("å", "a"), ("ae", "a"), ("oe", "o"), ("aa", "a"))
_DOUBLE = re.compile(r"(.)\1")


def normalise(text: str) -> str:
    """Casefolded, composed, without control characters; three or more of a letter become two."""
    plain = unicodedata.normalize("NFKC", text.replace("\x00", " ")).casefold()
    return _REPEATED.sub(r"\1\1", plain)


def tokens(text: str) -> list[str]:
    """The words of a normalised text, in order."""
    return [word for word in _WORD.findall(text) if len(word) <= LONGEST_WORD]


def segments(text: str) -> list[list[str]]:
    """The words of each sentence or part of one; a person who writes about two things changes subject between them."""
    found = [tokens(part) for part in _END.split(normalise(text))]
    return [words for words in found if words]


def skeleton(word: str) -> str:
    """The word as it looks when typed without Danish letters and without care for double letters."""
    for letter, plain in _VARIANTS:
        word = word.replace(letter, plain)
    folded = "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c))
    return _DOUBLE.sub(r"\1", folded)


def trigrams(bones: str) -> list[str]:
    """The distinct three-letter pieces of a skeleton, its beginning and end marked."""
    padded = f"  {bones} "
    return sorted({padded[i : i + 3] for i in range(len(padded) - 2)})


def allowed_distance(bones: str) -> int:
    """How many letters a word of this length may be off and still be meant."""
    if len(bones) < 4:
        return 0
    return 1 if len(bones) < 8 else 2


def distance(a: str, b: str, limit: int) -> int:
    """Letters to add, drop, change or swap; more than `limit` is answered as limit + 1."""
    if abs(len(a) - len(b)) > limit:
        return limit + 1
    before: list[int] = []
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        before, above, row = row, before, [i]
        for j, y in enumerate(b, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (x != y))
            if i > 1 and j > 1 and x == b[j - 2] and a[i - 2] == y:
                cost = min(cost, above[j - 2] + 1)
            row.append(cost)
        if min(row) > limit:
            return limit + 1
    return min(row[-1], limit + 1)


def split_compound(word: str, known: Callable[[str], bool]) -> tuple[str, ...]:
    """The two known words a compound is made of ("flytteattest" -> flytte, attest), or none; a long first part wins."""
    for cut in range(len(word) - SHORTEST_PART, SHORTEST_PART - 1, -1):
        first, rest = word[:cut], word[cut:]
        if not known(rest):
            continue
        for link in LINKS:
            base = first[: len(first) - len(link)] if link else first
            if first.endswith(link) and len(base) >= SHORTEST_PART and known(base):
                return base, rest
    return ()


def known_end(word: str, known: Callable[[str], bool], shortest: int = 5) -> tuple[str, ...]:
    """The longest known word a longer, otherwise unknown one begins or ends with; or none."""
    for length in range(len(word) - SHORTEST_PART, shortest - 1, -1):
        for part in (word[:length], word[-length:]):
            if known(part):
                return (part,)
    return ()


def uninflected(word: str) -> Iterable[str]:
    """The word itself, then without each Danish ending it may carry."""
    yield word
    for ending in ("ernes", "erne", "ens", "ets", "ene", "er", "en", "et", "ne", "es", "e", "s", "r", "n", "t"):
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST_PART:
            yield word[: -len(ending)]


def unique(words: Iterable[str]) -> list[str]:
    """Each word once, in the order first met."""
    return list(dict.fromkeys(words))
