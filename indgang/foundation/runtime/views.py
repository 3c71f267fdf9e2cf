"""Three answers for machines: I live, I can serve, my figures."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST

from indgang.foundation.runtime.health import checks, state
from indgang.foundation.runtime.metrics import exposition


@require_safe
@never_cache
def alive(request: HttpRequest) -> HttpResponse:
    """This process answers; nothing else is asked."""
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")


@require_safe
@never_cache
def ready(request: HttpRequest) -> HttpResponse:
    """Whether the service can do its work, and what is missing; a probe that complains degrades, it does not stop."""
    found = checks()
    status = state(found)
    answer = {
        "status": status,
        "checks": [{"name": check.name, "ok": check.fine, "detail": check.sentence} for check in found],
    }
    if status == "unavailable":
        return JsonResponse(answer, status=503, headers={"Retry-After": "5"})
    return JsonResponse(answer)


@require_safe
@never_cache
def metrics(request: HttpRequest) -> HttpResponse:
    """Figures for Prometheus."""
    return HttpResponse(exposition(), content_type=CONTENT_TYPE_LATEST)
