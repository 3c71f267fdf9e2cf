"""Deferred work of the portal; may run twice."""

from procrastinate.contrib.django import app

from indgang.desks.portal import services
from indgang.foundation.runtime import clock


@app.periodic(cron="50 3 * * *")
@app.task(name="portal.forget_old")
def forget_old(timestamp: int) -> None:
    """Words somebody searched for are kept as long as they are counted, no longer."""
    services.forget_old(at=clock.now())
