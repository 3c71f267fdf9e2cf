"""Deferred work of cases; every job may run twice."""

from procrastinate.contrib.django import app

from indgang.core.cases import services
from indgang.foundation.runtime import clock


@app.periodic(cron="*/5 * * * *")
@app.task(name="cases.watch", queueing_lock="cases.watch")
def watch(timestamp: int) -> None:
    """Cases that have waited long enough go on; deadlines that come near or have passed are told."""
    at = clock.now()
    services.run_out(at)  # first: what waited for a hearing is told so
    services.remind_forwarded(at)
    services.wake_waiting(at)
    services.watch_deadlines(at)
    services.watch_access(at)


@app.periodic(cron="* * * * *")
@app.task(name="cases.read_documents", queueing_lock="cases.read_documents", lock="cases.read_documents")
def read_documents(timestamp: int) -> None:
    """Files on cases are scanned and read, so that they are found by their words."""
    services.read_documents(clock.now())


@app.periodic(cron="29 * * * *")
@app.task(name="cases.scan_again", queueing_lock="cases.scan_again", lock="cases.read_documents")
def scan_again(timestamp: int) -> None:
    """Files the scanner could not be asked about are looked through when it is back."""
    services.scan_again(clock.now())


@app.periodic(cron="47 * * * *")
@app.task(name="cases.forget_editing")
def forget_editing(timestamp: int) -> None:
    """Old heartbeats go, and drafts nobody came back to."""
    services.forget_editing(clock.now())


@app.periodic(cron="* * * * *")
@app.task(name="cases.notices", queueing_lock="cases.notices")
def notices(timestamp: int) -> None:
    """A decision is told to those who have the citizen's cases that stand to it."""
    services.tell_decided(clock.now())


@app.periodic(cron="* * * * *")
@app.task(name="cases.pack", queueing_lock="cases.pack")
def pack(timestamp: int) -> None:
    """Packages for requests for access that were ordered; one that nobody finished is taken up again."""
    services.pack_ordered(clock.now())
