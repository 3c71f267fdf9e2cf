"""One size of the scale benchmark: the process of `_pages_side`, with the lists of the workplace besides."""

import time
from datetime import timedelta

from _pages_rows import page_rows, timeline_rows
from _pages_side import Side, Work, serve

from indgang.core.contacts import selectors as contacts
from indgang.core.contacts.values import ContactQuery
from indgang.core.organisation import selectors as organisation
from indgang.core.routing import selectors as routing
from indgang.foundation.access.values import Viewer
from indgang.foundation.runtime import clock

LIST = "SELECT * FROM contacts_contact WHERE id = ANY(%s) ORDER BY id DESC"
QUEUE = "SELECT * FROM routing_workitem WHERE id = ANY(%s) ORDER BY due_at, id"
ROWS = 50  # of a page of a list
WAITING = """
INSERT INTO routing_workitem (id, subject, contact, medium, task, "group", level, language, interruptible, priority,
    created_at, waiting_since, due_at, not_before, state, excluded, resting, failed, hops, reference, title, version)
SELECT gen_random_uuid(), 'contacts.contact:' || c.id, c.id, 'mail', k.code, k.group_id, 1, c.language, true, 0,
    c.received_at, c.received_at, c.received_at + interval '1 day', c.received_at, 'waiting', '{}', '{}', 0, 0,
    c.reference, c.subject, 1
FROM contacts_contact c
JOIN contacts_contacttask t ON t.contact_id = c.id AND t."order" = 0
JOIN catalogue_task k ON k.code = t.task_id
WHERE c.state = 'new' AND NOT EXISTS (SELECT 1 FROM routing_workitem w WHERE w.contact = c.id)
LIMIT %s
"""


class Scale(Side):
    """Pages and lists, each beside plain psycopg fetching the same rows."""

    def wait(self, count: int) -> int:
        """So much work that nobody has taken."""
        return self.raw.execute(WAITING, [count]).rowcount

    def lists(self) -> dict[str, str]:
        """The addresses of what is measured, by name."""
        at = clock.now()
        person = self.raw.execute(
            "SELECT c.inquirer_mail, c.reference, t.task_id FROM contacts_contact c "
            "JOIN contacts_contacttask t ON t.contact_id = c.id WHERE c.id = %s",
            [self.places[0].contact],
        ).fetchone()
        assert person is not None
        day = (clock.local(at) - timedelta(days=30)).date().isoformat()
        asked = {
            "newest first": "",
            "oldest first": "orden=oldest",
            "open": "tilstand=open",
            "closed": "tilstand=closed",
            "one task": f"opgave={person[2]}",
            "at the counter, 30 days": f"kanal=counter&fra_dag={day}",
            "my own": "hos=mig",
            "a word": "q=flytning",
            "a word nobody wrote": "q=zebrafink",
            "a mail address": f"q={person[0]}",
            "a reference": f"q={person[1]}",
        }
        return {f"all contacts, {name}": f"/arbejdsplads/henvendelser?{query}" for name, query in asked.items()}

    def figures(self, times: int) -> dict[str, list[float]]:
        """By name: p50, p95 in ms of a clock, CPU-ms of this process and of the database's backends."""
        self.tidy("TRUNCATE access_lookup")
        viewer = organisation.viewer_of_account(self.account, clock.now())
        assert viewer is not None
        works: dict[str, Work] = {
            "agent's page": lambda: self._get(f"/arbejdsplads/{self._next().item}"),
            "agent's page, its rows by psycopg": lambda: page_rows(self.raw, self._next()),
            "timeline": lambda: self._timeline(viewer),
            "timeline, its rows by psycopg": lambda: timeline_rows(self.raw, self._next()),
            "queue": lambda: self._get("/arbejdsplads/koe"),
            "queue, its rows by psycopg": self._queue_rows(viewer),
            "number beside take next": lambda: self._get("/arbejdsplads/antal"),
            **{name: self._page(path) for name, path in self.lists().items()},
            "all contacts, newest first, its rows by psycopg": self._list_rows(viewer),
        }
        return {name: self._measured(work, times) for name, work in works.items()}

    def _measured(self, work: Work, times: int) -> list[float]:
        taken: list[float] = []

        def timed() -> None:
            begun = time.perf_counter()
            work()
            taken.append((time.perf_counter() - begun) * 1000)

        cost = self._cost(timed, times)
        ordered = sorted(taken[1:])
        return [ordered[len(ordered) // 2], ordered[int(len(ordered) * 0.95)], *cost]

    def _page(self, path: str) -> Work:
        return lambda: self._get(path)

    def _queue_rows(self, viewer: Viewer) -> Work:
        ids = [row.id for row in routing.queue(viewer, ROWS + 1, at=clock.now())]
        return lambda: self.raw.execute(QUEUE, [ids]).fetchall()

    def _list_rows(self, viewer: Viewer) -> Work:
        found = contacts.contacts(viewer, ContactQuery(), "", ROWS, at=clock.now())
        ids = [row.id for row in found.rows]
        return lambda: self.raw.execute(LIST, [ids]).fetchall()


if __name__ == "__main__":
    serve(Scale())
