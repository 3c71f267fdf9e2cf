"""News between processes (LISTEN/NOTIFY), bound to the transaction they tell of."""

from django.db import DEFAULT_DB_ALIAS, connections

from indgang.foundation.runtime.engine.base import DatabaseWrapper


def notify(channel: str, line: str = "") -> None:
    """Tell whoever listens on the channel, once, when the running transaction commits; at once outside of one."""
    connection = connections[DEFAULT_DB_ALIAS]
    if not isinstance(connection, DatabaseWrapper):
        raise TypeError(f"the database needs our engine, not {type(connection).__name__}")
    connection.notify(channel, line)
