"""The words of what goes between units, authorities and systems on a case, and what is handed out about it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import TextChoices

from indgang.core.cases.case_values import CaseRow


class ForwardKind(TextChoices):
    """What goes to another authority."""

    CASE = "case", "Sagen"
    FORM = "form", "Blanket"
    PAPER = "paper", "Papirer"
    RETURN = "return", "Selvangivelse eller anden indberetning"


class ForwardWay(TextChoices):
    """How it goes there."""

    MAIL = "mail", "Mail uden personoplysninger"
    LETTER = "letter", "Brev med posten"
    OTHER = "other", "Afleveret på anden måde"


class ForwardState(TextChoices):
    """Where it is; it is followed until the last three."""

    RECEIVED = "received", "Modtaget her"
    SENT = "sent", "Sendt videre"
    ACCEPTED = "accepted", "Modtaget af myndigheden"
    ANSWERED = "answered", "Besvaret"
    REFUSED = "refused", "Afvist af myndigheden"
    WITHDRAWN = "withdrawn", "Trukket tilbage"


class PaperTab(TextChoices):
    """The lists of papers for others."""

    HERE = "her", "Ligger her"
    SENT = "sendt", "Sendt videre"
    LATE = "over", "Over tiden"
    DONE = "slut", "Afsluttede"


class MailState(TextChoices):
    """What became of the mail to the authority."""

    WAITING = "waiting", "Mailen er på vej"
    SENT = "sent", "Mailen er sendt"
    FAILED = "failed", "Mailen kunne ikke sendes"


class NoticeKind(TextChoices):
    """What has happened that somebody with an open case must look at."""

    MOVED = "moved", "Borgeren er flyttet"
    DIED = "died", "Borgeren er død"
    CHILD_BORN = "child_born", "Borgeren har fået barn"
    MARRIED = "married", "Borgeren er blevet gift"
    DIVORCED = "divorced", "Borgeren er blevet skilt"
    PROTECTION_SET = "protection_set", "Navn og adresse er blevet beskyttet"
    INCOME_CHANGED = "income_changed", "Borgerens indkomst er ændret"
    DECIDED = "decided", "Der er truffet afgørelse i en anden sag"
    NEW_CONTACT = "new_contact", "Borgeren har henvendt sig igen"
    REPORT_FAILED = "report_failed", "En indberetning kunne ikke afleveres"


class Way(TextChoices):
    """Which way facts went."""

    GIVEN = "given", "Videregivet"
    OBTAINED = "obtained", "Indhentet"


@dataclass(frozen=True)
class OpinionRow:
    """A question to a specialist and what came of it."""

    id: UUID
    question: str
    asked_of: str
    unit: int | None
    employee: int | None
    asked_by: str
    asked_at: datetime
    answer_by: datetime
    answer: str
    answered_by: str
    answered_at: datetime | None
    withdrawn_at: datetime | None
    documents: tuple[UUID, ...]
    overdue: bool
    may_answer: bool  # this viewer was asked
    version: int

    @property
    def open(self) -> bool:
        """Whether an answer is still awaited."""
        return self.answered_at is None and self.withdrawn_at is None


@dataclass(frozen=True)
class ForwardingRow:
    """What went to another authority, and whether that has answered."""

    id: UUID
    authority: str
    kind: str
    kind_name: str
    way: str
    way_name: str
    what: str
    to_mail: str
    mail_state: str
    mail_state_name: str
    reference: str
    state: str
    state_name: str
    received_at: datetime | None
    sent_at: datetime | None
    expected_by: datetime | None
    answered_at: datetime | None
    answer: str
    disclosed: tuple[str, ...]
    letter: UUID | None  # the document
    means: str
    overdue: bool
    version: int

    @property
    def open(self) -> bool:
        """Whether it is still followed."""
        return self.state in {ForwardState.RECEIVED, ForwardState.SENT, ForwardState.ACCEPTED}


@dataclass(frozen=True)
class PaperRow:
    """A paper for another authority that was handed in here, and its case."""

    row: ForwardingRow
    case: CaseRow
    brought_by: str
    receipt: UUID | None  # the document
    taken_by: str


@dataclass(frozen=True)
class PaperPage:
    """A list of them, and how many are past their day in all."""

    rows: tuple[PaperRow, ...]
    more: bool  # there are more than are shown
    late: int


@dataclass(frozen=True)
class NoticeRow:
    """Something that has happened, which whoever has the case must look at."""

    id: UUID
    kind: str
    words: str
    source: str
    other_case: str  # number of the case that was decided; empty where there is none or it may not be seen
    at: datetime
    react_by: datetime
    handled_at: datetime | None
    handled_by: str
    reaction: str
    overdue: bool
    version: int


@dataclass(frozen=True)
class DisclosureRow:
    """Facts given to somebody, or obtained from somebody."""

    id: UUID
    direction: str
    direction_name: str
    other: str
    register: str
    what: str
    ground: str
    consent: bool
    at: datetime
    employee_name: str


@dataclass(frozen=True)
class ObtainedFacts:
    """What a register answered when it was asked for a case."""

    disclosure: UUID
    words: str  # as it stands in the journal
    stale: bool


@dataclass(frozen=True)
class SharedRows:
    """All that is shared on one case, for its page."""

    opinions: tuple[OpinionRow, ...]
    forwardings: tuple[ForwardingRow, ...]
    notices: tuple[NoticeRow, ...]
    disclosures: tuple[DisclosureRow, ...]
