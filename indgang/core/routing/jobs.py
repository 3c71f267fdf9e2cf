"""Deferred work of routing; every job may run twice."""

from procrastinate.contrib.django import app

from indgang.core.routing import services
from indgang.foundation.runtime import clock


@app.periodic(cron="34 * * * *")
@app.task(name="routing.measure_waits", queueing_lock="routing.measure_waits")
def measure_waits(timestamp: int) -> None:
    """What citizens are told about waiting is at most an hour behind."""
    services.measure_waits(clock.now())
