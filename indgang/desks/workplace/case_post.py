"""Letters of a case: a standard letter written, looked at and sent; one that stayed sent again or recalled. Views."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from indgang.core.cases import selectors as cases
from indgang.core.cases import services
from indgang.core.cases.values import DeadlineKind, LetterRow
from indgang.desks.workplace import case_journal, case_pages, pages
from indgang.desks.workplace.case_pages import AnyForm
from indgang.desks.workplace.case_post_forms import (
    AgainForm,
    NewDayForm,
    StandardLetterForm,
    place_of,
)
from indgang.desks.workplace.case_staff import on_case, shown, to_case
from indgang.desks.workplace.staff import frame, is_part, staff_only
from indgang.foundation.access.errors import NotFound
from indgang.foundation.access.values import Viewer
from indgang.foundation.letters.values import TemplateField, TemplateRow
from indgang.foundation.runtime import clock
from indgang.foundation.runtime.errors import DomainError

NEW_DAY = "frist.ny"  # a letter that names a new day for the answer is sent where the deadline moves along
PART = "letter"


@never_cache
@require_http_methods(["GET", "POST"])
@on_case
def write(request: HttpRequest, viewer: Viewer, found: case_pages.OpenCase, at: datetime) -> HttpResponse:
    """A standard letter: chosen first, then filled in; seen as it would be, and sent, or what was typed dropped."""
    in_hand(found)
    if "drop" in request.POST:
        return _dropped(request, viewer, found, at)
    language = "en" if request.GET.get("sprog") == "en" else "da"
    code = request.GET.get("skabelon", "")
    if not code:
        return _choices(request, viewer, found, language, at)
    asked = cases.letter_fields(code, language, at)
    facts: dict[str, Any] = {"asked": asked, "language": language, "parties": _receivers(found)}
    title = next(row.title for row in cases.standard_templates(language, at) if row.code == code)
    around: dict[str, object] = {"heading": _headline(title, found), "language": language, "back_to_choice": True}
    if request.method == "GET":
        form = StandardLetterForm(initial=_known(asked, found), **facts)
        return _letter_page(request, viewer, found, form, around, at)
    form = StandardLetterForm(request.POST, **facts)
    if not form.is_valid():
        return _letter_page(request, viewer, found, form, around, at, status=422)
    try:
        if "see" in request.POST:
            return _pdf(found, _standard_preview(request, viewer, found, form, code, at))
        _send_standard(viewer, found, form, code, at)
    except DomainError as said:
        return _letter_page(request, viewer, found, form, around, at, status=refused(form, said, form.place_for))
    case_journal.forget(viewer, found.page.id, PART)
    return to_case(request, found.page.number, query="?brev=sendt")


@never_cache
@require_http_methods(["GET", "POST"])
@on_case
def new_day(request: HttpRequest, viewer: Viewer, found: case_pages.OpenCase, at: datetime) -> HttpResponse:
    """The answer takes longer: the citizen hears why and by when, and the deadline moves with the letter."""
    in_hand(found)
    if "drop" in request.POST:
        return _dropped(request, viewer, found, at)
    running = answer_day(found)
    if running is None:
        return _no_day(request, viewer, found, at)
    now = gettext("Svarfristen er {day}. Den flytter, når brevet er sendt.").format(day=date_format(running, "j. F Y"))
    around: dict[str, object] = {"heading": gettext("Fortæl borgeren, at svaret tager længere tid"), "told": now}
    if request.method == "GET":
        form = NewDayForm(initial={"version": found.page.version})
        return _letter_page(request, viewer, found, form, around, at)
    form = NewDayForm(request.POST)
    if not form.is_valid():
        return _letter_page(request, viewer, found, form, around, at, status=422)
    facts = form.cleaned_data
    words = {"answer_by": facts["day"], **{name: facts[name] for name in ("reason", "language", "address")}}
    try:
        if "see" in request.POST:
            purpose = case_pages.kept_purpose(request, found.page.number, at)
            pdf = cases.preview_new_deadline(case_id=found.page.id, purpose=purpose, viewer=viewer, at=at, **words)
            return _pdf(found, pdf)
        services.send_new_deadline(
            case_id=found.page.id, way=facts["way"], version=facts["version"], viewer=viewer, at=at, **words
        )
    except DomainError as said:
        place = {"answer_by": "day", "due_at": "day"}
        status = refused(form, said, lambda name: place.get(name, name))
        return _letter_page(request, viewer, found, form, around, at, status=status)
    case_journal.forget(viewer, found.page.id, PART)
    return to_case(request, found.page.number, query="?brev=sendt")


@never_cache
@require_http_methods(["GET", "POST"])
@on_case
def again(
    request: HttpRequest, viewer: Viewer, found: case_pages.OpenCase, at: datetime, letter_id: UUID
) -> HttpResponse:
    """A letter that did not leave goes another way, or to another address."""
    in_hand(found)
    row = _letter(found, letter_id)
    told = f"{row.title}: {row.failure}" if row.failure else row.title
    action = reverse("workplace:case-letter-again", args=[found.page.number, letter_id])
    heading = gettext("Send brevet igen")
    context: dict[str, object] = {"action": action, "form_id": "send-igen", "button": heading, "told": told}
    if request.method == "GET":
        form = AgainForm(initial={"way": row.way})
        return post_dialog(request, viewer, heading, form, context)
    form = AgainForm(request.POST)
    if not form.is_valid():
        return post_dialog(request, viewer, heading, form, context, status=422)
    try:
        services.send_again(letter_id=letter_id, viewer=viewer, at=at, **form.cleaned_data)
    except DomainError as said:
        return post_dialog(request, viewer, heading, form, context, status=refused(form, said))
    return to_case(request, found.page.number, query="?brev=sendt")


@require_POST
@staff_only
def recall(request: HttpRequest, viewer: Viewer, number: str, letter_id: UUID) -> HttpResponse:
    """A letter the printer has not had is taken back."""
    at = clock.now()
    cases.reached(viewer, number, at)
    services.recall_letter(letter_id=letter_id, viewer=viewer, at=at)
    return to_case(request, number, query="?brev=tilbage")


def post_dialog(
    request: HttpRequest,
    viewer: Viewer,
    heading: str,
    form: AnyForm,
    context: dict[str, object],
    *,
    status: int = 200,
) -> HttpResponse:
    """A dialog whose errors stand beside their fields, with what was typed; a page of its own without htmx."""
    inner = "workplace/case/post_form.html"
    if form.is_bound:
        mark_first(form)
    given = {**context, "heading": heading, "inner": inner, "form": form, "fields": shown(form)}
    if is_part(request):
        response = render(request, "workplace/dialog.html", given, status=status)
        if status >= 400:
            response["HX-Retarget"], response["HX-Reswap"] = "#dialog", "innerHTML"
        return response
    at = clock.now()
    around = frame(viewer, pages.my_work(viewer, at), at)
    return render(request, "workplace/case/dialog_page.html", {**around, **given}, status=status)


def refused(form: AnyForm, said: DomainError, place: Callable[[str], str] = str) -> int:
    """Put the refusal beside the field it is about, or above them all; its status. What does not exist stays so."""
    if isinstance(said, NotFound):
        raise said
    name = place(said.field or "")
    form.add_error(name if name in form.fields and name != "version" else None, str(said))
    return said.status


def mark_first(form: AnyForm) -> None:
    """The first field that is wrong gets the focus."""
    for name in form.fields:
        if name in form.errors:
            form.fields[name].widget.attrs["autofocus"] = True
            return


def answer_day(found: case_pages.OpenCase) -> date | None:
    """By when the citizen was promised an answer, while that runs."""
    running = (one.card for one in found.days if one.running and one.card.kind == DeadlineKind.ANSWER)
    return next((clock.local(card.due_at).date() for card in running), None)


def in_hand(found: case_pages.OpenCase) -> None:
    """Who may only read the case finds nothing to fill in. Raises NotFound."""
    if not found.in_hand:
        raise NotFound


def _no_day(request: HttpRequest, viewer: Viewer, found: case_pages.OpenCase, at: datetime) -> HttpResponse:
    """Nothing to move: first somebody says by when; what was typed meanwhile is given back."""
    if not found.may_set_day:
        raise NotFound
    if request.method == "GET":
        return redirect("workplace:case-first-day", found.page.number)
    form = NewDayForm(request.POST)
    form.add_error(None, gettext("Der løber ingen svarfrist. Sæt en svarfrist på sagen, og send så brevet."))
    heading = gettext("Fortæl borgeren, at svaret tager længere tid")
    return _letter_page(request, viewer, found, form, {"heading": heading}, at, status=409)


def _letter(found: case_pages.OpenCase, letter_id: UUID) -> LetterRow:
    for row in found.decided.letters:
        if row.id == letter_id:
            return row
    raise NotFound


def _dropped(request: HttpRequest, viewer: Viewer, found: case_pages.OpenCase, at: datetime) -> HttpResponse:
    services.drop_letter(case_id=found.page.id, viewer=viewer, at=at)
    return to_case(request, found.page.number, query="?brev=kasseret")


def _choices(
    request: HttpRequest, viewer: Viewer, found: case_pages.OpenCase, language: str, at: datetime
) -> HttpResponse:
    rows = [_choice(row, found, language, at) for row in cases.standard_templates(language, at)]
    context = {"choices": [row for row in rows if row], "language": language, "open_case": found}
    around = frame(viewer, pages.my_work(viewer, at), at)
    status = 200 if request.method == "GET" else 422  # a letter nobody chose is not sent
    return render(request, "workplace/case/post_choose.html", {**around, **context}, status=status)


def _choice(row: TemplateRow, found: case_pages.OpenCase, language: str, at: datetime) -> tuple[str, str] | None:
    """Address and title; a letter with a new day leads to where the deadline moves, and only while one runs."""
    if any(one.name == NEW_DAY for one in cases.letter_fields(row.code, language, at)):
        to = reverse("workplace:case-new-deadline", args=[found.page.number])
        return (to, _headline(row.title, found)) if answer_day(found) else None
    to = reverse("workplace:case-send-letter", args=[found.page.number])
    return f"{to}?skabelon={row.code}&sprog={language}", _headline(row.title, found)


def _headline(title: str, found: case_pages.OpenCase) -> str:
    """The template's title with what the case is about, as the letter would have it."""
    return title.replace("{{sag.emne}}", found.page.row.task_title).replace("{{sag.nummer}}", found.page.number)


