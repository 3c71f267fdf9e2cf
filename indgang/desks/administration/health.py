"""How everything is: processes, probes, database, queues, outside systems, backup and seals, each since when."""

import json
import socket
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.db import Error, connection, transaction
from django.utils.translation import gettext

from indgang.desks.administration.models import Watched
from indgang.foundation.journal import selectors as journal
from indgang.foundation.journal import services as journal_services
from indgang.foundation.journal.values import OutboxState
from indgang.foundation.runtime import services as runtime

FINE, MIND, ACT, UNKNOWN = "fine", "mind", "act", "unknown"
PROCESSES, PARTS, QUEUES, OUTSIDE, SAFETY = "processes", "parts", "queues", "outside", "safety"
BACKUP_NOTE = "last-backup.json"
_JOBS_DUE = """
SELECT count(*) FROM procrastinate_jobs WHERE status = 'todo' AND coalesce(scheduled_at, now()) <= now()
"""
_JOBS_FAILED = "SELECT count(*) FROM procrastinate_jobs WHERE status = 'failed'"
_PATIENCE = 0.3  # seconds for a port of this machine
_LONG = timedelta(minutes=10)
_BACKUP_OLD, _SEALS_OLD = timedelta(hours=26), timedelta(minutes=15)


@dataclass(frozen=True)
class Part:
    """One thing looked at."""

    code: str
    group: str
    name: str
    state: str
    sentence: str
    since: datetime | None = None


def look(at: datetime) -> list[Part]:
    """Everything now, with since when it has been so (as far as somebody has looked before)."""
    found = [*_processes(at), *_probes(), *_database(), *_queues(at), *_outside(at), *_safety(at)]
    known = {row.code: row for row in Watched.objects.all()}
    return [
        replace(part, since=known[part.code].since)
        if part.since is None and part.code in known and known[part.code].state == part.state
        else part
        for part in found
    ]


@transaction.atomic
def note(at: datetime) -> int:
    """Remember since when each part is as it is; how many changed."""
    known = {row.code: row for row in Watched.objects.select_for_update()}
    changed = 0
    for part in look(at):
        row = known.get(part.code)
        if row is None or row.state != part.state:
            Watched.objects.update_or_create(code=part.code, defaults={"state": part.state, "since": at, "seen_at": at})
            changed += 1
    return changed


def worst(parts: Iterable[Part]) -> str:
    """The state of all together."""
    found = {part.state for part in parts}
    return next((state for state in (ACT, MIND, FINE) if state in found), UNKNOWN)


def _processes(at: datetime) -> Iterator[Part]:
    yield Part("web", PROCESSES, gettext("Hjemmeside og arbejdspladser"), FINE, gettext("Svarer: du ser siden."))
    port = settings.INDGANG_PORT
    yield _port("live", gettext("Opdateringer i browseren"), port + 1)
    yield _port("mailroom", gettext("Modtagelse af mail"), port + 25)
    since = _first_session("dispatcher %")
    yield Part(
        "dispatcher",
        PROCESSES,
        gettext("Fordeling af arbejde"),
        FINE if since else ACT,
        gettext("Forbundet til databasen.") if since else gettext("Ingen proces fordeler arbejdet."),
        since,
    )
    age = _number("SELECT extract(epoch FROM now() - max(last_heartbeat)) FROM procrastinate_workers")
    alive = age is not None and age < 60
    yield Part(
        "worker",
        PROCESSES,
        gettext("Udførelse af opgaver i baggrunden"),
        FINE if alive else ACT,
        gettext("Gav livstegn for nylig.") if alive else gettext("Har ikke givet livstegn det sidste minut."),
    )


def _port(code: str, name: str, number: int) -> Part:
    try:
        with socket.create_connection(("127.0.0.1", number), timeout=_PATIENCE):
            return Part(code, PROCESSES, name, FINE, gettext("Svarer."))
    except OSError:
        return Part(code, PROCESSES, name, ACT, gettext("Svarer ikke på denne maskine."))


def _first_session(application: str) -> datetime | None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT min(backend_start) FROM pg_stat_activity"
            " WHERE application_name LIKE %s AND datname = current_database()",
            [application],
        )
        found: datetime | None = cursor.fetchone()[0]
        return found


