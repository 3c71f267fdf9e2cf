"""The rows behind a citizen's overview, fetched by plain psycopg, and the rows of new cases written by it."""

import os
import tempfile
import uuid
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg
from psycopg import sql

from indgang.core.contacts.queries import TIMELINE

Row = tuple[Any, ...]
CONTACTS = 16  # lines of the timeline the overview asks for
Connection = psycopg.Connection[Row]
OVERVIEW = {
    "person": """SELECT p.id, p.name, p.cpr, p.born, p.street, p.house, p.postcode, p.city, p.language,
        p.protected_until, p.provisional, p.invented, array_agg(c.kind || ' ' || c.value ORDER BY c.id)
        FROM citizens_person p LEFT JOIN citizens_contactpoint c ON c.person_id = p.id
        WHERE p.id = %(person)s GROUP BY p.id""",
    "cases": """SELECT c.id, c.number, c.title, c.progress, c.waiting, c.waiting_until, c.deadline, c.result,
        c.opened_at, c.closed_at, c.sensitivity, c.version, t.title, u.name, u.phone, a.name, e.name FROM cases_case c
        JOIN catalogue_task t ON t.code = c.task_id JOIN organisation_unit u ON u.id = c.unit_id
        JOIN organisation_administration a ON a.code = c.administration_id
        LEFT JOIN organisation_employee e ON e.id = c.handler_id
        WHERE c.person_id = %(person)s ORDER BY c.opened_at DESC, c.id DESC""",
    "courses": """SELECT id, life_event, title, opened_at FROM cases_course WHERE person_id = %(person)s
        AND closed_at IS NULL ORDER BY opened_at DESC, id DESC LIMIT 20""",
    "decisions": """SELECT c.number, d.result, d.decided_at FROM cases_case c JOIN cases_decision d ON d.case_id = c.id
        WHERE c.person_id = %(person)s AND d.state = 'decided' ORDER BY d.decided_at DESC LIMIT 20""",
    "deadlines": """SELECT c.number, d.kind, d.due_at FROM cases_case c JOIN cases_deadline d ON d.case_id = c.id
        WHERE c.person_id = %(person)s AND c.progress <> 'closed' AND d.met_at IS NULL AND d.cancelled_at IS NULL
        ORDER BY d.due_at, d.id LIMIT 20""",
    "documents": """SELECT d.id, c.number, d.title, d.kind, d.dated, d.internal FROM cases_case c
        JOIN cases_document d ON d.case_id = c.id WHERE c.person_id = %(person)s
        ORDER BY d.dated DESC, d.id DESC LIMIT 20""",
    "depends": """SELECT c.number, c.title, a.name, s.affects, s.income_dependent FROM cases_case c
        JOIN organisation_administration a ON a.code = c.administration_id
        LEFT JOIN cases_casesetting s ON s.task_id = c.task_id WHERE c.person_id = %(person)s
        AND (c.progress <> 'closed' OR c.result IN ('granted', 'partly')) ORDER BY c.opened_at DESC""",
    "timeline": TIMELINE,
}
NOBODY = {"employee": 0, "units": [], "groups": []}  # whose grounds are asked with the timeline
LOOKS = """INSERT INTO access_lookup (id, at, actor, citizen, kind, purpose, source, outcome)
    VALUES (uuidv7(), now(), 'employee:1', %s, %s, 'reason:citizen_present', 'indgang', 'shown')"""
KINDS = ("person", "cases", "timeline")
# Each table once, partitions with their whole, and of its columns those the role writes itself.
WRITTEN = """SELECT t.relname::text, array_agg(c.attname::text ORDER BY c.attnum) FROM pg_class t
    JOIN pg_attribute c ON c.attrelid = t.oid AND c.attnum > 0 AND NOT c.attisdropped
    AND c.attidentity = '' AND c.attgenerated = '' AND has_column_privilege(%s, t.oid, c.attnum, 'INSERT')
    LEFT JOIN pg_attrdef d ON d.adrelid = t.oid AND d.adnum = c.attnum
    WHERE coalesce(pg_get_expr(d.adbin, d.adrelid), '') NOT LIKE 'nextval(%%' AND t.relkind IN ('r', 'p')
    AND NOT t.relispartition AND t.relnamespace = 'public'::regnamespace
    GROUP BY t.relname ORDER BY t.relname"""


