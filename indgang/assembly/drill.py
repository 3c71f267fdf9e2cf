"""`make drill`: kills, faults and closed logs on a started Indgang; ends with 1 if anything fails."""

import argparse
import sys
from collections.abc import Callable, Sequence

from indgang.assembly.drill_closed import fails_closed
from indgang.assembly.drill_lost import Size, check_work, nothing_lost
from indgang.assembly.drill_mails import bad_mails, flood_is_filed
from indgang.assembly.drill_outage import outages
from indgang.assembly.drill_report import Report
from indgang.assembly.drill_summer import summer_time
from indgang.assembly.drill_system import NotStarted, System, start, stop
from indgang.assembly.drill_twice import everything_twice

Work = Callable[[System, Report], None]


def all_killed(system: System, report: Report) -> None:
    """The full size of the kills."""
    nothing_lost(system, report, Size())


# Parts that share a system, in order; the flood is counted when all other faults are through.
SYSTEMS: tuple[dict[str, tuple[Work, ...]], ...] = (
    {"lost": (all_killed,)},
    {
        "closed": (fails_closed,),
        "faults": (everything_twice, outages, bad_mails, flood_is_filed, summer_time, check_work),
    },
)
PARTS = [part for parts in SYSTEMS for part in parts]


def main(given: Sequence[str] | None = None) -> int:
    """Run the parts asked for; all of them without arguments."""
    arguments = _arguments(given)
    report = Report()
    for parts in SYSTEMS:
        works = [work for part, works in parts.items() if part in (arguments.parts or PARTS) for work in works]
        if works:
            _on_a_system(works, report, keep=arguments.keep)
    failures = f"; failed: {', '.join(report.failures)}" if report.failures else ""
    report.say(f"{report.checks} checks, {len(report.failures)} failures{failures}")
    return 1 if report.failures else 0


def _on_a_system(works: list[Work], report: Report, *, keep: bool) -> None:
    try:
        system = start()
    except NotStarted as why:
        report.check("indgang up", False, why)
        return
    report.say(f"Indgang runs on {system.data}")
    try:
        for work in works:
            with report.part(work.__name__.replace("_", " ")):
                work(system, report)
    finally:
        stop(system, keep=keep)


def _arguments(given: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m indgang.assembly.drill", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"only these: {', '.join(PARTS)}")
    parser.add_argument("--keep", action="store_true", help="keep the data folder for reading")
    arguments = parser.parse_args(given)
    if unknown := set(arguments.parts) - set(PARTS):
        parser.error(f"there is no part {', '.join(sorted(unknown))}; choose from {', '.join(PARTS)}")
    return arguments


if __name__ == "__main__":
    sys.exit(main())
