"""What every page knows; nothing here touches the database, so that error pages can be drawn without it."""

from django.conf import settings
from django.http import HttpRequest

from indgang.foundation.web.addresses import live_url
from indgang.foundation.web.municipality import municipality


def page(request: HttpRequest) -> dict[str, object]:
    """demo, municipality and live_url."""
    return {"demo": settings.INDGANG_DEMO, "municipality": municipality(), "live_url": live_url(request)}
