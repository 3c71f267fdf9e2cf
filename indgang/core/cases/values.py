"""The words of a case: progress, roles, kinds and results, named as the OIO case standard names them."""

from django.db.models import TextChoices

from indgang.core.cases.access_values import AccessAnswer as AccessAnswer
from indgang.core.cases.access_values import AccessDraft as AccessDraft
from indgang.core.cases.access_values import AccessItemRow as AccessItemRow
from indgang.core.cases.access_values import AccessPage as AccessPage
from indgang.core.cases.access_values import AccessRow as AccessRow
from indgang.core.cases.access_values import DiscardLine as DiscardLine
from indgang.core.cases.access_values import DiscardReport as DiscardReport
from indgang.core.cases.access_values import ItemPage as ItemPage
from indgang.core.cases.access_values import OutsideItem as OutsideItem
from indgang.core.cases.access_values import PackageFile as PackageFile
from indgang.core.cases.access_values import Packing as Packing
from indgang.core.cases.access_values import PackingPart as PackingPart
from indgang.core.cases.access_values import ProposedBox as ProposedBox
from indgang.core.cases.case_values import AffectedRow as AffectedRow
from indgang.core.cases.case_values import AssignLine as AssignLine
from indgang.core.cases.case_values import CaseFile as CaseFile
from indgang.core.cases.case_values import CaseListPage as CaseListPage
from indgang.core.cases.case_values import CasePage as CasePage
from indgang.core.cases.case_values import CaseQuery as CaseQuery
from indgang.core.cases.case_values import CaseRow as CaseRow
from indgang.core.cases.case_values import CitizenProgress as CitizenProgress
from indgang.core.cases.case_values import CourseCard as CourseCard
from indgang.core.cases.case_values import DeadlineCard as DeadlineCard
from indgang.core.cases.case_values import Due as Due
from indgang.core.cases.case_values import HiddenCase as HiddenCase
from indgang.core.cases.case_values import LinkedCase as LinkedCase
from indgang.core.cases.case_values import LoadRow as LoadRow
from indgang.core.cases.case_values import NewParty as NewParty
from indgang.core.cases.case_values import ObjectCard as ObjectCard
from indgang.core.cases.case_values import PartyCard as PartyCard
from indgang.core.cases.case_values import PersonCases as PersonCases
from indgang.core.cases.case_values import ProgressCard as ProgressCard
from indgang.core.cases.case_values import ReachedCase as ReachedCase
from indgang.core.cases.case_values import RelatedCase as RelatedCase
from indgang.core.cases.case_values import Sort as Sort
from indgang.core.cases.case_values import StepCard as StepCard
from indgang.core.cases.decision_values import AmountLine as AmountLine
from indgang.core.cases.decision_values import ComplaintRow as ComplaintRow
from indgang.core.cases.decision_values import DecidedRows as DecidedRows
from indgang.core.cases.decision_values import DecisionCard as DecisionCard
from indgang.core.cases.decision_values import DecisionsPage as DecisionsPage
from indgang.core.cases.decision_values import DecisionText as DecisionText
from indgang.core.cases.decision_values import Gate as Gate
from indgang.core.cases.decision_values import HearingRow as HearingRow
from indgang.core.cases.decision_values import LetterRow as LetterRow
from indgang.core.cases.decision_values import amount_of as amount_of
from indgang.core.cases.document_values import LARGEST_DOCUMENT as LARGEST_DOCUMENT
from indgang.core.cases.document_values import LARGEST_UPLOAD as LARGEST_UPLOAD
from indgang.core.cases.document_values import DocumentHit as DocumentHit
from indgang.core.cases.document_values import DocumentHits as DocumentHits
from indgang.core.cases.document_values import DocumentPage as DocumentPage
from indgang.core.cases.document_values import DocumentRow as DocumentRow
from indgang.core.cases.document_values import Download as Download
from indgang.core.cases.document_values import EarlierWords as EarlierWords
from indgang.core.cases.document_values import Editor as Editor
from indgang.core.cases.document_values import EntryPage as EntryPage
from indgang.core.cases.document_values import EntryRow as EntryRow
from indgang.core.cases.document_values import KeptDraft as KeptDraft
from indgang.core.cases.document_values import VersionRow as VersionRow
from indgang.core.cases.figure_values import CaseFigures as CaseFigures
from indgang.core.cases.sharing_values import DisclosureRow as DisclosureRow
from indgang.core.cases.sharing_values import ForwardingRow as ForwardingRow
from indgang.core.cases.sharing_values import ForwardKind as ForwardKind
from indgang.core.cases.sharing_values import ForwardState as ForwardState
from indgang.core.cases.sharing_values import ForwardWay as ForwardWay
from indgang.core.cases.sharing_values import MailState as MailState
from indgang.core.cases.sharing_values import NoticeKind as NoticeKind
from indgang.core.cases.sharing_values import NoticeRow as NoticeRow
from indgang.core.cases.sharing_values import ObtainedFacts as ObtainedFacts
from indgang.core.cases.sharing_values import OpinionRow as OpinionRow
from indgang.core.cases.sharing_values import PaperPage as PaperPage
from indgang.core.cases.sharing_values import PaperRow as PaperRow
from indgang.core.cases.sharing_values import PaperTab as PaperTab
from indgang.core.cases.sharing_values import SharedRows as SharedRows
from indgang.core.cases.sharing_values import Way as Way


