"""One size of the pages benchmark: a process with Django on its own database, told what to do line by line.

In the process the whole WSGI application answers, so CPU time is the pages' own; that of the database is its backends'.
"""

import json
import os
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import django
import psycopg

django.setup()

from _pages_rows import Place, page_rows, timeline_rows  # noqa: E402  (Django must be set up first)
from _processes import cpu_ms  # noqa: E402
from django.conf import settings  # noqa: E402
from django.core.handlers.wsgi import WSGIHandler  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client, RequestFactory  # noqa: E402

from indgang.core.catalogue import selectors as catalogue  # noqa: E402
from indgang.core.citizens import services as citizens_services  # noqa: E402
from indgang.core.contacts import selectors as contacts_selectors  # noqa: E402
from indgang.core.contacts import services as contacts  # noqa: E402
from indgang.core.contacts.values import Inquirer, NewMessage, TaskChoice, Upload  # noqa: E402
from indgang.core.organisation import selectors as organisation  # noqa: E402
from indgang.core.routing import services as routing  # noqa: E402
from indgang.desks.workplace import pages  # noqa: E402
from indgang.foundation.access.models import Account  # noqa: E402
from indgang.foundation.access.values import Purpose, Viewer, system  # noqa: E402
from indgang.foundation.runtime import clock  # noqa: E402

OPEN, WAITING, EARLIER = 5, 40, 9
BENCHMARK = system("benchmark")
LONG = "Jeg skriver, fordi vi flytter på lørdag, og jeg er i tvivl om, hvad jeg skal gøre.\n" * 6
_PERSONS = """
SELECT c.person_id FROM contacts_contact c JOIN citizens_person p ON p.id = c.person_id
WHERE p.protected_until IS NULL
GROUP BY c.person_id HAVING count(*) = %s AND bool_and(c.state = 'closed') ORDER BY c.person_id LIMIT %s
"""
Work = Callable[[], object]


