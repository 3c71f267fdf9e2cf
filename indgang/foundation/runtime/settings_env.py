"""Settings from the environment; every wrong value stops the start with a sentence that names the variable."""

import json
import os
import secrets as random_secrets
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import unquote, urlsplit
from zoneinfo import ZoneInfo


class BadSetting(SystemExit):
    """A setting cannot be used; the message names the variable and the remedy."""


def flag(name: str, *, default: bool) -> bool:
    """1/0, true/false, yes/no."""
    value = os.environ.get(name, "").strip().lower()
    if value in {"", "1", "true", "yes"}:
        return default if value == "" else True
    if value in {"0", "false", "no"}:
        return False
    raise BadSetting(f"{name}={value!r} is neither yes nor no; write 1 or 0.")


def port(name: str, default: int) -> int:
    """A base port; +60 must still be a port."""
    value = os.environ.get(name, str(default))
    if not value.isdigit() or not 1024 <= int(value) <= 65400:
        raise BadSetting(f"{name}={value!r} is not a port between 1024 and 65400.")
    return int(value)


def secret(path: Path) -> str:
    """The secret kept in this file (mode 0600), made whole at first use; the first of two writers counts."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        mine = path.with_name(f"{path.name}.{os.getpid()}.{random_secrets.token_hex(4)}")
        with os.fdopen(os.open(mine, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as f:
            f.write(random_secrets.token_urlsafe(48))
            f.flush()
            os.fsync(f.fileno())
        try:
            os.link(mine, path)
        except FileExistsError:
            pass  # another process was first; its secret counts
        finally:
            mine.unlink()
    return path.read_text()


def app_url(url: str, data: Path) -> str:
    """The app role's database address: the given one, or the embedded cluster's."""
    return url or _embedded(data, "app")


def database_from_url(url: str, data: Path) -> dict[str, object]:
    """Django's database settings from a postgresql:// address; without one, the embedded server of the data folder."""
    url = url or _embedded(data, os.environ.get("INDGANG_DB_ROLE", "app"))
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"} or not parts.path.strip("/"):
        raise BadSetting("DATABASE_URL must look like postgresql://user:password@host:5432/name.")
    return {
        "ENGINE": "indgang.foundation.runtime.engine",
        "NAME": unquote(parts.path.strip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
    }


def email_from_url(url: str) -> dict[str, object]:
    """Where and how outgoing mail is handed over, from smtp://[user:password@]host:port (smtps, smtp+tls)."""
    parts = urlsplit(url)
    if parts.scheme not in {"smtp", "smtps", "smtp+tls"} or not parts.hostname:
        raise BadSetting(
            "EMAIL_URL must look like smtp://user:password@host:587 (smtps:// for TLS, smtp+tls:// for STARTTLS)."
        )
    return {
        "host": parts.hostname,
        "port": parts.port or 25,
        "username": unquote(parts.username or ""),
        "password": unquote(parts.password or ""),
        "scheme": parts.scheme,
    }


def storage_of_files() -> dict[str, object]:
    """The Django storage of the files: our own folder, or the class INDGANG_STORAGE names with its options as JSON."""
    backend = os.environ.get("INDGANG_STORAGE", "") or "indgang.foundation.runtime.file_storage.SyncedStorage"
    try:
        options = json.loads(os.environ.get("INDGANG_STORAGE_OPTIONS", "") or "{}")
    except ValueError:
        options = None
    if not isinstance(options, dict):
        raise BadSetting('INDGANG_STORAGE_OPTIONS must be a JSON object, e.g. {"bucket_name": "indgang"}.')
    return {"BACKEND": backend, "OPTIONS": options}


def outside_system(name: str, default: str = "") -> dict[str, str]:
    """Where an outside system answers and how we show who we are: NAME_URL, _KEY (or _KEY_FILE), _CA and _CERT."""
    url = (os.environ.get(f"{name}_URL") or default).rstrip("/")
    if url and (urlsplit(url).scheme not in {"http", "https"} or not urlsplit(url).hostname):
        raise BadSetting(f"{name}_URL must look like https://register.example/path.")
    key = os.environ.get(f"{name}_KEY", "") or ("indgang-demo" if url == default and default else "")
    files = {kind: os.environ.get(f"{name}_{kind.upper()}", "") for kind in ("key_file", "ca", "cert")}
    for kind, file in files.items():
        if file and not Path(file).is_file():
            raise BadSetting(f"{name}_{kind.upper()}={file!r} is no file that can be read.")
    if files["key_file"]:
        key = Path(files["key_file"]).read_text().strip()
    return {"url": url, "key": key, "ca": files["ca"], "cert": files["cert"]}


def clock_offset(demo: bool) -> timedelta | None:
    """How far INDGANG_CLOCK (local time in Copenhagen) is ahead of the machine's; None when it is not set."""
    value = os.environ.get("INDGANG_CLOCK", "")
    if not value:
        return None
    if not demo:
        raise BadSetting("INDGANG_CLOCK moves the clock of a demo only; unset it, or set INDGANG_DEMO=1.")
    try:
        wanted = datetime.fromisoformat(value)
    except ValueError:
        raise BadSetting(f"INDGANG_CLOCK={value!r} is no time; write it like 2026-03-02T09:00.") from None
    local = wanted if wanted.tzinfo else wanted.replace(tzinfo=ZoneInfo("Europe/Copenhagen"))
    return local - datetime.now(UTC)


def _embedded(data: Path, role: str) -> str:
    from indgang.foundation.runtime.postgres import Cluster, ClusterError

    try:
        return Cluster.of(data).url(role)
    except ClusterError as error:
        raise BadSetting(str(error)) from None
