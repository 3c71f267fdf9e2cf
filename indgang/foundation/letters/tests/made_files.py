"""PDF files written by hand, so that a test knows every byte of them; pages hold invented people only."""

import hashlib
import io
import zlib
from collections.abc import Sequence

from PIL import Image

from indgang.foundation.letters.testing import docx as docx
from indgang.foundation.letters.testing import zipped as zipped

PAGE = b"/MediaBox [0 0 595 842]"


class Pdf:
    """Objects in the order they are added; the catalogue is 1, the pages are 2, the font is 3."""

    def __init__(self) -> None:
        self.objects: dict[int, bytes] = {
            3: b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"
        }
        self.kids: list[int] = []
        self.catalog = b""
        self.resources = b""
        self.info = b""

    def add(self, content: bytes) -> int:
        number = max(self.objects) + 1
        self.objects[number] = content
        return number

    def stream(self, content: bytes, entries: bytes = b"", *, packed: bool = True) -> int:
        if packed:
            content, entries = zlib.compress(content), entries + b"/Filter/FlateDecode"
        return self.add(b"<<%s/Length %d>>stream\n%s\nendstream" % (entries, len(content), content))

    def page(self, drawing: bytes, *, entries: bytes = PAGE, resources: bytes = b"", own: bytes = b"") -> int:
        contents = self.stream(drawing)
        inner = resources or b"/Font<</F 3 0 R>>" + self.resources
        body = b"<</Type/Page/Parent 2 0 R%s/Resources<<%s>>/Contents %d 0 R%s>>" % (entries, inner, contents, own)
        self.kids.append(self.add(body))
        return self.kids[-1]

    def bytes(self, *, locked: bool = False) -> bytes:
        kids = b" ".join(b"%d 0 R" % kid for kid in self.kids)
        objects = dict(self.objects)
        objects[1] = b"<</Type/Catalog/Pages 2 0 R%s>>" % self.catalog
        objects[2] = b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(self.kids), kids)
        trailer = b"/Root 1 0 R"
        if self.info:
            objects[max(objects) + 1] = b"<<%s>>" % self.info
            trailer += b"/Info %d 0 R" % max(objects)
        if locked:
            trailer += self._lock()
        return _written(objects, trailer)

    def _lock(self) -> bytes:
        """A password nobody has (40-bit RC4): the check value is random, so no password opens it."""
        value = b"<" + hashlib.sha256(b"x").hexdigest().upper().encode() + b">"
        return b"/Encrypt<</Filter/Standard/V 1/R 2/O%s/U%s/P -64>>/ID[<00><00>]" % (value, value)


def _written(objects: dict[int, bytes], trailer: bytes) -> bytes:
    out, places = b"%PDF-1.7\n", {}
    for number, content in sorted(objects.items()):
        places[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = len(out)
    rows = b"".join(b"%010d 00000 n \n" % places[number] for number in sorted(places))
    size = len(places) + 1
    return out + b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<</Size %d%s>>\nstartxref\n%d\n%%%%EOF\n" % (
        size,
        rows,
        size,
        trailer,
        table,
    )


def literal(text: str) -> bytes:
    return b"(" + text.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)") + b")"


def lines(texts: Sequence[str], *, left: int = 72, top: int = 760, size: int = 12) -> bytes:
    """The drawing of lines of text, 24 points apart."""
    rows = [b"1 0 0 1 %d %d Tm %s Tj" % (left, top - 24 * i, literal(text)) for i, text in enumerate(texts)]
    return b"BT /F %d Tf\n" % size + b"\n".join(rows) + b"\nET"


def simple(pages: Sequence[Sequence[str]], *, entries: bytes = PAGE) -> bytes:
    pdf = Pdf()
    for texts in pages:
        pdf.page(lines(texts), entries=entries)
    return pdf.bytes()


