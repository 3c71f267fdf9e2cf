"""What the demo municipality knows of its tasks beyond their names."""

import shutil
from datetime import UTC, datetime

import pytest

from indgang.assembly import profiles
from indgang.core.catalogue import selectors as catalogue
from indgang.core.catalogue import services
from indgang.foundation.access.values import system

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
EDITOR = system("editor")
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def copenhagen():
    profiles.load("copenhagen", at=AT)


@pytest.mark.req("life.def")
def test_a_divorce_shows_the_six_tasks_it_touches():
    divorce = next(event for event in catalogue.life_events() if event.code == "divorce")
    assert [step.task for step in divorce.tasks] == ["T-077", "T-022", "T-029", "T-112", "T-025", "T-033"]
    assert divorce.situation == "family"


def test_every_life_situation_has_events_in_both_languages():
    danish, english = catalogue.life_events("da"), catalogue.life_events("en")
    assert {event.situation for event in danish} == {card.code for card in catalogue.life_situations()}
    assert all(event.tasks for event in danish)
    assert not {event.name for event in danish} & {event.name for event in english}


@pytest.mark.req("cat.life")
def test_each_rule_list_task_has_a_life_situation_or_the_answer_that_it_has_none():
    for card in catalogue.tasks(at=AT):
        first = catalogue.principles(card.code)[0]
        assert first.answered and first.holds is bool(card.life_situations)


def test_nobody_knows_yet_why_a_task_was_not_placed():
    lines = [line for line in catalogue.task_lines(at=AT) if line.placed == "not_placed"]
    assert {line.not_placed_reason for line in lines} == {"unknown"} and len(lines) == 81


def test_the_three_day_care_tasks_stay_central_until_somebody_decides():
    held = [catalogue.task_depth(code, at=AT) for code in ("T-029", "T-030", "T-031")]
    assert all(task.central and task.central_until is None for task in held)
    assert all(catalogue.interface(task.code, 2).unit == task.follow_up for task in held)


def test_what_an_editor_changed_survives_the_next_load_of_the_profile():
    task = catalogue.task_depth("T-076", at=AT)
    services.change_task(task="T-076", changes={"volume": 41_000}, version=task.version, viewer=EDITOR, at=AT)
    services.answer_principle(task="T-076", number=5, holds=False, viewer=EDITOR, at=AT, version=1)
    part = task.subtasks[0]
    services.keep_subtask(
        task="T-076", code=part.code, title="Fortæl om flytning", title_en="Tell", level=1, version=part.version,
        viewer=EDITOR, at=AT,
    )  # fmt: skip
    assert profiles.load("copenhagen", at=AT).changed == 0
    after = catalogue.task_depth("T-076", at=AT)
    assert (after.volume, after.principles[4].holds, after.subtasks[0].title) == (41_000, False, "Fortæl om flytning")


@pytest.mark.req("law.special", "law.notransfer")
def test_a_profile_cannot_raise_another_authoritys_task_without_a_legal_basis(tmp_path, settings):
    shutil.copytree(settings.INDGANG_PROFILES / "copenhagen", tmp_path / "copenhagen")
    settings.INDGANG_PROFILES = tmp_path
    facts = tmp_path / "copenhagen" / "task_facts.csv"
    facts.write_text(facts.read_text().replace("Lov nr. 544 af 24. juni 2005 om kommunale borgerservicecentre", ""))
    facts.write_text(facts.read_text().replace(" (001 l.1302)", ""))
    with pytest.raises(profiles.ProfileFaulty) as faulty:
        profiles.load("copenhagen", at=AT)
    assert any(fault.file == "tasks.csv" and fault.column == "level" for fault in faulty.value.faults)
