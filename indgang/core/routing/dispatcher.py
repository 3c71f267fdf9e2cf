"""The process that offers work: wakes at every change and every second, one leader at a time, survives the database."""

import os
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from types import FrameType

import psycopg
import structlog
from django.db import InterfaceError, OperationalError, close_old_connections, connection
from psycopg.conninfo import make_conninfo

from indgang.core.routing.offering import dispatch_once, expire_offers, find_away, wake_parked
from indgang.core.routing.pool import Memory
from indgang.core.routing.staffing import end_wrap_ups
from indgang.core.routing.telling import CHANNEL
from indgang.foundation.runtime import clock

LEADER_LOCK = 7_310_001  # advisory lock: whoever's session holds it leads
TICK_SECONDS = 1.0
PACE_SECONDS = 0.03  # from one pass to the next: what happens meanwhile is one pass, news after a pause none at all
FACTS_SECONDS = 1.0  # how long competences are kept between passes
MOST_PASSES = 50  # in a row before the housekeeping gets its turn
_BACK_OFF = (0.1, 0.2, 0.5, 1.0, 2.0, 5.0)

GONE = (OperationalError, InterfaceError, psycopg.OperationalError, psycopg.InterfaceError)

log = structlog.get_logger(__name__)


def run_dispatcher(stop: threading.Event | None = None) -> None:
    """Offer work until told to stop (SIGTERM, SIGINT or `stop`). Lost connections are opened again, for ever."""
    stop = stop or threading.Event()
    _stop_on_signals(stop)
    failures = 0
    while not stop.is_set():
        try:
            with _session() as session:
                if not _become_leader(session, stop):
                    return
                log.info("dispatcher_leads")
                failures = 0
                _lead(session, stop)
        except GONE as error:
            connection.close()
            log.warning("dispatcher_database_gone", exception=type(error).__name__, attempt=failures)
            stop.wait(_BACK_OFF[min(failures, len(_BACK_OFF) - 1)])
            failures += 1


def housekeeping(at: datetime) -> int:
    """What time alone changes: offers expire, wrap-ups end, silent agents are away, parked work wakes."""
    return expire_offers(at) + end_wrap_ups(at) + find_away(at) + wake_parked(at)


@contextmanager
def _session() -> Iterator["psycopg.Connection[tuple[object, ...]]"]:
    """An own connection: it holds the lock and hears the news, so leading ends with it."""
    options = connection.get_connection_params()
    wanted = {name: str(options[name]) for name in ("dbname", "user", "password", "host", "port") if options.get(name)}
    address = make_conninfo(
        **wanted,
        connect_timeout=5,
        keepalives_idle=5,
        keepalives_interval=2,
        keepalives_count=3,
        application_name=f"dispatcher {os.getpid()}",
    )
    session = psycopg.connect(address, autocommit=True)
    try:
        yield session
    finally:
        session.close()


def _become_leader(session: "psycopg.Connection[tuple[object, ...]]", stop: threading.Event) -> bool:
    """Wait for the lock in the database, which hands it over the moment the leader's session ends."""
    session.execute("SET lock_timeout = '1s'")
    while not stop.is_set():
        try:
            session.execute("SELECT pg_advisory_lock(%s)", [LEADER_LOCK])
        except psycopg.errors.LockNotAvailable:
            continue
        session.execute("SET lock_timeout = 0")
        session.execute(f"LISTEN {CHANNEL}")
        return True
    return False


def _lead(session: "psycopg.Connection[tuple[object, ...]]", stop: threading.Event) -> None:
    memory = Memory(FACTS_SECONDS)
    kept_house = 0.0
    while not stop.is_set():
        close_old_connections()
        if time.monotonic() - kept_house >= TICK_SECONDS:
            kept_house = time.monotonic()
            housekeeping(clock.now())
        for _ in range(MOST_PASSES):
            if not dispatch_once(clock.now(), memory):
                break
        passed = time.monotonic()
        for _ in session.notifies(timeout=TICK_SECONDS, stop_after=1):
            pass
        stop.wait(max(0.0, PACE_SECONDS - (time.monotonic() - passed)))


def _stop_on_signals(stop: threading.Event) -> None:
    """SIGTERM and SIGINT end the process after the running pass."""
    if threading.current_thread() is not threading.main_thread():
        return

    def end(number: int, frame: FrameType | None) -> None:
        stop.set()

    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, end)
