"""How a simulated outside system behaves, and what it keeps: complete on disk, so that a restart changes nothing."""

import json
import os
import threading
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True)
class Behaviour:
    """How the system behaves; `count` > 0 means for so many requests only."""

    mode: str = "ok"
    seconds: float = 2.0
    count: int = 0

    @classmethod
    def of(cls, data: object, modes: Sequence[str]) -> "Behaviour":
        """Checked input of the HTTP interface; raises ValueError."""
        if not isinstance(data, dict) or data.get("mode") not in modes:
            raise ValueError(f"mode must be one of {', '.join(modes)}")
        return cls(str(data["mode"]), float(data.get("seconds", 2.0)), int(data.get("count", 0)))


class Behaving:
    """The behaviour in force, in a file of its own."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()

    @property
    def now(self) -> Behaviour:
        """How to behave."""
        return Behaviour(**json.loads(self._path.read_bytes())) if self._path.exists() else Behaviour()

    def set(self, behaviour: Behaviour) -> None:
        """From now on."""
        with self._lock:
            self._write(behaviour)

    def next(self) -> Behaviour:
        """The behaviour for the request at hand; one of a counted number is used up, by one request each."""
        with self._lock:
            now = self.now
            if now.count == 1:
                self._write(Behaviour())
            elif now.count > 1:
                self._write(Behaviour(now.mode, now.seconds, now.count - 1))
            return now

    def _write(self, behaviour: Behaviour) -> None:
        write_whole(self._path, json.dumps(asdict(behaviour)).encode())


def write_whole(path: Path, content: bytes) -> None:
    """Complete or not at all, also after a power cut."""
    making = path.with_suffix(path.suffix + ".making")
    with making.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    making.replace(path)
