"""What a mail is once it is understood."""

from dataclasses import dataclass, field

from django.db.models import TextChoices


class RawState(TextChoices):
    """What became of a mail."""

    STORED = "stored", "Modtaget"
    FILED = "filed", "Lagt på en henvendelse"
    DUPLICATE = "duplicate", "Gentagelse"
    AUTOMATIC = "automatic", "Automatisk mail"
    BOUNCE = "bounce", "Kunne ikke afleveres"
    ATTENTION = "attention", "Skal ses på"


class Treatment(TextChoices):
    """What becomes of the mails to an older address. Whatever it is, each mail becomes a contact: none is lost."""

    KEPT = "kept", "Beholdes"  # the unit it belongs to answers
    REPLACED = "replaced", "Erstattes af formularen"  # the contact centre answers, and the receipt shows the form
    FORWARDED = "forwarded", "Videresendes"  # the contact centre answers, and the receipt names the one address


@dataclass(frozen=True)
class MailboxRow:
    """An older address and what becomes of its mails."""

    address: str
    treatment: str
    treatment_name: str
    unit: str  # code; empty: none
    unit_name: str
    note: str
    version: int


class Nature(TextChoices):
    """Who or what wrote a mail, as far as its marks tell."""

    PERSON = "person"
    GENERATED = "generated"  # written by a system for somebody: read by us, never answered automatically
    MACHINE = "machine"  # a machine's reply or mass mail: never answered, opens nothing of its own


@dataclass(frozen=True)
class MailFile:
    """An attachment; never unpacked."""

    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True)
class Bounce:
    """The far side's word on a mail of ours."""

    original_ids: tuple[str, ...]  # Message-IDs of ours that it names
    final: bool  # False: only delayed
    recipient: str = ""
    status: str = ""  # "5.1.1"


@dataclass(frozen=True)
class ParsedMail:
    """A mail in clean text: no NUL bytes, no control characters in one-line fields, every part decoded."""

    author: str  # address; empty when there is none
    author_name: str = ""
    reply_to: str = ""
    subject: str = ""
    message_id: str = ""
    references: tuple[str, ...] = ()  # nearest first
    text: str = ""
    html: str = ""  # made safe
    files: tuple[MailFile, ...] = ()
    nature: str = Nature.PERSON
    bounce: Bounce | None = None
    remarks: tuple[str, ...] = field(default=())  # what a reader must know, in Danish

    @property
    def answer_to(self) -> str:
        """Where an answer goes."""
        return self.reply_to or self.author
