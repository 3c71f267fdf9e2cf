"""Office files: a zip of XML. What they hold that can run, whether they unfold too far, and their words."""

import re
import struct
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from xml.etree.ElementTree import ParseError, XMLParser

from indgang.foundation.letters.errors import FileDamaged, FileDangerous, FileEncrypted, FileTypeRefused, FileUnfolds
from indgang.foundation.letters.kinds import DOCX, ODS, ODT, SCRIPTS, XLSX, Kind, suffix_of

_MOST_ENTRIES = 10_000
_MOST_UNFOLDED = 2 * 1024**3
_MOST_RATIO = 200  # unfolded to folded, from the size below on
_RATIO_FROM = 100 * 1024 * 1024
_MOST_XML = 128 * 1024 * 1024
_PIECE = 256 * 1024
_LOCKED = 0x1  # the flag of an entry that needs a password
BROKEN_ZIP = (zipfile.BadZipFile, zlib.error, EOFError, struct.error, NotImplementedError, ValueError, OverflowError)
_MARKS = {"word/document.xml": DOCX, "xl/workbook.xml": XLSX}
_STRINGS = "xl/sharedStrings.xml"  # the texts of a workbook; its cells name them by number, from 0
# Where the text stands: parts of the zip, the tags whose text counts, and the tags after which a line ends.
_WHERE = {
    DOCX: re.compile(r"word/(?:document|header\d*|footer\d*|footnotes|endnotes|comments)\.xml"),
    XLSX: re.compile(r"xl/(?:worksheets/sheet\d+|comments\d*)\.xml"),
    ODT: re.compile(r"(?:content|styles)\.xml"),
    ODS: re.compile(r"content\.xml"),
}
_TEXT = {DOCX: frozenset({"t", "delText"}), XLSX: frozenset({"t", "v"}), ODT: None, ODS: None}
_LINE_ENDS = {"p", "h", "br", "line-break", "tr", "table-row", "row", "si"}
_GAPS = {"tab", "s", "tc", "c", "table-cell"}


@contextmanager
def _opened(path: Path, name: str) -> Iterator[zipfile.ZipFile]:
    try:
        with zipfile.ZipFile(path) as archive:
            yield archive
    except BROKEN_ZIP as error:
        raise FileDamaged(name=name) from error
    except RuntimeError as error:  # zipfile's word for an entry with a password
        raise FileEncrypted(name=name) from error


def kind_of(path: Path, *, name: str) -> tuple[Kind, list[str]]:
    """Which kind the zip is, and warnings; refuses other zips, locked ones, bombs and what leads outside."""
    with _opened(path, name) as archive:
        entries = archive.infolist()
        _check_size(entries, path.stat().st_size, name)
        names = {entry.filename for entry in entries}
        if any(entry.flag_bits & _LOCKED for entry in entries):
            raise FileEncrypted(name=name)
        if any(_leads_outside(inner) for inner in names):
            raise FileDangerous(name=name, found="..")
        kind = _kind_by_names(archive, names)
        if kind is None:
            raise FileTypeRefused(name=name, found="ZIP")
        return kind, _warnings(names)


def text_of(path: Path, kind: Kind, *, name: str, most: int) -> str:
    """All words, up to `most` letters."""
    found: list[str] = []
    with _opened(path, name) as archive:
        strings: list[str] = []
        if kind is XLSX and _STRINGS in archive.namelist():
            strings = _read(archive, _STRINGS, _Words(_TEXT[XLSX], name), name, 4 * most).split("\n")
        for inner in sorted(n for n in archive.namelist() if _WHERE[kind].fullmatch(n)):
            found.append(_read(archive, inner, _Words(_TEXT[kind], name, strings), name, most))
            if sum(map(len, found)) > most:
                break
    return re.sub(r"[ \t]*\n\s*", "\n", "\n".join(found)).strip()


def _check_size(entries: list[zipfile.ZipInfo], size: int, name: str) -> None:
    unfolded = sum(entry.file_size for entry in entries)
    if len(entries) > _MOST_ENTRIES or unfolded > _MOST_UNFOLDED:
        raise FileUnfolds(name=name)
    if unfolded > _RATIO_FROM and unfolded > _MOST_RATIO * size:
        raise FileUnfolds(name=name)


def _leads_outside(inner: str) -> bool:
    return inner.startswith(("/", "\\")) or ".." in PurePosixPath(inner.replace("\\", "/")).parts or ":" in inner[:3]


def _kind_by_names(archive: zipfile.ZipFile, names: set[str]) -> Kind | None:
    if "[Content_Types].xml" in names:
        return next((kind for mark, kind in _MARKS.items() if mark in names), None)
    if "mimetype" in names and archive.getinfo("mimetype").file_size < 200:
        said = archive.read("mimetype").decode("ascii", "replace").strip()
        return next((kind for kind in (ODT, ODS) if kind.media_type == said), None)
    return None


def _warnings(names: set[str]) -> list[str]:
    lower = {name.lower() for name in names}
    found = []
    if any(n.endswith("vbaproject.bin") or n.startswith(("basic/", "scripts/")) for n in lower):
        found.append("macros")
    if any("/externallinks/" in n for n in lower):
        found.append("external")
    if any("/embeddings/" in n or "/activex/" in n or suffix_of(n) in SCRIPTS - {"xml", "com"} for n in lower):
        found.append("attachments")
    return found


def _read(archive: zipfile.ZipFile, inner: str, words: "_Words", name: str, most: int) -> str:
    """The words of one part, read piece by piece."""
    parser = XMLParser(target=words)  # noqa: S314 - `doctype` refuses what could multiply or fetch
    read = 0
    try:
        with archive.open(inner) as stream:
            while piece := stream.read(_PIECE):
                read += len(piece)
                if read > _MOST_XML:
                    raise FileUnfolds(name=name)
                parser.feed(piece)
                if words.length > most:
                    return "".join(words.found)
        parser.close()
    except ParseError as error:
        raise FileDamaged(name=name) from error
    return "".join(words.found)


class _Words:
    """Gathers the text of the wanted tags; all tags when `wanted` is None."""

    def __init__(self, wanted: frozenset[str] | None, name: str, strings: Sequence[str] = ()) -> None:
        self.found: list[str] = []
        self.length = 0
        self._wanted = wanted
        self._name = name
        self._strings = strings
        self._inside = 0
        self._by_number = False  # the cell names a text of the workbook

    def doctype(self, *_: object) -> None:
        """Entities that multiply or fetch files need a document type; office files have none."""
        raise FileDangerous(name=self._name, found="DOCTYPE")

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        bare = _bare(tag)
        self._inside += self._wanted is not None and bare in self._wanted
        if bare == "c":
            self._by_number = attributes.get("t") == "s"

    def data(self, text: str) -> None:
        if self._wanted is not None and not self._inside:
            return
        if self._by_number and self._strings:
            number = int(text) if text.isdigit() else -1
            text = self._strings[number] if 0 <= number < len(self._strings) else ""
        self.found.append(text)
        self.length += len(text)

    def end(self, tag: str) -> None:
        bare = _bare(tag)
        self._inside -= self._wanted is not None and bare in self._wanted
        if bare in _LINE_ENDS:
            self.found.append("\n")
        elif bare in _GAPS:
            self.found.append(" ")

    def close(self) -> None:
        return


def _bare(tag: str) -> str:
    return tag.rpartition("}")[2]
