"""The journal's actors by the names people know."""

from collections.abc import Iterable

from django.utils.translation import gettext

from indgang.core.organisation import selectors as organisation


def names_of(actors: Iterable[str]) -> dict[str, str]:
    """Every actor with a name: the employee's, or what process it was."""
    actors = set(actors)
    numbers = {one: int(one.removeprefix("employee:")) for one in actors if one.startswith("employee:")}
    known = organisation.names(numbers.values()) if numbers else {}
    return {one: known.get(numbers[one], "") if one in numbers else _process(one) for one in actors}


def name_of(actor: str) -> str:
    """One of them."""
    return names_of([actor])[actor]


def _process(actor: str) -> str:
    if actor == "system:profile":
        return gettext("profilen")
    return gettext("systemet") if actor.startswith("system:") else actor.partition(":")[2] or actor
