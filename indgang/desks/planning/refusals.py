"""The base of planning's refusals: words among their facts are said in the reader's language too."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext

from indgang.foundation.runtime.errors import DomainError

WORDS = frozenset({"field_name", "what", "why"})  # facts that are words of ours, not what somebody typed


class PlanRefusal(DomainError):
    """Det kan ikke lade sig gøre."""

    def __str__(self) -> str:
        return gettext((self.__doc__ or "").strip()).format(**in_words(self.facts))


def kept(refusal: DomainError) -> dict[str, Any]:
    """A refusal as it is kept: the sentence with its places open, so that it can be told in any language."""
    facts = {key: value if isinstance(value, int | float) else str(value) for key, value in refusal.facts.items()}
    return {"error": (refusal.__doc__ or "").strip(), "error_facts": facts, "error_code": refusal.code}


def told(error: str, facts: Mapping[str, Any]) -> str:
    """A kept refusal in the reader's language."""
    return gettext(error).format(**in_words(facts)) if error else ""


def in_words(facts: Mapping[str, Any]) -> dict[str, Any]:
    """The facts with our own words in the reader's language."""
    return {
        key: gettext(value) if key in WORDS and value and isinstance(value, str) else value
        for key, value in facts.items()
    }
