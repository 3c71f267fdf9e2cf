"""Who an account or a key is to the rest of the house; organisation says who the employee is."""

from collections.abc import Callable
from datetime import datetime

from indgang.foundation.access.values import Viewer

Builder = Callable[[int, datetime], Viewer | None]
_builders: dict[str, Builder] = {}


def register_viewer_builder(builder: Builder) -> None:
    """Says which staff viewer an account is at a moment; None where nobody in force has it."""
    _builders["staff"] = builder


def build_viewer(account_id: int, at: datetime) -> Viewer | None:
    """The staff viewer of the account."""
    builder = _builders.get("staff")
    return builder(account_id, at) if builder else None
