"""What the forms of a task's page do; each is one setting with history and undo."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from indgang.core.catalogue import selectors as catalogue
from indgang.core.organisation import selectors as organisation
from indgang.desks.administration import changes
from indgang.desks.administration import tasks_settings as settings
from indgang.desks.administration.answers import as_day, as_number, saved
from indgang.desks.administration.errors import BadValue
from indgang.desks.administration.gates import roles_only
from indgang.foundation.access.values import Viewer
from indgang.foundation.runtime import clock

_HOLDS = {"ja": True, "nej": False, "ved-ikke": None}


@require_POST
@roles_only(settings.ROLES)
def set_facts(request: HttpRequest, viewer: Viewer, task: str) -> HttpResponse:
    """Texts, volume, standard time and authority; an empty number means that nobody knows it."""
    now = settings.facts_of(task, clock.now())
    value = now | {name: request.POST[name].strip() for name in settings.FIELDS if name in request.POST}
    volume, minutes = str(value["volume"] or ""), str(value["minutes"] or "").replace(",", ".")
    value["volume"] = int(volume) if volume.isascii() and volume.isdigit() else volume or None
    value["minutes"] = minutes or None
    return _save(request, viewer, task, settings.FACTS, task, value, "oplysninger")


@require_POST
@roles_only(settings.ROLES)
def set_placing(request: HttpRequest, viewer: Viewer, task: str) -> HttpResponse:
    """List, kind, level, reason and legal basis together, from now."""
    form = request.POST
    placed = form.get("liste", "")
    value = {
        "placed": placed,
        "decision": form.get("slags") == "afgoerelse",
        "reason": (form.get("grund") or "unknown") if placed == "not_placed" else "",
        "level": as_number(form.get("niveau", ""), 1, 3, 1) if placed in ("rule", "po") else 1,
        "basis": form.get("lovgrundlag", "").strip(),
    }
    return _save(request, viewer, task, settings.PLACING, task, value, "placering")


@require_POST
@roles_only(settings.ROLES)
def set_plan(request: HttpRequest, viewer: Viewer, task: str) -> HttpResponse:
    """Another level from a later day."""
    on = as_day(request.POST.get("dag", ""))
    if on is None:
        raise BadValue(what=gettext("Skriv den dag, niveauet skal gælde fra, for eksempel 1.6.2026."))
    value = {
        "level": as_number(request.POST.get("niveau", ""), 1, 2, 1),
        "basis": request.POST.get("lovgrundlag", "").strip() or catalogue.task_depth(task, at=clock.now()).legal_basis,
    }
    return _save(request, viewer, task, settings.PLAN, f"{task}:{on.isoformat()}", value, "placering")


@require_POST
@roles_only(settings.ROLES)
def withdraw_plan(request: HttpRequest, viewer: Viewer, task: str) -> HttpResponse:
    """Take a planned level back."""
    on = as_day(request.POST.get("dag", ""))
    subject = f"{task}:{on.isoformat() if on else ''}"
    return _save(request, viewer, task, settings.PLAN, subject, None, "placering")


@require_POST
@roles_only(settings.ROLES)
def set_owner(request: HttpRequest, viewer: Viewer, task: str) -> HttpResponse:
    """Give the task to another administration."""
    return _save(request, viewer, task, settings.OWNER, task, request.POST.get("forvaltning", ""), "forvaltning")


@require_POST
@roles_only(settings.ROLES)
def set_central(request: HttpRequest, viewer: Viewer, task: str) -> HttpResponse:
    """Whether the owner keeps it although it stands in the rule list, and until when."""
    until = as_day(request.POST.get("til", ""))
    value = {"central": request.POST.get("central") == "ja", "until": None}
    if value["central"] and until:
        value["until"] = until.isoformat()  # type: ignore[assignment]
    return _save(request, viewer, task, settings.CENTRAL, task, value, "forvaltning")


@require_POST
@roles_only(settings.ROLES)
def set_principles(request: HttpRequest, viewer: Viewer, task: str) -> HttpResponse:
    """The seven answers in one go."""
    at, form = clock.now(), request.POST
    edits = []
    for answer in catalogue.principles(task):
        subject, given = f"{task}:{answer.number}", form.get(f"svar-{answer.number}", "")
        note = form.get(f"note-{answer.number}", "").strip()
        value = {"holds": _HOLDS[given], "note": note, "source": answer.source} if given in _HOLDS else None
        edits.append(changes.Edit(settings.PRINCIPLE, subject, value, form.get(f"version-{answer.number}", "")))
    made = changes.change_settings(edits=edits, viewer=viewer, at=at)
    return saved(request, made, f"{settings.HERE}/{task}#principper")


@require_POST
@roles_only(settings.ROLES)
def set_interface(request: HttpRequest, viewer: Viewer, task: str) -> HttpResponse:
    """One line of the interfaces table, or back to what follows from the task."""
    form = request.POST
    level = as_number(form.get("niveau", ""), 1, 3, 1)
    names = {"group": "gruppe", "unit": "enhed", "transfer_to": "sendes", "hours": "aabningstid", "note": "note"}
    value = {name: form.get(field, "").strip() for name, field in names.items()}
    reset = form.get("goer") == "nulstil"
    return _save(request, viewer, task, settings.INTERFACE, f"{task}:{level}", None if reset else value, "snitflader")


@require_POST
@roles_only(settings.ROLES)
def keep_subtask(request: HttpRequest, viewer: Viewer, task: str) -> HttpResponse:
    """A new part of the task, or a change of one."""
    form = request.POST
    subject = form.get("delopgave", "") or settings.next_subtask(task, clock.now())
    _own(task, subject)
    value = {
        "title": form.get("titel", "").strip(),
        "title_en": form.get("titel_en", "").strip() or form.get("titel", "").strip(),
        "level": as_number(form.get("niveau", ""), 1, 3, 1),
        "decision": form.get("slags") == "afgoerelse",
        "minutes": form.get("minutter", "").strip().replace(",", ".") or None,
    }
    return _save(request, viewer, task, settings.SUBTASK, subject, value, "delopgaver")


@require_POST
@roles_only(settings.ROLES)
def end_subtask(request: HttpRequest, viewer: Viewer, task: str) -> HttpResponse:
    """A part ends with today."""
    subject = request.POST.get("delopgave", "")
    _own(task, subject)
    return _save(request, viewer, task, settings.SUBTASK, subject, None, "delopgaver")


@require_POST
@roles_only(settings.ROLES)
def set_cut(request: HttpRequest, viewer: Viewer, task: str) -> HttpResponse:
    """The level in one co-located unit, or the catalogue's again."""
    form, unit = request.POST, request.POST.get("enhed", "")
    if organisation.unit(unit) is None or unit.isdigit():
        raise BadValue(what=gettext("Vælg en enhed fra listen."))
    value = {"level": as_number(form.get("niveau", ""), 1, 2, 1), "note": form.get("note", "").strip()}
    wanted = None if form.get("goer") == "nulstil" else value
    return _save(request, viewer, task, settings.CUT, f"{task}:{unit}", wanted, "snit")


def _save(
    request: HttpRequest, viewer: Viewer, task: str, kind: str, subject: str, value: Any, place: str
) -> HttpResponse:
    version = request.POST.get("version", "")
    made = changes.change_setting(
        setting=kind, subject=subject, value=value, viewer=viewer, at=clock.now(), version=version
    )
    return saved(request, made, f"{settings.HERE}/{task}#{place}")


def _own(task: str, subject: str) -> None:
    if subject.rpartition(".")[0] != task:
        raise BadValue(what=gettext("Delopgaven hører ikke til denne opgave."))
