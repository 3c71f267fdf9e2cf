"""How a case's forms are shown: a dialog over the page, or a page of its own; what is typed comes back."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import wraps

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from indgang.desks.workplace import case_pages, pages
from indgang.desks.workplace.case_forms import ReasonForm
from indgang.desks.workplace.staff import frame, goes_to, is_part, staff_only
from indgang.foundation.access.values import Viewer
from indgang.foundation.runtime import clock

CaseView = Callable[..., HttpResponse]


@dataclass(frozen=True)
class Draft:
    """What somebody has typed in one field and not sent."""

    text: str
    saved_at: datetime


@dataclass(frozen=True)
class Shown:
    """A field on its way to the page, and where it says that it is saved."""

    field: forms.BoundField
    place: str = ""
    saved_at: datetime | None = None


def shown(
    form: forms.Form, *, number: str = "", part: str = "", drafts: Mapping[str, Draft] | None = None
) -> list[Shown]:
    """The fields in order; long ones save themselves as "<part>.<field>" where a part is given."""
    found = []
    for field in form:
        if not part or not isinstance(field.field.widget, forms.Textarea):
            found.append(Shown(field))
            continue
        name, place = f"{part}.{field.name}", f"gemt-{part}-{field.name}"
        draft = (drafts or {}).get(name)
        attrs = {"data-draft": name, "data-draft-url": reverse("workplace:case-draft", args=[number])}
        attrs["data-draft-status"] = place
        if draft is not None:
            attrs["data-saved-at"] = draft.saved_at.isoformat()
            form.initial[field.name] = draft.text
        field.field.widget.attrs.update(attrs)
        found.append(Shown(field, place, draft.saved_at if draft else None))
    return found


def case_dialog(
    request: HttpRequest,
    viewer: Viewer,
    heading: str,
    context: dict[str, object],
    *,
    name: str = "form",
) -> HttpResponse:
    """A dialog of the case's page; a page of its own where nothing can lie over another."""
    given = {**context, "heading": heading, "inner": f"workplace/case/dialogs/{name}.html"}
    if is_part(request):
        return render(request, "workplace/dialog.html", given)
    at = clock.now()
    around = frame(viewer, pages.my_work(viewer, at), at)
    return render(request, "workplace/case/dialog_page.html", {**around, **given})


def to_case(request: HttpRequest, number: str, *, query: str = "") -> HttpResponse:
    """Back to the case, which shows what was done."""
    return goes_to(request, "workplace:case", number, query=query)


def on_case(view: CaseView) -> CaseView:
    """Hand the opened case to the view; without a purpose the viewer is asked for a reason. The look is logged."""
    return _with(case_pages.opened, view)


def on_part_of_case(view: CaseView) -> CaseView:
    """The same where the view needs only to know which case it is."""
    return _with(case_pages.looked_at, view)


def _with(open_it: Callable[[HttpRequest, Viewer, str, datetime], object], view: CaseView) -> CaseView:
    @wraps(view)
    def inner(request: HttpRequest, viewer: Viewer, number: str, **rest: object) -> HttpResponse:
        at = clock.now()
        found = open_it(request, viewer, number, at)
        if found is None:
            return ask_reason(request, viewer, number, ReasonForm(), at, status=403)
        return view(request, viewer, found, at, **rest)

    return staff_only(inner)


def ask_reason(
    request: HttpRequest, viewer: Viewer, number: str, form: ReasonForm, at: datetime, *, status: int
) -> HttpResponse:
    """Why somebody wants to see a case that is not their work."""
    context = {**frame(viewer, pages.my_work(viewer, at), at), "number": number, "fields": shown(form)}
    return render(request, "workplace/case/reason.html", context, status=status)