class Side:
    """What the parent asks for; every method is one order."""

    def __init__(self) -> None:
        self.places: list[Place] = []
        self.cookie = ""
        self.account = 0
        self.raw = psycopg.connect(os.environ["DATABASE_URL"], autocommit=True)
        self.application = WSGIHandler()
        self.turn = 0

    def fill(self, people: int, persons: int, count: int) -> int:
        """Invented people and contacts on top of what is there; the statistics of the tables are made anew."""
        at = clock.now()
        citizens_services.generate(persons, 2005, at)
        made = contacts.generate(count, people, at)
        self.tidy("VACUUM ANALYZE")
        return made

    def prepare(self) -> int:
        """Five open contacts in one agent's hands, of persons with equally many earlier ones; how many lie there."""
        at = clock.now()
        me = _agent(at)
        tasks = [card.code for card in catalogue.tasks(at=at) if card.group in me.competences][:2]
        card = organisation.employee(me.employee)
        account = next(key for key, _name, _roles in organisation.logins(at) if _is(key, me.employee))
        assert card is not None
        with connection.cursor() as cursor:
            cursor.execute(_PERSONS, [EARLIER, OPEN])
            persons = [row[0] for row in cursor.fetchall()]
        viewer = organisation.viewer_of_account(account, at)
        assert viewer is not None
        for person in persons:
            self.places.append(_open(person, tasks, viewer, at))
        for number in range(WAITING):
            _receive(None, tasks[:1], f"Nummer {number}", at)
        client = Client()
        client.force_login(Account.objects.get(pk=account), backend=settings.AUTHENTICATION_BACKENDS[0])
        self.cookie, self.account = client.cookies[settings.SESSION_COOKIE_NAME].value, account
        self.tidy("VACUUM ANALYZE")
        return len(self.places)

    def check(self) -> list[str]:
        """What the pages show and plain SQL finds, side by side; the differences."""
        viewer = organisation.viewer_of_account(self.account, clock.now())
        assert viewer is not None
        wrong = []
        for place in self.places:
            wrong += _differences(self.raw, place, viewer)
            answer = self._get(f"/arbejdsplads/{place.item}")
            if b"Ida Borger" not in answer or "Hvornår flytter du?".encode() not in answer:
                wrong.append(f"the page of {place.item} does not show its contact")
        return wrong

    def measure(self, times: int) -> dict[str, list[float]]:
        """CPU-ms of this process and of the database's backends, per call, of each kind of work."""
        self.tidy("TRUNCATE access_lookup")
        viewer = organisation.viewer_of_account(self.account, clock.now())
        assert viewer is not None
        works: dict[str, tuple[Work, int]] = {
            "empty": (lambda: self._get("/tom"), times * 5),
            "empty_for_staff": (lambda: self._get("/tom-ansat"), times * 2),
            "page": (lambda: self._get(f"/arbejdsplads/{self._next().item}"), times),
            "page_rows": (lambda: page_rows(self.raw, self._next()), times * 2),
            "timeline": (lambda: self._timeline(viewer), times * 2),
            "timeline_rows": (lambda: timeline_rows(self.raw, self._next()), times * 5),
        }
        return {name: self._cost(work, number) for name, (work, number) in works.items()}

    def statements(self) -> int:
        """How many statements one page takes, on all its connections."""
        from django.db import connections

        seen: list[str] = []

        def count(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
            seen.append(sql)
            return execute(sql, params, many, context)

        self._get(f"/arbejdsplads/{self.places[0].item}")
        with connections["default"].execute_wrapper(count), connections["accesslog"].execute_wrapper(count):
            self._get(f"/arbejdsplads/{self.places[0].item}")
        if os.environ.get("BENCHMARK_STATEMENTS"):
            sys.stderr.write("\n".join(" ".join(sql.split())[:230] for sql in seen) + "\n")
        return len(seen)

    def address(self) -> dict[str, Any]:
        """Where a client over HTTP finds the pages, and its cookie."""
        return {"cookie": self.cookie, "paths": [f"/arbejdsplads/{place.item}" for place in self.places]}

    def tidy(self, statement: str) -> None:
        """Something only the owner may do."""
        with psycopg.connect(os.environ["BENCHMARK_OWNER_URL"], autocommit=True) as owner:
            owner.execute(statement)

    def _next(self) -> Place:
        self.turn += 1
        return self.places[self.turn % len(self.places)]

    def _timeline(self, viewer: Viewer) -> int:
        place = self._next()
        purpose = Purpose("contact", str(place.contact))
        return len(contacts_selectors.timeline(viewer, place.person, purpose=purpose, at=clock.now()))

    def _get(self, path: str) -> bytes:
        cookie = f"{settings.SESSION_COOKIE_NAME}={self.cookie}"
        environ = RequestFactory().get(path, HTTP_COOKIE=cookie, HTTP_HOST="127.0.0.1").environ
        status: list[str] = []
        response: Any = self.application(environ, lambda line, _headers: status.append(line))  # type: ignore[arg-type]
        body = b"".join(response)
        response.close()
        if not status[0].startswith("200"):
            raise RuntimeError(f"{path} answered {status[0]}: {body[:500]!r}")
        return body

    def _cost(self, work: Work, times: int) -> list[float]:
        work()
        backends = [row[0] for row in self.raw.execute(_BACKENDS).fetchall()]
        before, began = cpu_ms(backends), time.process_time()
        for _ in range(times):
            work()
        own = (time.process_time() - began) * 1000
        after = cpu_ms(backends)
        return [own / times, sum(after[number] - before[number] for number in after if number in before) / times]


_BACKENDS = "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND backend_type = 'client backend'"


def _agent(at: Any) -> Any:
    """The agent with the most competences."""
    agents = [one for one in organisation.agent_facts(None, at) if "agent" in one.roles]
    return max(agents, key=lambda one: (len(one.competences), -one.employee))


def _is(account: int, employee: int) -> bool:
    card = organisation.employee_of_account(account)
    return card is not None and card.id == employee


def _receive(person: UUID | None, tasks: list[str], subject: str, at: Any) -> UUID:
    files = (Upload("bilag.pdf", "application/pdf", b"%PDF-1.4 bilag"),) if person else ()
    return contacts.receive_contact(
        channel="mail",
        message=NewMessage(LONG, "mail", subject=subject, uploads=files),
        inquirer=Inquirer(name="Ida Borger", mail="ida@borger.example", person=person),
        tasks=[TaskChoice(code) for code in tasks],
        viewer=BENCHMARK,
        at=at - timedelta(minutes=30),
    ).id


def _open(person: UUID, tasks: list[str], viewer: Viewer, at: Any) -> Place:
    """A contact with two tasks, a file, five utterances and a draft, in the agent's hands."""
    _receive(person, tasks, "Flytning", at)
    assert viewer.actor is not None
    item = routing.take_next(employee_id=viewer.actor.employee, viewer=viewer, at=at)
    assert item is not None and item.contact is not None
    for text in ("Tak for din mail. Hvornår flytter du?", "Og hvortil?"):
        contacts.reply(contact_id=item.contact, body=text, viewer=viewer, at=at)
        message = NewMessage("På lørdag.\n" + LONG, "mail", subject="Sv: Flytning")
        contacts.receive_message(contact_id=item.contact, message=message, viewer=BENCHMARK, at=at)
    contacts.add_note(contact_id=item.contact, body="Ringet op uden held.", viewer=viewer, at=at)
    contacts.save_draft(
        contact_id=item.contact, employee_id=viewer.actor.employee, field="reply", text="Kære Ida", at=at
    )
    return Place(viewer.actor.employee, item.id, item.contact, person)


def _differences(raw: Any, place: Place, viewer: Viewer) -> list[str]:
    at = clock.now()
    work = pages.my_work(viewer, at)
    shown = pages.conversation(viewer, work, place.item, at)
    rows = page_rows(raw, place)
    lines = pages.timeline(viewer, place.contact, place.person, at)
    pairs: dict[str, tuple[object, object]] = {
        "items": ([one.id for one in work.items], [row[0] for row in rows["items"]]),
        "messages": ([(m.id, m.body) for m in shown.page.messages], [(row[0], row[6]) for row in rows["messages"]]),
        "attachments": (sum(len(m.attachments) for m in shown.page.messages), len(rows["attachments"])),
        "drafts": ([draft.text for draft in shown.page.drafts.values()], [row[2] for row in rows["drafts"]]),
        "tasks": ([(t.card.code, t.card.title) for t in shown.tasks], [(row[0], row[4]) for row in rows["tasks"]]),
        "questions": (sum(len(t.card.questions) for t in shown.tasks), len(rows["questions"])),
        "answers": (sum(len(t.card.answers) for t in shown.tasks), len(rows["answers"])),
        "person": (shown.person and shown.person.name, rows["person"][0][1]),
        "timeline": ([line.key for line in lines], [row[9] for row in timeline_rows(raw, place)]),
    }
    return [
        f"{name}: the page has {ours!r}, plain SQL {bare!r}" for name, (ours, bare) in pairs.items() if ours != bare
    ]


def serve(side: Side) -> None:
    """Answer orders until the parent goes."""
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # the product's log lines are not part of the talk
    for line in sys.stdin:
        order = json.loads(line)
        result = getattr(side, order.pop("do"))(**order)
        answers.write(json.dumps(result) + "\n")
        answers.flush()


if __name__ == "__main__":
    serve(Side())
