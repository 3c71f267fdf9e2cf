"""demo.json: what a person or a check needs to try a demo town; written when it is healthy, gone when it is not."""

import json
import os
from pathlib import Path
from typing import Any


def keep_town(data: Path, town: dict[str, Any]) -> None:
    """Keep the logins of a demo town; their keys are shown once and stored nowhere else."""
    _write(_town_file(data), town)


def known_town(data: Path) -> dict[str, Any]:
    """The logins and people of this data folder's demo town; empty when it has none."""
    path = _town_file(data)
    return json.loads(path.read_text()) if path.exists() else {}


def write(data: Path, *, base_url: str, smtp: str) -> dict[str, Any]:
    """Write demo.json and return what it holds."""
    town = known_town(data)
    content = {
        "base_url": base_url,
        "smtp": smtp,
        "api_key": town.get("api_key", ""),
        "logins": town.get("logins", []),
        "citizens": town.get("citizens", []),
    }
    _write(data / "demo.json", content)
    return content


def remove(data: Path) -> None:
    """Not healthy (any more): nobody shall read old addresses."""
    (data / "demo.json").unlink(missing_ok=True)


def _town_file(data: Path) -> Path:
    return data / "secrets" / "demo-town.json"


def _write(path: Path, content: dict[str, Any]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    making = path.with_name(path.name + ".making")
    with os.fdopen(os.open(making, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600), "w") as f:
        json.dump(content, f, ensure_ascii=False, indent=1)
        f.write("\n")
    making.replace(path)
