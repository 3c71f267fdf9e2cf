"""What is read once during a run of work."""

from indgang.foundation.runtime.services import remembered, remembering

asked: list[tuple[str, str]] = []


@remembered
def hours(unit: str, channel: str = "phone") -> str:
    asked.append((unit, channel))
    return f"{unit} {channel}"


@remembered
def described(facts: dict[str, str]) -> list[str]:
    return list(facts.values())


def test_inside_a_run_each_question_is_asked_once():
    asked.clear()
    with remembering():
        said = [hours("a"), hours("a"), hours("b"), hours("a", channel="mail")]
    assert said == ["a phone", "a phone", "b phone", "a mail"]
    assert asked == [("a", "phone"), ("b", "phone"), ("a", "mail")]


def test_outside_of_one_nothing_is_kept():
    asked.clear()
    with remembering():
        hours("a")
    hours("a")
    hours("a")
    assert len(asked) == 3


def test_a_run_inside_another_one_is_part_of_it():
    asked.clear()
    with remembering():
        hours("a")
        with remembering():
            hours("a")
        hours("a")
    assert asked == [("a", "phone")]


def test_facts_that_cannot_be_hashed_are_told_apart_as_objects():
    first, second = {"unit": "a"}, {"unit": "a"}
    with remembering():
        assert described(first) is described(first)
        assert described(first) is not described(second)
