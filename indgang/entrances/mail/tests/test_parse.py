"""What is made of the mails that really arrive: broken, hostile, empty, huge."""

import base64
import random
from email.message import EmailMessage

import pytest

from indgang.entrances.mail.errors import Unreadable
from indgang.entrances.mail.parse import LARGEST_FILE, content_digest, parse
from indgang.entrances.mail.testing import make_mail
from indgang.entrances.mail.values import Nature, ParsedMail


def read(raw: bytes, sender: str = "ida@borger.example") -> ParsedMail:
    return parse(raw, envelope_sender=sender, domain="indgang.example")


def head(*lines: str, body: bytes = b"Hej\r\n") -> bytes:
    return (
        "\r\n".join(["From: Ida <ida@borger.example>", *lines]).encode("utf-8", "surrogateescape") + b"\r\n\r\n" + body
    )


def test_an_ordinary_mail_says_who_wrote_what_about_what():
    mail = read(make_mail(text="Jeg skal flytte på lørdag.", subject="Flytning på Ærø", name="Ida Borger"))
    assert (mail.author, mail.author_name) == ("ida@borger.example", "Ida Borger")
    assert (mail.subject, mail.text) == ("Flytning på Ærø", "Jeg skal flytte på lørdag.")
    assert mail.nature == Nature.PERSON and mail.bounce is None and mail.files == ()


def test_an_empty_mail_is_still_a_mail_from_its_envelope_sender():
    mail = read(b"")
    assert (mail.author, mail.text, mail.subject) == ("ida@borger.example", "", "")


def test_text_without_any_header_is_read():
    assert read(b"\r\nHej, jeg har tabt min noegle.\r\n").text == "Hej, jeg har tabt min noegle."


@pytest.mark.parametrize(
    "charset", ["utf-8", "iso-8859-1", "windows-1252", "x-unknown", "zlib_codec", "", "us-ascii", "utf_8_sig"]
)
def test_danish_letters_survive_a_wrong_or_unknown_character_set(charset: str):
    for codec in ("utf-8", "cp1252"):
        mail = read(head(f"Content-Type: text/plain; charset={charset}", body="Rødgrød på ål".encode(codec)))
        assert "Rødgrød på ål" in mail.text or charset in {"iso-8859-1", "windows-1252"}


def test_eight_bit_headers_as_they_are_come_through():
    assert (
        read("From: ida@borger.example\r\nSubject: Blæsevejr på Fanø\r\n\r\nHej".encode()).subject
        == "Blæsevejr på Fanø"
    )
    assert read("From: ida@borger.example\r\nSubject: Blæst\r\n\r\nHej".encode("cp1252")).subject == "Blæst"


def test_encoded_names_in_headers_and_files_are_decoded():
    raw = head(
        "Subject: =?utf-8?B?TWluIMOlYW5z?= =?utf-8?Q?=C3=B8gning?=",
        "MIME-Version: 1.0",
        'Content-Type: application/pdf; name="x.pdf"',
        "Content-Disposition: attachment; filename*=utf-8''bl%C3%A5b%C3%A6r%20bilag.pdf",
        body=b"%PDF-1.4",
    )
    mail = read(raw)
    assert mail.subject == "Min åansøgning"
    assert [(file.name, file.content) for file in mail.files] == [("blåbær bilag.pdf", b"%PDF-1.4")]


@pytest.mark.parametrize("name", ["../../etc/passwd", "C:\\\\sti\\\\passwd", "/passwd", "pas\tswd", "\u202epasswd"])
def test_a_file_name_never_holds_a_path_or_a_trick(name: str):
    raw = head(f'Content-Type: application/octet-stream; name="{name}"', body=b"x")
    assert read(raw).files[0].name in {"passwd", "pas swd"}


