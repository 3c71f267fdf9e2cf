"""What the security leader's desk hands out and takes in; everybody imports it from values."""

from dataclasses import dataclass
from datetime import datetime, time
from uuid import UUID

from django.db.models import TextChoices
from django.utils.translation import gettext

REFUSED = "refused"  # what a review is about, in place of a stated reason: looks that were refused


class ReportKind(TextChoices):
    """Why rights were changed by themselves."""

    LOWERED = "lowered", "Opgavens niveau er sat ned"
    RAISED = "raised", "Opgavens niveau er sat op"


@dataclass(frozen=True)
class ReportRow:
    """What happened to one employee's right."""

    account: int
    before: int
    after: int


@dataclass(frozen=True)
class RightsReportCard:
    """What a changed task did to the rights."""

    id: int
    at: datetime
    task: str
    old: int
    new: int
    rows: tuple[ReportRow, ...]
    seen_by: str
    seen_at: datetime | None

    @property
    def kind(self) -> str:
        """Whether the level went down or up."""
        return ReportKind.LOWERED if self.new < self.old else ReportKind.RAISED


@dataclass(frozen=True)
class InstructionCard:
    """One version of the security instruction."""

    number: int
    text: str
    text_en: str
    published_at: datetime
    published_by: str
    accepted: int = 0


@dataclass(frozen=True)
class LookQuery:
    """Which looks are wanted; empty fields ask for everything."""

    actor: str = ""
    citizen: UUID | None = None
    outcome: str = ""
    purpose: str = ""  # how it begins: "reason:", "reason:search", "contact:"
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True)
class ReviewCard:
    """A review of somebody's looks on stated reasons in a period."""

    id: int
    actor: str
    reason: str
    since: datetime
    until: datetime
    looks: int
    note: str
    reviewed_by: str
    reviewed_at: datetime


class LookRuleCode(TextChoices):
    """The rules by which looks are listed as unusual; each has a sentence the security leader can read."""

    MANY_CITIZENS = "many_citizens", "Mange borgere på kort tid"
    OUTSIDE_HOURS = "outside_hours", "Opslag uden for arbejdstiden"
    MANY_REASONS = "many_reasons", "Mange opslag uden henvendelse på en dag"
    NO_CONTACT = "no_contact", "Borgeren var der, men ingen henvendelse samme dag"
    REFUSED = "refused", "Gentagne afviste opslag på en dag"
    SAME_CITIZEN = "same_citizen", "Samme borger slået op mange gange uden henvendelse"
    OWN_HOUSEHOLD = "own_household", "Sig selv eller egen husstand"
    NEIGHBOURS = "neighbours", "Naboer (grænsen: husnumre fra egen dør)"
    COLLEAGUES = "colleagues", "Kolleger i samme enhed"


@dataclass(frozen=True)
class LookRuleCard:
    """A rule with its figures; more than `limit` within `minutes` is unusual, or a time outside `starts` to `ends`."""

    code: str
    on: bool
    limit: int
    minutes: int = 0
    starts: time | None = None
    ends: time | None = None
    version: int = 0

    @property
    def title(self) -> str:
        """Its name."""
        return gettext(LookRuleCode(self.code).label)


@dataclass(frozen=True)
class UnusualLook:
    """Something a rule found."""

    rule: str
    actor: str
    at: datetime  # the first look of it
    looks: int
    citizen: UUID | None = None

    @property
    def title(self) -> str:
        """The rule's name."""
        return gettext(LookRuleCode(self.rule).label)


@dataclass(frozen=True)
class NearPair:
    """A citizen near an employee, and the rule that says so."""

    rule: str
    actor: str
    citizen: UUID


@dataclass(frozen=True)
class DisclosureCard:
    """Data about a citizen given to others: what, to whom, for which task, on which ground of law."""

    id: UUID
    at: datetime
    citizen: UUID
    task: str
    receiver: str
    ground: str
    fields: tuple[str, ...]
    actor: str


@dataclass(frozen=True)
class KeyRow:
    """A key of a program; never the key itself."""

    id: int
    kind: str
    name: str
    owner: str  # the username of a personal one
    created_at: datetime
    revoked_at: datetime | None
    last_used_at: datetime | None


@dataclass(frozen=True)
class SwitchCard:
    """One dated setting of a rule of the municipality."""

    id: int
    code: str
    on: bool
    tasks: tuple[str, ...]
    valid_from: datetime
    set_by: str


@dataclass(frozen=True)
class FactorCard:
    """Whether an account logs in with a second factor, and whether it must."""

    account: int
    confirmed_at: datetime | None
    codes_left: int
    required: bool


@dataclass(frozen=True)
class HeldRoles:
    """The roles of an account; given by hand, a profile leaves them alone."""

    roles: tuple[str, ...]
    by_hand: bool
