"""Standard replies: list, editor with the fields one may use, preview, versions; and the materials one can send."""

import re

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.text import slugify
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from indgang.core.catalogue import selectors as catalogue
from indgang.core.contacts import selectors as contacts
from indgang.desks.administration import changes
from indgang.desks.administration import reply_settings as settings
from indgang.desks.administration.answers import saved
from indgang.desks.administration.errors import BadValue
from indgang.desks.administration.gates import roles_only
from indgang.desks.administration.menu import WRITERS
from indgang.foundation.access.errors import NotFound
from indgang.foundation.access.values import Viewer
from indgang.foundation.runtime import clock

HERE = "/administration/standardsvar"
LANGUAGES = ("da", "en")
_FIELD = re.compile(r"\{([^{}\n]{1,40})\}")
EXAMPLE = {
    "navn": "Karla Kunde",
    "reference": "7K2-9QF",
    "opgave": "Meld flytning",
    "frist": "tirsdag 3. marts kl. 14.00",
    "enhed": "Kontaktcenter",
    "telefon": "00 00 01 23",
    "aabningstid": "mandag-fredag 8.00-18.00",
    "medarbejder": "Agnes Agent",
    "statuslink": "https://indgang.example/status/…",
}


@never_cache
@require_GET
@roles_only(WRITERS)
def templates(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """The standard replies in use, by words, task and language."""
    query, at = request.GET, clock.now()
    language = query.get("sprog", "da") if query.get("sprog", "da") in LANGUAGES else "da"
    words, task = query.get("q", "")[:80], query.get("opgave", "").strip().upper()[:12]
    found = contacts.templates(viewer, q=words, language=language, at=at)
    rows = [row for row in found if not task or row.task == task]
    titles = catalogue.heads({row.task for row in rows} - {""})
    context = {
        "rows": [(row, titles[row.task].title if row.task in titles else "") for row in rows],
        "chosen": {"language": language, "q": words, "task": task},
    }
    return render(request, "administration/templates.html", context)


@never_cache
@require_GET
@roles_only(WRITERS)
def template(request: HttpRequest, viewer: Viewer, language: str, code: str) -> HttpResponse:
    """One standard reply; "ny" is an empty one."""
    return _editor(request, viewer, language, code)


@require_POST
@roles_only(WRITERS)
def save_template(request: HttpRequest, viewer: Viewer, language: str, code: str) -> HttpResponse:
    """Shown as a citizen would read it, or saved as a new version."""
    form = request.POST
    typed = {
        "title": form.get("titel", "").strip(),
        "body": form.get("tekst", "").replace("\r\n", "\n").strip(),
        "task": form.get("opgave", "").strip().upper(),
    }
    if form.get("goer") != "gem":
        return _editor(request, viewer, language, code, typed)
    key = slugify(form.get("kode", "") or typed["title"])[:40] if code == "ny" else code
    if not key or language not in LANGUAGES:
        raise BadValue(what=gettext("Skriv en titel."))
    subject = settings.subject_of(key, language)
    if code == "ny" and settings.template_of(subject, clock.now()):
        raise BadValue(what=gettext("Der er allerede et standardsvar med det navn. Vælg en anden titel."))
    made = changes.change_setting(
        setting=settings.TEMPLATE,
        subject=subject,
        value=typed,
        viewer=viewer,
        at=clock.now(),
        version=form.get("version", ""),
    )
    return saved(request, made, f"{HERE}/{language}/{key}")


@require_POST
@roles_only(WRITERS)
def retire_template(request: HttpRequest, viewer: Viewer, language: str, code: str) -> HttpResponse:
    """Out of use; what was sent with it stays."""
    subject = settings.subject_of(code, language)
    made = changes.change_setting(setting=settings.TEMPLATE, subject=subject, value=None, viewer=viewer, at=clock.now())
    return saved(request, made, HERE)


def _editor(
    request: HttpRequest, viewer: Viewer, language: str, code: str, typed: dict[str, str] | None = None
) -> HttpResponse:
    at, subject = clock.now(), settings.subject_of(code, language)
    reading = changes.read_setting(settings.TEMPLATE, subject, at)
    versions = contacts.template_versions(viewer, code=code, language=language)
    if language not in LANGUAGES or (code != "ny" and not versions and reading.value is None):
        raise NotFound
    shown = typed or reading.value or {"title": "", "body": "", "task": ""}
    context = {
        "code": code,
        "language": language,
        "version": request.POST.get("version", reading.version),
        "shown": shown,
        "in_use": reading.value is not None,
        "fields": [(f"{{{field}}}", says) for field, says in settings.FIELDS.items()],
        "unknown": [name for name in _FIELD.findall(shown["body"]) if name not in settings.FIELDS],
        "preview": _FIELD.sub(lambda match: EXAMPLE.get(match[1], match[0]), shown["body"]),
        "versions": versions,
        "history": changes.history(viewer, setting=settings.TEMPLATE, subject=subject, limit=5),
    }
    return render(request, "administration/template.html", context)
