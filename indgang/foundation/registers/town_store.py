"""What a simulated register keeps: people and what has happened to them, on disk in its own small database."""

import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

_TABLES = """
CREATE TABLE IF NOT EXISTS people (cpr TEXT PRIMARY KEY, facts TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS changes (
    number INTEGER PRIMARY KEY AUTOINCREMENT, cpr TEXT NOT NULL, kind TEXT NOT NULL, other TEXT NOT NULL,
    at TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS taken (key TEXT PRIMARY KEY, body TEXT NOT NULL, receipt TEXT NOT NULL, at TEXT NOT NULL);
"""
_MOST_CHANGES = 500
Facts = dict[str, Any]


class TownStore:
    """One file; every writing is whole or not at all, also when the process is killed."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._path = folder / "register.sqlite3"
        with closing(self._open()) as database:
            database.execute("PRAGMA journal_mode = WAL")
            database.executescript(_TABLES)

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """A connection of this request."""
        with closing(self._open()) as database:
            yield database

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """The only writer; committed at the end of the block, rolled back where it fails."""
        with closing(self._open()) as database, database:
            database.execute("BEGIN IMMEDIATE")
            yield database

    def _open(self) -> sqlite3.Connection:
        return sqlite3.connect(self._path, timeout=30, isolation_level=None)

    def fill(self, people: Iterable[tuple[str, Facts]]) -> int:
        """Add who is missing; how many are new."""
        rows = ((cpr, _text(facts)) for cpr, facts in people)
        with self.writing() as database:
            return database.executemany("INSERT OR IGNORE INTO people VALUES (?, ?)", rows).rowcount

    def set_guardians(self, pairs: Iterable[tuple[str, str]]) -> None:
        """Who acts for whom, where nobody does yet: ward and guardian."""
        with self.writing() as database:
            for ward, guardian in pairs:
                facts = facts_of(database, ward)
                if facts is not None and not facts.get("guardian"):
                    put(database, ward, facts | {"guardian": guardian})

    def count(self) -> int:
        """How many people it knows."""
        with self.reading() as database:
            return int(database.execute("SELECT count(*) FROM people").fetchone()[0])

    def person(self, cpr: str) -> Facts | None:
        """What is kept about somebody."""
        with self.reading() as database:
            return facts_of(database, cpr)

    def changes(self, after: int, most: int = _MOST_CHANGES) -> dict[str, Any]:
        """What has happened after that number, oldest first, and the number of the last change there is."""
        with self.reading() as database:
            rows = database.execute(
                "SELECT number, cpr, kind, other, at FROM changes WHERE number > ? ORDER BY number LIMIT ?",
                [after, min(most, _MOST_CHANGES)],
            ).fetchall()
            last = database.execute("SELECT coalesce(max(number), 0) FROM changes").fetchone()[0]
        names = ("nummer", "personnummer", "haendelse", "andetPersonnummer", "tidspunkt")
        return {"aendringer": [dict(zip(names, row, strict=True)) for row in rows], "sidste": last}


def facts_of(database: sqlite3.Connection, cpr: str) -> Facts | None:
    """What is kept about somebody, inside a transaction."""
    row = database.execute("SELECT facts FROM people WHERE cpr = ?", [cpr]).fetchone()
    return json.loads(row[0]) if row else None


def put(database: sqlite3.Connection, cpr: str, facts: Facts) -> None:
    """What is known about somebody from now on."""
    database.execute("INSERT OR REPLACE INTO people VALUES (?, ?)", [cpr, _text(facts)])


def happened(database: sqlite3.Connection, cpr: str, kind: str, other: str = "") -> None:
    """One more change in the feed."""
    row = [cpr, kind, other, datetime.now(UTC).isoformat()]
    database.execute("INSERT INTO changes (cpr, kind, other, at) VALUES (?, ?, ?, ?)", row)


def _text(facts: Facts) -> str:
    return json.dumps(facts, ensure_ascii=False, default=str)
