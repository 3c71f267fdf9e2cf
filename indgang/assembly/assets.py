"""What must be built before the first page: translations and collected static files; done again only after a change."""

import fcntl
import io
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from indgang.assembly.processes import ROOT


def compile_translations() -> int:
    """Compile every django.po newer than its .mo; how many."""
    stale = [
        po for po in (ROOT / "indgang").rglob("locale/*/LC_MESSAGES/django.po") if _older(po.with_suffix(".mo"), [po])
    ]
    for po in stale:
        with po.open("rb") as f:
            catalogue = read_po(f, locale=po.parts[-3])
        made = io.BytesIO()
        write_mo(made, catalogue)
        making = po.with_suffix(f".mo.{os.getpid()}")
        making.write_bytes(made.getvalue())
        making.replace(po.with_suffix(".mo"))
    return len(stale)


def static_files_are_stale(target: Path) -> bool:
    """Whether a static file changed since they were collected."""
    sources = [*(ROOT / "indgang").rglob("static/**/*"), ROOT / "node_modules" / ".package-lock.json"]
    return _older(target / ".collected", [path for path in sources if path.is_file()])


def collect_static_files(target: Path) -> bool:
    """Collect static files if one changed; needs Django to be set up."""
    from django.core.management import call_command

    with _alone(target):
        if not static_files_are_stale(target):
            return False
        call_command("collectstatic", interactive=False, verbosity=0)
        (target / ".collected").touch()
    return True


@contextmanager
def _alone(target: Path) -> Iterator[None]:
    target.mkdir(parents=True, exist_ok=True)
    with (target / ".lock").open("w") as f:
        fcntl.flock(f, fcntl.LOCK_EX)
        yield


def _older(made: Path, sources: list[Path]) -> bool:
    if not made.exists():
        return True
    when = made.stat().st_mtime_ns
    return any(source.exists() and source.stat().st_mtime_ns > when for source in sources)