def overview_rows(connection: Connection, person: UUID) -> dict[str, list[Row]]:
    """Every row the overview shows, one statement per kind."""
    values = {"person": person, "before": None, "before_key": None, "limit": CONTACTS} | NOBODY
    return {name: connection.execute(query, values).fetchall() for name, query in OVERVIEW.items()}


def overview_looks(connection: Connection, person: UUID) -> None:
    """The same looks as the page's, each committed by itself."""
    for kind in KINDS:
        connection.execute(LOOKS, [person, kind])


class NewCase:
    """The rows one case with a document and a note is made of, to be written again under other names."""

    def __init__(self, connection: Connection, role: str, first: int, behind: int) -> None:
        """Everything this role's transactions from `first` to before `behind` have written, by table, as text.

        The rows go in again in the order of their references; numbers the database gives itself are left to it.
        """
        self.tables: list[tuple[sql.Composed, list[list[str | None]]]] = []
        found: dict[str, tuple[list[str], list[list[str | None]]]] = {}
        for table, columns in connection.execute(WRITTEN, [role]).fetchall():
            rows = _rows_of(connection, table, columns, first, behind)
            if rows:
                found[table] = (columns, rows)
        for table in _parents_first(connection, found):
            columns, rows = found[table]
            self.tables.append((_insert(table, columns), rows))
        ids = {row[0] or "" for columns, rows in found.values() if columns[0] == "id" for row in rows}
        self.names = sorted(one for one in ids if _is_uuid(one))
        self.number = next(row[found["cases_case"][0].index("number")] for row in found["cases_case"][1]) or ""

    @property
    def count(self) -> int:
        return sum(len(rows) for _, rows in self.tables)

    def write(self, connection: Connection, turn: int) -> None:
        """The rows once more, in one transaction."""
        other = {str(name): str(uuid.UUID(int=(UUID(name).int & ~(2**62 - 1)) | _salt())) for name in self.names}
        other[self.number] = f"B{turn:018d}"[:20]
        with connection.transaction():
            for statement, rows in self.tables:
                for row in rows:
                    connection.execute(statement, [_renamed(value, other) for value in row])


def keep_file(folder: Path, content: bytes) -> None:
    """A file written and synced with its folder, as the store does."""
    handle, name = tempfile.mkstemp(dir=folder)
    with os.fdopen(handle, "wb") as f:
        f.write(content)
        f.flush()
        os.fsync(f.fileno())
    os.replace(name, f"{name}.kept")
    place = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(place)
    finally:
        os.close(place)


def _rows_of(connection: Connection, table: str, columns: list[str], first: int, behind: int) -> list[list[str | None]]:
    asked = sql.SQL("SELECT {} FROM {} WHERE xmin::text::bigint >= %s AND xmin::text::bigint < %s").format(
        sql.SQL(", ").join(sql.SQL("{}::text").format(sql.Identifier(column)) for column in columns),
        sql.Identifier(table),
    )
    return [list(row) for row in connection.execute(asked, [first, behind]).fetchall()]


def _insert(table: str, columns: list[str]) -> sql.Composed:
    return sql.SQL("INSERT INTO {} ({}) VALUES ({})").format(
        sql.Identifier(table),
        sql.SQL(", ").join(map(sql.Identifier, columns)),
        sql.SQL(", ").join([sql.Placeholder()] * len(columns)),
    )


def _parents_first(connection: Connection, tables: dict[str, Any]) -> list[str]:
    """The tables in an order in which their references hold."""
    pairs = connection.execute(
        "SELECT conrelid::regclass::text, confrelid::regclass::text FROM pg_constraint WHERE contype = 'f'"
    ).fetchall()
    needs = {table: {to for one, to in pairs if one == table and to in tables and to != table} for table in tables}
    ordered: list[str] = []
    while needs:
        free = sorted(table for table, waits in needs.items() if not waits - set(ordered))
        if not free:
            raise RuntimeError(f"references in a circle: {sorted(needs)}")
        ordered += free
        needs = {table: waits for table, waits in needs.items() if table not in free}
    return ordered


def _renamed(value: str | None, other: dict[str, str]) -> str | None:
    if value is None:
        return None
    for old, new in other.items():
        if old in value:
            value = value.replace(old, new)
    return value


def _is_uuid(value: str) -> bool:
    try:
        UUID(value)
    except ValueError:
        return False
    return True


def _salt() -> int:
    return uuid.uuid4().int & (2**62 - 1)
