"""The scanner is asked by its own protocol; whatever it answers or does not, we know what to say of the file."""

import socket
import threading

import pytest

from indgang.foundation.registers.services import Verdict, has_scanner, scan_file
from indgang.foundation.registers.testing import free_port, simulated_scanner
from indgang.foundation.registers.virus.simulator import SIGNATURE

NOT_NOW = Verdict("not_scanned", again=True)


@pytest.fixture
def letter(tmp_path):
    place = tmp_path / "brev.pdf"
    place.write_bytes(b"%PDF-1.7 et brev" * 50_000)
    return place


@pytest.fixture
def scanner(tmp_path):
    with simulated_scanner(tmp_path / "scanner") as found:
        yield found


def test_a_harmless_file_is_clean_and_the_scanner_saw_all_of_it(scanner, letter):
    assert scan_file(letter) == Verdict("clean")
    [seen] = scanner.scanned()
    assert seen["size"] == letter.stat().st_size


def test_a_file_with_malware_is_refused_by_the_scanners_own_name_for_it(scanner, letter):
    letter.write_bytes(b"x" * 262_140 + SIGNATURE)  # over two pieces
    assert scan_file(letter) == Verdict("refused", "Eicar-Test-Signature")


def test_a_file_too_large_for_the_scanner_is_not_scanned_and_not_tried_again(scanner, letter):
    scanner.behave("limit")
    assert scan_file(letter) == Verdict("not_scanned")


@pytest.mark.parametrize("mode", ["down", "cut", "garbage"])
def test_a_scanner_that_fails_is_asked_again_later(scanner, letter, mode):
    scanner.behave(mode, count=1)
    assert scan_file(letter) == NOT_NOW
    assert scan_file(letter) == Verdict("clean")


def test_a_scanner_that_is_slow_is_not_waited_for(scanner, letter):
    scanner.behave("slow", seconds=3)
    assert scan_file(letter, seconds=0.3) == NOT_NOW


def test_nobody_is_asked_where_no_scanner_is_set_up(settings, letter):
    settings.SCANNER_URL = ""
    assert not has_scanner() and scan_file(letter) == Verdict("not_scanned")


def test_a_scanner_that_is_gone_is_asked_again_later(settings, letter):
    settings.SCANNER_URL = f"clamd://127.0.0.1:{free_port()}"
    assert scan_file(letter) == NOT_NOW


def test_another_server_that_talks_nonsense_is_no_clean_file(settings, letter):
    """Written by hand, not our simulator: it answers before it has heard anything, and half a line."""
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        door.listen()

        def answer():
            line, _ = door.accept()
            line.sendall(b"stream: O")
            line.close()

        thread = threading.Thread(target=answer)
        thread.start()
        settings.SCANNER_URL = f"clamd://127.0.0.1:{door.getsockname()[1]}"
        assert scan_file(letter) == NOT_NOW
        thread.join()
