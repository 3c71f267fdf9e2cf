"""One size of the cases benchmark: the process of `_pages_side`, asked for overviews, searches, lists and new cases."""

import os
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import psycopg
from _cases_rows import CONTACTS as TIMELINE_LINES
from _cases_rows import NewCase, keep_file, overview_looks, overview_rows
from _pages_side import Side, Work, serve
from _processes import cpu_ms
from django.conf import settings
from django.db import connection, transaction
from django.test import Client

from indgang.core.cases import selectors as cases
from indgang.core.cases import services
from indgang.core.cases.rights import tasks_of
from indgang.core.cases.values import CaseQuery
from indgang.core.citizens import selectors as citizens
from indgang.core.contacts import selectors as contacts
from indgang.core.organisation import selectors as organisation
from indgang.core.organisation.models import Employee
from indgang.foundation.access.models import Account
from indgang.foundation.access.values import Purpose, Reason, Viewer, system
from indgang.foundation.runtime import clock

PRESENT = Purpose("reason", Reason.CITIZEN_PRESENT.value)
# Citizens with equally many cases, documents and contacts at both sizes, so that growth is that of the tables alone.
_PERSONS = """
SELECT c.person_id FROM cases_case c JOIN citizens_person p ON p.id = c.person_id AND p.protected_until IS NULL
WHERE c.task_id = ANY(%(tasks)s) AND c.sensitivity <> 'sensitive'
GROUP BY c.person_id
HAVING count(*) = %(cases)s AND count(*) = (SELECT count(*) FROM cases_case o WHERE o.person_id = c.person_id)
   AND (SELECT count(*) FROM contacts_contact o WHERE o.person_id = c.person_id) BETWEEN %(low)s AND %(high)s
ORDER BY md5(c.person_id::text) LIMIT %(limit)s
"""
_UNITS = """
SELECT c.unit_id, min(e.id) FROM cases_case c JOIN organisation_employee e ON e.unit_id = c.unit_id
JOIN access_account a ON a.id = e.account_id AND a.roles && ARRAY['caseworker', 'approver']::varchar[]
WHERE c.progress <> 'closed' GROUP BY c.unit_id ORDER BY count(DISTINCT c.id) DESC LIMIT 5
"""
_TYPED = """
SELECT c.number, p.name, c.title FROM cases_case c JOIN citizens_person p ON p.id = c.person_id
WHERE p.protected_until IS NULL ORDER BY md5(c.id::text) LIMIT %s
"""
_WORDS = """
SELECT (SELECT word FROM unnest(tsvector_to_array(v.words)) word ORDER BY length(word) DESC, word LIMIT 1)
FROM cases_documentversion v ORDER BY md5(v.id::text) LIMIT %s
"""
SAID = "Borgeren oplyser, at familien er flyttet, og at lejen er sat op fra den første."
LETTER = "Ansøgning om boligsikring. Vi er flyttet til en ny lejlighed, og huslejen er steget.\n" * 20
CASES, CONTACTS = 2, (5, 25)


