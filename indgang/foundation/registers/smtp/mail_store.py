"""What the simulated mail server has taken and how it behaves, kept on disk."""

import json
import threading
import time
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import Message
from pathlib import Path
from typing import Any

from indgang.foundation.registers.behaving import Behaving, write_whole

MODES = ("ok", "slow", "refuse", "tempfail", "drop_after_data", "down")


class MailStore:
    """The mails of the outside world: one .eml and one .json per mail; a mail is there when its .json is."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.folder.mkdir(parents=True, exist_ok=True)
        self._lock = threading.Lock()
        self.behaving = Behaving(self.folder / "behaviour.json")

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
        write_whole(self.folder / f"{name}.eml", raw)
        write_whole(self.folder / f"{name}.json", json.dumps(facts).encode())
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


def _header(message: Message, name: str) -> str:
    return str(policy.default.header_factory(name, " ".join(str(message.get(name, "")).split())))[:300]
