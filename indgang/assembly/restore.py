"""Put a backup in the place of what is there: into a fresh database, checked before it takes over."""

import hashlib
import json
import os
import re
import subprocess
import tarfile
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

from indgang.assembly.backup import DUMP, FILES, FORMAT, MANIFEST, SEALS, SECRETS, owner_url, run_tool, seal_head
from indgang.assembly.database import CommandRefused, check_outside, is_outside, migrate
from indgang.assembly.processes import ROOT, command, environment
from indgang.foundation.runtime.lock import data_folder_lock
from indgang.foundation.runtime.postgres import DATABASE, Cluster

# A newer pg_restore writes settings older servers do not know.
_UNKNOWN_TO_OLDER = re.compile(r"^SET transaction_timeout = 0;$", re.MULTILINE)
_PATHS = re.compile(
    r"(files/[0-9a-f]{2}/[0-9a-f]{62}|secrets/[A-Za-z0-9._-]+|seals\.log|manifest\.json|database\.dump)"
)


def restore_backup(data: Path, source: Path) -> dict[str, Any]:
    """Restore and verify; what was there before stays untouched until the restored database has been checked."""
    with (
        data_folder_lock(data, what="indgang restore"),
        tempfile.TemporaryDirectory(dir=data, prefix=".restoring-") as folder,
    ):
        place = Path(folder)
        manifest = _unpacked(source, place)
        if is_outside():
            check_outside(10)
            _fill_outside(place)
            _take_over_files(place, data)
            return _finished(manifest)
        cluster = Cluster.of(data)
        process = cluster.start()
        try:
            _fill_embedded(cluster, place, manifest)
            _take_over_files(place, data)
            return _finished(manifest)
        finally:
            cluster.stop(process)


def _unpacked(source: Path, place: Path) -> dict[str, Any]:
    try:
        with tarfile.open(source) as tar:
            for member in tar:
                if not member.isfile() or not _PATHS.fullmatch(member.name):
                    raise CommandRefused(f"{source} is no backup of Indgang: it holds {member.name}.")
                tar.extract(member, place, filter="data")
        manifest: dict[str, Any] = json.loads((place / MANIFEST).read_text())
        with (place / DUMP).open("rb") as f:
            digest = hashlib.file_digest(f, "sha256").hexdigest()
    except (OSError, tarfile.TarError, json.JSONDecodeError) as error:
        raise CommandRefused(f"{source} cannot be read as a backup of Indgang: {error}") from error
    if manifest.get("format") != FORMAT:
        raise CommandRefused(f"{source} has the format {manifest.get('format')}; this version reads {FORMAT}.")
    if manifest.get("dump_sha256") != digest:
        raise CommandRefused(f"{source} is damaged: the database dump is not the one that was written.")
    files = list((place / FILES).glob("*/*"))
    if len(files) != manifest["files"]:
        raise CommandRefused(f"{source} is damaged: {manifest['files']} files were written, {len(files)} are there.")
    _check_files(source, files)
    return manifest


def _check_files(source: Path, files: list[Path]) -> None:
    for path in files:
        with path.open("rb") as f:
            if hashlib.file_digest(f, "sha256").hexdigest() != path.parent.name + path.name:
                raise CommandRefused(f"{source} is damaged: the file {path.parent.name}{path.name} was altered.")


def _fill_embedded(cluster: Cluster, place: Path, manifest: dict[str, Any]) -> None:
    fresh, before = f"{DATABASE}_restored", f"{DATABASE}_before"
    with cluster.superuser() as connection:
        _drop(connection, fresh)
        cluster.make_database(connection, fresh)
        _load(owner_url().rsplit("/", 1)[0] + f"/{fresh}", place)
        if seal_head(owner_url().rsplit("/", 1)[0] + f"/{fresh}")["number"] < manifest["seal"]["number"]:
            raise CommandRefused("The restored journal is shorter than the manifest says; nothing was changed.")
        _drop(connection, before)
        rename = sql.SQL("ALTER DATABASE {} RENAME TO {}")
        connection.execute(rename.format(sql.Identifier(DATABASE), sql.Identifier(before)))
        connection.execute(rename.format(sql.Identifier(fresh), sql.Identifier(DATABASE)))
        _drop(connection, before)


def _fill_outside(place: Path) -> None:
    with psycopg.connect(owner_url()) as connection:
        row = connection.execute(
            "SELECT count(*) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = 'public'"
        ).fetchone()
    if row and row[0]:
        raise CommandRefused("The database of DATABASE_URL is not empty; make a fresh one and restore into that.")
    _load(owner_url(), place)


def _load(url: str, place: Path) -> None:
    script = place / "database.sql"
    run_tool("pg_restore", "--no-owner", "--no-acl", f"--file={script}", str(place / DUMP), url=url)
    _forget_newer_settings(script)
    run_tool(
        "psql", "--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", "--single-transaction", f"--file={script}", url=url
    )
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA public FROM PUBLIC")


def _forget_newer_settings(script: Path) -> None:
    """The settings stand in the first kilobytes; the rest is copied as it is."""
    changed = script.with_suffix(".changed")
    with script.open("rb") as old, changed.open("wb") as new:
        head = old.read(8192).decode(errors="surrogateescape")
        new.write(_UNKNOWN_TO_OLDER.sub("", head).encode(errors="surrogateescape"))
        while block := old.read(1024 * 1024):
            new.write(block)
    changed.replace(script)


def _take_over_files(place: Path, data: Path) -> None:
    """Files and secrets of the backup; the seals kept outside follow the database, the later ones are kept aside."""
    for path in [*(place / FILES).glob("*/*"), *(place / SECRETS).glob("*")]:
        target = data / path.relative_to(place)
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        os.replace(path, target)
    if (data / SEALS).exists():
        (data / SEALS).rename(data / f"{SEALS}.before-{datetime.now(UTC):%Y%m%dT%H%M%S}")
    if (place / SEALS).exists():
        os.replace(place / SEALS, data / SEALS)


def _finished(manifest: dict[str, Any]) -> dict[str, Any]:
    """Rights, a new epoch of journal positions, and the verdict on the journal."""
    migrate()
    with psycopg.connect(owner_url(), autocommit=True) as connection:
        connection.execute("SELECT journal_new_epoch()")
    done = subprocess.run(
        command("verify-journal", "--json"), cwd=ROOT, env=environment(), capture_output=True, text=True, check=False
    )
    try:
        report = json.loads(done.stdout.strip().splitlines()[-1])
    except (json.JSONDecodeError, IndexError):
        raise CommandRefused(f"The restored journal could not be verified: {done.stderr.strip()[-1500:]}") from None
    return {**manifest, "intact": bool(report.get("intact")), "events": report.get("events", 0)}


def _drop(connection: psycopg.Connection, name: str) -> None:
    connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
