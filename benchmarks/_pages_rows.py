"""The rows behind an agent's page and a citizen's timeline, fetched by plain psycopg: the limit no page can beat."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import psycopg

from indgang.core.contacts.queries import TIMELINE

Row = tuple[Any, ...]
Connection = psycopg.Connection[Row]
_TASKS = "(SELECT task_id FROM contacts_contacttask WHERE contact_id = %(contact)s)"
PAGE = {
    "account": """SELECT a.id, a.username, a.roles, e.id, e.name, e.unit_id, e.employer_id FROM access_account a
        JOIN organisation_employee e ON e.account_id = a.id WHERE e.id = %(employee)s""",
    "competences": "SELECT group_id, level, proficiency FROM organisation_competence WHERE employee_id = %(employee)s",
    "rights": """SELECT task, "group", level FROM access_authorisation r
        JOIN organisation_employee e ON e.account_id = r.account_id WHERE e.id = %(employee)s""",
    "state": "SELECT mode, reason, since, wrap_up_until FROM routing_agentstate WHERE employee_id = %(employee)s",
    "offer": "SELECT id, item_id, at, expires_at FROM routing_offer WHERE agent_id = %(employee)s AND result = ''",
    "items": """SELECT id, contact, reference, medium, title, task, "group", level, state, due_at, waiting_since, hops,
        parked_until FROM routing_workitem WHERE (agent_id = %(employee)s AND state = 'active')
        OR (preferred_id = %(employee)s AND state = 'parked') ORDER BY state, due_at, id""",
    "contact": """SELECT id, reference, channel, received_at, state, outcome, subject, language, inquirer_kind,
        inquirer_name, inquirer_mail, inquirer_phone, person_id, identified, unit_id, handler_id, expected_answer_by,
        call_back, call_back_when, handed_over, closed_at, version FROM contacts_contact WHERE id = %(contact)s""",
    "messages": """SELECT id, at, direction, medium, author, subject, body, html, automatic, delivery
        FROM contacts_message WHERE contact_id = %(contact)s ORDER BY at, id""",
    "attachments": """SELECT a.id, a.message_id, a.name, a.media_type, a.size FROM contacts_attachment a
        JOIN contacts_message m ON m.id = a.message_id WHERE m.contact_id = %(contact)s ORDER BY a.id""",
    "drafts": "SELECT employee_id, field, text, saved_at FROM contacts_draft WHERE contact_id = %(contact)s",
    "tasks": """SELECT t.code, c.level, c.source, c.answers, t.title, t.title_en, t.name, t.administration_id, a.name,
        t.group_id, t.level, t.placed, t.decision, t.answer_hours, t.follow_up_id, t.summary, t.owner_today, t.historic
        FROM contacts_contacttask c JOIN catalogue_task t ON t.code = c.task_id
        JOIN organisation_administration a ON a.code = t.administration_id
        WHERE c.contact_id = %(contact)s ORDER BY c."order" """,
    "questions": f"""SELECT task_id, code, text, required, options FROM catalogue_question WHERE task_id IN {_TASKS}
        ORDER BY "order", code""",
    "answers": f"""SELECT task_id, code, subject, body, link, closes FROM catalogue_instantanswer
        WHERE task_id IN {_TASKS} ORDER BY code""",
    "person": """SELECT p.id, p.name, p.cpr, p.born, p.street, p.house, p.postcode, p.city, p.language,
        p.protected_until, p.provisional, p.invented, array_agg(c.kind || ' ' || c.value ORDER BY c.id)
        FROM citizens_person p LEFT JOIN citizens_contactpoint c ON c.person_id = p.id
        WHERE p.id = %(person)s GROUP BY p.id""",
}


@dataclass(frozen=True)
class Place:
    """One open contact in an agent's hands."""

    employee: int
    item: UUID
    contact: UUID
    person: UUID

    def values(self) -> dict[str, object]:
        return {**vars(self), "before": None, "before_key": None, "limit": 50, "units": [], "groups": []}


def page_rows(connection: Connection, place: Place) -> dict[str, list[Row]]:
    """Every row an agent's page shows, one statement per kind."""
    values = place.values()
    return {name: connection.execute(query, values).fetchall() for name, query in PAGE.items()}


def timeline_rows(connection: Connection, place: Place) -> list[Row]:
    """The lines of the citizen's timeline."""
    return connection.execute(TIMELINE, place.values()).fetchall()
