"""Reading what documents say, so that they are found by it: a job, after the file was scanned."""

from datetime import datetime
from uuid import UUID

import structlog
from django.contrib.postgres.search import SearchVector
from django.db import OperationalError, transaction
from django.db.models import F, Value
from django.db.models.expressions import Combinable
from psycopg.errors import ProgramLimitExceeded

from indgang.core.cases.document_excerpts import LONGEST_TEXT
from indgang.core.cases.document_files import Known, looked_at
from indgang.core.cases.document_presenting import UNSHOWABLE
from indgang.core.cases.documents import words_of_title
from indgang.core.cases.models import DocumentText, DocumentVersion
from indgang.core.cases.scanning import scanned
from indgang.core.cases.values import ScanState
from indgang.core.cases.writing import clean
from indgang.foundation.letters import services as letters
from indgang.foundation.letters.errors import ReadingBusy
from indgang.foundation.runtime import services as runtime
from indgang.foundation.runtime.errors import DomainError
from indgang.foundation.web import services as web

MOST_TRIES = 5  # then the file is marked: one that cannot be read must not keep the others waiting
_AT_ONCE = 200
_SHORTEST = 2_000
log = structlog.get_logger("indgang.cases")


def read_documents(at: datetime) -> int:
    """Look at, scan and read the files nobody has read yet, oldest first; says how many were read."""
    unread = DocumentVersion.objects.filter(read_at__isnull=True).order_by("tries", "at")
    done = 0
    for version_id in unread.values_list("id", flat=True)[:_AT_ONCE]:
        try:
            done += _read(version_id, at)
        except ReadingBusy:
            break
    return done


def _read(version_id: UUID, at: datetime) -> bool:
    """Whether the version is read now; each try is counted before it is made, so that a crash counts too."""
    DocumentVersion.objects.filter(id=version_id).update(tries=F("tries") + 1)
    version = DocumentVersion.objects.select_related("document").defer("words").get(id=version_id)
    last = version.tries >= MOST_TRIES
    try:
        verdict = scanned(version, at)
        if verdict.again and not last:
            return False
        known = _known(version)
        text = "" if verdict.state == ScanState.REFUSED else _text(version, known)
    except (DomainError, OSError) as fault:
        if isinstance(fault, ReadingBusy) or not last:
            log.warning("document not read", version=str(version_id), fault=type(fault).__name__)
            if isinstance(fault, ReadingBusy):
                raise
            return False
        known, text = Known(version.media_type, version.pages, version.damaged or "unread"), ""
    _keep(version, known, text, at)
    return True


def _known(version: DocumentVersion) -> Known:
    """What the file is; one an employee put on by hand was looked at then."""
    if version.pages is not None or version.damaged:
        return Known(version.media_type, version.pages, version.damaged)
    with runtime.file_on_disk(version.digest) as path:
        return looked_at(path, name=version.name, claimed_type=version.media_type, by_hand=False)


def _text(version: DocumentVersion, known: Known) -> str:
    if known.damaged in UNSHOWABLE:
        return ""
    with runtime.file_on_disk(version.digest) as path:
        found = letters.extract_text(path, name=version.name, media_type=known.media_type)
    return clean(found.text)


def _keep(version: DocumentVersion, known: Known, text: str, at: datetime) -> None:
    """The words, as many as a row can hold: of the longest books the beginning."""
    left = text
    while True:
        try:
            with transaction.atomic():
                DocumentVersion.objects.filter(id=version.id).update(
                    words=_words(version.document.title, left),
                    media_type=known.media_type[:100],
                    pages=known.pages,
                    damaged=known.damaged,
                    read_at=at,
                )
                _keep_text(version, text)
                web.publish(f"case:{version.document.case_id}", "changed", str(version.document.case_id))
            return
        except OperationalError as fault:
            if not isinstance(fault.__cause__, ProgramLimitExceeded) or len(left) < _SHORTEST:
                raise
            left = left[: len(left) // 2]


def _keep_text(version: DocumentVersion, text: str) -> None:
    """What a search shows around the words it found."""
    if text.strip():
        DocumentText.objects.update_or_create(version=version, defaults={"text": text[:LONGEST_TEXT]})


def _words(title: str, text: str) -> Combinable:
    titled = words_of_title(title)
    return titled + SearchVector(Value(text), weight="D", config="danish") if text else titled
