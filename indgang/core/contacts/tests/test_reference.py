"""References survive being said, typed and written down."""

import random

import pytest

from indgang.core.contacts import reference


def test_a_reference_has_eight_characters_that_cannot_be_misheard() -> None:
    made = {reference.new() for _ in range(500)}
    assert len(made) == 500
    assert all(len(r) == 8 and not set(r) & set("01ILOU") and reference.is_valid(r) for r in made)


def test_every_single_wrong_character_is_noticed() -> None:
    code = reference.from_number(123_456_789)
    for place in range(8):
        for other in reference.ALPHABET:
            typed = code[:place] + other + code[place + 1 :]
            assert reference.is_valid(typed) == (typed == code)


def test_nearly_all_swapped_neighbours_are_noticed() -> None:
    chance, missed, tried = random.Random(1), 0, 0
    for _ in range(1_000):
        code = reference.from_number(chance.randrange(reference.SPACE))
        for i in range(7):
            if code[i] != code[i + 1]:
                tried += 1
                missed += reference.is_valid(code[:i] + code[i + 1] + code[i] + code[i + 2 :])
    assert missed / tried < 0.01


@pytest.mark.parametrize("shape", ["{}", " {} ", "[{}]"])
def test_small_letters_spaces_hyphens_and_brackets_do_not_matter(shape: str) -> None:
    code = reference.from_number(42)
    typed = shape.format(reference.grouped(code).lower().replace("-", " - "))
    assert reference.is_valid(typed) and reference.compact(typed) == code


@pytest.mark.parametrize("typed", ["", "K7M2", "0000-0000", "K7M2-42PXX", "ÆØÅÆØÅÆØ", "\x00" * 8, "²²²²²²²²"])
def test_what_is_no_reference_is_refused(typed: str) -> None:
    assert not reference.is_valid(typed)


def test_different_numbers_have_different_references() -> None:
    assert len({reference.from_number(n) for n in range(3_000)}) == 3_000
