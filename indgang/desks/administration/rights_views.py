"""Who may what: by person, by task, and why."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_POST

from indgang.core.catalogue import selectors as catalogue
from indgang.core.catalogue.values import TaskCard
from indgang.core.citizens import selectors as citizens
from indgang.core.organisation import selectors as organisation
from indgang.desks.administration import changes, rights_near
from indgang.desks.administration import rights_settings as settings
from indgang.desks.administration.answers import as_number, saved
from indgang.desks.administration.errors import BadValue
from indgang.desks.administration.gates import roles_only
from indgang.desks.administration.menu import SECURITY
from indgang.desks.administration.rights_words import LEVELS, actor_names, role_words, words_of
from indgang.foundation.access import policy, services
from indgang.foundation.access import selectors as access
from indgang.foundation.access.errors import NotFound
from indgang.foundation.access.values import Actor, Role, SwitchCode, TaskNeed, Viewer
from indgang.foundation.runtime import clock

HERE = "/administration/rettigheder"
MOST = 200


@dataclass(frozen=True)
class Line:
    """One task of a person, or one person of a task: how far, and what stops at the next level."""

    subject: object
    level: int
    why: list[str]
    stops: list[str]


@never_cache
@require_GET
@roles_only(SECURITY)
def overview(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Search, and what waits for the security leader."""
    at, words = clock.now(), request.GET.get("q", "").strip()[:80]
    since = at - timedelta(days=7)
    known = catalogue.task(words.upper()) if words else None
    context = {
        "words": words,
        "people": organisation.staff(at, q=words)[:MOST] if words else [],
        "tasks": ([known] if known else catalogue.tasks(at=at, q=words)[:20]) if words else [],
        "expiring": len(access.expiring(viewer, clock.local(at).date())),
        "reports": access.unseen_reports(viewer),
        "unusual": len(rights_near.unusual_looks(viewer, since, at)),
        "refused": sum(count.looks for count in access.refused_looks(viewer, since, at)),
        "stated": sum(count.looks for count in access.stated_reasons(viewer, since, at)),
        "conflicts": organisation.exclusive_conflicts(at),
    }
    return render(request, "administration/rights/overview.html", context)


@never_cache
@require_GET
@roles_only(SECURITY)
def person(request: HttpRequest, viewer: Viewer, employee_id: int) -> HttpResponse:
    """One employee: rights given, and what comes of them task by task."""
    at = clock.now()
    row = _staff(employee_id, at)
    today = clock.local(at).date()
    cards = access.authorisations(viewer, row.actor.account)
    switches = access.switches(at)
    words, level = request.GET.get("q", "").strip()[:80], as_number(request.GET.get("niveau", ""), 0, 3, -1)
    tasks = [task for task in catalogue.tasks(at=at) if words.casefold() in f"{task.code} {task.title}".casefold()]
    lines = _lines_of_person(row.actor, tasks, switches)
    everything = words or request.GET.get("niveau") == "alle"  # else what there is, not the hundreds there is not
    shown = [line for line in lines if line.level == level or (level == -1 and (line.level or everything))]
    context = {
        "row": row,
        "roles": role_words(row.actor.roles),
        "groups": dict(organisation.groups()),
        "titles": {code: head.title for code, head in catalogue.heads({card.task for card in cards}).items()},
        "current": [
            card for card in cards if card.in_force(today) or (not card.revoked_at and card.valid_from > today)
        ],
        "past": [card for card in cards if card.revoked_at or (card.valid_to and card.valid_to < today)],
        "names": actor_names(card.granted_by for card in cards),
        "factor": access.factor(viewer, row.actor.account),
        "lines": shown,
        "more": len(lines) - len(shown),
        "words": words,
        "level": level,
        "everything": everything,
        "own": viewer.account == row.actor.account,
        "linked": access.citizen_links(viewer).get(row.actor.account),
        "held": changes.read_setting(settings.ROLES, str(row.actor.account), at),
        "all_roles": [(role.value, str(_(role.label))) for role in Role],
    }
    return render(request, "administration/rights/person.html", context)


@require_POST
@roles_only(SECURITY)
def set_roles(request: HttpRequest, viewer: Viewer, employee_id: int) -> HttpResponse:
    """Exactly these roles, by hand; or as the profile says again from the next time it is loaded."""
    at = clock.now()
    row = _staff(employee_id, at)
    subject = str(row.actor.account)
    known = changes.read_setting(settings.ROLES, subject, at)
    chosen = sorted(role for role in set(request.POST.getlist("rolle")) if role in Role.values)
    value = {"roles": chosen, "by_hand": True}
    if request.POST.get("profil"):
        value = {**known.value, "by_hand": False}
    elif chosen == known.value["roles"]:
        value = known.value
    made = changes.change_setting(
        setting=settings.ROLES,
        subject=subject,
        value=value,
        viewer=viewer,
        at=at,
        version=request.POST.get("version", ""),
    )
    return saved(request, made, f"{HERE}/medarbejdere/{employee_id}")


