"""Django's sessions in the database, read by one small statement: every request asks for one."""

from typing import Any

from django.contrib.sessions.backends import db
from django.utils import timezone

from indgang.foundation.runtime.services import first_read

_READ = "FROM django_session WHERE session_key = %s AND expire_date > %s"


class SessionStore(db.SessionStore):
    """What Django's own store does; expiry is told by the machine's clock, as there."""

    def load(self) -> dict[str, Any]:
        """The facts of the session; none, and a new key, where it is unknown or over."""
        data = first_read("session_data", _READ, [self.session_key, timezone.now()])
        if data is None:
            self._session_key = None
            return {}
        found: dict[str, Any] = self.decode(data)
        return found