def _known(asked: tuple[TemplateField, ...], found: case_pages.OpenCase) -> dict[str, object]:
    opened = clock.local(found.page.row.opened_at).date()
    known = {"kvittering.modtaget": opened, "kvittering.frist": answer_day(found)}
    first = {place_of(one.name): known[one.name] for one in asked if one.name in known}
    return {**first, "wait": True, "version": found.page.version}


def _receivers(found: case_pages.OpenCase) -> list[tuple[str, str]]:
    return [(str(party.id), f"{party.name} ({party.role_name})") for party in found.parties]


def _standard_preview(
    request: HttpRequest,
    viewer: Viewer,
    found: case_pages.OpenCase,
    form: StandardLetterForm,
    code: str,
    at: datetime,
) -> bytes:
    return cases.preview_letter(
        case_id=found.page.id,
        template=code,
        fields=form.letter_fields(),
        address=form.cleaned_data["address"],
        party_id=form.party(),
        language=form.language,
        purpose=case_pages.kept_purpose(request, found.page.number, at),
        viewer=viewer,
        at=at,
    )


def _send_standard(
    viewer: Viewer, found: case_pages.OpenCase, form: StandardLetterForm, code: str, at: datetime
) -> None:
    facts = form.cleaned_data
    services.send_case_letter(
        case_id=found.page.id,
        template=code,
        fields=form.letter_fields(),
        way=facts["way"],
        address=facts["address"],
        party_id=form.party(),
        wait_until=form.wait_until(),
        language=form.language,
        version=facts["version"],
        viewer=viewer,
        at=at,
    )


def _letter_page(
    request: HttpRequest,
    viewer: Viewer,
    found: case_pages.OpenCase,
    form: AnyForm,
    context: dict[str, object],
    at: datetime,
    *,
    status: int = 200,
) -> HttpResponse:
    """The letter's form on a page of its own, so that it can be looked at in another tab while it stands."""
    if form.is_bound:
        mark_first(form)
    kept = {} if form.is_bound else case_journal.drafts(viewer, found.page.id, at)
    case_journal.am_here(viewer, found.page.id, PART, at)
    given = {
        **frame(viewer, pages.my_work(viewer, at), at),
        **context,
        "open_case": found,
        "form": form,
        "fields": shown(form, number=found.page.number, part=PART, drafts=kept),
        "action": request.get_full_path(),
    }
    return render(request, "workplace/case/post_letter.html", given, status=status)


def _pdf(found: case_pages.OpenCase, pdf: bytes) -> HttpResponse:
    name = f"{gettext('Udkast')}-{found.page.number}.pdf"
    response = HttpResponse(pdf, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "no-store"
    return response
