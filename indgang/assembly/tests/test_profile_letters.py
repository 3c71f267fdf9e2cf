"""The letter templates of a profile: loaded, faultless, and every fault is named with its place."""

import csv
import re
import shutil
from datetime import UTC, date, datetime
from itertools import combinations
from pathlib import Path

import pytest
from django.conf import settings

from indgang.assembly import profiles
from indgang.foundation.letters import selectors, services
from indgang.foundation.letters.testing import SENDER, text_of
from indgang.foundation.letters.values import Kind

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
DAY = date(2026, 3, 2)
FOLDER = Path(settings.INDGANG_PROFILES) / "copenhagen"
ROWS = list(csv.DictReader((FOLDER / "letter_templates.csv").open()))
OUTCOMES = {"decision": ["granted", "partly", "refused"], "access": ["granted", "partly", "refused"]}
CASES = [(row, outcome) for row in ROWS for outcome in OUTCOMES.get(row["kind"], [""])]
COMMON = re.compile(r"^(Kære|Dear|Ring|Call|-- |Resultat|Result)")


def body_of(row: dict[str, str]) -> str:
    return (FOLDER / "letters" / f"{row['code']}.{row['language']}.md").read_text()


def letter_of(row: dict[str, str], outcome: str) -> bytes:
    facts = {name: row[name] for name in ("kind", "language", "title")}
    return services.typeset_sample(**facts, body=body_of(row), outcome=outcome, sender=SENDER, day=DAY)


@pytest.mark.parametrize(("row", "outcome"), CASES, ids=lambda one: one if isinstance(one, str) else one["code"])
def test_every_template_becomes_a_letter(row: dict[str, str], outcome: str):
    text = text_of(letter_of(row, outcome))
    assert "{{" not in text and "}}" not in text and "[udfyld" not in text
    assert "2026-000123" in text
    appealing = ("klage senest", "complain no later", "Du kan klage til", "You can complain to")
    if row["kind"] in OUTCOMES:
        assert any(words in text for words in appealing) == (outcome != "granted")


def test_every_kind_of_letter_stands_in_both_languages():
    for language in ("da", "en"):
        assert {row["kind"] for row in ROWS if row["language"] == language} == set(Kind)
    assert len({row["code"] for row in ROWS}) * 2 == len(ROWS)


def sentences(row: dict[str, str]) -> set[str]:
    lines = [line for line in body_of(row).splitlines() if not COMMON.match(line) and "{{hvis" not in line]
    return {one.strip() for one in re.split(r"(?<=[.?!])\s+|\n", "\n".join(lines)) if len(one.split()) > 3}


def test_no_two_letters_share_a_third_of_their_sentences():
    for language in ("da", "en"):
        rows = [row for row in ROWS if row["language"] == language]
        for one, other in combinations(rows, 2):
            shared = sentences(one) & sentences(other)
            assert len(shared) <= 0.3 * min(len(sentences(one)), len(sentences(other))), (one["code"], other["code"])


def test_both_languages_use_the_same_fields():
    for row in ROWS:
        if row["language"] == "da":
            english = next(r for r in ROWS if r["code"] == row["code"] and r["language"] == "en")
            fields = [sorted(re.findall(r"\{\{([^}]+)\}\}", body_of(each))) for each in (row, english)]
            assert fields[0] == fields[1], row["code"]


def test_danish_letters_have_short_sentences():
    """Plain Danish: at most 25 words from full stop to full stop."""
    long = [one for row in ROWS if row["language"] == "da" for one in sentences(row) if len(one.split()) > 25]
    assert long == []


@pytest.mark.django_db
def test_loading_the_profile_brings_the_letters_once():
    first = profiles.load("copenhagen", at=AT)
    assert first.changes["letter_templates"] == len(ROWS)
    assert profiles.load("copenhagen", at=AT).changes["letter_templates"] == 0
    assert len(selectors.templates(day=DAY)) == len(ROWS)
    assert selectors.in_use("afgoerelse", "da", DAY).kind == "decision"


