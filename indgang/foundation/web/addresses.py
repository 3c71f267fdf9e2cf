"""The live stream's address as this request's browser must call it."""

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest


def live_url(request: HttpRequest) -> str:
    """INDGANG_LIVE_URL, or the host of this request at port +1; empty for a host that is not ours."""
    if settings.INDGANG_LIVE_URL:
        return str(settings.INDGANG_LIVE_URL)
    try:
        host = request.get_host()
    except DisallowedHost:
        return ""
    name = host[: host.index("]") + 1] if host.startswith("[") else host.partition(":")[0]
    return f"{request.scheme}://{name}:{settings.INDGANG_PORT + 1}/"


def live_origin(request: HttpRequest) -> str:
    """Scheme, host and port of the live stream; empty when it is this very origin."""
    url = live_url(request)
    return "/".join(url.split("/")[:3]) if "://" in url else ""
