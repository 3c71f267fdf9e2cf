"""Deferred work of the journal; every job may run twice."""

import time

from procrastinate.contrib.django import app

from indgang.foundation.journal import services
from indgang.foundation.journal.outbox import DELIVER_DUE, QUEUE
from indgang.foundation.runtime import clock

LINGER_LOOKS, LINGER_SECONDS = 4, 0.25  # a job for each parcel costs more than a look now and then
GATHERED = 10  # so many at one look: more wait already


@app.periodic(cron="* * * * * */5")
@app.task(name=DELIVER_DUE, queue=QUEUE, queueing_lock=DELIVER_DUE)
def deliver_due(timestamp: int) -> None:
    """Attempt what is due, also again, and what a dead process left leased; linger a little for what comes next.

    Between two looks it pauses, so that parcels gather: looking for each one alone costs as much as sending it.
    """
    idle = 0
    while idle < LINGER_LOOKS:
        tried = services.deliver_due(clock.now())
        idle = 0 if tried else idle + 1
        if tried < GATHERED:
            time.sleep(LINGER_SECONDS)


@app.periodic(cron="* * * * * */10")
@app.task(name="journal.seal", queueing_lock="journal.seal")
def seal(timestamp: int) -> None:
    """Close the chain over what has happened."""
    services.seal(clock.now())


@app.periodic(cron="7 * * * *")
@app.task(name="journal.make_partitions")
def make_partitions(timestamp: int) -> None:
    """Keep partitions three months ahead."""
    services.make_partitions(clock.now())