@pytest.fixture
def copy(settings, tmp_path: Path) -> Path:
    shutil.copytree(FOLDER, tmp_path / "own")
    settings.INDGANG_PROFILES = tmp_path
    return tmp_path / "own"


def faults() -> list[str]:
    with pytest.raises(profiles.ProfileFaulty) as refused:
        profiles.checked("own")
    return refused.value.lines()


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


def test_an_unknown_field_is_named_with_file_line_and_character(copy: Path):
    edit(copy / "letters" / "hoering.da.md", "kommer fra {{høring.kilde}}", "kommer fra {{høring.kilden}}")
    assert faults() == [
        "letters/hoering.da.md, linje 12, kolonne tegn 26: »{{høring.kilden}}«. "
        "Feltet findes ikke. Ret navnet; listen står i docs/letters.md."
    ]


def test_a_template_without_what_the_law_demands_is_named(copy: Path):
    edit(copy / "letters" / "afgoerelse.da.md", "{{klage.frist}}", "en måned")
    assert "letters/afgoerelse.da.md" in faults()[0] and "klage.frist" in faults()[0]


def test_a_faulty_condition_is_named_with_its_line(copy: Path):
    edit(copy / "letters" / "aktindsigt.en.md", "{{hvis: delvist}}", "{{hvis: måske}}")
    assert faults()[0].startswith("letters/aktindsigt.en.md, linje 12: »måske«.")


def test_a_missing_text_and_a_text_without_row_are_named(copy: Path):
    (copy / "letters" / "mangler.da.md").rename(copy / "letters" / "mangler.sv.md")
    found = faults()
    assert any(line.startswith("letters/mangler.da.md: Filen mangler") for line in found)
    assert any(line.startswith("letters/mangler.sv.md: Teksten har ingen række") for line in found)


def test_a_wrong_kind_language_or_title_is_named_with_its_column(copy: Path):
    path = copy / "letter_templates.csv"
    edit(path, "kvittering,da,receipt", "kvittering,da,poem")
    edit(path, "Afgørelse om {{sag.emne}}", "Afgørelse om {{sag.farve}}")
    found = faults()
    assert any("letter_templates.csv, linje 2, kolonne title: »{{sag.farve}}«" in line for line in found)
    assert any("kolonne kind: »poem«" in line for line in found)


def test_a_profile_may_come_without_letters(copy: Path):
    (copy / "letter_templates.csv").unlink()
    shutil.rmtree(copy / "letters")
    assert profiles.checked("own").letters == {}


@pytest.mark.req("vision2012.decisions")
@pytest.mark.parametrize("outcome", ["partly", "refused"])
def test_a_decision_says_result_reason_rule_what_to_do_and_how_to_complain(outcome: str):
    row = next(row for row in ROWS if row["code"] == "afgoerelse" and row["language"] == "da")
    text = text_of(letter_of(row, outcome))
    parts = ["Resultat", "[resultatet]", "Derfor", "[oplysningerne]", "Reglen", "[lov og paragraf]"]
    parts += ["Det skal du gøre", "Sådan klager du", "30. marts 2026", "[enhedens adresse]", "[klagemyndigheden]"]
    parts.append("[fremgangsmåden]")
    places = [text.index(part) for part in parts]
    assert places == sorted(places)


def test_a_granted_decision_says_the_result_and_what_to_do():
    row = next(row for row in ROWS if row["code"] == "afgoerelse" and row["language"] == "da")
    text = text_of(letter_of(row, "granted"))
    assert "[resultatet]" in text and "Det skal du gøre" in text
    assert "Derfor" not in text and "Sådan klager du" not in text


def test_a_decision_names_the_administration_responsible():
    row = next(row for row in ROWS if row["code"] == "afgoerelse" and row["language"] == "da")
    assert "Prøveforvaltningen, der har ansvaret" in text_of(letter_of(row, "granted"))
