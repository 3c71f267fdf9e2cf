"""Many invented contacts at once, for demo towns and benchmarks: rows only, nothing is sent or offered to anybody.

They are written by COPY and summed up in one event, so they are no news to other modules. The same seed adds the same
mixture again with other references.
"""

import random
import secrets
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection, transaction

from indgang.core.catalogue import selectors as catalogue
from indgang.core.catalogue.values import TaskCard
from indgang.core.citizens import selectors as citizens
from indgang.core.citizens.values import DemoPerson
from indgang.core.contacts import reference
from indgang.core.contacts.models import Contact
from indgang.core.contacts.values import Channel, ContactState, Direction, Outcome
from indgang.core.contacts.writing import INQUIRER
from indgang.foundation.access.values import system
from indgang.foundation.journal import services as journal
from indgang.foundation.runtime.services import uuid7

_BATCH = 5_000
_YEAR = 365 * 24 * 3600
_OPEN_SHARE, _HANDED_OVER = 0.03, 0.2
_CHANNELS = (Channel.PHONE, Channel.PHONE, Channel.MAIL, Channel.MAIL, Channel.WEBFORM, Channel.COUNTER, Channel.LETTER)
_OUTCOMES = (Outcome.INFORMED, Outcome.INFORMED, Outcome.DECIDED, Outcome.BOOKED, Outcome.SELF_SERVICE)
_WORDS = (
    "Jeg har et spørgsmål om: {task}",
    "Hej, kan I hjælpe mig? Det drejer sig om: {task}",
    "{task}. Hvad gør jeg?",
)
_ANSWER = "Tak for din henvendelse. Her er, hvad du skal gøre."
_CONTACT = """
COPY contacts_contact (id, reference, secret, channel, direction, received_at, person_id, identified, inquirer_kind,
    inquirer_name, inquirer_mail, inquirer_phone, language, subject, state, outcome, expected_answer_by, call_back,
    call_back_when, handed_over, closed_at, version) FROM STDIN
"""
_TASK = 'COPY contacts_contacttask (contact_id, task_id, "order", level, source, answers) FROM STDIN'
_MESSAGE = """
COPY contacts_message (id, contact_id, at, direction, medium, author, subject, body, html, automatic, mail_id, delivery)
FROM STDIN
"""
Row = Sequence[object]


@dataclass(frozen=True)
class _Made:
    contact: Row
    task: Row | None
    messages: tuple[Row, ...]


def generate(count: int, seed: int, at: datetime) -> int:
    """So many contacts of the invented people over the year before `at`, most of them closed; how many were made.

    Without invented people nobody has contacts: 0.
    """
    chance = random.Random(seed)  # noqa: S311  (an invented mixture, nothing to guess)
    people = list(citizens.invented_people(100_000))
    tasks = catalogue.tasks(at=at)
    if not people or count <= 0:
        return 0
    with transaction.atomic():
        references = _references(count)
        for start in range(0, count, _BATCH):
            size = min(_BATCH, count - start)
            _write([_contact(chance, people, tasks, next(references), at) for _ in range(size)])
        journal.record(
            "contacts.generated", at=at, viewer_name=system("generator").name, subject="contacts.contact:invented",
            data={"count": count, "seed": seed},
        )  # fmt: skip
    return count


def _contact(chance: random.Random, people: list[DemoPerson], tasks: list[TaskCard], code: str, now: datetime) -> _Made:
    """One contact with its question and, when it is closed, its answer."""
    person, channel = chance.choice(people), chance.choice(_CHANNELS)
    task = chance.choice(tasks) if tasks else None
    closed = chance.random() >= _OPEN_SHARE
    received = now - timedelta(seconds=chance.randrange(3600, _YEAR) if closed else chance.randrange(60, 14 * 86400))
    ended = min(now, received + timedelta(seconds=chance.randrange(120, 48 * 3600))) if closed else None
    handed_over = chance.random() < _HANDED_OVER
    outcome = (Outcome.HANDED_OVER if handed_over else chance.choice(_OUTCOMES)).value if closed else ""
    state = ContactState.CLOSED if closed else ContactState.OPEN if handed_over else ContactState.NEW
    key, title = uuid7(received), task.title if task else "Andet"
    contact = (
        key, code, secrets.token_urlsafe(32), channel.value, "in", received, person.id, False, "citizen", person.name,
        person.mail, person.phone, person.language, title, state.value, outcome, received + timedelta(hours=24), False,
        "", handed_over, ended, 2 if closed else 1,
    )  # fmt: skip
    question = chance.choice(_WORDS).format(task=title)
    messages = [_message(key, received, Direction.IN, channel, INQUIRER, title, question)]
    if ended is not None:
        messages.append(_message(key, ended, Direction.OUT, channel, "system:generator", title, _ANSWER))
    row = (key, task.code, 0, min(task.level, 2) if closed else None, "agent", "{}") if task else None
    return _Made(contact, row, tuple(messages))


def _message(
    contact: UUID, at: datetime, direction: Direction, channel: Channel, author: str, subject: str, body: str
) -> Row:
    return (uuid7(at), contact, at, direction.value, channel.value, author, subject, body, "", False, "", "")


def _references(count: int) -> Iterator[str]:
    """References nobody has: a walk through all numbers in steps without a common divisor, past those in use."""
    step = 15_485_863  # a prime that does not divide 30
    number = secrets.randbelow(reference.SPACE)
    while True:
        batch = []
        for _ in range(min(count, _BATCH)):
            number = (number + step) % reference.SPACE
            batch.append(reference.from_number(number))
        used = set(Contact.objects.filter(reference__in=batch).values_list("reference", flat=True))
        yield from (code for code in batch if code not in used)


def _write(made: Iterable[_Made]) -> None:
    """Contacts before what points at them."""
    rows = list(made)
    _copy(_CONTACT, (one.contact for one in rows))
    _copy(_TASK, (one.task for one in rows if one.task))
    _copy(_MESSAGE, (message for one in rows for message in one.messages))


def _copy(statement: str, rows: Iterable[Row]) -> None:
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(row)