def test_html_only_becomes_text_and_safe_html():
    html = (
        "<html><head><style>p{color:red}</style><title>t</title></head><body onload=alert(1)><p>Hej <b>kommune</b></p>"
        '<img src="https://sporing.example/1.gif"><script>alert(1)</script><a href="https://side.example/x">se her</a>'
        '<a href="javascript:alert(1)">nej</a><iframe src="//ond.example"></iframe>'
        "<ul><li>et</li><li>to</li></ul></body>"
    )
    mail = read(head("Content-Type: text/html; charset=utf-8", body=html.encode()))
    assert mail.text.startswith("Hej kommune")
    assert "se her (https://side.example/x)" in mail.text and "- et\n- to" in mail.text
    for bad in ("<img", "script", "onload", "iframe", "style", "sporing"):
        assert bad not in mail.html.lower()
    assert 'rel="noopener noreferrer"' in mail.html


def test_html_nested_without_end_is_shown_as_plain_words():
    mail = read(head("Content-Type: text/html", body=b"<div>" * 50_000 + b"hej"))
    assert (mail.text, mail.html) == ("hej", "")


def test_plain_text_wins_over_html_and_both_are_kept():
    message = EmailMessage()
    message["From"] = "ida@borger.example"
    message.set_content("den rene tekst")
    message.add_alternative("<p>den <i>pæne</i> tekst</p>", subtype="html")
    mail = read(message.as_bytes())
    assert mail.text == "den rene tekst" and "<i>pæne</i>" in mail.html and mail.files == ()


def test_attachments_of_25_megabytes_and_zip_bombs_are_kept_as_they_are():
    bomb = b"PK\x03\x04" + b"\0" * 1000
    big = random.Random(1).randbytes(18_000_000)
    message = EmailMessage()
    message["From"] = "ida@borger.example"
    message.set_content("se bilag")
    message.add_attachment(bomb, maintype="application", subtype="zip", filename="42.zip")
    message.add_attachment(big, maintype="application", subtype="octet-stream", filename="stor.bin")
    message.add_attachment(b"\x78\x9f\x3e\x22", maintype="application", subtype="ms-tnef", filename="winmail.dat")
    mail = read(message.as_bytes())
    assert [(f.name, len(f.content)) for f in mail.files] == [
        ("42.zip", 1004),
        ("stor.bin", 18_000_000),
        ("winmail.dat", 4),
    ]
    assert mail.files[1].content == big


def test_a_file_too_large_to_keep_is_named_to_the_reader():
    raw = head(
        'Content-Disposition: attachment; filename="film.bin"',
        "Content-Type: video/mp4",
        body=b"x" * (LARGEST_FILE + 1),
    )
    mail = read(raw)
    assert mail.files == () and "film.bin" in mail.remarks[0]


def test_an_attached_mail_is_a_file_and_not_part_of_the_words():
    inner = make_mail(text="hemmelig indre tekst", subject="Den indre")
    message = EmailMessage()
    message["From"] = "ida@borger.example"
    message.set_content("videresendt")
    message.add_attachment(inner, maintype="application", subtype="octet-stream", filename="x.eml")
    message.replace_header("Content-Type", message["Content-Type"])
    forwarded = message.as_bytes().replace(b"application/octet-stream", b"message/rfc822").replace(b"base64", b"7bit")
    mail = read(forwarded)
    assert mail.text == "videresendt" and mail.files[0].name == "x.eml"


@pytest.mark.parametrize(
    "body",
    [
        b"--x\r\nContent-Type: text/plain\r\n\r\nuden slutning",
        b"--x\r\n\r\nuden slutning",
        b"uden slutning, ingen dele",
        b"--x\r\nContent-Type: text/plain\r\nContent-Transfer-Encoding: base64\r\n\r\ndWRlbiBzbHV0bmluZw=\r\n--x--",
        b"--x\r\nContent-Type: text/plain\r\nContent-Transfer-Encoding: vroevl\r\n\r\nuden slutning\r\n--x--",
    ],
)
def test_broken_parts_are_read_as_far_as_they_go(body: bytes):
    assert "uden slutning" in read(head('Content-Type: multipart/mixed; boundary="x"', body=body)).text


@pytest.mark.parametrize(
    "kind",
    ["multipart/mixed", "multipart/", "text", ";;;", "text/plain; charset", "multipart/mixed; boundary=", "x" * 5000],
)
def test_nonsense_content_types_lose_no_words(kind: str):
    mail = read(head(f"Content-Type: {kind}", body=b"stadig her"))
    assert "stadig her" in mail.text or any(b"stadig her" in file.content for file in mail.files)


