"""The security instruction, and who logs in with two steps."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from indgang.core.organisation import selectors as organisation
from indgang.desks.administration.answers import as_number
from indgang.desks.administration.gates import roles_only
from indgang.desks.administration.menu import SECURITY
from indgang.desks.administration.rights_words import actor_names
from indgang.foundation.access import selectors as access
from indgang.foundation.access import services
from indgang.foundation.access.values import Role, SwitchCode, Viewer
from indgang.foundation.runtime import clock

HERE = "/administration/rettigheder"


@never_cache
@require_GET
@roles_only(SECURITY)
def instruction(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """The text in force, its versions, and who has still to accept it."""
    at, versions = clock.now(), access.instructions(viewer)
    newest = versions[0] if versions else None
    accepted = access.accepted_accounts(viewer, newest.number) if newest else frozenset()
    missing = [row for row in organisation.staff(at) if newest and row.active and row.actor.account not in accepted]
    context = {
        "newest": newest,
        "demo_has_read": settings.INDGANG_DEMO and access.switch_is_on(SwitchCode.DEMO_HAS_READ, at),
        "versions": versions,
        "names": actor_names(one.published_by for one in versions),
        "missing": missing[:100],
        "missing_count": len(missing),
    }
    return render(request, "administration/rights/instruction.html", context)


@require_POST
@roles_only(SECURITY)
def publish(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """The next version."""
    row = services.publish_instruction(
        text=request.POST.get("tekst", ""),
        text_en=request.POST.get("engelsk", ""),
        after=as_number(request.POST.get("version", ""), 0, 10**6, 0),
        viewer=viewer,
        at=clock.now(),
    )
    sentence = _("Version {number} gælder. Alle bliver bedt om at læse den, næste gang de logger ind.")
    messages.success(request, sentence.format(number=row.number))
    return HttpResponseRedirect(f"{HERE}/instruks")


@never_cache
@require_GET
@roles_only(SECURITY)
def rules(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Which roles log in with two steps."""
    factor_roles, demo_too = access.factor_roles(viewer)
    context = {
        "roles": [(role.value, str(_(role.label)), role.value in factor_roles) for role in Role],
        "demo_too": demo_too,
    }
    return render(request, "administration/rights/rules.html", context)


@require_POST
@roles_only(SECURITY)
def set_factor_roles(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Exactly these roles."""
    services.set_factor_roles(
        roles=request.POST.getlist("rolle"), demo_too=request.POST.get("demo") == "1", viewer=viewer, at=clock.now()
    )
    messages.success(request, _("Gemt. Det gælder ved næste login."))
    return HttpResponseRedirect(f"{HERE}/regler")