class Cases(Side):
    """What a caseworker and an agent ask for, each beside plain psycopg."""

    def invent(self, citizens: int, contacts: int, cases: int, seed: int) -> int:
        """More of everything, as `indgang demo-data` makes it."""
        from indgang.assembly.demo_data import generate

        made = generate(citizens=citizens, contacts=contacts, cases=cases, seed=seed)
        self.tidy("VACUUM ANALYZE")
        return made["cases"]

    def __init__(self) -> None:
        super().__init__()
        self.asked = 0

    def ready(self, questions: int, asked: dict[str, Any] | None = None) -> dict[str, Any]:
        """Who asks, about whom and for what: what is asked at the other size, where that is said. What is asked."""
        at = clock.now()
        self.agent = self._with_most_cases(at)
        informed = cases_tasks(self.agent, at)
        facts = {"tasks": informed, "cases": CASES, "low": CONTACTS[0], "high": CONTACTS[1], "limit": questions}
        self.persons: list[UUID] = [row[0] for row in self.raw.execute(_PERSONS, facts).fetchall()]
        if len(self.persons) < 2:
            raise RuntimeError("too few citizens have as many cases and contacts as needed; take more cases")
        self.questions: dict[str, Any] = dict(asked or self._drawn(questions))
        self.questions["documents here"] = [row[0] for row in self.raw.execute(_WORDS, [questions]).fetchall()]
        self.units = [
            (unit, viewer_of(employee, at), cookie_of(employee))
            for unit, employee in self.raw.execute(_UNITS).fetchall()
        ]
        self.cookie = self.units[0][2]
        return self.questions

    def differences(self) -> list[str]:
        """What the selectors show and plain SQL finds, side by side."""
        wrong = []
        for person in self.persons:
            shown, rows = self._overview(person), overview_rows(self.raw, person)
            pairs = {
                "person": (shown["person"].name, rows["person"][0][1]),
                "cases": ([row.number for row in shown["found"].cases], [row[1] for row in rows["cases"]]),
                "documents": ([row.id for row in shown["found"].documents], [row[0] for row in rows["documents"]]),
                "deadlines": ([row.case for row in shown["found"].deadlines], [row[0] for row in rows["deadlines"]]),
                "timeline": ([line.key for line in shown["timeline"]], [row[9] for row in rows["timeline"]]),
            }
            wrong += [
                f"{name}: shown {ours!r}, plain SQL {bare!r}" for name, (ours, bare) in pairs.items() if ours != bare
            ]
        for number in self.questions["numbers"][:5]:
            found = cases.search_cases(system("benchmark"), number, clock.now())
            if [row.number for row in found.rows] != [number]:
                wrong.append(f"the case {number} is not found by its number")
        return wrong

    def begin(self) -> list[str]:
        """A new round: every question is asked from the first on. What is measured in it."""
        self.tidy("TRUNCATE access_lookup")
        self.asked = 0
        return list(self._works())

    def figure(self, name: str, times: int) -> dict[str, Any]:
        """The milliseconds of each call, and CPU-ms of this process and of the database's backends."""
        return self._measured(self._works()[name], times)

    def _works(self) -> dict[str, Work]:
        return {
            "overview": lambda: self._overview(self._person()),
            "overview, its rows by psycopg": lambda: overview_rows(self.raw, self._person()),
            "overview, its rows and looks by psycopg": self._rows_and_looks,
            "search by number": lambda: self._search("numbers"),
            "search by name": lambda: self._search("names"),
            "search by words of the title": lambda: self._search("titles"),
            "search by words of the title, a whole page": lambda: self._search("whole pages of titles"),
            "search in documents": lambda: self._search_documents("documents"),
            "search in documents, a whole page": lambda: self._search_documents("whole pages of documents"),
            "search in documents, words drawn from it": lambda: self._search_documents("documents here"),
            "open cases of a unit, 20": lambda: self._unit_list(20),
            "open cases of a unit, 50": lambda: self._unit_list(50),
            "page of a unit's open cases": lambda: self._get("/arbejdsplads/sager?vis=enhed"),
        }

    def make_cases(self, count: int) -> dict[str, Any]:
        """So many cases with a document and a note, each in one transaction; then the same rows by plain psycopg."""
        people, folder = self.persons, Path(os.environ["INDGANG_DATA"]) / "bare"
        task = self._task()
        self._one_case(people[0], task)
        first, behind = self._one_case(people[1], task)  # the job that reads documents waits already, as it mostly does
        with psycopg_owner() as owner:
            model = NewCase(owner, self.raw.info.user, first, behind)
        folder.mkdir(parents=True, exist_ok=True)
        backends = self._backends()
        ours = self._rate(lambda n: self._one_case(people[n % len(people)], task), count, backends)
        bare = self._rate(lambda n: model.write(self.raw, self.turn + n), count, backends)
        self.turn += count + 1

        def with_file(turn: int) -> None:
            keep_file(folder, f"{uuid4()}\n{LETTER}".encode())
            model.write(self.raw, self.turn + turn)

        filed = self._rate(with_file, count, backends)
        self.turn += count + 1
        tables = {str(statement.as_string()).split('"')[1]: len(rows) for statement, rows in model.tables}
        return {"ours": ours, "rows": bare, "rows and file": filed, "tables": tables}

    def _one_case(self, person: UUID, task: str) -> tuple[int, int]:
        """Open, a document, a note: all or nothing; the numbers of its transactions."""
        at, viewer = clock.now(), self.units[0][1]
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT pg_current_xact_id()::text::bigint")
            first = cursor.fetchone()[0]
            case = services.open_case(task=task, person=person, viewer=viewer, at=at)
            services.add_document(
                case_id=case.id, title="Ansøgning", kind="in", name="ansøgning.txt",
                content=f"{uuid4()}\n{LETTER}".encode(), viewer=viewer, at=at,
            )  # fmt: skip
            services.add_note(case_id=case.id, theme="Flytning", body=SAID, oral_facts=True, viewer=viewer, at=at)
        return first, self._transaction()

    def _transaction(self) -> int:
        row = self.raw.execute("SELECT pg_current_xact_id()::text::bigint").fetchone()
        assert row is not None
        return int(row[0])

    def _task(self) -> str:
        row = self.raw.execute(
            "SELECT task_id FROM cases_case WHERE unit_id = %s ORDER BY task_id LIMIT 1", [self.units[0][0]]
        ).fetchone()
        assert row is not None
        return str(row[0])

    def _rate(self, work: Callable[[int], object], count: int, backends: list[int]) -> dict[str, float]:
        work(0)
        before, own, begun = cpu_ms(backends), time.process_time(), time.perf_counter()
        for number in range(1, count + 1):
            work(number)
        spent = time.perf_counter() - begun
        after = cpu_ms(backends)
        used = sum(after[number] - before[number] for number in after if number in before)
        return {
            "per_second": count / spent,
            "web": (time.process_time() - own) * 1000 / count,
            "database": used / count,
        }

    def _measured(self, work: Work, times: int) -> dict[str, Any]:
        taken: list[float] = []

        def timed() -> None:
            begun = time.perf_counter()
            work()
            taken.append((time.perf_counter() - begun) * 1000)

        web, database = self._cost(timed, times)
        return {"ms": taken[1:], "web": web, "database": database}

    def _backends(self) -> list[int]:
        rows = self.raw.execute(
            "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND backend_type = 'client backend'"
        ).fetchall()
        return [row[0] for row in rows]

    def _turn(self) -> int:
        self.asked += 1
        return self.asked

    def _person(self) -> UUID:
        return self.persons[self._turn() % len(self.persons)]

    def _drawn(self, questions: int) -> dict[str, Any]:
        """What employees ask for here; of words also those that fill a page, here and wherever there is more."""
        at = clock.now()
        cards = self.raw.execute(_TYPED, [questions * 5]).fetchall()
        titles = [max(title.split(), key=len) for _, _, title in cards]
        words = [row[0] for row in self.raw.execute(_WORDS, [questions * 20]).fetchall()]
        many = [one for one in dict.fromkeys(titles) if cases.search_cases(self.agent, one, at).more_than_shown]
        wide = [one for one in dict.fromkeys(words) if cases.search_documents(self.agent, one, at=at).cursor]
        if min(len(many), len(wide)) < 2:
            raise RuntimeError("too few words fill a page; take more cases")
        return {
            "numbers": [number for number, _, _ in cards[:questions]],
            "names": [f"{name.split()[0]} {name.split()[-1]}" for _, name, _ in cards[:questions]],
            "titles": titles[:questions],
            "documents": words[:questions],
            "whole pages of titles": many,
            "whole pages of documents": wide,
        }

    def hits(self) -> dict[str, float]:
        """How many documents are shown on average, of words asked at both sizes and of those drawn from this one."""
        at, shown = clock.now(), {}
        for kind in ("documents", "documents here"):
            words = self.questions[kind]
            found = (cases.search_documents(self.agent, word, at=at).rows for word in words)
            shown[kind] = sum(map(len, found)) / len(words)
        return shown

    def _asked(self, kind: str) -> str:
        return str(self.questions[kind][self._turn() % len(self.questions[kind])])

    def _search(self, kind: str) -> object:
        return cases.search_cases(self.agent, self._asked(kind), clock.now())

    def _search_documents(self, kind: str) -> object:
        return cases.search_documents(self.agent, self._asked(kind), at=clock.now())

    def _unit_list(self, rows: int) -> object:
        unit, viewer, _ = self.units[self._turn() % len(self.units)]
        return cases.case_rows(viewer, CaseQuery(unit=unit), "", rows, at=clock.now())

    def _rows_and_looks(self) -> None:
        person = self._person()
        overview_looks(self.raw, person)
        overview_rows(self.raw, person)

    def _overview(self, person: UUID) -> dict[str, Any]:
        """Everything of the house about a citizen, as the overview asks for it."""
        at = clock.now()
        card = citizens.person(self.agent, person, purpose=PRESENT, at=at)
        found = cases.overview(self.agent, person, purpose=PRESENT, at=at)
        lines = contacts.timeline(self.agent, person, purpose=PRESENT, at=at, limit=TIMELINE_LINES)
        return {"person": card, "found": found, "timeline": lines}

    def _with_most_cases(self, at: datetime) -> Viewer:
        """The agent who may inform about most tasks."""
        agents = [account for account, _, roles in organisation.logins(at) if roles == ["agent"]]
        viewers = [viewer for account in agents if (viewer := organisation.viewer_of_account(account, at))]
        return max(viewers, key=lambda viewer: len(cases_tasks(viewer, at)))


def cases_tasks(viewer: Viewer, at: datetime) -> list[str]:
    """The tasks this employee may inform about."""
    return sorted(tasks_of(viewer, at)[0])


def viewer_of(employee: int, at: datetime) -> Viewer:
    viewer = organisation.viewer_of_account(account_of(employee).pk, at)
    assert viewer is not None
    return viewer


def account_of(employee: int) -> Account:
    return Employee.objects.select_related("account").get(pk=employee).account


def cookie_of(employee: int) -> str:
    """The cookie of a session that has begun."""
    client = Client()
    client.force_login(account_of(employee), backend=settings.AUTHENTICATION_BACKENDS[0])
    return str(client.cookies[settings.SESSION_COOKIE_NAME].value)


def psycopg_owner() -> "psycopg.Connection[Any]":
    return psycopg.connect(os.environ["BENCHMARK_OWNER_URL"], autocommit=True)


if __name__ == "__main__":
    serve(Cases())
