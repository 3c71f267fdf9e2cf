"""One program at a time runs an installation: a lock on its data folder that ends with the program."""

import fcntl
import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class AlreadyRunning(Exception):
    """The data folder is in use; the message says by what."""


@contextmanager
def data_folder_lock(data: Path, *, what: str, address: str = "", patience: float = 0.0) -> Iterator[None]:
    """Hold the data folder for this program; AlreadyRunning when another does so longer than `patience` seconds."""
    data.mkdir(parents=True, exist_ok=True)
    with os.fdopen(os.open(data / "lock", os.O_RDWR | os.O_CREAT, 0o644), "r+") as f:
        until = time.monotonic() + patience
        while not _taken(f.fileno()):
            if time.monotonic() >= until:
                raise AlreadyRunning(_sentence(f.read(), data))
            time.sleep(0.1)
        f.seek(0)
        f.truncate()
        f.write(json.dumps({"pid": os.getpid(), "what": what, "address": address}))
        f.flush()
        try:
            yield
        finally:
            f.seek(0)
            f.truncate()


def _taken(handle: int) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _sentence(content: str, data: Path) -> str:
    holder = json.loads(content) if content else {}
    address = f" at {holder['address']}" if holder.get("address") else ""
    return (
        f"Indgang is running already{address} (`{holder.get('what', 'indgang')}`, "
        f"process {holder.get('pid', 'unknown')}) on the data folder {data}. "
        "Stop it first, or set INDGANG_DATA and INDGANG_PORT for a second one."
    )
