"""Having work looked for at once, instead of at its next tick."""

from contextlib import suppress
from functools import partial

from django.db import connection, transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

_WAITS = "SELECT 1 FROM procrastinate_jobs WHERE queueing_lock = %s AND status = 'todo'"


def wake(task: str, queue: str) -> None:
    """When the running transaction has committed, have this periodic task run once more, unless a run waits already.

    The task finds its work by the rows themselves: a run that waits begins after the commit and sees them, and what a
    process that dies in between never woke is found at the task's next tick.
    """
    transaction.on_commit(partial(_defer, task, queue), robust=True)


def _defer(task: str, queue: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_WAITS, [task])
        waits = cursor.fetchone()
    if not waits:
        with suppress(AlreadyEnqueued):  # somebody else was faster
            app.configure_task(task, queue=queue, queueing_lock=task).defer(timestamp=0)
