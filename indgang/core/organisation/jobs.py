"""Deferred work of organisation; may run twice."""

from procrastinate.contrib.django import app

from indgang.core.organisation import competences, people
from indgang.foundation.access.values import system
from indgang.foundation.runtime import clock


@app.periodic(cron="7 * * * *")
@app.task(name="organisation.turn_of_the_day")
def turn_of_the_day(timestamp: int) -> None:
    """Who has left leaves, and competences whose course has run out wait; hourly, because midnight may be missed."""
    at = clock.now()
    people.let_go(at=at)
    competences.review(None, system("organisation").name, at)
