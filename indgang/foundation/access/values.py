"""Roles, rights and the viewer every selector takes."""

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.db.models import TextChoices


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


class Reason(TextChoices):
    """The reasons a person may state for looking without an open contact or case; each use is counted."""

    CITIZEN_PRESENT = "citizen_present", "Borgeren er i telefonen eller ved skranken"
    SUPERVISION = "supervision", "Tilsyn og kontrol"
    COMPLAINT = "complaint", "Klage over sagsbehandlingen"
    EMERGENCY = "emergency", "Fare for liv eller helbred"
    CORRECTION = "correction", "Rettelse af en fejl i oplysningerne"


class SwitchCode(TextChoices):
    """The dated rules of the municipality that change rights."""

    DISPENSATION = "dispensation", "Dispensation fra styrelsesloven"
    SEPARATION = "separation", "Jobcenter og ydelseskontor udelukker hinanden"


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
    dispensation: bool = True
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
