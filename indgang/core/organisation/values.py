"""What organisation hands out: cards of employees and units, the facts routing asks for, and opening hours."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time

from django.db.models import TextChoices


class Channel(TextChoices):
    """The channels that have opening hours of their own."""

    PHONE = "phone", "Telefon"
    COUNTER = "counter", "Skranke"
    MAIL = "mail", "Skriftlige henvendelser"


class Origin(TextChoices):
    """Who wrote a row: what a person wrote, a profile leaves alone."""

    PROFILE = "profile", "Profilen"
    HAND = "hand", "En medarbejder"


class Side(TextChoices):
    """The two sides of employment: the job centre's effort and the benefit office's payment."""

    JOB_CENTRE = "job_centre", "Jobcenter"
    BENEFIT_OFFICE = "benefit_office", "Ydelseskontor"


class HeldBack(TextChoices):
    """Why a competence does not count yet, or any more."""

    COURSE = "course", "Kurset er ikke bestået"
    SEPARATION = "separation", "Jobcenter og ydelseskontor udelukker hinanden"


class NoticeKind(TextChoices):
    """What a manager is told of an employee."""

    LEFT = "left", "Medarbejderen er fratrådt"
    WITHOUT_MANAGER = "without_manager", "Medarbejderen har ingen leder"
    COURSE_EXPIRED = "course_expired", "Et kursus gælder ikke længere"
    HIRED = "hired", "Nyansat: giv de rettigheder, opgaverne kræver"  # told to the security leader


@dataclass(frozen=True)
class TrainingRow:
    """A course that was passed."""

    id: int
    course: str
    name: str
    passed_on: date
    valid_to: date | None


@dataclass(frozen=True)
class EmployeeCard:
    """An employee as colleagues see them; the trainings stand on the card of one employee only."""

    id: int
    name: str
    title: str
    unit_id: int
    unit_name: str
    employer: str  # administration code
    mail: str
    phone: str
    languages: tuple[str, ...]
    manager_id: int | None = None
    manager_name: str = ""
    employer_name: str = ""
    seconded: bool = False  # works here, employed elsewhere
    overflow: bool = False
    valid_to: date | None = None
    version: int = 1
    trainings: tuple[TrainingRow, ...] = ()


@dataclass(frozen=True)
class CompetenceRow:
    """One competence of an employee in one period."""

    id: int
    employee: int
    group: str
    proficiency: int
    level: int
    valid_from: date
    valid_to: date | None
    held_back: str = ""  # a HeldBack, or "" when it counts
    group_name: str = ""
    course: str = ""  # the course the group asks for


@dataclass(frozen=True)
class EmployeeProfile:
    """What an employee knows, has learned and can do next."""

    card: EmployeeCard
    competences: tuple[CompetenceRow, ...]
    substitutes: tuple[tuple[int, str, date, date | None], ...]  # id, name, from, to
    next_steps: tuple[tuple[str, str, str], ...]  # course, its name, the group it opens


@dataclass(frozen=True)
class CourseRow:
    """A course and the groups that ask for it."""

    code: str
    name: str
    months: int | None
    groups: tuple[str, ...]


@dataclass(frozen=True)
class UnitCard:
    """A place where work is done, as everybody may see it."""

    id: int
    code: str
    name: str
    kind: str
    address: str
    phone: str
    mail: str
    district: str
    facilities: tuple[str, ...] = ()
    administration: str = ""  # code
    variant: str = ""
    hours_version: int = 0

    @property
    def is_job_centre(self) -> bool:
        """A job centre has its own visible entrance and is never listed as a counter of the municipality."""
        return self.kind == Side.JOB_CENTRE


@dataclass(frozen=True)
class AdministrationCard:
    """An administration and the days it stands."""

    code: str
    name: str
    today: str
    external: bool
    valid_from: date | None
    valid_to: date | None


@dataclass(frozen=True)
class AddressRow:
    """A house. Its id is the register's key: municipality, road and number."""

    id: str
    street: str
    house: str
    postcode: str
    city: str
    district: str

    @property
    def text(self) -> str:
        """As it is written on a letter."""
        return f"{self.street} {self.house}, {self.postcode} {self.city}".replace("  ", " ").replace(" ,", ",")


@dataclass(frozen=True)
class CounterRow:
    """A counter and who serves there."""

    id: int
    code: str
    name: str
    premises: str
    unit_code: str
    unit_name: str
    valid_from: date
    valid_to: date | None
    version: int


@dataclass(frozen=True)
class Conflict:
    """Where job centre and benefit office are not kept apart."""

    kind: str  # "roles", "unit", "competence", "manager" or "counter"
    employee_id: int | None
    name: str
    sentence: str


@dataclass(frozen=True)
class NoticeRow:
    """Something a manager must look at."""

    id: int
    kind: str
    employee_id: int
    name: str
    unit_id: int
    at: datetime


@dataclass(frozen=True)
class AgentFacts:
    """What routing must know about an employee; levels are those both known and authorised (0: neither)."""

    employee: int
    unit: int
    languages: tuple[str, ...]
    overflow: bool
    competences: Mapping[str, tuple[int, int]]  # group -> (proficiency, level)
    roles: frozenset[str]
    tasks: Mapping[str, int] = field(default_factory=dict)  # authorised one by one -> level
    known: Mapping[str, int] = field(default_factory=dict)  # group -> level of the competence alone
    employer: str = ""  # administration code


@dataclass(frozen=True)
class WeeklyHours:
    """One weekly interval, local time; 0 is Monday."""

    weekday: int
    opens: time
    closes: time


@dataclass(frozen=True)
class Interval:
    """Open from and to, as instants; DST is in them already."""

    opens: datetime
    closes: datetime


@dataclass(frozen=True)
class DayHours:
    """One day's intervals, local wall-clock times, and why they differ from the week's, if they do."""

    day: date
    intervals: tuple[tuple[time, time], ...]
    reason: str = ""


@dataclass(frozen=True)
class Opening:
    """Whether a channel of a unit is open now, and the sentence that says so."""

    open: bool
    until: datetime | None
    opens: datetime | None
    sentence: str


@dataclass(frozen=True)
class Colleague:
    """An employee as one calls them."""

    id: int
    name: str
    title: str
    unit_name: str
    phone: str
    mail: str


@dataclass(frozen=True)
class DirectoryRow:
    """A person or a unit as one looks them up to call or transfer, with whether they can be reached now."""

    kind: str  # "employee" or "unit"
    id: int
    code: str  # a unit's
    name: str
    title: str
    unit_id: int
    unit_name: str
    phone: str
    mail: str
    open: Opening


@dataclass(frozen=True)
class InvitationCard:
    """Whom an invitation is for, and what has become of it."""

    employee: int
    name: str
    username: str
    unit_name: str
    sent_at: datetime
    expires_at: datetime
    used: bool


@dataclass(frozen=True)
class Forward:
    """Who answers while a channel is closed, in a period."""

    name: str
    name_en: str
    phone: str
    valid_from: date
    valid_to: date | None = None
