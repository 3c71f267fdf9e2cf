"""What the ports to outside registers take and give."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import TextChoices

from indgang.foundation.access.values import Role

SEES_PROTECTED = (Role.CASEWORKER, Role.ADVISER)  # whose work needs a protected address

IncomeRow = tuple[str, str, int]  # month "2026-02", employer, kroner
FactValue = str | int | bool | date | None | tuple[IncomeRow, ...]


class Freshness(TextChoices):
    """How good an answer is."""

    FRESH = "fresh", "Svar fra registret"
    STALE = "stale", "Tidligere svar"
    UNAVAILABLE = "unavailable", "Intet svar"


class FactKind(TextChoices):
    """What a fact is, so that it can be shown."""

    TEXT = "text"
    DATE = "date"
    AMOUNT = "amount"  # whole kroner
    NUMBER = "number"
    FLAG = "flag"
    STATUS = "status"  # of a CPR number
    CIVIL_STATUS = "civil_status"
    INCOMES = "incomes"  # rows of month, employer, kroner


@dataclass(frozen=True)
class Fact:
    """One thing a register knows about a person."""

    code: str
    name: str
    name_en: str
    kind: FactKind = FactKind.TEXT
    protected: bool = False  # hidden where name and address are protected and the viewer's work does not need them


@dataclass(frozen=True)
class Source:
    """A register that can be asked about a person."""

    code: str
    name: str
    name_en: str
    facts: tuple[Fact, ...]
    legal_basis: str
    timeout: float  # seconds one question may take, whoever waits
    stale_after: timedelta  # changes not read for so long: the register is not followed any more
    keep: timedelta  # how long the last answer about a person is kept


@dataclass(frozen=True)
class Subject:
    """Whom a register is asked about; citizens makes it. Empty number: no register can be asked."""

    id: UUID
    cpr: str = field(repr=False)
    protected_until: date | None = None  # name and address, as we know it: also what was kept before is masked then


@dataclass(frozen=True)
class FactLine:
    """A fact in words."""

    code: str
    name: str
    value: str
    masked: bool = False


@dataclass(frozen=True)
class Answer:
    """What a register says about a person, or what it said last, or why there is nothing."""

    source: Source
    state: Freshness
    facts: Mapping[str, FactValue]
    as_of: datetime | None
    age: timedelta | None
    sentence: str  # empty when there is nothing to say about it
    masked: tuple[str, ...] = ()  # codes of facts hidden from this viewer
    known: bool = True  # the register does not know the number

    @property
    def is_fresh(self) -> bool:
        return self.state == Freshness.FRESH

    @property
    def is_stale(self) -> bool:
        return self.state == Freshness.STALE

    @property
    def is_unavailable(self) -> bool:
        return self.state == Freshness.UNAVAILABLE


class ChangeKind(TextChoices):
    """What a register says has happened to a person."""

    MOVED = "moved", "Flyttet"
    DIED = "died", "Død"
    RENAMED = "renamed", "Nyt navn"
    PROTECTION_SET = "protection_set", "Navne- og adressebeskyttet"
    PROTECTION_LIFTED = "protection_lifted", "Ikke længere beskyttet"
    CHILD_BORN = "child_born", "Fået barn"
    MARRIED = "married", "Gift"
    DIVORCED = "divorced", "Skilt"
    INCOME_CHANGED = "income_changed", "Ændret indkomst"


@dataclass(frozen=True)
class Change:
    """One line of a register's feed."""

    number: int
    kind: str  # a ChangeKind, or a word of the register we do not know
    cpr: str = field(repr=False)
    other: str = field(default="", repr=False)  # the child born; the spouse


@dataclass(frozen=True)
class CprPerson:
    """A person as CPR has them."""

    cpr: str = field(repr=False)
    name: str
    born: date | None
    sex: str
    status: str  # "01" … "90"
    civil_status: str
    citizenship: str
    street: str
    house: str  # number, floor and door as our addresses have them: "4, 2. th"
    care_of: str
    postcode: str
    city: str
    municipality: str
    moved_in: date | None
    protected: bool
    protected_until: date | None
    incapacitated: bool
    guardian: str = field(repr=False)
    spouse: str = field(repr=False)
    children: tuple[str, ...] = field(repr=False)
    custodians: tuple[str, ...] = field(repr=False)
    children_under_18: int
    digital_post: bool
    died: date | None

    @property
    def is_dead(self) -> bool:
        return self.status == "90"


@dataclass(frozen=True)
class TownPerson:
    """An invented person as the simulated registers of a demo town know them."""

    cpr: str
    name: str
    born: date
    street: str
    house: str
    postcode: str
    city: str
    municipality: str
    protected_until: date | None = None
    spouse: str = ""
    children: tuple[str, ...] = ()
    custodians: tuple[str, ...] = ()
    guards: tuple[str, ...] = ()  # of whom this person is the guardian


@dataclass(frozen=True)
class Unwell:
    """A register that does not work as it should."""

    source: str
    fault: str
    since: datetime
