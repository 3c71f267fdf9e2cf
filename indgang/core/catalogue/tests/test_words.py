import pytest

from indgang.core.catalogue import words

KNOWN = {"flytte", "attest", "sygesikring", "kort", "vuggestue", "plads"}


@pytest.mark.parametrize(
    ("typed", "meant"), [("faerdig", "færdig"), ("fodsel", "fødsel"), ("gaa", "gå"), ("pass", "pas")]
)
def test_a_word_typed_without_danish_letters_has_the_same_skeleton(typed, meant):
    assert words.skeleton(typed) == words.skeleton(meant)


@pytest.mark.parametrize(
    ("a", "b", "off"),
    [("flytning", "flytning", 0), ("flyning", "flytning", 1), ("flytnign", "flytning", 1), ("hest", "flytning", 3)],
)
def test_letters_off_are_counted_up_to_the_limit(a, b, off):
    assert words.distance(a, b, 2) == off


@pytest.mark.parametrize(
    ("compound", "parts"),
    [
        ("flytteattest", ("flytte", "attest")),
        ("sygesikringskort", ("sygesikring", "kort")),
        ("vuggestueplads", ("vuggestue", "plads")),
        ("blomkål", ()),
    ],
)
def test_a_compound_is_split_into_known_words(compound, parts):
    assert words.split_compound(compound, KNOWN.__contains__) == parts


def test_sentences_are_told_apart():
    assert words.segments("Jeg flytter. Har I åbent?\nTak") == [["jeg", "flytter"], ["har", "i", "åbent"], ["tak"]]