def _probes() -> Iterator[Part]:
    for check in runtime.checks():
        name = {
            "database": gettext("Databasen svarer"),
            "migrations": gettext("Databasens tabeller"),
            "disk": gettext("Plads på disken"),
            "journal": gettext("Udbakken"),
            "mail": gettext("Indgående mail"),
            "work": gettext("Køen"),
        }.get(check.name, check.name)
        state = FINE if check.fine else ACT if check.needed else MIND
        yield Part(f"probe.{check.name}", PARTS, name, state, check.sentence or gettext("I orden."))


def _database() -> Iterator[Part]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_database_size(current_database()), count(*), current_setting('max_connections')::int,"
            " coalesce(max(extract(epoch FROM now() - xact_start)) FILTER (WHERE state <> 'idle'), 0)"
            " FROM pg_stat_activity WHERE datname = current_database()"
        )
        size, sessions, most, longest = cursor.fetchone()
    full = sessions > most * 0.8
    sentence = gettext("{sessions} af {most} forbindelser, {size} MB, længste transaktion {seconds} s.").format(
        sessions=sessions, most=most, size=size // 1024**2, seconds=int(longest)
    )
    state = MIND if full or longest > 60 else FINE
    yield Part("database.load", PARTS, gettext("Databasens belastning"), state, sentence)


def _queues(at: datetime) -> Iterator[Part]:
    waiting = journal.outbox(OutboxState.WAITING)
    late = [row for row in waiting if row.due_at < at - _LONG]
    said = gettext("{n} venter, {late} skulle være sendt for mere end ti minutter siden.")
    sentence = said.format(n=len(waiting), late=len(late))
    yield Part("queue.outbox", QUEUES, gettext("Udgående post"), MIND if late else FINE, sentence)
    jobs, failed = _number(_JOBS_DUE), _number(_JOBS_FAILED)
    state = MIND if (jobs or 0) > 1000 or failed else FINE
    said = gettext("{n} venter på at blive udført, {failed} mislykkedes.")
    sentence = said.format(n=int(jobs or 0), failed=int(failed or 0))
    yield Part("queue.jobs", QUEUES, gettext("Opgaver i baggrunden"), state, sentence)


def _outside(at: datetime) -> Iterator[Part]:
    """Each way out of the house: in doubt while parcels must be tried again."""
    names = {
        "mail": gettext("Mailserver"),
        "print": gettext("Brevudskrivning"),
        "case_letter": gettext("Brevudskrivning af sagers breve"),
        "case_notice": gettext("Mailserver til mails om, at et brev kommer"),
    }
    retried = [row for row in journal.outbox(OutboxState.WAITING) if row.attempts]
    for transport in sorted(journal_services.transports()):
        mine = [row for row in retried if row.transport == transport]
        name = names.get(transport, transport)
        if settings.INDGANG_DEMO:
            name = gettext("{name} (simuleret)").format(name=name)
        if mine:
            first = min(row.created_at for row in mine)
            sentence = gettext("{n} forsendelser prøves igen. {error}").format(n=len(mine), error=mine[0].error)
            yield Part(f"outside.{transport}", OUTSIDE, name, MIND, sentence, first)
        else:
            yield Part(f"outside.{transport}", OUTSIDE, name, FINE, gettext("Tager imod det, vi sender."))


def _safety(at: datetime) -> Iterator[Part]:
    sealed = journal.last_seal()
    if sealed is None:
        yield Part("seals", SAFETY, gettext("Journalens segl"), UNKNOWN, gettext("Der er ikke sat noget segl endnu."))
    else:
        number, when, unsealed = sealed
        late = unsealed and at - when > _SEALS_OLD
        said = gettext("Segl nummer {number}; {n} hændelser venter på det næste.").format(number=number, n=unsealed)
        yield Part("seals", SAFETY, gettext("Journalens segl"), MIND if late else FINE, said, when)
    taken = _last_backup()
    if taken is None:
        sentence = gettext("Ingen sikkerhedskopi er taget herfra. Tag en med »indgang backup«.")
        yield Part("backup", SAFETY, gettext("Sikkerhedskopi"), MIND, sentence)
    else:
        old = at - taken > _BACKUP_OLD
        sentence = gettext("Ældre end et døgn.") if old else gettext("Taget inden for det sidste døgn.")
        yield Part("backup", SAFETY, gettext("Sikkerhedskopi"), MIND if old else FINE, sentence, taken)


def _last_backup() -> datetime | None:
    try:
        found = datetime.fromisoformat(json.loads((settings.DATA / BACKUP_NOTE).read_text())["at"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _number(statement: str) -> float | None:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
            found = cursor.fetchone()[0]
    except Error:
        return None
    return float(found) if found is not None else None
