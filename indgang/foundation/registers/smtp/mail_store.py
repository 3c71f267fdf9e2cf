"""What the simulated mail server has taken and how it behaves, kept on disk."""

import json
import os
import threading
import time
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import Message
from pathlib import Path
from typing import Any

MODES = ("ok", "slow", "refuse", "tempfail", "drop_after_data", "down")


@dataclass(frozen=True)
class Behaviour:
    """How the server behaves; `count` > 0 means for that many mails only."""

    mode: str = "ok"
    seconds: float = 2.0
    count: int = 0

    @classmethod
    def of(cls, data: object) -> "Behaviour":
        """Checked input of the HTTP interface; raises ValueError."""
        if not isinstance(data, dict) or data.get("mode") not in MODES:
            raise ValueError(f"mode must be one of {', '.join(MODES)}")
        return cls(str(data["mode"]), float(data.get("seconds", 2.0)), int(data.get("count", 0)))


class MailStore:
    """The mails of the outside world: one .eml and one .json per mail; a mail is there when its .json is."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.folder.mkdir(parents=True, exist_ok=True)
        self._lock = threading.Lock()

    def keep(self, sender: str, recipients: list[str], raw: bytes) -> str:
        """Store durably; the id sorts by arrival."""
        with self._lock:
            name = f"{time.time_ns():020d}"
        headers = message_from_bytes(raw, policy=policy.compat32)
        facts = {
            "id": name,
            "at": datetime.now(UTC).isoformat(),
            "from": sender,
            "to": recipients,
            "subject": _header(headers, "Subject"),
            "message_id": _header(headers, "Message-ID").strip("<> "),
        }
        _write(self.folder / f"{name}.eml", raw)
        _write(self.folder / f"{name}.json", json.dumps(facts).encode())
        return name

    def all(self) -> list[dict[str, Any]]:
        """What is kept about every mail, oldest first."""
        found = [json.loads(path.read_bytes()) for path in sorted(self.folder.glob("[0-9]*.json"))]
        return [facts for facts in found if isinstance(facts, dict)]

    def raw(self, name: str) -> bytes | None:
        """The mail as it was sent."""
        path = self.folder / f"{name}.eml"
        return path.read_bytes() if name.isdigit() and path.exists() else None

    def clear(self) -> None:
        """Forget every mail."""
        for path in [*self.folder.glob("[0-9]*.json"), *self.folder.glob("[0-9]*.eml")]:
            path.unlink(missing_ok=True)

    @property
    def behaviour(self) -> Behaviour:
        """How to behave; kept on disk, so a restart changes nothing."""
        path = self.folder / "behaviour.json"
        return Behaviour(**json.loads(path.read_bytes())) if path.exists() else Behaviour()

    def behave(self, behaviour: Behaviour) -> None:
        """From now on."""
        with self._lock:
            _write(self.folder / "behaviour.json", json.dumps(asdict(behaviour)).encode())

    def next_mode(self) -> Behaviour:
        """The behaviour for the mail at hand; one of a counted number is used up."""
        now = self.behaviour
        if now.count == 1:
            self.behave(Behaviour())
        elif now.count > 1:
            self.behave(Behaviour(now.mode, now.seconds, now.count - 1))
        return now


def _header(message: Message, name: str) -> str:
    return str(policy.default.header_factory(name, " ".join(str(message.get(name, "")).split())))[:300]


def _write(path: Path, content: bytes) -> None:
    """Complete or not at all, also after a power cut."""
    making = path.with_suffix(path.suffix + ".making")
    with making.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    making.replace(path)
