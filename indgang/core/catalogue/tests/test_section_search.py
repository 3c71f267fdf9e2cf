"""Words lead to the section of a card they stand in."""

from datetime import UTC, datetime

import pytest

from indgang.core.catalogue import selectors
from indgang.core.catalogue.testing import make_card, make_card_text, make_task

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
STEPS = "1. Slå op i CPR.\n2. Spørg efter lejekontrakten.\n3. Læs datoen højt.\n4. Skriv et notat."

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def cards() -> None:
    make_task("T-076", title="Meld flytning", title_en="Report a move", words=["flytte", "lejekontrakt"])
    make_task("T-022", title="Boligstøtte", words=["husleje"])
    make_card(text=make_card_text(**{"Sådan gør du": STEPS, "Klage": "Klag & skriv inden fire uger."}), at=AT)
    make_card("T-022", text=make_card_text("T-022", **{"Klage": "Klag over huslejen til Ankenævnet."}), at=AT)


def test_the_section_and_the_sentence_are_found_with_the_word_marked() -> None:
    hit = selectors.search_sections("lejekontrakter")[0]

    assert (hit.task, hit.anchor, hit.title) == ("T-076", "saadan-goer-du", "Meld flytning")
    assert "<mark>lejekontrakten</mark>" in hit.excerpt


def test_a_citizen_finds_nothing_in_what_is_for_staff() -> None:
    assert selectors.search_sections("lejekontrakten", public=True) == []


def test_a_section_with_all_words_goes_before_one_with_some() -> None:
    found = selectors.search_sections("klage over husleje")

    assert [(hit.task, hit.anchor) for hit in found] == [("T-022", "klage")]


def test_one_card_can_be_searched_alone() -> None:
    assert {hit.task for hit in selectors.search_sections("klag", task="T-076")} == {"T-076"}


def test_many_cards_are_asked_for_at_once(django_assert_max_num_queries) -> None:
    alone = {task: selectors.search_sections("klag over husleje", task=task, limit=1) for task in ("T-022", "T-076")}
    with django_assert_max_num_queries(5):
        found = selectors.sections_of("klag over husleje", ["T-022", "T-076", "T-999"])
    assert found == {task: hits[0] for task, hits in alone.items()}
    assert "<mark>" in found["T-076"].excerpt  # it holds some of the words only


def test_a_card_that_says_nothing_of_it_is_left_out() -> None:
    assert selectors.sections_of("lejekontrakt", ["T-022"]) == {}
    assert selectors.sections_of("og", ["T-022"]) == {}
    assert selectors.sections_of("klage", []) == {}


def test_an_english_reader_gets_the_english_title() -> None:
    assert selectors.search_sections("lejekontrakten", language="en")[0].title == "Report a move"


def test_marks_of_the_text_are_shown_as_they_are_written() -> None:
    assert "&amp;" in selectors.search_sections("klag inden fire uger", task="T-076")[0].excerpt


@pytest.mark.parametrize(
    "words", ["", "🎄", "'", "\\", "a' | 'b", "'; DROP TABLE x", "<b>", "og", "x" * 10_000, "& | ! :*"]
)
def test_any_text_is_answered(words) -> None:
    assert isinstance(selectors.search_sections(words), list)
