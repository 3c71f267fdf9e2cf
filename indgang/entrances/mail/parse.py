"""From the bytes of a mail to what it says. Pure: no database, no clock, no settings.

Nothing in a mail can stop it: what is broken is repaired as far as a reader is served, what cannot be read at all
raises Unreadable and waits for a person. Archives are never unpacked.
"""

import hashlib
import re
from collections.abc import Iterator
from email.errors import MessageError
from email.parser import BytesParser
from email.policy import compat32
from pathlib import PurePosixPath

from indgang.entrances.mail import marks, markup
from indgang.entrances.mail.errors import Unreadable
from indgang.entrances.mail.headers import (
    AnyMessage,
    addresses,
    decoded,
    field,
    is_address,
    message_ids,
    one_line,
    own_id,
    storable,
    text_field,
    text_of_bytes,
)
from indgang.entrances.mail.values import MailFile, ParsedMail

# What the standard library's parser is known to raise on hostile input.
BROKEN = (
    MessageError, ValueError, LookupError, TypeError, AttributeError, AssertionError, RecursionError, OverflowError,
)  # fmt: skip
MOST_NESTED = 100
MOST_PARTS = 1_000
LONGEST_TEXT = 200_000
LARGEST_FILE = 25 * 1024 * 1024
_NESTING = re.compile(rb"^content-type:\s*(?:multipart|message)/", re.IGNORECASE | re.MULTILINE)
_USUAL = {
    "from",
    "to",
    "subject",
    "date",
    "message-id",
    "received",
    "mime-version",
    "content-type",
    "sender",
    "return-path",
}


def parse(raw: bytes, *, envelope_sender: str, domain: str) -> ParsedMail:
    """What the mail says; raises Unreadable with a Danish sentence. `domain` is ours and tells our own mails apart."""
    if len(_NESTING.findall(raw)) > MOST_NESTED:
        raise Unreadable("Mailen har for mange dele inden i hinanden.")
    try:
        message = BytesParser(policy=compat32).parsebytes(raw)
        if _is_noise(message, raw):
            raise Unreadable("Indholdet er ikke en mail.")
        return _understood(message, raw, envelope_sender, domain)
    except BROKEN as error:
        raise Unreadable(f"Mailens opbygning er i stykker ({type(error).__name__}).") from error


def content_digest(mail: ParsedMail) -> str:
    """The same for a mail sent again, whatever server carried it and however its parts were wrapped."""
    digest = hashlib.sha256()
    for piece in (mail.author, mail.subject, mail.text):
        digest.update(piece.encode() + b"\0")
    for file in mail.files:
        digest.update(file.name.encode() + b"\0" + hashlib.sha256(file.content).digest())
    return digest.hexdigest()


def _understood(message: AnyMessage, raw: bytes, envelope_sender: str, domain: str) -> ParsedMail:
    body = _Body()
    for part in _leaves(message):
        body.take(part)
    authors = addresses(message, "From") or addresses(message, "Sender")
    fallback = envelope_sender.lower() if is_address(envelope_sender.lower()) else ""
    name, author = authors[0] if authors else ("", fallback)
    replies = [address for _, address in addresses(message, "Reply-To")]
    if len(authors) > 1:
        body.remarks.append("Mailen har flere afsendere: " + ", ".join(address for _, address in authors[:5]))
    text = body.text()
    bounce = marks.bounce(message, text, raw, envelope_sender=envelope_sender, author=author, domain=domain)
    return ParsedMail(
        author=author,
        author_name=name,
        reply_to=replies[0] if replies else "",
        subject=text_field(message, "Subject")[:500],
        message_id=own_id(message),
        references=tuple(dict.fromkeys(_nearest_first(message))),
        text=text,
        html=markup.safe("<hr>".join(body.html)),
        files=tuple(body.files),
        nature=marks.nature(message, envelope_sender=envelope_sender, author=author, domain=domain),
        bounce=bounce,
        remarks=tuple(body.remarks),
    )


def _nearest_first(message: AnyMessage) -> list[str]:
    return [*message_ids(message, "In-Reply-To"), *reversed(message_ids(message, "References"))][:50]


