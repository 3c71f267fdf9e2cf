"""How a contact leaves the hands: ended with a result for each task, or put aside. Views."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from indgang.core.cases import selectors as cases
from indgang.core.contacts import selectors as contacts_selectors
from indgang.core.contacts import services as contacts
from indgang.core.contacts.errors import LevelNotAllowed
from indgang.core.contacts.values import ContactPage, TaskChoice
from indgang.core.routing import services as work
from indgang.desks.workplace import moments, pages, results
from indgang.desks.workplace.forms import CloseForm, SnoozeForm, WaitForm
from indgang.desks.workplace.staff import dialog, goes_to, refused_form, refused_level, staff_only
from indgang.desks.workplace.views import next_one
from indgang.foundation.access.values import Viewer
from indgang.foundation.runtime import clock


@never_cache
@require_http_methods(["GET", "POST"])
@staff_only
def close(request: HttpRequest, viewer: Viewer, item_id: UUID) -> HttpResponse:
    """The end of a contact in one dialog: a result for each task, a note, and on to the next."""
    at = clock.now()
    item, page = pages.opened(viewer, item_id, at)
    if request.method == "GET":
        context = {
            "item": item,
            "page": page,
            "choices": results.choices(pages.panels(viewer, page.tasks, at)),
            "outcomes": results.OUTCOMES,
            "referred": contacts_selectors.was_referred(page.card.id),
            "draft": page.drafts.get("close"),
            "unnoted": cases.unnoted_cases(page.card.id),
        }
        return dialog(request, viewer, "close", gettext("Afslut henvendelsen"), context)
    form = CloseForm(request.POST)
    if not form.is_valid():
        return refused_form(request, form)
    chosen = {row.code: request.POST.get(f"result-{row.code}", "") for row in page.tasks}
    outcome = results.outcome(form.cleaned_data["outcome"], chosen.values())
    if not outcome:
        form.add_error("outcome", form.fields["outcome"].error_messages["required"])
        return refused_form(request, form)
    try:
        contacts.close(
            contact_id=page.card.id,
            outcome=outcome,
            tasks=_settled(page, chosen),
            note=form.cleaned_data["note"],
            viewer=viewer,
            at=at,
            version=form.cleaned_data["version"],
        )
    except LevelNotAllowed as refusal:
        return refused_level(request, form, refusal, item_id)
    return next_one(request, viewer) if form.cleaned_data["next"] else goes_to(request, "workplace:desk")


@never_cache
@require_http_methods(["GET", "POST"])
@staff_only
def snooze(request: HttpRequest, viewer: Viewer, item_id: UUID) -> HttpResponse:
    """Put aside until a moment; it comes back to the same employee."""
    at = clock.now()
    if request.method == "GET":
        item, page = pages.opened(viewer, item_id, at)
        context = {"item": item, "page": page, "usual": moments.usual(viewer, at)}
        return dialog(request, viewer, "snooze", gettext("Udskyd henvendelsen"), context)
    form = SnoozeForm(request.POST, moments.by_code(viewer, at))
    if not form.is_valid():
        return refused_form(request, form)
    work.park(item_id=item_id, until=form.moment(), viewer=viewer, at=at)
    return goes_to(request, "workplace:desk")


@never_cache
@require_http_methods(["GET", "POST"])
@staff_only
def wait(request: HttpRequest, viewer: Viewer, item_id: UUID) -> HttpResponse:
    """Nothing to do until the citizen writes, or until a day: then it comes back to the same employee first."""
    at = clock.now()
    if request.method == "GET":
        item, page = pages.opened(viewer, item_id, at)
        return dialog(request, viewer, "wait", gettext("Vent på borgeren"), {"item": item, "page": page})
    form = WaitForm(request.POST)
    if not form.is_valid():
        return refused_form(request, form)
    until = form.moment()
    if until is None:
        work.park(item_id=item_id, until=None, viewer=viewer, at=at)
    else:
        contact_id = pages.contact_in_hand(viewer, item_id, at)
        contacts.wait_for_citizen(contact_id=contact_id, until=until, viewer=viewer, at=at)
    return goes_to(request, "workplace:desk")


def _settled(page: ContactPage, chosen: dict[str, str]) -> list[TaskChoice]:
    return [
        TaskChoice(
            row.code,
            results.level(chosen[row.code]) or row.level,
            row.source,
            row.answers,
            outcome=chosen[row.code].partition(":")[0],
        )
        for row in page.tasks
    ]
