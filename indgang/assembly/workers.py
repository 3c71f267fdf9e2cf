"""The process that runs deferred jobs; it waits while the database is gone and carries on when it is back."""

import asyncio
import os
import signal
from contextlib import suppress

import psycopg
import structlog
from procrastinate import App, BaseConnector
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.exceptions import ConnectorException

CONCURRENCY = {"default": 4, "mail": 2, "outbox": 3}  # jobs of each queue at the same time
_GRACE_SECONDS = 8
log = structlog.get_logger("indgang.worker")


_BEHIND_PAGES = 5


def run_worker() -> None:
    """Run jobs until asked to stop. Somebody waits for each page, nobody for a job: pages go first."""
    os.nice(_BEHIND_PAGES)
    asyncio.run(_work_until_stopped())


async def _work_until_stopped() -> None:
    """A worker ends by itself when its connection is lost, at times without an error: only a signal ends this."""
    stopping = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stopping.set)
    asked = asyncio.create_task(stopping.wait())
    while not stopping.is_set():
        with app.replace_connector(_listening_connector()) as working:
            run = asyncio.create_task(_run(working))
            await asyncio.wait([run, asked], return_when=asyncio.FIRST_COMPLETED)
            run.cancel()
            try:
                with suppress(asyncio.CancelledError):
                    await run
            except (ConnectorException, psycopg.OperationalError) as gone:
                log.warning("database gone", exc_info=gone)
        await asyncio.wait([asked], timeout=1)


async def _run(working: App) -> None:
    """One worker per queue; when one of them ends, so do the others."""
    async with working.open_async():
        workers = [asyncio.create_task(_serve(working, queue, most)) for queue, most in CONCURRENCY.items()]
        try:
            await asyncio.wait(workers, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for worker in workers:
                worker.cancel()
            ended = await asyncio.gather(*workers, return_exceptions=True)
    for end in ended:
        if isinstance(end, Exception):
            raise end


async def _serve(working: App, queue: str, most: int) -> None:
    await working.run_worker_async(
        queues=[queue],
        concurrency=most,
        shutdown_graceful_timeout=_GRACE_SECONDS,
        additional_context={},
        install_signal_handlers=False,
    )


def _listening_connector() -> BaseConnector:
    connector = app.connector
    if not isinstance(connector, DjangoConnector):
        raise TypeError(f"jobs need Django's connector, not {type(connector).__name__}")
    return connector.get_worker_connector()
