"""Deferred work of the catalogue; every job may run twice."""

from procrastinate.contrib.django import app

from indgang.core.catalogue import services
from indgang.foundation.runtime import clock


@app.periodic(cron="2 * * * *")
@app.task(name="catalogue.apply_plans")
def apply_plans(timestamp: int) -> None:
    """Changes of level decided for a day hold from its first hour."""
    services.apply_plans(at=clock.now())


@app.periodic(cron="3 * * * *")
@app.task(name="catalogue.publish_cards")
def publish_cards(timestamp: int) -> None:
    """Cards approved for a day are everybody's from its first hour."""
    services.publish_due(at=clock.now())


@app.periodic(cron="40 5 * * *")
@app.task(name="catalogue.remind_reviews")
def remind_reviews(timestamp: int) -> None:
    """Owners hear in time that a card must be looked at again."""
    services.remind_reviews(at=clock.now())


@app.periodic(cron="20 2 * * *")
@app.task(name="catalogue.check_links")
def check_links(timestamp: int) -> None:
    """The municipality's own addresses are asked once a week, at night, a part of them each time."""
    services.check_links(at=clock.now())
