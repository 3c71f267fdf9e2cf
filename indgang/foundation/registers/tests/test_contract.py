"""What the clients make of a server that is nobody's simulator: late, cut off, other kinds, an error said with 200."""

import json
import re
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, date, datetime

import pytest
from django.test import override_settings

from indgang.foundation.journal.errors import DeliveryFailed, DeliveryRefused
from indgang.foundation.registers import outside
from indgang.foundation.registers.cpr.client import ask_cpr, person_of
from indgang.foundation.registers.income.client import ask_income, months_before, report
from indgang.foundation.registers.outside import Failure, UnknownPerson
from indgang.foundation.registers.testing import BENTE, connected_to, free_port

AT = datetime(2026, 3, 3, 9, tzinfo=UTC)
Say = Callable[[socket.socket, bytes], None]


def person(**changes: object) -> dict:
    """What the contract SF1520 says of a person; `persondata__navn=…` changes one field, None as value too."""
    answer: dict = {
        "persondata": {
            "personnummer": BENTE, "gaeldendePersonnummer": BENTE, "navn": "Bente Birkelund",
            "foedselsdato": "1990-02-02", "koen": "K", "antalBoernUnder18": 1, "status": "01", "doedsdato": None,
            "civilstand": {"civilstandskode": "G", "aegtefaellePersonnummer": None}, "statsborgerskab": "Danmark",
            "umyndiggoerelse": False, "adressebeskyttelse": {"beskyttet": False, "startdato": None, "slutdato": None},
            "tilmeldtNemsms": True, "tilmeldtDigitalpost": True,
        },
        "adresse": {
            "kommunekode": "0101", "vejadresseringsnavn": "Lanternens Allé", "husnummer": "4", "etage": "2",
            "sidedoer": "th", "postnummer": "2500", "postdistrikt": "Valby", "tilflytningsdato": "2020-01-01",
        },
        "relationer": {"foraeldremyndighed": [], "boern": [], "vaerge": None},
    }  # fmt: skip
    for path, value in changes.items():
        part, _, name = path.partition("__")
        if name:
            answer[part][name] = value
        else:
            answer[part] = value
    return answer


def answers(body: object, status: str = "200 OK") -> Say:
    content = body if isinstance(body, bytes) else json.dumps(body).encode()

    def say(connection: socket.socket, asked: bytes) -> None:
        head = f"HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: {len(content)}\r\n\r\n"
        connection.sendall(head.encode() + content)

    return say


def asked_of(connection: socket.socket) -> bytes:
    """A whole request: who closes with some of it unread takes the answer away from the caller, too."""
    asked = connection.recv(65_536)
    while b"\r\n\r\n" not in asked and (more := connection.recv(65_536)):
        asked += more
    head, _, body = asked.partition(b"\r\n\r\n")
    found = re.search(rb"content-length: (\d+)", head, re.IGNORECASE)
    wanted = int(found[1]) if found else 0
    while len(body) < wanted and (more := connection.recv(65_536)):
        body += more
    return head + b"\r\n\r\n" + body


