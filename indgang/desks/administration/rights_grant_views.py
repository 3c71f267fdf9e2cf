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
from indgang.desks.administration import changes
from indgang.desks.administration import rights_settings as settings
from indgang.desks.administration.answers import as_day, as_ids, as_number, back, saved
from indgang.desks.administration.errors import BadValue
from indgang.desks.administration.gates import roles_only
from indgang.desks.administration.menu import SECURITY
from indgang.desks.administration.rights_words import actor_names, names_of_accounts
from indgang.foundation.access import selectors as access
from indgang.foundation.access import services
from indgang.foundation.access.errors import BadPeriod, Stale, TooManyGrants
from indgang.foundation.access.values import GrantKind, Viewer
from indgang.foundation.runtime import clock

HERE = "/administration/rettigheder"
SOON = 30  # days
MOST_LINES = 1_000  # of one bulk grant: each is a change that can be undone


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
    chosen = set(as_ids(given.getlist("konto")))
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
    lines = access.plan_grants(
        wanted.accounts,
        wanted.tasks,
        wanted.groups,
        wanted.level,
        wanted.valid_from,
        wanted.valid_to,
        own=viewer.account,
    )
    if request.POST.get("bekraeft"):
        made = changes.change_settings(edits=settings.given(lines, at), viewer=viewer, at=at)
        sentence = ngettext("{count} rettighed er givet.", "{count} rettigheder er givet.", len(made))
        messages.success(request, sentence.format(count=len(made)))
        return saved(request, made, _after(wanted, at)) if made else HttpResponseRedirect(_after(wanted, at))
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
    card = access.authorisation(viewer, authorisation_id)
    version = as_number(request.POST.get("version", ""), 1, 10**9, 0)
    if version and card.version != version:
        raise Stale
    edits = [settings.without(card, at)] if last_day is None else settings.until([card], last_day, at)
    made = changes.change_settings(edits=edits, viewer=viewer, at=at)
    if last_day is None:
        messages.success(request, _("Rettigheden er taget tilbage. Det gælder nu, også på åbne sider."))
    else:
        messages.success(request, _("Rettigheden slutter med dagen."))
    to = back(request, HERE)
    return saved(request, made, to) if made else HttpResponseRedirect(to)


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
    chosen = as_ids(request.POST.getlist("valgt"))
    until = as_day(request.POST.get("til", ""))
    if not chosen or until is None:
        raise BadValue(what=_("Vælg mindst én rettighed og en dag."))
    at = clock.now()
    cards = [access.authorisation(viewer, one) for one in sorted(set(chosen))]
    if until <= clock.local(at).date() or any(card.is_over(clock.local(at).date()) for card in cards):
        raise BadPeriod
    made = changes.change_settings(edits=settings.until(cards, until, at, longer=True), viewer=viewer, at=at)
    sentence = ngettext("{count} rettighed er forlænget.", "{count} rettigheder er forlænget.", len(made))
    messages.success(request, sentence.format(count=len(made)))
    to = back(request, f"{HERE}/udloeber")
    return saved(request, made, to) if made else HttpResponseRedirect(to)


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
    accounts = as_ids(form.getlist("konto"))
    if not accounts or not (tasks or groups):
        raise BadValue(what=_("Vælg mindst én medarbejder og mindst én opgave eller opgavegruppe."))
    if last is not None and last < first:
        raise BadValue(what=_("Perioden slutter, før den begynder."))
    if len(accounts) * (len(tasks) + len(groups)) > MOST_LINES:
        raise TooManyGrants(limit=MOST_LINES)
    return Wanted(accounts, tasks, groups, as_number(form.get("niveau", ""), 1, 3, 1), first, last)


def _titles(wanted: Wanted) -> dict[str, str]:
    titles = {code: head.title for code, head in catalogue.heads(wanted.tasks).items()}
    return titles | {code: name for code, name in organisation.groups() if code in wanted.groups}


def _after(wanted: Wanted, at: datetime) -> str:
    people = names_of_accounts(wanted.accounts, at)
    if len(people) == 1:
        return f"{HERE}/medarbejdere/{next(iter(people.values())).employee}"
    return f"{HERE}/opgaver/{wanted.tasks[0]}" if len(wanted.tasks) == 1 else HERE
