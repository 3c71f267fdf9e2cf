"""Kills the processes of a system one after the other at random moments, and remembers when."""

import random
import threading
import time
from dataclasses import dataclass, field

from indgang.assembly.drill_system import PROCESSES, System

_GROWN_UP = 2.5  # seconds a process has had to begin its work before it is killed again


@dataclass
class Killer:
    """kill -9, each process as often as asked, in a random order; only children of our own supervisor."""

    system: System
    times: int
    pause: tuple[float, float]
    names: tuple[str, ...] = PROCESSES
    seed: int = 7
    kills: list[tuple[float, str]] = field(default_factory=list)
    finished: threading.Event = field(default_factory=threading.Event)

    def run(self, stopping: threading.Event) -> None:
        """All rounds; every round kills every process once."""
        chance = random.Random(self.seed)  # noqa: S311
        for _ in range(self.times):
            order = list(self.names)
            chance.shuffle(order)
            for name in order:
                if stopping.wait(chance.uniform(*self.pause)):
                    return
                self._kill(name, stopping)
        self.finished.set()

    def count(self, name: str) -> int:
        """How often this one was killed."""
        return sum(1 for _, killed in self.kills if killed == name)

    def _kill(self, name: str, stopping: threading.Event) -> None:
        until = time.monotonic() + 90
        while not stopping.is_set() and time.monotonic() < until:
            begun = next((at for at, killed in reversed(self.kills) if killed == name), 0.0)
            if time.monotonic() - begun > _GROWN_UP and self.system.kill(name):
                self.kills.append((time.monotonic(), name))
                return
            time.sleep(0.05)


def acknowledged_just_before(kills: list[tuple[float, str]], moments: list[float], seconds: float = 1.0) -> int:
    """How many acknowledgements fell within so many seconds before some kill."""
    return sum(1 for moment in moments if any(0 <= at - moment <= seconds for at, _ in kills))
