"""Deferred work of the desk; may run twice."""

from procrastinate.contrib.django import app

from indgang.desks.administration import health
from indgang.foundation.runtime import clock


@app.periodic(cron="* * * * *")
@app.task(name="administration.note_health")
def note_health(timestamp: int) -> None:
    """Somebody who opens the health page hours later must see since when something stands still."""
    health.note(clock.now())
