"""What is proposed to be covered."""

import io

import pytest

from indgang.foundation.letters import finding, patterns, redaction
from indgang.foundation.letters.tests import made_files as made
from indgang.foundation.letters.tests.looking import PDF
from indgang.foundation.letters.words import Letter


@pytest.mark.parametrize(
    ("line", "kind", "text"),
    [
        ("CPR 010190-0000 er", "cpr", "010190-0000"),
        ("CPR 0101900000.", "cpr", "0101900000"),
        ("CPR 610190 0000", "cpr", "610190 0000"),
        ("ring 00 00 00 12 nu", "phone", "00 00 00 12"),
        ("ring +45 00000012.", "phone", "+45 00000012"),
        ("skriv ida.k@borger.example i dag", "mail", "ida.k@borger.example"),
        ("konto 0000 0001234567", "account", "0000 0001234567"),
        ("IBAN DK50 0040 0440 1162 43", "account", "DK50 0040 0440 1162 43"),
    ],
)
def test_numbers_and_addresses_are_proposed(line: str, kind: str, text: str):
    hits = redaction.find(io.BytesIO(made.simple([[line]])), name="x", media_type=PDF)
    assert (kind, text) in [(hit.kind, hit.text) for hit in hits]


@pytest.mark.parametrize("line", ["sag 2026-000123", "den 31.12.2026", "beløb 12.345,00 kr.", "§ 30, stk. 2, nr. 14"])
def test_other_numbers_are_left_alone(line: str):
    assert redaction.find(io.BytesIO(made.simple([[line]])), name="x", media_type=PDF) == []


def test_a_number_broken_by_the_line_end_is_found_on_both_lines():
    (hit,) = redaction.find(io.BytesIO(made.simple([["CPR 010190-", "0000 er"]])), name="x", media_type=PDF)
    assert hit.kind == "cpr" and len(hit.boxes) == 2


def test_part_of_a_longer_word_is_not_found():
    content = io.BytesIO(made.simple([["Hansen og Hans hus, Hanst"]]))
    assert [hit.text for hit in redaction.find(content, name="x", media_type=PDF, words=["Hans"])] == ["Hans"]


@pytest.mark.parametrize("said", ["Han\u200bsen", "H\u2060ansen", "Klage_Hansen_2026"])
def test_neither_what_nobody_sees_nor_the_name_of_a_file_hides_a_word(said: str):
    letters = [Letter(sign, (n / 50, 0.1, (n + 1) / 50, 0.2), (n / 50, 0.1, (n + 1) / 50, 0.2))
               for n, sign in enumerate(said)]  # fmt: skip
    assert len(finding.hits_on(1, letters, words=["Hansen"], patterns=())) == 1


@pytest.mark.parametrize(
    ("title", "told"),
    [
        ("Klage fra Bo Hansen", "Klage fra […]"),
        ("Bo Hansens klage over boligen", "[…] klage over boligen"),
        ("CPR 010190-0000", "CPR […]"),
        ("Boligen", "Boligen"),
    ],
)
def test_a_title_is_told_without_names_and_numbers(title: str, told: str):
    assert patterns.without(title, ["Bo Hansen", "Bo"]) == told
