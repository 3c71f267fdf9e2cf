"""How requests go, for operation; never who asked or what for."""

import time

import structlog
from django.http import HttpRequest, HttpResponseBase
from prometheus_client import Histogram

from indgang.foundation.runtime.services import random_name

log = structlog.get_logger("indgang.web")
QUIET = ("/static/", "/healthz", "/readyz", "/metrics")
_METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}  # others would be labels without end
_seconds = Histogram(
    "indgang_request_seconds",
    "How long requests take",
    ["method", "route", "status"],
    buckets=(0.01, 0.025, 0.05, 0.1, 0.2, 0.3, 0.5, 1, 2, 5, 10),
)


def begin() -> tuple[str, float]:
    """Name this request in every log line it leads to."""
    request_id = random_name()
    structlog.contextvars.clear_contextvars()
    structlog.contextvars.bind_contextvars(request_id=request_id)
    return request_id, time.perf_counter()


def end(request: HttpRequest, response: HttpResponseBase, started: float) -> None:
    """Count it and write one line."""
    match = request.resolver_match
    route = match.route if match else "unknown"
    method = request.method if request.method in _METHODS else "other"
    seconds = time.perf_counter() - started
    _seconds.labels(method, route, str(response.status_code)).observe(seconds)
    if not request.path.startswith(QUIET):
        log.info("request", method=method, route=route, status=response.status_code, duration_ms=round(seconds * 1000))
