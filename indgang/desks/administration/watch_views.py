"""What needs a person, and how everything is."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from indgang.desks.administration import attention as things
from indgang.desks.administration import health as state
from indgang.desks.administration.answers import as_ids
from indgang.desks.administration.gates import roles_only
from indgang.desks.administration.loose_ties import mark_seen
from indgang.desks.administration.menu import EDITORS, LEADERS, OPERATORS, SECURITY
from indgang.foundation.access.values import Viewer
from indgang.foundation.journal import services as journal
from indgang.foundation.runtime import clock

ATTENTION = "/administration/opmaerksomhed"
SEE = LEADERS | OPERATORS | EDITORS | SECURITY


@never_cache
@require_GET
@roles_only(SEE)
def attention(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Everything that stopped, by kind; one kind only if the address says so."""
    kinds = things.everything(viewer, clock.now())
    chosen = request.GET.get("slags", "")
    context = {
        "kinds": kinds,
        "shown": [kind for kind in kinds if kind.rows and chosen in {"", kind.code}],
        "chosen": chosen,
        "count": things.count(kinds),
        "may_send": viewer.has_role(*(OPERATORS | LEADERS)),
    }
    return render(request, "administration/attention.html", context)


@require_POST
@roles_only(SECURITY)
def tie_seen(request: HttpRequest, viewer: Viewer, tie_id: UUID) -> HttpResponse:
    """The security leader has asked why."""
    mark_seen(tie=tie_id, viewer=viewer, at=clock.now())
    messages.success(request, gettext("Skrevet ned."))
    return HttpResponseRedirect(f"{ATTENTION}?slags=tilknytning")


@require_POST
@roles_only(OPERATORS | LEADERS)
def retry(request: HttpRequest, viewer: Viewer, parcel_id: int) -> HttpResponse:
    """Send it once more."""
    journal.retry_parcel(parcel_id=parcel_id, viewer_name=viewer.name, at=clock.now())
    messages.success(request, gettext("Forsendelsen prøves igen nu."))
    return HttpResponseRedirect(f"{ATTENTION}?slags=forsendelser")


@require_POST
@roles_only(OPERATORS | LEADERS)
def retry_all(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Send all chosen once more."""
    chosen = as_ids(request.POST.getlist("valgt"))[:200]
    for parcel in chosen:
        journal.retry_parcel(parcel_id=parcel, viewer_name=viewer.name, at=clock.now())
    messages.success(request, gettext("{n} forsendelser prøves igen nu.").format(n=len(chosen)))
    return HttpResponseRedirect(f"{ATTENTION}?slags=forsendelser")


@require_POST
@roles_only(OPERATORS | LEADERS)
def withdraw(request: HttpRequest, viewer: Viewer, parcel_id: int) -> HttpResponse:
    """It shall not be sent."""
    journal.withdraw_parcel(parcel_id=parcel_id, viewer_name=viewer.name, at=clock.now())
    messages.success(request, gettext("Forsendelsen er trukket tilbage og bliver ikke sendt."))
    return HttpResponseRedirect(f"{ATTENTION}?slags=forsendelser")


@never_cache
@require_GET
@roles_only(OPERATORS | LEADERS | SECURITY)
def health(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Everything, worst first within its group."""
    at = clock.now()
    parts = state.look(at)
    titles = {
        state.PROCESSES: gettext("Processer"),
        state.PARTS: gettext("Dele"),
        state.QUEUES: gettext("Køer"),
        state.OUTSIDE: gettext("Systemer udenfor"),
        state.SAFETY: gettext("Sikkerhed for data"),
    }
    order = {state.ACT: 0, state.MIND: 1, state.UNKNOWN: 2, state.FINE: 3}
    groups = [
        (title, sorted((part for part in parts if part.group == code), key=lambda part: order[part.state]))
        for code, title in titles.items()
    ]
    return render(request, "administration/health.html", {"groups": groups, "worst": state.worst(parts), "at": at})
