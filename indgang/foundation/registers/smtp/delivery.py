"""Deliver one mail to the outside mail server, and say in two words what went wrong: try again, or give up."""

import smtplib
import ssl
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache

from django.conf import settings

from indgang.foundation.journal.errors import DeliveryFailed, DeliveryRefused

TIMEOUT_SECONDS = 30
# Replies about the connection, the login or the dialogue: the mail itself is not refused, so it is tried again.
_OUR_FAULT = frozenset({500, 502, 503, 504, 530, 534, 535, 538})


def deliver(raw: bytes, *, sender: str, recipients: Sequence[str], timeout: float = TIMEOUT_SECONDS) -> None:
    """Hand the mail over; returns only when the far side has taken it for every recipient.

    Raises DeliveryFailed when a later attempt may succeed, DeliveryRefused when it cannot (5xx for mail or recipient).
    A connection cut after the mail was sent counts as failed: the next attempt carries the same Message-ID.
    """
    try:
        with _connected(timeout) as connection:
            refused = connection.sendmail(
                sender, list(recipients), raw, mail_options=_options(connection, raw, recipients)
            )
    except smtplib.SMTPRecipientsRefused as error:
        raise _sorted(*next(iter(error.recipients.values()))) from error
    except smtplib.SMTPResponseException as error:
        raise _sorted(error.smtp_code, error.smtp_error) from error
    except (smtplib.SMTPException, OSError, EOFError) as error:
        raise DeliveryFailed(f"Mailserveren kan ikke nås eller afbrød ({type(error).__name__}).") from error
    if refused:
        raise _sorted(*next(iter(refused.values())))


@contextmanager
def _connected(timeout: float) -> Iterator[smtplib.SMTP]:
    """A connection as EMAIL_URL asks for it; leaving it never hides what became of the mail."""
    email = settings.EMAIL
    host, port = str(email["host"]), int(str(email["port"]))
    connection: smtplib.SMTP
    if email["scheme"] == "smtps":
        connection = smtplib.SMTP_SSL(host, port, timeout=timeout, context=_trusted())
    else:
        connection = smtplib.SMTP(host, port, timeout=timeout)
    try:
        if email["scheme"] == "smtp+tls":
            connection.starttls(context=_trusted())
        if email["username"]:
            connection.login(str(email["username"]), str(email["password"]))
        connection.ehlo_or_helo_if_needed()
        yield connection
        connection.putcmd("quit")
    finally:
        connection.close()


@lru_cache(maxsize=1)
def _trusted() -> ssl.SSLContext:
    """Whom this machine trusts; reading it takes 20 ms, as long as everything else about a mail."""
    return ssl.create_default_context()


def _options(connection: smtplib.SMTP, raw: bytes, recipients: Sequence[str]) -> list[str]:
    options = []
    if not raw.isascii() and connection.has_extn("8bitmime"):
        options.append("BODY=8BITMIME")
    if not all(address.isascii() for address in recipients):
        if not connection.has_extn("smtputf8"):
            raise DeliveryRefused("Mailserveren kan ikke modtage adresser med andre bogstaver end a-z.")
        options.append("SMTPUTF8")
    return options


def _sorted(code: int, reply: bytes | str) -> DeliveryFailed | DeliveryRefused:
    """The error for this reply: only a 5xx about the mail or its recipient is final."""
    text = reply.decode("utf-8", "replace") if isinstance(reply, bytes) else reply
    sentence = f"Mailserveren svarede {code}: {' '.join(text.split())[:200]}"
    if 500 <= code <= 599 and code not in _OUR_FAULT:
        return DeliveryRefused(sentence)
    return DeliveryFailed(sentence)
