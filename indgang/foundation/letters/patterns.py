"""What numbers, addresses of mail and given words look like in a text. Pure."""

import re
import unicodedata
from collections.abc import Iterable

OMITTED = "[…]"
_DASH = "[-\u2010\u2011\u2013\u2212]"
DASHES = "-\u2010\u2011"
PATTERNS = {
    # Day (with 60 added for people without a real number) and month must be possible; the control digit may not be.
    "cpr": re.compile(
        rf"(?<!\d)(?:0[1-9]|[12]\d|3[01]|6[1-9]|[78]\d|9[01])(?:0[1-9]|1[0-2])\d\d ?{_DASH}? ?\d{{4}}(?!\d)"
    ),
    "phone": re.compile(
        r"(?<![\d+])(?:(?:\+|00)45 ?)?\d\d ?\d\d ?\d\d ?\d\d(?!\d)"
        rf"|\+(?!45)\d{{1,3}}(?: ?{_DASH}?\(?\d{{1,4}}\)?){{2,6}}(?!\d)"
    ),
    "mail": re.compile(r"[\w.+%-]{1,64}@(?:[\w-]{1,63}\.){1,8}[A-Za-z]{2,24}"),
    "account": re.compile(
        rf"(?<!\d)(?!(?:19|20)\d\d-\d{{6}}(?!\d))\d{{4}} ?{_DASH}? ?\d{{6,10}}(?!\d)"  # not the number of a case
        r"|(?<!\w)[A-Z]{2}\d\d(?: ?[A-Z0-9]{4}){2,7} ?[A-Z0-9]{0,4}(?!\w)"
        r"|(?<!\d)\d{4}(?: \d{4}){3}(?!\d)|(?<!\d)\d{4} \d{3,4} \d{3,4}(?: \d{1,3})?(?!\d)"
    ),
}


def pattern_of(words: Iterable[str]) -> re.Pattern[str] | None:
    """Whole words in any case, with the Danish genitive; blanks and hyphens may be where the line breaks.

    Names of files join words by a low line: it parts them here.
    """
    given = sorted({" ".join(unicodedata.normalize("NFC", word).split()) for word in words} - {""}, key=len)
    if not given:
        return None
    one = "|".join(_flexible(word) for word in reversed(given))
    return re.compile(rf"(?<![^\W_])(?:{one})(?:['’]?s)?(?![^\W_])", re.I)


def _flexible(word: str) -> str:
    parts = []
    for sign in word:
        if sign == " ":
            parts.append(r"\s?")
        elif sign in DASHES:
            parts.append(rf"\s?{_DASH}?\s?")
        else:
            parts.append(re.escape(sign))
    return "".join(parts)


def without(text: str, words: Iterable[str], *, patterns: Iterable[str] = ("cpr",)) -> str:
    """A line of text, such as a title, with a mark in place of these words and numbers."""
    plain = "".join(sign for sign in unicodedata.normalize("NFC", text) if unicodedata.category(sign) != "Cf")
    for pattern in (pattern_of(words), *(PATTERNS[kind] for kind in patterns)):
        plain = pattern.sub(OMITTED, plain) if pattern is not None else plain
    return plain


def holds_word(text: str, words: Iterable[str]) -> bool:
    """Whether one of these words stands in the text."""
    pattern = pattern_of(words)
    return pattern is not None and pattern.search(" ".join(text.split())) is not None
