"""Papers for other authorities: what lies here, what was sent on, what is late; taken in, sent on, answered. Views."""

from datetime import datetime
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from indgang.core.cases import selectors as cases
from indgang.core.cases import services
from indgang.core.cases.values import PaperRow, PaperTab
from indgang.core.citizens import selectors as citizens
from indgang.desks.workplace import overview_pages, pages
from indgang.desks.workplace.case_sharing_forms import ForwardedForm
from indgang.desks.workplace.case_staff import shown
from indgang.desks.workplace.directory import AUTHORITIES
from indgang.desks.workplace.paper_forms import NONE, PaperForm, SendOnForm
from indgang.desks.workplace.staff import frame, staff_only
from indgang.foundation.access.errors import NotFound
from indgang.foundation.access.values import Viewer
from indgang.foundation.runtime import clock
from indgang.foundation.runtime.errors import DomainError
from indgang.foundation.runtime.services import uuid7

FORM = "form"
SHORTEST = 3  # letters of a search for the citizen


@never_cache
@require_GET
@staff_only
def listed(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """One of the lists, the one due first on top."""
    at = clock.now()
    asked = request.GET.get("vis", "")
    tab = asked if asked in PaperTab.values else PaperTab.HERE.value
    context: dict[str, object] = {
        "found": cases.papers(viewer, tab=tab, at=at),
        "tab": tab,
        "tabs": [(code, gettext(name)) for code, name in PaperTab.choices],
        "told": _told(request),
    }
    return _page(request, viewer, "list", context, at)


@never_cache
@require_http_methods(["GET", "POST"])
@staff_only
def new(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """A paper as it was handed in; the citizen is found on the way, and what was typed stays."""
    at = clock.now()
    tasks = cases.paper_tasks(viewer, at)
    if request.method == "GET":
        today = clock.local(at).date()
        form = PaperForm(tasks=tasks, initial={"received_on": today, "key": uuid7(at), "person": _person(request)})
        return _new_page(request, viewer, form, at)
    if "find" in request.POST:
        typed = {name: request.POST.get(name, "") for name in PaperForm(tasks=tasks).fields}
        return _new_page(request, viewer, PaperForm(tasks=tasks, initial=typed), at, text=request.POST.get("q", ""))
    form = PaperForm(request.POST, tasks=tasks)
    if not form.is_valid():
        return _new_page(request, viewer, form, at, status=422)
    try:
        made = services.take_in_paper(paper=_handed_in(form), viewer=viewer, at=at)
    except DomainError as said:
        return _new_page(request, viewer, form, at, error=_refused(said), status=said.status)
    return redirect(resolve_url("workplace:papers") + f"?taget={made.id}")


@never_cache
@require_http_methods(["GET", "POST"])
@staff_only
def send_on(request: HttpRequest, viewer: Viewer, paper_id: UUID) -> HttpResponse:
    """It goes to the authority, with day and means."""
    at = clock.now()
    paper = cases.paper(viewer, paper_id, at)
    heading = gettext("Send videre")
    if request.method == "GET":
        form = SendOnForm(initial={"version": paper.row.version})
        return _form_page(request, viewer, paper, form, heading, at)
    form = SendOnForm(request.POST)
    if not form.is_valid():
        return _form_page(request, viewer, paper, form, heading, at, status=422)
    facts = form.cleaned_data
    sending = services.Sending(
        way=facts["way"], to_mail=facts["to_mail"], address=facts["address"], expected_by=facts["day"],
        sent_on=facts["sent_on"], means=facts["means"],
    )  # fmt: skip
    try:
        services.send_on(
            forwarding_id=paper_id, sending=sending, viewer=viewer, at=at, version=facts["version"] or paper.row.version
        )
    except DomainError as said:
        return _form_page(request, viewer, paper, form, heading, at, error=_refused(said), status=said.status)
    return redirect(resolve_url("workplace:papers") + f"?vis={PaperTab.SENT.value}&sendt")


@never_cache
@require_http_methods(["GET", "POST"])
@staff_only
def answered(request: HttpRequest, viewer: Viewer, paper_id: UUID) -> HttpResponse:
    """What the authority said, or that it is taken back."""
    at = clock.now()
    paper = cases.paper(viewer, paper_id, at)
    heading = gettext("Hvad siger myndigheden?")
    if request.method == "GET":
        form = ForwardedForm(initial={"version": paper.row.version})
        return _form_page(request, viewer, paper, form, heading, at)
    form = ForwardedForm(request.POST)
    if not form.is_valid():
        return _form_page(request, viewer, paper, form, heading, at, status=422)
    facts = form.cleaned_data
    try:
        services.record_forward_status(
            forwarding_id=paper_id, state=facts["state"], answer=facts["answer"], reference=facts["reference"],
            viewer=viewer, at=at, version=facts["version"] or paper.row.version,
        )  # fmt: skip
    except DomainError as said:
        return _form_page(request, viewer, paper, form, heading, at, error=_refused(said), status=said.status)
    return redirect(resolve_url("workplace:papers") + f"?vis={PaperTab.SENT.value}&noteret")


def _handed_in(form: PaperForm) -> services.HandedIn:
    facts = form.cleaned_data
    names = ("authority", "what", "kind", "task", "person", "brought_by", "address", "received_on", "language", "key")
    return services.HandedIn(
        receipt="" if facts["receipt"] == NONE else facts["receipt"], **{name: facts[name] for name in names}
    )


def _person(request: HttpRequest) -> UUID | None:
    """The citizen whose page one came from."""
    return pages.as_id(request.GET["borger"][:40]) if request.GET.get("borger") else None


def _new_page(
    request: HttpRequest,
    viewer: Viewer,
    form: PaperForm,
    at: datetime,
    *,
    text: str | None = None,
    error: DomainError | None = None,
    status: int = 200,
) -> HttpResponse:
    context: dict[str, object] = {
        "fields": [one for one in shown(form) if one.field.name != "person"],
        "form": form if form.is_bound else None,
        "error": error,
        "authorities": AUTHORITIES,
        "person": form.chosen,
        "person_name": _name_of(request, viewer, form.chosen, at),
        "text": text,
        "sought": request.POST.get("q", ""),  # typed and not asked for yet: it stands there still
    }
    if text is not None and len(text.strip()) >= SHORTEST:
        context["found"] = citizens.search(viewer, text[:120], at, purpose=citizens.SEARCH, cursor="")
    return _page(request, viewer, "new", context, at, status=status)


def _name_of(request: HttpRequest, viewer: Viewer, person: UUID | None, at: datetime) -> str:
    """The citizen's name where one came with a purpose; empty where it is not known why they are looked at."""
    if person is None:
        return ""
    purpose, _query, _contact = overview_pages.purpose_of(request, person, at)
    if purpose is None:
        return ""
    try:
        return citizens.person(viewer, person, purpose=purpose, at=at).name
    except NotFound:  # that was a refused look, and it is in the log
        return ""


def _form_page(
    request: HttpRequest,
    viewer: Viewer,
    paper: PaperRow,
    form: SendOnForm | ForwardedForm,
    heading: str,
    at: datetime,
    *,
    error: DomainError | None = None,
    status: int = 200,
) -> HttpResponse:
    context: dict[str, object] = {
        "paper": paper, "fields": shown(form), "form": form if form.is_bound else None, "error": error,
        "heading": heading,
    }  # fmt: skip
    return _page(request, viewer, FORM, context, at, status=status)


def _page(
    request: HttpRequest, viewer: Viewer, name: str, context: dict[str, object], at: datetime, *, status: int = 200
) -> HttpResponse:
    around = frame(viewer, pages.my_work(viewer, at), at)
    return render(request, f"workplace/papers/{name}.html", {**around, **context}, status=status)


def _refused(error: DomainError) -> DomainError:
    """A refusal that is said on the page; what does not exist is said as everywhere."""
    if isinstance(error, NotFound):
        raise error
    return error


def _told(request: HttpRequest) -> str:
    if "sendt" in request.GET:
        return gettext("Det er noteret som sendt videre, og det bliver fulgt, til der er svar.")
    if "noteret" in request.GET:
        return gettext("Svaret er noteret og står i sagens journal.")
    if "taget" in request.GET:
        return gettext("Papirerne er registreret. Sagsnummeret står på kvitteringen.")
    return ""
