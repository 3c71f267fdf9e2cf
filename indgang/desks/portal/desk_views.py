"""The editors' desk: what waits for whom, how complete the cards are, and cards as files."""

import zipfile
import zlib
from collections.abc import Iterable
from datetime import datetime
from io import BytesIO
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from indgang.core.catalogue import errors as catalogue_errors
from indgang.core.catalogue import selectors as catalogue
from indgang.core.catalogue import services as cards
from indgang.core.catalogue.values import CardState, CardVersionRow
from indgang.core.contacts import selectors as contacts
from indgang.desks.portal import errors, feedback, services
from indgang.desks.portal.gates import DESK, EDITORS, roles_only
from indgang.foundation.access.values import Viewer
from indgang.foundation.runtime import clock

MOST_FILES, MOST_BYTES = 1000, 20_000_000
_EXPORTED = (1980, 1, 1, 0, 0, 0)  # of every file in the archive: the same cards make the same bytes
Waiting = list[tuple[str, str, CardVersionRow]]


@never_cache
@require_GET
@roles_only(DESK)
def desk(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """One list at a time; each tab says how much waits there."""
    at = clock.now()
    waiting = catalogue.cards_waiting()
    lists = _lists(viewer, at, waiting)
    chosen = request.GET.get("liste", "")
    chosen = chosen if chosen in lists else "overblik"
    context: dict[str, object] = {
        "tabs": [(code, _names()[code], len(list(rows))) for code, rows in lists.items()],
        "chosen": chosen,
        "heading": _names()[chosen],
        "rows": lists[chosen],
        "completeness": catalogue.card_completeness(at=at) if chosen == "overblik" else [],
        "may_write": viewer.has_role(*EDITORS),
        "imported": request.GET.get("indlaest", ""),
    }
    return render(request, "portal/desk.html", context)


@require_POST
@roles_only(DESK)
def answer_feedback(request: HttpRequest, viewer: Viewer, feedback_id: UUID) -> HttpResponse:
    """Answer the one who found something missing."""
    reply = request.POST.get("svar", "")
    services.answer_feedback(feedback=feedback_id, reply=reply, viewer=viewer, at=clock.now())
    return redirect("/portal/redaktion?liste=meldinger")


@never_cache
@require_GET
@roles_only(DESK)
def export(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Every published card as a file, in one archive."""
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in sorted(catalogue.card_files().items()):
            archive.writestr(zipfile.ZipInfo(name, _EXPORTED), text, zipfile.ZIP_DEFLATED)
    response = HttpResponse(packed.getvalue(), content_type="application/zip")
    response["Content-Disposition"] = 'attachment; filename="kort.zip"'
    return response


@require_POST
@roles_only(EDITORS)
def take_in(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Cards of an archive as drafts, all or none; what somebody else is writing on is left alone and named."""
    given = request.FILES.get("archive")
    texts = texts_of(given)
    why = request.POST.get("why", "").strip()
    if not why:
        raise errors.WhyMissing
    try:
        done = cards.import_cards(texts=texts, why=why, publish_now=False, viewer=viewer, at=clock.now())
    except catalogue_errors.CardFaulty as faulty:
        context = {"faults": faulty.faults, "count": len(faulty.faults)}
        return render(request, "portal/import_refused.html", context, status=faulty.status)
    context = {"taken": done.published, "conflicts": done.conflicts, "given": len(texts)}
    return render(request, "portal/imported.html", context)


def texts_of(given: "UploadedFile[Any] | None") -> dict[str, str]:
    """The cards of an archive, name -> text. Raises ArchiveUnreadable."""
    refusal = errors.ArchiveUnreadable(limit=MOST_FILES, size=MOST_BYTES // 1_000_000)
    if given is None or (given.size or 0) > MOST_BYTES:
        raise refusal
    try:
        with zipfile.ZipFile(given) as archive:
            files = [info for info in archive.infolist() if info.filename.endswith(".md")]
            if not files or len(files) > MOST_FILES or sum(info.file_size for info in files) > MOST_BYTES:
                raise refusal
            return {info.filename.rsplit("/", 1)[-1]: archive.read(info).decode("utf-8") for info in files}
    except (zipfile.BadZipFile, UnicodeDecodeError, RuntimeError, NotImplementedError, zlib.error) as wrong:
        raise refusal from wrong


def _lists(viewer: Viewer, at: datetime, waiting: Waiting) -> dict[str, Iterable[object]]:
    """Every list by its name in the address, in the order of the tabs."""
    return {
        "overblik": (),
        "godkendelse": [row for row in waiting if row[2].state == CardState.SUBMITTED],
        "kladder": catalogue.card_drafts(),
        "planlagte": [row for row in waiting if row[2].state == CardState.APPROVED],
        "meldinger": feedback.open_feedback(viewer),
        "konflikter": catalogue.conflict_versions(),
        "ses-paa": catalogue.cards_to_review(at),
        "felter": catalogue.card_blanks(),
        "links": catalogue.link_faults(materials=[row.code for row in contacts.materials()]),
    }


def _names() -> dict[str, str]:
    return {
        "overblik": gettext("Overblik"),
        "godkendelse": gettext("Til godkendelse"),
        "kladder": gettext("Kladder"),
        "planlagte": gettext("Planlagte"),
        "meldinger": gettext("Meldinger"),
        "konflikter": gettext("Konflikter med profilen"),
        "ses-paa": gettext("Skal ses på"),
        "felter": gettext("Felter at udfylde"),
        "links": gettext("Links uden mål"),
    }
