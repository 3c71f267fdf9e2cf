"""Hands tasks to the processes that open files from outside, and survives whatever a file does to them."""

import contextlib
import json
import os
import selectors
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from indgang.foundation.letters import errors
from indgang.foundation.runtime.errors import DiskFull, DomainError

_ROOT = Path(__file__).resolve().parents[3]
_MOST_AT_ONCE = max(2, os.cpu_count() or 2)
_MOST_TASKS = 200  # then a fresh process: what a library leaks is given back
_MOST_ANSWER = 256 * 1024 * 1024
_COPIED_AT_ONCE = 1024 * 1024
_LONG = 200.0  # seconds: what only jobs ask for

_places = threading.BoundedSemaphore(_MOST_AT_ONCE)
_long_places = threading.BoundedSemaphore(1)  # pages are shown while a large file is being covered
_guard = threading.Lock()
_resting: list["_Cell"] = []


def run(task: str, *, name: str, seconds: float, **facts: object) -> tuple[dict[str, object], bytes]:
    """What the task found, in a process of its own. FileDamaged when it dies or takes longer than `seconds`."""
    places = _long_places if seconds > _LONG else _places
    if not places.acquire(timeout=seconds):
        raise errors.ReadingBusy
    try:
        with _one() as cell:
            head, content = cell.ask(task, {"name": name, **facts}, seconds)
    except (OSError, ValueError, TimeoutError) as error:
        raise errors.FileDamaged(name=name) from error
    finally:
        places.release()
    if "refused" in head:
        raise _refusal(str(head["refused"]), head["facts"])
    found = head["found"]
    return (found if isinstance(found, dict) else {}), content


@contextlib.contextmanager
def on_disk(content: BinaryIO | Path) -> Iterator[Path]:
    """The content as a file that can be opened by name; what is only in memory is written aside piece by piece."""
    if isinstance(content, Path):
        yield content
        return
    path = getattr(content, "temporary_file_path", None)  # what Django keeps of a large upload
    if path is not None:
        yield Path(path())
        return
    with tempfile.NamedTemporaryFile(prefix="indgang-") as aside:
        content.seek(0)
        while piece := content.read(_COPIED_AT_ONCE):
            aside.write(piece)
        aside.flush()
        content.seek(0)
        yield Path(aside.name)


@contextlib.contextmanager
def whole_or_gone(target: Path) -> Iterator[None]:
    """Leaves no file behind when its making is broken off, whatever broke it off."""
    done = False
    try:
        yield
        done = True
    finally:
        if not done:
            target.unlink(missing_ok=True)


@contextlib.contextmanager
def _one() -> Iterator["_Cell"]:
    """A cell that rests afterwards, or is ended when anything went wrong with it."""
    cell = _taken()
    done = False
    try:
        yield cell
        done = True
    finally:
        if done:
            _rest(cell)
        else:
            cell.end()


def _refusal(name: str, facts: object) -> DomainError:
    kind = DiskFull if name == DiskFull.__name__ else getattr(errors, name)
    refusal: DomainError = kind(**facts) if isinstance(facts, dict) else kind()
    return refusal


def _taken() -> "_Cell":
    with _guard:
        while _resting:
            cell = _resting.pop()
            if cell.owner == os.getpid() and cell.alive():
                return cell
    return _Cell()


def _rest(cell: "_Cell") -> None:
    if cell.tasks >= _MOST_TASKS:
        cell.end()
        return
    with _guard:
        _resting.append(cell)


class _Cell:
    """One such process."""

    def __init__(self) -> None:
        self.owner = os.getpid()
        self.tasks = 0
        # No environment but this: whoever takes the process over finds no key and no database address.
        environment = {"PYTHONPATH": str(_ROOT), "PYTHONIOENCODING": "utf-8", "LANG": "C.UTF-8"}
        self._process = subprocess.Popen(
            [sys.executable, "-m", "indgang.foundation.letters.cell"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=environment,
            cwd="/",
            bufsize=0,
        )

    def alive(self) -> bool:
        return self._process.poll() is None

    def ask(self, task: str, facts: dict[str, object], seconds: float) -> tuple[dict[str, object], bytes]:
        self.tasks += 1
        question = json.dumps({"task": task, "facts": facts, "seconds": seconds}).encode() + b"\n"
        _pipe(self._process.stdin).write(question)
        until = time.monotonic() + seconds
        read = bytearray()
        while b"\n" not in read:
            read += self._more(until)
        line, _, rest = bytes(read).partition(b"\n")
        head = json.loads(line)
        length = int(head["bytes"])
        if length > _MOST_ANSWER:
            raise ValueError("too long an answer")
        content = bytearray(rest)
        while len(content) < length:
            content += self._more(until)
        return head, bytes(content)

    def end(self) -> None:
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            _pipe(pipe).close()

    def _more(self, until: float) -> bytes:
        stdout = _pipe(self._process.stdout)
        with selectors.DefaultSelector() as ready:
            ready.register(stdout, selectors.EVENT_READ)
            if not ready.select(max(0.0, until - time.monotonic())):
                raise TimeoutError
        piece = os.read(stdout.fileno(), _COPIED_AT_ONCE)
        if not piece:
            raise ValueError("the process ended")
        return piece


def _pipe(pipe: object) -> BinaryIO:
    if pipe is None:
        raise ValueError("no pipe")
    return pipe  # type: ignore[return-value]
