"""A scanner of the outside world: clamd's INSTREAM over TCP on loopback; it knows the common test file only.

PING · INSTREAM, and how a demo or a test steers it: BEHAVE {"mode","seconds","count"} · SCANNED.
"""

import hashlib
import json
import socketserver
import struct
import threading
import time
from pathlib import Path

from indgang.foundation.registers.behaving import Behaving, Behaviour

MODES = ("ok", "down", "slow", "garbage", "limit", "cut")
LIMIT = 600 * 1024 * 1024
# The test file every scanner knows, in two halves so that none reports this one.
SIGNATURE = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
_NAMED = "Eicar-Test-Signature"
_LONGEST_COMMAND = 2000


class ScannerSimulator:
    """The scanner over one folder."""

    def __init__(self, folder: Path, *, port: int) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._server = _Server(folder, port)
        self.port = int(self._server.server_address[1])
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)

    def start(self) -> None:
        """The door is open when it returns."""
        self._thread.start()

    def stop(self) -> None:
        """The door is closed; what was scanned stays noted."""
        self._server.shutdown()
        self._server.server_close()


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, folder: Path, port: int) -> None:
        self.behaving = Behaving(folder / "behaviour.json")
        self.noted = folder / "scanned.jsonl"
        self.guard = threading.Lock()
        super().__init__(("127.0.0.1", port), _Conversation)

    def note(self, size: int, digest: str, answer: str) -> None:
        with self.guard, self.noted.open("a") as f:
            f.write(json.dumps({"size": size, "sha256": digest, "answer": answer}) + "\n")


class _Conversation(socketserver.StreamRequestHandler):
    server: _Server

    def handle(self) -> None:
        command = self._command()
        if command == "PING":
            return self._say("PONG")
        if command == "SCANNED":
            noted = self.server.noted
            return self._say(noted.read_text() if noted.exists() else "")
        if command.startswith("BEHAVE "):
            return self._behave(command.removeprefix("BEHAVE "))
        if command != "INSTREAM":
            return self._say("UNKNOWN COMMAND")
        return self._scan()

    def _scan(self) -> None:
        behaviour = self.server.behaving.next()
        if behaviour.mode == "down":
            return
        if behaviour.mode == "limit":
            return self._say("INSTREAM size limit exceeded. ERROR")
        size, digest, infected = self._stream()
        if behaviour.mode == "slow":
            time.sleep(behaviour.seconds)
        if behaviour.mode == "cut":
            return
        if behaviour.mode == "garbage":
            return self._say("<html>OK</html>")
        answer = f"stream: {_NAMED} FOUND" if infected else "stream: OK"
        if size > LIMIT:
            answer = "INSTREAM size limit exceeded. ERROR"
        self.server.note(size, digest, answer)
        return self._say(answer)

    def _stream(self) -> tuple[int, str, bool]:
        size, digest, tail, infected = 0, hashlib.sha256(), b"", False
        while length := struct.unpack("!L", self.rfile.read(4).ljust(4, b"\0"))[0]:
            piece = self.rfile.read(length)
            size += len(piece)
            digest.update(piece)
            infected = infected or SIGNATURE in tail + piece
            tail = piece[-len(SIGNATURE) :]
        return size, digest.hexdigest(), infected

    def _behave(self, wanted: str) -> None:
        try:
            self.server.behaving.set(Behaviour.of(json.loads(wanted), MODES))
        except (ValueError, TypeError) as error:
            return self._say(f"ERROR {error}")
        return self._say("OK")

    def _command(self) -> str:
        read = bytearray()
        while not read.endswith(b"\0") and len(read) < _LONGEST_COMMAND:
            one = self.rfile.read(1)
            if not one:
                break
            read += one
        return bytes(read).strip(b"\0").decode("utf-8", "replace").removeprefix("z")

    def _say(self, text: str) -> None:
        self.wfile.write(text.encode() + b"\0")
