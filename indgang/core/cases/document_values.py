"""The journal and the documents of a case as they are handed out."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

MB = 1024 * 1024
LARGEST_DOCUMENT = 500 * MB
LARGEST_UPLOAD = LARGEST_DOCUMENT + 10 * MB  # one such file and its form, so that a little too much is said by name
LONGEST_NOTE = 100_000
LONGEST_DRAFT = 200_000
ORAL = ("phone", "counter")  # ways by which facts are told by mouth
WHY_DAMAGED = {  # by code, what to do about a file that was kept though nobody can read it
    "encrypted": "Filen er låst med en adgangskode. Den er bevaret; bed om at få den sendt igen uden adgangskode.",
    "damaged": "Filen er beskadiget og kan ikke læses. Den er bevaret; bed om at få den sendt igen, helst som PDF.",
    "partly": "En del af filen er beskadiget. Resten kan læses; bed om at få den sendt igen, hvis noget mangler.",
    "type": "Filen er af en type, der ikke kan vises her. Den er bevaret; bed om at få den som PDF, JPEG eller PNG.",
    "misleads": "Filen er ikke det, navnet siger. Den er bevaret; spørg afsenderen, før du åbner den.",
    "dangerous": "Filen rummer noget, der kan køre som et program. Den er bevaret; åbn den ikke, og bed om en PDF.",
    "empty": "Filen er tom. Bed om at få den sendt igen.",
    "large": "Filen er for stor til at blive læst her. Hent den for at se den.",
    "unread": "Filen kunne ikke læses her. Hent den for at se den, eller bed om at få den som PDF.",
}


@dataclass(frozen=True)
class DocumentRow:
    """A document with the version in force."""

    id: UUID
    case: UUID
    title: str
    kind: str
    kind_name: str
    dated: datetime
    channel: str
    contact: UUID | None
    internal: bool
    internal_ground: str
    other_parties: bool
    scan: str
    scan_name: str
    scan_found: str
    current: int  # number of the version in force
    final: bool
    author_name: str
    name: str
    media_type: str
    size: int
    pages: int | None
    damaged: str  # a sentence: why it cannot be read and what to do; empty: it can
    read: bool  # its words can be searched
    version: int


@dataclass(frozen=True)
class VersionRow:
    """One file of a document."""

    number: int
    name: str
    media_type: str
    size: int
    digest: str
    pages: int | None
    damaged: str
    at: datetime
    author_name: str
    note: str
    shown: bool  # its pages can be shown as pictures


@dataclass(frozen=True)
class DocumentPage:
    """A document with all its versions, opened."""

    row: DocumentRow
    case_number: str
    versions: tuple[VersionRow, ...]  # newest first
    may_work: bool


@dataclass(frozen=True)
class EntryRow:
    """A line of the journal."""

    id: UUID
    at: datetime
    kind: str
    kind_name: str
    theme: str
    body: str
    oral_facts: bool
    channel: str
    channel_name: str
    contact: UUID | None
    document: DocumentRow | None
    subject_id: UUID | None
    author_name: str
    internal: bool
    internal_ground: str
    may_change: bool  # this viewer wrote it today
    changed: bool  # earlier words are kept
    version: int


@dataclass(frozen=True)
class EntryPage:
    """A page of the journal, newest first."""

    rows: tuple[EntryRow, ...]
    cursor: str  # empty: there are no more


@dataclass(frozen=True)
class EarlierWords:
    """What a note said until then."""

    until: datetime
    theme: str
    body: str
    oral_facts: bool


@dataclass(frozen=True)
class DocumentHit:
    """A document found by its words."""

    document: DocumentRow
    case: UUID
    case_number: str
    case_title: str
    task_title: str
    administration: str
    administration_name: str
    excerpt: tuple[tuple[str, bool], ...]  # (words, whether they were asked for); empty: found by its title

    @property
    def excerpt_text(self) -> str:
        """The same as one line."""
        return "".join(words for words, _ in self.excerpt)


@dataclass(frozen=True)
class DocumentHits:
    """A page of documents found, newest first."""

    rows: tuple[DocumentHit, ...]
    cursor: str  # empty: there are no more
    searched: bool = True  # False: there was no word in the question that can be searched for


@dataclass(frozen=True)
class Download:
    """A file on its way to the employee."""

    name: str
    media_type: str
    digest: str
    size: int


@dataclass(frozen=True)
class Editor:
    """Somebody who has a part of the case open to change it."""

    employee: int
    name: str
    part: str
    typing: bool
    seen_at: datetime


@dataclass(frozen=True)
class KeptDraft:
    """What one has typed in a part of the case and not saved."""

    part: str
    text: str
    saved_at: datetime
