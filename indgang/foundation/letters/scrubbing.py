"""Copies a page as it looks, and nothing else that came with it.

Kept: the drawing, its fonts, colours and the pictures it names. Left behind: annotations, form fields, scripts,
actions, attachments, bookmarks, metadata of file, page and picture, thumbnails, private data of programs, and pictures
or texts that other pages use (many programs list the pictures of all pages on each of them). A page with layers that
can be shown and hidden is `Unclear`: it must be made again as a picture.
"""

import re
from collections.abc import Iterable

from indgang.foundation.letters.pdf_parts import Name, Part, Parts, Reference, Stream, Unclear, Writer, name_of

_OF_THE_PAGE = ("MediaBox", "CropBox", "Rotate", "UserUnit", "Group")
_LEFT_BEHIND = {
    "Metadata", "PieceInfo", "AA", "AF", "OPI", "Alternates", "StructParent", "StructParents", "LastModified",
    "Thumb", "JS", "JavaScript", "EmbeddedFiles", "EF", "Measure", "PtData", "Parent", "Annots",
}  # fmt: skip
_LAYERS = {"OC", "OCGs", "OCProperties"}
_NAMED = re.compile(rb"/([^\x00\t\n\f\r ()<>\[\]{}/%]+)")
_PRUNED = ("XObject", "Font", "Pattern", "Properties", "ExtGState", "Shading", "ColorSpace")
_MOST_NESTED = 40


