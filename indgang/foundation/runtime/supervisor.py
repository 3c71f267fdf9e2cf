"""Starts every process as a child, restarts what dies, stops all in order; nothing survives even its kill -9."""

import contextlib
import ctypes
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from types import FrameType
from typing import Any

from indgang.foundation.runtime.cluster_home import ClusterError

GRACE_SECONDS = 10.0
_FIRST_PAUSE, _LONGEST_PAUSE = 0.2, 20.0
_SETTLED_SECONDS = 20.0
_TICK = 0.1
_PR_SET_PDEATHSIG = 1

Launch = Callable[..., "subprocess.Popen[bytes]"]


@dataclass(frozen=True)
class Program:
    """One process to keep running."""

    name: str
    launch: Launch  # takes Popen's options
    prepare: Callable[[], None] = lambda: None
    stop_signal: signal.Signals = signal.SIGTERM
    orphan_signal: signal.Signals = signal.SIGKILL  # what it gets when the supervisor itself is killed
    longest_pause: float = _LONGEST_PAUSE


@dataclass
class _Child:
    program: Program
    process: "subprocess.Popen[bytes] | None" = None
    started: float = 0.0
    failures: int = 0
    next_try: float = field(default=0.0)


class Stopped(Exception):
    """The supervisor was asked to stop while something waited."""


class Supervisor:
    """Keeps programs running in the order they were added; stops them in the order given to `stop`."""

    def __init__(self) -> None:
        self._children: dict[str, _Child] = {}
        self._asked_to_stop = False

    def listen_to_signals(self) -> None:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._on_signal)

    def add(self, program: Program) -> None:
        """Start this program and keep it running."""
        child = _Child(program)
        self._children[program.name] = child
        self._start(child)

    def pids(self) -> dict[str, int]:
        return {name: child.process.pid for name, child in self._children.items() if child.process}

    def wait_until(self, done: Callable[[], bool], seconds: float) -> bool:
        """Keep everything running until `done`, at most so long; raises Stopped when asked to stop."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            self._tick()
            if done():
                return True
            time.sleep(_TICK)
        return False

    def run(self) -> None:
        """Keep everything running until asked to stop."""
        try:
            while True:
                self._tick()
                time.sleep(_TICK)
        except Stopped:
            return

    def stop(self, order: list[str]) -> None:
        """Stop all, those named first in this order; each has ten seconds to finish what it does."""
        known = [name for name in order if name in self._children]
        for name in [*known, *(n for n in reversed(list(self._children)) if n not in known)]:
            child = self._children.pop(name)
            if child.process is not None:
                _end(child.process, child.program.stop_signal)
                say("stopped", process=name)

    def _tick(self) -> None:
        if self._asked_to_stop:
            raise Stopped
        now = time.monotonic()
        for child in self._children.values():
            if child.process is not None and child.process.poll() is not None:
                self._bury(child, now)
            if child.process is None and now >= child.next_try:
                self._start(child)

    def _start(self, child: _Child) -> None:
        child.started = time.monotonic()
        try:
            child.program.prepare()
            child.process = child.program.launch(
                process_group=0, preexec_fn=dying_with(os.getpid(), child.program.orphan_signal)
            )
        except (ClusterError, OSError) as error:
            say("cannot start", process=child.program.name, reason=str(error))
            self._back_off(child, time.monotonic())

    def _bury(self, child: _Child, now: float) -> None:
        process = child.process
        if process is None:
            return
        _end_group(process.pid)  # workers it may have left behind would keep its port
        say("died", process=child.program.name, exit_code=process.returncode)
        child.process = None
        if now - child.started > _SETTLED_SECONDS:
            child.failures = 0
        self._back_off(child, now)

    def _back_off(self, child: _Child, now: float) -> None:
        pause = min(_FIRST_PAUSE * 2**child.failures, child.program.longest_pause)
        child.failures = min(child.failures + 1, 20)
        child.next_try = now + pause

    def _on_signal(self, _number: int, _frame: FrameType | None) -> None:
        self._asked_to_stop = True


def dying_with(parent: int, number: signal.Signals) -> Callable[[], None]:
    """Runs in a child before its program: the kernel sends it this signal when its parent dies."""
    library = ctypes.CDLL(None) if sys.platform == "linux" else None

    def prepare() -> None:
        if library is not None:
            library.prctl(_PR_SET_PDEATHSIG, int(number), 0, 0, 0)
            if os.getppid() != parent:
                os._exit(1)  # the parent died before the kernel was told

    return prepare


def say(event: str, **facts: Any) -> None:
    """A log line of the supervisor."""
    line = {
        "event": event,
        "logger": "indgang.supervisor",
        "level": "info",
        **facts,
        "at": datetime.now(UTC).isoformat(),
    }
    sys.stdout.write(json.dumps(line, ensure_ascii=False) + "\n")
    sys.stdout.flush()


def _end(process: "subprocess.Popen[bytes]", number: signal.Signals) -> None:
    if process.poll() is None:
        process.send_signal(number)
        try:
            process.wait(GRACE_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
    _end_group(process.pid)


def _end_group(number: int) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):  # nobody left in it
        os.killpg(number, signal.SIGKILL)
