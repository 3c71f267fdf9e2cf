"""The process that runs deferred jobs; it waits while the database is gone and carries on when it is back."""

import signal
import time
from types import FrameType

import psycopg
import structlog
from procrastinate import BaseConnector
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.exceptions import ConnectorException

CONCURRENCY = 4
_GRACE_SECONDS = 8
log = structlog.get_logger("indgang.worker")


def run_worker() -> None:
    """Run jobs until asked to stop."""
    stopping = False

    def stop(_number: int, _frame: FrameType | None) -> None:
        nonlocal stopping
        stopping = True

    while not stopping:
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, stop)  # between two runs; during a run the worker has its own
        try:
            with app.replace_connector(_listening_connector()) as working:
                working.run_worker(
                    concurrency=CONCURRENCY,
                    shutdown_graceful_timeout=_GRACE_SECONDS,
                    additional_context={},
                )
            return
        except (ConnectorException, psycopg.OperationalError) as gone:
            log.warning("database gone", exc_info=gone)
            time.sleep(1)


def _listening_connector() -> BaseConnector:
    connector = app.connector
    if not isinstance(connector, DjangoConnector):
        raise TypeError(f"jobs need Django's connector, not {type(connector).__name__}")
    return connector.get_worker_connector()
