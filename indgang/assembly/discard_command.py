"""`indgang discard`: which aged cases may be deleted, and why others stay; deleted when a person has approved it."""

import argparse
import dataclasses
from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

from indgang.assembly.database import CommandRefused
from indgang.foundation.runtime.errors import DomainError

Arguments = argparse.Namespace
Add = Callable[[str, Callable[[Arguments], int], str], argparse.ArgumentParser]
Answer = Callable[[Arguments, Any, str], int]
SHOWN = 20  # lines of a list in words; --json has a thousand
_MOST = 1000
_WHERE = "A person approves it at /arbejdsplads/kassation"


def add_to(add: Add, answer: Answer, started: Callable[[str], Any]) -> None:
    """Add the command; `answer` prints facts or words, `started` gives the database and Django."""

    def command(arguments: Arguments) -> int:
        with started("indgang discard"):
            try:
                facts, words = discard(arguments)
            except DomainError as refusal:
                raise CommandRefused(_in_english(refusal)) from None
        return answer(arguments, facts, words)

    command.__doc__ = discard.__doc__
    parser = add("discard", command, "list the aged cases that may be deleted; delete an approved list")
    parser.add_argument("--before", type=_day, metavar="DAY", help="cases closed before this day; today unless given")
    one = parser.add_mutually_exclusive_group()
    one.add_argument("--show", type=_list, metavar="LIST", help="an earlier list instead of a new one")
    one.add_argument(
        "--approve", type=_list, metavar="LIST", help="delete what this list says; a person has approved it"
    )


def discard(arguments: Arguments) -> tuple[dict[str, Any], str]:
    """List the closed cases that have aged: what would go, what stays and why. Nothing is deleted.

    A person approves the list on its page; with --approve it is then deleted, each case judged once more.
    """
    if arguments.approve is not None:
        return _deleted(arguments.approve)
    from indgang.core.cases import services
    from indgang.foundation.runtime import clock

    if arguments.show is not None:
        return _told(arguments.show)
    at = clock.now()
    made = services.report_discard(cut_off=arguments.before or clock.local(at).date(), viewer=_keeper(), at=at)
    return _told(made.id)


def _told(run: UUID) -> tuple[dict[str, Any], str]:
    from indgang.core.cases import selectors

    found = selectors.discard_report(_keeper(), run, _MOST)
    lines = [f"List {found.id}: cases closed before {found.cut_off}, {found.state}."]
    lines += [f"  {line.number}  {'GOES ' if line.goes else 'stays'}  {line.why}" for line in found.lines[:SHOWN]]
    if found.goes + found.stays > SHOWN:
        lines.append(f"  … {found.goes + found.stays - SHOWN} more; --json tells them.")
    lines.append(f"{found.goes} go, {found.stays} stay, {found.deleted} are deleted.")
    if found.state == "reported":
        lines.append(f"{_WHERE}; then: indgang discard --approve {found.id}")
    return dataclasses.asdict(found), "\n".join(lines)


def _deleted(run: UUID) -> tuple[dict[str, Any], str]:
    from indgang.core.cases import selectors, services
    from indgang.foundation.runtime import clock

    found = selectors.discard_report(_keeper(), run, 0)
    if found.state == "reported":
        raise CommandRefused(f"List {run} is not approved. {_WHERE}/{run}; nothing was deleted.")
    done = services.run_discard(run_id=run, viewer=_keeper(), at=clock.now())
    facts = {"list": str(run), "approved_by": found.approved_by, **dataclasses.asdict(done)}
    return facts, f"{done.cases} cases are deleted, {done.stayed} stayed after all; {done.files} files go with them."


def _keeper() -> Any:
    from indgang.foundation.access.values import system

    return system("discarding")


def _in_english(refusal: DomainError) -> str:
    from django.utils import translation

    with translation.override("en"):
        return f"{refusal.code}: {refusal}"


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no day; write it as 2020-12-31") from None


def _list(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no list; `indgang discard` says its number") from None
