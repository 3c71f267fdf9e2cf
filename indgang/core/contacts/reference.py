"""References a person can say over the phone: eight characters, the last one checks the rest. Pure."""

import secrets

from stdnum import luhn
from stdnum.exceptions import ValidationError

ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # without 0 1 I L O U, which are misheard or misread
LENGTH = 8
SPACE = len(ALPHABET) ** (LENGTH - 1)


def new() -> str:
    """A reference nobody can guess from another."""
    return from_number(secrets.randbelow(SPACE))


def from_number(number: int) -> str:
    """The reference of a number below SPACE; different numbers have different references."""
    body = ""
    for _ in range(LENGTH - 1):
        number, index = divmod(number, len(ALPHABET))
        body += ALPHABET[index]
    return body + str(luhn.calc_check_digit(body, ALPHABET))


def compact(text: str) -> str:
    """What was typed, without the spaces, hyphens and brackets people add."""
    return "".join(c for c in text.upper() if c.isalnum())


def is_valid(text: str) -> bool:
    """Whether this is a reference without a slip: length, alphabet and check character."""
    typed = compact(text)
    if len(typed) != LENGTH or any(c not in ALPHABET for c in typed):
        return False
    try:
        luhn.validate(typed, ALPHABET)
    except ValidationError:
        return False
    return True


def grouped(reference: str) -> str:
    """As screens and mails show it: "K7M2-42PX"."""
    return f"{reference[:4]}-{reference[4:]}"
