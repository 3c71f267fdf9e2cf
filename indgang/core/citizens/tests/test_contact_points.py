"""How mail addresses, phones and CPR numbers are written down."""

import pytest

from indgang.core.citizens.values import masked_cpr, normal_cpr, normal_mail, normal_phone


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (" Bente@Borger.EXAMPLE ", "bente@borger.example"),
        ("bente@borger.example\r\nBcc: alle@borger.example", "bente@borger.examplebcc:alle@borger.example"),
        ("", ""),
    ],
)
def test_a_mail_address_is_trimmed_lowered_and_one_line(typed: str, kept: str) -> None:
    assert normal_mail(typed) == kept


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("00 00 12 34", "00001234"),
        ("+45 00 00 12 34", "00001234"),
        ("0045 00001234", "00001234"),
        ("+46 70 000 00 00", "+46700000000"),
        ("ring efter kl. 16", "16"),
        ("", ""),
    ],
)
def test_a_phone_number_is_digits(typed: str, kept: str) -> None:
    assert normal_phone(typed) == kept


@pytest.mark.parametrize("typed", ["0202901234", "020290-1234", " 020290 1234 "])
def test_a_cpr_number_is_ten_digits_however_it_is_typed(typed: str) -> None:
    assert normal_cpr(typed) == "0202901234"


@pytest.mark.parametrize("typed", ["", "310290-1234", "02029012", "02029012345", "０２０２９０１２３４", "abc"])
def test_an_impossible_cpr_number_is_none(typed: str) -> None:
    assert normal_cpr(typed) is None


def test_on_screens_the_serial_is_hidden() -> None:
    assert masked_cpr("0101901234") == "010190-••••"
    assert masked_cpr(None) == ""
