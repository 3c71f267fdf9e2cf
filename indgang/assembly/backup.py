"""A backup: one tar with the database, the files, the secrets and a manifest that says what must come back."""

import hashlib
import json
import os
import subprocess
import tarfile
import tempfile
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path
from typing import Any

import psycopg

from indgang.assembly import settings
from indgang.assembly.database import CommandRefused
from indgang.foundation.runtime.postgres import bundled_binaries

FORMAT = 1
NOTE = "last-backup.json"
DUMP, FILES, SECRETS, SEALS, MANIFEST = "database.dump", "files", "secrets", "seals.log", "manifest.json"
# The passwords of the embedded database belong to one cluster; every other secret must come along.
_NOT_TAKEN = "postgres-"


def write_backup(data: Path, target: Path) -> dict[str, Any]:
    """Write the backup whole or not at all; the running system may go on. Returns the manifest."""
    target = target.resolve()
    if not target.parent.is_dir():
        raise CommandRefused(f"The folder {target.parent} does not exist.")
    making = target.with_name(target.name + ".making")
    try:
        with (
            tempfile.TemporaryDirectory(dir=target.parent, prefix=".indgang-backup-") as folder,
            os.fdopen(os.open(making, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600), "wb") as f,
        ):
            dump = Path(folder) / DUMP
            head = seal_head(owner_url())
            run_tool("pg_dump", "--format=custom", "--no-owner", f"--file={dump}", url=owner_url())
            manifest = _packed(f, data, dump, head)
            f.flush()
            os.fsync(f.fileno())
        making.replace(target)
        (data / NOTE).write_text(json.dumps({"at": datetime.now(UTC).isoformat()}))  # the health page tells its age
    except OSError as error:
        raise CommandRefused(f"The backup could not be written: {error.strerror} ({target}).") from error
    finally:
        making.unlink(missing_ok=True)
    return manifest


def owner_url() -> str:
    """The owner's address: given, or the embedded cluster's."""
    from indgang.foundation.runtime.postgres import Cluster

    return os.environ.get("DATABASE_OWNER_URL") or Cluster.of(settings.DATA).url("owner")


def seal_head(url: str) -> dict[str, Any]:
    """The last link of the journal's chain."""
    with psycopg.connect(url) as connection:
        row = connection.execute("SELECT number, digest FROM journal_seal ORDER BY number DESC LIMIT 1").fetchone()
    return {"number": row[0], "digest": row[1]} if row else {"number": 0, "digest": ""}


def run_tool(program: str, *arguments: str, url: str) -> None:
    """One of PostgreSQL's own tools; the password goes by the environment, where other users cannot read it."""
    facts = psycopg.conninfo.conninfo_to_dict(url)
    environment = {
        "PATH": os.environ.get("PATH", ""),
        "PGHOST": str(facts.get("host", "")),
        "PGPORT": str(facts.get("port", 5432)),
        "PGUSER": str(facts.get("user", "")),
        "PGPASSWORD": str(facts.get("password", "")),
        "PGDATABASE": str(facts.get("dbname", "")),
    }
    command = [str(bundled_binaries() / program), *arguments]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise CommandRefused(f"{program} failed: {done.stderr.strip()[-1500:]}")


def _packed(f: Any, data: Path, dump: Path, head: dict[str, Any]) -> dict[str, Any]:
    kept = sorted(p for p in (data / FILES).glob("*/*") if p.is_file() and not p.name.startswith("."))
    secrets = sorted(p for p in (data / SECRETS).glob("*") if not p.name.startswith(_NOT_TAKEN))
    manifest = {
        "format": FORMAT,
        "version": metadata_version(),
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "dump_sha256": _sha256(dump),
        "files": len(kept),
        "seal": head,
    }
    note = dump.with_name(MANIFEST)
    note.write_text(json.dumps(manifest, indent=1) + "\n")
    with tarfile.open(fileobj=f, mode="w") as tar:
        tar.add(note, MANIFEST)
        tar.add(dump, DUMP)
        for path in [*kept, *secrets]:
            tar.add(path, str(path.relative_to(data)))
        if (data / SEALS).exists():
            tar.add(data / SEALS, SEALS)
    return manifest


def metadata_version() -> str:
    """The version of the code."""
    try:
        return metadata.version("indgang")
    except metadata.PackageNotFoundError:
        import tomllib

        with (settings.ROOT / "pyproject.toml").open("rb") as f:
            return str(tomllib.load(f)["project"]["version"])


def _sha256(path: Path) -> str:
    with path.open("rb") as f:
        return hashlib.file_digest(f, "sha256").hexdigest()
