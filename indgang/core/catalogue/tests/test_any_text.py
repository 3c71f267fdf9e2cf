from datetime import UTC, datetime

import pytest

from indgang.core.catalogue import selectors
from indgang.core.catalogue.testing import make_task
from indgang.core.catalogue.values import Decision

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n\t ",
        "\x00\x00",
        "og i at det som en",
        "😀👍🏽🏠",
        "æøå" * 30_000,
        "ord " * 25_000,
        "a" * 100_000,
        " ".join(f"ord{n}" for n in range(20_000)),
        "'; DROP TABLE catalogue_task; --",
        "' OR 1=1 --",
        "flytte & | ! ( ) <-> :* '' \\ \\'",
        "%s %(x)s {} {0} {words}",
        "Я переезжаю в новый дом",
        "我要搬家",
        "أريد تغيير عنواني",
        "\ud800 halv tegn",
        "1234567890 12.03.2026",
        "a\u0300\u0301\u0302" * 500,
    ],
    ids=range(19),
)
@pytest.mark.parametrize("language", ["da", "en"])
def test_no_text_is_an_error(text, language):
    make_task("T-076", words=["flytte", "ny adresse"])
    found = selectors.triage(text, language=language, at=AT)
    assert found.decision in Decision.values
    assert isinstance(selectors.search(text, language, 5, at=AT), list)


def test_an_empty_catalogue_asks_instead_of_failing():
    assert selectors.triage("jeg flytter", at=AT).decision == "ask"
    assert selectors.search("jeg flytter", at=AT) == []


def test_an_unclear_text_gets_a_question():
    make_task("T-076", words=["flytte"])
    found = selectors.triage("det er vedrørende min sag", at=AT)
    assert found.decision == "ask" and found.questions and not found.suggestions


def test_two_tasks_equally_likely_become_two_questions():
    make_task("T-076", title="Meld flytning", words=["adresse"])
    make_task("T-078", title="Få en adresse oplyst", group="register", words=["adresse"])
    make_task("T-029", title="Plads i dagtilbud", group="daycare", words=["vuggestue"])
    found = selectors.triage("adresse", at=AT)
    assert found.decision == "ask"
    assert {each.task_id for each in found.suggestions} == {"T-076", "T-078"}
    assert found.questions[0].startswith("Handler det om »")


def test_two_matters_in_one_text_are_both_found():
    make_task("T-029", title="Plads i dagtilbud", group="daycare", words=["forkert plads i vuggestuen", "vuggestue"])
    make_task("T-112", title="Skat", group="tax", words=["forskudsopgørelse", "min skat"])
    make_task("T-094", title="Rotter", group="environment", words=["rotter"])
    text = "Vi har fået en forkert plads i vuggestuen. Og så har jeg et spørgsmål til min forskudsopgørelse."
    assert [each.task_id for each in selectors.triage(text, at=AT).suggestions] == ["T-029", "T-112"]
