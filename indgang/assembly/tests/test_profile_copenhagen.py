"""The demo municipality as its files say, and how well its words find its tasks."""

import csv
import json
import shutil
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.conf import settings

from indgang.assembly import profiles
from indgang.core.catalogue import policy
from indgang.core.catalogue import selectors as catalogue
from indgang.core.organisation import selectors as organisation

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
HELD_OUT = Path(catalogue.__file__).parent / "tests" / "held_out.jsonl"


@pytest.mark.req("cat.partition")
@pytest.mark.req("cat.info")
@pytest.mark.req("cat.rule")
@pytest.mark.req("cat.po")
@pytest.mark.req("cat.np")
@pytest.mark.django_db
def test_the_138_tasks_stand_in_exactly_one_list_each():
    profiles.load("copenhagen", at=AT)
    cards = catalogue.tasks(at=AT)
    every = [catalogue.task(f"T-{number:03}") for number in range(1, 139)]
    assert Counter(card.placed for card in every) == {"rule": 34, "po": 14, "not_placed": 81, "info": 9}
    assert sum(card.in_info_list for card in every) == 137
    assert {card.code for card in cards} <= {card.code for card in every}


@pytest.mark.django_db
def test_the_demo_municipality_loads_twice_and_its_words_find_its_tasks():
    assert profiles.load("copenhagen", at=AT).changes["tasks"] == 138
    assert profiles.load("copenhagen", at=AT).changed == 0
    groups = {group for facts in organisation.agent_facts(None, AT) for group in facts.competences}
    assert {card.group for card in catalogue.tasks(at=AT)} | {"general"} <= groups
    _the_named_sentences_find_their_tasks()
    _held_out_sentences_are_found()


def _the_named_sentences_find_their_tasks():
    for text, task in (
        ("jeg flytter til Valby på lørdag", "T-076"),
        ("vi har fået anvist en forkert plads i vuggestuen", "T-029"),
        ("og så har jeg et spørgsmål til min skat", "T-112"),
        ("og så har jeg et spørgsmål til min forskudsopgørelse", "T-112"),
    ):
        found = catalogue.triage(text, at=AT)
        assert found.decision == "suggest" and found.suggestions[0].task_id == task, text


def _held_out_sentences_are_found():
    rows = [json.loads(line) for line in HELD_OUT.read_text().splitlines()]
    first = wrong_decision = 0
    for row in rows:
        found = catalogue.triage(row["text"], language=row["language"], at=AT)
        wrong_decision += found.decision != row["decision"]
        best = found.suggestions[0].task_id if found.suggestions else ""
        first += best in row["accept"] if row["accept"] else found.decision == row["decision"]
    assert len(rows) == 60
    assert first >= 51 and wrong_decision <= 4


def test_no_held_out_sentence_stands_among_the_phrases():
    folder = settings.INDGANG_PROFILES / "copenhagen"
    with (folder / "phrases.csv").open(encoding="utf-8") as f:
        phrases = {row["text"].casefold() for row in csv.DictReader(f)}
    for card in (folder / "cards").glob("*.md"):
        phrases |= {text.casefold() for text, _, _ in policy.parse(card.read_text(), name=card.name).phrases()}
    held_out = {json.loads(line)["text"].casefold() for line in HELD_OUT.read_text().splitlines()}
    assert not phrases & held_out


@pytest.mark.req("cat.partition")
@pytest.mark.django_db
def test_a_task_moved_to_another_list_shows_as_a_wrong_sum(tmp_path, settings):
    copy = shutil.copytree(settings.INDGANG_PROFILES / "copenhagen", tmp_path / "copenhagen")
    with (copy / "tasks.csv").open(encoding="utf-8", newline="") as f:
        rows = list(csv.DictReader(f))
    moved = next(row for row in rows if row["in_rule_list"] == "1")
    moved |= {"in_rule_list": "0", "in_not_placed_list": "1"}
    with (copy / "tasks.csv").open("w", encoding="utf-8", newline="") as f:
        writer = csv.DictWriter(f, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)
    settings.INDGANG_PROFILES = tmp_path
    with pytest.raises(profiles.ProfileFaulty) as refused:
        profiles.load("copenhagen", at=AT)
    (fault,) = refused.value.faults
    assert fault.value == "rule 33, po 14, not_placed 82, info 9"
