"""On English pages the words of the algorithms are English too."""

import ast
from pathlib import Path

import pytest
from django.utils import translation

from indgang.desks.planning import words
from indgang.desks.planning.capacity import Warning
from indgang.desks.planning.errors import BadCount, NotANumber
from indgang.desks.planning.refusals import WORDS
from indgang.desks.planning.values import NOTES, note_in_words

MODULE = Path(__file__).resolve().parents[1]


def said_in_code() -> set[str]:
    """The words modules put into refusals, and the reasons a roster gives."""
    found = set()
    for path in MODULE.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.keyword) and node.arg in WORDS and isinstance(node.value, ast.Constant):
                found.add(node.value.value)
    return {one for one in found if isinstance(one, str) and one}


def test_every_word_in_a_refusal_has_its_english_one():
    with translation.override("en"):
        assert sorted(one for one in said_in_code() if translation.gettext(one) == one) == []


@pytest.mark.parametrize(
    ("refusal", "said"),
    [
        (
            BadCount(line=2, column="count", value="mange", what="et tal"),
            'Line 2, column count: "mange" cannot be used. Write a number.',
        ),
        (
            NotANumber(field_name="Behandlingstiden i sekunder", what="over 0", value=0),
            "The handling time in seconds must be a number above 0; it says 0. Correct the number and try again.",
        ),
    ],
)
def test_a_refusal_is_english_to_its_last_word(refusal, said):
    with translation.override("en"):
        assert str(refusal) == said


def test_notes_and_warnings_are_english():
    with translation.override("en"):
        notes = [note_in_words({"what": what, "day": "2026-02-04", "number": 380.0, "usual": 101.0}) for what in NOTES]
        assert "2026-02-04: 380 inquiries are far from the usual 101; the day counts less" in notes
        assert len({note.split(":")[1] for note in notes}) == len(NOTES) and not any("dagen" in note for note in notes)
        assert words.warning(Warning("VA", "too_small", 4)) == "Fewer than 4 at work: illness closes counters."
