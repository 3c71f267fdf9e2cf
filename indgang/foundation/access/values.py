"""Roles, rights and the viewer every selector takes."""

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.db.models import TextChoices

from indgang.foundation.access.desk_values import REFUSED as REFUSED
from indgang.foundation.access.desk_values import DisclosureCard as DisclosureCard
from indgang.foundation.access.desk_values import FactorCard as FactorCard
from indgang.foundation.access.desk_values import HeldRoles as HeldRoles
from indgang.foundation.access.desk_values import InstructionCard as InstructionCard
from indgang.foundation.access.desk_values import KeyRow as KeyRow
from indgang.foundation.access.desk_values import LookQuery as LookQuery
from indgang.foundation.access.desk_values import LookRuleCard as LookRuleCard
from indgang.foundation.access.desk_values import LookRuleCode as LookRuleCode
from indgang.foundation.access.desk_values import NearPair as NearPair
from indgang.foundation.access.desk_values import ReportKind as ReportKind
from indgang.foundation.access.desk_values import ReportRow as ReportRow
from indgang.foundation.access.desk_values import ReviewCard as ReviewCard
from indgang.foundation.access.desk_values import RightsReportCard as RightsReportCard
from indgang.foundation.access.desk_values import SwitchCard as SwitchCard
from indgang.foundation.access.desk_values import UnusualLook as UnusualLook


class Role(TextChoices):
    """The roles of staff (requirements, appendix 1)."""

    AGENT = "agent", "Kontaktcentermedarbejder"
    RECEPTIONIST = "receptionist", "Receptionist"
    CLERK = "clerk", "Servicemedarbejder ved skranke"
    CASHIER = "cashier", "Kassemedarbejder"
    BACK_OFFICE = "back_office", "Back office-medarbejder"
    PENSION_CARE = "pension_care", "P/O-medarbejder"
    SECONDED_TAX = "seconded_tax", "Udstationeret ToldSkat-medarbejder"
    CASEWORKER = "caseworker", "Sagsbehandler"
    ADVISER = "adviser", "Personlig rådgiver"
    FRONT = "front", "Frontpersonale"
    OUTREACH = "outreach", "Udgående medarbejder"
    MANAGER = "manager", "Servicecenterchef"
    SECURITY_LEADER = "security_leader", "Sikkerhedsleder"
    EDITOR = "editor", "Portalredaktør"
    TASK_OWNER = "task_owner", "Opgaveejer"
    BENEFIT_OFFICE = "benefit_office", "Ydelseskontormedarbejder"
    JOB_CENTRE = "job_centre", "Jobcentermedarbejder"
    EXECUTIVE = "executive", "Direktør"
    PROGRAMME = "programme", "Projektleder"
    AUTHORITY = "authority", "Anden myndighed"
    NATIONAL_CENTRE = "national_centre", "Nationalt kontaktcenter"
    OPERATOR = "operator", "Driftsansvarlig"


EXCLUSIVE_ROLES = frozenset({Role.JOB_CENTRE.value, Role.BENEFIT_OFFICE.value})  # one decides, the other refers
GUIDES = frozenset(  # staff who meet citizens: they inform (level 1) about what they are competent in, without more ado
    role.value
    for role in (
        Role.AGENT,
        Role.RECEPTIONIST,
        Role.CLERK,
        Role.CASHIER,
        Role.BACK_OFFICE,
        Role.PENSION_CARE,
        Role.SECONDED_TAX,
        Role.CASEWORKER,
        Role.ADVISER,
        Role.FRONT,
        Role.OUTREACH,
        Role.BENEFIT_OFFICE,
        Role.JOB_CENTRE,
        Role.NATIONAL_CENTRE,
    )
)
KEEPERS = frozenset(  # roles that give rights, lead people or run the service; a manager cannot hand them out
    role.value for role in (Role.SECURITY_LEADER, Role.EXECUTIVE, Role.OPERATOR, Role.MANAGER)
)
ONLY_INFORM = frozenset({Role.NATIONAL_CENTRE.value})  # authority tasks cannot be delegated to them
NARROW = frozenset({Role.AUTHORITY.value})  # single tasks only, no stated reasons

# Whether the municipality may decide for other administrations: for every task, for none, or for exactly these.
Dispensation = bool | frozenset[str]


class Reason(TextChoices):
    """The reasons a person may state for looking without an open contact or case; each use is counted."""

    CITIZEN_PRESENT = "citizen_present", "Borgeren er i telefonen eller ved skranken"
    SUPERVISION = "supervision", "Tilsyn og kontrol"
    COMPLAINT = "complaint", "Klage over sagsbehandlingen"
    EMERGENCY = "emergency", "Fare for liv eller helbred"
    CORRECTION = "correction", "Rettelse af en fejl i oplysningerne"
    SEARCH = "search", "Søgning efter en borger"
    FOLLOW_UP = "follow_up", "Opfølgning på en henvendelse"
    UNFILED_MAIL = "unfiled_mail", "Mail, der ikke hører til en henvendelse"


class SwitchCode(TextChoices):
    """The dated rules of the municipality that change rights and logins."""

    DISPENSATION = "dispensation", "Dispensation fra styrelsesloven"
    SEPARATION = "separation", "Jobcenter og ydelseskontor udelukker hinanden"
    DEMO_HAS_READ = "demo_has_read", "Demobyens konti regnes for at have godkendt instruksen"


