"""What Indgang costs when nobody is there: memory of all its processes, and how long a start takes.

    .venv/bin/python benchmarks/idle.py [--seconds 30]

A cold start makes the database, loads the profile and invents the demo town; a warm one finds all that. Installing
(`make setup`) is not part of it.
"""

import argparse
import shutil
import sys
import time

from _processes import PROGRAMS, Memory, children, memory, program
from _report import Report
from _start import System, new_folder, system


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=30)
    seconds = parser.parse_args().seconds
    report, folder = Report("idle"), new_folder()
    try:
        with system(folder, keep=True) as cold:
            report.add("cold `indgang up`, new data folder, to healthy", f"{cold.seconds:.1f} s")
            time.sleep(seconds)
            show(report, cold)
        with system(folder, keep=True) as warm:
            report.add("warm `indgang up`, same data folder, to healthy", f"{warm.seconds:.1f} s")
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return report.end()


def show(report: Report, running: System) -> None:
    """Each program with its own children; pages used together are counted once in PSS."""
    found: dict[str, list[Memory]] = {}
    for number in [running.process.pid, *children(running.process.pid)]:
        held = memory(number)
        if held is not None:
            found.setdefault(program(number), []).append(held)
    for name in (name for name in PROGRAMS if name in found):
        rss, pss = (sum(getattr(one, kind) for one in found[name]) for kind in ("rss", "pss"))
        report.add(f"idle memory of {name} ({len(found[name])} processes)", f"{pss:.0f} MB PSS", f"{rss:.0f} MB RSS")
    whole = [one for held in found.values() for one in held]
    report.add(
        f"idle memory of all {len(whole)} processes",
        f"{sum(one.pss for one in whole):.0f} MB PSS",
        f"{sum(one.rss for one in whole):.0f} MB RSS",
    )
    report.must(set(found) == set(PROGRAMS), f"not running: {sorted(set(PROGRAMS) - set(found))}")


if __name__ == "__main__":
    sys.exit(main())
