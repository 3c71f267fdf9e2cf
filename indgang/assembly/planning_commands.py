"""The planner's commands: pure calculations that need no database, and the counting of the daily facts."""

import argparse
import dataclasses
import math
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from indgang.assembly.database import CommandRefused, running_database
from indgang.foundation.runtime.errors import DomainError

if TYPE_CHECKING:
    from indgang.desks.planning.policy import Forecaster

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

    _add_forecast(add("forecast", told(forecast), "forecast counts by interval, and hold it against the past"))
    _add_roster(add("roster", told(roster), "shifts that cover a need, and who works them"))
    simulating = add("simulate", told(simulate), "play a scenario with the production routing policy")
    simulating.add_argument("scenario", metavar="FILE", help="a scenario as JSON; - reads standard input")
    simulating.add_argument("--processes", type=int, metavar="N", help="at once; all processors unless given")
    counting = add(
        "count-facts", told(count_facts), "count the daily facts from the journal (done every quarter of an hour)"
    )
    counting.add_argument("--anew", action="store_true", help="throw them away first, and count everything again")
    _add_staffing(add("staffing", told(staffing), "agents needed for a demand and a target (Erlang C, A)"))


def _django() -> None:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "indgang.assembly.settings")
    django.setup()


def _in_english(refusal: DomainError) -> str:
    from django.utils import translation

    _django()
    with translation.override("en"):
        return f"{refusal.code} {refusal.field or ''}: {refusal}"


def count_facts(arguments: Arguments) -> tuple[dict[str, int], str]:
    """What came in by half-hour, entrance, task group and unit, as planning reads it."""
    from indgang.assembly import settings

    with running_database(settings.DATA, "indgang count-facts"):
        _django()
        from indgang.desks.insight import services as insight
        from indgang.foundation.access.values import system
        from indgang.foundation.runtime import clock

        if arguments.anew:
            insight.forget(viewer=system("count-facts"), at=clock.now())
        read = insight.count()
    return {"events": read}, f"{read} events of the journal are counted."


def staffing(arguments: Arguments) -> tuple[dict[str, Any], str]:
    """The fewest agents that reach a target, or what a given number reaches, by Erlang C or (with patience) A."""
    from indgang.desks.planning.policy import Demand, staffing_for

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


def forecast(arguments: Arguments) -> tuple[Any, str]:
    """Forecast the days after the last one of a CSV file; with --backtest, how well past days were told."""
    from indgang.desks.planning.policy import Forecaster, read_counts

    if arguments.compare and not arguments.backtest:
        raise CommandRefused("--compare holds past days against each other; say how many, such as --backtest 28d.")
    counts = read_counts(_bytes(arguments.input), arguments.interval)
    forecaster = Forecaster(counts)
    if arguments.backtest:
        return _proved(forecaster, arguments.backtest, arguments.compare)
    told = forecaster.days_ahead(arguments.horizon)
    rows = [{**dataclasses.asdict(one), "start": one.start.isoformat()} for one in told]
    lines = _noted(counts.notes) + [
        f"{one.start:%Y-%m-%d %H:%M}  {one.mean:8.1f}  ({one.p10:.1f} to {one.p90:.1f})" for one in told
    ]
    return rows, "\n".join(lines)


def _proved(forecaster: "Forecaster", days: int, compare: str | None) -> tuple[dict[str, Any], str]:
    """The last days told again, and, when asked for, by models of statsforecast."""
    from indgang.desks.planning.policy import beside

    others = beside.backtest(forecaster, days) if compare else []
    facts = dataclasses.asdict(forecaster.backtest(days))
    told = "WAPE {wape:.2%} ({naive_wape:.2%} for the mean of four same weekdays), by day {day_wape:.2%}; "
    told += "{coverage80:.0%} of {n} intervals in the band"
    words = [told.format(**facts)]
    words += [f"statsforecast {one.model}: WAPE {one.wape:.2%}, by day {one.day_wape:.2%}" for one in others]
    return {**facts, **({compare: [dataclasses.asdict(one) for one in others]} if compare else {})}, "\n".join(words)


def _noted(notes: list[dict[str, Any]]) -> list[str]:
    if not notes:
        return []
    _django()
    from django.utils import translation

    from indgang.desks.planning.values import note_in_words

    with translation.override("en"):
        return [note_in_words(note) for note in notes]


def _bytes(name: str) -> bytes:
    try:
        return sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
    except OSError as error:
        raise CommandRefused(f"{name} cannot be read: {error.strerror}.") from None


