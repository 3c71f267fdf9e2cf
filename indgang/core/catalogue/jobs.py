"""Deferred work of the catalogue; every job may run twice."""

from procrastinate.contrib.django import app

from indgang.core.catalogue import services
from indgang.foundation.runtime import clock


@app.periodic(cron="2 * * * *")
@app.task(name="catalogue.apply_plans")
def apply_plans(timestamp: int) -> None:
    """Changes of level decided for a day hold from its first hour."""
    services.apply_plans(at=clock.now())
