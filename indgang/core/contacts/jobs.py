"""Deferred work of contacts; every job may run twice."""

from procrastinate.contrib.django import app

from indgang.core.contacts import services
from indgang.foundation.runtime import clock


@app.periodic(cron="* * * * *")
@app.task(name="contacts.keep_promises", queueing_lock="contacts.keep_promises")
def keep_promises(timestamp: int) -> None:
    """What was promised and did not happen goes back to who promised it; what waited long enough goes on."""
    services.keep_promises(clock.now())
    services.wake_due(clock.now())


@app.periodic(cron="17 * * * *")
@app.task(name="contacts.forget_presence")
def forget_presence(timestamp: int) -> None:
    """Old heartbeats go."""
    services.forget_presence(clock.now())
