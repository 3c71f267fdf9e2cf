"""The outbox transport "mail": from a parcel to a MIME message, handed to the outside mail server."""

from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP, SMTPUTF8
from email.utils import format_datetime
from mimetypes import guess_type
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext, override

from indgang.core.contacts import services as contacts
from indgang.entrances.mail.filing import our_domain
from indgang.entrances.mail.headers import is_address, one_line
from indgang.entrances.mail.marks import OWN_MARK
from indgang.entrances.mail.returned import wake
from indgang.foundation.access.values import system
from indgang.foundation.journal.errors import DeliveryRefused
from indgang.foundation.journal.values import Parcel
from indgang.foundation.registers import services as registers
from indgang.foundation.runtime import clock
from indgang.foundation.runtime.services import open_file


def deliver(parcel: Parcel) -> None:
    """Send one mail and note that it was sent; the same parcel always has the same Message-ID."""
    to = str(parcel.payload.get("to", ""))
    if not is_address(to):
        raise DeliveryRefused("Modtagerens mailadresse kan ikke bruges.")
    try:
        raw = compose(parcel).as_bytes()
    except (MessageError, ValueError, FileNotFoundError) as error:
        raise DeliveryRefused("Af henvendelsens oplysninger kan der ikke laves en mail.") from error
    registers.deliver(raw, sender=settings.MUNICIPALITY_MAIL, recipients=[to])
    contacts.record_delivery(message_id=_message(parcel), delivery="sent", at=clock.now())


def gave_up(parcel: Parcel, why: str) -> None:
    """The mail will not arrive: the contact hears it, and a person goes on."""
    at = clock.now()
    contacts.record_delivery(message_id=_message(parcel), delivery="failed", at=at)
    wake(UUID(str(parcel.payload["contact"])), viewer=system("outbox"), at=at)


def compose(parcel: Parcel) -> EmailMessage:
    """The mail of a parcel."""
    payload = parcel.payload
    wide = not str(payload["to"]).isascii()  # an address cannot be spelled with other letters in the narrow form
    mail = EmailMessage(policy=(SMTPUTF8 if wide else SMTP).clone(max_line_length=76))
    name, _, domain = settings.MUNICIPALITY_MAIL.rpartition("@")
    with override(str(payload.get("language") or "da")):
        mail["From"] = Address(gettext("Kommunens kontaktcenter"), name, domain)
    local, _, at_domain = str(payload["to"]).rpartition("@")
    mail["To"] = Address("", local, at_domain)
    mail["Reply-To"] = settings.MUNICIPALITY_MAIL
    mail["Subject"] = one_line(str(payload.get("subject", "")))
    mail["Date"] = format_datetime(clock.local(clock.now()))
    mail["Message-ID"] = f"<{payload.get('mail_id') or f'{_message(parcel)}@{our_domain()}'}>"
    _put_thread(mail, payload)
    mail[OWN_MARK] = "1"
    if payload.get("automatic"):
        mail["Auto-Submitted"] = "auto-replied"
        mail["X-Auto-Response-Suppress"] = "All"
    mail.set_content(str(payload.get("body", "")), cte="quoted-printable")
    _attach(mail, payload)
    return mail


def _put_thread(mail: EmailMessage, payload: dict[str, object]) -> None:
    answered = one_line(str(payload.get("in_reply_to") or "")).replace(" ", "")
    references = payload.get("references")
    if answered:
        mail["In-Reply-To"] = f"<{answered}>"
    if isinstance(references, list) and references:
        ids = [one_line(str(one)).replace(" ", "") for one in references]
        mail["References"] = " ".join(f"<{one}>" for one in ids if one)


def _attach(mail: EmailMessage, payload: dict[str, object]) -> None:
    digests, names = payload.get("attachments"), payload.get("attachment_names")
    if not isinstance(digests, list):
        return
    known = [str(name) for name in names] if isinstance(names, list) else []
    for number, digest in enumerate(digests):
        name = known[number] if number < len(known) else f"fil-{number + 1}"
        kind = guess_type(name)[0] or "application/octet-stream"
        major, _, minor = kind.partition("/")
        with open_file(str(digest)) as file:
            content = file.read()
        params = {"charset": "utf-8"} if major == "text" and _is_utf8(content) else {}
        mail.add_attachment(content, maintype=major, subtype=minor, filename=name, params=params)


def _is_utf8(content: bytes) -> bool:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _message(parcel: Parcel) -> UUID:
    return UUID(str(parcel.payload["message"]))
