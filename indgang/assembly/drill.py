"""`make drill`: kills, faults and closed logs on a started Indgang; ends with 1 if anything fails."""

import argparse
import sys
from collections.abc import Sequence

from indgang.assembly.drill_closed import fails_closed
from indgang.assembly.drill_lost import Size, check_work, nothing_lost
from indgang.assembly.drill_mails import bad_mails, flood_is_filed
from indgang.assembly.drill_outage import outages
from indgang.assembly.drill_report import Report
from indgang.assembly.drill_summer import summer_time
from indgang.assembly.drill_system import NotStarted, System, start, stop
from indgang.assembly.drill_twice import everything_twice

PARTS = ("lost", "faults", "closed")


def main(given: Sequence[str] | None = None) -> int:
    """Run the parts asked for; all of them without arguments."""
    arguments = _arguments(given)
    report = Report()
    for part in arguments.parts or PARTS:
        with report.part(part):
            _on_a_system(part, report, keep=arguments.keep)
    return 1 if report.failures else 0


def _on_a_system(part: str, report: Report, *, keep: bool) -> None:
    try:
        system = start()
    except NotStarted as why:
        report.check("indgang up", False, why)
        return
    try:
        _run(part, system, report)
    finally:
        stop(system, keep=keep)
        if keep:
            report.say(f"kept: {system.data}")


def _run(part: str, system: System, report: Report) -> None:
    if part == "lost":
        nothing_lost(system, report, Size())
    elif part == "closed":
        fails_closed(system, report)
    else:
        faults(system, report)


def faults(system: System, report: Report) -> None:
    """Every fault by itself on one system; the flood is counted when all others are through."""
    for work in (everything_twice, outages, bad_mails, flood_is_filed, summer_time, check_work):
        with report.part(f"faults: {work.__name__.replace('_', ' ')}"):
            work(system, report)


def _arguments(given: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m indgang.assembly.drill", description=__doc__)
    parser.add_argument("parts", nargs="*", choices=PARTS, metavar="PART", help=f"only these: {', '.join(PARTS)}")
    parser.add_argument("--keep", action="store_true", help="keep the data folder for reading")
    return parser.parse_args(given)


if __name__ == "__main__":
    sys.exit(main())
