"""The objects of a PDF that pdfium has just written, and a writer of new ones.

pdfium writes plain objects under one classic table of contents, whatever the file it read looked like. So this reader
need not understand damaged, packed or encrypted files; it refuses (`Unclear`) what pdfium would not have written.
"""

import mmap
import re
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, TypeAlias

_MOST_UNPACKED = 64 * 1024 * 1024  # of one stream
_MOST_NESTED = 60
_SPACE = re.compile(rb"(?:[\x00\t\n\f\r ]+|%[^\r\n]*)*")
_NUMBER = re.compile(rb"[+-]?(?:\d+\.?\d*|\.\d+)")
_REFERENCE = re.compile(rb"(\d+)[\x00\t\n\f\r ]+(\d+)[\x00\t\n\f\r ]+R(?![A-Za-z0-9])")
_NAME = re.compile(rb"/([^\x00\t\n\f\r ()<>\[\]{}/%]*)")
_WORD = re.compile(rb"true|false|null")
_ENTRY = re.compile(rb"(\d{10}) \d{5} ([nf])")


class Unclear(Exception):
    """This part of the file cannot be judged, so it may not be handed on as it is."""


class Name(str):
    """/Name, its #xx already read."""


@dataclass(frozen=True)
class Reference:
    number: int


@dataclass(frozen=True)
class Literal:
    """A string as it stood, with its ( ) or < >."""

    raw: bytes


@dataclass
class Stream:
    entries: "dict[str, Part]"
    content: bytes

    def unpacked(self) -> bytes:
        """The content without its Flate; Unclear for another filter or too much of it."""
        named = self.entries.get("Filter")
        names = named if isinstance(named, list) else [named] if named is not None else []
        if "DecodeParms" in self.entries and names:
            raise Unclear("predictor")
        content = self.content
        for name in names:
            if name != "FlateDecode":
                raise Unclear(f"filter {name}")
            content = _inflated(content)
        return content


Part: TypeAlias = "bool | int | float | Name | Literal | Reference | Stream | list[Part] | dict[str, Part] | None"


def _inflated(content: bytes) -> bytes:
    machine = zlib.decompressobj()
    try:
        unpacked = machine.decompress(content, _MOST_UNPACKED)
    except zlib.error as error:
        raise Unclear("broken Flate") from error
    if machine.unconsumed_tail:
        raise Unclear("too large")
    return unpacked


