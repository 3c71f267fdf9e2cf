"""Letters as data: who writes to whom, and the blocks the letter is made of. Every text is plain text, never code."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from indgang.foundation.letters.errors import FieldsMissing
from indgang.foundation.letters.pages import Area as Area  # of files, their pages and what is covered on them
from indgang.foundation.letters.pages import Enclosed as Enclosed
from indgang.foundation.letters.pages import Extracted as Extracted
from indgang.foundation.letters.pages import FileFacts as FileFacts
from indgang.foundation.letters.pages import Hit as Hit
from indgang.foundation.letters.pages import Package as Package
from indgang.foundation.letters.pages import Redacted as Redacted

LONGEST_TEXT = 100_000  # characters of one block
LONGEST_LETTER = 400_000
MOST_COLUMNS = 8
MOST_TEXTS = 20_000  # items and cells together: empty ones cost time too


class Kind(StrEnum):
    """What a letter is for."""

    DECISION = "decision"
    HEARING = "hearing"
    RECEIPT = "receipt"
    REQUEST = "request"
    HOLDING = "holding"
    ACCESS = "access"
    OPINION = "opinion"
    FORWARDING = "forwarding"


class Outcome(StrEnum):
    """How it was decided; the words of templates are medhold, delvist, afslag."""

    GRANTED = "granted"
    PARTLY = "partly"
    REFUSED = "refused"


@dataclass(frozen=True)
class Sender:
    """Who writes, as printed; empty parts are left out."""

    name: str  # the municipality or administration
    unit: str = ""
    address: str = ""
    phone: str = ""
    mail: str = ""
    hours: str = ""


@dataclass(frozen=True)
class Heading:
    """A heading under the letter's title."""

    text: str


@dataclass(frozen=True)
class Paragraph:
    """One paragraph; a line break in it stays."""

    text: str


@dataclass(frozen=True)
class Listing:
    """A list with dots, or with numbers when the order matters."""

    items: tuple[str, ...]
    numbered: bool = False


@dataclass(frozen=True)
class Table:
    """A real table: its header row is marked up and repeated on every page."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Box:
    """What must not be overlooked, for example the result, with its own heading."""

    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Signature:
    """The greeting and who signs; never divided over two pages."""

    lines: tuple[str, ...]


Block = Heading | Paragraph | Listing | Table | Box | Signature


@dataclass(frozen=True)
class Letter:
    """One letter, ready to be typeset."""

    language: str  # da or en
    title: str
    sender: Sender
    receiver_lines: tuple[str, ...]  # name and address as printed
    date: date
    reference: str  # the case number; empty is left out
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Filled:
    """A template with its fields put in. A field without a value stands as "[udfyld: navn]" and is named in missing."""

    title: str
    blocks: tuple[Block, ...]
    missing: list[str]

    def letter(
        self, *, language: str, sender: Sender, receiver_lines: tuple[str, ...], date: date, reference: str
    ) -> Letter:
        """The letter it becomes. Raises FieldsMissing: a letter never leaves with a hole in it."""
        if self.missing:
            raise FieldsMissing(fields=", ".join(self.missing))
        return Letter(language, self.title, sender, receiver_lines, date, reference, self.blocks)


@dataclass(frozen=True)
class TemplateRow:
    """One version of a letter template, as it is handed out."""

    id: int
    code: str
    language: str
    kind: str
    title: str
    body: str
    version: int
    valid_from: date
    valid_to: date | None  # from that day it is not used
    origin: str  # profile or hand
    saved_by: str


@dataclass(frozen=True)
class TemplateField:
    """A field of a template, as somebody fills it in."""

    name: str
    what: str  # in the reader's language
    required: bool
    shape: str  # day, lines or words
