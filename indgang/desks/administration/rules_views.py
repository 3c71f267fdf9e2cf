"""How work is given out, what is promised, and how replies behave."""

from decimal import Decimal, InvalidOperation

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from indgang.core.catalogue import selectors as catalogue
from indgang.core.organisation import selectors as organisation
from indgang.core.routing import selectors as routing
from indgang.desks.administration import changes
from indgang.desks.administration import rules_settings as settings
from indgang.desks.administration.answers import saved
from indgang.desks.administration.errors import BadValue
from indgang.desks.administration.gates import roles_only
from indgang.desks.administration.menu import EDITORS, EVERYBODY, LEADERS, OPERATORS
from indgang.desks.administration.rules_settings import RULERS
from indgang.foundation.access.values import Viewer
from indgang.foundation.runtime import clock

FIGURES, TARGETS, REPLIES = "/administration/fordeling", "/administration/servicemaal", "/administration/svarregler"
KEEPERS = LEADERS | EDITORS | OPERATORS
_SIZES = {"sekunder": 1, "minutter": 60, "timer": 3600, "dage": 86400}


@never_cache
@require_GET
@roles_only(RULERS)
def figures(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """The figures work is given out by, each with its bounds and the ordinary value."""
    at = clock.now()
    rows = [(row, changes.read_setting(settings.FIGURE, row.code, at).version) for row in routing.rules(at).rows]
    context = {
        "rows": rows,
        "history": changes.history(viewer, setting=settings.FIGURE, limit=5),
    }
    return render(request, "administration/figures.html", context)


@require_POST
@roles_only(RULERS)
def set_figures(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Save those that were changed, together."""
    at, form = clock.now(), request.POST
    edits = [
        changes.Edit(settings.FIGURE, row.code, value, form.get(f"version-{row.code}", ""))
        for row in routing.rules(at).rows
        if f"vaerdi-{row.code}" in form and (value := number_of(form[f"vaerdi-{row.code}"])) != row.value
    ]
    return saved(request, changes.change_settings(edits=edits, viewer=viewer, at=at), FIGURES)


@never_cache
@require_GET
@roles_only(EVERYBODY)
def targets(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """What is promised for which work."""
    at = clock.now()
    subjects = [settings.target_subject(row.group, row.task, row.medium) for row in routing.targets(at)]
    rows = [
        (row, subject, changes.read_setting(settings.TARGET, subject, at).version, settings.seconds_text(row.seconds))
        for row, subject in zip(routing.targets(at), subjects, strict=True)
    ]
    context = {
        "rows": rows,
        "media": settings.MEDIA,
        "groups": organisation.groups(),
        "names": dict(organisation.groups()),
        "may_edit": viewer.has_role(*RULERS),
        "history": changes.history(viewer, setting=settings.TARGET, limit=5),
        "common": catalogue.settings_under("targets."),
    }
    return render(request, "administration/targets.html", context)


@require_POST
@roles_only(RULERS)
def set_target(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """A target from today; the one before stays as history."""
    form = request.POST
    subject = form.get("hvad") or settings.target_subject(form.get("gruppe", ""), "", form.get("medie", ""))
    share = number_of(form.get("procent", ""))
    typed = form.get("tid", "").strip()
    seconds = int(number_of(typed) * _SIZES.get(form.get("enhed", ""), 1)) if typed else None
    value = None if form.get("goer") == "slut" else {"seconds": seconds, "share": round(share / 100, 4)}
    if subject.count("|") != 2:
        raise BadValue(what=gettext("Vælg, hvad målet gælder."))
    made = changes.change_setting(
        setting=settings.TARGET,
        subject=subject,
        value=value,
        viewer=viewer,
        at=clock.now(),
        version=form.get("version", ""),
    )
    return saved(request, made, TARGETS)


@never_cache
@require_GET
@roles_only(KEEPERS)
def replies(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """When a reply opens again, what is promised, and what the automatic receipt says."""
    at, known = clock.now(), {row.code: row for row in catalogue.settings_under("")}
    rows = [
        (known[code], title, changes.read_setting(settings.VALUE, code, at).version, isinstance(known[code].value, str))
        for code, title in settings.VALUES.items()
        if code in known
    ]
    context = {"rows": rows, "history": changes.history(viewer, setting=settings.VALUE, limit=5)}
    return render(request, "administration/replies.html", context)


@require_POST
@roles_only(KEEPERS)
def set_reply(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """One of the values."""
    at, form = clock.now(), request.POST
    code = form.get("kode", "")
    if code not in settings.VALUES:
        raise BadValue(what=gettext("Reglen findes ikke."))
    known = changes.read_setting(settings.VALUE, code, at).value
    typed = form.get("vaerdi", "").replace("\r\n", "\n").strip()
    value: object = typed if isinstance(known, str) else int(number_of(typed))
    if isinstance(known, str):
        _check_fields(typed, code)
    elif not 1 <= int(number_of(typed)) <= 365:
        raise BadValue(what=gettext("Skriv et tal fra 1 til 365."))
    made = changes.change_setting(
        setting=settings.VALUE, subject=code, value=value, viewer=viewer, at=at, version=form.get("version", "")
    )
    return saved(request, made, REPLIES)


def _check_fields(text: str, code: str) -> None:
    """The receipt must name the reference, or nobody can refer to it; other fields do not exist."""
    fields = {part.partition("}")[0] for part in text.split("{")[1:]}
    if fields - {"reference", "expected", "status_link"} or "reference" not in fields:
        raise BadValue(
            what=gettext("Teksten skal have {reference} med og må ellers kun bruge {expected} og {status_link}.")
        )
    if not text:
        raise BadValue(what=gettext("Skriv en tekst."))


def number_of(text: str) -> float:
    """A number as it is written, 0,5 or 900; BadValue for anything else."""
    try:
        found = Decimal(text.strip().replace(",", "."))
    except InvalidOperation:
        raise BadValue(what=gettext("{text} er ikke et tal.").format(text=text[:40])) from None
    if not found.is_finite() or abs(found) > 10**7:
        raise BadValue(what=gettext("{text} er ikke et tal.").format(text=text[:40]))
    return float(found)
