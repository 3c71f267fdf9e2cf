"""Cards from a profile or a folder: new text is published, what was written by hand stays."""

from datetime import UTC, datetime, timedelta

import pytest

from indgang.core.catalogue import errors, selectors, services
from indgang.core.catalogue.models import Card, CardVersion, Phrase
from indgang.core.catalogue.testing import make_card, make_card_text, make_task
from indgang.core.organisation.testing import make_employee, viewer_of
from indgang.foundation.access.errors import NotFound
from indgang.foundation.access.values import system

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
LATER = AT + timedelta(days=1)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def moving():
    return make_task("T-076", words=("flytte",))


@pytest.fixture
def editor():
    return viewer_of(make_employee("Ebbe Editor", roles=["editor"]), AT)


def text(words: str) -> str:
    return make_card_text(**{"Sig til borgeren": words})


def load(words: str, at: datetime = AT):
    return services.load_cards(texts={"T-076.md": text(words)}, at=at)


def said() -> str:
    return selectors.guidance("T-076", at=AT).section("sig").text


def test_a_new_file_is_published_and_a_second_load_changes_nothing():
    assert load("Hej.").published == 1
    assert load("Hej.").published == 0
    assert CardVersion.objects.count() == 1


def test_a_changed_file_becomes_the_next_version():
    load("Hej.")
    load("Goddag.", LATER)
    assert said() == "Goddag."
    assert [(one.number, one.why) for one in selectors.card_versions("T-076")] == [
        (2, "indlæst fra profilen"),
        (1, "indlæst fra profilen"),
    ]


@pytest.mark.req("po.maintain")
def test_a_card_written_on_by_hand_is_never_overwritten_and_the_conflict_is_seen(editor):
    load("Hej.")
    services.save_card_draft(task="T-076", text=text("Min."), based_on=1, why="Ny", viewer=editor, at=AT)
    brought = load("Goddag.", LATER)
    assert (brought.published, brought.conflicts) == (0, ("T-076",))
    assert selectors.card_draft("T-076").text == text("Min.")
    assert said() == "Hej."
    [row] = [one for one in selectors.cards_to_review(AT) if one.code == "T-076"]
    assert "Sammenlign med version 3" in row.reasons[0]
    assert load("Goddag.", LATER).conflicts == ()
    changed = [one.old_html or one.new_html for one in selectors.card_difference("T-076", 2, 3)]
    assert changed == ["<del>Min.</del>", "<ins>Goddag.</ins>"]
    services.dismiss_attention(task="T-076", viewer=editor, at=LATER)
    assert Card.objects.get(task="T-076").attention == ""


def test_a_conflict_does_not_hinder_the_editor_from_saving(editor):
    load("Hej.")
    first = services.save_card_draft(task="T-076", text=text("Min."), based_on=1, why="", viewer=editor, at=AT)
    load("Goddag.", LATER)
    second = services.save_card_draft(task="T-076", text=text("Min nye."), based_on=first, why="", viewer=editor, at=AT)
    assert second == 4


def test_the_profile_may_bring_what_the_editor_wrote_already(editor):
    load("Hej.")
    services.save_card_draft(task="T-076", text=text("Min."), based_on=1, why="", viewer=editor, at=AT)
    assert load("Min.", LATER).conflicts == ()
    assert said() == "Min."


def test_words_that_leave_the_card_leave_the_search_and_others_stay():
    make_card("T-076", text=make_card_text(fields='words = ["skifte rede", "flytte"]'))
    make_card("T-076", text=make_card_text(fields='words = ["ny hule"]'))
    assert set(Phrase.objects.values_list("text", "of_card")) == {
        ("flytte", False),
        ("ny adresse", False),
        ("ny hule", True),
    } - {("ny adresse", False)}
    assert selectors.search("skifte rede", at=AT) == []


@pytest.mark.req("po.maintain")
def test_cards_leave_as_files_and_come_back_unchanged(editor):
    load("Hej.")
    files = selectors.card_files()
    assert files == {"T-076.md": text("Hej.")}
    brought = services.import_cards(texts=files, why="tur/retur", publish_now=False, viewer=editor, at=LATER)
    assert (brought.published, CardVersion.objects.count()) == (0, 1)


def test_files_somebody_worked_on_become_drafts_or_are_published(editor):
    load("Hej.")
    facts = {"why": "Fagets rettelser", "viewer": editor, "at": LATER}
    services.import_cards(texts={"T-076.md": text("Goddag.")}, publish_now=False, **facts)
    assert (said(), selectors.card_draft("T-076").state) == ("Hej.", "draft")


def test_only_who_runs_the_system_publishes_files_at_once(editor):
    load("Hej.")
    owner = viewer_of(make_employee("Oda Opgaveejer", employer="KSR", roles=["task_owner", "editor"]), AT)
    facts = {"texts": {"T-076.md": text("Farvel.")}, "why": "", "publish_now": True, "at": LATER}
    for viewer in (editor, owner):
        with pytest.raises(errors.ApprovalNeeded):
            services.import_cards(viewer=viewer, **facts)
    assert said() == "Hej."
    services.import_cards(viewer=system("cards"), **facts)
    assert said() == "Farvel."


def test_one_faulty_file_stops_the_whole_import(editor):
    make_task("T-077", title="Attest")
    load("Hej.")
    files = {"T-076.md": text("Goddag."), "T-077.md": make_card_text("T-077").replace('"net"', '"brev"')}
    with pytest.raises(errors.CardFaulty) as refused:
        services.import_cards(texts=files, why="", publish_now=True, viewer=editor, at=LATER)
    assert [(one.file, one.line > 0) for one in refused.value.faults] == [("T-077.md", True)]
    assert said() == "Hej."


def test_a_draft_of_somebody_else_is_left_alone_by_an_import(editor):
    load("Hej.")
    services.save_card_draft(task="T-076", text=text("Min."), based_on=1, why="", viewer=editor, at=AT)
    other = viewer_of(make_employee("Rikke Redaktør", roles=["editor"]), AT)
    brought = services.import_cards(texts={"T-076.md": text("Din.")}, why="", publish_now=False, viewer=other, at=AT)
    assert (brought.published, brought.conflicts) == (0, ("T-076",))


def test_an_agent_imports_nothing():
    agent = viewer_of(make_employee("Agnes Agent", roles=["agent"]), AT)
    with pytest.raises(NotFound):
        services.import_cards(texts={"T-076.md": text("Hej.")}, why="", publish_now=True, viewer=agent, at=AT)