class KeyKind(TextChoices):
    """Whose an API key is."""

    SYSTEM = "system"
    PERSONAL = "personal"


class LookOutcome(TextChoices):
    """What became of a look at personal data."""

    SHOWN = "shown"
    REFUSED = "refused"


@dataclass(frozen=True)
class Right:
    """One authorisation in force: a task or a group, up to a level."""

    level: int
    task: str = ""
    group: str = ""


@dataclass(frozen=True)
class Actor:
    """The facts about an employee that rights are made from; organisation hands them in."""

    account: int
    employee: int
    unit: int
    employer: str  # administration code
    roles: frozenset[str]
    rights: tuple[Right, ...]
    competences: dict[str, int] = field(default_factory=dict)  # group code -> level
    units: frozenset[int] = frozenset()  # own unit and those led


@dataclass(frozen=True)
class Viewer:
    """Who is looking or acting. Built once per request; handed to every service and selector."""

    kind: str  # "staff", "system", "citizen" or "public"
    name: str  # the journal's actor: "employee:12", "system:mailroom", "program:kiosk", "public"
    actor: Actor | None = None
    at: datetime | None = None
    dispensation: Dispensation = True
    separation: bool = True  # job centre and benefit office exclude each other
    account: int | None = None

    @property
    def is_staff(self) -> bool:
        """Whether this is an employee at a desk."""
        return self.kind == "staff"

    @property
    def is_system(self) -> bool:
        """Whether this is a process or a program with a key of its own."""
        return self.kind == "system"

    @property
    def is_process(self) -> bool:
        """Whether this is a process of the house itself, not a program that came with a key."""
        return self.is_system and self.name.startswith("system:")

    def has_role(self, *roles: str) -> bool:
        """Whether this is an employee with one of the roles."""
        return self.actor is not None and not self.actor.roles.isdisjoint(roles)


@dataclass(frozen=True)
class Purpose:
    """Why somebody looks: an open contact or case with that citizen, or a stated reason that is counted."""

    kind: str  # "contact", "case" or "reason"
    value: str

    def __str__(self) -> str:
        return f"{self.kind}:{self.value}"


@dataclass(frozen=True)
class TaskNeed:
    """What a task asks of who settles it; the catalogue hands it in."""

    task: str
    group: str
    owner: str  # administration code
    level: int
    decision: bool  # a decision needs an employee of the owner while the dispensation is off
    forbidden_to: frozenset[str] = frozenset()  # roles
    ceiling: int = 3  # the highest level settled in the centres; above it only the owner's own employees act


PUBLIC = Viewer(kind="public", name="public")


def system(name: str) -> Viewer:
    """The viewer of a process, e.g. system("mailroom")."""
    return Viewer(kind="system", name=f"system:{name}")


def program(name: str) -> Viewer:
    """The viewer of a program with a system key; it sets up neither rights nor the organisation."""
    return Viewer(kind="system", name=f"program:{name}")


CitizenId = UUID


@dataclass(frozen=True)
class LookLine:
    """One row of the access log as readers get it."""

    id: UUID
    at: datetime
    actor: str
    citizen: UUID | None
    kind: str
    purpose: str
    source: str
    outcome: str

    @property
    def flagged(self) -> bool:
        """Whether the look stood on a stated reason alone."""
        return self.purpose.startswith("reason:")


@dataclass(frozen=True)
class ReasonCount:
    """How often somebody looked on a stated reason."""

    actor: str
    reason: str
    looks: int


@dataclass(frozen=True)
class AuthorisationCard:
    """One authorisation as the security leader sees it."""

    id: int
    account: int
    task: str
    group: str
    level: int
    valid_from: date
    valid_to: date | None
    granted_by: str
    revoked_at: datetime | None = None
    version: int = 1

    @property
    def target(self) -> str:
        """The task or the group."""
        return self.task or self.group

    def is_over(self, day: date) -> bool:
        """Whether the right has ended by that day or was taken back."""
        return self.revoked_at is not None or (self.valid_to is not None and self.valid_to < day)

    def in_force(self, day: date) -> bool:
        """Whether the right holds on that day."""
        return self.revoked_at is None and self.valid_from <= day and (self.valid_to is None or self.valid_to >= day)


@dataclass(frozen=True)
class Check:
    """One of the reasons why somebody may or may not act on a task at a level."""

    code: str  # "separation", "role", "authorisation", "competence", "employer"
    ok: bool
    value: str  # what decided it, as a code


class GrantKind(TextChoices):
    """What becomes of one right that is to be given."""

    NEW = "new", "Ny"
    MERGED = "merged", "Lægges sammen med en ret, der findes"
    ALREADY = "already", "Har retten i forvejen"
    SELF = "self", "Ingen kan give sig selv rettigheder"


@dataclass(frozen=True)
class GrantLine:
    """One line of the preview of a bulk grant."""

    account: int
    task: str
    group: str
    level: int
    kind: str
    valid_from: date
    valid_to: date | None
    merges: tuple[int, ...] = ()

    @property
    def gives(self) -> bool:
        """Whether something is written."""
        return self.kind in {GrantKind.NEW, GrantKind.MERGED}


@dataclass(frozen=True)
class LookPage:
    """A page of the access log and where the next one begins."""

    rows: list[LookLine]
    cursor: str
