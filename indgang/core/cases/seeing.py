"""Who may see a case, for hand-written statements: the rule of `rights.visible` as SQL, and its facts of one viewer."""

from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from indgang.core.cases.rights import tasks_of
from indgang.foundation.access.errors import NotFound
from indgang.foundation.access.values import Viewer

_SQL = Path(__file__).parent / "sql"
_PARTS = ("seen", "seen_of_many", "row_tells", "taking_part", "listed")
_EVERYTHING: dict[str, Any] = {
    "sees_all": True,
    "me": None,
    "units": [],
    "informed": [],
    "settled": [],
    "employer": None,
}


@cache
def statement(name: str) -> str:
    """That statement of sql/, with its parts: {seen}, or {seen_of_many} with {taking_part} before it, and {listed}."""
    text = _read(name)
    for part in _PARTS:
        text = text.replace(f"{{{part}}}", _read(part))
    return text


def _read(name: str) -> str:
    """Without what it says to people: longer texts are taken apart anew each time they are asked."""
    lines = (_SQL / f"{name}.sql").read_text(encoding="utf-8").splitlines()
    return "\n".join(line for line in lines if not line.lstrip().startswith("--"))


def seen_by(viewer: Viewer, at: datetime) -> dict[str, Any]:
    """What sql/seen.sql asks of this viewer. Raises NotFound for who is not staff."""
    if viewer.is_system:
        return dict(_EVERYTHING)  # a list adds what it is asked for
    if not viewer.is_staff or viewer.actor is None:
        raise NotFound
    informed, settled = tasks_of(viewer, at)
    return {
        "sees_all": False,
        "me": viewer.actor.employee,
        "units": sorted(viewer.actor.units | {viewer.actor.unit}),
        "informed": list(informed),
        "settled": list(settled),
        "employer": viewer.actor.employer,
    }
