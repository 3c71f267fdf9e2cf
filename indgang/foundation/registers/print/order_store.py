"""What the simulated printer has taken and how it behaves, kept on disk."""

import json
import os
import threading
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

MODES = ("ok", "slow", "refuse", "fail", "wrong", "garbage", "drop_after_order", "down")
FIELDS = ("reference", "address", "document", "title", "text", "language")


@dataclass(frozen=True)
class Behaviour:
    """How the printer behaves; `count` > 0 means for that many orders only."""

    mode: str = "ok"
    seconds: float = 2.0
    count: int = 0

    @classmethod
    def of(cls, data: object) -> "Behaviour":
        """Checked input of the HTTP interface; raises ValueError."""
        if not isinstance(data, dict) or data.get("mode") not in MODES:
            raise ValueError(f"mode must be one of {', '.join(MODES)}")
        return cls(str(data["mode"]), float(data.get("seconds", 2.0)), int(data.get("count", 0)))


class OrderStore:
    """The orders, one file per key: the same key again is the same order."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.folder.mkdir(parents=True, exist_ok=True)
        self._lock = threading.Lock()

    def keep(self, key: str, order: object) -> dict[str, Any]:
        """Store durably, or give the order this key had; raises ValueError for one that cannot be printed."""
        if not key or not isinstance(order, dict) or not all(isinstance(order.get(name), str) for name in FIELDS):
            raise ValueError(f"an order has a key and {', '.join(FIELDS)}")
        if len(str(order["address"]).strip().splitlines()) < 2:
            raise ValueError("the address needs a name and a place")
        path = self.folder / f"{sha256(key.encode()).hexdigest()[:32]}.json"
        with self._lock:
            if path.exists():
                known: dict[str, Any] = json.loads(path.read_bytes())
                return known
            number = f"P-{len(list(self.folder.glob('[0-9a-f]*.json'))) + 1:06d}"
            facts = {"order": number, "key": key, "at": datetime.now(UTC).isoformat()}
            kept = facts | {name: order[name] for name in FIELDS}
            _write(path, json.dumps(kept, ensure_ascii=False).encode())
        return kept

    def all(self) -> list[dict[str, Any]]:
        """Every order, oldest first."""
        found = [json.loads(path.read_bytes()) for path in self.folder.glob("[0-9a-f]*.json")]
        return sorted(found, key=lambda order: str(order["order"]))

    def clear(self) -> None:
        """Forget every order."""
        for path in self.folder.glob("[0-9a-f]*.json"):
            path.unlink(missing_ok=True)

    @property
    def behaviour(self) -> Behaviour:
        """How to behave; kept on disk, so a restart changes nothing."""
        path = self.folder / "_behaviour.json"
        return Behaviour(**json.loads(path.read_bytes())) if path.exists() else Behaviour()

    def behave(self, behaviour: Behaviour) -> None:
        """From now on."""
        with self._lock:
            _write(self.folder / "_behaviour.json", json.dumps(asdict(behaviour)).encode())

    def next_mode(self) -> Behaviour:
        """The behaviour for the order at hand; one of a counted number is used up."""
        now = self.behaviour
        if now.count == 1:
            self.behave(Behaviour())
        elif now.count > 1:
            self.behave(Behaviour(now.mode, now.seconds, now.count - 1))
        return now


def _write(path: Path, content: bytes) -> None:
    """Complete or not at all, also after a power cut."""
    making = path.with_suffix(path.suffix + ".making")
    with making.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    making.replace(path)
