"""The demo's mailbox: what invented citizens have received, and mails they write (demo only)."""

import smtplib
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTPUTF8
from email.utils import format_datetime, make_msgid

from django.conf import settings

from indgang.core.contacts import selectors as contacts
from indgang.entrances.mail.errors import NotDelivered, Unreadable
from indgang.entrances.mail.headers import one_line
from indgang.entrances.mail.parse import parse
from indgang.entrances.mail.values import ParsedMail
from indgang.foundation.registers import selectors as registers
from indgang.foundation.registers.selectors import KeptMail
from indgang.foundation.runtime import clock

SHOWN = 200


@dataclass(frozen=True)
class Letter:
    """One mail as its receiver sees it."""

    kept: KeptMail
    mail: ParsedMail | None  # None when it cannot be read
    sent: str  # when, in words


@dataclass(frozen=True)
class LetterRow:
    """One mail in the list."""

    id: str
    recipients: tuple[str, ...]
    subject: str
    sent: str


def letters(recipient: str) -> list[LetterRow] | None:
    """The newest mails to addresses that hold these words; None while the outside mail server is away."""
    mails = registers.kept_mails()
    if mails is None:
        return None
    wanted = recipient.strip().lower()
    found = [mail for mail in mails if any(wanted in to.lower() for to in mail.recipients)][:SHOWN]
    return [LetterRow(mail.id, mail.recipients, mail.subject, _sent(mail)) for mail in found]


def letter(mail_id: str) -> Letter | None:
    """One mail; None when there is none."""
    raw = registers.kept_mail(mail_id)
    kept = next((mail for mail in registers.kept_mails() or [] if mail.id == mail_id), None)
    if raw is None or kept is None:
        return None
    try:
        return Letter(kept, parse(raw, envelope_sender=kept.sender, domain="postkasse.example"), _sent(kept))
    except Unreadable:
        return Letter(kept, None, _sent(kept))


def write(*, sender: str, name: str, subject: str, body: str, in_reply_to: str) -> None:
    """A mail from an invented citizen, by real SMTP through the mailroom. Raises NotDelivered."""
    mail = EmailMessage(policy=SMTPUTF8)
    user, _, domain = sender.rpartition("@")
    mail["From"] = Address(one_line(name), user, domain)
    mail["To"] = settings.MUNICIPALITY_MAIL
    mail["Subject"] = one_line(subject)
    mail["Date"] = format_datetime(clock.local(clock.now()))
    mail["Message-ID"] = make_msgid(domain="borger.example")
    answered = one_line(in_reply_to).strip("<> ").replace(" ", "")
    if answered:
        mail["In-Reply-To"] = f"<{answered}>"
    mail.set_content(body)
    try:
        with smtplib.SMTP("127.0.0.1", settings.INDGANG_PORT + 25, timeout=10) as connection:
            connection.send_message(mail, from_addr=sender, to_addrs=[settings.MUNICIPALITY_MAIL])
    except (smtplib.SMTPException, OSError) as error:
        raise NotDelivered(why=type(error).__name__) from error


def _sent(kept: KeptMail) -> str:
    return contacts.moment(datetime.fromisoformat(kept.at))
