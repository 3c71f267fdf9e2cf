"""Deferred work of access; may run twice."""

from procrastinate.contrib.django import app

from indgang.foundation.access import services
from indgang.foundation.runtime import clock


@app.periodic(cron="17 3 * * *")
@app.task(name="access.forget_failures")
def forget_failures(timestamp: int) -> None:
    """Counters of failed logins are personal data too; they go when their lock is long over."""
    services.forget_failures(before=clock.now())
