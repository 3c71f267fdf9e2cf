"""Searching inside all documents one may see: the words around what was found, its case and its day. Views."""

import re

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from indgang.core.cases import selectors as cases
from indgang.core.cases.errors import WrongCaseCursor
from indgang.core.cases.selectors import normal_number
from indgang.core.cases.values import DocumentHits
from indgang.desks.workplace import pages
from indgang.desks.workplace.staff import frame, staff_only
from indgang.foundation.access.values import Viewer
from indgang.foundation.runtime import clock

PAGE = 20
LONGEST = 120
REFUSED = "cpr"
_CPR = re.compile(r"(?<!\d)\d{6}[- ]?\d{4}(?!\d)")


@never_cache
@require_GET
@staff_only
def documents(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """What was found, newest first; a question that cannot be searched for is answered with what to write instead."""
    at = clock.now()
    text = request.GET.get("q", "").replace("\x00", "").strip()
    if _CPR.search(text):  # it goes out of the address at once
        return redirect(resolve_url("workplace:document-search") + f"?{REFUSED}")
    cursor = request.GET.get("side", "")[:40]
    found, wrong = DocumentHits((), "", searched=False), _wrong(request, text)
    if text and not wrong:
        try:
            found = cases.search_documents(viewer, text, at=at, cursor=cursor, limit=PAGE)
        except WrongCaseCursor as refusal:
            wrong = str(refusal)
        else:
            wrong = "" if found.searched else _nothing()
    context: dict[str, object] = {
        "found": found,
        "text": text[:LONGEST],
        "wrong": wrong,
        "begun": bool(cursor),
        "number": normal_number(text),
    }
    page = {**frame(viewer, pages.my_work(viewer, at), at), **context}
    return render(request, "workplace/case/document_search.html", page, status=422 if wrong else 200)


def _wrong(request: HttpRequest, text: str) -> str:
    """Why the text is not searched for; empty when it is."""
    if REFUSED in request.GET:
        return gettext(
            "Søg ikke efter CPR-numre her: det, du skriver, står i adressen. Find borgeren, og se sagerne der."
        )
    if len(text) > LONGEST:
        return gettext("Skriv færre ord: højst 120 tegn.")
    return ""


def _nothing() -> str:
    return gettext("Skriv mindst et ord, der kan søges efter. »Og«, »i« og tegn alene står overalt.")
