"""The result of each task, and of the whole contact from them. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass

from indgang.core.contacts.values import Outcome
from indgang.desks.workplace.pages import TaskPanel

_GUIDED, _EXPEDITED, _DISCRETION = "informed:1", "decided:2", "decided:3"
_BOOKED, _SELF_SERVICE, _FORWARDED = "booked:1", "self_service:1", "forwarded:1"
OUTCOMES = [choice for choice in Outcome.choices if choice[0] not in {Outcome.HANDED_OVER, Outcome.ABANDONED}]
_WEIGHT = (  # where tasks ended differently, the contact ended as the weightiest of them
    Outcome.DECIDED,
    Outcome.BOOKED,
    Outcome.FORWARDED,
    Outcome.SELF_SERVICE,
    Outcome.INFORMED,
)


@dataclass(frozen=True)
class TaskResults:
    """What this employee may end one task with; the first is what happens most."""

    panel: TaskPanel
    options: list[str]


def choices(panels: Iterable[TaskPanel]) -> list[TaskResults]:
    """The results of each task, as far as this employee may go."""
    return [TaskResults(panel, _options(panel.own_level)) for panel in panels]


def outcome(chosen: str, results: Iterable[str]) -> str:
    """The contact's outcome: what was chosen for the whole, or what follows from the tasks; empty when neither says."""
    if chosen:
        return chosen
    of_tasks = {result.partition(":")[0] for result in results}
    return next((str(one) for one in _WEIGHT if one in of_tasks), "")


def level(result: str) -> int | None:
    """The level a result was reached at."""
    text = result.partition(":")[2]
    return int(text) if text in {"1", "2", "3"} else None


def _options(own_level: int) -> list[str]:
    reached = [_GUIDED]
    if own_level >= 2:
        reached.append(_EXPEDITED)
    if own_level >= 3:
        reached.append(_DISCRETION)
    return [*reached, _BOOKED, _SELF_SERVICE, _FORWARDED]
