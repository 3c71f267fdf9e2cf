"""The planner's commands: pure calculations that need no database."""

import argparse
import dataclasses
import math
import os
from collections.abc import Callable
from typing import Any

from indgang.assembly.database import CommandRefused
from indgang.foundation.runtime.errors import DomainError

Arguments = argparse.Namespace
Add = Callable[[str, Callable[[Arguments], int], str], argparse.ArgumentParser]
Answer = Callable[[Arguments, Any, str], int]


def add_to(add: Add, answer: Answer) -> None:
    """Add the planner's commands to the command line; `answer` prints facts or words."""

    def told(run: Callable[[Arguments], tuple[Any, str]]) -> Callable[[Arguments], int]:
        def command(arguments: Arguments) -> int:
            try:
                facts, words = run(arguments)
            except DomainError as refusal:
                raise CommandRefused(_in_english(refusal)) from None
            return answer(arguments, facts, words)

        command.__doc__ = run.__doc__
        return command

    _add_staffing(add("staffing", told(staffing), "agents needed for a demand and a target (Erlang C, A)"))


def _in_english(refusal: DomainError) -> str:
    import django
    from django.utils import translation

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "indgang.assembly.settings")
    django.setup()
    with translation.override("en"):
        return f"{refusal.code} {refusal.field or ''}: {refusal}"


def staffing(arguments: Arguments) -> tuple[dict[str, Any], str]:
    """The fewest agents that reach a target, or what a given number reaches, by Erlang C or (with patience) A."""
    from indgang.desks.planning.staffing import Demand, staffing_for

    demand = Demand(arguments.arrivals_per_hour, arguments.handling, arguments.patience)
    found = staffing_for(
        demand,
        arguments.target,
        shrinkage=arguments.shrinkage,
        max_occupancy=arguments.max_occupancy,
        agents=arguments.agents,
    )
    figures = {name: _finite(value) for name, value in dataclasses.asdict(found.figures).items()}
    facts = {"model": figures.pop("model"), "agents": found.agents, "positions": found.positions, **figures}
    share = f"{found.figures.service_level:.1%} within {arguments.target.within:g} s"
    words = f"{found.agents} agents at work, {found.positions} planned: {share} (Erlang {facts['model']})."
    return facts, words


def _finite(value: float | str) -> float | str | None:
    """JSON has no infinity; a wait without end is null."""
    return None if isinstance(value, float) and math.isinf(value) else value


def _add_staffing(command: argparse.ArgumentParser) -> None:
    command.add_argument("--arrivals-per-hour", type=_number, required=True, metavar="N")
    command.add_argument("--handling", type=_number, required=True, metavar="SECONDS", help="mean, wrap-up included")
    command.add_argument("--patience", type=_number, metavar="SECONDS", help="mean; none given: all wait (Erlang C)")
    command.add_argument("--target", type=_target, required=True, metavar="SHARE/SECONDS", help="such as 0.8/20")
    command.add_argument("--shrinkage", type=_number, default=0.0, metavar="SHARE")
    command.add_argument("--max-occupancy", type=_number, default=1.0, metavar="SHARE")
    command.add_argument("--agents", type=int, metavar="N", help="the figures for this many instead")


def _target(text: str) -> Any:
    from indgang.desks.planning.staffing import Target

    share, _, within = text.partition("/")
    try:
        return Target(float(share), float(within))
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no target; write a share and seconds like 0.8/20") from None


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no number; write it like 0.3") from None
