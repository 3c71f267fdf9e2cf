"""What the catalogue hands out."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import TextChoices


class Decision(TextChoices):
    """What triage makes of somebody's own words."""

    SUGGEST = "suggest"
    ASK = "ask"  # too unclear to guess
    NONE = "none"  # nothing in the catalogue fits


class Placed(TextChoices):
    """The one list of the plan a task stands in."""

    RULE = "rule", "Regelstyret i borgerservice"
    PO = "po", "Samlokaliseret med pension og omsorg"
    NOT_PLACED = "not_placed", "Afgøres i fagforvaltningen"
    INFO = "info", "Kun information og vejledning"


class Notice(TextChoices):
    """Why no task fits: the words lead out of the catalogue."""

    EMERGENCY = "emergency"
    PRIVATE = "private"
    OTHER_AUTHORITY = "other_authority"


@dataclass(frozen=True)
class Suggestion:
    """One task that may be meant, how sure that is (0 to 1), and which words led there."""

    task_id: str
    title: str
    score: float
    why: str


@dataclass(frozen=True)
class Triage:
    """From own words to tasks (best first), to a question, or to none with what to do instead."""

    decision: str
    suggestions: list[Suggestion]
    questions: list[str]
    notice: str = ""


@dataclass(frozen=True)
class QuestionOption:
    """One answer to choose; it may lead to another task or to an answer at once."""

    code: str
    text: str
    task: str = ""
    answer: str = ""


@dataclass(frozen=True)
class QuestionCard:
    """A clarifying question in one language; without options it is answered in free text."""

    code: str
    text: str
    required: bool
    options: list[QuestionOption]


@dataclass(frozen=True)
class AnswerCard:
    """What a citizen is answered at once, in one language."""

    code: str
    subject: str
    body: str
    link: str
    closes: bool
    offers_call_back: bool
    phone_unit: int | None


@dataclass(frozen=True)
class LifeSituationCard:
    """An essential change in life, in one language."""

    code: str
    name: str


@dataclass(frozen=True)
class TaskHead:
    """What a list or a deadline needs to know of a task."""

    code: str
    title: str
    group: str  # competence group code
    answer_hours: Decimal  # expected answer, in opening hours


@dataclass(frozen=True)
class TaskCard:
    """A task in one language, with its questions and answers; `shown` is the title in that language."""

    code: str
    title: str
    title_en: str
    shown: str
    name: str
    administration: str
    administration_name: str
    group: str
    level: int
    placed: str
    decision: bool
    answer_hours: Decimal
    follow_up: int | None
    summary: str
    life_situations: list[str]
    questions: list[QuestionCard]
    answers: list[AnswerCard]
    owner_today: str
    historic: bool
    replaced_by: str
    frequent: bool
    is_new: bool
    in_info_list: bool
