"""Older mail addresses: kept by a unit, replaced by the form, or forwarded to the one address."""

from django.conf import settings as house
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from indgang.core.organisation import selectors as organisation
from indgang.desks.administration import changes
from indgang.desks.administration import mailboxes_settings as settings
from indgang.desks.administration.answers import saved
from indgang.desks.administration.gates import roles_only
from indgang.entrances.mail import selectors as mail
from indgang.entrances.mail.values import Treatment
from indgang.foundation.access.values import Viewer
from indgang.foundation.runtime import clock

HERE = "/administration/postkasser"


@never_cache
@require_GET
@roles_only(settings.KEEPERS)
def mailboxes(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """The register, with what becomes of the mails to each address."""
    at = clock.now()
    rows = [(row, changes.read_setting(settings.MAILBOX, row.address, at).version) for row in mail.mailboxes(viewer)]
    context = {
        "rows": rows,
        "unseen": changes.read_setting(settings.MAILBOX, "", at).version,  # of an address that is not there yet
        "treatments": [(code, gettext(label)) for code, label in Treatment.choices],
        "units": organisation.units(at=at),
        "main": house.MUNICIPALITY_MAIL,
        "history": changes.history(viewer, setting=settings.MAILBOX, limit=5),
    }
    return render(request, "administration/mailboxes.html", context)


@require_POST
@roles_only(settings.KEEPERS)
def save_mailbox(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """One address, new or changed, or taken off the register."""
    form = request.POST
    address = form.get("adresse", "").strip().lower()[:254]
    value = {
        "treatment": form.get("behandling", "")[:20],
        "unit": form.get("enhed", "").strip()[:40],
        "note": form.get("note", "").strip()[:200],
    }
    made = changes.change_setting(
        setting=settings.MAILBOX,
        subject=address,
        value=None if form.get("goer") == "fjern" else value,
        viewer=viewer,
        at=clock.now(),
        version=form.get("version", ""),
    )
    return saved(request, made, HERE)
