"""The connection every process works on; Django finds it by its name and place."""

from typing import Any

from django.db.backends.postgresql import base

PREPARED_MOST = 400  # a page or a filed mail is about a hundred different statements; the driver keeps as many
_SEND = "SELECT pg_notify(channel, line) FROM unnest(%s::text[], %s::text[]) AS news(channel, line)"

_ONE = "one"


class DatabaseWrapper(base.DatabaseWrapper):
    """Collects the news of a transaction and sends them, each once, in one statement just before its commit.

    What is rolled back, to a savepoint or whole, is never sent; PostgreSQL gives the rest out when the commit stands.
    """

    def __init__(self, *facts: Any, **named: Any) -> None:
        super().__init__(*facts, **named)
        self._news: list[tuple[frozenset[str], str, str]] = []  # with the savepoints they were collected in

    def notify(self, channel: str, line: str) -> None:
        """Send with the running transaction; at once outside of one."""
        if self.in_atomic_block:
            self._news.append((frozenset(self.savepoint_ids), channel, line))
        else:
            self._send([(channel, line)])

    def savepoint_rollback(self, sid: str) -> None:
        super().savepoint_rollback(sid)
        self._news = [one for one in self._news if sid not in one[0]]

    def rollback(self) -> None:
        self._news = []
        super().rollback()

    def close(self) -> None:
        self._news = []
        super().close()

    def _commit(self) -> None:
        news, self._news = dict.fromkeys(one[1:] for one in self._news), []
        if news:
            self._send(list(news))
        parent: Any = super()  # what begins with a line is unknown to the stubs
        parent._commit()

    def _configure_connection(self, connection: Any) -> Any:
        connection.prepared_max = PREPARED_MOST
        parent: Any = super()
        return parent._configure_connection(connection)

    # Savepoints end in the reverse order they began, so one name does for all: the statement stays prepared.
    def _savepoint(self, sid: str) -> None:
        parent: Any = super()
        parent._savepoint(_ONE)

    def _savepoint_rollback(self, sid: str) -> None:
        parent: Any = super()
        parent._savepoint_rollback(_ONE)

    def _savepoint_commit(self, sid: str) -> None:
        parent: Any = super()
        parent._savepoint_commit(_ONE)

    def _send(self, news: list[tuple[str, str]]) -> None:
        with self.cursor() as cursor:
            cursor.execute(_SEND, [[channel for channel, _ in news], [line for _, line in news]])