def test_nesting_beyond_reason_waits_for_a_person():
    raw = b"From: a@b.example\r\n" + b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n) for n in range(3_000)
    )
    with pytest.raises(Unreadable):
        read(raw)


def test_deep_but_possible_nesting_is_read():
    raw = b"From: a@b.example\r\n" + b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n) for n in range(80)
    )
    assert read(raw + b"\r\ninderst").text == "inderst"


def test_thousands_of_parts_wait_for_a_person():
    with pytest.raises(Unreadable):
        read(head("Content-Type: multipart/mixed; boundary=x", body=b"--x\r\n\r\na\r\n" * 3_000))


def test_noise_that_is_no_mail_waits_for_a_person():
    with pytest.raises(Unreadable):
        read(bytes(range(256)) * 50)


def test_nul_bytes_and_half_characters_never_reach_the_database():
    mail = read(head("Subject: a\x00b =?utf-16?B?ANg=?=", body="hej \x00du \ud800".encode("utf-8", "surrogatepass")))
    for text in (mail.subject, mail.text, mail.author):
        assert "\x00" not in text
        text.encode()


def test_a_header_cannot_smuggle_another():
    mail = read(head("Subject: =?utf-8?B?SGVqDQpCY2M6IG9uZEBlcy5leGFtcGxl?="))
    assert mail.subject == "Hej Bcc: ond@es.example"


def test_a_huge_header_does_not_stop_the_mail():
    to = ", ".join(f"p{n}@borger.example" for n in range(60_000))
    mail = read(
        head(f"To: {to}", f"X-Spor: {'x' * 2_000_000}", f"Subject: {'å' * 50_000}", f"References: {'<a@b> ' * 50_000}")
    )
    assert mail.text == "Hej" and len(mail.subject) == 500 and len(mail.references) <= 50


def test_date_nonsense_changes_nothing():
    for date in ("i går", "Thu, 99 Foo 9999 99:99:99 +9999", "0" * 5000, "Mon, 1 Jan 1601 00:00:00 -0000"):
        assert read(head(f"Date: {date}")).text == "Hej"


def test_several_senders_are_named_and_the_first_one_counts():
    mail = read(b"From: en@borger.example, to@borger.example\r\nFrom: tre@borger.example\r\n\r\nHej")
    assert mail.author == "en@borger.example" and "tre@borger.example" in mail.remarks[0]


@pytest.mark.parametrize(
    "line", ["From:", "From: <>", "From: ingen adresse", "From: undisclosed-recipients:;", "From: a@b@c d"]
)
def test_without_a_usable_sender_the_envelope_counts(line: str):
    assert read(f"{line}\r\n\r\nHej".encode()).author == "ida@borger.example"


def test_message_ids_are_found_without_their_brackets():
    mail = read(
        head("Message-ID: <a@b.example>", "In-Reply-To: <c@d> (svar)", "References: <x@y>\r\n <c@d>\r\n\t<e@f>")
    )
    assert mail.message_id == "a@b.example" and mail.references == ("c@d", "e@f", "x@y")
    assert read(head("Message-ID: uden-klammer@b.example")).message_id == "uden-klammer@b.example"


def test_a_very_long_text_goes_on_in_a_file():
    mail = read(head("Content-Type: text/plain", body=b"ord " * 200_000))
    assert len(mail.text) == 200_000 and mail.files[0].name == "hele-teksten.txt"


@pytest.mark.parametrize(
    "line",
    [
        "Auto-Submitted: auto-replied", "auto-submitted: Auto-Replied; owner-email=x", "Precedence: bulk",
        "Precedence: list", "Precedence: junk", "List-Id: <nyt.forening.example>", "X-Autoreply: yes", "X-Indgang: 1",
        "Subject: Automatisk svar: ferie", "Subject: Out of office: ferie",
        "Message-ID: <0197b5a0-1111-7000-8000-00000000aaaa@indgang.example>",
    ],
)  # fmt: skip
def test_a_machine_is_known_by_its_marks(line: str):
    assert read(head(line)).nature == Nature.MACHINE


def test_an_empty_envelope_sender_is_a_machine():
    assert read(head("Subject: x"), sender="").nature == Nature.MACHINE


