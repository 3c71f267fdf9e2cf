"""The process in which files from outside are opened: no secrets, little memory, a time for each task.

Reads one task per line from its input and answers with one line and, behind it, the bytes it speaks of. Ends when
the input ends. Whatever it does not foresee ends it, and the process that asked calls the file damaged.
"""

import errno
import importlib
import json
import os
import resource
import signal
import sys
from collections.abc import Mapping
from types import TracebackType
from typing import BinaryIO

from indgang.foundation.letters.errors import FileUnfolds
from indgang.foundation.runtime.errors import DiskFull, DomainError, is_disk_full

MOST_MEMORY = 2 * 1024**3
MOST_WRITTEN = 4 * 1024**3
# What may be asked for; each is called with the task's arguments and answers with facts and bytes.
TASKS = {
    "check": "checking",
    "extract": "reading",
    "render": "preview",
    "find": "finding",
    "redact": "masking",
    "bundle": "bundling",
}


def main() -> int:
    """Serve tasks until nobody asks any more."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not be taken for an answer
    sys.excepthook = _say_where
    _limit()
    for line in sys.stdin.buffer:
        task = json.loads(line)
        signal.alarm(int(task["seconds"]) + 5)  # ends this process even when the one that asked is gone
        _answer(answers, *_done(task["task"], task["facts"]))
        signal.alarm(0)
    return 0


def _done(name: str, facts: Mapping[str, object]) -> tuple[dict[str, object], bytes]:
    work = importlib.import_module(f"indgang.foundation.letters.{TASKS[name]}")
    try:
        found, content = work.in_cell(**facts)
    except DomainError as error:
        return {"refused": type(error).__name__, "facts": error.facts}, b""
    except MemoryError:
        return {"refused": FileUnfolds.__name__, "facts": {"name": facts["name"]}}, b""
    except OSError as error:
        if not is_disk_full(error) and error.errno != errno.ENOMEM:
            raise
        refusal = DiskFull if is_disk_full(error) else FileUnfolds
        return {"refused": refusal.__name__, "facts": {"name": facts["name"]}}, b""
    return {"found": found}, content


def _answer(answers: BinaryIO, head: dict[str, object], content: bytes) -> None:
    answers.write(json.dumps({**head, "bytes": len(content)}).encode() + b"\n" + content)
    answers.flush()


def _limit() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (MOST_WRITTEN, MOST_WRITTEN))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (256, 256))
    os.nice(5)  # people who wait for a page come first


def _say_where(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """The place without the message: that may hold words of the file."""
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    place = f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}" if trace else "?"
    sys.stderr.write(f"letters cell ended: {kind.__name__} at {place}\n")


if __name__ == "__main__":
    sys.exit(main())
