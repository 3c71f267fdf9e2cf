"""Bad mails one by one: broken, huge, empty, wrongly encoded, hostile, and very many from one sender."""

import io
import smtplib
import time
import zipfile
from collections import Counter
from email.message import EmailMessage
from pathlib import Path

from indgang.assembly.drill_lost import gets_done
from indgang.assembly.drill_report import Report
from indgang.assembly.drill_senders import Crew
from indgang.assembly.drill_system import System, wait_for

FLOOD = 1000
MOST_RECEIPTS = 40  # an hour, to one address
_TO = ["kontakt@indgang.example"]
_STATE = "SELECT state FROM mail_rawmail WHERE sender = %s"
_SAID = (
    "SELECT m.body, m.html, (SELECT count(*) FROM contacts_attachment a WHERE a.message_id = m.id) "
    "FROM mail_rawmail r JOIN contacts_message m ON m.raw = r.id WHERE r.sender = %s"
)
_BROKEN = {
    "no end": b"Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\nContent-Type: text/plain\r\n\r\nSkattekort",
    "base64": b"Content-Type: text/plain\r\nContent-Transfer-Encoding: base64\r\n\r\nSkatte%%%kort====!!!\r\n",
    "headers": b"Content-Type: ;;;=\r\n charset\r\nSubject: =?utf-8?q?=FF=FE?= =?x?y?z?=\r\n: :\r\n\r\nSkattekort\r\n",
    "nested": b"".join(b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n) for n in range(300)),
    "noise": bytes(range(1, 10)) * 300,
}


def bad_mails(system: System, report: Report) -> None:
    """Each is acknowledged, kept and filed or shown to a person; none stops the next."""
    _broken(system, report)
    _huge_and_empty(system, report)
    _charsets(system, report)
    _hostile(system, report)
    _flood(system, report)


def _broken(system: System, report: Report) -> None:
    for number, content in enumerate(_BROKEN.values()):
        _send(system, f"broken{number}@borger.example", _headed(f"broken{number}@borger.example") + content)
    _send(system, "after@borger.example", _plain("after@borger.example", "Jeg vil gerne have et nyt sundhedskort."))
    states = {name: _settled(system, f"broken{number}@borger.example") for number, name in enumerate(_BROKEN)}
    fine = set(states.values()) <= {"filed", "attention"} and _settled(system, "after@borger.example") == "filed"
    report.check("broken MIME: every one filed or shown to a person, the next is filed", fine, states)


