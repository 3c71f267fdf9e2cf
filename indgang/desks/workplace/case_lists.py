"""The caseworker's lists: one's own cases, one's unit's, those that are due or wait, and all. Views."""

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from indgang.core.cases import selectors as cases
from indgang.core.cases.errors import UnknownCase, UnknownValue
from indgang.core.cases.selectors import normal_number
from indgang.core.cases.values import CaseListPage, CaseQuery, Due, Progress, Sort
from indgang.desks.workplace import case_lines, case_undo, pages
from indgang.desks.workplace.staff import frame, staff_only
from indgang.foundation.access.values import Viewer
from indgang.foundation.runtime import clock

PAGE = 50
MINE, UNIT, DUE, WAITING, ALL = "mine", "enhed", "frist", "venter", "alle"


@dataclass(frozen=True)
class Tab:
    """One of the lists."""

    code: str
    name: str


@never_cache
@require_GET
@staff_only
def listed(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """One of the lists, filtered by what stands in the address; a number leads to its case."""
    at = clock.now()
    text = request.GET.get("q", "")[:120].replace("\x00", "").strip()
    if number := normal_number(text):
        return redirect("workplace:case", number)
    tab = request.GET.get("vis", "")
    tab = tab if tab in {UNIT, DUE, WAITING, ALL} else MINE
    query = _query(request, viewer, tab, text)
    asked = request.GET.copy()
    cursor = (asked.pop("side", None) or [""])[0][:120]
    found, unread = _found(viewer, query, tab, cursor, at)
    undo = case_undo.offered(request, at)
    context: dict[str, object] = {
        "found": found,
        "lines": case_lines.drawn(found.rows),
        "query": query,
        "text": text,
        "tab": tab,
        "tabs": _tabs(),
        "stages": Progress.choices,
        "dues": Due.choices,
        "filter": asked.urlencode(),
        "filtered": bool(text or request.GET.get("fremdrift") or request.GET.get("frist")),
        "unread": unread,
        "begun": bool(cursor),
        "told": _told(request, undo),
        "undo": undo and bool(request.GET.get("givet") or request.GET.get("flyttet")),
        "left": case_undo.left(request) if undo and request.GET.get("givet") else [],
    }
    return render(request, "workplace/case/list.html", {**frame(viewer, pages.my_work(viewer, at), at), **context})


def _query(request: HttpRequest, viewer: Viewer, tab: str, text: str) -> CaseQuery:
    progress = request.GET.get("fremdrift", "")[:10]
    closed = progress == Progress.CLOSED
    return CaseQuery(
        q=text,
        mine=tab in {MINE, DUE, WAITING},
        standing_in=tab in {MINE, DUE, WAITING},
        unit=viewer.actor.unit if viewer.actor and tab == UNIT else None,
        progress="" if closed else progress,
        closed=closed,
        waiting="any" if tab == WAITING else "",
        due=Due.SOON if tab == DUE else request.GET.get("frist", "")[:10],
        sort=Sort.NEWEST if tab == ALL else Sort.DEADLINE,
    )


def _found(viewer: Viewer, query: CaseQuery, tab: str, cursor: str, at: datetime) -> tuple[CaseListPage, bool]:
    """The page; a filter that cannot be read is no filter, and the page says so."""
    try:
        if query.q and tab == ALL:
            return cases.search_cases(viewer, query.q, at, limit=PAGE), False
        return cases.case_rows(viewer, query, cursor, PAGE, at=at), False
    except UnknownCase:
        return CaseListPage((), "", 0, False), False
    except UnknownValue:
        plain = CaseQuery(mine=query.mine, standing_in=query.standing_in, unit=query.unit, sort=query.sort)
        return cases.case_rows(viewer, plain, "", PAGE, at=at), True


def _tabs() -> list[Tab]:
    return [
        Tab(MINE, gettext("Mine")),
        Tab(UNIT, gettext("Min enheds")),
        Tab(DUE, gettext("Frist snart")),
        Tab(WAITING, gettext("Venter")),
        Tab(ALL, gettext("Alle, jeg må se")),
    ]


def _told(request: HttpRequest, undo: bool) -> str:
    """What was done a moment ago."""
    if number := normal_number(request.GET.get("overdraget", "")[:20]):
        return gettext("Sag {number} er givet videre med alt, hvad der hører til.").format(number=number)
    given, moved = request.GET.get("givet", ""), request.GET.get("flyttet", "")
    if request.GET.get("fortrudt"):
        return gettext("Det er fortrudt. Sagerne er, som de var.")
    if undo and given.isdecimal():
        n = int(given[:4])
        return ngettext("{n} sag er givet videre.", "{n} sager er givet videre.", n).format(n=n)
    if undo and moved.isdecimal():
        n = int(moved[:4])
        return ngettext("Fristen er flyttet på {n} sag.", "Fristen er flyttet på {n} sager.", n).format(n=n)
    return ""
