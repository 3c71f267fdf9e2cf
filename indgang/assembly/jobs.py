"""Deferred work over several modules; every job may run twice."""

from django.contrib.sessions.backends.db import SessionStore
from procrastinate.contrib.django import app

from indgang.core.contacts import selectors as contacts
from indgang.entrances.webform import services as webform
from indgang.foundation.runtime import services as runtime


@app.periodic(cron="41 3 * * *")
@app.task(name="assembly.sweep_files")
def sweep_files(timestamp: int) -> None:
    """Files of forms nobody sent are personal data too; they go a day after nothing names them."""
    runtime.sweep_files(contacts.known_files() | webform.known_files())


@app.periodic(cron="53 3 * * *")
@app.task(name="assembly.forget_sessions")
def forget_sessions(timestamp: int) -> None:
    """Sessions that have ended open nothing; their rows go."""
    SessionStore.clear_expired()