@contextmanager
def server(*sayings: Say) -> Iterator[list[bytes]]:
    """One saying for each connection in turn, the last for all that follow; what was asked is kept."""
    heard: list[bytes] = []
    listening = socket.create_server(("127.0.0.1", 0))

    def serve(connection: socket.socket, say: Say) -> None:
        with connection, suppress(OSError):
            heard.append(asked := asked_of(connection))
            say(connection, asked)

    def accept() -> None:
        number = 0
        with suppress(OSError):
            while True:
                connection, _ = listening.accept()
                say = sayings[min(number, len(sayings) - 1)]
                number += 1
                threading.Thread(target=serve, args=(connection, say), daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    place = connected_to(f"http://127.0.0.1:{listening.getsockname()[1]}")
    try:
        with override_settings(REGISTERS={"cpr": place, "income": place}):
            yield heard
    finally:
        listening.close()


def fault_of(say: Say, seconds: float = 2.0) -> str:
    with server(say), pytest.raises(Failure) as failed:
        ask_cpr(BENTE, AT, seconds)
    return failed.value.fault


def test_a_person_is_read_field_by_field() -> None:
    with server(answers(person())) as heard:
        found = person_of(BENTE)
    assert (found.name, found.born, found.house, found.moved_in) == (
        "Bente Birkelund", date(1990, 2, 2), "4, 2. th", date(2020, 1, 1),
    )  # fmt: skip
    assert heard[0].startswith(b"POST /personbasedata ") and b"Bearer noegle-til-proeven" in heard[0]
    assert BENTE.encode() not in heard[0].split(b"\r\n\r\n")[0]  # never in an address or a head


@pytest.mark.parametrize(
    "changed",
    [
        {"persondata__navn": None}, {"persondata__navn": 17}, {"persondata__navn": "x" * 1000},
        {"persondata__navn": "Bente \ud800"}, {"persondata__antalBoernUnder18": 10**400},
        {"persondata__status": "02"}, {"persondata__status": 1}, {"persondata__foedselsdato": "2. februar"},
        {"persondata__antalBoernUnder18": "1"}, {"persondata__antalBoernUnder18": True},
        {"persondata__umyndiggoerelse": "nej"}, {"persondata__adressebeskyttelse": None},
        {"persondata__adressebeskyttelse": {"beskyttet": "nej"}}, {"persondata": []}, {"adresse": None},
        {"relationer__boern": {}}, {"relationer__boern": ["0505151113"]}, {"persondata__civilstand": "gift"},
    ],
)  # fmt: skip
def test_one_field_of_another_kind_and_the_whole_answer_counts_for_nothing(changed) -> None:
    assert fault_of(answers(person(**changed))) == "malformed"


def test_protection_that_is_not_said_is_never_taken_for_none() -> None:
    said = person()
    del said["persondata"]["adressebeskyttelse"]
    assert fault_of(answers(said)) == "malformed"


def test_an_answer_about_somebody_else_is_not_used() -> None:
    assert fault_of(answers(person(persondata__personnummer="0101801112"))) == "wrong_person"


@pytest.mark.parametrize(
    ("say", "fault"),
    [
        (answers(b"<html>lukket</html>"), "malformed"), (answers(b"\xff\xfe"), "malformed"),
        (answers(b""), "malformed"),
        (answers([]), "malformed"), (answers(None), "malformed"), (answers(b"[" * 100_000), "malformed"),
        (answers({"fejlkode": "LUKKET"}), "malformed"), (answers(b"x" * 2_100_000), "too_long"),
        (answers({"fejlkode": "LUKKET"}, "503 Service Unavailable"), "status_503"),
        (answers(b"<html>", "502 Bad Gateway"), "status_502"), (answers({}, "404 Not Found"), "status_404"),
        (answers({}, "401 Unauthorized"), "refused"), (answers({}, "302 Found"), "status_302"),
        (lambda connection, asked: connection.sendall(b"noget helt andet\r\n\r\n"), "unreachable"),
        (lambda connection, asked: None, "unreachable"),
        (lambda connection, asked: connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{"), "unreachable"),
    ],
)  # fmt: skip
def test_every_kind_of_nonsense_is_a_fault_with_a_name(say, fault) -> None:
    assert fault_of(say) == fault


def test_who_sends_a_byte_now_and_then_is_not_waited_for_without_end() -> None:
    def drip(connection: socket.socket, asked: bytes) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n")
        for _ in range(100):
            connection.sendall(b" ")
            time.sleep(0.1)

    assert fault_of(drip, seconds=0.5) == "timeout"  # to its end it would have been an answer cut off


def test_a_number_the_register_does_not_know_is_no_fault() -> None:
    with server(answers({"fejlkode": "PNR_UKENDT"}, "404 Not Found")), pytest.raises(UnknownPerson):
        ask_cpr(BENTE, AT, 2)


def test_nobody_listens() -> None:
    place = connected_to(f"http://127.0.0.1:{free_port()}")
    with override_settings(REGISTERS={"cpr": place}), pytest.raises(Failure, match="unreachable"):
        ask_cpr(BENTE, AT, 2)


def test_a_certificate_nobody_vouches_for_is_refused(tmp_path) -> None:
    import ssl
    import subprocess

    made = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "k.pem", "-out", "c.pem"]
    subprocess.run([*made, "-days", "2", "-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"],
                   cwd=tmp_path, check=True, capture_output=True)  # fmt: skip
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "c.pem", tmp_path / "k.pem")
    listening = socket.create_server(("127.0.0.1", 0))

    def accept() -> None:
        while listening.fileno() >= 0:
            # A caller who refuses the certificate may hang up in the middle of the handshake.
            with suppress(OSError), context.wrap_socket(listening.accept()[0], server_side=True) as connection:
                asked_of(connection)
                answers(person())(connection, b"")

    threading.Thread(target=accept, daemon=True).start()
    url = f"https://127.0.0.1:{listening.getsockname()[1]}"
    with override_settings(REGISTERS={"cpr": connected_to(url)}), pytest.raises(Failure, match="certificate"):
        ask_cpr(BENTE, AT, 3)
    with override_settings(REGISTERS={"cpr": connected_to(url, ca=str(tmp_path / "c.pem"))}):
        assert ask_cpr(BENTE, AT, 3)["name"] == "Bente Birkelund"
    listening.close()


def test_a_connection_is_used_again_and_an_old_one_is_made_anew() -> None:
    outside._idle.clear()
    with server(answers(person())) as heard:
        for _ in range(3):
            assert ask_cpr(BENTE, AT, 2)["name"] == "Bente Birkelund"  # the server hangs up each time
    assert len(heard) == 3


def test_six_whole_months_before() -> None:
    assert months_before(AT) == ("2025-09", "2026-02")
    assert months_before(datetime(2026, 12, 31, 23, 30, tzinfo=UTC)) == ("2026-07", "2026-12")  # January in Copenhagen


def assessment(**changes: object) -> dict:
    whole = {"personnummer": BENTE, "indkomstaar": 2026, "loenindkomst": 300_000, "pensionsindkomst": 0,
             "kapitalindkomst": -1_000, "formue": 5, "skattepligtigIndkomst": 275_000}  # fmt: skip
    return whole | changes


def paid(*rows: tuple[str, object]) -> dict:
    made = [{"maaned": month, "virksomhed": "Bageriet Regnbuen", "aIndkomst": amount} for month, amount in rows]
    return {"personnummer": BENTE, "indkomster": made}


def test_income_is_the_years_assessment_and_six_months() -> None:
    months = paid(("2026-02", 30_000.4), ("2025-09", 24_000))
    with server(answers(assessment()), answers(months)):
        facts = ask_income(BENTE, AT, 2)
    assert (facts["salary"], facts["capital_income"], facts["monthly_average"]) == (300_000, -1_000, 9_000)
    assert facts["months"] == (("2025-09", "Bageriet Regnbuen", 24_000), ("2026-02", "Bageriet Regnbuen", 30_000))


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (assessment(loenindkomst="300000"), paid()), (assessment(loenindkomst=None), paid()),
        (assessment(indkomstaar=2025), paid()), (assessment(personnummer="0101801112"), paid()),
        (assessment(), paid(("2026-03", 1))), (assessment(), paid(("2026-02", float("nan")))),
        (assessment(), {**paid(), "personnummer": "0101801112"}), (assessment(), {"personnummer": BENTE}),
    ],
)  # fmt: skip
def test_half_an_income_is_no_income(first, second) -> None:
    with server(answers(first), answers(second)), pytest.raises(Failure):
        ask_income(BENTE, AT, 2)


@pytest.mark.parametrize(
    ("say", "ending"),
    [
        (answers({"noegle": "k-1"}, "202 Accepted"), DeliveryFailed),
        (answers({"noegle": "k-2", "kvittering": "K-1"}, "202 Accepted"), DeliveryFailed),
        (answers({"fejlkode": "FORKERT"}, "422 Unprocessable"), DeliveryRefused),
        (answers({"fejlkode": "PNR_UKENDT"}, "404 Not Found"), DeliveryRefused),
        (answers({"fejlkode": "INTERN"}, "500 Oh"), DeliveryFailed), (answers(b"tak"), DeliveryFailed),
    ],
)  # fmt: skip
def test_a_report_is_tried_again_or_given_up(say, ending) -> None:
    with server(say), pytest.raises(ending):
        report(BENTE, "k-1", 2026, {"salary": 1})
