"""Deferred work of the mail entrance; every job may run twice."""

from uuid import UUID

from procrastinate.contrib.django import app

from indgang.entrances.mail import services
from indgang.foundation.runtime import clock


@app.task(name="mail.file_mail")
def file_mail(raw_id: str) -> None:
    """File a mail as soon as it is stored."""
    services.file_mail(raw_id=UUID(raw_id), at=clock.now())


@app.periodic(cron="* * * * * */20")
@app.task(name="mail.file_waiting", queueing_lock="mail.file_waiting")
def file_waiting(timestamp: int) -> None:
    """Take up mails whose job was lost."""
    services.defer_waiting(clock.now())
