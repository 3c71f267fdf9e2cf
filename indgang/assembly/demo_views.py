"""/demo/ur: the demo's clock, so that opening hours, deadlines and expiries can be tried at any hour."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from indgang.assembly.database import CommandRefused
from indgang.assembly.preparation import move_clock_to
from indgang.foundation.runtime import clock

STEPS = ("+1h", "+8h", "+1d", "+7d", "real")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def demo_clock(request: HttpRequest) -> HttpResponse:
    """Show the service's time; POST `to` ("2026-03-02T09:00", "+2h", "-1d" or "real") moves it. Demo only."""
    if not settings.INDGANG_DEMO:
        raise Http404
    if request.method != "POST":
        return render(request, "assembly/clock.html", {"now": clock.now(), "steps": STEPS})
    try:
        move_clock_to(request.POST.get("to", "").strip()[:40])
    except (CommandRefused, OverflowError):
        messages.error(request, _("Det er ikke et tidspunkt. Skriv for eksempel 2026-03-02T09:00, +2h eller real."))
    return redirect("demo-clock")
