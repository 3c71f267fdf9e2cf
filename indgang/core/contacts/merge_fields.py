"""The fields of standard replies: {navn} becomes the inquirer's name. What is not known is named."""

import re
from collections.abc import Mapping

FIELDS = (
    "navn", "reference", "opgave", "frist", "enhed", "telefon", "aabningstid", "medarbejder", "statuslink",
)  # fmt: skip
_FIELD = re.compile(r"\{([^{}\n]{1,40})\}")
_GAP = re.compile(r"\[udfyld: ([^\]\n]{1,40})\]")


def unknown_fields(text: str) -> list[str]:
    """The fields of a text that do not exist."""
    return list(dict.fromkeys(name for name in _FIELD.findall(text) if name not in FIELDS))


def used(text: str) -> set[str]:
    """The known fields of a text."""
    return {name for name in _FIELD.findall(text) if name in FIELDS}


def filled(text: str, known: Mapping[str, str]) -> tuple[str, list[str]]:
    """The text with its fields put in, and the names of those left: each stands as "[udfyld: navn]"."""
    missing: list[str] = []

    def put(match: re.Match[str]) -> str:
        value = known.get(match[1], "")
        if not value:
            missing.append(match[1])
        return value or f"[udfyld: {match[1]}]"

    done = _FIELD.sub(put, text)
    return done, list(dict.fromkeys(missing))


def unfilled(text: str) -> list[str]:
    """The fields somebody must still fill in before the text can leave."""
    gaps = [*_GAP.findall(text), *(name for name in _FIELD.findall(text) if name in FIELDS)]
    return list(dict.fromkeys(gaps))