class Scrubber:
    """Copies pages of one file into a writer; an object several pages use is written once per set of names in use."""

    def __init__(self, source: Parts, writer: Writer) -> None:
        self._source = source
        self._writer = writer
        self._copied: dict[int, Reference] = {}

    def check(self, page: dict[str, Part]) -> None:
        """Raises Unclear when the page can show more than it shows now: layers, or what is cropped away."""
        box, cropped = self._source.get(page.get("MediaBox")), self._source.get(page.get("CropBox"))
        if cropped is not None and cropped != box:
            raise Unclear("cropped")
        self._look_for_layers(page.get("Resources"), set(), 0)

    def copy(self, page: dict[str, Part], parent: Reference) -> Reference:
        resources = self._resources(page)
        entries: dict[str, Part] = {"Type": Name("Page"), "Parent": parent}
        for key in _OF_THE_PAGE:
            if key in page:
                entries[key] = self._clean(page[key], 0)
        entries["Resources"] = self._pruned(resources, self._used(page, resources, 0), 0)
        entries["Contents"] = self._writer.packed(self._contents(page))
        return self._writer.add(entries)

    def _resources(self, page: dict[str, Part]) -> dict[str, Part]:
        return self._source.dictionary(page["Resources"]) if page.get("Resources") is not None else {}

    def _contents(self, page: dict[str, Part]) -> bytes:
        contents = self._source.get(page.get("Contents"))
        parts = contents if isinstance(contents, list) else [contents]
        streams = [self._source.get(one) for one in parts if one is not None]
        return b"\n".join(one.unpacked() for one in streams if isinstance(one, Stream))

    def _used(self, page: dict[str, Part], resources: dict[str, Part], depth: int) -> set[str]:
        return self._with_forms(_names(self._contents(page)), resources, depth)

    def _with_forms(self, used: set[str], resources: dict[str, Part], depth: int) -> set[str]:
        """Also the names used by drawings inside the drawing that lean on the same resources."""
        if depth > _MOST_NESTED:
            raise Unclear("drawings too deep")
        objects = self._source.dictionary(resources["XObject"]) if resources.get("XObject") is not None else {}
        waiting = [name for name in used if name in objects]
        while waiting:
            form = self._source.get(objects[waiting.pop()])
            if isinstance(form, Stream) and form.entries.get("Subtype") == "Form" and "Resources" not in form.entries:
                new = _names(form.unpacked()) - used
                used |= new
                waiting += [name for name in new if name in objects]
        return used

    def _pruned(self, resources: dict[str, Part], used: set[str], depth: int) -> Part:
        kept: dict[str, Part] = {}
        for kind in _PRUNED:
            if resources.get(kind) is None:
                continue
            of_kind = self._source.dictionary(resources[kind])
            kept[kind] = {name: self._clean(part, depth + 1) for name, part in of_kind.items() if name in used}
        return kept

    def _clean(self, part: Part, depth: int) -> Part:
        if depth > _MOST_NESTED:
            raise Unclear("parts too deep")
        if isinstance(part, Reference):
            return self._copy_of(part, depth)
        if isinstance(part, list):
            return [self._clean(one, depth + 1) for one in part]
        if isinstance(part, dict):
            return self._clean_entries(part, depth)
        return part

    def _clean_entries(self, entries: dict[str, Part], depth: int) -> dict[str, Part]:
        kept = {k: v for k, v in entries.items() if k not in _LEFT_BEHIND}
        cleaned: dict[str, Part] = {}
        if kept.get("CharProcs") is not None:  # a font whose letters are drawings
            letters = self._source.dictionary(kept.pop("CharProcs"))
            cleaned["CharProcs"] = {name: self._clean(letter, depth + 1) for name, letter in letters.items()}
            if kept.get("Resources") is not None:
                cleaned["Resources"] = self._of_letters(self._source.dictionary(kept.pop("Resources")), letters, depth)
        return cleaned | {key: self._clean(value, depth + 1) for key, value in kept.items()}

    def _of_letters(self, resources: dict[str, Part], letters: dict[str, Part], depth: int) -> Part:
        drawings = [self._source.get(letter) for letter in letters.values()]
        used: set[str] = set()
        for drawing in drawings:
            used |= _names(drawing.unpacked()) if isinstance(drawing, Stream) else set()
        return self._pruned(resources, self._with_forms(used, resources, depth), depth)

    def _copy_of(self, reference: Reference, depth: int) -> Part:
        known = self._copied.get(reference.number)
        if known is not None:
            return known
        original = self._source.read(reference.number)
        if isinstance(original, (Stream, dict)):
            place = self._writer.reserve()
            self._copied[reference.number] = place
            if isinstance(original, dict):
                if original.get("Type") in {"Page", "Pages", "Catalog"}:
                    raise Unclear("leads back to the pages")
                return self._writer.add(self._clean_entries(original, depth + 1), place)
            return self._writer.add(self._clean_stream(original, depth + 1), place)
        return self._clean(original, depth + 1)

    def _clean_stream(self, stream: Stream, depth: int) -> Stream:
        entries = {k: v for k, v in stream.entries.items() if k != "Resources"}
        kept = self._clean_entries(entries, depth)
        if stream.entries.get("Resources") is not None:
            resources = self._source.dictionary(stream.entries["Resources"])
            used = self._with_forms(_names(stream.unpacked()), resources, depth)
            kept["Resources"] = self._pruned(resources, used, depth)
        content = stream.content
        if stream.entries.get("Filter") in ("DCTDecode", ["DCTDecode"]):
            content = bare_jpeg(content)
        return Stream(kept, content)

    def _look_for_layers(self, part: Part, seen: set[int], depth: int) -> None:
        if depth > _MOST_NESTED:
            raise Unclear("parts too deep")
        if isinstance(part, Reference):
            if part.number in seen:
                return
            seen.add(part.number)
            part = self._source.read(part.number)
        entries = part.entries if isinstance(part, Stream) else part
        inner: Iterable[Part] = ()
        if isinstance(entries, dict):
            if _LAYERS & entries.keys() or entries.get("Type") in {"OCG", "OCMD"}:
                raise Unclear("layers")
            inner = (value for key, value in entries.items() if key not in _LEFT_BEHIND)
        elif isinstance(entries, list):
            inner = entries
        for one in inner:
            self._look_for_layers(one, seen, depth + 1)


def _names(content: bytes) -> set[str]:
    """Every name in a drawing; one too many keeps a picture too many, never loses one."""
    return {str(name_of(raw)) for raw in _NAMED.findall(content)}


def bare_jpeg(content: bytes) -> bytes:
    """The picture without camera, place, author and comments; colours and orientation of the coding stay."""
    if content[:2] != b"\xff\xd8":
        raise Unclear("no JPEG")
    kept, at = [content[:2]], 2
    while content[at : at + 1] == b"\xff" and len(content) >= at + 4:
        mark = content[at + 1]
        if mark == 0xFF:
            at += 1
            continue
        if mark == 0xDA:
            break
        length = 2 + int.from_bytes(content[at + 2 : at + 4], "big")
        # APP0 says the density, APP2 holds the colour profile, APP14 how the colours are coded.
        if not (0xE0 <= mark <= 0xEF or mark == 0xFE) or mark in {0xE0, 0xE2, 0xEE}:
            kept.append(content[at : at + length])
        at += length
    return b"".join([*kept, content[at:]])
