"""A connection that does not wait for ever: a database that hangs is as gone as one that is down."""

import os
import time
from typing import Any

from psycopg import Connection, OperationalError
from psycopg.abc import PQGen
from psycopg.errors import _WaitTimeout

_LOOK_SECONDS = 0.1
_LIVES_SECONDS = 1.0  # no database is gone and back in less


class DatabaseSilent(OperationalError):
    """The database has not answered in time; the connection is closed, for nobody knows what it still does."""


class PatientConnection(Connection[Any]):
    """Gives up on a statement after INDGANG_DB_PATIENCE seconds; processes that people wait for use it."""

    _heard = 0.0
    patience = float(os.environ.get("INDGANG_DB_PATIENCE", "0"))

    def execute(self, query: Any, *facts: Any, **named: Any) -> Any:
        """The pool asks nothing ("") to hear whether a connection lives: one that answered just now does."""
        if query == "" and time.monotonic() - self._heard < _LIVES_SECONDS:
            return self.cursor()
        return super().execute(query, *facts, **named)

    def wait(self, gen: PQGen[Any], interval: float = _LOOK_SECONDS, timeout: float | None = None) -> Any:
        """The statement's answer; raises DatabaseSilent."""
        if timeout is not None:
            return super().wait(gen, interval, timeout)
        try:
            answer = super().wait(gen, interval, self.patience)
        except _WaitTimeout:
            self.pgconn.finish()
            raise DatabaseSilent(f"no answer from the database within {self.patience:g} s") from None
        self._heard = time.monotonic()
        return answer
