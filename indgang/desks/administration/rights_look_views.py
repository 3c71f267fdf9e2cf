"""The access log: searched, taken out, counted by reason, reviewed, and held against rules."""

import csv
from datetime import date, datetime, time, timedelta
from io import StringIO

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_POST

from indgang.core.citizens import selectors as citizens
from indgang.core.organisation import selectors as organisation
from indgang.desks.administration import rights_near
from indgang.desks.administration.answers import as_day, as_id, as_number, as_time, as_uuid, back, with_query
from indgang.desks.administration.errors import BadValue
from indgang.desks.administration.gates import roles_only
from indgang.desks.administration.menu import SECURITY
from indgang.desks.administration.rights_words import actor_names, kind_words, outcome_words, purpose_words
from indgang.foundation.access import selectors as access
from indgang.foundation.access import services
from indgang.foundation.access.values import (
    LookLine,
    LookOutcome,
    LookQuery,
    LookRuleCard,
    LookRuleCode,
    Reason,
    Viewer,
)
from indgang.foundation.runtime import clock

HERE = "/administration/rettigheder/opslag"
WEEK = 7


@never_cache
@require_GET
@roles_only(SECURITY)
def looks(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """The log by employee, citizen, outcome, purpose and period."""
    query = _query(request.GET)
    page = access.looks(viewer, query, cursor=request.GET.get("efter", "")[:36])
    names = actor_names(line.actor for line in page.rows)
    shielded = citizens.protected_among(viewer, {line.citizen for line in page.rows if line.citizen}, clock.now())
    context = {
        "rows": [
            (
                line,
                names[line.actor],
                purpose_words(line.purpose),
                outcome_words(line.outcome),
                line.citizen in shielded,
                kind_words(line.kind),
            )
            for line in page.rows
        ],
        "cursor": page.cursor,
        "count": access.count_looks(viewer, query),
        "given": request.GET,
        "reasons": [(reason.value, str(_(reason.label))) for reason in Reason],
        "actor": actor_names([query.actor]).get(query.actor, ""),
    }
    return render(request, "administration/rights/looks.html", context)


@never_cache
@require_POST
@sensitive_post_parameters("cpr")
@roles_only(SECURITY)
def find_citizen(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Whose looks: by CPR number, which never stands in an address."""
    found = citizens.id_of_cpr(viewer, request.POST.get("cpr", ""))
    if found is None:
        raise BadValue(what=_("Der er ingen borger med det CPR-nummer. Skriv alle ti cifre."))
    return HttpResponseRedirect(with_query(back(request, HERE), borger=str(found), efter=""))


@require_POST
@roles_only(SECURITY)
def export(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """The rows the page shows, as a file; that it was taken out is an event."""
    query = _query(request.POST)
    rows = access.count_looks(viewer, query)
    asked = [name for name in ("medarbejder", "borger", "udfald", "grund", "fra", "til") if request.POST.get(name)]
    services.record_export(rows=rows, asked=asked, viewer=viewer, at=clock.now())
    file = StringIO()
    head = ["tidspunkt", "medarbejder", "borger", "oplysninger", "formål", "udfald"]
    writer = csv.writer(file, delimiter=";")
    lines: list[list[object]] = [
        [clock.local(one.at).isoformat(timespec="seconds"), one.actor, one.citizen, one.kind, one.purpose, one.outcome]
        for one in access.all_looks(viewer, query)
    ]
    writer.writerows([head, *lines])
    answer = HttpResponse(file.getvalue(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="opslag-{clock.today().isoformat()}.csv"'
    return answer


@never_cache
@require_GET
@roles_only(SECURITY)
def reasons(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """How often who was refused or looked on a stated reason, and what is reviewed."""
    since, until = _period(request.GET)
    counts = access.refused_looks(viewer, since, until) + access.stated_reasons(viewer, since, until)
    reviews = access.reviews(viewer, since, until)
    names = actor_names(
        [one.actor for one in counts] + [one.reviewed_by for one in reviews] + [r.actor for r in reviews]
    )
    covered = {(one.actor, one.reason): one for one in reversed(reviews)}
    context = {
        "rows": [
            (one, names[one.actor], purpose_words(f"reason:{one.reason}"), covered.get((one.actor, one.reason)))
            for one in counts
        ],
        "reviews": [
            (one, names[one.actor], names[one.reviewed_by], purpose_words(f"reason:{one.reason}")) for one in reviews
        ],
        "since": clock.local(since).date(),
        "until": clock.local(until - timedelta(seconds=1)).date(),
        "own": viewer.name,
    }
    return render(request, "administration/rights/reasons.html", context)


@require_POST
@roles_only(SECURITY)
def review(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Somebody's looks on one reason are gone through."""
    since, until = _period(request.POST)
    services.review_looks(
        actor=request.POST.get("medarbejder", "")[:80],
        reason=request.POST.get("grund", ""),
        since=since,
        until=until,
        note=request.POST.get("note", ""),
        viewer=viewer,
        at=clock.now(),
    )
    messages.success(request, _("Gennemgangen er skrevet ned."))
    return HttpResponseRedirect(back(request, "/administration/rettigheder/grunde"))


@never_cache
@require_GET
@roles_only(SECURITY)
def unusual(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """What the rules find, the rules themselves, and looks at protected people on a stated reason alone."""
    since, until = _period(request.GET)
    rule = request.GET.get("regel", "")
    finds = rights_near.unusual_looks(viewer, since, until, rule=rule if rule in LookRuleCode.values else "")
    stated = access.looks(viewer, LookQuery(purpose="reason:", since=since, until=until), limit=2_000).rows
    shielded = citizens.protected_among(viewer, {line.citizen for line in stated if line.citizen}, clock.now())
    guarded = [line for line in stated if line.citizen in shielded][:100]
    names = actor_names([find.actor for find in finds] + [line.actor for line in guarded])
    context = {
        "finds": [(find, names[find.actor], str(_(LookRuleCode(find.rule).label))) for find in finds],
        "guarded": [(line, names[line.actor], purpose_words(line.purpose)) for line in guarded],
        "rules": [(rule, str(_(LookRuleCode(rule.code).label))) for rule in access.look_rules(viewer)],
        "chosen": rule,
        "linked": len(access.citizen_links(viewer)),
        "since": clock.local(since).date(),
        "until": clock.local(until - timedelta(seconds=1)).date(),
    }
    return render(request, "administration/rights/unusual.html", context)


@require_POST
@roles_only(SECURITY)
def set_rule(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Other figures for a rule."""
    form = request.POST
    rule = LookRuleCard(
        code=form.get("regel", ""),
        on=form.get("til") == "1",
        limit=as_number(form.get("graense", ""), 1, 10_000, 0),
        minutes=as_number(form.get("minutter", ""), 0, 1_440, 0),
        starts=as_time(form.get("begynder", "")),
        ends=as_time(form.get("slutter", "")),
        version=as_number(form.get("version", ""), 0, 10**9, 0),
    )
    services.set_look_rule(rule=rule, viewer=viewer, at=clock.now())
    messages.success(request, _("Reglen er gemt."))
    return HttpResponseRedirect("/administration/rettigheder/usaedvanlige#regler")


@never_cache
@require_GET
@roles_only(SECURITY)
def disclosures(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """What was given to other authorities."""
    rows = access.disclosures(viewer)
    names = actor_names(row.actor for row in rows)
    return render(
        request, "administration/rights/disclosures.html", {"rows": [(row, names[row.actor]) for row in rows]}
    )


@require_POST
@sensitive_post_parameters("cpr")
@roles_only(SECURITY)
def disclose(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Note one."""
    form = request.POST
    citizen = citizens.id_of_cpr(viewer, form.get("cpr", ""))
    if citizen is None:
        raise BadValue(what=_("Der er ingen borger med det CPR-nummer. Skriv alle ti cifre."))
    services.disclose(
        citizen=citizen,
        task=form.get("opgave", "").strip().upper(),
        receiver=form.get("modtager", ""),
        ground=form.get("hjemmel", ""),
        fields=[word.strip() for word in form.get("oplysninger", "").split(",")],
        viewer=viewer,
        at=clock.now(),
    )
    messages.success(request, _("Videregivelsen er skrevet ned."))
    return HttpResponseRedirect("/administration/rettigheder/videregivelser")


def _in_words(line: LookLine) -> tuple[str, str]:
    return purpose_words(line.purpose), outcome_words(line.outcome)


def _query(given: QueryDict) -> LookQuery:
    number, outcome, purpose = given.get("medarbejder", ""), given.get("udfald", ""), given.get("grund", "")
    since, until = as_day(given.get("fra", "")), as_day(given.get("til", ""))
    actor = f"employee:{number}" if as_id(number) is not None else ""
    if number and not actor:
        found = organisation.employees(number[:80])
        actor = f"employee:{found[0].id}" if found else "employee:0"
    return LookQuery(
        actor=actor,
        citizen=as_uuid(given.get("borger", "")),
        outcome=outcome if outcome in LookOutcome.values else "",
        purpose={"": "", "alle": "reason:", "henvendelse": "contact:"}.get(purpose, f"reason:{purpose[:40]}"),
        since=_midnight(since) if since else None,
        until=_midnight(until + timedelta(days=1)) if until else None,
    )


def _period(given: QueryDict) -> tuple[datetime, datetime]:
    today = clock.today()
    first = as_day(given.get("fra", ""), today - timedelta(days=WEEK)) or today
    last = as_day(given.get("til", ""), today) or today
    if last < first:
        raise BadValue(what=_("Perioden slutter, før den begynder."))
    return _midnight(first), _midnight(last + timedelta(days=1))


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(0), clock.COPENHAGEN)
