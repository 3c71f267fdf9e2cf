"""One event's canonical bytes and what may stand in its data. Pure."""

import hashlib
import json
import re
from collections.abc import Mapping
from datetime import UTC

from indgang.foundation.journal.values import JournalLine

_LONGEST = 80
_LOOKS_LIKE_CPR = re.compile(r"(?<![0-9a-fA-F-])\d{6}-?\d{4}(?![0-9a-fA-F-])")


def check_data(data: Mapping[str, object]) -> None:
    """Raise ValueError unless data holds only ids, codes, amounts and field names."""
    for key, value in data.items():
        for item in value if isinstance(value, list | tuple) else [value]:
            if item is None or isinstance(item, bool | int):
                continue
            if not isinstance(item, str) or len(item) > _LONGEST or "@" in item or _LOOKS_LIKE_CPR.search(item):
                raise ValueError(f"event data {key!r} holds something else than ids, codes, amounts and field names")


def fingerprint(line: JournalLine) -> bytes:
    """16 bytes of the event's id and 16 of the sha256 over all its fields."""
    canonical = json.dumps(
        [
            line.id,
            line.at.astimezone(UTC).isoformat(),
            line.actor,
            line.verb,
            line.subject,
            line.citizen,
            line.contact,
            line.case,
            line.purpose,
            line.data,
            line.position,
        ],
        sort_keys=True,
        ensure_ascii=True,
        separators=(",", ":"),
    )
    return bytes.fromhex(line.id.replace("-", "")) + hashlib.sha256(canonical.encode()).digest()[:16]


def link(previous: str, number: int, first: int, last: int, fingerprints: bytes) -> str:
    """The digest of one seal: it covers the seal before it."""
    return hashlib.sha256(f"{previous}|{number}|{first}|{last}|".encode() + fingerprints).hexdigest()
