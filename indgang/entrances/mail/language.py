"""Danish or English, by the small words every text is full of. Pure."""

import re

_WORD = re.compile(r"[a-zæøå]+")
_DANISH = frozenset(
    _WORD.findall(
        "og jeg at det er en et til på som med for ikke den har af de du vi min mit mine kan skal vil hvad hvor "
        "hvordan hvornår om fra hej tak venlig hilsen også eller men så være blive bliver efter når der mig dig jer os"
    )
)
_ENGLISH = frozenset(
    _WORD.findall(
        "the and i to is of a in that it you for my can have do how what where when with not am are we be this please "
        "thank thanks hello dear regards would like need if or your from at an about but so me us will"
    )
)
_SHARED = _DANISH & _ENGLISH
READ_CHARACTERS = 5_000


def guess(text: str) -> str:
    """ "en" only when English clearly speaks; everything else is "da"."""
    words = _WORD.findall(text[:READ_CHARACTERS].lower())
    english = sum(word in _ENGLISH and word not in _SHARED for word in words)
    danish = sum(word in _DANISH and word not in _SHARED for word in words) + sum(c in "æøå" for c in text.lower())
    return "en" if english > danish and english >= 2 else "da"
