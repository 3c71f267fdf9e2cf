from datetime import UTC, date, datetime

import pytest
from django.db import connection

from indgang.core.catalogue import selectors, services, vocabulary
from indgang.core.catalogue.errors import TaskNotFound
from indgang.core.catalogue.models import Phrase
from indgang.core.catalogue.testing import make_answer, make_question, make_setting, make_task

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def first(text):
    return next((each.task_id for each in selectors.triage(text, at=AT).suggestions), None)


def test_a_card_holds_the_questions_and_answers_of_its_task():
    make_task("T-076", life_situations=["housing"])
    make_question("T-076", options=[{"code": "out", "text": "Til udlandet", "text_en": "Abroad", "task": "T-080"}])
    make_answer("T-076", closes=True)
    card = selectors.task("T-076", language="en")
    assert card.shown == "Report a move" and card.life_situations == ["housing"]
    assert card.questions[0].options[0].text == "Abroad" and card.questions[0].options[0].task == "T-080"
    assert card.answers[0].closes


def test_there_is_no_card_of_an_unknown_task():
    assert selectors.task("T-999") is None


def test_a_task_is_listed_from_its_first_to_its_last_day():
    make_task("T-076", valid_from=date(2026, 1, 1), valid_to=date(2026, 3, 2))
    assert selectors.tasks(at=date(2025, 12, 31)) == []
    assert [card.code for card in selectors.tasks(at=AT)] == ["T-076"]
    assert selectors.tasks(at=date(2026, 3, 3)) == []


def test_a_task_that_has_ended_is_not_suggested():
    make_task("T-076", words=["flytte"], valid_to=date(2026, 3, 1))
    assert first("jeg skal flytte") is None


def test_a_historic_task_is_found_and_says_what_replaced_it():
    make_task(
        "T-119",
        title="Nedsat licens",
        words=["licens"],
        historic=True,
        replaced_by="Licensen er afskaffet.",
        valid_to=date(2021, 12, 31),
    )
    found = selectors.triage("nedsat licens", at=AT).suggestions[0]
    assert found.task_id == "T-119" and found.why.endswith("I stedet: Licensen er afskaffet.")


@pytest.mark.parametrize(
    ("level", "decision", "asked"), [(1, True, False), (2, True, True), (2, False, False), (3, False, True)]
)
def test_a_level_needs_a_decision_when_the_task_or_its_discretion_says_so(level, decision, asked):
    make_task("T-076", decision=decision, administration="KSR", group="moving")
    need = selectors.need("T-076", level)
    assert (need.group, need.owner, need.level, need.decision) == ("moving", "KSR", level, asked)


def test_an_inquiry_without_a_task_needs_the_general_group():
    assert selectors.need("", 1).group == "general"


def test_an_unknown_task_has_no_need():
    with pytest.raises(TaskNotFound):
        selectors.need("T-999", 1)


def test_a_setting_is_found_by_its_full_and_its_last_name():
    make_setting("contacts.reopen_days", 14)
    assert selectors.setting("contacts.reopen_days") == selectors.setting("reopen_days", 3) == 14
    assert selectors.setting("days", 3) == 3


def test_a_new_word_is_found_as_soon_as_the_search_is_made_again():
    make_task("T-076", words=["flytte"])
    assert first("bopælsskifte") is None
    Phrase.objects.create(task_id="T-076", text="bopælsskifte", language="da")
    services.rebuild_search(AT)
    assert first("bopælsskifte") == "T-076"


def test_another_process_notices_the_new_search():
    make_task("T-076", words=["flytte"])
    assert first("jeg skal flytte") == "T-076"
    remembered = vocabulary._remembered
    make_task("T-094", title="Rotter", group="environment", words=["rotter"])
    vocabulary._remembered = remembered
    assert first("rotter") == "T-094"


def test_the_rebuilt_search_is_told_to_the_journal():
    make_task("T-076")
    services.rebuild_search(AT)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM journal_event WHERE verb = 'catalogue.search_rebuilt'")
        assert cursor.fetchone() == (1,)
