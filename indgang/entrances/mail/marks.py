"""The marks by which a machine's mail is known, and what a bounce says. Pure.

Auto-Submitted: RFC 3834. Delivery reports: RFC 3464. The rest is custom among mail servers.
"""

import re

from indgang.entrances.mail.headers import AnyMessage, field, message_ids, one_line, own_id, text_field, text_of_bytes
from indgang.entrances.mail.values import Bounce, Nature

OWN_MARK = "X-Indgang"  # on every mail we send
_MASS = {"bulk", "list", "junk", "auto_reply", "auto-reply"}
_REPLY_FIELDS = ("X-Autoreply", "X-Autorespond", "X-Auto-Reply", "X-Autoresponder", "X-Mail-Autoreply")
_LIST_FIELDS = ("List-Id", "List-Unsubscribe", "X-Mailing-List", "Feedback-ID")
_AWAY = re.compile(
    r"^\s*(auto(matisk)?\s?-?(svar|reply|respon)|autosvar|automatic reply|out of (the )?office|ikke til stede|"
    r"fraværende|ferielukket)",
    re.IGNORECASE,
)
_NO_ANSWER = re.compile(
    r"^(no-?_?\.?reply|do-?not-?reply|ikke-?svar|svar-?ikke|mailer-daemon|postmaster|bounces?|listserv|majordomo|.*-(bounces?|owner|request)|"
    r"owner-.*|nobody|autosvar|auto-?reply|notifications?)([+-].*)?@",
    re.IGNORECASE,
)
_DAEMON = re.compile(r"^(mailer-daemon|postmaster|mail-?daemon|bounces?)@", re.IGNORECASE)
_FAILED_SUBJECT = re.compile(
    r"undeliver|returned mail|delivery (status|failure|fail|has failed)|failure notice|mail delivery|"
    r"could not be delivered|"
    r"ikke leveres|kunne ikke afleveres|ikke-leveret|returneret",
    re.IGNORECASE,
)
_DELAYED = re.compile(r"delay|warning: could not send|will (be )?retr|still being retried|forsink", re.IGNORECASE)
_STATUS = re.compile(r"\b([245]\.\d{1,3}\.\d{1,3})\b")


def may_be_answered(address: str, *, domain: str) -> bool:
    """Whether an automatic mail may go there: never to a machine, never to ourselves."""
    return bool(address) and not _NO_ANSWER.match(address) and not address.endswith(f"@{domain}")


def nature(message: AnyMessage, *, envelope_sender: str, author: str, domain: str) -> str:
    """Person, system, or a machine's reply or mass mail."""
    submitted = one_line(field(message, "Auto-Submitted")).lower().split(";")[0].strip()
    if (
        not envelope_sender
        or submitted.startswith("auto-replied")
        or field(message, OWN_MARK)
        or _our_ids(domain).fullmatch(own_id(message))
        or one_line(field(message, "Precedence")).lower() in _MASS
        or any(field(message, name) for name in (*_REPLY_FIELDS, *_LIST_FIELDS))
        or _AWAY.match(text_field(message, "Subject"))
        or _DAEMON.match(author)
    ):
        return Nature.MACHINE
    colleague = author.endswith(f"@{domain}")  # read like anybody's mail, but an answer might go round in circles
    if colleague or submitted not in {"", "no"} or field(message, "X-Auto-Response-Suppress"):
        return Nature.GENERATED
    return Nature.PERSON


def bounce(
    message: AnyMessage, text: str, raw: bytes, *, envelope_sender: str, author: str, domain: str
) -> Bounce | None:
    """What the mail reports about a mail of ours; None when it is no delivery report."""
    ours = _our_ids(domain)
    if message.get_content_type() == "multipart/report" and "delivery-status" in field(message, "Content-Type").lower():
        return _standard(message, raw, ours)
    subject = text_field(message, "Subject")
    if not _DAEMON.match(author) and (envelope_sender or not _FAILED_SUBJECT.search(subject)):
        return None
    named = [found for found in ours.findall(text + raw[:200_000].decode("latin-1"))]
    ids = tuple(dict.fromkeys([*named, *message_ids(message, "In-Reply-To", "References")]))
    status = _STATUS.search(text)
    delayed = _DELAYED.search(subject) or (status is not None and status[1].startswith("4"))
    return Bounce(ids, final=not delayed, status=status[1] if status else "")


def _our_ids(domain: str) -> re.Pattern[str]:
    """The Message-IDs of the mails we send: a uuid at our own domain."""
    return re.compile(rf"<?\b([0-9a-f]{{8}}-?[0-9a-f-]{{23,27}}@{re.escape(domain)})\b", re.IGNORECASE)


def _standard(message: AnyMessage, raw: bytes, ours: re.Pattern[str]) -> Bounce:
    """RFC 3464: per-recipient fields, and the mail or its headers."""
    ids: list[str] = []
    actions, statuses, recipients = [], [], []
    for part in message.walk():
        kind = part.get_content_type()
        if part is not message and field(part, "Message-ID"):
            ids.append(own_id(part))
        if kind == "text/rfc822-headers":
            content = part.get_payload(decode=True)
            ids += ours.findall(text_of_bytes(content, None)) if isinstance(content, bytes) else []
        if field(part, "Action"):
            actions.append(one_line(field(part, "Action")).lower())
            statuses.append(one_line(field(part, "Status")).split(" ")[0])
            recipients.append(one_line(field(part, "Final-Recipient")).rpartition(";")[2].strip().lower())
    if not ids:
        ids = [*ours.findall(raw[-200_000:].decode("latin-1")), *message_ids(message, "In-Reply-To", "References")]
    final = "failed" in actions or (not actions and not _DELAYED.search(text_field(message, "Subject")))
    return Bounce(
        tuple(dict.fromkeys(ids)),
        final=final,
        recipient=recipients[0][:254] if recipients else "",
        status=statuses[0][:12] if statuses else "",
    )