def _huge_and_empty(system: System, report: Report) -> None:
    size = 25 * 1024 * 1024
    line = b"A" * 76 + b"\r\n"
    head = _headed("huge@borger.example") + b'Content-Type: application/pdf; name="stor.pdf"\r\n'
    content = head + b"Content-Transfer-Encoding: base64\r\n\r\n"
    begun = time.monotonic()
    answer = _send(system, "huge@borger.example", content + line * ((size - len(content)) // len(line)))
    state = _settled(system, "huge@borger.example")
    stored = system.number("SELECT size FROM mail_rawmail WHERE sender = 'huge@borger.example'")
    said = f"{answer}, {stored / 1024**2:.1f} MB {state} after {time.monotonic() - begun:.1f} s"
    report.check("a mail of 25 MB", answer == "250" and state == "filed" and stored > size * 0.99, said)
    refused = _send(system, "larger@borger.example", head + line * (31 * 1024 * 1024 // len(line)))
    report.check("a mail above the limit is refused, not swallowed", refused == "552", refused)
    _send(system, "empty@borger.example", b"")
    bare = _send(system, "bare@borger.example", _headed("bare@borger.example") + b"\r\n")
    states = [_settled(system, "empty@borger.example"), _settled(system, "bare@borger.example")]
    kept = bare == "250" and set(states) <= {"filed", "attention"}
    report.check("an empty mail, and one without a word", kept, states)


def _charsets(system: System, report: Report) -> None:
    text = "Jeg søger boligstøtte på Ærø, hilsen Åse"
    wrong = {"said utf-8, is latin-1": ("utf-8", "latin-1"), "unknown": ("x-findes-ikke", "utf-8"),
             "said ascii, is utf-8": ("us-ascii", "utf-8")}  # fmt: skip
    found = {}
    for number, (name, (said, true)) in enumerate(wrong.items()):
        sender = f"charset{number}@borger.example"
        kind = f"Content-Type: text/plain; charset={said}\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
        _send(system, sender, _headed(sender) + kind.encode() + text.encode(true) + b"\r\n")
        _settled(system, sender)
        rows = system.rows(_SAID, sender)
        found[name] = bool(rows) and text in rows[0][0]
    report.check("wrong character sets are read", all(found.values()), found)


def _hostile(system: System, report: Report) -> None:
    html = (
        "<p onclick='x()'>Hej</p><script>alert(1)</script><img src=x onerror=alert(1)><svg onload=alert(1)>"
        "<a href='javascript:alert(1)'>tryk</a><iframe src='http://spor.example'></iframe><style>@import 'x'</style>"
        "<form action='http://spor.example'><input name=kode></form><meta http-equiv=refresh content='0;url=x'>"
    )
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "html@borger.example", _TO[0], "Byggetilladelse"
    message.set_content("Jeg vil bygge en carport.")
    message.add_alternative(html, subtype="html")
    _send(system, "html@borger.example", message.as_bytes())
    _settled(system, "html@borger.example")
    rows = system.rows(_SAID, "html@borger.example")
    shown = rows[0][1].lower() if rows else "not filed"
    bad = ("<script", "onerror", "onclick", "onload", "javascript:", "<iframe", "<style", "<form", "<meta", "<svg")
    left = [sign for sign in bad if sign in shown]
    report.check("HTML with scripts is kept without them", bool(rows) and not left, left or "nothing left that runs")
    _zip_bomb(system, report)


def _zip_bomb(system: System, report: Report) -> None:
    packed = io.BytesIO()
    with (
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("nuller.bin", "w", force_zip64=True) as member,
    ):
        for _ in range(512):
            member.write(bytes(1024 * 1024))
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "zip@borger.example", _TO[0], "Bilag"
    message.set_content("Se bilaget.")
    message.add_attachment(packed.getvalue(), maintype="application", subtype="zip", filename="bilag.zip")
    before = _memory(system)
    _send(system, "zip@borger.example", message.as_bytes())
    state = _settled(system, "zip@borger.example")
    size = system.number(
        "SELECT a.size FROM contacts_attachment a JOIN contacts_message m ON m.id = a.message_id "
        "JOIN mail_rawmail r ON r.id = m.raw WHERE r.sender = 'zip@borger.example'"
    )
    grown = _memory(system) - before
    said = f"512 MB in {size / 1024:.0f} kB, worker grew {grown} MB, disk holds it packed"
    report.check("a zip bomb is never unpacked", state == "filed" and size == packed.tell() and grown < 100, said)


def _flood(system: System, report: Report) -> None:
    sender = "mange@borger.example"
    answers: Counter[str] = Counter()
    crew, begun = Crew(), time.monotonic()

    def part(first: int) -> None:
        with smtplib.SMTP("127.0.0.1", system.port + 25, timeout=60) as smtp:
            for number in range(first, FLOOD, 4):
                text = f"Nummer {number}: hvornår er der storskrald i gade {number}?"
                answers[str(_sent(smtp, sender, _plain(sender, text)))] += 1

    for first in range(4):
        crew.start(part, first)
    ended = crew.join(60)
    seconds = time.monotonic() - begun
    stored = system.number("SELECT count(*) FROM mail_rawmail WHERE sender = %s", sender)
    said = f"{stored} stored in {seconds:.0f} s; answers {dict(answers)}"
    report.check(f"{FLOOD} mails in a minute from one sender", ended and stored == FLOOD, said)


def flood_is_filed(system: System, report: Report) -> None:
    """Looked at last: the flood is filed behind everything else."""
    sender, begun = "mange@borger.example", time.monotonic()
    query = "SELECT count(*) FROM mail_rawmail WHERE sender = %s AND state = 'stored'"
    filed = gets_done(lambda: system.number(query, sender))
    contacts = system.number("SELECT count(*) FROM contacts_contact WHERE inquirer_mail = %s", sender)
    letters = system.number(
        "SELECT count(*) FROM journal_outboxparcel WHERE payload->>'to' = %s AND transport = 'mail'", sender
    )
    said = f"{contacts} contacts, {letters} receipts, waited {time.monotonic() - begun:.0f} s"
    report.check("the flood is filed, and its receipts limited", filed and contacts == FLOOD
                 and 0 < letters <= MOST_RECEIPTS, said)  # fmt: skip


def _settled(system: System, sender: str, seconds: float = 120) -> str:
    """What became of the mails of this sender once none waits."""

    def state() -> str:
        rows = system.rows(_STATE, sender)
        return "" if not rows or any(row[0] == "stored" for row in rows) else str(rows[0][0])

    return wait_for(state, seconds) or "not filed"


def _send(system: System, sender: str, content: bytes) -> str:
    with smtplib.SMTP("127.0.0.1", system.port + 25, timeout=60) as smtp:
        return str(_sent(smtp, sender, content))


def _sent(smtp: smtplib.SMTP, sender: str, content: bytes) -> int:
    try:
        smtp.sendmail(sender, _TO, content)
    except smtplib.SMTPResponseException as refused:
        return refused.smtp_code
    return 250


def _headed(sender: str) -> bytes:
    return f"From: {sender}\r\nTo: {_TO[0]}\r\nSubject: Skattekort\r\nMIME-Version: 1.0\r\n".encode()


def _plain(sender: str, text: str) -> bytes:
    return _headed(sender) + f"Content-Type: text/plain; charset=utf-8\r\n\r\n{text}\r\n".encode()


def _memory(system: System) -> int:
    """Megabytes the worker holds at most since it began."""
    lines = Path(f"/proc/{system.children()['worker']}/status").read_text().splitlines()
    return next(int(line.split()[1]) // 1024 for line in lines if line.startswith("VmHWM"))
