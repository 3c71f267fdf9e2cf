"""How contact points and CPR numbers are written down, and what the module hands out."""

import calendar
import re
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import TextChoices
from stdnum.dk import cpr as stdnum_cpr
from stdnum.dk import cvr as stdnum_cvr

from indgang.foundation.runtime.services import sort_key

MASK = "••••"
PROTECTED = "Beskyttet"
_NO_DIGITS = re.compile(r"\D")
_CPR = re.compile(r"\d{10}")
_CVR = re.compile(r"\d{8}")
_DENMARK = "45"
_HOUSE = re.compile(r"(\d{1,3})\s?([a-zæøå])?(?![\wæøå])", re.I)
_ADDRESS = re.compile(
    r"(?P<street>[^\d,]*[^\W\d][^\d,]*?)[\s,]+"
    r"(?:(?P<house>\d{1,3}(?:\s?[a-zæøå])?)(?![\wæøå])(?P<floor>[^\d]*(?:\d{1,2}\.[^\d]*)?))?"
    r"(?:[\s,]*(?P<postcode>\d{4})(?P<city>\s[^\d]*)?)?",
    re.I,
)
HOME = "0101"  # the municipality's own code
OF_AGE = 18


class RepresentationRole(TextChoices):
    """By what somebody acts for a citizen."""

    ATTORNEY = "attorney", "Fuldmagt"
    PARENT = "parent", "Forældremyndighed"
    GUARDIAN = "guardian", "Værgemål"


class Relation(TextChoices):
    """What somebody of the same household is to the person."""

    SPOUSE = "spouse", "Ægtefælle"
    PARENT = "parent", "Forælder"
    CHILD = "child", "Barn"
    SIBLING = "sibling", "Søskende"
    OTHER = "other", "Samme husstand"


class Direction(TextChoices):
    """From whose side a representation is seen."""

    BY = "by", "Kan handle for borgeren"
    FOR = "for", "Borgeren kan handle for"


@dataclass(frozen=True)
class FoundPerson:
    """One hit of a search: just enough to choose the right person."""

    id: UUID
    name: str
    cpr: str  # masked
    place: str  # postcode and city; empty when protected
    protected: bool
    street: str = ""  # and house; empty when protected
    provisional: bool = False


@dataclass(frozen=True)
class FoundPage:
    """Some hits, and the cursor that leads to those after them; it says nothing about anybody."""

    rows: list[FoundPerson]
    cursor: str  # empty: there are no more
    more: bool


@dataclass(frozen=True)
class HouseholdRow:
    """Somebody who lives with the person. Whoever may not see a protected person's address gets no row of them."""

    person_id: UUID
    name: str
    relation: str  # a Relation
    protected: bool


@dataclass(frozen=True)
class RepresentationRow:
    """A representation seen from one of its two sides; the other side's name and id are masked when protected."""

    id: int
    person_id: UUID | None  # the other one; None: masked
    name: str
    role: str  # a RepresentationRole
    scope_tasks: tuple[str, ...]  # empty: every task
    valid_from: date
    valid_to: date | None
    direction: str  # a Direction
    version: int = 1


@dataclass(frozen=True)
class SpecialGroupRow:
    """Citizens with special needs of one kind, and who serves them."""

    code: str
    title: str
    unit_code: str
    unit_id: int


@dataclass(frozen=True)
class PersonFacts:
    """What routing must know about the person; nothing of it names them."""

    adviser: int | None = None  # an employee who works here today
    language: str = "da"
    interpreter: str = ""  # language
    special_group: str = ""
    specialist_unit: int | None = None


@dataclass(frozen=True)
class BusinessRow:
    """A business as lists show it."""

    id: UUID
    cvr: str
    name: str
    place: str


@dataclass(frozen=True)
class BusinessContactRow:
    """Somebody who speaks for a business; masked when they are protected."""

    id: int
    person_id: UUID | None
    name: str
    title: str
    phone: str
    mail: str


@dataclass(frozen=True)
class BusinessCard:
    """A business and those who speak for it."""

    id: UUID
    cvr: str
    name: str
    street: str
    place: str
    phone: str
    mail: str
    invented: bool
    version: int
    cvr_warning: str  # the check digit does not fit
    contacts: tuple[BusinessContactRow, ...]


@dataclass(frozen=True)
class MergeRow:
    """A merge of a provisional person into a real one."""

    id: UUID
    provisional: UUID
    into: UUID
    undone: bool


@dataclass(frozen=True)
class AddressQuery:
    """An address as somebody typed it, taken apart; parts not typed are empty."""

    street: str  # a sort key
    house: str
    floor: str
    postcode: str


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
    municipality: str = HOME
    is_other_municipality: bool = False
    interpreter: str = ""  # the language of the interpreter; empty: no need
    special_group: str = ""  # code
    special_group_title: str = ""
    adviser: int | None = None  # employee
    merged_into: UUID | None = None
    died: date | None = None
    businesses: tuple[BusinessRow, ...] = ()
    version: int = 1


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


def normal_cvr(text: str) -> str | None:
    """Eight digits not beginning with 0, or None. The check digit is no condition."""
    digits = re.sub(r"[\s-]", "", text)
    digits = digits[2:] if digits.upper().startswith("DK") else digits
    return digits if _CVR.fullmatch(digits) and digits.isascii() and digits[0] != "0" else None


def cvr_checks_out(digits: str) -> bool:
    """Whether the modulus-11 check digit fits."""
    return bool(stdnum_cvr.checksum(digits) == 0)


def address_keys(street: str, house: str) -> tuple[str, str]:
    """How an address is compared: street as a sort key, number with its letter ("12B")."""
    number = _HOUSE.match(house.strip())
    return sort_key(street)[:200], f"{number[1]}{(number[2] or '').upper()}" if number else ""


@dataclass(frozen=True)
class Near:
    """Who lives with somebody, themselves among them, and who lives a few doors away."""

    household: frozenset[UUID]
    neighbours: frozenset[UUID]


def address_query(text: str) -> AddressQuery | None:
    """ "Lanternens Allé 4, 2. th, 2500 Valby" taken apart; None where neither number nor postcode was typed."""
    found = _ADDRESS.fullmatch(text.strip())
    if found is None or not (found["house"] or found["postcode"]):
        return None
    street, house = address_keys(found["street"], found["house"] or "")
    floor = re.sub(r"[\s,]+", " ", found["floor"] or "").strip()
    return AddressQuery(street, house, floor.lower(), found["postcode"] or "") if street else None


def comes_of_age(born: date) -> date:
    """The 18th birthday; who is born on 29 February comes of age on 1 March of other years."""
    year = born.year + OF_AGE
    if (born.month, born.day) == (2, 29) and not calendar.isleap(year):
        return date(year, 3, 1)
    return born.replace(year=year)
