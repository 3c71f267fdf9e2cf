"""Deferred work of the web; may run twice."""

from procrastinate.contrib.django import app

from indgang.foundation.runtime import clock
from indgang.foundation.web.limits import forget_old


@app.periodic(cron="*/20 * * * *")
@app.task(name="web.forget_old")
def forget_old_counts(timestamp: int) -> None:
    """Keep the tables of counts and repeated answers small."""
    forget_old(clock.now())
