"""Keeps the second alias to its one table."""

from typing import Any


class AccessLogRouter:
    """Looks are written on the alias `accesslog`; nothing is ever migrated through it."""

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool | None:
        """Migrations run on the default alias only."""
        return False if db == "accesslog" else None
