"""Deferred work of insight; may run twice."""

from procrastinate.contrib.django import app

from indgang.desks.insight import counting

COUNT = "insight.count"


@app.periodic(cron="*/15 * * * *")
@app.task(name=COUNT, queueing_lock=COUNT, lock=COUNT)
def count(timestamp: int) -> None:
    """So often that the forecast of today's rest has something to go by; what is counted is not read again."""
    counting.count()
