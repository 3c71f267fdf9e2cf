"""How contact points and CPR numbers are written down, and what the module hands out."""

import re
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from stdnum.dk import cpr as stdnum_cpr

MASK = "••••"
PROTECTED = "Beskyttet"
_NO_DIGITS = re.compile(r"\D")
_CPR = re.compile(r"\d{10}")
_DENMARK = "45"


@dataclass(frozen=True)
class FoundPerson:
    """One hit of a search: just enough to choose the right person."""

    id: UUID
    name: str
    cpr: str  # masked
    place: str  # postcode and city; empty when protected
    protected: bool


@dataclass(frozen=True)
class PersonCard:
    """A person as an employee with a purpose may see them; protected fields are masked one by one."""

    id: UUID
    name: str
    cpr: str  # masked
    born: date | None
    street: str
    place: str
    mails: tuple[str, ...]
    phones: tuple[str, ...]
    language: str
    protected: bool
    masked: tuple[str, ...]  # names of the fields hidden from this viewer
    provisional: bool
    invented: bool
    cpr_warning: str  # the check digit does not fit; numbers without it are valid since 2007


@dataclass(frozen=True)
class DemoPerson:
    """An invented person, as demo data and simulators need them."""

    id: UUID
    name: str
    mail: str
    phone: str
    language: str
    cpr: str


def normal_mail(text: str) -> str:
    """A mail address as it is compared: trimmed, lower case, without control characters."""
    return "".join(c for c in text.strip() if c.isprintable() and not c.isspace()).lower()[:160]


def normal_phone(text: str) -> str:
    """Digits only; Danish numbers without country code, others with a leading +."""
    trimmed = text.strip()
    digits = _NO_DIGITS.sub("", trimmed)
    if digits.startswith("00") and len(digits) > 8:
        trimmed, digits = "+", digits[2:]
    if trimmed.startswith("+"):
        if digits.startswith(_DENMARK) and len(digits) == 10:
            return digits[2:]
        return f"+{digits}"[:30] if digits else ""
    return digits[:30]


def normal_cpr(text: str) -> str | None:
    """Ten digits, or None where the form or the date is impossible. The check digit is no condition."""
    digits = re.sub(r"[\s-]", "", text)
    if not _CPR.fullmatch(digits) or not digits.isascii():
        return None
    try:
        stdnum_cpr.get_birth_date(digits)
    except stdnum_cpr.InvalidComponent:
        return None
    return digits


def cpr_checks_out(digits: str) -> bool:
    """Whether the check digit fits; since 2007 numbers without it are given out too."""
    return bool(stdnum_cpr.checksum(digits) == 0)


def masked_cpr(digits: str | None) -> str:
    """As screens show it: the date of birth, never the serial."""
    return f"{digits[:6]}-{MASK}" if digits else ""
