"""The municipality's values for cases: when somebody is warned, and when a complaint is asked after."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from indgang.core.catalogue import selectors as catalogue
from indgang.desks.administration import changes
from indgang.desks.administration import rules_settings as settings
from indgang.desks.administration.answers import saved
from indgang.desks.administration.errors import BadValue
from indgang.desks.administration.gates import roles_only
from indgang.desks.administration.rules_views import KEEPERS, number_of
from indgang.foundation.access.values import Viewer
from indgang.foundation.runtime import clock

HERE = "/administration/sagsregler"


@never_cache
@require_GET
@roles_only(KEEPERS)
def page(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """The values, each with the most it may be."""
    at, known = clock.now(), {row.code: row for row in catalogue.settings_under("cases.")}
    rows = [
        (known[code], title, most, changes.read_setting(settings.CASE_VALUE, code, at).version)
        for code, (title, most) in settings.CASE_VALUES.items()
        if code in known
    ]
    context = {"rows": rows, "history": changes.history(viewer, setting=settings.CASE_VALUE, limit=5)}
    return render(request, "administration/case_rules.html", context)


@require_POST
@roles_only(KEEPERS)
def save(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """One of the values."""
    form = request.POST
    code = form.get("kode", "")
    if code not in settings.CASE_VALUES:
        raise BadValue(what=gettext("Reglen findes ikke."))
    days, most = number_of(form.get("vaerdi", "")), settings.CASE_VALUES[code][1]
    if days != int(days) or not 1 <= days <= most:
        raise BadValue(what=gettext("Skriv et helt tal fra 1 til {most}.").format(most=most))
    made = changes.change_setting(
        setting=settings.CASE_VALUE, subject=code, value=int(days), viewer=viewer, at=clock.now(),
        version=form.get("version", ""),
    )  # fmt: skip
    return saved(request, made, HERE)
