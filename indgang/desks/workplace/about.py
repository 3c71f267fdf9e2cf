"""What a contact is about: tasks are found, added, taken off. Views."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from indgang.core.catalogue import selectors as catalogue
from indgang.core.contacts import services as contacts
from indgang.core.contacts.values import TaskChoice
from indgang.desks.workplace import pages
from indgang.desks.workplace.forms import TasksForm
from indgang.desks.workplace.staff import refused_form, staff_only
from indgang.foundation.access.values import Viewer
from indgang.foundation.runtime import clock


@never_cache
@require_GET
@staff_only
def find_tasks(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Tasks to add to a contact, by everyday words."""
    text = request.GET.get("q", "")[:200].replace("\x00", "")
    found = catalogue.search(text, "da", 8, at=clock.now()) if text.strip() else []
    item_id = pages.as_id(request.GET.get("item", ""))
    return render(request, "workplace/parts/found_tasks.html", {"found": found, "item_id": item_id})


@require_POST
@staff_only
def set_tasks(request: HttpRequest, viewer: Viewer, item_id: UUID) -> HttpResponse:
    """Add tasks, or take one off."""
    form = TasksForm(request.POST)
    if not form.is_valid():
        return refused_form(request, form)
    at, facts = clock.now(), form.cleaned_data
    _item, page = pages.opened(viewer, item_id, at)
    added = dict.fromkeys(code[:12] for code in request.POST.getlist("add") if code)
    kept = [
        TaskChoice(row.code, row.level, row.source, row.answers)
        for row in page.tasks
        if row.code != facts["remove"] and row.code not in added
    ]
    chosen = [*kept, *(TaskChoice(code, source="agent") for code in added)]
    contacts.set_tasks(contact_id=page.card.id, tasks=chosen, viewer=viewer, at=at)
    return redirect("workplace:item", item_id)