@pytest.mark.parametrize("line", ["Auto-Submitted: auto-generated", "X-Auto-Response-Suppress: All"])
def test_what_a_system_writes_for_somebody_is_read_but_not_answered(line: str):
    assert read(head(line)).nature == Nature.GENERATED


def test_auto_submitted_no_is_a_person():
    assert read(head("Auto-Submitted: no")).nature == Nature.PERSON


OURS = "0197b5a0-1111-7000-8000-00000000aaaa@indgang.example"


def report(action: str = "failed", status: str = "5.1.1") -> bytes:
    return (
        "From: MAILER-DAEMON@mx.example\r\nTo: kontakt@indgang.example\r\nSubject: Undelivered Mail\r\n"
        'MIME-Version: 1.0\r\nContent-Type: multipart/report; report-type=delivery-status; boundary="r"\r\n\r\n'
        "--r\r\nContent-Type: text/plain\r\n\r\nYour mail could not be delivered.\r\n"
        "--r\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example\r\n\r\n"
        f"Final-Recipient: rfc822; ida@borger.example\r\nAction: {action}\r\nStatus: {status}\r\n\r\n"
        f"--r\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: <{OURS}>\r\nSubject: Svar\r\n\r\n--r--\r\n"
    ).encode()


def test_a_standard_bounce_names_our_mail_and_its_recipient():
    bounce = read(report(), sender="").bounce
    assert bounce is not None and bounce.final
    assert (bounce.original_ids, bounce.recipient, bounce.status) == ((OURS,), "ida@borger.example", "5.1.1")


def test_a_delay_is_no_bounce_yet():
    bounce = read(report("delayed", "4.4.1"), sender="").bounce
    assert bounce is not None and not bounce.final


def test_a_bounce_with_the_whole_mail_inside_is_understood():
    raw = report().replace(b"text/rfc822-headers", b"message/rfc822")
    bounce = read(raw, sender="").bounce
    assert bounce is not None and bounce.original_ids == (OURS,)


def test_a_home_made_bounce_is_understood():
    raw = (
        "From: Mail Delivery System <mailer-daemon@gammel.example>\r\nSubject: failure notice\r\n\r\n"
        f"Sorry. 550 5.1.1 no such user\r\n--- Below ---\r\nMessage-ID: <{OURS}>\r\n"
    )
    bounce = read(raw.encode(), sender="").bounce
    assert bounce is not None and bounce.final and bounce.original_ids == (OURS,) and bounce.status == "5.1.1"


def test_a_mail_about_undelivered_post_from_a_person_is_no_bounce():
    assert read(head("Subject: Mit brev kunne ikke afleveres")).bounce is None


def test_the_same_mail_sent_again_has_the_same_content_though_its_wrapping_differs():
    once = read(make_mail(text="hej", message_id="1@borger.example", boundary="aaa"))
    again = read(b"Received: from x by y\r\n" + make_mail(text="hej", message_id="1@borger.example", boundary="bbb"))
    assert content_digest(once) == content_digest(again)
    assert content_digest(once) != content_digest(read(make_mail(text="hej du")))


def test_a_thousand_damaged_mails_are_read_or_refused_and_nothing_else():
    dice = random.Random(7)
    base = bytearray(report() + make_mail(text="Rødgrød", boundary="zz"))
    for _ in range(1_000):
        raw = bytearray(base)
        for _ in range(dice.randrange(1, 40)):
            at = dice.randrange(len(raw))
            raw[at : at + dice.randrange(4)] = dice.randbytes(dice.randrange(4))
        try:
            content_digest(read(bytes(raw)))
        except Unreadable:
            continue


def test_base64_without_line_breaks_is_decoded():
    body = base64.b64encode("æøå ".encode() * 100_000)
    raw = head("Content-Type: text/plain; charset=utf-8", "Content-Transfer-Encoding: base64", body=body)
    assert read(raw).text.startswith("æøå æøå")


def test_a_colleague_is_read_but_not_answered_by_itself():
    colleague = b"From: agnes.agent@indgang.example\r\nMessage-ID: <CAB1x@indgang.example>\r\n\r\nHej"
    assert read(colleague).nature == Nature.GENERATED
