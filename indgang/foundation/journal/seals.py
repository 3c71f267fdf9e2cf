"""Seals: a hash chain over batches of events, and the check that finds what was altered, removed, inserted or cut off.

A seal names each event of its batch by id and fingerprint, and covers the digest of the seal before it. The last seal
also stands outside the database, in `seals.log` of the data folder, so that a cut-off end is seen too.
"""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction

from indgang.foundation.journal.models import Seal
from indgang.foundation.journal.records import fingerprint, link
from indgang.foundation.journal.selectors import line_of
from indgang.foundation.journal.values import JournalLine

BATCH = 5000
_LOCK = 7_301_001
_KEPT = re.compile(r"(?m)^(\d{1,18}) ([0-9a-f]{64})\n")  # a line a crash cut off is none
_COLUMNS = 'id, at, actor, verb, subject, citizen, contact, "case", purpose, data, position'
# A batch ends with a whole position, because a transaction's events must not be split over two seals.
_END = """
SELECT position FROM (
    SELECT position FROM journal_event WHERE position > %s AND position < journal_horizon()
    ORDER BY position LIMIT %s
) batch ORDER BY position DESC LIMIT 1
"""
_BETWEEN = f"""
SELECT {_COLUMNS} FROM journal_event WHERE position > %s AND position <= %s AND position < journal_horizon()
ORDER BY position, id
"""  # noqa: S608


@dataclass(frozen=True)
class Finding:
    """One thing wrong with the journal."""

    kind: str  # altered, removed, inserted, cut_off, broken_chain
    seal: int
    event: str  # the event's id, or empty
    sentence: str


@dataclass(frozen=True)
class SealReport:
    """What verification saw."""

    seals: int
    events: int
    unsealed: int
    findings: list[Finding]

    @property
    def intact(self) -> bool:
        """Whether nothing was wrong."""
        return not self.findings


def seal(at: datetime) -> int:
    """Seal every finished event that is not sealed yet; how many events. One sealer works at a time."""
    total = 0
    while True:
        with transaction.atomic():
            sealed = _seal_batch(at)
        total += sealed
        if sealed < BATCH:
            return total


def verify() -> SealReport:
    """Hold the whole journal against its seals and against the last seal kept outside the database."""
    findings: list[Finding] = []
    previous, last, events, number = "", 0, 0, 0
    for row in Seal.objects.order_by("number").iterator(chunk_size=50):
        number += 1
        if row.number != number or row.previous != previous or row.first_position != last:
            findings.append(Finding("broken_chain", row.number, "", f"seal {row.number} does not follow on"))
            number = row.number
        known = bytes(row.fingerprints)
        if link(row.previous, row.number, row.first_position, row.last_position, known) != row.digest:
            findings.append(Finding("broken_chain", row.number, "", f"seal {row.number} was altered"))
        found = b"".join(fingerprint(line) for line in _events(row.first_position, row.last_position))
        if found != known:
            findings.extend(_differences(row.number, known, found))
        previous, last, events = row.digest, row.last_position, events + row.events
    findings.extend(_outside(number))
    return SealReport(number, events, sum(1 for _ in _events(last, 2**62)), findings)


def outside_file() -> Path:
    """Where the last seals stand outside the database."""
    return Path(settings.DATA) / "seals.log"


def _seal_batch(at: datetime) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_LOCK])
        if not cursor.fetchone()[0]:
            return 0
        before = Seal.objects.order_by("-number").first()
        start = before.last_position if before else 0
        cursor.execute(_END, [start, BATCH])
        end = cursor.fetchone()
    if end is None:
        return 0
    fingerprints = [fingerprint(line) for line in _events(start, end[0])]
    number, previous = (before.number + 1, before.digest) if before else (1, "")
    joined = b"".join(fingerprints)
    digest = link(previous, number, start, end[0], joined)
    Seal.objects.create(
        number=number,
        at=at,
        first_position=start,
        last_position=end[0],
        events=len(fingerprints),
        fingerprints=joined,
        previous=previous,
        digest=digest,
    )
    transaction.on_commit(lambda: _keep_outside(number, digest))
    return len(fingerprints)


def _events(after: int, until: int) -> Iterator[JournalLine]:
    with connection.cursor() as cursor:
        cursor.execute(_BETWEEN, [after, until])
        while rows := cursor.fetchmany(2000):
            yield from map(line_of, rows)


def _differences(number: int, known: bytes, found: bytes) -> list[Finding]:
    before, now = _by_id(known), _by_id(found)
    findings = []
    for event in sorted(before.keys() | now.keys()):
        name = event.hex()
        if event not in now:
            findings.append(Finding("removed", number, name, f"event {name} of seal {number} was removed"))
        elif event not in before:
            findings.append(Finding("inserted", number, name, f"event {name} was inserted into seal {number}"))
        elif before[event] != now[event]:
            findings.append(Finding("altered", number, name, f"event {name} of seal {number} was altered"))
    return findings


def _by_id(fingerprints: bytes) -> dict[bytes, bytes]:
    pieces = [fingerprints[i : i + 32] for i in range(0, len(fingerprints), 32)]
    return {piece[:16]: piece[16:] for piece in pieces}


def _keep_outside(number: int, digest: str) -> None:
    path = outside_file()
    path.parent.mkdir(parents=True, exist_ok=True)
    with os.fdopen(os.open(path, os.O_CREAT | os.O_APPEND | os.O_WRONLY, 0o600), "a") as f:
        f.write(f"\n{number} {digest}\n")  # on a line of its own, whatever a crash left
        f.flush()
        os.fsync(f.fileno())


def _outside(last: int) -> list[Finding]:
    path = outside_file()
    kept = _KEPT.findall(path.read_text()) if path.exists() else []
    if not kept:
        return []
    number, digest = int(kept[-1][0]), kept[-1][1]
    if number > last:
        return [
            Finding(
                "cut_off", number, "", f"seal {number} stands outside the database, but its end is cut off at {last}"
            )
        ]
    row = Seal.objects.filter(number=number).first()
    if row is None or row.digest != digest:
        return [Finding("altered", number, "", f"seal {number} is not the one that stands outside the database")]
    return []
