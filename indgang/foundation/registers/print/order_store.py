"""What the simulated printer has taken and how it behaves, kept on disk."""

import base64
import binascii
import json
import threading
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from indgang.foundation.registers.behaving import Behaving, write_whole

MODES = ("ok", "slow", "refuse", "fail", "wrong", "garbage", "drop_after_order", "down")
FIELDS = ("reference", "address", "document", "title", "text", "language")


class OrderStore:
    """The orders, one file per key: the same key again is the same order."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.folder.mkdir(parents=True, exist_ok=True)
        self._lock = threading.Lock()
        self.behaving = Behaving(self.folder / "_behaviour.json")

    def keep(self, key: str, order: object) -> dict[str, Any]:
        """Store durably, or give the order this key had; raises ValueError for one that cannot be printed."""
        if not key or not isinstance(order, dict) or not all(isinstance(order.get(name), str) for name in FIELDS):
            raise ValueError(f"an order has a key and {', '.join(FIELDS)}")
        if len(str(order["address"]).strip().splitlines()) < 2:
            raise ValueError("the address needs a name and a place")
        letter = _letter_of(order)
        path = self.folder / f"{sha256(key.encode()).hexdigest()[:32]}.json"
        with self._lock:
            if path.exists():
                known: dict[str, Any] = json.loads(path.read_bytes())
                return known
            number = f"P-{len(list(self.folder.glob('[0-9a-f]*.json'))) + 1:06d}"
            facts = {"order": number, "key": key, "at": datetime.now(UTC).isoformat()}
            kept = facts | {name: order[name] for name in FIELDS} | letter
            write_whole(path, json.dumps(kept, ensure_ascii=False).encode())
        return kept

    def all(self) -> list[dict[str, Any]]:
        """Every order, oldest first."""
        found = [json.loads(path.read_bytes()) for path in self.folder.glob("[0-9a-f]*.json")]
        return sorted(found, key=lambda order: str(order["order"]))

    def clear(self) -> None:
        """Forget every order."""
        for path in self.folder.glob("[0-9a-f]*.json"):
            path.unlink(missing_ok=True)


def _letter_of(order: dict[str, Any]) -> dict[str, str]:
    """The finished letter of an order, checked as a printer checks it: whole, and a PDF."""
    if "file" not in order:
        return {}
    try:
        content = base64.b64decode(str(order["file"]), validate=True)
    except binascii.Error as error:
        raise ValueError("the file is not base64") from error
    if sha256(content).hexdigest() != order.get("sha256"):
        raise ValueError("the file came in another shape than it was sent")
    if not content.startswith(b"%PDF-"):
        raise ValueError("only PDF is printed")
    return {"file": str(order["file"]), "sha256": str(order["sha256"])}
