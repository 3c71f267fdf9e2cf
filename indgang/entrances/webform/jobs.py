"""Deferred work of the form."""

from procrastinate.contrib.django import app

from indgang.entrances.webform import services
from indgang.foundation.runtime import clock


@app.periodic(cron="23 * * * *")
@app.task(name="webform.forget_old")
def forget_old(timestamp: int) -> None:
    """Forms that were not sent are not kept."""
    services.forget_old(clock.now())
