"""Having a file looked through by the scanner: sent piece by piece, never longer than the time it is given.

The protocol is clamd's INSTREAM, which ICAP gateways and most scanners for servers offer too.
"""

import socket
import struct
import time
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings

CLEAN, REFUSED, NOT_SCANNED = "clean", "refused", "not_scanned"
_CONNECT_SECONDS = 3.0
_PIECE = 256 * 1024
_LONGEST_ANSWER = 4096
_DEFAULT_PORT = 3310


@dataclass(frozen=True)
class Verdict:
    """What the scanner says of a file; `again`: it could not be asked now, and it is worth asking later."""

    state: str  # clean, refused, not_scanned
    found: str = ""  # what the scanner calls it
    again: bool = False


NO_SCANNER = Verdict(NOT_SCANNED)
NOT_NOW = Verdict(NOT_SCANNED, again=True)


def has_scanner() -> bool:
    """Whether one is set up."""
    return bool(settings.SCANNER_URL)


def scan_file(path: Path, *, seconds: float = 120.0) -> Verdict:
    """What the scanner says of the file. Never raises for the scanner's sake: then the file is not scanned."""
    if not has_scanner():
        return NO_SCANNER
    try:
        answer = _asked(path, time.monotonic() + seconds)
    except OSError:
        return NOT_NOW
    return _understood(answer)


def _asked(path: Path, until: float) -> str:
    place = urlsplit(settings.SCANNER_URL)
    where = (place.hostname or "127.0.0.1", place.port or _DEFAULT_PORT)
    with path.open("rb") as file, socket.create_connection(where, timeout=_CONNECT_SECONDS) as line:
        line.sendall(b"zINSTREAM\0")
        try:
            while piece := file.read(_PIECE):
                line.settimeout(_left(until))
                line.sendall(struct.pack("!L", len(piece)) + piece)
            line.sendall(struct.pack("!L", 0))
        except (BrokenPipeError, ConnectionResetError):
            pass  # it has heard enough and said why
        return _answer(line, until)


def _answer(line: socket.socket, until: float) -> str:
    read = bytearray()
    while b"\0" not in read and len(read) < _LONGEST_ANSWER:
        line.settimeout(_left(until))
        piece = line.recv(_LONGEST_ANSWER)
        if not piece:
            break
        read += piece
    return bytes(read).partition(b"\0")[0].decode("utf-8", "replace").strip()


def _left(until: float) -> float:
    left = until - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left


def _understood(answer: str) -> Verdict:
    """ "stream: OK", "stream: Eicar-Test-Signature FOUND", "INSTREAM size limit exceeded. ERROR"."""
    if answer == "stream: OK":
        return Verdict(CLEAN)
    if answer.startswith("stream: ") and answer.endswith(" FOUND"):
        return Verdict(REFUSED, answer.removeprefix("stream: ").removesuffix(" FOUND")[:100] or "?")
    if "size limit exceeded" in answer:
        return Verdict(NOT_SCANNED)
    return NOT_NOW
