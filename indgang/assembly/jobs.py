"""Deferred work over several modules; every job may run twice."""

import subprocess

import structlog
from django.contrib.sessions.backends.db import SessionStore
from procrastinate.contrib.django import app

from indgang.assembly import processes
from indgang.assembly.profiles import TRAIN_TRIAGE
from indgang.foundation.runtime import services as runtime

TRAINING_AT_MOST = 900  # seconds
log = structlog.get_logger("indgang.jobs")


@app.periodic(cron="41 3 * * *")
@app.task(name="assembly.sweep_files")
def sweep_files(timestamp: int) -> None:
    """Files of forms nobody sent are personal data too; they go a day after nothing names them."""
    runtime.sweep_files()


@app.periodic(cron="53 3 * * *")
@app.task(name="assembly.forget_sessions")
def forget_sessions(timestamp: int) -> None:
    """Sessions that have ended open nothing; their rows go."""
    SessionStore.clear_expired()


@app.periodic(cron="*/5 * * * *")
@app.task(name=TRAIN_TRIAGE, queueing_lock=TRAIN_TRIAGE, lock=TRAIN_TRIAGE)
def train_triage(timestamp: int) -> None:
    """The triage learns within minutes from new cards, words and corrections.

    In a process of its own: training takes seconds of a whole core and a library's memory, and other jobs wait.
    """
    done = subprocess.run(
        processes.command("learn", "--json"),
        env=processes.environment(),
        capture_output=True,
        text=True,
        timeout=TRAINING_AT_MOST,
        check=False,
    )
    if done.returncode:
        log.error("training failed", output=done.stdout[-2000:], errors=done.stderr[-2000:])
