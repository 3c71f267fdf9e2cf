"""What one can read of the journal and the documents of a case.

Lists are parts of a case's page: its look stands in the log before (`selectors.case`). Opening a document, a picture
of its page and its file are looks of their own, committed before anything is read.
"""

import json
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

from django.contrib.postgres.search import SearchQuery
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext

from indgang.core.cases.document_errors import FileInfected, FileMissing, FileUnreadable, UnknownVersion
from indgang.core.cases.document_models import ENTRY_WORDS
from indgang.core.cases.document_presenting import (
    author_names,
    channel_name,
    document_row,
    document_rows,
    is_shown,
    version_row,
    why_damaged,
)
from indgang.core.cases.document_values import (
    DocumentPage,
    DocumentRow,
    Download,
    EarlierWords,
    EntryPage,
    EntryRow,
)
from indgang.core.cases.errors import WrongCaseCursor
from indgang.core.cases.journal import is_of_today
from indgang.core.cases.models import Case, Document, DocumentVersion, EarlierNote, JournalEntry
from indgang.core.cases.reading import rows_read, rows_told
from indgang.core.cases.rights import may_see, may_work_on, visible
from indgang.core.cases.search_words import words_asked
from indgang.core.cases.values import EntryKind, ScanState
from indgang.foundation.access import services as access
from indgang.foundation.access.errors import NotFound
from indgang.foundation.access.values import Purpose, Viewer
from indgang.foundation.letters import services as letters
from indgang.foundation.letters.errors import NoPages
from indgang.foundation.runtime import services as runtime

_ENTRIES = (Path(__file__).parent / "sql" / "entries.sql").read_text(encoding="utf-8")
SHOWN = {"": Q(), "documents": Q(document__isnull=False), "notes": Q(kind=EntryKind.NOTE)}
_MOST = 200


def entries_of(
    viewer: Viewer, case_id: UUID, *, q: str = "", show: str = "", cursor: str = "", limit: int = 50, at: datetime
) -> EntryPage:
    """The journal of a case, newest first, a page at a time; `q`: those with these words in them or their documents.

    `show`: "documents" or "notes" only. Raises NotFound, WrongCaseCursor.
    """
    _require(viewer, case_id, at)
    asked = words_asked(q)
    if q.strip() and asked is None:
        return EntryPage((), "")
    size, after = max(1, min(limit, _MOST)), _cursor_read(cursor)
    if asked is None:
        before, last = after or (None, None)
        facts = {"case": case_id, "show": show, "before": before, "last": last, "size": size + 1}
        found = rows_read(JournalEntry, _ENTRIES, facts)
    else:
        rows = JournalEntry.objects.filter(SHOWN.get(show, Q()), case=case_id)
        found = list(_after(_with_words(rows, asked), after).order_by("-at", "-id")[: size + 1])
    shown = found[:size]
    about = _told_of(shown) if asked is None else _documents_of(shown)
    return EntryPage(_entry_rows(shown, about, viewer, at), _cursor(shown[-1]) if len(found) > size else "")


def entry(viewer: Viewer, entry_id: UUID, at: datetime) -> EntryRow:
    """One line of the journal. Raises NotFound."""
    row = JournalEntry.objects.filter(id=entry_id).first()
    if row is None:
        raise NotFound
    _require(viewer, row.case_id, at)
    return _entry_rows([row], _documents_of([row]), viewer, at)[0]


def earlier_words(viewer: Viewer, entry_id: UUID, at: datetime) -> tuple[EarlierWords, ...]:
    """What a note said before it was put right, oldest first. Raises NotFound."""
    entry(viewer, entry_id, at)
    rows = EarlierNote.objects.filter(entry=entry_id).order_by("at", "pk")
    return tuple(EarlierWords(row.at, row.theme, row.body, row.oral_facts) for row in rows)


def documents_of(viewer: Viewer, case_id: UUID, at: datetime) -> tuple[DocumentRow, ...]:
    """The documents of a case, newest first. Raises NotFound."""
    _require(viewer, case_id, at)
    return document_rows(Document.objects.filter(case=case_id).order_by("-dated", "-id"))


def document(viewer: Viewer, document_id: UUID, *, purpose: Purpose | None = None, at: datetime) -> DocumentPage:
    """A document with its versions, once the look is logged. Missing, forbidden and no purpose alike: NotFound.

    The purpose is the viewer's own work on the case unless another is given.
    """
    row = _opened(viewer, document_id, purpose, at)
    versions = list(DocumentVersion.objects.filter(document=row).defer("words").order_by("-number"))
    names = author_names([row.author, *(version.author for version in versions)])
    current = next(version for version in versions if version.number == row.current)
    infected = row.scan == ScanState.REFUSED
    return DocumentPage(
        row=document_row(row, current, names[row.author]),
        case_number=row.case.number,
        versions=tuple(
            version_row(version, names[version.author], infected=infected and version.number == row.current)
            for version in versions
        ),
        may_work=may_work_on(viewer, row.case, at),
    )


def download(
    viewer: Viewer, document_id: UUID, *, version: int | None = None, purpose: Purpose | None = None, at: datetime
) -> Download:
    """The file of a version (the one in force), once the look is logged.

    Raises NotFound, UnknownVersion, FileInfected.
    """
    row = _opened(viewer, document_id, purpose, at)
    found = _version(row, version)
    return Download(found.name, found.media_type, found.digest, found.size)