class Progress(TextChoices):
    """How far a case is (OIO Sag: Fremdrift)."""

    OPENED = "opened", "Opstået"
    INFORMED = "informed", "Oplyst"
    DECIDED = "decided", "Afgjort"
    CLOSED = "closed", "Afsluttet"


class Waiting(TextChoices):
    """Whom an open case waits for; empty: for its handler."""

    CITIZEN = "citizen", "Venter på borgeren"
    HEARING = "hearing", "I partshøring"
    OPINION = "opinion", "Venter på en udtalelse"
    AUTHORITY = "authority", "Venter på en anden myndighed"


class RaisedBy(TextChoices):
    """What raised a case; only an application lets the municipality obtain facts for it elsewhere."""

    APPLICATION = "application", "Ansøgning"
    NOTICE = "notice", "Oplysning fra borgeren"
    AUTHORITY = "authority", "Myndigheden selv"
    COMPLAINT = "complaint", "Klage"


class Sensitivity(TextChoices):
    """How sensitive a case is (OIO Sag: Følsomhedsklasse)."""

    ORDINARY = "ordinary", "Ikke fortrolige oplysninger"
    CONFIDENTIAL = "confidential", "Fortrolige personoplysninger"
    SENSITIVE = "sensitive", "Følsomme personoplysninger"


class Retention(TextChoices):
    """What becomes of a case when it has aged (OIO Sag: Kassationskode)."""

    KEEP = "B", "Bevares"
    DISCARD = "K", "Kasseres"


class PartyRole(TextChoices):
    """What somebody is in a case (OIO Sag: Sagspart)."""

    PRIMARY = "primary", "Primær part"
    SECONDARY = "secondary", "Anden part"
    PAYEE = "payee", "Ydelsesmodtager"
    REPRESENTATIVE = "representative", "Partsrepræsentant"
    AUTHORITY = "authority", "Myndighed"


class ObjectKind(TextChoices):
    """What a case is about besides its parties (OIO Sag: Sagsgenstand)."""

    ADDRESS = "address", "Adresse"
    VEHICLE = "vehicle", "Køretøj"
    CHILD = "child", "Barn"
    PROPERTY = "property", "Ejendom"
    OTHER = "other", "Andet"


class RelationKind(TextChoices):
    """How one case stands to another (OIO Sag: Sagsrelation)."""

    PARENT = "parent", "Oversag"
    PRECEDENT = "precedent", "Præcedens"
    COMPLAINT = "complaint", "Klage over"
    OTHER = "other", "Se også"


class EntryKind(TextChoices):
    """What a journal entry tells (OIO Journalpost)."""

    NOTE = "note", "Notat"
    CONTACT = "contact", "Henvendelse"
    DOCUMENT = "document", "Dokument"
    HEARING = "hearing", "Partshøring"
    DECISION = "decision", "Afgørelse"
    OPINION = "opinion", "Udtalelse"
    HAND_OVER = "hand_over", "Overdragelse"
    DISCLOSED = "disclosed", "Videregivet oplysning"
    OBTAINED = "obtained", "Indhentet oplysning"
    FORWARDED = "forwarded", "Sendt til anden myndighed"
    NOTICE = "notice", "Advis"
    DEADLINE = "deadline", "Frist"
    ACCESS = "access", "Aktindsigt"


class DocumentKind(TextChoices):
    """Which way a document went."""

    IN = "in", "Indgående"
    OUT = "out", "Udgående"
    INTERNAL = "internal", "Internt"


class ScanState(TextChoices):
    """Whether a file was looked through for malware."""

    CLEAN = "clean", "Undersøgt"
    OWN = "own", "Lavet her"
    NOT_SCANNED = "not_scanned", "Ikke undersøgt for virus"
    REFUSED = "refused", "Afvist"


class StepKind(TextChoices):
    """Why somebody has to do something on a case; each step is one piece of work in the queue."""

    HANDLE = "handle", "Behandl sagen"
    TASK = "task", "Opgave på sagen"
    OPINION = "opinion", "Giv en udtalelse"
    ANSWER = "answer", "Borgeren har svaret"
    NOTICE = "notice", "Tag stilling til en hændelse"
    DEADLINE = "deadline", "Frist nærmer sig"
    COMPLAINT = "complaint", "Behandl klagen"
    RETURN = "return", "Svar fra anden myndighed"
    ACCESS = "access", "Besvar aktindsigt"


