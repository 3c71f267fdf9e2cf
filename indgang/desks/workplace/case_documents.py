"""Documents of a case: put on it, looked at, replaced by a newer one, marked internal. Views."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.core.files.uploadedfile import TemporaryUploadedFile, UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from indgang.core.cases import selectors as cases
from indgang.core.cases import services
from indgang.core.cases.values import LARGEST_UPLOAD, DocumentPage, VersionRow
from indgang.desks.workplace import case_journal, case_pages, pages
from indgang.desks.workplace.case_forms import DocumentForm, InternalForm, VersionForm
from indgang.desks.workplace.case_staff import on_case, shown, to_case
from indgang.desks.workplace.staff import asks_others, frame, goes_to, refused_form, staff_only
from indgang.foundation.access.errors import NotFound
from indgang.foundation.access.values import Viewer
from indgang.foundation.runtime import clock
from indgang.foundation.web.services import takes_large_files

SHOWN_PAGES = 20
MOST_FILES = 20


@dataclass(frozen=True)
class PageImage:
    """A picture of one page."""

    number: int
    address: str


@takes_large_files(LARGEST_UPLOAD)
@require_POST
@staff_only
def upload(request: HttpRequest, viewer: Viewer, number: str) -> HttpResponse:
    """One document of each file."""
    at = clock.now()
    case = cases.reached(viewer, number, at)
    form, files = DocumentForm(request.POST), request.FILES.getlist("files")
    if form.is_valid():
        _count(form, files)
    if not form.is_valid():
        return refused_form(request, form)
    facts = form.cleaned_data
    for file in files:
        title = facts["title"] if len(files) == 1 else ""
        services.add_document(case_id=case.id, viewer=viewer, at=at, **{**facts, "title": title}, **_file(file))
    return to_case(request, number)


@never_cache
@require_GET
@on_case
def document(
    request: HttpRequest, viewer: Viewer, found: case_pages.OpenCase, at: datetime, document_id: UUID
) -> HttpResponse:
    """A document: its pages, its versions and what is said of it."""
    purpose = case_pages.kept_purpose(request, found.page.number, at)
    page = cases.document(viewer, document_id, purpose=purpose, at=at)
    if page.row.case != found.page.id:
        raise NotFound
    version = _version(page, request.GET.get("v", ""))
    whole = request.GET.get("alle") == "1"
    query = urlencode({"formaal": str(purpose)}) if purpose else ""
    context: dict[str, object] = {
        "open_case": found,
        "document": page.row,
        "versions": page.versions,
        "shown_version": version,
        "pages": _images(page, version, query, whole),
        "more_pages": f"?v={version.number}&alle=1" if not whole and (version.pages or 0) > SHOWN_PAGES else "",
        "download": f"{case_pages.file_address(document_id, version.number)}{'?' if query else ''}{query}",
        "version_fields": shown(VersionForm(initial={"version": page.row.version}, auto_id="udgave-%s")),
        "internal_fields": shown(InternalForm(initial=_internal(page), auto_id="intern-%s")),
    }
    part = case_journal.document_part(document_id)
    context |= {"document_part": part, "others": case_journal.others(viewer, found.page.id, at, part)}
    around = frame(viewer, pages.my_work(viewer, at), at)
    around["page_topics"] = f"{around['page_topics']} case:{found.page.id}"
    return render(request, "workplace/case/document.html", {**around, **context})


@takes_large_files(LARGEST_UPLOAD)
@require_POST
@staff_only
@asks_others
def add_version(request: HttpRequest, viewer: Viewer, number: str, document_id: UUID) -> HttpResponse:
    """A newer file; the older one stays."""
    at = clock.now()
    cases.reached(viewer, number, at)
    form, files = VersionForm(request.POST), request.FILES.getlist("files")
    if form.is_valid() and len(files) != 1:
        form.add_error(None, gettext("Vælg den fil, der er den nye udgave."))
    if not form.is_valid():
        return refused_form(request, form)
    facts = form.cleaned_data
    services.add_version(
        document_id=document_id, note=facts["note"], version=facts["version"], viewer=viewer, at=at, **_file(files[0])
    )
    return goes_to(request, "workplace:case-document", number, document_id)


@require_POST
@staff_only
def internal(request: HttpRequest, viewer: Viewer, number: str, document_id: UUID) -> HttpResponse:
    """Whether the document is given in access to documents, and why not."""
    at = clock.now()
    cases.reached(viewer, number, at)
    form = InternalForm(request.POST)
    if not form.is_valid():
        return refused_form(request, form)
    services.mark_internal(document_id=document_id, viewer=viewer, at=at, **form.cleaned_data)
    return goes_to(request, "workplace:case-document", number, document_id)


def _count(form: DocumentForm, files: "list[UploadedFile[Any]]") -> None:
    if not files:
        form.add_error(None, gettext("Vælg mindst en fil, før du lægger den på sagen."))
    if len(files) > MOST_FILES:
        form.add_error(None, gettext("Vælg højst {n} filer ad gangen.").format(n=MOST_FILES))


def _file(file: "UploadedFile[Any]") -> dict[str, Any]:
    """A file as it came: where it lies, or what is in it when it is small."""
    given = {"name": file.name or "", "claimed_type": file.content_type or ""}
    if isinstance(file, TemporaryUploadedFile):
        return {**given, "path": Path(file.temporary_file_path())}
    return {**given, "content": file.read()}


def _version(page: DocumentPage, asked: str) -> VersionRow:
    wanted = int(asked) if asked.isdecimal() and len(asked) < 5 else page.row.current
    for row in page.versions:
        if row.number == wanted:
            return row
    raise NotFound


def _images(page: DocumentPage, version: VersionRow, query: str, whole: bool) -> list[PageImage]:
    if not version.shown:
        return []
    last = version.pages or 1
    most = last if whole else min(last, SHOWN_PAGES)
    return [
        PageImage(number, case_pages.image_address(page.row.id, version.number, number, query))
        for number in range(1, most + 1)
    ]


def _internal(page: DocumentPage) -> dict[str, Any]:
    row = page.row
    return {"internal": row.internal, "internal_ground": row.internal_ground, "version": row.version}
