"""What a drill says: one line per check, and whether all was well."""

import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass
class Report:
    """Lines as they come; `failures` decides the exit code."""

    failures: list[str] = field(default_factory=list)
    checks: int = 0
    _begun: float = field(default_factory=time.monotonic)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def check(self, what: str, fine: bool, said: object = "") -> bool:
        """One thing that must be so."""
        with self._lock:
            self.checks += 1
            if not fine:
                self.failures.append(what)
            self._line(f"{'ok  ' if fine else 'FAIL'}  {what}" + (f": {said}" if said != "" else ""))
        return fine

    def say(self, text: str) -> None:
        """A line that is no check."""
        with self._lock:
            self._line(f"      {text}")

    @contextmanager
    def part(self, name: str) -> Iterator[None]:
        """A group of checks. A fault of the drill itself is a failure of the part and never hides the other parts."""
        begun = time.monotonic()
        self.say(f"== {name}")
        try:
            yield
        except (OSError, RuntimeError, LookupError, ValueError, AttributeError, TypeError, ArithmeticError) as fault:
            self.check(f"{name} (the drill itself)", False, f"{type(fault).__name__}: {fault}")
        finally:
            self.say(f"   {time.monotonic() - begun:.0f} s")

    def _line(self, text: str) -> None:
        sys.stdout.write(f"{time.monotonic() - self._begun:6.1f} s  {text}\n")
        sys.stdout.flush()
