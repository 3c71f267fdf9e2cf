"""The leader's queue: several that wait are moved, made urgent, given a deadline or a person at once; seen first."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from indgang.core.organisation import selectors as organisation
from indgang.core.organisation.values import EmployeeCard
from indgang.core.routing import selectors as routing
from indgang.core.routing import services
from indgang.core.routing.values import Placing, QueueRow
from indgang.desks.administration import changes
from indgang.desks.administration.answers import as_day, as_number, as_time, as_uuid, saved
from indgang.desks.administration.errors import BadValue
from indgang.desks.administration.gates import leads, roles_only
from indgang.desks.administration.menu import LEADERS
from indgang.desks.administration.rules_settings import MEDIA
from indgang.foundation.access.values import Role, Viewer
from indgang.foundation.runtime import clock
from indgang.foundation.runtime.services import remembered, remembering

HERE, ITEM = "/ledelse/koe", "work_item"
URGENT = (_("Sædvanlig"), _("Haster"), _("Haster meget"))
_MOST = 200  # in one go
_CLOSING = time(16)
_AHEAD = timedelta(days=731)  # of a new deadline


def _value(placing: Placing) -> dict[str, Any]:
    return {
        "group": placing.group,
        "unit": placing.unit,
        "employee": placing.employee,
        "priority": placing.priority,
        "due_at": placing.due_at.isoformat(),
    }


def _read(subject: str, at: datetime) -> dict[str, Any] | None:
    found = routing.placing(UUID(subject.partition(" ")[0]))
    return _value(found) if found else None


def _apply(subject: str, value: dict[str, Any] | None, viewer: Viewer, at: datetime) -> None:
    if value is None:
        raise BadValue(what=gettext("Henvendelsen venter ikke mere."))
    to = Placing(**{**value, "due_at": datetime.fromisoformat(value["due_at"])})
    services.arrange(item_id=UUID(subject.partition(" ")[0]), to=to, viewer=viewer, at=at)


def _said(value: dict[str, Any]) -> list[str]:
    due = clock.local(datetime.fromisoformat(value["due_at"]))
    who = organisation.names([value["employee"]]).get(value["employee"], "") if value["employee"] else ""
    said = [
        _group_names().get(value["group"], value["group"]),
        gettext("til {name}").format(name=who) if who else "",
        str(URGENT[min(value["priority"], len(URGENT) - 1)]),
        gettext("senest {when}").format(when=due.strftime("%d.%m.%Y %H.%M")),
    ]
    return [line for line in said if line]


@never_cache
@require_GET
@roles_only(LEADERS)
def queue(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """What waits in the groups of one's people, with a tick beside each."""
    at, group = clock.now(), request.GET.get("gruppe", "")[:40]
    with remembering():
        rows = [_row(row) for row in routing.arrangeable(viewer, at, group=group, limit=_MOST)]
    context = {"rows": rows, "group": group, **_choices(viewer, at), "most": _MOST}
    return render(request, "administration/live/queue.html", context)


@never_cache
@require_POST
@roles_only(LEADERS)
def look(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """What would happen to whom; nothing is changed."""
    at, form = clock.now(), request.POST
    rows = _ticked(form, viewer, at)
    if not rows:
        raise BadValue(what=gettext("Vælg mindst én henvendelse, der stadig venter."))
    change, words = _wanted(form, viewer, at)
    with remembering():
        lines = [(row, form.get(f"version-{row.item.id}", ""), _said(_value(change(row.placing)))) for row in rows]
    context = {"lines": lines, "words": words, "form": form, "more": len(form.getlist("valgt")) - len(rows)}
    return render(request, "administration/live/queue_look.html", context)


@require_POST
@roles_only(LEADERS)
def carry_out(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """All of them or none; one click undoes them together."""
    at, form = clock.now(), request.POST
    change, _words = _wanted(form, viewer, at)
    edits = [
        changes.Edit(ITEM, _subject(row), _value(change(row.placing)), form.get(f"version-{row.item.id}", ""))
        for row in _ticked(form, viewer, at)
    ]
    with remembering():
        made = changes.change_settings(edits=edits, viewer=viewer, at=at)
    return saved(request, made, HERE)


def _row(row: QueueRow) -> dict[str, Any]:
    mark = changes.mark_of(_value(row.placing))
    return {
        "row": row,
        "version": mark,
        "medium": MEDIA.get(row.item.medium, row.item.medium),
        "urgent": str(URGENT[min(row.placing.priority, len(URGENT) - 1)]) if row.placing.priority else "",
        "group": _group_names().get(row.placing.group, row.placing.group),
    }


@remembered
def _group_names() -> dict[str, str]:
    return dict(organisation.groups())


def _choices(viewer: Viewer, at: datetime) -> dict[str, Any]:
    return {"groups": organisation.groups(), "people": _people(viewer, at), "urgencies": list(enumerate(URGENT))}


def _people(viewer: Viewer, at: datetime) -> list[EmployeeCard]:
    everybody = viewer.has_role(Role.EXECUTIVE)
    return [card for card in organisation.employees(at=at) if everybody or leads(viewer, card.unit_id)]


def _ticked(form: QueryDict, viewer: Viewer, at: datetime) -> list[QueueRow]:
    keys = [key for text in form.getlist("valgt")[:_MOST] if (key := as_uuid(text)) is not None]
    return routing.arrangeable_of(viewer, keys, at)


def _wanted(form: QueryDict, viewer: Viewer, at: datetime) -> tuple[Callable[[Placing], Placing], str]:
    """What is done to each of them, and in words. Raises BadValue."""
    what = form.get("goer", "")
    if what == "gruppe" and (name := _group_names().get(form.get("gruppe", ""))):
        group = form["gruppe"]
        return lambda p: replace(p, group=group, unit=None, employee=None), gettext("Flyt til {name}").format(name=name)
    if what == "person":
        number = as_number(form.get("person", ""), 1, 10**9, 0)
        card = next((card for card in _people(viewer, at) if card.id == number), None)
        if card is not None:
            return lambda p: replace(p, employee=number), gettext("Giv til {name}").format(name=card.name)
    if what == "hast":
        urgency = as_number(form.get("hast", ""), 0, routing.MOST_URGENT, 0)
        return lambda p: replace(p, priority=urgency), str(URGENT[urgency])
    if what == "frist" and (day := as_day(form.get("dag", ""))):
        if not clock.local(at).date() <= day <= clock.local(at).date() + _AHEAD:
            raise BadValue(what=gettext("Fristen skal være en dag fra i dag og højst to år frem."))
        due = datetime.combine(day, as_time(form.get("kl", "")) or _CLOSING, clock.COPENHAGEN)
        words = gettext("Ny frist: {when}").format(when=due.strftime("%d.%m.%Y %H.%M"))
        return lambda p: replace(p, due_at=due), words
    raise BadValue(what=gettext("Vælg, hvad der skal ske med de valgte."))


def _subject(row: QueueRow) -> str:
    return f"{row.item.id} {row.item.reference}".strip()


changes.register(
    changes.Setting(
        code=ITEM,
        title=_("Henvendelse i køen"),
        roles=LEADERS,
        read=_read,
        apply=_apply,
        name=lambda subject: subject.partition(" ")[2] or gettext("uden nummer"),
        lines=_said,
        path=lambda subject: HERE,
    )
)
