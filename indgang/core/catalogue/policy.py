"""The catalogue's pure rules: cards as files, what must hold between them, guided questions. No Django, no database."""

from indgang.core.catalogue.card_content import SECTIONS, CardContent, CardFault
from indgang.core.catalogue.card_files import parse, write
from indgang.core.catalogue.card_rules import (
    MOST_SHARED,
    Known,
    code_faults,
    own_faults,
    own_sentences,
    shared_faults,
    with_groups,
)
from indgang.core.catalogue.guides import ends, faults, walk

__all__ = [
    "MOST_SHARED",
    "SECTIONS",
    "CardContent",
    "CardFault",
    "Known",
    "code_faults",
    "ends",
    "faults",
    "own_faults",
    "own_sentences",
    "parse",
    "shared_faults",
    "walk",
    "with_groups",
    "write",
]
