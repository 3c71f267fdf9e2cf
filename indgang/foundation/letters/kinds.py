"""Which files are taken in, and how a file is known by its first bytes."""

import re
from dataclasses import dataclass

_ODF = "application/vnd.oasis.opendocument."
_OOXML = "application/vnd.openxmlformats-officedocument."


@dataclass(frozen=True)
class Kind:
    """A type of file; `starts` are the bytes it begins with, empty where the inside must be read."""

    media_type: str
    said: str  # what people call it
    suffixes: tuple[str, ...]
    starts: tuple[bytes, ...] = ()


PDF = Kind("application/pdf", "PDF", ("pdf",), (b"%PDF-",))
PNG = Kind("image/png", "PNG", ("png",), (b"\x89PNG\r\n\x1a\n",))
JPEG = Kind("image/jpeg", "JPEG", ("jpg", "jpeg", "jpe", "jfif"), (b"\xff\xd8\xff",))
TIFF = Kind("image/tiff", "TIFF", ("tif", "tiff"), (b"II*\x00", b"MM\x00*"))
TEXT = Kind("text/plain", "tekst", ("txt", "text", "csv", "log", "md"))
MAIL = Kind("message/rfc822", "e-mail", ("eml",))
DOCX = Kind(_OOXML + "wordprocessingml.document", "DOCX", ("docx", "docm"))
XLSX = Kind(_OOXML + "spreadsheetml.sheet", "XLSX", ("xlsx", "xlsm"))
ODT = Kind(_ODF + "text", "ODT", ("odt",))
ODS = Kind(_ODF + "spreadsheet", "ODS", ("ods",))

TAKEN = (PDF, PNG, JPEG, TIFF, TEXT, MAIL, DOCX, XLSX, ODT, ODS)
IMAGES = (PNG, JPEG, TIFF)
PAGED = (PDF, *IMAGES)
BY_MEDIA_TYPE = {kind.media_type: kind for kind in TAKEN}
BY_SUFFIX = {suffix: kind for kind in TAKEN for suffix in kind.suffixes}

ZIP = b"PK\x03\x04"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # Office before 2007, and Office files locked with a password
# What can run as a program, whatever it is called.
RUNS = (
    (b"MZ", "EXE"),
    (b"\x7fELF", "ELF"),
    (b"\xfe\xed\xfa", "Mach-O"),
    (b"\xcf\xfa\xed\xfe", "Mach-O"),
    (b"\xce\xfa\xed\xfe", "Mach-O"),
    (b"\xca\xfe\xba\xbe", "Java"),
    (b"#!", "script"),
    (b"L\x00\x00\x00\x01\x14\x02\x00", "LNK"),
    (b"%!PS", "PostScript"),
)
# What is harmless or not, but is not taken in; named so that the sender learns what the file is.
REFUSED = (
    (OLE, "Office 97-2003"),
    (b"{\\rtf", "RTF"),
    (b"GIF8", "GIF"),
    (b"BM", "BMP"),
    (b"7z\xbc\xaf", "7z"),
    (b"Rar!", "RAR"),
    (b"\x1f\x8b", "gzip"),
    (b"BZh", "bzip2"),
    (b"\xfd7zXZ", "xz"),
)
ACTIVE = re.compile(rb"<\s*(?:!doctype\s+html|html|script|svg|iframe|\?php|\?xml|%@|hta:)|javascript:", re.I)
# Names under which a text is a program.
SCRIPTS = frozenset({
    "exe", "com", "bat", "cmd", "ps1", "psm1", "vbs", "vbe", "js", "jse", "mjs", "wsf", "wsh", "hta", "msi",
    "scr", "pif", "cpl", "jar", "sh", "bash", "py", "pl", "rb", "php", "asp", "aspx", "jsp", "html", "htm",
    "xhtml", "shtml", "svg", "svgz", "xml", "xsl", "mht", "mhtml", "lnk", "url", "reg", "inf", "scf",
    "desktop", "dll", "so", "dylib", "app", "apk", "iso", "img",
})  # fmt: skip
MAIL_HEAD = re.compile(rb"\A(?:[!-9;-~]+:[^\r\n]*(?:\r?\n[ \t][^\r\n]*)*\r?\n)+", re.I)
MAIL_NEEDS = re.compile(rb"^(?:from|date|received|message-id|mime-version|return-path):", re.I | re.M)


def known_start(head: bytes) -> Kind | None:
    """The kind that begins with these bytes."""
    for kind in TAKEN:
        if head.startswith(kind.starts or (b"\x00never",)):
            return kind
    return None


def suffix_of(name: str) -> str:
    """The last ending in lower case, without trailing dots and spaces that some systems drop."""
    bare = name.rstrip(". ").lower()
    return bare.rpartition(".")[2] if "." in bare else ""
