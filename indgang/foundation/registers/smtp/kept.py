"""What the simulated outside world has received, read through the simulator's own HTTP interface (demo only)."""

import json
from dataclasses import dataclass
from urllib.error import URLError
from urllib.request import urlopen

from django.conf import settings


@dataclass(frozen=True)
class KeptMail:
    """One mail as the simulator lists it."""

    id: str
    at: str
    sender: str
    recipients: tuple[str, ...]
    subject: str
    message_id: str


def kept_mails() -> list[KeptMail] | None:
    """Newest first, a repeated attempt of the same mail once; None while the simulator cannot be reached."""
    content = _read("/mail")
    if content is None:
        return None
    seen: dict[str, KeptMail] = {}
    for row in json.loads(content):
        mail = KeptMail(row["id"], row["at"], row["from"], tuple(row["to"]), row["subject"], row["message_id"])
        seen.setdefault(f"{mail.message_id}|{','.join(mail.recipients)}" if mail.message_id else mail.id, mail)
    return sorted(seen.values(), key=lambda mail: mail.id, reverse=True)


def kept_mail(mail_id: str) -> bytes | None:
    """The raw mail, or None when there is none."""
    return _read(f"/mail/{mail_id}") if mail_id.isascii() and mail_id.isdigit() else None


def _read(path: str) -> bytes | None:
    try:
        with urlopen(f"http://127.0.0.1:{settings.INDGANG_PORT + 2}{path}", timeout=5) as response:
            content: bytes = response.read()
            return content
    except (URLError, OSError):
        return None
