"""What every page knows; nothing here touches the database, so that error pages can be drawn without it."""

from django.conf import settings
from django.http import HttpRequest

from indgang.foundation.web.addresses import live_url
from indgang.foundation.web.municipality import municipality
from indgang.foundation.web.repeating import form_key


def page(request: HttpRequest) -> dict[str, object]:
    """demo, municipality, live_url and form_once: the hidden field of a form that must not do its work twice."""
    return {
        "demo": settings.INDGANG_DEMO,
        "municipality": municipality(),
        "live_url": live_url(request),
        "form_once": form_key,  # a new one each time it is named
    }
