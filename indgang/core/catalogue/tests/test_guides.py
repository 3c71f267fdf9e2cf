"""Guided questions end, go in no circle, and leave nothing that cannot be reached."""

import pytest

from indgang.core.catalogue import policy
from indgang.core.catalogue.card_content import GuideAnswer, GuideQuestion


def question(id: str, *answers: GuideAnswer) -> GuideQuestion:
    return GuideQuestion(id, f"{id}?", "", answers)


def on(goto: str, text: str = "Ja") -> GuideAnswer:
    return GuideAnswer(text, goto=goto)


def end(result: str = "entitled", text: str = "Nej") -> GuideAnswer:
    return GuideAnswer(text, result=result, why="Derfor.", task="T-077")


GUIDE = (question("start", on("age"), end("not_entitled")), question("age", end("entitled", "Ja"), end("specialist")))


@pytest.mark.req("po.beslutningsstøtte")
def test_the_answers_lead_to_a_result_with_its_reason():
    assert policy.walk(GUIDE, []).question.id == "start"
    assert policy.walk(GUIDE, [0]).question.id == "age"
    state = policy.walk(GUIDE, [0, 1])
    assert (state.question, state.result, state.why, state.task) == (None, "specialist", "Derfor.", "T-077")
    assert [(step.question.id, step.answer.text) for step in state.path] == [("start", "Ja"), ("age", "Nej")]


def test_every_path_ends_in_entitled_not_entitled_or_a_specialist():
    assert list(policy.faults(GUIDE)) == []
    assert [state.result for state in policy.ends(GUIDE)] == ["entitled", "specialist", "not_entitled"]


@pytest.mark.parametrize("answers", [[2], [-1], [1, 0], [0, 1, 0]])
def test_an_answer_that_does_not_exist_is_refused(answers):
    with pytest.raises(ValueError, match="answer"):
        policy.walk(GUIDE, answers)


@pytest.mark.parametrize(
    ("guide", "field"),
    [
        ((question("a", on("b"), end()),), "guide[0].answers[0].goto"),
        ((question("a", on("a"), end()),), "guide[0].answers[0].goto"),
        ((question("a", on("b"), end()), question("b", on("a"), end())), "guide[1].answers[0].goto"),
        ((question("a", end(text="Ja"), end()), question("b", end(text="Ja"), end())), "guide[1].id"),
        ((question("a", end()),), "guide[0].answers"),
        ((question("a", GuideAnswer("Ja"), end()),), "guide[0].answers[0]"),
        ((question("a", GuideAnswer("Ja", goto="a", result="entitled", why="x"), end()),), "guide[0].answers[0]"),
        ((question("a", GuideAnswer("Ja", result="entitled"), end()),), "guide[0].answers[0].why"),
        ((question("a", end(), end()),), "guide[0].answers[1].text"),
        ((question("a", end(text="Ja"), end()), question("a", end(text="Ja"), end())), "guide[1].id"),
    ],
)
def test_what_would_lead_nowhere_is_a_fault(guide, field):
    assert field in [found for found, _, _ in policy.faults(guide)]


def test_two_ways_to_one_question_are_no_circle():
    guide = (
        question("a", on("c"), on("b", "Nej")),
        question("b", on("c"), end()),
        question("c", end(text="Ja"), end()),
    )
    assert list(policy.faults(guide)) == []
    assert len(list(policy.ends(guide))) == 5
