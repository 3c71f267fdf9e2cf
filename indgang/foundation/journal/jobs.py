"""Deferred work of the journal; every job may run twice."""

from procrastinate.contrib.django import app

from indgang.foundation.journal import services
from indgang.foundation.journal.outbox import QUEUE
from indgang.foundation.runtime import clock


@app.task(name="journal.deliver_parcel", queue=QUEUE)
def deliver_parcel(parcel_id: int) -> None:
    """Attempt a parcel as soon as its transaction has committed."""
    services.deliver_parcel(parcel_id, clock.now())


@app.periodic(cron="* * * * * */5")
@app.task(name="journal.deliver_due", queue=QUEUE, queueing_lock="journal.deliver_due")
def deliver_due(timestamp: int) -> None:
    """Attempt what is due again, and what a dead process left leased."""
    services.deliver_due(clock.now())


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
