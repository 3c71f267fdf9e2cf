"""Rows of the journal and of documents as pages show them."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.db.models import F
from django.utils.translation import gettext

from indgang.core.cases.document_values import WHY_DAMAGED, DocumentRow, VersionRow
from indgang.core.cases.models import Document, DocumentVersion
from indgang.core.cases.values import DocumentKind, ScanState
from indgang.core.cases.writing import employee_of
from indgang.core.organisation import selectors as organisation

SHOWN_AS_PAGES = frozenset({"application/pdf", "image/png", "image/jpeg", "image/tiff"})
UNSHOWABLE = frozenset({"encrypted", "damaged", "misleads", "dangerous", "empty", "type", "large", "unread"})
CHANNEL_NAMES = {
    "webform": "Webformular",
    "mail": "E-mail",
    "phone": "Telefon",
    "counter": "Personligt fremmøde",
    "letter": "Brev",
    "chat": "Chat",
    "sms": "Sms",
    "self_service": "Selvbetjening",
    "api": "System",
}


class FoundDocument(NamedTuple):
    """A row of sql/search_documents.sql: the document, its case, and its version in force with what that says."""

    file: UUID
    id: UUID
    case_id: UUID
    title: str
    kind: str
    dated: datetime
    channel: str
    contact: UUID | None
    internal: bool
    internal_ground: str
    other_parties: bool
    scan: str
    current: int
    final: bool
    author: str
    version: int
    case_number: str
    case_title: str
    person_id: UUID | None
    task_id: str
    administration_id: str
    name: str
    media_type: str
    size: int
    pages: int | None
    damaged: str
    scan_found: str
    read_at: datetime | None
    text: str | None


def channel_name(channel: str) -> str:
    """The way something came, in words."""
    return gettext(CHANNEL_NAMES[channel]) if channel in CHANNEL_NAMES else ""


def why_damaged(code: str) -> str:
    """Why a file cannot be read, and what to do; empty when it can."""
    return gettext(WHY_DAMAGED[code]) if code in WHY_DAMAGED else code


def author_names(authors: Iterable[str]) -> dict[str, str]:
    """The journal's actors as a person reads them, in one statement however many they are."""
    numbers = {author: employee_of(author) for author in authors}
    known = organisation.names(number for number in numbers.values() if number is not None)
    return {
        author: gettext("systemet") if number is None else known.get(number) or gettext("en medarbejder")
        for author, number in numbers.items()
    }


def in_force(documents: Iterable[UUID]) -> dict[UUID, DocumentVersion]:
    """The version in force of each of the documents, without its words."""
    rows = DocumentVersion.objects.filter(document__in=list(documents), number=F("document__current")).defer("words")
    return {row.document_id: row for row in rows}


def document_rows(documents: Iterable[Document]) -> tuple[DocumentRow, ...]:
    """The rows of these documents, in three statements however many they are."""
    found = list(documents)
    versions = in_force(document.id for document in found)
    names = author_names(document.author for document in found)
    return tuple(document_row(one, versions[one.id], names[one.author]) for one in found if one.id in versions)


def document_row(
    document: Document | FoundDocument, version: DocumentVersion | FoundDocument, author_name: str
) -> DocumentRow:
    """One document with its version in force."""
    return DocumentRow(
        id=document.id,
        case=document.case_id,
        title=document.title,
        kind=document.kind,
        kind_name=gettext(DocumentKind(document.kind).label),
        dated=document.dated,
        channel=document.channel,
        contact=document.contact,
        internal=document.internal,
        internal_ground=document.internal_ground,
        other_parties=document.other_parties,
        scan=document.scan,
        scan_name=gettext(ScanState(document.scan).label),
        scan_found=version.scan_found,
        current=document.current,
        final=document.final,
        author_name=author_name,
        name=version.name,
        media_type=version.media_type,
        size=version.size,
        pages=version.pages,
        damaged=why_damaged(version.damaged),
        read=version.read_at is not None,
        version=document.version,
    )


def version_row(version: DocumentVersion, author_name: str, *, infected: bool) -> VersionRow:
    """One version."""
    return VersionRow(
        number=version.number,
        name=version.name,
        media_type=version.media_type,
        size=version.size,
        digest=version.digest,
        pages=version.pages,
        damaged=why_damaged(version.damaged),
        at=version.at,
        author_name=author_name,
        note=version.note,
        shown=not infected and is_shown(version),
    )


def is_shown(version: DocumentVersion) -> bool:
    """Whether its pages can be made pictures."""
    return version.media_type in SHOWN_AS_PAGES and version.damaged not in UNSHOWABLE
