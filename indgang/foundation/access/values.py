"""Roles, rights and the viewer every selector takes."""

from dataclasses import dataclass, field
from datetime import datetime
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
    name: str  # the journal's actor: "employee:12", "system:mailroom", "public"
    actor: Actor | None = None
    at: datetime | None = None
    dispensation: bool = True
    account: int | None = None

    @property
    def is_staff(self) -> bool:
        """Whether this is an employee at a desk."""
        return self.kind == "staff"


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


CitizenId = UUID
