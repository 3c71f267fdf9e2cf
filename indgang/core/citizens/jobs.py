"""Deferred work of citizens; every job may run twice."""

from procrastinate.contrib.django import app

from indgang.core.citizens import services
from indgang.foundation.runtime import clock

CPR, INCOME = "citizens.follow_cpr", "citizens.follow_income"


@app.periodic(cron="* * * * * */10")
@app.task(name=CPR, queueing_lock=CPR, lock=CPR)
def follow_cpr(timestamp: int) -> None:
    """What CPR tells is true here within seconds."""
    services.follow_cpr(clock.now())


@app.periodic(cron="* * * * * */10")
@app.task(name=INCOME, queueing_lock=INCOME, lock=INCOME)
def follow_income(timestamp: int) -> None:
    """Who must react to a changed income hears it."""
    services.follow_income(clock.now())
