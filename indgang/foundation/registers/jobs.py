"""Deferred work of the registers; every job may run twice."""

from procrastinate.contrib.django import app

from indgang.foundation.registers import services
from indgang.foundation.runtime import clock


@app.periodic(cron="11 * * * *")
@app.task(name="registers.forget_expired", queueing_lock="registers.forget_expired")
def forget_expired(timestamp: int) -> None:
    """Answers kept for the time a register does not answer go when they are too old to be of use."""
    services.forget_expired(clock.now())
