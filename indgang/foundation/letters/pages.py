"""What is known of a file, its pages, and what must be covered on them."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class FileFacts:
    """What a file is by its content; `warnings` are codes of `warning_sentences`."""

    name: str
    media_type: str
    size: int
    sha256: str
    pages: int | None = None  # None: has no fixed pages
    encrypted: bool = False  # readable by everybody, but its author forbade copying or printing
    damaged: str = ""  # what could not be read, when the rest could: "end", "page 3"
    text_found: bool = False
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True)
class Extracted:
    """The words of a file, page by page; `clipped` when there were more than are kept."""

    pages: tuple[str, ...]
    clipped: bool = False

    @property
    def text(self) -> str:
        return "\n\n".join(self.pages)


@dataclass(frozen=True, order=True)
class Area:
    """A rectangle on the page as it is shown (turned and cropped); shares of its width and height from the top left."""

    page: int  # the first is 1
    left: float
    top: float
    right: float
    bottom: float
    label: str = ""  # the ground, printed in white: "§ 30"

    def meets(self, other: "Area") -> bool:
        """Whether they share more than an edge."""
        return (
            self.page == other.page
            and min(self.right, other.right) - max(self.left, other.left) > 1e-6
            and min(self.bottom, other.bottom) - max(self.top, other.top) > 1e-6
        )


@dataclass(frozen=True)
class Hit:
    """Words found that may have to be covered; several boxes when they are broken over lines."""

    kind: str  # "cpr", "phone", "mail", "account", "word"
    text: str
    boxes: tuple[Area, ...]

    @property
    def page(self) -> int:
        return self.boxes[0].page


@dataclass(frozen=True)
class Redacted:
    """A new file without what was covered."""

    pages: int
    remade: tuple[int, ...]  # pages that are pictures now
    blind: tuple[int, ...]  # pages without text: words cannot be found there, a person must look
    elsewhere: tuple[Hit, ...]  # words covered on one page that still stand open on another
    size: int
    sha256: str


@dataclass(frozen=True)
class Enclosed:
    """One file of a package, and what the list of contents says of it."""

    title: str
    path: Path
    name: str
    media_type: str
    date: str = ""  # as it is shown
    note: str = ""  # such as the ground on which something is left out


@dataclass(frozen=True)
class Package:
    """A PDF made of several files."""

    pages: int
    starts: tuple[int, ...]  # page of the package on which each file begins; 0: stands in the list only
    size: int
    sha256: str
