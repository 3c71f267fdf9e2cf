"""Employees: the list, and one employee with card, substitutes, courses and the last day."""

from datetime import date, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from indgang.core.organisation import selectors as organisation
from indgang.core.organisation.values import EmployeeCard, NoticeKind
from indgang.desks.administration import changes
from indgang.desks.administration import people_settings as settings
from indgang.desks.administration.answers import as_day, as_id, as_number, saved
from indgang.desks.administration.errors import BadValue
from indgang.desks.administration.gates import leads, roles_only
from indgang.desks.administration.menu import LEADERS, SECURITY
from indgang.foundation.access.errors import NotFound
from indgang.foundation.access.values import Role, Viewer
from indgang.foundation.runtime import clock

HERE = "/administration/medarbejdere"
PAGE = 50


@never_cache
@require_GET
@roles_only(LEADERS | SECURITY)
def people(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Employees in force, by unit, name or leader."""
    at, query = clock.now(), request.GET
    own = organisation.unit(viewer.actor.unit) if viewer.actor else None
    unit, words, by = query.get("enhed", own.code if own else ""), query.get("q", "")[:80], query.get("sort", "")
    found = _sorted(organisation.employees(words, unit or None, at), by)
    only = query.get("kun", "")
    kept = [card for card in found if not only or _shown(card, only)]
    page = as_number(query.get("side", ""), 0, 10_000, 0)
    context = {
        "rows": kept[page * PAGE : (page + 1) * PAGE],
        "count": len(kept),
        "pages": range((len(kept) + PAGE - 1) // PAGE),
        "page": page,
        "units": organisation.units(at=at),
        "chosen": {"unit": unit, "q": words, "only": only},
        "conflicts": organisation.exclusive_conflicts(at),
        "notices": [(row, gettext(NoticeKind(row.kind).label)) for row in organisation.notices(viewer, at)],
        "may_hire": viewer.has_role(Role.MANAGER),
    }
    return render(request, "administration/people.html", context)


@never_cache
@require_GET
@roles_only(LEADERS | SECURITY)
def employee(request: HttpRequest, viewer: Viewer, employee_id: int) -> HttpResponse:
    """One employee."""
    at = clock.now()
    card = organisation.employee(employee_id)
    if card is None:
        raise NotFound
    subject = str(employee_id)
    context = {
        "card": card,
        "profile": organisation.profile(viewer, employee_id, at),
        "versions": {
            code: changes.read_setting(code, subject, at).version
            for code in (settings.EMPLOYEE, settings.SUBSTITUTES, settings.TRAINING)
        },
        "units": organisation.units(at=at),
        "administrations": organisation.administrations(),
        "colleagues": [other for other in organisation.employees(at=at) if other.id != employee_id],
        "courses": organisation.courses(),
        "may_edit": leads(viewer, card.unit_id),
        "history": changes.history(viewer, setting=settings.EMPLOYEE, subject=subject, limit=5),
        "today": clock.today(),
        "languages": [("da", gettext("dansk")), ("en", gettext("engelsk"))],
        "led": organisation.employees_of_manager(employee_id),
        "invitation": organisation.invitation_of(employee_id),
        "now": at,
    }
    return render(request, "administration/employee.html", context)


@require_POST
@roles_only(LEADERS)
def set_card(request: HttpRequest, viewer: Viewer, employee_id: int) -> HttpResponse:
    """Name, title, unit, employer, leader, how to reach them, last day."""
    form = request.POST
    manager, last = form.get("leder", ""), as_day(form.get("sidste", ""))
    value = {
        "name": form.get("navn", "").strip(),
        "title": form.get("titel", "").strip()[:120],
        "mail": form.get("mail", "").strip()[:120],
        "phone": form.get("telefon", "").strip()[:30],
        "overflow": form.get("aflaster") == "ja",
        "languages": sorted(set(form.getlist("sprog"))) or ["da"],
        "unit": form.get("enhed", ""),
        "employer": form.get("arbejdsgiver", ""),
        "manager": as_id(manager),
        "last_day": last.isoformat() if last else None,
    }
    return _changed(request, viewer, settings.EMPLOYEE, employee_id, value)


@require_POST
@roles_only(LEADERS)
def add_substitute(request: HttpRequest, viewer: Viewer, employee_id: int) -> HttpResponse:
    """Somebody stands in for a while."""
    form, at = request.POST, clock.now()
    other = organisation.employee(as_number(form.get("stedfortraeder", ""), 1, 10**9, 0))
    if other is None:
        raise BadValue(what=gettext("Vælg en medarbejder."))
    first = as_day(form.get("fra", ""), clock.today()) or clock.today()
    last = as_day(form.get("til", ""))
    known = changes.read_setting(settings.SUBSTITUTES, str(employee_id), at).value
    row = {"name": other.name, "employee": other.id, "from": first.isoformat(), "to": _iso(last)}
    return _changed(request, viewer, settings.SUBSTITUTES, employee_id, [*known, row])


@require_POST
@roles_only(LEADERS)
def end_substitute(request: HttpRequest, viewer: Viewer, employee_id: int) -> HttpResponse:
    """No longer from today."""
    number = as_number(request.POST.get("nummer", ""), 0, 1000, 0)
    known = changes.read_setting(settings.SUBSTITUTES, str(employee_id), clock.now()).value
    yesterday = (clock.today() - timedelta(days=1)).isoformat()
    left = [
        {**one, "to": yesterday} if at == number else one
        for at, one in enumerate(known)
        if at != number or one["from"] <= yesterday
    ]
    return _changed(request, viewer, settings.SUBSTITUTES, employee_id, left)


@require_POST
@roles_only(LEADERS)
def add_training(request: HttpRequest, viewer: Viewer, employee_id: int) -> HttpResponse:
    """A course is passed."""
    form, at = request.POST, clock.now()
    names = {row.code: row.name for row in organisation.courses()}
    passed = as_day(form.get("dag", ""), clock.today()) or clock.today()
    course = form.get("kursus", "")
    known = changes.read_setting(settings.TRAINING, str(employee_id), at).value
    row = {"course": course, "name": names.get(course, ""), "passed_on": passed.isoformat(), "to": None}
    return _changed(request, viewer, settings.TRAINING, employee_id, [*known, row])


@require_POST
@roles_only(LEADERS)
def remove_training(request: HttpRequest, viewer: Viewer, employee_id: int) -> HttpResponse:
    """It was written down by mistake."""
    number = as_number(request.POST.get("nummer", ""), 0, 1000, 0)
    known = changes.read_setting(settings.TRAINING, str(employee_id), clock.now()).value
    left = [one for at, one in enumerate(known) if at != number]
    return _changed(request, viewer, settings.TRAINING, employee_id, left)


def _changed(request: HttpRequest, viewer: Viewer, setting: str, employee_id: int, value: object) -> HttpResponse:
    made = changes.change_setting(
        setting=setting,
        subject=str(employee_id),
        value=value,
        viewer=viewer,
        at=clock.now(),
        version=request.POST.get("version", ""),
    )
    return saved(request, made, f"{HERE}/{employee_id}")


def _sorted(cards: list[EmployeeCard], by: str) -> list[EmployeeCard]:
    keys = {
        "titel": lambda card: card.title,
        "enhed": lambda card: card.unit_name,
        "leder": lambda card: card.manager_name,
        "arbejdsgiver": lambda card: card.employer,
    }
    key = keys.get(by.lstrip("-"))
    found = sorted(cards, key=key) if key else cards
    return found[::-1] if by.startswith("-") else found


def _shown(card: EmployeeCard, only: str) -> bool:
    rules = {
        "udstationeret": card.seconded,
        "fratraeder": card.valid_to is not None,
        "uden-leder": card.manager_id is None,
        "aflaster": card.overflow,
    }
    return rules.get(only, True)


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