class Result(TextChoices):
    """What was decided (OIO Sag: Afgørelsesklasse)."""

    GRANTED = "granted", "Imødekommet"
    PARTLY = "partly", "Delvist imødekommet"
    REFUSED = "refused", "Afslået"
    OTHER = "other", "Anden afgørelse"


class DecisionState(TextChoices):
    """Whether a decision holds."""

    DRAFT = "draft", "Under udarbejdelse"
    DECIDED = "decided", "Truffet"
    REPLACED = "replaced", "Erstattet"
    REVOKED = "revoked", "Tilbagekaldt"


class DeadlineKind(TextChoices):
    """Which deadline runs."""

    ANSWER = "answer", "Svarfrist"
    HEARING = "hearing", "Høringsfrist"
    OPINION = "opinion", "Frist for udtalelse"
    HAND_OVER = "hand_over", "Frist for overdraget sag"
    ACCESS = "access", "Frist for aktindsigt"
    COMPLAINT = "complaint", "Klagefrist"
    FORWARDED = "forwarded", "Svar fra anden myndighed"
    STEP = "step", "Frist for trin"


class AccessLaw(TextChoices):
    """The law an access request rests on."""

    PARTY = "party", "Forvaltningsloven § 9 (part)"
    PUBLIC = "public", "Offentlighedsloven § 7"
    OWN = "own", "Offentlighedsloven § 8 (egenacces)"
    GDPR = "gdpr", "Databeskyttelsesforordningen art. 15"


class AccessState(TextChoices):
    """Where an access request is."""

    RECEIVED = "received", "Modtaget"
    PREPARED = "prepared", "Udvalgt"
    ANSWERED = "answered", "Besvaret"
    WITHDRAWN = "withdrawn", "Trukket tilbage"


class AccessChoice(TextChoices):
    """What is given of one document."""

    FULL = "full", "Udleveres"
    REDACTED = "redacted", "Udleveres overstreget"
    REFUSED = "refused", "Undtages"


class ItemKind(TextChoices):
    """What one line of an access request is."""

    DOCUMENT = "document", "Dokument"
    ENTRY = "entry", "Journalnotat"
    CONTACT = "contact", "Henvendelse"
    LOOKS = "looks", "Opslag"
    APART = "apart", "Sag hos en anden enhed"


class DiscardState(TextChoices):
    """Where a look at what may be deleted is."""

    REPORTED = "reported", "Klar til godkendelse"
    APPROVED = "approved", "Godkendt"
    DONE = "done", "Slettet"
    WITHDRAWN = "withdrawn", "Trukket tilbage"


class DiscardWhy(TextChoices):
    """Why a case goes, or stays."""

    AGED = "aged", "Opbevaringstiden er gået, og sagen er afleveret til arkivet"
    APPEAL = "appeal", "Der er en klage, eller klagefristen løber"
    NOT_ARCHIVED = "not_archived", "Sagen er ikke afleveret til arkivet"
    KEPT = "kept", "Sagen skal bevares og er ikke afleveret til arkivet"
    OPEN_ACCESS = "open_access", "Nogen har bedt om aktindsigt, og det er ikke besvaret"
    OPEN_RELATION = "open_relation", "En sag, den hører sammen med, er ikke afsluttet"
    REOPENED = "reopened", "Sagen er genoptaget"
    GONE = "gone", "Sagen findes ikke mere"


class LetterWay(TextChoices):
    """How a letter reaches its receiver. E-mail is not identity: the mail only says that a letter comes."""

    PRINT = "print", "Med posten"
    MAIL = "mail", "Med posten, og en mail siger, at det kommer"
    COUNTER = "counter", "Udleveret ved skranken"


class LetterState(TextChoices):
    """Where a letter is."""

    WAITING = "waiting", "På vej til trykkeriet"
    SENT = "sent", "Sendt"
    HANDED = "handed", "Udleveret"
    FAILED = "failed", "Kunne ikke sendes"
    RECALLED = "recalled", "Trukket tilbage"


class ComplaintOutcome(TextChoices):
    """What came of looking at the decision again."""

    CHANGED = "changed", "Afgørelsen tages op igen"
    SENT_ON = "sent_on", "Sendt til klageinstansen"
    DROPPED = "dropped", "Klagen er trukket tilbage"


class AmountPeriod(TextChoices):
    """What an amount of a decision is for."""

    ONCE = "once", "én gang"
    DAY = "day", "pr. dag"
    WEEK = "week", "pr. uge"
    MONTH = "month", "pr. måned"
    YEAR = "year", "pr. år"
