"""Two registers asked about one person, beside a bare socket that asks both: all well, and while one of them hangs.

    .venv/bin/python benchmarks/registers.py [--rounds 200]

The registers are the simulated ones, each a process of its own. The bare socket asks the same questions over kept
connections, one after the other, and knows neither access log nor memory; with one that hangs it would wait for ever.
"""

import argparse
import json
import shutil
import socket
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import uuid4

from _report import Report, median, p
from _start import database, new_folder

DEADLINE_MS, ROOM_MS = 800.0, 60.0  # what a page waits at most, and what the rest of the question may take
PAUSED_MS = 60.0


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=200)
    rounds = parser.parse_args().rounds
    report, folder = Report("registers"), new_folder()
    try:
        with database():
            measure(rounds, folder, report)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return report.end()


def measure(rounds: int, folder: Path, report: Report) -> None:
    from indgang.foundation.access.values import Actor, Purpose, Right, Viewer
    from indgang.foundation.registers import selectors, services
    from indgang.foundation.registers.testing import BENTE, end_pause, registers
    from indgang.foundation.registers.values import Subject
    from indgang.foundation.runtime import clock

    actor = Actor(1, 1, 1, "ØKF", frozenset({"agent"}), (Right(3, group="moving"),), {"moving": 3})
    agent = Viewer(kind="staff", name="employee:1", actor=actor, account=1)
    person, present = Subject(uuid4(), BENTE), Purpose("reason", "citizen_present")

    def ask() -> dict[str, Any]:
        return services.ask_all(person, selectors.sources(), agent, present, clock.now())

    with registers(folder) as running:
        bare = Bare({name: int(process.url.rsplit(":", 1)[1]) for name, process in running.items()}, BENTE)
        usual = all_well(rounds, ask, bare, report)
        running["cpr"].behave("hang")
        first = timed(ask, 3)  # then it is left alone
        report.at_most("ask_all while one hangs, each of the first three", max(first), DEADLINE_MS + ROOM_MS, "ms")
        answers = ask()
        report.must(answers["cpr"].is_stale and answers["income"].is_fresh, "one that hangs took the other with it")
        paused = timed(ask, max(rounds // 10, 10))
        report.at_most("ask_all while one that hangs is left alone, p50", median(paused), PAUSED_MS, "ms")
        end_pause("cpr")
        tried = timed(ask, 1)[0]
        report.at_most("ask_all, the one that tries whether it is back", tried, DEADLINE_MS + ROOM_MS, "ms")
        lost = sum(max(one - usual, 0.0) for one in [*first, *paused])
        report.add(f"time lost to the one that hangs, {len(first) + len(paused)} questions", f"{lost:.0f} ms")


def all_well(rounds: int, ask: Callable[[], dict[str, Any]], bare: "Bare", report: Report) -> float:
    """Both beside each other while every register answers; our median."""
    answers = ask()
    report.must(all(one.is_fresh for one in answers.values()), "a register that is well did not answer")
    report.must(answers["cpr"].facts["name"] == bare.ask(), "the two did not get the same answer")
    raw, ours = timed(bare.ask, rounds), timed(ask, rounds)
    report.add("a bare socket, three questions in turn, p50", f"{median(raw):.1f} ms")
    times = f"{median(ours) / median(raw):.1f} x bare"
    report.add("ask_all of two registers, all well, p50", f"{median(ours):.1f} ms", times)
    report.at_most("ask_all of two registers, all well, p95", p(ours, 0.95), 100, "ms")
    return median(ours)


class Bare:
    """The same questions, without anything around them."""

    def __init__(self, ports: dict[str, int], cpr: str) -> None:
        from indgang.foundation.registers.income.client import months_before
        from indgang.foundation.runtime import clock

        now = clock.now()
        first, last = months_before(now)
        self._sockets = {name: socket.create_connection(("127.0.0.1", port)) for name, port in ports.items()}
        self._questions = [
            ("cpr", "/personbasedata", {"personnummer": cpr}),
            ("income", "/forskudsopgoerelse", {"personnummer": cpr, "indkomstaar": clock.local(now).year}),
            ("income", "/indkomster", {"personnummer": cpr, "fra": first, "til": last}),
        ]

    def ask(self) -> str:
        """The name CPR gives."""
        found = [self._one(*question) for question in self._questions]
        return str(found[0]["persondata"]["navn"])

    def _one(self, name: str, path: str, body: dict[str, object]) -> Any:
        content = json.dumps(body).encode()
        head = f"POST {path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer noegle-til-proeven\r\n"
        self._sockets[name].sendall(f"{head}Content-Length: {len(content)}\r\n\r\n".encode() + content)
        got = b""
        while b"\r\n\r\n" not in got:
            got += self._sockets[name].recv(65_536)
        head_got, _, rest = got.partition(b"\r\n\r\n")
        [size] = [int(line[15:]) for line in head_got.split(b"\r\n") if line.startswith(b"Content-Length:")]
        while len(rest) < size:
            rest += self._sockets[name].recv(65_536)
        return json.loads(rest)


def timed(work: Callable[[], object], rounds: int) -> list[float]:
    """Milliseconds of each."""
    found = []
    for _ in range(rounds):
        begun = time.perf_counter()
        work()
        found.append((time.perf_counter() - begun) * 1000)
    return found


if __name__ == "__main__":
    sys.exit(main())
