"""The cards of the demo municipality as files, and the commands that check and move them."""

import csv
import zipfile
from pathlib import Path

import pytest
from django.conf import settings

from indgang.assembly import cards, cards_moving, commands
from indgang.assembly.database import CommandRefused
from indgang.core.catalogue import policy, selectors, services
from indgang.core.catalogue.testing import make_card_text, make_task
from indgang.foundation.runtime import clock

FOLDER = settings.INDGANG_PROFILES / "copenhagen" / "cards"
FILES = sorted(FOLDER.glob("*.md"))
KNOWN = cards.known_of(FOLDER.parent)


@pytest.mark.req("po.maintain")
@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_each_card_comes_out_of_its_file_as_it_went_in(file):
    text = file.read_text()
    assert policy.write(policy.parse(text, name=file.name)) == text


@pytest.mark.req("po.allinfo")
def test_every_task_has_a_card_and_every_card_a_task():
    assert {file.stem for file in FILES} == set(KNOWN.tasks)
    assert len(FILES) == 138


def test_no_card_has_a_fault_too_few_words_or_another_cards_sentences():
    assert [str(fault) for fault in cards.check(FILES)] == []


@pytest.mark.req("po.beslutningsstøtte")
def test_every_path_through_every_cards_questions_ends_with_a_reason():
    guides = [policy.parse(file.read_text(), name=file.name).guide for file in FILES]
    ends = [end for guide in guides for end in policy.ends(guide)]
    assert {end.result for end in ends} == {"entitled", "not_entitled", "specialist"}
    assert all(end.why for end in ends)


def test_every_card_with_rates_says_whether_the_benefit_is_taxable_and_depends_on_income():
    for file in FILES:
        content = policy.parse(file.read_text(), name=file.name)
        if content.rates:
            assert "not_a_benefit" not in (content.taxable, content.income_dependent), file.name


def test_the_register_holds_every_law_a_card_names_and_no_identifier_was_guessed():
    contents = [policy.parse(file.read_text(), name=file.name) for file in FILES]
    with (FOLDER.parent / "laws.csv").open(encoding="utf-8") as lines:
        known = {row["title"].casefold() for row in csv.DictReader(lines)}
    assert {law.title.casefold() for content in contents for law in content.laws} <= known
    assert not [law for content in contents for law in content.laws if law.eli]


@pytest.mark.parametrize("place", ["kort", "kort.zip"])
@pytest.mark.django_db
def test_all_cards_leave_as_files_and_come_back_without_a_change(tmp_path, place):
    at = clock.now()
    for file in FILES[:3]:
        make_task(file.stem, title=file.stem)
    texts = {file.name: make_card_text(file.stem, klage="Skriv til os.") for file in FILES[:3]}
    services.load_cards(texts=texts, at=at)
    assert cards_moving.write_out(tmp_path / place) == 3
    assert cards.read_files(tmp_path / place) == texts == selectors.card_files()
    assert cards_moving.take_in(tmp_path / place, publish=True, why="").published == 0


def test_the_same_cards_make_the_same_zip(tmp_path):
    texts = {file.name: file.read_text() for file in FILES}
    for name in ("en.zip", "to.zip"):
        cards.write_files(texts, tmp_path / name)
    assert (tmp_path / "en.zip").read_bytes() == (tmp_path / "to.zip").read_bytes()
    assert cards.read_files(tmp_path / "en.zip") == texts


@pytest.mark.django_db
def test_what_is_no_place_for_cards_is_refused_in_words(tmp_path):
    (tmp_path / "tom").mkdir()
    (tmp_path / "ikke.zip").write_text("hej")
    (tmp_path / "fejl").mkdir()
    (tmp_path / "fejl" / "T-076.md").write_bytes(b"+++\nhej \xff")
    for name, words in (("tom", "no cards"), ("ikke.zip", "cannot be read"), ("fejl", "linje 2: Filen er ikke UTF-8")):
        with pytest.raises(CommandRefused, match=words):
            cards_moving.take_in(tmp_path / name, publish=False, why="")


def test_a_zip_brings_nothing_but_cards(tmp_path):
    with zipfile.ZipFile(tmp_path / "alt.zip", "w") as packed:
        packed.writestr("../../T-076.md", "kort")
        packed.writestr("passwd", "andet")
    assert cards.read_files(tmp_path / "alt.zip") == {"T-076.md": "kort"}


def test_the_command_names_file_line_field_and_remedy(tmp_path, capsys):
    file = tmp_path / "T-076.md"
    file.write_text(make_card_text().replace('"net"', '"brev"'))
    assert commands.main(["cards", "check", str(file)]) == 1
    assert "T-076.md, linje 6, best_channel: »brev«. Vælg mellem: net, phone, counter." in capsys.readouterr().out


def test_the_command_puts_a_card_in_its_form(tmp_path: Path, capsys):
    file = tmp_path / "T-076.md"
    file.write_text(make_card_text().replace("\n\n", "\n"))
    commands.main(["cards", "format", str(file)])
    assert "1 put in canonical form" in capsys.readouterr().out
    assert file.read_text() == make_card_text()