@require_POST
@sensitive_post_parameters("cpr")
@roles_only(SECURITY)
def link_citizen(request: HttpRequest, viewer: Viewer, employee_id: int) -> HttpResponse:
    """Which citizen the employee is, by CPR number; without one it is not said any more."""
    at = clock.now()
    row, cpr = _staff(employee_id, at), request.POST.get("cpr", "")
    citizen = citizens.id_of_cpr(viewer, cpr) if cpr else None
    if cpr and citizen is None:
        raise BadValue(what=_("Der er ingen borger med det CPR-nummer. Skriv alle ti cifre."))
    services.link_citizen(account=row.actor.account, citizen=citizen, viewer=viewer, at=at)
    messages.success(request, _("Knyttet til en borger.") if citizen else _("Ikke længere knyttet til en borger."))
    return HttpResponseRedirect(f"{HERE}/medarbejdere/{employee_id}")


@never_cache
@require_GET
@roles_only(SECURITY)
def task(request: HttpRequest, viewer: Viewer, code: str) -> HttpResponse:
    """One task: who may, how far, and why not further."""
    at = clock.now()
    card = catalogue.task(code)
    if card is None:
        raise NotFound
    level = as_number(request.GET.get("niveau", ""), 0, 3, -1)
    switches = access.switches(at)
    needs = {need.level: need for need in catalogue.needs([code], LEVELS)}
    lines = [_line(row, row.actor, needs, switches) for row in organisation.staff(at, q=request.GET.get("q", "")[:80])]
    counted = [(one, sum(1 for line in lines if line.level == one)) for one in (3, 2, 1, 0)]
    shown = [line for line in lines if line.level == level or (level == -1 and line.level)]
    context = {
        "card": card,
        "group": dict(organisation.groups()).get(card.group, card.group),
        "lines": sorted(shown, key=lambda line: -line.level)[:MOST],
        "more": max(0, len(shown) - MOST),
        "counted": counted,
        "level": level,
        "words": request.GET.get("q", ""),
        "dispensation": switches[SwitchCode.DISPENSATION],
    }
    return render(request, "administration/rights/task.html", context)


@require_POST
@roles_only(SECURITY)
def end_sessions(request: HttpRequest, viewer: Viewer, employee_id: int) -> HttpResponse:
    """Log somebody out everywhere now."""
    row = _staff(employee_id, clock.now())
    services.end_sessions(account=row.actor.account, viewer=viewer, at=clock.now())
    messages.success(request, _("{name} er logget ud overalt.").format(name=row.name))
    return HttpResponseRedirect(f"{HERE}/medarbejdere/{employee_id}")


@require_POST
@roles_only(SECURITY)
def drop_factor(request: HttpRequest, viewer: Viewer, employee_id: int) -> HttpResponse:
    """A lost phone: the app opens nothing any more."""
    row = _staff(employee_id, clock.now())
    services.drop_factor(account=row.actor.account, viewer=viewer, at=clock.now())
    messages.success(request, _("Appen til {name} er fjernet.").format(name=row.name))
    return HttpResponseRedirect(f"{HERE}/medarbejdere/{employee_id}")


def _staff(employee_id: int, at: datetime) -> organisation.StaffRow:
    found = [row for row in organisation.staff(at) if row.employee == employee_id]
    if not found:
        raise NotFound
    return found[0]


def _lines_of_person(actor: Actor, tasks: list[TaskCard], switches: access.Switches) -> list[Line]:
    needs: dict[str, dict[int, TaskNeed]] = {}
    for need in catalogue.needs([task.code for task in tasks], LEVELS):
        needs.setdefault(need.task, {})[need.level] = need
    return [_line(task, actor, needs[task.code], switches) for task in tasks]


def _line(subject: object, actor: Actor, needs: dict[int, TaskNeed], switches: access.Switches) -> Line:
    """The highest level all of whose checks hold, and what fails above it."""
    separation, reached, why, stops = switches[SwitchCode.SEPARATION], 0, list[str](), list[str]()
    for level in LEVELS:
        checks = policy.explain(actor, needs[level], switches.dispensation, separation=separation)
        failed = [words_of(check) for check in checks if not check.ok]
        if failed:
            stops = failed
            break
        reached, why = level, [words_of(check) for check in checks if check.code in {"authorisation", "employer"}]
    return Line(subject, reached, why, stops)
