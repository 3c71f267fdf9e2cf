"""Builders for tests."""

import smtplib
from datetime import datetime
from email.message import EmailMessage
from uuid import UUID

from indgang.entrances.mail import services
from indgang.entrances.mail.models import RawMail

OUR_ADDRESS = "kontakt@indgang.example"


def make_mail(
    text: str = "Jeg skal flytte.",
    *,
    subject: str = "Flytning",
    sender: str = "ida@borger.example",
    name: str = "",
    message_id: str = "",
    in_reply_to: str = "",
    boundary: str = "",
    **headers: str,
) -> bytes:
    """A mail to the municipality as bytes; further headers as keywords, `_` for `-`."""
    mail = EmailMessage()
    mail["From"] = f"{name} <{sender}>" if name else sender
    mail["To"] = OUR_ADDRESS
    mail["Subject"] = subject
    if message_id:
        mail["Message-ID"] = f"<{message_id}>"
    if in_reply_to:
        mail["In-Reply-To"] = f"<{in_reply_to}>"
    for key, value in headers.items():
        mail[key.replace("_", "-")] = value
    mail.set_content(text)
    if boundary:
        mail.make_mixed(boundary=boundary)
    return mail.as_bytes()


def receive(raw: bytes, *, sender: str = "ida@borger.example", to: str = OUR_ADDRESS, at: datetime) -> RawMail:
    """Stored and filed, as the mailroom and its job do it."""
    key = services.store_mail(sender=sender, recipients=[to], content=raw, at=at)
    return filed(key, at)


def filed(raw_id: UUID, at: datetime) -> RawMail:
    """The row after filing."""
    services.file_mail(raw_id=raw_id, at=at)
    return RawMail.objects.get(pk=raw_id)


def send(raw: bytes, *, port: int, sender: str = "ida@borger.example", to: str = OUR_ADDRESS) -> None:
    """By real SMTP; raises smtplib's errors."""
    with smtplib.SMTP("127.0.0.1", port, timeout=20) as connection:
        connection.sendmail(sender, [to], raw)
