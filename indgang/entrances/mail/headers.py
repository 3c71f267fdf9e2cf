"""Header fields in clean text, whatever the sender made of them. Pure.

The values are read as they stand in the mail and decoded here: the library's own structured headers raise on, or spend
seconds with, some of what arrives in practice.
"""

import codecs
import re
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message
from email.utils import getaddresses

AnyMessage = Message  # the library's parser gives str payloads, lists or None

_LONGEST = 20_000
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]+")
_ADDRESS = re.compile(r"[^@\s<>\"(),:;\\]{1,64}@[^@\s<>\"(),:;\\]{1,188}")
_MESSAGE_ID = re.compile(r"<([^<>\s]{1,250})>")
_TEXT_CODECS = re.compile(
    r"ascii|utf-(8|16|32)|iso8859|iso2022|cp\d|koi8|gb|big5|shift_?jis|euc|mac|hp-roman|tis-620|johab|hz|ptcp154"
)


def field(message: AnyMessage, name: str) -> str:
    """The first field of that name as it stands, 8-bit bytes made text, cut where absurdly long; "" when missing."""
    values = fields(message, name)
    return values[0] if values else ""


def fields(message: AnyMessage, name: str) -> list[str]:
    """Every field of that name."""
    wanted = name.lower()
    return [_unfolded(str(value)) for key, value in message.raw_items() if key.lower() == wanted]


def text_field(message: AnyMessage, name: str) -> str:
    """The field for reading: encoded words decoded, on one line."""
    return one_line(decoded(field(message, name)))


def decoded(value: str) -> str:
    """RFC 2047 words as text; what is not decodable stays as it stands."""
    try:
        pieces = decode_header(value)
    except (HeaderParseError, ValueError, LookupError):
        return value
    out = []
    for piece, charset in pieces:
        if isinstance(piece, str):
            out.append(piece)
        elif charset is None:
            out.append(piece.decode("raw-unicode-escape", "replace"))
        else:
            out.append(text_of_bytes(piece, charset))
    return "".join(out)


def one_line(text: str) -> str:
    """No control characters, no directional tricks, single spaces."""
    return " ".join(storable(_CONTROL.sub(" ", text)).split())


def storable(text: str) -> str:
    """Text a database can keep: no NUL, no lone surrogates."""
    return text.replace("\x00", "").encode("utf-8", "replace").decode("utf-8")


def text_of_bytes(content: bytes, charset: str | None) -> str:
    """The bytes as text: by their declared charset when that works, else UTF-8, else Windows' Latin alphabet."""
    for codec in (_known(charset), "utf-8", "cp1252"):
        if codec is None:
            continue
        try:
            return storable(content.decode(codec))
        except UnicodeError:
            continue
    return storable(content.decode("latin-1"))


def addresses(message: AnyMessage, name: str) -> list[tuple[str, str]]:
    """(name, address) of every usable address in the field."""
    found = []
    for value in fields(message, name):
        for person, address in getaddresses([value]):
            plain = one_line(address).lower()
            if _ADDRESS.fullmatch(plain):
                found.append((one_line(decoded(person))[:160], plain))
    return found


def is_address(text: str) -> bool:
    """Whether this can be an address."""
    return bool(_ADDRESS.fullmatch(text))


def message_ids(message: AnyMessage, *names: str) -> tuple[str, ...]:
    """The Message-IDs in these fields without brackets, in order."""
    ids = [found for name in names for value in fields(message, name) for found in _MESSAGE_ID.findall(value)]
    return tuple(dict.fromkeys(one_line(found) for found in ids))


def own_id(message: AnyMessage) -> str:
    """The mail's Message-ID without brackets, also when the brackets are missing."""
    ids = message_ids(message, "Message-ID")
    return ids[0] if ids else one_line(field(message, "Message-ID")).strip("<>")[:250]


def _unfolded(value: str) -> str:
    cut = value[:_LONGEST]
    if not cut.isascii():
        cut = text_of_bytes(cut.encode("utf-8", "surrogateescape"), None)
    return cut.replace("\r", "").replace("\n", "")


def _known(charset: str | None) -> str | None:
    """The codec's name when it is one for text; others can be slow or mean something else."""
    try:
        name = codecs.lookup((charset or "").strip().strip("\"'")[:40]).name
    except (LookupError, ValueError):
        return None
    return None if name == "ascii" or not _TEXT_CODECS.match(name) else name
