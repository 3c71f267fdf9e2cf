"""Documents of a case: put on, made in newer versions, marked, made final. No file is ever written over."""

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.contrib.postgres.search import SearchVector
from django.db import transaction
from django.db.models import Value

from indgang.core.cases import writing
from indgang.core.cases.document_errors import DocumentFinal, InternalGroundMissing, StaleDocument
from indgang.core.cases.document_files import TakenIn, guessed_type, take_in_bytes, take_in_own, take_in_path
from indgang.core.cases.document_presenting import author_names
from indgang.core.cases.errors import NotYourCase
from indgang.core.cases.models import Case, Document, DocumentVersion
from indgang.core.cases.rights import may_work_on, visible
from indgang.core.cases.values import DocumentKind, EntryKind, ScanState
from indgang.foundation.access.errors import NotFound
from indgang.foundation.access.values import Viewer
from indgang.foundation.runtime.services import uuid7, wake

READ_DOCUMENTS = "cases.read_documents"
QUEUE = "default"


def add_document(
    *,
    case_id: UUID,
    title: str,
    kind: str,
    name: str,
    path: Path | None = None,
    content: bytes | None = None,
    claimed_type: str = "",
    internal: bool = False,
    internal_ground: str = "",
    other_parties: bool = False,
    channel: str = "",
    contact: UUID | None = None,
    viewer: Viewer,
    at: datetime,
) -> Document:
    """Put a file on a case, as its journal says from then on; whoever may see the case may.

    A file at a path is moved from there and never held in memory. Without a title the name of the file is its title.
    One that is locked or damaged is kept and marked. Raises NotFound, CprInTitle, InternalGroundMissing,
    DocumentTooLarge, DiskFull and what letters refuse (FileTypeRefused …): then nothing is put on the case.
    """
    facts = _checked(title or name, kind, internal, internal_ground)
    _reach(case_id, viewer, at)
    file = _taken_in(path, content, name, claimed_type)
    facts |= {"other_parties": other_parties, "channel": writing.line(channel, 14), "contact": contact}
    with transaction.atomic():
        case = writing.locked(case_id, viewer=viewer, at=at, working=False, ended=True)
        return put_document(case, file, facts, viewer=viewer, at=at)


@transaction.atomic
def add_own_document(
    *,
    case_id: UUID,
    title: str,
    name: str,
    content: bytes,
    media_type: str = "application/pdf",
    pages: int | None = None,
    kind: str = DocumentKind.OUT,
    internal: bool = False,
    internal_ground: str = "",
    final: bool = True,
    viewer: Viewer,
    at: datetime,
) -> Document:
    """Put a file made here on its case, such as a letter: it is not scanned, and no process is asked what it is."""
    facts = _checked(title, kind, internal, internal_ground)
    case = writing.locked(case_id, viewer=viewer, at=at, working=False, ended=True)
    file = take_in_own(content, name=name, media_type=media_type, pages=pages)
    return put_document(case, file, facts | {"final": final, "scan": ScanState.OWN}, viewer=viewer, at=at)


@transaction.atomic
def file_attachment(
    *,
    case_id: UUID,
    contact: UUID,
    name: str,
    media_type: str,
    size: int,
    digest: str,
    channel: str,
    viewer: Viewer,
    at: datetime,
) -> Document:
    """A file that came with a contact becomes a document of the case, once; it is kept whatever it is.

    What it is and says is found out by a job: receivers of events ask no other process.
    """
    case = writing.locked_by_process(case_id)
    known = _filed(case, contact, digest)
    if known is not None:
        return known
    file = TakenIn(digest, size, name[:200] or "fil", None)
    title = name if not writing.holds_cpr(name) else "Vedhæftet fil"
    facts = {"title": writing.line(title, 200), "kind": DocumentKind.IN, "channel": channel, "contact": contact}
    return put_document(case, file, facts, viewer=viewer, at=at, media_type=media_type)


def add_version(
    *,
    document_id: UUID,
    name: str,
    path: Path | None = None,
    content: bytes | None = None,
    claimed_type: str = "",
    note: str = "",
    version: int,
    viewer: Viewer,
    at: datetime,
) -> DocumentVersion:
    """A newer file of the document; the older ones stay. Raises StaleDocument when somebody was faster, DocumentFinal,
    NotYourCase and as `add_document`."""
    document = _reached(document_id, viewer, at)
    _check(document, version)
    file = _taken_in(path, content, name, claimed_type)
    with transaction.atomic():
        case = writing.locked(document.case_id, viewer=viewer, at=at, ended=True)
        document = Document.objects.select_for_update().get(id=document_id)
        _check(document, version)
        document.current, document.scan = document.current + 1, ScanState.NOT_SCANNED
        row = _put_version(document, file, viewer=viewer, at=at, note=note)
        _changed(document, ["current", "scan"])
        writing.noted(
            case, "case.document_version_added", viewer=viewer, at=at, document=str(document.id), number=row.number
        )
    return row


@transaction.atomic
def mark_internal(
    *,
    document_id: UUID,
    internal: bool,
    internal_ground: str = "",
    other_parties: bool | None = None,
    version: int,
    viewer: Viewer,
    at: datetime,
) -> Document:
    """Mark the document as internal with the ground for it, or take the mark away."""
    ground = _ground(internal, internal_ground)
    case, document = locked_document(document_id, version, viewer, at)
    document.internal, document.internal_ground = internal, ground
    if other_parties is not None:
        document.other_parties = other_parties
    _changed(document, ["internal", "internal_ground", "other_parties"])
    facts: dict[str, object] = {"document": str(document.id), "internal": internal}
    writing.noted(case, "case.document_marked", viewer=viewer, at=at, **facts)
    return document


