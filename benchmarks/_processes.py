"""What processes cost, read from /proc: CPU time and memory (Linux)."""

import os
from dataclasses import dataclass
from pathlib import Path

PROGRAMS = {  # of a started system, by what stands in their command lines
    "web": "indgang.assembly.wsgi:application",
    "live": "indgang.assembly.live:application",
    "worker": "indgang.assembly.commands worker",
    "mailroom": "indgang.assembly.commands mailroom",
    "dispatcher": "indgang.assembly.commands dispatcher",
    "simulators": "indgang.assembly.commands simulators",
    "cpr": "indgang.foundation.registers.cpr.simulator",
    "income": "indgang.foundation.registers.income.simulator",
    "database": "postgres",
    "supervisor": "",
}


@dataclass(frozen=True)
class Memory:
    """Resident memory and its proportional share (pages used together counted once), in MB."""

    rss: float
    pss: float


def children(number: int) -> list[int]:
    """The process's descendants."""
    below: dict[int, list[int]] = {}
    for path in Path("/proc").iterdir():
        if path.name.isdigit() and (parent := _parent(int(path.name))):
            below.setdefault(parent, []).append(int(path.name))
    found, open_ends = [], [number]
    while open_ends:
        young = below.get(open_ends.pop(), [])
        found += young
        open_ends += young
    return found


def cpu_ms(numbers: list[int]) -> dict[int, float]:
    """CPU time each process has used until now, all its threads."""
    found = {}
    for number in numbers:
        try:
            times = [(path / "schedstat").read_text().split()[0] for path in Path(f"/proc/{number}/task").iterdir()]
        except OSError:
            continue  # it ended
        found[number] = sum(int(time) for time in times) / 1e6
    return found


def own_cpu_ms() -> float:
    return sum(cpu_ms([os.getpid()]).values())


def memory(number: int) -> Memory | None:
    """None when it ended or may not be read."""
    try:
        lines = Path(f"/proc/{number}/smaps_rollup").read_text().splitlines()[1:]
    except OSError:
        return None
    facts = {line.split(":")[0]: float(line.split()[1]) / 1024 for line in lines}
    return Memory(facts["Rss"], facts["Pss"])


def command(number: int) -> str:
    try:
        return Path(f"/proc/{number}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    except OSError:
        return ""


def program(number: int) -> str:
    """Which of our programs a process of a started system belongs to."""
    return next(name for name, sign in PROGRAMS.items() if sign in command(number))


def cpu_by_program(leader: int) -> dict[str, float]:
    """CPU-ms of each program of a started system until now."""
    numbers = [leader, *children(leader)]
    used = cpu_ms(numbers)
    found: dict[str, float] = {}
    for number in used:
        found[program(number)] = found.get(program(number), 0.0) + used[number]
    return found


def _parent(number: int) -> int:
    try:
        return int(Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[1])
    except OSError:
        return 0
