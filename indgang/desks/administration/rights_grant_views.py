"""Rights given to many, prolonged and taken back, and what changed by itself."""

from dataclasses import dataclass
from datetime import date, datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from indgang.core.catalogue import selectors as catalogue
from indgang.core.organisation import selectors as organisation
from indgang.desks.administration.answers import as_day, as_number, back
from indgang.desks.administration.errors import BadValue
from indgang.desks.administration.gates import roles_only
from indgang.desks.administration.menu import SECURITY
from indgang.desks.administration.rights_words import actor_names, names_of_accounts
from indgang.foundation.access import selectors as access
from indgang.foundation.access import services
from indgang.foundation.access.values import GrantKind, Viewer
from indgang.foundation.runtime import clock

HERE = "/administration/rettigheder"
SOON = 30  # days


@dataclass(frozen=True)
class Wanted:
    """What the form asks for."""

    accounts: list[int]
    tasks: list[str]
    groups: list[str]
    level: int
    valid_from: date
    valid_to: date | None


@never_cache
@require_GET
@roles_only(SECURITY)
def grant_form(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Choose people, rights, level and period; the address may bring some of it."""
    at, given = clock.now(), request.GET
    chosen = {int(one) for one in given.getlist("konto") if one.isdecimal()}
    unit, words = given.get("enhed", ""), given.get("q", "").strip()[:80]
    people = organisation.staff(at, q=words)
    if unit:
        people = [row for row in people if row.unit == unit]
    shown = [row for row in people if row.actor.account in chosen or words or unit]
    context = {
        "people": shown[:300],
        "chosen": chosen,
        "units": sorted({row.unit for row in organisation.staff(at)}),
        "unit": unit,
        "words": words,
        "groups": organisation.groups(),
        "tasks": given.get("opgaver", ""),
        "group": given.get("gruppe", ""),
        "level": as_number(given.get("niveau", ""), 1, 3, 1),
        "today": clock.today(),
    }
    return render(request, "administration/rights/grant.html", context)


@never_cache
@require_POST
@roles_only(SECURITY)
def grant(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """First what would happen, line by line; then, confirmed, done."""
    at, wanted = clock.now(), _wanted(request.POST, clock.now())
    if request.POST.get("bekraeft"):
        lines = services.grant_many(
            accounts=wanted.accounts,
            tasks=wanted.tasks,
            groups=wanted.groups,
            level=wanted.level,
            valid_from=wanted.valid_from,
            valid_to=wanted.valid_to,
            viewer=viewer,
            at=at,
        )
        given = sum(1 for line in lines if line.gives)
        sentence = ngettext("{count} rettighed er givet.", "{count} rettigheder er givet.", given)
        messages.success(request, sentence.format(count=given))
        return HttpResponseRedirect(_after(wanted, at))
    lines = access.plan_grants(
        wanted.accounts,
        wanted.tasks,
        wanted.groups,
        wanted.level,
        wanted.valid_from,
        wanted.valid_to,
        own=viewer.account,
    )
    people, titles = names_of_accounts(wanted.accounts, at), _titles(wanted)
    context = {
        "rows": [(people.get(line.account), titles.get(line.task or line.group, ""), line) for line in lines],
        "wanted": wanted,
        "gives": sum(1 for line in lines if line.gives),
        "kinds": {kind.value: str(_(kind.label)) for kind in GrantKind},
    }
    return render(request, "administration/rights/preview.html", context)


@require_POST
@roles_only(SECURITY)
def revoke(request: HttpRequest, viewer: Viewer, authorisation_id: int) -> HttpResponse:
    """Now, or with a last day."""
    at, last_day = clock.now(), as_day(request.POST.get("til", ""))
    version = as_number(request.POST.get("version", ""), 1, 10**9, 0) or None
    if last_day is None:
        services.revoke(authorisation_id=authorisation_id, viewer=viewer, at=at, version=version)
        messages.success(request, _("Rettigheden er taget tilbage. Det gælder nu, også på åbne sider."))
    else:
        services.withdraw(authorisation_id=authorisation_id, last_day=last_day, viewer=viewer, at=at, version=version)
        messages.success(request, _("Rettigheden slutter med dagen."))
    return HttpResponseRedirect(back(request, HERE))


@never_cache
@require_GET
@roles_only(SECURITY)
def expiring(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Rights that end soon, to be renewed together."""
    at, days = clock.now(), as_number(request.GET.get("dage", ""), 1, 366, SOON)
    today = clock.local(at).date()
    cards = access.expiring(viewer, today, days)
    people = names_of_accounts((card.account for card in cards), at)
    context = {
        "rows": [(people.get(card.account), card) for card in cards],
        "days": days,
        "groups": dict(organisation.groups()),
        "next": date(today.year + 1, today.month, min(today.day, 28)),
        "own": viewer.account,
    }
    return render(request, "administration/rights/expiring.html", context)


@require_POST
@roles_only(SECURITY)
def renew(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """The chosen ones go on."""
    chosen = [int(one) for one in request.POST.getlist("valgt") if one.isdecimal()]
    until = as_day(request.POST.get("til", ""))
    if not chosen or until is None:
        raise BadValue(what=_("Vælg mindst én rettighed og en dag."))
    count = services.renew(authorisation_ids=chosen, valid_to=until, viewer=viewer, at=clock.now())
    sentence = ngettext("{count} rettighed er forlænget.", "{count} rettigheder er forlænget.", count)
    messages.success(request, sentence.format(count=count))
    return HttpResponseRedirect(back(request, f"{HERE}/udloeber"))


@never_cache
@require_GET
@roles_only(SECURITY)
def reports(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """What new levels did to the rights."""
    at = clock.now()
    cards = access.rights_reports(viewer)
    heads = catalogue.heads({card.task for card in cards})
    context = {
        "rows": [(card, heads.get(card.task)) for card in cards],
        "people": names_of_accounts((row.account for card in cards for row in card.rows), at),
        "names": actor_names(card.seen_by for card in cards),
    }
    return render(request, "administration/rights/reports.html", context)


@require_POST
@roles_only(SECURITY)
def report_seen(request: HttpRequest, viewer: Viewer, report_id: int) -> HttpResponse:
    """Read."""
    services.mark_report_seen(report_id=report_id, viewer=viewer, at=clock.now())
    return HttpResponseRedirect(f"{HERE}/rapporter")


def _wanted(form: QueryDict, at: datetime) -> Wanted:
    tasks = sorted(set(form.get("opgaver", "").upper().replace(",", " ").split()))
    known = {card.code for card in catalogue.tasks(at=at)}
    unknown = [code for code in tasks if code not in known]
    if unknown:
        raise BadValue(what=_("Der er ingen opgave {code}.").format(code=unknown[0][:12]))
    today = clock.local(at).date()
    first, last = as_day(form.get("fra", ""), today) or today, as_day(form.get("til", ""))
    if first < today:
        raise BadValue(what=_("Vælg en dag fra i dag og frem."))
    groups = [code for code in form.getlist("gruppe") if code in dict(organisation.groups())]
    accounts = [int(one) for one in form.getlist("konto") if one.isdecimal()]
    if not accounts or not (tasks or groups):
        raise BadValue(what=_("Vælg mindst én medarbejder og mindst én opgave eller opgavegruppe."))
    if last is not None and last < first:
        raise BadValue(what=_("Perioden slutter, før den begynder."))
    return Wanted(accounts, tasks, groups, as_number(form.get("niveau", ""), 1, 3, 1), first, last)


def _titles(wanted: Wanted) -> dict[str, str]:
    titles = {code: head.title for code, head in catalogue.heads(wanted.tasks).items()}
    return titles | {code: name for code, name in organisation.groups() if code in wanted.groups}


def _after(wanted: Wanted, at: datetime) -> str:
    people = names_of_accounts(wanted.accounts, at)
    if len(people) == 1:
        return f"{HERE}/medarbejdere/{next(iter(people.values())).employee}"
    return f"{HERE}/opgaver/{wanted.tasks[0]}" if len(wanted.tasks) == 1 else HERE