class _Body:
    """Collects what the parts of a mail hold."""

    def __init__(self) -> None:
        self.plain: list[str] = []
        self.html: list[str] = []
        self.files: list[MailFile] = []
        self.remarks: list[str] = []

    def take(self, part: AnyMessage) -> None:
        """One part: words to read, or a file."""
        kind = part.get_content_type()
        name = _file_name(part)
        if part.get_content_disposition() != "attachment" and not name:
            if kind == "text/html":
                self.html.append(text_of_bytes(_content(part), part.get_content_charset()))
                return
            if kind == "text/plain" or part.get_content_maintype() == "multipart":
                self.plain.append(text_of_bytes(_content(part), part.get_content_charset()))
                return
        if kind != "message/delivery-status":
            self._keep(part, name or f"vedhæftet-{len(self.files) + 1}{_SUFFIXES.get(kind, '.bin')}", kind)

    def text(self) -> str:
        """The words for reading; very long ones go on in a file."""
        words = "\n\n".join(_tidy(text) for text in self.plain if text.strip())
        if not words:
            words = "\n\n".join(markup.text(html) for html in self.html)
        if len(words) > LONGEST_TEXT:
            self.files.append(MailFile("hele-teksten.txt", "text/plain", words.encode()))
            self.remarks.append("Teksten er meget lang og står helt i filen hele-teksten.txt.")
        return storable(words[:LONGEST_TEXT])

    def _keep(self, part: AnyMessage, name: str, kind: str) -> None:
        content = _content(part)
        if len(content) > LARGEST_FILE:
            self.remarks.append(f"Filen {name} er større end 25 MB og findes kun i den oprindelige mail.")
            return
        self.files.append(MailFile(name, one_line(kind)[:100], content))


_SUFFIXES = {
    "message/rfc822": ".eml", "text/plain": ".txt", "text/html": ".html", "text/calendar": ".ics",
    "application/pdf": ".pdf", "image/jpeg": ".jpg", "image/png": ".png", "image/gif": ".gif",
    "application/ms-tnef": ".dat", "text/rtf": ".rtf", "application/rtf": ".rtf", "application/zip": ".zip",
    "text/rfc822-headers": ".txt",
}  # fmt: skip


def _leaves(message: AnyMessage) -> Iterator[AnyMessage]:
    """The parts that hold something, in order; attached mails count as one part."""
    waiting: list[AnyMessage] = [message]
    seen = 0
    while waiting:
        part = waiting.pop()
        seen += 1
        if seen > MOST_PARTS:
            raise Unreadable("Mailen har for mange dele.")
        inner = part.get_payload()
        if part.get_content_maintype() == "multipart" and isinstance(inner, list):
            waiting.extend(child for child in reversed(inner) if not isinstance(child, str))
        else:
            yield part


def _content(part: AnyMessage) -> bytes:
    """The part's bytes, decoded; an attached mail as it stands."""
    inner = part.get_payload()
    if isinstance(inner, list):
        return b"\n\n".join(child.as_bytes() for child in inner if not isinstance(child, str))
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _file_name(part: AnyMessage) -> str:
    """The file's own name without path or tricks; "" when it has none."""
    for key in ("Content-Disposition", "Content-Type"):
        value = field(part, key)
        if not value.isascii():  # the library would make question marks of it
            part.replace_header(key, value)
    name = part.get_filename()
    if not name:
        return ""
    plain = one_line(decoded(str(name))).replace("\\", "/")
    plain = PurePosixPath(plain).name.strip(". ")
    stem, dot, suffix = plain.rpartition(".")
    return f"{stem[:120]}{dot}{suffix[:20]}" if plain else "uden-navn"


def _is_noise(message: AnyMessage, raw: bytes) -> bool:
    """Bytes without a single usual header that are no text either."""
    if any(name.lower() in _USUAL for name in message.keys()):  # noqa: SIM118  (iterating a message gives other things)
        return False
    sample = raw[:20_000]
    return b"\0" in sample or sum(byte < 9 or 13 < byte < 32 for byte in sample) > len(sample) // 20


def _tidy(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()
