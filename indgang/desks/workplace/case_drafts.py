"""What is not final on a case: a document is made final or thrown away, the draft of a decision thrown away. Views."""

from datetime import datetime
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from indgang.core.cases import selectors as cases
from indgang.core.cases import services
from indgang.core.cases.values import DocumentRow
from indgang.desks.workplace import case_journal, case_pages
from indgang.desks.workplace.case_changing_forms import DropForm, SureForm
from indgang.desks.workplace.case_post import in_hand, post_dialog, refused
from indgang.desks.workplace.case_staff import on_case, to_case
from indgang.desks.workplace.staff import goes_to
from indgang.foundation.access.errors import NotFound
from indgang.foundation.access.values import Viewer
from indgang.foundation.runtime.errors import DomainError


@never_cache
@require_http_methods(["GET", "POST"])
@on_case
def finalise(
    request: HttpRequest, viewer: Viewer, found: case_pages.OpenCase, at: datetime, document_id: UUID
) -> HttpResponse:
    """The document is what it will be; that cannot be taken back, so it is asked first."""
    row = _document(request, viewer, found, document_id, at)
    heading = gettext("Gør dokumentet endeligt")
    context: dict[str, object] = {
        "action": reverse("workplace:case-document-final", args=[found.page.number, document_id]),
        "form_id": "goer-endeligt",
        "button": heading,
        "told": gettext("»{title}« får ikke flere udgaver og kan ikke smides væk. Det kan ikke fortrydes.").format(
            title=row.title
        ),
    }
    if request.method == "GET":
        return post_dialog(request, viewer, heading, SureForm(initial={"version": row.version}), context)
    form = SureForm(request.POST)
    if not form.is_valid():
        return post_dialog(request, viewer, heading, form, context, status=422)
    try:
        version = form.cleaned_data["version"] or row.version
        services.finalise(document_id=document_id, version=version, viewer=viewer, at=at)
    except DomainError as said:
        return post_dialog(request, viewer, heading, form, context, status=refused(form, said))
    return goes_to(request, "workplace:case-document", found.page.number, document_id)


@never_cache
@require_http_methods(["GET", "POST"])
@on_case
def drop(
    request: HttpRequest, viewer: Viewer, found: case_pages.OpenCase, at: datetime, document_id: UUID
) -> HttpResponse:
    """A draft that was put on the case goes, with the reason."""
    row = _document(request, viewer, found, document_id, at)
    heading = gettext("Smid kladden væk")
    context: dict[str, object] = {
        "action": reverse("workplace:case-document-drop", args=[found.page.number, document_id]),
        "form_id": "smid-kladden-vaek",
        "button": heading,
        "told": gettext("»{title}« slettes med alle sine udgaver. Det kan ikke fortrydes.").format(title=row.title),
    }
    if request.method == "GET":
        return post_dialog(request, viewer, heading, DropForm(initial={"version": row.version}), context)
    form = DropForm(request.POST)
    if not form.is_valid():
        return post_dialog(request, viewer, heading, form, context, status=422)
    facts = form.cleaned_data
    try:
        services.drop_document(
            document_id=document_id, ground=facts["ground"], version=facts["version"] or row.version, viewer=viewer,
            at=at,
        )  # fmt: skip
    except DomainError as said:
        return post_dialog(request, viewer, heading, form, context, status=refused(form, said))
    return to_case(request, found.page.number)


@never_cache
@require_http_methods(["GET", "POST"])
@on_case
def drop_decision(request: HttpRequest, viewer: Viewer, found: case_pages.OpenCase, at: datetime) -> HttpResponse:
    """The draft of a decision goes; a decision in force stays in force."""
    in_hand(found)
    draft = found.decided.draft
    if draft is None:
        return to_case(request, found.page.number)
    heading = gettext("Smid udkastet væk")
    told = gettext("Alt, hvad der står i udkastet til afgørelsen, slettes. Det kan ikke fortrydes.")
    if found.decision:
        told = f"{told} {gettext('Den afgørelse, der er truffet, gælder stadig.')}"
    context: dict[str, object] = {
        "action": reverse("workplace:case-drop-decision", args=[found.page.number]),
        "form_id": "smid-udkastet-vaek",
        "button": heading,
        "told": told,
    }
    if request.method == "GET":
        return post_dialog(request, viewer, heading, SureForm(initial={"version": draft.version}), context)
    form = SureForm(request.POST)
    if not form.is_valid():
        return post_dialog(request, viewer, heading, form, context, status=422)
    try:
        services.drop_draft(case_id=found.page.id, version=form.cleaned_data["version"], viewer=viewer, at=at)
    except DomainError as said:
        return post_dialog(request, viewer, heading, form, context, status=refused(form, said))
    case_journal.forget(viewer, found.page.id, "decision")
    return to_case(request, found.page.number)


def _document(
    request: HttpRequest, viewer: Viewer, found: case_pages.OpenCase, document_id: UUID, at: datetime
) -> DocumentRow:
    """A document of this case that is still a draft; raises NotFound."""
    in_hand(found)
    purpose = case_pages.kept_purpose(request, found.page.number, at)
    row = cases.document(viewer, document_id, purpose=purpose, at=at).row
    if row.case != found.page.id or row.final:
        raise NotFound
    return row
