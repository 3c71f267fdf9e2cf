"""Deferred work of the mail entrance; every job may run twice."""

import time

from procrastinate.contrib.django import app

from indgang.entrances.mail import services
from indgang.entrances.mail.storing import FILE_DUE, QUEUE, wake_filing
from indgang.foundation.runtime import clock
from indgang.foundation.runtime.services import remembering

FRESH_SECONDS = 1.0


@app.periodic(cron="* * * * * */5")
@app.task(name=FILE_DUE, queue=QUEUE, queueing_lock=FILE_DUE)
def file_due(timestamp: int) -> None:
    """File one mail after the other until none is due; a fault costs its own mail a pause and the others nothing."""
    more = True
    try:
        while more:
            more = _file_for_a_while()
    finally:
        if more:
            wake_filing()


def _file_for_a_while() -> bool:
    """With settings, opening hours and tasks as they are at its beginning; whether more may be due."""
    over = time.monotonic() + FRESH_SECONDS
    with remembering():
        while time.monotonic() < over:
            if not services.file_next(at=clock.now()):
                return False
    return True
