"""What is read once during a run of work."""

from indgang.foundation.runtime.services import remembered, remembering

asked: list[tuple[str, str]] = []


@remembered
def hours(unit: str, channel: str = "phone") -> str:
    asked.append((unit, channel))
    return f"{unit} {channel}"


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