def preview(
    viewer: Viewer,
    document_id: UUID,
    page: int = 1,
    width: int = 1200,
    *,
    version: int | None = None,
    purpose: Purpose | None = None,
    at: datetime,
) -> bytes:
    """A page as a PNG picture, once the look is logged.

    Raises as `download`, and FileUnreadable, UnknownPage for what has no such page to show, FileMissing.
    """
    row = _opened(viewer, document_id, purpose, at)
    found = _version(row, version)
    if not is_shown(found):
        why = why_damaged(found.damaged) or gettext("Hent den for at se den.")
        raise FileUnreadable(name=found.name, why=why)
    try:
        with runtime.file_on_disk(found.digest) as path:
            return letters.render(
                path, name=found.name, media_type=found.media_type, page=page, width=width, form="image/png"
            )
    except FileNotFoundError:
        raise FileMissing(name=found.name) from None
    except NoPages:
        raise FileUnreadable(name=found.name, why=gettext("Hent den for at se den.")) from None


def purpose_asked(text: str) -> Purpose | None:
    """The purpose an address names, "contact:<id>" or "reason:<code>"; it is verified and logged like any other."""
    kind, _, value = text.partition(":")
    value = value.replace("\x00", "")[:40]
    return Purpose(kind, value) if kind in {"contact", "reason", "case"} and value else None


def _opened(viewer: Viewer, document_id: UUID, purpose: Purpose | None, at: datetime) -> Document:
    """Access to a document is access to its case, at this moment, and nothing else."""
    row = Document.objects.filter(id=document_id).select_related("case").first()
    if row is None or not (viewer.is_staff or viewer.is_system):
        raise NotFound
    seen = Case.objects.filter(visible(viewer, at), id=row.case_id).exists()
    why = purpose or Purpose("case", row.case.number)
    citizen = row.case.person_id or row.case_id
    access.open_for(viewer, citizen=citizen, kind="document", purpose=why if seen else None, at=at)
    return row


def _version(row: Document, number: int | None) -> DocumentVersion:
    wanted = row.current if number is None else number
    found = DocumentVersion.objects.filter(document=row, number=wanted).defer("words").first()
    if found is None:
        raise UnknownVersion(number=wanted, newest=row.current)
    if found.scan_found:
        raise FileInfected(name=found.name, found=found.scan_found)
    return found


def _require(viewer: Viewer, case_id: UUID, at: datetime) -> None:
    if not may_see(viewer, case_id, at):
        raise NotFound


def _with_words(rows: QuerySet[JournalEntry], asked: SearchQuery) -> QuerySet[JournalEntry]:
    inside = DocumentVersion.objects.filter(document=OuterRef("document"), words=asked)
    return rows.alias(words=ENTRY_WORDS).filter(Q(words=asked) | Exists(inside))


def _cursor_read(cursor: str) -> tuple[datetime, UUID] | None:
    if not cursor:
        return None
    moment, _, key = cursor.partition("~")
    try:
        return datetime.fromtimestamp(float(moment), UTC), UUID(key)
    except (ValueError, OverflowError, OSError):
        raise WrongCaseCursor from None


def _after(rows: QuerySet[JournalEntry], after: tuple[datetime, UUID] | None) -> QuerySet[JournalEntry]:
    if after is None:
        return rows
    before, last = after
    return rows.filter(Q(at__lt=before) | Q(at=before, id__lt=last))


def _cursor(row: JournalEntry) -> str:
    return f"{row.at.timestamp()!r}~{row.id}"


def _documents_of(rows: list[JournalEntry]) -> tuple[DocumentRow, ...]:
    ids = {row.document for row in rows if row.document is not None}
    return document_rows(Document.objects.filter(id__in=ids)) if ids else ()


def _told_of(rows: list[JournalEntry]) -> tuple[DocumentRow, ...]:
    """The same of rows that were read with their documents."""
    told = [json.loads(vars(row)["about"]) for row in rows if vars(row)["about"]]
    whole = [one for one in told if one["version"]]
    documents = rows_told(Document, [one["document"] for one in whole])
    versions = rows_told(DocumentVersion, [one["version"] for one in whole])
    names = author_names(document.author for document in documents)
    both = zip(documents, versions, strict=True)
    return tuple(document_row(document, version, names[document.author]) for document, version in both)


def _entry_rows(
    rows: list[JournalEntry], about: Iterable[DocumentRow], viewer: Viewer, at: datetime
) -> tuple[EntryRow, ...]:
    documents = {one.id: one for one in about}
    names = author_names(row.author for row in rows)
    return tuple(
        _entry_row(row, documents.get(row.document) if row.document else None, names, viewer, at) for row in rows
    )


def _entry_row(
    row: JournalEntry, about: DocumentRow | None, names: dict[str, str], viewer: Viewer, at: datetime
) -> EntryRow:
    note = row.kind == EntryKind.NOTE
    return EntryRow(
        id=row.id,
        at=row.at,
        kind=row.kind,
        kind_name=gettext(EntryKind(row.kind).label),
        theme=row.theme,
        body=row.body,
        oral_facts=row.oral_facts,
        channel=row.channel,
        channel_name=channel_name(row.channel),
        contact=row.contact,
        document=about,
        subject_id=row.subject_id,
        author_name=names[row.author],
        internal=about.internal if about else row.internal,
        internal_ground=about.internal_ground if about else row.internal_ground,
        may_change=note and row.author == viewer.name and is_of_today(row, at),
        changed=note and row.version > 1,
        version=row.version,
    )
