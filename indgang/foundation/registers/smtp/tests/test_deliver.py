import smtplib
import socket
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from django.test import override_settings

from indgang.foundation.journal.errors import DeliveryFailed, DeliveryRefused
from indgang.foundation.registers.services import deliver
from indgang.foundation.registers.smtp.simulator import Simulator
from indgang.foundation.registers.testing import Outside, email_to, free_port, simulated_mail_server

MAIL = (
    b"From: kontakt@indgang.example\r\nTo: ida@borger.example\r\nSubject: =?utf-8?q?Svar_p=C3=A5_din_mail?=\r\n"
    b"Message-ID: <1@indgang.example>\r\n\r\nHej\r\n.en linje med punktum\r\n"
)
FROM, TO = "kontakt@indgang.example", ["ida@borger.example"]


@pytest.fixture
def outside(tmp_path: Path) -> Iterator[Outside]:
    with simulated_mail_server(tmp_path) as server:
        yield server


def send(raw: bytes = MAIL, to: list[str] = TO, timeout: float = 5) -> None:
    deliver(raw, sender=FROM, recipients=to, timeout=timeout)


def test_a_mail_arrives_byte_for_byte(outside: Outside) -> None:
    send()
    [mail] = outside.mails()
    assert outside.raw(mail["id"]) == MAIL
    assert (mail["from"], mail["to"], mail["message_id"]) == (FROM, TO, "1@indgang.example")
    assert mail["subject"] == "Svar på din mail"


def test_a_mail_with_danish_letters_as_they_are_arrives(outside: Outside) -> None:
    send(MAIL + "Rødgrød med fløde\r\n".encode())
    assert "Rødgrød".encode() in outside.raw(outside.mails()[0]["id"])


def test_an_unknown_recipient_is_refused_for_good(outside: Outside) -> None:
    with pytest.raises(DeliveryRefused):
        send(to=["ukendt@borger.example"])
    assert outside.mails() == []


def test_a_mail_larger_than_the_far_side_takes_is_refused_for_good(outside: Outside) -> None:
    with pytest.raises(DeliveryRefused):
        send(MAIL + b"x" * 76 * 420_000, timeout=30)


def test_a_server_that_refuses_everything_is_final(outside: Outside) -> None:
    outside.behave("refuse", count=1)
    with pytest.raises(DeliveryRefused):
        send()
    send()
    assert len(outside.mails()) == 1


@pytest.mark.parametrize("mode", ["tempfail", "down"])
def test_a_server_with_a_passing_problem_is_tried_again(outside: Outside, mode: str) -> None:
    outside.behave(mode, count=1)
    with pytest.raises(DeliveryFailed):
        send()
    send()
    assert len(outside.mails()) == 1


def test_a_slow_server_is_given_up_on_in_time_and_tried_again(outside: Outside) -> None:
    outside.behave("slow", seconds=30, count=1)
    with pytest.raises(DeliveryFailed):
        send(timeout=0.5)


def test_a_connection_cut_after_the_mail_is_tried_again_under_the_same_message_id(outside: Outside) -> None:
    outside.behave("drop_after_data", count=1)
    with pytest.raises(DeliveryFailed):
        send()
    send()
    assert {mail["message_id"] for mail in outside.mails()} == {"1@indgang.example"}


def test_no_server_at_all_is_tried_again() -> None:
    with override_settings(EMAIL=email_to(free_port())), pytest.raises(DeliveryFailed):
        send()


def test_a_login_that_is_wrong_never_refuses_the_mail_itself(outside: Outside) -> None:
    email = email_to(outside.smtp_port, username="indgang", password="forkert")
    with override_settings(EMAIL=email), pytest.raises(DeliveryFailed):
        send()


def test_the_simulator_keeps_its_mails_over_a_restart(tmp_path: Path) -> None:
    with simulated_mail_server(tmp_path) as first:
        send()
        first.behave("tempfail", count=5)
    with simulated_mail_server(tmp_path) as second:
        assert len(second.mails()) == 1
        with pytest.raises(DeliveryFailed):
            send()
        second.clear()
        assert second.mails() == []


def test_the_simulator_refuses_a_behaviour_it_does_not_know(tmp_path: Path) -> None:
    simulator = Simulator(tmp_path, smtp_port=0, http_port=0)
    simulator.start()
    with pytest.raises(OSError, match="422"):
        Outside(simulator).behave("dance")
    simulator.stop()


def far_side(*answers: bytes | None) -> int:
    """A hand-written server that gives these answers one by one, then hangs up; None keeps silent."""
    listening = socket.create_server(("127.0.0.1", 0))

    def talk() -> None:
        connection, _ = listening.accept()
        with connection, listening, suppress(ConnectionResetError):
            for answer in answers:
                if answer is None:
                    threading.Event().wait(3)
                else:
                    connection.sendall(answer)
                connection.recv(65536)

    threading.Thread(target=talk, daemon=True).start()
    return int(listening.getsockname()[1])


HELLO = (b"220 mx\r\n", b"250 mx\r\n")


@pytest.mark.parametrize(
    "answers",
    [
        (b"",),
        (None,),
        (b"HTTP/1.1 200 OK\r\n\r\n",),
        (b"421 busy\r\n",),
        (*HELLO, b"250 ok\r\n", b"250 ok\r\n", b"354"),
        (*HELLO, b"250 ok\r\n", b"250 ok\r\n", b"250 ok\r\n"),
        (*HELLO, b"250 ok\r\n", b"250 ok\r\n", b"354 go\r\n", b"999 what\r\n"),
        (*HELLO, b"250 ok\r\n", b"250 ok\r\n", b"354 go\r\n", b"25"),
        (*HELLO, b"250 ok\r\n", b"452 full\r\n", b"250 ok\r\n"),
        (*HELLO, b"\xff\xfe\r\n"),
        (b"220 " + b"x" * 20_000 + b"\r\n",),
    ],
)
def test_a_far_side_that_answers_late_truncated_or_nonsense_is_tried_again(answers: tuple[bytes | None, ...]) -> None:
    with override_settings(EMAIL=email_to(far_side(*answers))), pytest.raises(DeliveryFailed):
        send(timeout=1)


@pytest.mark.parametrize(
    "answers",
    [
        (*HELLO, b"250 ok\r\n", b"550 5.1.1 nobody\r\n", b"250 ok\r\n"),
        (*HELLO, b"250 ok\r\n", b"250 ok\r\n", b"354 go\r\n", b"554 5.7.1 spam\r\n"),
        (*HELLO, b"553 your sender is not welcome\r\n", b"250 ok\r\n"),
    ],
)
def test_a_far_side_that_says_no_to_the_mail_is_final(answers: tuple[bytes, ...]) -> None:
    with override_settings(EMAIL=email_to(far_side(*answers))), pytest.raises(DeliveryRefused):
        send(timeout=2)


def test_a_mail_that_was_taken_counts_as_sent_though_the_far_side_hangs_up_without_goodbye() -> None:
    port = far_side(*HELLO, b"250 ok\r\n", b"250 ok\r\n", b"354 go\r\n", b"250 taken\r\n")
    with override_settings(EMAIL=email_to(port)):
        send(timeout=2)


def test_the_simulator_speaks_plain_smtp_with_anybody(outside: Outside) -> None:
    with smtplib.SMTP("127.0.0.1", outside.smtp_port, timeout=5) as connection:
        assert connection.ehlo()[0] == 250
        assert connection.has_extn("smtputf8")
        assert connection.esmtp_features["size"] == str(30 * 1024 * 1024)
