"""What the scanner says of the documents' files; a file nobody scanned is marked so, wherever it is shown."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from indgang.core.cases import writing
from indgang.core.cases.models import Document, DocumentVersion
from indgang.core.cases.values import ScanState
from indgang.foundation.access.values import system
from indgang.foundation.registers import services as registers
from indgang.foundation.registers.services import Verdict
from indgang.foundation.runtime import services as runtime

SCANNER = system("scanner")
AGAIN_WITHIN = timedelta(days=30)
MOST_TRIES = 20
_AT_ONCE = 100


def scanned(version: DocumentVersion, at: datetime) -> Verdict:
    """Have the file of a version looked through and keep what was found; files made here are not asked about."""
    state = Document.objects.filter(id=version.document_id).values_list("scan", flat=True).first()
    if state == ScanState.OWN:
        return Verdict(ScanState.CLEAN)
    with runtime.file_on_disk(version.digest) as path:
        verdict = registers.scan_file(path)
    if verdict.state != ScanState.NOT_SCANNED:
        _keep(version.id, verdict, at)
    return verdict


def scan_again(at: datetime) -> int:
    """Files that came while the scanner was down or not set up yet are looked through now; says how many were."""
    if not registers.has_scanner():
        return 0
    waiting = DocumentVersion.objects.filter(
        document__scan=ScanState.NOT_SCANNED, read_at__isnull=False, tries__lt=MOST_TRIES, at__gt=at - AGAIN_WITHIN
    )
    done = 0
    for version in waiting.defer("words").order_by("-id")[:_AT_ONCE]:
        DocumentVersion.objects.filter(id=version.id).update(tries=version.tries + 1)
        verdict = scanned(version, at)
        if verdict.again:
            break  # it is down: the others need not find out
        done += verdict.state != ScanState.NOT_SCANNED
    return done


@transaction.atomic
def _keep(version_id: UUID, verdict: Verdict, at: datetime) -> None:
    version = DocumentVersion.objects.select_related("document__case").defer("words").get(id=version_id)
    case = writing.locked_by_process(version.document.case_id)
    document = Document.objects.select_for_update().get(id=version.document_id)
    if verdict.found:
        DocumentVersion.objects.filter(id=version_id).update(scan_found=writing.line(verdict.found, 100))
    if document.current != version.number or document.scan == verdict.state:
        return
    document.scan = verdict.state
    document.save(update_fields=["scan"])
    facts: dict[str, object] = {"document": str(document.id), "state": verdict.state}
    writing.noted(case, "case.document_scanned", viewer=SCANNER, at=at, **facts)
