"""What must be right in an installation; each finding with its remedy."""

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db import Error, connection

from indgang.foundation.journal import selectors as journal
from indgang.foundation.runtime import clock
from indgang.foundation.runtime.health import ENOUGH_DISK, checks

_COMFORTABLE_DISK = 5 * 1024**3
_OLDEST_SERVER = 150000
_OLDEST_PYTHON = (3, 11, 0)
_FORBIDDEN = ("UPDATE", "DELETE", "TRUNCATE")


@dataclass(frozen=True)
class Finding:
    """One thing looked at."""

    name: str
    state: str  # ok, warn, fail
    sentence: str
    remedy: str = ""


def examine() -> list[Finding]:
    """Everything, in the order of what must be mended first."""
    findings = [_python(), _database()]
    if findings[-1].state == "ok":
        findings += [*_role(), *_health()]
        if not any(f.name == "migrations" and f.state == "fail" for f in findings):
            findings += [*_fixed_tables(), _partitions(), _outbox()]
    return [*findings, _files_folder(), _disk(), _browser_assets(), _static_files()]


def _python() -> Finding:
    version = sys.version_info[:3]
    sentence = ".".join(map(str, version))
    if version < _OLDEST_PYTHON:
        return Finding("python", "fail", sentence, "Install Python 3.11 or newer.")
    return Finding("python", "ok", sentence)


def _database() -> Finding:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_setting('server_version_num')::int, current_setting('server_version')")
            number, version = cursor.fetchone()
    except Error as error:
        return Finding("database", "fail", type(error).__name__, "Start the database or correct DATABASE_URL.")
    if number < _OLDEST_SERVER:
        return Finding("database", "fail", f"PostgreSQL {version}", "Use PostgreSQL 15 or newer.")
    kind = "DATABASE_URL" if os.environ.get("DATABASE_URL") else "embedded"
    return Finding("database", "ok", f"PostgreSQL {version} ({kind})")


def _role() -> Iterator[Finding]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT rolname, rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb"
            " FROM pg_roles WHERE rolname = current_user"
        )
        name, mighty = cursor.fetchone()
        cursor.execute(
            "SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
            " WHERE n.nspname = 'public' AND pg_has_role(current_user, c.relowner, 'USAGE')"
        )
        (owned,) = cursor.fetchone()
    remedy = "Let the app run as a role of its own (DATABASE_URL), apart from the owner (DATABASE_OWNER_URL)."
    if mighty:
        yield Finding("app role", "fail", f"{name} is a superuser or may make roles or databases", remedy)
    else:
        yield Finding("app role", "ok", f"{name} is no superuser")
    if owned:
        yield Finding("app role owns nothing", "fail", f"{name} owns {owned} tables or may act as their owner", remedy)
    else:
        yield Finding("app role owns nothing", "ok", f"{name} owns no table")


def _fixed_tables() -> Iterator[Finding]:
    named = (table for config in apps.get_app_configs() for table in getattr(config, "insert_only", ()))
    for table in sorted({"journal_event", "access_lookup", *named}):
        yield _fixed_table(table)


def _fixed_table(table: str) -> Finding:
    """A table that grows only: no row may be changed or removed by the app, not even a single column."""
    name = f"{table} only grows"
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass(%s) IS NOT NULL", [table])
        if not cursor.fetchone()[0]:
            return Finding(name, "fail", "the table is missing", "Run `indgang migrate`.")
        cursor.execute(
            "SELECT right_name FROM unnest(%s::text[]) right_name"
            " WHERE has_table_privilege(current_user, %s, right_name)",
            [list(_FORBIDDEN), table],
        )
        allowed = [right for (right,) in cursor.fetchall()]
        cursor.execute("SELECT has_any_column_privilege(current_user, %s, 'UPDATE')", [table])
        if cursor.fetchone()[0] and "UPDATE" not in allowed:
            allowed.append("UPDATE of columns")
    if allowed:
        return Finding(
            name, "fail", f"the app role may {', '.join(allowed)}", "Run `indgang migrate`; it sets the rights."
        )
    return Finding(name, "ok", "the app role can add and read")


def _health() -> Iterator[Finding]:
    for check in checks()[1:]:
        if check.name == "disk":
            continue
        if check.fine:
            yield Finding(check.name, "ok", "fine")
        elif check.name == "migrations":
            yield Finding(check.name, "fail", check.sentence, "Run `indgang migrate`.")
        else:
            yield Finding(check.name, "warn", check.sentence, "See the page of this part, or its log lines.")


def _partitions() -> Finding:
    wanted = f"journal_event_{clock.now() + timedelta(days=62):%Y_%m}"
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass(%s) IS NOT NULL", [wanted])
        ahead = cursor.fetchone()[0]
    if ahead:
        return Finding("partitions", "ok", "made at least two months ahead")
    return Finding("partitions", "warn", f"{wanted} is missing", "Let the worker run; it makes them every hour.")


def _outbox() -> Finding:
    waiting = journal.attention_count()
    if waiting:
        return Finding("outbox", "warn", f"{waiting} parcels need attention", "Retry or withdraw them.")
    return Finding("outbox", "ok", "nothing needs attention")


def _files_folder() -> Finding:
    folder = Path(settings.FILES_ROOT)
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with tempfile.TemporaryFile(dir=folder) as f:
            f.write(b"x")
    except OSError as error:
        return Finding(
            "files folder", "fail", f"{folder}: {error.strerror}", "Give the folder to the user who runs Indgang."
        )
    return Finding("files folder", "ok", str(folder))


def _disk() -> Finding:
    free = shutil.disk_usage(settings.DATA).free
    sentence = f"{free // 1024**2} MB free"
    if free < ENOUGH_DISK:
        return Finding("disk", "fail", sentence, "Free some space now.")
    if free < _COMFORTABLE_DISK:
        return Finding("disk", "warn", sentence, "Free some space soon.")
    return Finding("disk", "ok", sentence)


def _browser_assets() -> Finding:
    missing = [str(folder) for _, folder in settings.STATICFILES_DIRS if not Path(folder).is_dir()]
    if missing:
        return Finding("browser assets", "fail", f"missing: {', '.join(missing)}", "Run `make setup`.")
    return Finding("browser assets", "ok", "installed")


def _static_files() -> Finding:
    if (Path(settings.STATIC_ROOT) / ".collected").exists():
        return Finding("static files", "ok", "collected")
    return Finding("static files", "warn", "not collected yet", "Run `make setup` or `indgang up`.")
