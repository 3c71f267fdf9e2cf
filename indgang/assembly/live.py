"""Live events to browsers: one small ASGI process with one LISTEN connection fanned out to every stream.

An event carries a topic, a word and an id, never data: the page reads again through its selectors. A stream belongs to
a staff session and ends with it. What was missed while the database or the connection was away is not repeated; the
event `resync` tells the page to read everything again.
"""

import asyncio
import json
import multiprocessing
import os
import signal
import threading
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from http.cookies import CookieError, SimpleCookie
from typing import Any, TypeVar
from urllib.parse import parse_qs, urlsplit

import django
import psycopg
import structlog

from indgang.foundation.runtime.supervisor import dying_with

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "indgang.assembly.settings")
if multiprocessing.parent_process() is not None:  # a worker must not outlive the server that started it
    dying_with(os.getppid(), signal.SIGKILL)()
django.setup()

from asgiref.sync import sync_to_async  # noqa: E402  (Django must be set up first)
from django.conf import settings  # noqa: E402
from django.db import Error as DatabaseError  # noqa: E402
from django.db import close_old_connections  # noqa: E402

from indgang.foundation.web import services as web  # noqa: E402

log = structlog.get_logger("indgang.live")
Message = dict[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Result = TypeVar("Result")

HEARTBEAT = float(os.environ.get("INDGANG_LIVE_HEARTBEAT", "15"))  # seconds
RECHECK = float(os.environ.get("INDGANG_LIVE_RECHECK", "30"))
WAITING = 200  # events a client may be behind before it is dropped; it then connects anew and reads everything
MOST_TOPICS = 60
_END = b""  # in a client's queue: close the stream
_RESYNC = b"event: resync\ndata: {}\n\n"
_PULSE = b": pulse\n\n"


class Refused(Exception):
    """A stream that is not opened, with its status and the topics at fault."""

    def __init__(self, status: int, topics: tuple[str, ...] = ()) -> None:
        super().__init__(status)
        self.status = status
        self.topics = topics


class Client:
    """One browser's stream."""

    def __init__(self, session_key: str, topics: frozenset[str], account: int = 0) -> None:
        self.session_key = session_key
        self.account = account
        self.changed = asyncio.Event()  # something about the account: ask at once whether the stream may go on
        self.session = web.session_name(session_key)
        self.topics = topics
        self.queue: asyncio.Queue[bytes] = asyncio.Queue(WAITING)

    def tell(self, text: bytes) -> None:
        """Queue it; one that is too far behind is let go."""
        try:
            self.queue.put_nowait(text)
        except asyncio.QueueFull:
            self.end()

    def end(self) -> None:
        """Close as soon as possible, dropping what waits."""
        while not self.queue.empty():
            self.queue.get_nowait()
        self.queue.put_nowait(_END)


class Hub:
    """All streams of this process, and the one connection that feeds them."""

    def __init__(self) -> None:
        self.clients: set[Client] = set()
        self.stopping = False
        self._listener: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Listen from now on; streams end at SIGTERM, because the server waits for them."""
        self._listener = asyncio.create_task(self._listen())
        loop = asyncio.get_running_loop()
        if threading.current_thread() is threading.main_thread():
            # The server's own handler hangs on the loop and still runs; this one only ends the streams before it waits.
            for number in (signal.SIGTERM, signal.SIGINT):
                signal.signal(number, lambda *_: loop.call_soon_threadsafe(self.end_all))

    def end_all(self) -> None:
        """No new streams; the running ones close."""
        self.stopping = True
        for client in tuple(self.clients):
            client.end()

    async def stop(self) -> None:
        """The listening ends last."""
        self.end_all()
        if self._listener is not None:
            self._listener.cancel()
            with suppress(asyncio.CancelledError):
                await self._listener

    async def _listen(self) -> None:
        pause = 0.1
        while True:
            try:
                async with await psycopg.AsyncConnection.connect(_address(), autocommit=True) as connection:
                    await connection.execute(f"LISTEN {web.CHANNEL}")
                    for client in tuple(self.clients):
                        client.tell(_RESYNC)
                    pause = 0.1
                    await self._hand_out(connection)
            except (psycopg.Error, OSError):
                log.warning("live events wait for the database", seconds=pause)
                await asyncio.sleep(pause)
                pause = min(pause * 2, 2.0)

    async def _hand_out(self, connection: psycopg.AsyncConnection) -> None:
        while True:
            async for notification in connection.notifies(timeout=HEARTBEAT):
                self.deliver(notification.payload)
            await connection.execute("SELECT 1")  # a connection that died silently is found here

    def deliver(self, payload: str) -> None:
        """To every stream that follows the topic."""
        event = json.loads(payload)
        if event["topic"] == web.SESSION_TOPIC:
            for client in tuple(self.clients):
                if client.session == event["id"]:
                    client.end()
                elif event["event"] == "account" and str(client.account) == event["id"]:
                    client.tell(_RESYNC)
                    client.changed.set()
            return
        text = f"event: {event['event']}\ndata: {payload}\n\n".encode()
        for client in tuple(self.clients):
            if event["topic"] in client.topics:
                client.tell(text)


hub = Hub()


async def application(scope: Message, receive: Receive, send: Send) -> None:
    """The ASGI application."""
    if scope["type"] == "lifespan":
        await _lifespan(receive, send)
    elif scope["type"] == "http":
        await _http(scope, receive, send)


async def _lifespan(receive: Receive, send: Send) -> None:
    while True:
        message = await receive()
        if message["type"] == "lifespan.startup":
            hub.start()
            await send({"type": "lifespan.startup.complete"})
        else:
            await hub.stop()
            await send({"type": "lifespan.shutdown.complete"})
            return


async def _http(scope: Message, receive: Receive, send: Send) -> None:
    headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]}
    origin = headers.get("origin", "")
    if origin and not _is_ours(origin):
        await _answer(send, 403, "", {})
        return
    if scope["path"].rstrip("/").endswith("/healthz"):
        await _answer(send, 200, origin, {"status": "ok", "streams": len(hub.clients)})
        return
    try:
        client = await _admitted(scope, headers)
    except Refused as refused:
        await _answer(send, refused.status, origin, {"status": refused.status, "refused": list(refused.topics)})
    except (DatabaseError, psycopg.Error):
        await _answer(send, 503, origin, {"status": 503})
    else:
        await _stream(client, receive, send, origin)


async def _admitted(scope: Message, headers: Mapping[str, str]) -> Client:
    if scope["method"] != "GET":
        raise Refused(405)
    if hub.stopping:
        raise Refused(503)
    asked = parse_qs(scope["query_string"].decode("latin-1")).get("topics", [""])[0]
    topics = frozenset(topic for topic in asked.replace(",", " ").split() if topic)
    if not topics or len(topics) > MOST_TOPICS:
        raise Refused(400)
    key = _session_key(headers.get("cookie", ""))
    refused = await _in_thread(refused_topics, key, topics)
    if refused:
        raise Refused(403, refused)
    account = await _in_thread(lambda session, _topics: web.account_of_session(session), key, topics)
    return Client(key, topics, account or 0)


def refused_topics(session_key: str, topics: frozenset[str]) -> tuple[str, ...]:
    """The topics this session may not follow, checked as of now; Refused(401) when it is nobody's."""
    account = web.account_of_session(session_key) if session_key else None
    if account is None:
        raise Refused(401)
    return tuple(sorted(topic for topic in topics if not web.may_follow(account, topic)))


async def _stream(client: Client, receive: Receive, send: Send, origin: str) -> None:
    headers = [
        (b"content-type", b"text/event-stream; charset=utf-8"),
        (b"cache-control", b"no-store"),
        (b"x-accel-buffering", b"no"),
        *_cross_origin(origin),
    ]
    hub.clients.add(client)
    writing = asyncio.create_task(_write(client, send))
    tasks = [writing, asyncio.create_task(_gone(receive)), asyncio.create_task(_session_over(client))]
    try:
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        hub.clients.discard(client)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    with suppress(OSError, RuntimeError):  # the browser may be gone already
        await send({"type": "http.response.body", "body": b"", "more_body": False})


async def _write(client: Client, send: Send) -> None:
    text = b"retry: 2000\n\n"
    while text != _END:
        await send({"type": "http.response.body", "body": text, "more_body": True})
        try:
            text = await asyncio.wait_for(client.queue.get(), HEARTBEAT)
        except TimeoutError:
            text = _PULSE


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _session_over(client: Client) -> None:
    """Returns when the session is nobody's any more or has lost a topic. No database: nobody knows, so it goes on."""
    while True:
        with suppress(TimeoutError):
            await asyncio.wait_for(client.changed.wait(), RECHECK)
        client.changed.clear()
        try:
            if await _in_thread(refused_topics, client.session_key, client.topics):
                return
        except Refused:
            return
        except (DatabaseError, psycopg.Error):
            continue


async def _in_thread(ask: Callable[[str, frozenset[str]], Result], key: str, topics: frozenset[str]) -> Result:
    """Django's database calls, with the connection given back at the end."""

    def run() -> Result:
        try:
            return ask(key, topics)
        finally:
            close_old_connections()

    return await sync_to_async(run, thread_sensitive=True)()


async def _answer(send: Send, status: int, origin: str, body: Message) -> None:
    headers = [(b"content-type", b"application/json"), (b"cache-control", b"no-store"), *_cross_origin(origin)]
    if status == 503:
        headers.append((b"retry-after", b"5"))
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": json.dumps(body).encode()})


def _cross_origin(origin: str) -> list[tuple[bytes, bytes]]:
    if not origin:
        return [(b"vary", b"Origin")]
    return [
        (b"access-control-allow-origin", origin.encode("latin-1")),
        (b"access-control-allow-credentials", b"true"),
        (b"vary", b"Origin"),
    ]


def _is_ours(origin: str) -> bool:
    """Exactly the pages' own origins: this machine's under both names, the public one and those the settings trust."""
    port = settings.INDGANG_PORT
    public = urlsplit(settings.PUBLIC_URL)
    ours = {f"http://{host}:{port}" for host in ("localhost", "127.0.0.1", "[::1]")}
    return origin in ours | {f"{public.scheme}://{public.netloc}"} | set(settings.CSRF_TRUSTED_ORIGINS)


def _session_key(cookie: str) -> str:
    try:
        morsel = SimpleCookie(cookie).get(settings.SESSION_COOKIE_NAME)
    except CookieError:
        return ""
    return morsel.value if morsel else ""


def _address() -> str:
    database: dict[str, Any] = settings.DATABASES["default"]
    return psycopg.conninfo.make_conninfo(
        host=database["HOST"],
        port=database["PORT"] or None,
        user=database["USER"],
        password=database["PASSWORD"],
        dbname=database["NAME"],
        connect_timeout=5,
        keepalives_idle=10,
        keepalives_interval=5,
        keepalives_count=3,
        application_name="indgang live",
    )
