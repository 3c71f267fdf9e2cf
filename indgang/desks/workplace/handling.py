"""What an employee does with a contact: answer, note, tasks, person, transfer, wait, close. Views."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from indgang.core.citizens import selectors as citizens
from indgang.core.contacts import services as contacts
from indgang.core.contacts.values import TaskChoice
from indgang.core.routing import services as work
from indgang.core.routing.values import TransferTarget
from indgang.desks.workplace import pages
from indgang.desks.workplace.forms import CloseForm, DraftForm, NoteForm, ReplyForm, TasksForm, TransferForm
from indgang.desks.workplace.staff import refused_form, staff_only
from indgang.foundation.access.errors import NotFound
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
        contact_id=_contact(viewer, item_id),
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
    """Send the answer."""
    form = ReplyForm(request.POST)
    if not form.is_valid():
        return refused_form(request, form)
    contacts.reply(
        contact_id=_contact(viewer, item_id),
        body=form.cleaned_data["body"],
        version=form.cleaned_data["version"],
        viewer=viewer,
        at=clock.now(),
    )
    return redirect("workplace:item", item_id)


@require_POST
@staff_only
def add_note(request: HttpRequest, viewer: Viewer, item_id: UUID) -> HttpResponse:
    """Keep an internal note."""
    form = NoteForm(request.POST)
    if not form.is_valid():
        return refused_form(request, form)
    contacts.add_note(
        contact_id=_contact(viewer, item_id), body=form.cleaned_data["body"], viewer=viewer, at=clock.now()
    )
    return redirect("workplace:item", item_id)


@require_POST
@staff_only
def set_tasks(request: HttpRequest, viewer: Viewer, item_id: UUID) -> HttpResponse:
    """Add a task, or take one off."""
    form = TasksForm(request.POST)
    if not form.is_valid():
        return refused_form(request, form)
    at, facts = clock.now(), form.cleaned_data
    opened = pages.conversation(viewer, pages.my_work(viewer, at), item_id, at)
    chosen = [
        TaskChoice(row.code, row.level, row.source, row.answers)
        for row in opened.page.tasks
        if row.code not in {facts["remove"], facts["add"]}
    ]
    if facts["add"]:
        chosen.append(TaskChoice(facts["add"], source="agent"))
    contacts.set_tasks(contact_id=opened.page.card.id, tasks=chosen, viewer=viewer, at=at)
    return redirect("workplace:item", item_id)


@never_cache
@require_POST
@staff_only
def find_person(request: HttpRequest, viewer: Viewer, item_id: UUID) -> HttpResponse:
    """Persons by name, CPR number, mail or phone; each hit is in the access log, with the search as stated reason.

    A POST, because a CPR number must not stand in an address.
    """
    at = clock.now()
    _contact(viewer, item_id)
    text = request.POST.get("q", "")[:120]
    found = citizens.find(viewer, text, at) if len(text.strip()) > 2 else []
    context = {"found": found, "item_id": item_id, "text": text}
    return render(request, "workplace/parts/found_people.html", context)


@require_POST
@staff_only
def set_person(request: HttpRequest, viewer: Viewer, item_id: UUID) -> HttpResponse:
    """Whose contact it is; empty takes the person off."""
    given = request.POST.get("person", "")
    person = pages.as_id(given) if given else None
    contacts.set_person(
        contact_id=_contact(viewer, item_id),
        person_id=person,
        identified=bool(request.POST.get("identified")),
        viewer=viewer,
        at=clock.now(),
    )
    return redirect("workplace:item", item_id)


@require_POST
@staff_only
def transfer(request: HttpRequest, viewer: Viewer, item_id: UUID) -> HttpResponse:
    """Hand it on, with everything."""
    form = TransferForm(request.POST)
    if not form.is_valid():
        return refused_form(request, form)
    facts = form.cleaned_data
    work.transfer(item_id=item_id, to=_target(facts["to"]), note=facts["body"], viewer=viewer, at=clock.now())
    return redirect("workplace:desk")


@require_POST
@staff_only
def wait(request: HttpRequest, viewer: Viewer, item_id: UUID) -> HttpResponse:
    """Nothing to do until the citizen writes."""
    work.park(item_id=item_id, until=None, viewer=viewer, at=clock.now())
    return redirect("workplace:desk")


@require_POST
@staff_only
def close(request: HttpRequest, viewer: Viewer, item_id: UUID) -> HttpResponse:
    """The end of a contact: outcome, and the level of each task."""
    form = CloseForm(request.POST)
    if not form.is_valid():
        return refused_form(request, form)
    at, facts = clock.now(), form.cleaned_data
    opened = pages.conversation(viewer, pages.my_work(viewer, at), item_id, at)
    tasks = [
        TaskChoice(row.code, _level(request.POST.get(f"level-{row.code}", "")) or row.level, row.source, row.answers)
        for row in opened.page.tasks
    ]
    contacts.close(
        contact_id=opened.page.card.id,
        outcome=facts["outcome"],
        tasks=tasks,
        note=facts["note"],
        viewer=viewer,
        at=at,
        version=facts["version"],
    )
    return redirect("workplace:desk")


def _contact(viewer: Viewer, item_id: UUID) -> UUID:
    work_now = pages.my_work(viewer, clock.now())
    found = next((item.contact for item in work_now.items if item.id == item_id), None)
    if found is None:
        raise NotFound
    return found


def _target(text: str) -> TransferTarget:
    kind, value = text.split(":", 1)
    if kind == "group":
        return TransferTarget(group=value)
    if kind == "unit":
        return TransferTarget(unit=int(value))
    return TransferTarget(employee=int(value))


def _level(text: str) -> int | None:
    return int(text) if text in {"1", "2", "3"} else None
