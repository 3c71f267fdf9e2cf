"""Who works in the large benchmark, and what they ask for: a process with Django on the running system's database.

Prints one JSON list of people: the cookie of a session that has begun, and by kind the addresses this person may open.
Everybody is of the demo town; caseworkers open cases of their own unit, so their work is the purpose, and agents open
contacts they may read.
"""

import json
import random
import sys
from typing import Any
from urllib.parse import quote

import django

django.setup()

from django.conf import settings  # noqa: E402  (Django must be set up first)
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402

from indgang.core.cases.rights import tasks_of  # noqa: E402
from indgang.core.organisation import selectors as organisation  # noqa: E402
from indgang.core.organisation.models import Employee  # noqa: E402
from indgang.foundation.access.models import Account  # noqa: E402
from indgang.foundation.runtime import clock  # noqa: E402

OF_UNIT = """
SELECT c.number, c.person_id FROM cases_case c JOIN citizens_person p ON p.id = c.person_id
WHERE c.unit_id = %s AND c.progress <> 'closed' AND p.protected_until IS NULL ORDER BY c.deadline, c.id LIMIT 2000
"""
CONTACTS = """
SELECT c.id, c.person_id FROM contacts_contact c JOIN contacts_contacttask t ON t.contact_id = c.id
JOIN citizens_person p ON p.id = c.person_id AND p.protected_until IS NULL
WHERE t.task_id = ANY(%s) AND c.state <> 'closed' ORDER BY c.id DESC LIMIT 3000
"""
SPREAD = """
SELECT c.number, c.title, p.id, p.name FROM cases_case c TABLESAMPLE SYSTEM (%s)
JOIN citizens_person p ON p.id = c.person_id AND p.protected_until IS NULL LIMIT 3000
"""
_EACH = 400  # addresses of a kind for one person


def people(count: int) -> list[dict[str, Any]]:
    """Caseworkers and agents by turns, each with addresses of their own."""
    at = clock.now()
    found: dict[str, list[dict[str, Any]]] = {"agent": [], "caseworker": []}
    spread = _rows(SPREAD, [100 * min(1.0, 20_000 / max(1, _cases()))])
    for employee in Employee.objects.select_related("account").order_by("pk"):
        kind = next((role for role in found if role in employee.account.roles), "")
        viewer = (
            organisation.viewer_of_account(employee.account_id, at) if kind and employee.account.is_active else None
        )
        if viewer is None or len(found[kind]) >= count:
            continue
        chance = random.Random(employee.pk)
        asked = _for_agent(viewer, at) if kind == "agent" else _for_caseworker(employee.unit_id)
        if asked:
            asked |= _for_both(spread)
            drawn = {name: chance.choices(paths, k=_EACH) for name, paths in asked.items()}
            found[kind].append({"kind": kind, "cookie": session(employee.account), "paths": drawn})
    return found["agent"] + found["caseworker"]


def _for_agent(viewer: Any, at: Any) -> dict[str, list[str]]:
    rows = _rows(CONTACTS, [sorted(tasks_of(viewer, at)[0])])
    if not rows:
        return {}
    return {
        "contact": [f"/arbejdsplads/henvendelser/{contact}" for contact, _ in rows],
        "cases beside a contact": [f"/arbejdsplads/henvendelser/{one}/sager/{person}" for one, person in rows],
        "overview": [f"/arbejdsplads/borger/{person}?henvendelse={one}" for one, person in rows],
        "timeline": [f"/arbejdsplads/henvendelser/{one}/tidslinje/{person}" for one, person in rows],
    }


def _for_caseworker(unit: int) -> dict[str, list[str]]:
    rows = _rows(OF_UNIT, [unit])
    numbers = [row[0] for row in rows]
    if not rows:
        return {}
    return {
        "overview": [f"/arbejdsplads/borger/{person}?sag={number}" for number, person in rows],
        "case": [f"/arbejdsplads/sag/{number}" for number in numbers],
        "documents of a case": [f"/arbejdsplads/sag/{number}/journal?vis=documents" for number in numbers],
        "note": [f"/arbejdsplads/sag/{number}/notat" for number in numbers],
    }


def _for_both(spread: list[Any]) -> dict[str, list[str]]:
    ways = ("vis=mine", "vis=enhed", "vis=frist", "vis=venter", "vis=alle")
    return {
        "case list": [f"/arbejdsplads/sager?{way}" for way in ways],
        "case search by name": [_searched(" ".join([row[3].split()[0], row[3].split()[-1]])) for row in spread],
        "case search by words": [_searched(max(row[1].split(), key=len)) for row in spread],
        "one search": [f"/arbejdsplads/soeg?q={_quoted(text)}" for row in spread for text in (row[0], row[1])],
        "contact list": [f"/arbejdsplads/henvendelser?{way}" for way in ("", "tilstand=open", "tilstand=closed")],
        "queue": ["/arbejdsplads/koe"],
        "numbers beside the queue": ["/arbejdsplads/antal"],
        "cases of a citizen by API": [f"/api/v1/cases?citizen={row[2]}" for row in spread],
    }


def _searched(text: str) -> str:
    return f"/arbejdsplads/sager?vis=alle&q={_quoted(text)}"


def _quoted(text: str) -> str:
    return quote(text)


def _cases() -> int:
    return int(_rows("SELECT reltuples::bigint FROM pg_class WHERE relname = 'cases_case'", [])[0][0])


def _rows(statement: str, values: list[Any]) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall())


def session(account: Account) -> str:
    """The cookie of a session that has begun."""
    client = Client()
    client.force_login(account, backend=settings.AUTHENTICATION_BACKENDS[0])
    return str(client.cookies[settings.SESSION_COOKIE_NAME].value)


if __name__ == "__main__":
    print(json.dumps(people(int(sys.argv[1]))))
