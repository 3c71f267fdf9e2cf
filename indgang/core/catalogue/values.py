"""What the catalogue hands out."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db.models import TextChoices

from indgang.core.catalogue.card_content import GuideQuestion
from indgang.core.catalogue.card_values import AuthorityCard as AuthorityCard
from indgang.core.catalogue.card_values import BlankRow as BlankRow
from indgang.core.catalogue.card_values import CardAttributes as CardAttributes
from indgang.core.catalogue.card_values import CardDraft as CardDraft
from indgang.core.catalogue.card_values import CardLoad as CardLoad
from indgang.core.catalogue.card_values import CardOrigin as CardOrigin
from indgang.core.catalogue.card_values import CardSection as CardSection
from indgang.core.catalogue.card_values import CardState as CardState
from indgang.core.catalogue.card_values import CardVersionRow as CardVersionRow
from indgang.core.catalogue.card_values import ChangedCard as ChangedCard
from indgang.core.catalogue.card_values import CompletenessRow as CompletenessRow
from indgang.core.catalogue.card_values import DiffRow as DiffRow
from indgang.core.catalogue.card_values import DivisionRow as DivisionRow
from indgang.core.catalogue.card_values import LawCard as LawCard
from indgang.core.catalogue.card_values import LinkFault as LinkFault
from indgang.core.catalogue.card_values import Place as Place
from indgang.core.catalogue.card_values import RateRow as RateRow
from indgang.core.catalogue.card_values import RelatedTask as RelatedTask
from indgang.core.catalogue.card_values import ReviewRow as ReviewRow
from indgang.core.catalogue.guides import GuideState as GuideState
from indgang.core.catalogue.guides import GuideStep as GuideStep


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


class NotPlaced(TextChoices):
    """Why a task is not placed in the centres (001 l.2770); the list does not say which reason is whose."""

    DISCRETION = "discretion", "Kræver fagligt skøn"
    SMALL_FUNCTION = "small_function", "Lille central funktion, der ikke kan deles"
    MORE_ENTRANCES = "more_entrances", "Ville give borgerne flere indgange (beskæftigelse)"
    UNKNOWN = "unknown", "Ikke oplyst"


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
class LifeEventCard:
    """Something that happens in a life situation, with its check-list, in one language."""

    code: str
    situation: str
    name: str
    tasks: list["EventTask"]


@dataclass(frozen=True)
class EventTask:
    """A task on a check-list, and what it is about in that event."""

    task: str
    title: str
    words: str


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


@dataclass(frozen=True)
class SubtaskCard:
    """A part of a task with a level of its own; decision or expedition."""

    code: str
    task: str
    title: str
    title_en: str
    level: int
    decision: bool
    minutes: Decimal | None
    in_force: bool
    ended: bool  # today is its last day, or it has passed
    source: str
    version: int


@dataclass(frozen=True)
class PrincipleAnswer:
    """Whether one of the seven principles of allocation holds for a task; None: not known."""

    number: int
    principle: str  # its words (001 l.1957-1969)
    holds: bool | None
    note: str
    source: str
    answered: bool
    version: int


@dataclass(frozen=True)
class Interface:
    """Who answers a task at a level, to whom it is handed on, and in whose hours; units by id."""

    task: str
    level: int
    group: str
    unit: int | None  # None: every unit whose staff may
    transfer_to: int | None
    hours: int | None
    note: str
    follows: bool  # follows from the task; nobody has set it
    version: int


@dataclass(frozen=True)
class LevelPlan:
    """A change of level decided for a later day."""

    id: int
    task: str
    level: int
    on: date
    legal_basis: str
    planned_by: str


@dataclass(frozen=True)
class CutRow:
    """The level at which one co-located unit settles a task."""

    unit: int
    level: int
    note: str
    version: int


@dataclass(frozen=True)
class TaskDepth:
    """All an editor sees of a task beyond its card."""

    code: str
    title: str
    title_en: str
    summary: str
    summary_en: str
    administration: str
    group: str
    level: int
    placed: str
    decision: bool
    follow_up: int | None
    answer_hours: Decimal
    life_situations: tuple[str, ...]
    not_placed_reason: str
    volume: int | None
    volume_source: str
    minutes: Decimal | None
    minutes_source: str
    authority: str
    legal_basis: str
    foreign: bool  # another authority owns it
    central: bool
    central_until: date | None
    valid_from: date
    valid_to: date | None
    by_hand: tuple[str, ...]
    source: str
    version: int
    subtasks: tuple[SubtaskCard, ...]
    principles: tuple[PrincipleAnswer, ...]
    interfaces: tuple[Interface, ...]
    plans: tuple[LevelPlan, ...]
    cuts: tuple[CutRow, ...]


@dataclass(frozen=True)
class TaskLine:
    """A task in the editors' list."""

    code: str
    title: str
    administration: str
    group: str
    level: int
    placed: str
    placed_name: str
    decision: bool
    volume: int | None
    minutes: Decimal | None
    not_placed_reason: str
    subtasks: int
    answered: int  # of the seven principles
    against: int  # principles that do not hold
    planned: date | None
    in_force: bool


PRINCIPLES = {
    1: "Opgaven hænger sammen med andre og tager udgangspunkt i en livssituation",
    2: "Mange borgere henvender sig om den",
    3: "Den er it-understøttet: på nettet eller i et system, medarbejderen bruger",
    4: "Den kan ekspederes inden for rimelig tid",
    5: "Den kræver ikke kompliceret sagsbehandling",
    6: "Den kræver ikke afgørelser med væsentligt skøn",
    7: "De opgaver, der bliver tilbage i forvaltningen, hænger sammen og er bæredygtige",
}


@dataclass(frozen=True)
class GuidanceCard:
    """A task's guidance card: all an employee, or with public=True a citizen, is shown of it."""

    task: TaskCard
    version: int
    state: str
    updated: date
    reviewed: str  # who of the field read it and when; empty: nobody yet
    review_by: date
    published_at: datetime | None
    sections: tuple[CardSection, ...]
    attributes: CardAttributes
    best_channel: str
    best_channel_why: str
    self_service: str
    self_service_why_not: str
    materials: tuple[str, ...]  # codes; contacts knows their titles and links
    laws: tuple[LawCard, ...]
    rates: tuple[RateRow, ...]
    authority: AuthorityCard | None
    related: tuple[RelatedTask, ...]
    guide: tuple[GuideQuestion, ...]
    words: tuple[str, ...]
    words_en: tuple[str, ...]
    division: tuple[DivisionRow, ...]
    owner_today: str
    incomplete: tuple[str, ...]  # what is missing, in words
    attention: str

    def section(self, anchor: str) -> CardSection | None:
        """The section with that anchor, where it is shown."""
        return next((one for one in self.sections if one.anchor == anchor), None)


@dataclass(frozen=True)
class SectionHit:
    """A section of a card: `excerpt` is safe HTML with the words found in <mark>."""

    task: str
    title: str
    anchor: str
    section: str
    excerpt: str
    score: float
