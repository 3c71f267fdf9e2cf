"""Deferred work of the mail entrance; every job may run twice."""

from procrastinate.contrib.django import app

from indgang.entrances.mail import services
from indgang.entrances.mail.storing import FILE_DUE, QUEUE, wake_filing
from indgang.foundation.runtime import clock


@app.periodic(cron="* * * * * */5")
@app.task(name=FILE_DUE, queue=QUEUE, queueing_lock=FILE_DUE)
def file_due(timestamp: int) -> None:
    """File one mail after the other until none is due; a fault costs its own mail a pause and the others nothing."""
    more = True
    try:
        while more:
            more = services.file_next(at=clock.now())
    finally:
        if more:
            wake_filing()
