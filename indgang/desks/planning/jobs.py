"""Deferred work of planning; may run twice."""

from procrastinate.contrib.django import app

from indgang.desks.planning import runs
from indgang.desks.planning.services import WORK


@app.periodic(cron="* * * * *")
@app.task(name=WORK, queueing_lock=WORK, lock=WORK)
def work(timestamp: int) -> None:
    """What planners asked for, one piece at a time: each may take a processor for minutes, and other jobs wait."""
    runs.work()
