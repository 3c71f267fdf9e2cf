"""One agent's browser, as cheap as can be: kept connections, forms, a live stream, and what its page reads again."""

import asyncio
import json
import time
from collections import defaultdict
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from urllib.parse import quote, urlencode

TOKEN = "a" * 32  # cookie and header of the forms' protection need only agree
CONNECTIONS = 6  # a browser opens no more to one place


@dataclass(frozen=True)
class Answer:
    """What came back; `to` is where the page goes next."""

    status: int
    to: str
    body: str


@dataclass(frozen=True)
class Place:
    """Where the system listens, and as whom."""

    port: int
    cookie: str
    employee: int


class Browser:
    """Requests of one session; milliseconds of each stand in `times` by kind."""

    def __init__(self, place: Place, times: defaultdict[str, list[float]]) -> None:
        self.place, self.times = place, times
        self._idle: list[tuple[asyncio.StreamReader, asyncio.StreamWriter]] = []
        self._room = asyncio.Semaphore(CONNECTIONS)

    async def get(self, path: str, kind: str, *, part: bool = False) -> Answer:
        return await self._ask("GET", path, kind, None, part)

    async def post(self, path: str, kind: str, form: Mapping[str, str], *, part: bool = False) -> Answer:
        return await self._ask("POST", path, kind, urlencode(form).encode(), part)

    async def go(self, answer: Answer, kind: str) -> Answer:
        """Where a form led to."""
        return await self.get(answer.to, kind) if answer.to else answer

    def close(self) -> None:
        for _, writer in self._idle:
            writer.close()

    async def _ask(self, method: str, path: str, kind: str, body: bytes | None, part: bool) -> Answer:
        begun = time.perf_counter()
        async with self._room:
            head = (
                f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{self.place.port}\r\n"
                f"Cookie: indgang_staff={self.place.cookie}; indgang_csrf={TOKEN}\r\n"
            )
            if part:
                head += "HX-Request: true\r\n"
            if body is not None:
                head += f"X-CSRFToken: {TOKEN}\r\nContent-Type: application/x-www-form-urlencoded\r\n"
                head += f"Content-Length: {len(body)}\r\n"
            answer = await self._exchange(head.encode() + b"\r\n" + (body or b""))
        self.times[kind].append((time.perf_counter() - begun) * 1000)
        if answer.status >= 400:
            self.times[f"refused {kind} {answer.status}"].append(0.0)
        return answer

    async def _exchange(self, request: bytes) -> Answer:
        """On a kept line, which the server may have closed meanwhile; then on a new one."""
        while self._idle:
            reader, writer = self._idle.pop()
            if reader.at_eof() or writer.is_closing():
                continue
            try:
                writer.write(request)
                answer = await _read(reader)
            except (ConnectionError, asyncio.IncompleteReadError) as error:
                if getattr(error, "partial", b""):
                    raise
                continue  # closed before it heard us
            self._idle.append((reader, writer))
            return answer
        reader, writer = await asyncio.open_connection("127.0.0.1", self.place.port)
        writer.write(request)
        answer = await _read(reader)
        self._idle.append((reader, writer))
        return answer


async def _read(reader: asyncio.StreamReader) -> Answer:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
    facts = {name.lower(): value for name, _, value in (line.partition(": ") for line in head[1:])}
    status, body = int(head[0].split()[1]), b""
    if facts.get("transfer-encoding") == "chunked":
        while size := int(await reader.readline(), 16):
            body += await reader.readexactly(size)
            await reader.readexactly(2)
        await reader.readexactly(2)
    elif status != 204:
        body = await reader.readexactly(int(facts.get("content-length", "0")))
    return Answer(status, facts.get("location") or facts.get("hx-redirect", ""), body.decode())


async def events(place: Place, topics: str) -> AsyncIterator[dict[str, str]]:
    """The live stream; the first event says that it is there, as the browser's worker tells its page."""
    reader, writer = await asyncio.open_connection("127.0.0.1", place.port + 1)
    try:
        head = f"GET /live?topics={quote(topics)} HTTP/1.1\r\nHost: 127.0.0.1:{place.port + 1}\r\n"
        writer.write(f"{head}Cookie: indgang_staff={place.cookie}\r\n\r\n".encode())
        status = await reader.readline()
        if b" 200 " not in status:
            raise RuntimeError(f"the stream of {topics} answered {status!r}")
        async for line in reader:
            if line.startswith(b"retry:"):
                yield {"topic": "", "event": "resync", "id": ""}
            elif line.startswith(b"data: {"):
                yield json.loads(line[6:])
    finally:
        writer.close()
