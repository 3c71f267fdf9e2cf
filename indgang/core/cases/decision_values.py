"""What hearings, decisions, letters and complaints hand out and take in."""

import re
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from uuid import UUID

LARGEST_AMOUNT = Decimal(10) ** 9
MOST_AMOUNTS = 30
LONGEST_WORDS = 20_000  # characters of facts, reasons and the like
_GROUPED = re.compile(r"-?\d{1,3}(\.\d{3})+(,\d{1,2})?")
_PLAIN = re.compile(r"-?\d{1,12}([.,]\d{1,2})?")


@dataclass(frozen=True)
class AmountLine:
    """One amount of a decision."""

    label: str
    amount: Decimal
    period: str  # an AmountPeriod


@dataclass(frozen=True)
class DecisionText:
    """What a caseworker writes of a decision; what is left empty comes from the rules of the task."""

    result: str = ""  # a Result
    summary: str = ""  # the result in one sentence of plain Danish
    facts: str = ""
    reasons: str = ""
    legal_basis: str = ""
    to_do: str = ""
    amounts: tuple[AmountLine, ...] = ()
    valid_from: date | None = None
    appeal_body: str = ""
    appeal_by: date | None = None
    appeal_weeks: int | None = None
    appeal_rule: str = ""
    appeal_limits: str = ""
    no_appeal: bool = False
    opinion_ground: str = ""
    level: int | None = None
    language: str = "da"


@dataclass(frozen=True)
class Gate:
    """One thing that must be in order before a decision can be made."""

    code: str
    met: bool
    sentence: str
    remedy: str = ""  # what puts it right: draft, note, hearing, opinion, hand_over, party, confirm
    warning: bool = False  # it may be passed by confirming it


@dataclass(frozen=True)
class HearingRow:
    """A hearing as the case shows it."""

    id: UUID
    party_id: int | None
    facts: str
    source: str
    meaning: str
    state: str  # running, answered, run_out, left_out, withdrawn
    state_name: str
    sent_at: datetime | None
    answer_by: datetime | None
    answered_at: datetime | None
    answer: str
    oral: bool
    ground: str
    letter: "LetterRow | None"
    version: int


@dataclass(frozen=True)
class LetterRow:
    """A letter and where it is."""

    id: UUID
    kind: str
    title: str
    document: UUID
    way: str
    way_name: str
    state: str
    state_name: str
    notice: str
    notice_name: str
    failure: str
    made_at: datetime
    settled_at: datetime | None
    subject_id: UUID | None
    party_id: int | None
    may_go_again: bool  # it did not leave, and nothing has gone in its place
    may_recall: bool  # the printer has not had it


@dataclass(frozen=True)
class DecisionCard:
    """A decision as the case shows it."""

    id: UUID
    state: str
    state_name: str
    level: int
    result: str
    result_name: str
    summary: str
    facts: str
    reasons: str
    legal_basis: str
    to_do: str
    amounts: tuple[AmountLine, ...]
    valid_from: date | None
    appeal_body: str
    appeal_by: date | None
    appeal_weeks: int | None
    appeal_rule: str
    appeal_limits: str
    no_appeal: bool
    opinion_ground: str
    ground: str
    language: str
    document: UUID | None
    letters: tuple[LetterRow, ...]
    decided_at: datetime | None
    decided_by_name: str
    replaces: UUID | None
    version: int


@dataclass(frozen=True)
class ComplaintRow:
    """A complaint as the case it is over, and its own case, show it."""

    id: UUID
    number: str  # of the complaint's case
    case: UUID
    over: UUID
    over_number: str
    decision: UUID
    words: str
    received_on: date
    late: bool
    late_ground: str
    unit_name: str
    deadline: datetime | None
    deadline_rule: str
    overdue: bool
    outcome: str
    outcome_name: str
    outcome_ground: str
    sent_on_to: str
    settled_at: datetime | None
    version: int


@dataclass(frozen=True)
class DecidedRows:
    """All that a case has of hearings, decisions, letters and complaints."""

    draft: DecisionCard | None
    decisions: tuple[DecisionCard, ...]  # newest first, without the draft
    hearings: tuple[HearingRow, ...]
    letters: tuple[LetterRow, ...]
    complaints: tuple[ComplaintRow, ...]


@dataclass(frozen=True)
class DecisionsPage(DecidedRows):
    """The same, and what must be in order before the next decision."""

    gates: tuple[Gate, ...] = field(default=())


def amount_of(text: str) -> Decimal | None:
    """ "1.234,50", "1234,5" or "1234.50" as an amount; None where it is none. "1.234" is a thousand and something."""
    short = re.sub(r"\s|kr\.?|\u00a0", "", text.strip(), flags=re.I).replace("\u2212", "-")
    if _GROUPED.fullmatch(short):
        short = short.replace(".", "").replace(",", ".")
    elif _PLAIN.fullmatch(short):
        short = short.replace(",", ".")
    else:
        return None
    try:
        amount = Decimal(short)
    except InvalidOperation:
        return None
    return amount if abs(amount) < LARGEST_AMOUNT else None