class Parts:
    """The objects of one file, read when asked for; use as a context."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("rb")
        self._bytes = mmap.mmap(self._file.fileno(), 0, access=mmap.ACCESS_READ)
        self._places = self._table()

    def __enter__(self) -> "Parts":
        return self

    def __exit__(self, *_: object) -> None:
        self._bytes.close()
        self._file.close()

    def numbers(self) -> list[int]:
        return sorted(self._places)

    def get(self, part: Part) -> Part:
        """What a reference leads to; anything else is itself."""
        for _ in range(_MOST_NESTED):
            if not isinstance(part, Reference):
                return part
            part = self.read(part.number)
        raise Unclear("references in a circle")

    def dictionary(self, part: Part) -> dict[str, Part]:
        found = self.get(part)
        if isinstance(found, Stream):
            return found.entries
        if not isinstance(found, dict):
            raise Unclear("no dictionary")
        return found

    def read(self, number: int) -> Part:
        place = self._places.get(number)
        if place is None:
            return None
        head = re.compile(rb"%d \d+ obj" % number).match(self._bytes, place)
        if head is None:
            raise Unclear("no object")
        part, at = self._part(head.end(), 0)
        at = self._skip(at)
        if not isinstance(part, dict) or self._bytes[at : at + 6] != b"stream":
            return part
        at += 8 if self._bytes[at + 6 : at + 8] == b"\r\n" else 7
        length = self.get(part.get("Length"))
        if not isinstance(length, int) or length < 0:
            raise Unclear("length")
        return Stream({k: v for k, v in part.items() if k != "Length"}, self._bytes[at : at + length])

    def root(self) -> dict[str, Part]:
        at = self._bytes.rfind(b"trailer")
        trailer, _ = self._part(at + 7, 0)
        if not isinstance(trailer, dict):
            raise Unclear("trailer")
        return self.dictionary(trailer.get("Root"))

    def pages(self) -> list[dict[str, Part]]:
        """The page dictionaries in their order."""
        found: list[dict[str, Part]] = []
        self._gather(self.root().get("Pages"), found, 0)
        return found

    def _gather(self, node: Part, found: list[dict[str, Part]], depth: int) -> None:
        if depth > _MOST_NESTED:
            raise Unclear("pages too deep")
        entries = self.dictionary(node)
        kids = self.get(entries.get("Kids"))
        if not isinstance(kids, list):
            found.append(entries)
            return
        for kid in kids:
            self._gather(kid, found, depth + 1)

    def _table(self) -> dict[int, int]:
        start = self._bytes.rfind(b"startxref")
        found = re.compile(rb"startxref\s+(\d+)").match(self._bytes, start) if start >= 0 else None
        if found is None or self._bytes[int(found[1]) : int(found[1]) + 4] != b"xref":
            raise Unclear("no table")
        places: dict[int, int] = {}
        at = int(found[1]) + 4
        section = re.compile(rb"\s*(\d+) (\d+)\s+")
        while head := section.match(self._bytes, at):
            at = head.end()
            for number in range(int(head[1]), int(head[1]) + int(head[2])):
                entry = _ENTRY.match(self._bytes, at)
                if entry is None:
                    raise Unclear("table")
                at += 20
                if entry[2] == b"n":
                    places[number] = int(entry[1])
        return places

    def _skip(self, at: int) -> int:
        found = _SPACE.match(self._bytes, at)
        return found.end() if found else at

    def _part(self, at: int, depth: int) -> tuple[Part, int]:
        if depth > _MOST_NESTED:
            raise Unclear("too deep")
        at = self._skip(at)
        two = self._bytes[at : at + 2]
        if two == b"<<":
            return self._dictionary(at + 2, depth)
        if two[:1] == b"[":
            return self._list(at + 1, depth)
        if two[:1] in (b"(", b"<"):
            end = self._string_end(at)
            return Literal(self._bytes[at:end]), end
        return self._plain_part(at)

    def _plain_part(self, at: int) -> tuple[Part, int]:
        if found := _NAME.match(self._bytes, at):
            return name_of(found[1]), found.end()
        if found := _REFERENCE.match(self._bytes, at):
            return Reference(int(found[1])), found.end()
        if found := _NUMBER.match(self._bytes, at):
            return (float(found[0]) if b"." in found[0] else int(found[0])), found.end()
        if found := _WORD.match(self._bytes, at):
            return {b"true": True, b"false": False, b"null": None}[found[0]], found.end()
        raise Unclear("no part")

    def _dictionary(self, at: int, depth: int) -> tuple[Part, int]:
        entries: dict[str, Part] = {}
        while True:
            at = self._skip(at)
            if self._bytes[at : at + 2] == b">>":
                return entries, at + 2
            key, at = self._part(at, depth + 1)
            if not isinstance(key, Name):
                raise Unclear("no key")
            entries[key], at = self._part(at, depth + 1)

    def _list(self, at: int, depth: int) -> tuple[Part, int]:
        parts: list[Part] = []
        while True:
            at = self._skip(at)
            if self._bytes[at : at + 1] == b"]":
                return parts, at + 1
            part, at = self._part(at, depth + 1)
            parts.append(part)

    def _string_end(self, at: int) -> int:
        if self._bytes[at : at + 1] == b"<":
            end = self._bytes.find(b">", at)
            if end < 0:
                raise Unclear("string")
            return end + 1
        depth = 0
        mark = re.compile(rb"\\.|[()]", re.S)
        while found := mark.search(self._bytes, at):
            at = found.end()
            depth += {b"(": 1, b")": -1}.get(found[0], 0)
            if depth == 0:
                return at
        raise Unclear("string")


def name_of(raw: bytes) -> Name:
    return Name(re.sub(rb"#([0-9A-Fa-f]{2})", lambda m: bytes([int(m[1], 16)]), raw).decode("latin-1"))


def written(part: Part) -> bytes:
    """The part as it stands in a file; streams have their own place."""
    match part:
        case list():
            return b"[" + b" ".join(written(one) for one in part) + b"]"
        case dict():
            return b"<<" + b" ".join(written(Name(k)) + b" " + written(v) for k, v in part.items()) + b">>"
        case Reference():
            return b"%d 0 R" % part.number
        case Literal():
            return part.raw
        case Stream():
            raise Unclear("stream inside a part")
        case _:
            return _written_plain(part)


def _written_plain(part: Name | bool | int | float | None) -> bytes:
    match part:
        case None:
            return b"null"
        case bool():
            return b"true" if part else b"false"
        case Name():
            raw = part.encode("latin-1", "replace")
            return b"/" + re.sub(rb"[^!-~]|[#()<>\[\]{}/%]", lambda m: b"#%02X" % m[0][0], raw)
        case int():
            return b"%d" % part
        case _:
            return (f"{part:.6f}".rstrip("0").rstrip(".") or "0").encode()


def text_string(text: str) -> Literal:
    """A text of the catalogue in UTF-16, as PDF wants it."""
    return Literal(b"<FEFF" + text.encode("utf-16-be").hex().upper().encode() + b">")


@dataclass
class Writer:
    """Writes objects as they come; the table of contents at the end."""

    file: BinaryIO
    places: dict[int, int] = field(default_factory=dict)
    _next: int = 1

    def __post_init__(self) -> None:
        self._write(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")

    def reserve(self) -> Reference:
        self._next += 1
        return Reference(self._next - 1)

    def add(self, part: Part, at: Reference | None = None) -> Reference:
        place = at or self.reserve()
        self.places[place.number] = self.file.tell()
        self._write(b"%d 0 obj\n" % place.number)
        if isinstance(part, Stream):
            head: Mapping[str, Part] = {**part.entries, "Length": len(part.content)}
            self._write(written(dict(head)) + b"\nstream\n")
            self._write(part.content)
            self._write(b"\nendstream")
        else:
            self._write(written(part))
        self._write(b"\nendobj\n")
        return place

    def packed(self, content: bytes, entries: "dict[str, Part] | None" = None) -> Reference:
        """A stream packed with Flate."""
        return self.add(Stream({**(entries or {}), "Filter": Name("FlateDecode")}, zlib.compress(content, 6)))

    def end(self, root: Reference, info: Reference | None = None) -> None:
        table = self.file.tell()
        rows = [b"0000000000 65535 f \n"]
        rows += [
            b"%010d 00000 n \n" % self.places[n] if n in self.places else b"0000000000 00000 f \n"
            for n in range(1, self._next)
        ]
        self._write(b"xref\n0 %d\n" % self._next + b"".join(rows))
        trailer: dict[str, Part] = {"Size": self._next, "Root": root}
        if info is not None:
            trailer["Info"] = info
        self._write(b"trailer\n" + written(trailer) + b"\nstartxref\n%d\n%%%%EOF\n" % table)

    def _write(self, content: bytes) -> None:
        self.file.write(content)