def burdened() -> bytes:
    """Everything a PDF can carry besides its pages, each with a word of its own."""
    pdf = Pdf()
    script = pdf.add(b"<</S/JavaScript/JS(app.alert\\('skjultscript'\\))>>")
    attached = pdf.stream(b"hemmeligt bilag", b"/Type/EmbeddedFile")
    spec = pdf.add(b"<</Type/Filespec/F(bilagsnavn.txt)/EF<</F %d 0 R>>>>" % attached)
    meta = pdf.stream(b"<x:xmpmeta>metaforfatter</x:xmpmeta>", b"/Type/Metadata/Subtype/XML", packed=False)
    outline = pdf.add(b"<</Title(bogmaerkenavn)/Parent %d 0 R/Dest[5 0 R/Fit]>>" % (max(pdf.objects) + 2))
    root = pdf.add(b"<</Type/Outlines/First %d 0 R/Last %d 0 R/Count 1>>" % (outline, outline))
    field_look = pdf.stream(
        b"BT /F 12 Tf 2 5 Td (Feltsvar) Tj ET",
        b"/Type/XObject/Subtype/Form/BBox[0 0 200 20]/Resources<</Font<</F 3 0 R>>>>",
    )
    field = pdf.add(
        b"<</Type/Annot/Subtype/Widget/FT/Tx/T(feltnavn)/V(Feltsvar)/F 4/Rect[72 600 272 620]/AP<</N %d 0 R>>>>"
        % field_look
    )
    note = pdf.add(b"<</Type/Annot/Subtype/Text/Contents(internkommentar)/F 2/Rect[10 10 30 30]>>")
    pdf.page(lines(["Dette er side et."]), own=b"/Annots[%d 0 R %d 0 R]/Metadata %d 0 R" % (field, note, meta))
    pdf.page(lines(["Dette er side to."]), own=b"/AA<</O %d 0 R>>/PieceInfo<</X<</Private(privatdata)>>>>" % script)
    pdf.catalog = (
        b"/OpenAction %d 0 R/Metadata %d 0 R/Outlines %d 0 R/AcroForm<</Fields[%d 0 R]/DR<</Font<</F 3 0 R>>>>>>"
        b"/Names<</EmbeddedFiles<</Names[(a) %d 0 R]>>/JavaScript<</Names[(s) %d 0 R]>>>>"
        % (script, meta, root, field, spec, script)
    )
    pdf.info = b"/Author(forfatternavn)/Title(titelnavn)"
    return pdf.bytes()


BURDENS = (
    "skjultscript", "hemmeligt bilag", "bilagsnavn", "metaforfatter", "bogmaerkenavn", "feltnavn", "internkommentar",
    "privatdata", "forfatternavn", "titelnavn",
)  # fmt: skip


def picture(kind: str = "PNG", *, size: tuple[int, int] = (400, 300), frames: int = 1, **saved: object) -> bytes:
    first, *rest = [Image.new("RGB", size, (200, 60 * i, 40)) for i in range(frames)]
    out = io.BytesIO()
    more = {"save_all": True, "append_images": rest} if rest else {}
    first.save(out, kind, **more, **saved)
    return out.getvalue()


def odt(body: str) -> bytes:
    content = f'<o:t xmlns:o="urn:o" xmlns:t="urn:t">{body}</o:t>'
    return zipped({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": content.encode()})


def xlsx() -> bytes:
    strings = b'<sst xmlns="urn:s"><si><t>Husleje</t></si><si><t>Indt</t><t>\xc3\xa6gt</t></si></sst>'
    sheet = b'<w xmlns="urn:s"><row><c t="s"><v>1</v></c><c><v>4200</v></c></row><row><c t="s"><v>0</v></c></row></w>'
    return zipped(
        {
            "[Content_Types].xml": b"<Types/>",
            "xl/workbook.xml": b"<w/>",
            "xl/sharedStrings.xml": strings,
            "xl/worksheets/sheet1.xml": sheet,
        }
    )
