"""The process that runs deferred jobs."""

import asyncio

import pytest
from django.db import connection
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from indgang.assembly import workers
from indgang.foundation.journal import selectors
from indgang.foundation.journal import services as journal
from indgang.foundation.journal.values import OutboxState
from indgang.foundation.runtime import clock, jobs

pytestmark = [pytest.mark.kernel, pytest.mark.django_db(transaction=True)]


def work(seconds: float) -> None:
    """Serve every queue for so long."""

    async def served() -> None:
        with app.replace_connector(workers._listening_connector()) as working:
            run = asyncio.create_task(workers._run(working))
            await asyncio.sleep(seconds)
            run.cancel()
            await asyncio.gather(run, return_exceptions=True)

    asyncio.run(served())


def rescue() -> None:
    """What the rescue does with jobs nobody works on any more."""

    async def rescued() -> None:
        with app.replace_connector(workers._listening_connector()) as working:
            async with working.open_async():
                await jobs.rescue_stalled_jobs(timestamp=0)

    asyncio.run(rescued())


def test_what_leaves_the_house_has_hands_of_its_own(monkeypatch):
    monkeypatch.setattr("indgang.foundation.journal.outbox._transports", {})
    journal.register_transport("queue-test", lambda parcel: None)
    journal.send(transport="queue-test", key="1", payload={}, subject="t:1", at=clock.now())
    assert ProcrastinateJob.objects.get(task_name="journal.deliver_due").queue_name == "outbox"
    work(3)
    assert selectors.outbox()[0].state == OutboxState.SENT


def test_every_queue_somebody_works_for_has_a_worker():
    assert {task.queue for task in app.tasks.values() if not task.name.startswith("builtin")} == set(
        workers.CONCURRENCY
    )


def test_a_stalled_job_whose_successor_waits_already_is_given_up():
    """Its lock is taken; trying it again must not stop the rescue of the others."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, queueing_lock, status) VALUES"
            " ('default', 'journal.seal', 'journal.seal', 'doing'), ('default', 'test.other', NULL, 'doing'),"
            " ('default', 'journal.seal', 'journal.seal', 'todo')"
        )
    rescue()
    found = ProcrastinateJob.objects.order_by("id").values_list("task_name", "status")
    assert list(found) == [("journal.seal", "failed"), ("test.other", "todo"), ("journal.seal", "todo")]
