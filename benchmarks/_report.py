"""The table every benchmark prints, and the figures it keeps for docs/benchmarks.md.

A target that is missed ends in a line "MISSED: …", never in an exit code: machines are noisy. A wrong result (an item
assigned twice, a row that differs) is a `fault` and ends the script with 1.
"""

import json
import os
import platform
import statistics
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

KEPT = Path(__file__).resolve().parents[1] / "var" / "benchmarks.json"


@dataclass
class Report:
    """Rows of one script: what was measured, the value, and what was wished for."""

    name: str
    rows: list[tuple[str, str, str, str]] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def add(self, what: str, value: str, target: str = "", *, met: bool | None = None) -> None:
        """One figure; `met` says whether it reached its target."""
        self.rows.append((what, value, target, "" if met is None else "yes" if met else "no"))
        if met is False:
            self.missed.append(f"{what}: {value}, wanted {target}")

    def at_most(self, what: str, value: float, limit: float, unit: str = "", *, digits: int = 1) -> None:
        """A figure with an upper limit."""
        self.add(what, _number(value, unit, digits), f"<= {_number(limit, unit, digits)}", met=value <= limit)

    def at_least(self, what: str, value: float, limit: float, unit: str = "", *, digits: int = 0) -> None:
        """A figure with a lower limit."""
        self.add(what, _number(value, unit, digits), f">= {_number(limit, unit, digits)}", met=value >= limit)

    def must(self, right: bool, what: str) -> None:
        """A result that must be right whatever the machine."""
        if not right:
            self.faults.append(what)

    def end(self) -> int:
        """Print the table and the last lines, keep the figures; the script's exit code."""
        self.add("load average of the machine at the end", f"{os.getloadavg()[0]:.1f}")
        width = max(len(row[0]) for row in self.rows)
        for what, value, target, _met in self.rows:
            print(f"{what:<{width}}  {value:>14}  {target}".rstrip())
        for sentence in self.faults:
            print(f"WRONG: {sentence}")
        for sentence in self.missed:
            print(f"MISSED: {sentence}")
        if not self.missed and not self.faults:
            print("ok")
        self._keep()
        return 1 if self.faults else 0

    def _keep(self) -> None:
        kept = json.loads(KEPT.read_text()) if KEPT.exists() else {}
        kept[self.name] = {
            "at": datetime.now(UTC).isoformat(timespec="minutes"),
            "machine": machine(),
            "rows": self.rows,
            "faults": self.faults,
        }
        KEPT.parent.mkdir(parents=True, exist_ok=True)
        KEPT.write_text(json.dumps(kept, ensure_ascii=False, indent=1) + "\n")


def machine() -> str:
    """Cores, memory, system and Python of this machine."""
    release = Path("/etc/os-release")
    facts = dict(line.split("=", 1) for line in release.read_text().splitlines() if "=" in line)
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    system = f"{facts.get('NAME', '').strip(chr(34))} {facts.get('VERSION_ID', '').strip(chr(34))}"
    return f"{os.cpu_count()} cores, {memory:.0f} GiB, {system}, Python {platform.python_version()}"


def p(values: Sequence[float], share: float) -> float:
    """The value below which that share of the values lies."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def median(values: Sequence[float]) -> float:
    return statistics.median(values)


def _number(value: float, unit: str, digits: int) -> str:
    return f"{value:.{digits}f} {unit}".strip()
