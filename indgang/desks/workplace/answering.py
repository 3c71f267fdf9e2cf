"""What an employee writes: drafts that save themselves, answers, notes, standard replies. Views."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from indgang.core.contacts import services as contacts
from indgang.desks.workplace import pages, replies
from indgang.desks.workplace.forms import DraftForm, NoteForm, ReplyForm
from indgang.desks.workplace.staff import dialog, goes_to, refused_form, staff_only
from indgang.foundation.access.values import Viewer
from indgang.foundation.runtime import clock


@require_POST
@staff_only
def save_draft(request: HttpRequest, viewer: Viewer, item_id: UUID) -> HttpResponse:
    """Keep what is typed and say so; warn of what must not go by mail."""
    form = DraftForm(request.POST)
    if not form.is_valid():
        return refused_form(request, form)
    at, facts = clock.now(), form.cleaned_data
    contacts.save_draft(
        contact_id=pages.contact_in_hand(viewer, item_id, at),
        employee_id=pages.employee_of(viewer),
        field=facts["field"],
        text=facts["body"],
        at=at,
        viewer=viewer,
    )
    warnings = pages.warnings(facts["body"]) if facts["field"] == "reply" else []
    return render(request, "workplace/parts/saved.html", {"at": at, "warnings": warnings})


@require_POST
@staff_only
def reply(request: HttpRequest, viewer: Viewer, item_id: UUID) -> HttpResponse:
    """Send the answer; it leaves the house when it can no longer be taken back."""
    form = ReplyForm(request.POST)
    if not form.is_valid():
        return refused_form(request, form)
    at = clock.now()
    contacts.reply(
        contact_id=pages.contact_in_hand(viewer, item_id, at),
        body=form.cleaned_data["body"],
        version=form.cleaned_data["version"],
        undo_seconds=pages.UNDO_SECONDS,
        confirmed=form.cleaned_data["confirmed"],
        viewer=viewer,
        at=at,
    )
    if form.cleaned_data["then_close"]:
        return goes_to(request, "workplace:item", item_id, query="?afslut=1")
    return redirect("workplace:item", item_id)


@require_POST
@staff_only
def undo(request: HttpRequest, viewer: Viewer, item_id: UUID, message_id: UUID) -> HttpResponse:
    """Take back an answer that has not left; its text is the draft again."""
    at = clock.now()
    contact_id = pages.contact_in_hand(viewer, item_id, at)
    contacts.undo_reply(contact_id=contact_id, message_id=message_id, viewer=viewer, at=at)
    return redirect("workplace:item", item_id)


@require_POST
@staff_only
def add_note(request: HttpRequest, viewer: Viewer, item_id: UUID) -> HttpResponse:
    """Keep an internal note."""
    form = NoteForm(request.POST)
    if not form.is_valid():
        return refused_form(request, form)
    at = clock.now()
    contacts.add_note(
        contact_id=pages.contact_in_hand(viewer, item_id, at), body=form.cleaned_data["body"], viewer=viewer, at=at
    )
    return redirect("workplace:item", item_id)


@never_cache
@require_GET
@staff_only
def standard_replies(request: HttpRequest, viewer: Viewer, item_id: UUID) -> HttpResponse:
    """Standard replies for this contact, by words, each with its text as it would be put in."""
    at = clock.now()
    item, page = pages.opened(viewer, item_id, at)
    text = request.GET.get("q", "")[:120].replace("\x00", "")
    context = {"found": replies.found(viewer, page, text, at), "text": text, "item": item}
    if "q" in request.GET:
        return render(request, "workplace/parts/found_replies.html", context)
    return dialog(request, viewer, "replies", gettext("Standardsvar"), context)