def _add_forecast(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--input", required=True, metavar="FILE", help="CSV with start and count; - reads standard input"
    )
    command.add_argument("--interval", type=int, default=30, metavar="MINUTES")
    command.add_argument("--horizon", type=_days, default=7, metavar="DAYS", help="such as 5d")
    command.add_argument("--backtest", type=_days, metavar="DAYS", help="such as 40d")
    command.add_argument(
        "--compare", choices=["statsforecast"], help="with --backtest: the same days told by that package, if installed"
    )


def _days(text: str) -> int:
    number = text.removesuffix("d")
    if not number.isdigit() or not 1 <= int(number) <= 730:
        raise argparse.ArgumentTypeError(f"{text!r} is no number of days from 1 to 730; write it like 5d")
    return int(number)


def roster(arguments: Arguments) -> tuple[dict[str, Any], str]:
    """Shifts that cover a need at the lowest cost; with employees, who works them by the rules of working time."""
    from indgang.desks.planning import policy

    needs, patterns = policy.read_need(_text(arguments.need)), policy.read_patterns(_text(arguments.patterns))
    if arguments.employees:
        staff = policy.read_employees(_text(arguments.employees))
        found = policy.plan_names(needs, patterns, staff, seconds=arguments.seconds)
    else:
        found = policy.plan_shifts(needs, patterns, most_people=arguments.most_people)
    facts = {
        "status": found.status,
        "cost": found.cost,
        "uncovered": found.uncovered,
        "shifts": [{**dataclasses.asdict(one), "day": one.day.isoformat()} for one in found.shifts],
        "gaps": [_gap(one) for one in found.gaps],
        "gap_to_best": found.gap_to_best,
        "hours": found.hours,
        "wishes_missed": list(found.wishes_missed),
    }
    lines = [f"{one.day} {one.pattern}: {one.employee or one.count}" for one in found.shifts]
    lines += [f"{one.need.start:%Y-%m-%d %H:%M} {one.missing} missing: {one.why}" for one in found.gaps]
    return facts, "\n".join([*lines, f"{found.status}, cost {found.cost:g}, {found.uncovered} intervals uncovered"])


def _gap(gap: Any) -> dict[str, Any]:
    need = gap.need
    return {"start": need.start.isoformat(), "competence": need.competence, "missing": gap.missing, "why": gap.why}


def _add_roster(command: argparse.ArgumentParser) -> None:
    for name, needed in (("need", True), ("patterns", True), ("employees", False)):
        command.add_argument(f"--{name}", required=needed, metavar="FILE", help="CSV; see docs/algorithms/roster.md")
    command.add_argument("--most-people", type=int, metavar="N", help="at work on one day (without employees)")
    command.add_argument("--seconds", type=_number, default=60.0, metavar="N", help="to look for better plans at most")


def simulate(arguments: Arguments) -> tuple[dict[str, Any], str]:
    """Play a scenario on a virtual clock; several replications give confidence intervals."""
    _django()
    from indgang.core.routing import services as routing

    scenario = routing.parse_scenario(_text(arguments.scenario))
    result = routing.run_scenario(scenario, progress=_progress_bar(arguments), processes=arguments.processes)
    lines = [_told(one) for one in result.streams]
    lines += [f"{one.name}: occupied {one.occupancy:.1%} of {one.staffed_hours:.0f} hours" for one in result.crews]
    lines.append(f"{result.contacts} contacts, {result.contacts_per_second:,.0f} a second")
    return routing.scenario_facts(result), "\n".join(lines)


def _told(one: Any) -> str:
    if one.never:
        return f"{one.name}: {one.arrived} came, NOBODY can ever take them ({one.never})"
    served = f"{one.answered} answered, {one.abandoned} gave up, {one.left_waiting} still wait"
    waits = f"mean wait {one.mean_wait:.1f} s, 95 % within {one.p95_wait:.1f} s, target met {one.service_level:.1%}"
    return f"{one.name}: {one.arrived} came, {served}; {waits}"


def _progress_bar(arguments: Arguments) -> Callable[[float], None] | None:
    """On a terminal only, beside the answer."""
    if arguments.json or not sys.stderr.isatty():
        return None

    def show(share: float) -> None:
        sys.stderr.write(f"\r[{'#' * round(share * 40):40}] {share:4.0%}" + ("\n" if share >= 1 else ""))

    return show


def _text(name: str) -> str:
    if name == "-":
        return sys.stdin.read()
    try:
        return Path(name).read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise CommandRefused(f"{name} is not UTF-8; save it as UTF-8.") from None
    except OSError as error:
        raise CommandRefused(f"{name} cannot be read: {error.strerror}.") from None


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
    from indgang.desks.planning.policy import Target

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
