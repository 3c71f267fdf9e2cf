"""The contract with the printer: taken, refused, slow, wrong, cut off, down; the simulator over real HTTP."""

import base64
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from django.test import override_settings

from indgang.foundation.journal.errors import DeliveryFailed, DeliveryRefused
from indgang.foundation.registers.services import PrintOrder, order_print
from indgang.foundation.registers.testing import Printer, free_port, simulated_printer

ORDER = PrintOrder(
    "k-1", "K7M2-42PX", "Bente Birkelund\nVejen 1\n2500 Valby", "flytning", "Flytteanmeldelse", "Her er den"
)

PDF = b"%PDF-1.7\n\xe2\xe3 a letter of two pages"


@pytest.fixture
def printer(tmp_path: Path) -> Iterator[Printer]:
    with simulated_printer(tmp_path) as outside:
        yield outside


def test_a_letter_is_ordered_once_however_often_it_is_sent(printer: Printer) -> None:
    assert order_print(ORDER) == order_print(ORDER)
    kept = printer.orders()
    assert [(one["key"], one["address"]) for one in kept] == [("k-1", ORDER.address)]


def test_two_letters_have_two_numbers(printer: Printer) -> None:
    assert order_print(ORDER) != order_print(replace(ORDER, key="k-2"))


def test_danish_letters_arrive_as_they_were_written(printer: Printer) -> None:
    order_print(replace(ORDER, text="Æblegrød på Øen å"))
    assert printer.orders()[0]["text"] == "Æblegrød på Øen å"


@pytest.mark.parametrize("mode", ["fail", "down", "garbage", "wrong", "drop_after_order"])
def test_what_may_succeed_later_is_tried_again_and_prints_one_letter(printer: Printer, mode: str) -> None:
    printer.behave(mode, count=1)
    with pytest.raises(DeliveryFailed):
        order_print(ORDER)
    order_print(ORDER)
    assert len(printer.orders()) == 1


def test_a_slow_printer_is_not_waited_for_without_end(printer: Printer) -> None:
    printer.behave("slow", seconds=1.5, count=1)
    with pytest.raises(DeliveryFailed):
        order_print(ORDER, timeout=0.2)


def test_a_letter_the_printer_will_not_take_is_given_up_at_once(printer: Printer) -> None:
    printer.behave("refuse", count=1)
    with pytest.raises(DeliveryRefused):
        order_print(ORDER)
    with pytest.raises(DeliveryRefused):
        order_print(replace(ORDER, address="Bente"))
    assert printer.orders() == []


def test_a_printer_that_is_not_there_is_tried_again() -> None:
    with override_settings(PRINT_URL=f"http://127.0.0.1:{free_port()}"), pytest.raises(DeliveryFailed):
        order_print(ORDER, timeout=2)


def test_a_finished_letter_arrives_byte_for_byte(printer: Printer) -> None:
    order_print(replace(ORDER, file=PDF))
    assert base64.b64decode(printer.orders()[0]["file"]) == PDF


def test_what_is_no_pdf_is_not_printed(printer: Printer) -> None:
    with pytest.raises(DeliveryRefused):
        order_print(replace(ORDER, file=b"<html>"))
    assert printer.orders() == []


def test_the_same_finished_letter_twice_is_one_letter(printer: Printer) -> None:
    printer.behave("drop_after_order", count=1)
    with pytest.raises(DeliveryFailed):
        order_print(replace(ORDER, file=PDF))
    order_print(replace(ORDER, file=PDF))
    assert len(printer.orders()) == 1