@transaction.atomic
def finalise(*, document_id: UUID, version: int, viewer: Viewer, at: datetime) -> Document:
    """The document is what it will be: no newer version can be put on it."""
    case, document = locked_document(document_id, version, viewer, at)
    if not document.final:
        document.final = True
        _changed(document, ["final"])
        writing.noted(case, "case.document_finalised", viewer=viewer, at=at, document=str(document.id))
    return document


def put_document(
    case: Case, file: TakenIn, facts: dict[str, object], *, viewer: Viewer, at: datetime, media_type: str = ""
) -> Document:
    """The rows of a document whose file is kept, its line in the journal and its event; the case is locked."""
    document = Document(
        id=uuid7(at),
        case=case,
        dated=at,
        employee=viewer.actor.employee if viewer.actor else None,
        author=viewer.name,
        **facts,
    )
    document.save(force_insert=True)
    _put_version(document, file, viewer=viewer, at=at, media_type=media_type)
    writing.enter(
        case,
        EntryKind.DOCUMENT,
        document.title,
        viewer=viewer,
        at=at,
        channel=document.channel,
        contact=document.contact,
        document=document.id,
        internal=document.internal,
        internal_ground=document.internal_ground,
    )
    about: dict[str, object] = {"document": str(document.id), "kind": document.kind}
    writing.noted(case, "case.document_added", viewer=viewer, at=at, **about)
    return document


def words_of_title(title: str) -> SearchVector:
    """The words a document is found by before anybody has read it; they weigh more than those inside."""
    return SearchVector(Value(title), weight="A", config="danish")


def _put_version(
    document: Document, file: TakenIn, *, viewer: Viewer, at: datetime, note: str = "", media_type: str = ""
) -> DocumentVersion:
    known = file.known
    row = DocumentVersion.objects.create(
        id=uuid7(at),
        document=document,
        number=document.current,
        name=file.name,
        media_type=known.media_type if known else writing.line(media_type, 100) or guessed_type(file.name),
        size=file.size,
        digest=file.digest,
        pages=known.pages if known else None,
        damaged=known.damaged if known else "",
        words=words_of_title(document.title),
        at=at,
        employee=viewer.actor.employee if viewer.actor else None,
        author=viewer.name,
        note=writing.line(note, 200),
    )
    wake(READ_DOCUMENTS, QUEUE)
    return row


def _taken_in(path: Path | None, content: bytes | None, name: str, claimed_type: str) -> TakenIn:
    if path is not None:
        return take_in_path(path, name=name, claimed_type=claimed_type)
    return take_in_bytes(content or b"", name=name, claimed_type=claimed_type)


def _checked(title: str, kind: str, internal: bool, internal_ground: str) -> dict[str, object]:
    return {
        "title": writing.checked_title(title, 200),
        "kind": writing.chosen(kind, DocumentKind, "kind"),
        "internal": internal,
        "internal_ground": _ground(internal, internal_ground),
    }


def _ground(internal: bool, ground: str) -> str:
    text = writing.line(ground, 200)
    if internal and not text:
        raise InternalGroundMissing
    return text if internal else ""


def _reach(case_id: UUID, viewer: Viewer, at: datetime) -> Case:
    """Before a large file is looked at: who may not see the case puts nothing on our disk for good."""
    case = Case.objects.filter(visible(viewer, at), id=case_id).first()
    if case is None:
        raise NotFound
    return case


def _reached(document_id: UUID, viewer: Viewer, at: datetime) -> Document:
    document = Document.objects.filter(id=document_id).first()
    if document is None:
        raise NotFound
    if not may_work_on(viewer, _reach(document.case_id, viewer, at), at):
        raise NotYourCase
    return document


def locked_document(document_id: UUID, version: int, viewer: Viewer, at: datetime) -> tuple[Case, Document]:
    """The case of a document, locked, then the document, locked. Raises NotFound, NotYourCase, StaleDocument."""
    case_id = Document.objects.filter(id=document_id).values_list("case_id", flat=True).first()
    if case_id is None:
        raise NotFound
    case = writing.locked(case_id, viewer=viewer, at=at, ended=True)
    document = Document.objects.select_for_update().get(id=document_id)
    if document.version != version:
        raise _stale(document)
    return case, document


def _check(document: Document, version: int) -> None:
    if document.version != version:
        raise _stale(document)
    if document.final:
        raise DocumentFinal


def _stale(document: Document) -> StaleDocument:
    author = DocumentVersion.objects.filter(document=document, number=document.current).values_list("author", flat=True)
    who = author_names(author).get(next(iter(author), ""), "")
    return StaleDocument(who=who, number=document.current)


def _changed(document: Document, fields: Iterable[str]) -> None:
    document.version += 1
    document.save(update_fields=[*fields, "version"])


def _filed(case: Case, contact: UUID, digest: str) -> Document | None:
    versions = DocumentVersion.objects.filter(document__case=case, document__contact=contact, digest=digest)
    return Document.objects.filter(id__in=versions.values("document")).first()
