"""The journal of a case and its documents."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models

from indgang.core.cases.values import DocumentKind, EntryKind, ScanState

ENTRY_WORDS = SearchVector("theme", "body", config="danish")


class JournalEntry(models.Model):
    """What happened on a case: a date and a short theme always (offentlighedsloven § 15), words where there are any."""

    id = models.UUIDField(primary_key=True)
    case = models.ForeignKey("cases.Case", on_delete=models.CASCADE, related_name="+", db_index=False)
    at = models.DateTimeField()
    kind = models.CharField(max_length=10, choices=EntryKind.choices)
    theme = models.CharField(max_length=160)
    body = models.TextField(blank=True, default="")
    oral_facts = models.BooleanField(default=False)  # facts told by mouth (§ 13): the note duty is met by it
    channel = models.CharField(max_length=14, blank=True, default="")
    contact = models.UUIDField(null=True)
    document = models.UUIDField(null=True)
    subject_id = models.UUIDField(null=True)  # the hearing, decision, opinion … it tells of
    employee = models.BigIntegerField(null=True)
    author = models.CharField(max_length=80)  # the journal's actor
    internal = models.BooleanField(default=False)
    internal_ground = models.CharField(max_length=200, blank=True, default="")
    version = models.IntegerField(default=1)

    class Meta:
        indexes = [
            models.Index(fields=["case", "-at"], name="entry_case"),
            models.Index(fields=["contact"], condition=models.Q(contact__isnull=False), name="entry_contact"),
            GinIndex(ENTRY_WORDS, name="entry_words"),
        ]


class EarlierNote(models.Model):
    """What a note said before its author put it right: nothing written in a journal is lost."""

    entry = models.ForeignKey(JournalEntry, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()  # until then
    theme = models.CharField(max_length=160)
    body = models.TextField(blank=True, default="")
    oral_facts = models.BooleanField(default=False)


class Document(models.Model):
    """A document of a case; its versions are never overwritten."""

    id = models.UUIDField(primary_key=True)
    case = models.ForeignKey("cases.Case", on_delete=models.CASCADE, related_name="+", db_index=False)
    title = models.CharField(max_length=200)
    kind = models.CharField(max_length=8, choices=DocumentKind.choices)
    dated = models.DateTimeField()  # received, sent or made
    channel = models.CharField(max_length=14, blank=True, default="")
    contact = models.UUIDField(null=True)
    internal = models.BooleanField(default=False)
    internal_ground = models.CharField(max_length=200, blank=True, default="")  # offentlighedsloven § 23 …
    other_parties = models.BooleanField(default=False)  # holds data on others than the primary party
    scan = models.CharField(max_length=11, choices=ScanState.choices, default=ScanState.NOT_SCANNED)
    current = models.SmallIntegerField(default=1)  # number of the version in force
    final = models.BooleanField(default=False)
    employee = models.BigIntegerField(null=True)
    author = models.CharField(max_length=80)
    version = models.IntegerField(default=1)

    class Meta:
        indexes = [
            models.Index(fields=["case", "-dated"], name="document_case"),
            models.Index(fields=["contact"], condition=models.Q(contact__isnull=False), name="document_contact"),
        ]


class DocumentVersion(models.Model):
    """One file of a document, stored under its sha256 before this row."""

    id = models.UUIDField(primary_key=True)
    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="+", db_index=False)
    number = models.SmallIntegerField()
    name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=100)
    size = models.BigIntegerField()
    digest = models.CharField(max_length=64, db_index=True)
    pages = models.IntegerField(null=True)
    damaged = models.CharField(max_length=200, blank=True, default="")  # why it cannot be read; empty: it can
    scan_found = models.CharField(max_length=100, blank=True, default="")  # what the scanner calls it
    read_at = models.DateTimeField(null=True)  # it was scanned and its text taken out; null: a job still has to
    tries = models.SmallIntegerField(default=0)  # of reading it
    words = SearchVectorField(null=True)
    at = models.DateTimeField()
    employee = models.BigIntegerField(null=True)
    author = models.CharField(max_length=80)
    note = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["document", "number"], name="one_version_of_a_number")]
        indexes = [
            GinIndex(fields=["words"], name="version_words", fastupdate=False),  # searched far more often than written
            models.Index(fields=["at"], condition=models.Q(read_at__isnull=True), name="version_unread"),
        ]


class DocumentText(models.Model):
    """What a version says, so that a search can show the words around what it found; beside the version, whose rows
    stay small."""

    version = models.OneToOneField(DocumentVersion, primary_key=True, on_delete=models.CASCADE, related_name="+")
    text = models.TextField()


class Editing(models.Model):
    """Who has a case or a document open to change it; shown to the others, never a lock."""

    case = models.ForeignKey("cases.Case", on_delete=models.CASCADE, related_name="+")
    part = models.CharField(max_length=60)  # "case", "decision", "document:<id>"
    employee = models.ForeignKey("organisation.Employee", on_delete=models.CASCADE, related_name="+")
    seen_at = models.DateTimeField()
    typing = models.BooleanField(default=False)
    text = models.TextField(blank=True, default="")  # what was typed and not yet saved

    class Meta:
        indexes = [models.Index(fields=["seen_at"], name="editing_seen")]
        constraints = [models.UniqueConstraint(fields=["case", "part", "employee"], name="one_editing_each")]
