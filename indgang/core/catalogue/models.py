"""Tasks with their dated rows, the words that lead to them, their questions and answers."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models

from indgang.core.catalogue.card_models import Authority as Authority
from indgang.core.catalogue.card_models import Card as Card
from indgang.core.catalogue.card_models import CardSection as CardSection
from indgang.core.catalogue.card_models import CardVersion as CardVersion
from indgang.core.catalogue.card_models import CheckedLink as CheckedLink
from indgang.core.catalogue.card_models import Law as Law
from indgang.core.catalogue.card_models import Rate as Rate
from indgang.core.catalogue.learned_models import ConceptWord as ConceptWord
from indgang.core.catalogue.learned_models import Correction as Correction
from indgang.core.catalogue.learned_models import Saying as Saying
from indgang.core.catalogue.learned_models import TriageModel as TriageModel
from indgang.core.catalogue.values import NotPlaced


class LifeSituation(models.Model):
    """An essential change in life that creates need for several services."""

    code = models.CharField(primary_key=True, max_length=20)  # family, work, housing, third_age
    name = models.CharField(max_length=80)
    name_en = models.CharField(max_length=80)
    order = models.SmallIntegerField(default=0)


class LifeEvent(models.Model):
    """Something that happens in a life situation (a divorce, a new child) and touches several tasks at once."""

    code = models.CharField(primary_key=True, max_length=20)
    situation = models.ForeignKey(LifeSituation, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=80)
    name_en = models.CharField(max_length=80)
    order = models.SmallIntegerField(default=0)


class LifeEventTask(models.Model):
    """A task on the check-list of a life event; the words say what it is about then."""

    event = models.ForeignKey(LifeEvent, on_delete=models.CASCADE, related_name="+")
    task = models.ForeignKey("catalogue.Task", on_delete=models.PROTECT, related_name="+")
    order = models.SmallIntegerField(default=0)
    words = models.CharField(max_length=120)
    words_en = models.CharField(max_length=120)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["event", "task"], name="a_task_once_per_event")]


class Task(models.Model):
    """One service of the municipality. Rows are dated; historic ones stay searchable and say what replaced them."""

    code = models.CharField(primary_key=True, max_length=12)  # "T-076"
    name = models.CharField(max_length=160)  # the source's name
    title = models.CharField(max_length=160)  # the citizen's words
    title_en = models.CharField(max_length=160)
    administration = models.ForeignKey("organisation.Administration", on_delete=models.PROTECT, related_name="+")
    group = models.ForeignKey("organisation.CompetenceGroup", on_delete=models.PROTECT, related_name="+")
    level = models.SmallIntegerField()  # the highest level settled in the centres
    placed = models.CharField(max_length=12)  # rule, po, not_placed, info: exactly one list
    in_info_list = models.BooleanField()
    is_new = models.BooleanField()
    decision = models.BooleanField(default=False)  # level 2 is a decision, not an expedition
    follow_up = models.ForeignKey("organisation.Unit", null=True, on_delete=models.PROTECT, related_name="+")
    life_situations = models.ManyToManyField(LifeSituation, related_name="+")
    summary = models.TextField(blank=True, default="")
    summary_en = models.TextField(blank=True, default="")
    answer_hours = models.DecimalField(max_digits=6, decimal_places=2)  # expected answer, in opening hours
    owner_today = models.CharField(max_length=200, blank=True, default="")
    historic = models.BooleanField(default=False)
    replaced_by = models.CharField(max_length=200, blank=True, default="")
    frequent = models.BooleanField(default=False)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    source = models.CharField(max_length=200, blank=True, default="")
    not_placed_reason = models.CharField(max_length=20, choices=NotPlaced.choices, blank=True, default="")
    volume = models.IntegerField(null=True)  # inquiries a year; null: not counted
    volume_source = models.CharField(max_length=160, blank=True, default="")
    minutes = models.DecimalField(max_digits=6, decimal_places=1, null=True)  # standard time of one inquiry
    minutes_source = models.CharField(max_length=160, blank=True, default="")
    authority = models.CharField(max_length=120, blank=True, default="")  # decides by law, where it is not the owner
    legal_basis = models.CharField(max_length=300, blank=True, default="")  # of level 2 on another authority's task
    central = models.BooleanField(default=False)  # kept with the owner although it stands in the rule list
    central_until = models.DateField(null=True)  # last day of that; null: until somebody decides
    by_hand = ArrayField(models.CharField(max_length=40), default=list)  # columns a loaded profile leaves alone
    version = models.IntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(level__in=[1, 2, 3]), name="task_level_1_to_3"),
            models.CheckConstraint(condition=models.Q(volume=None) | models.Q(volume__gte=0), name="task_volume"),
            models.CheckConstraint(condition=models.Q(minutes=None) | models.Q(minutes__gt=0), name="task_minutes"),
        ]


class Subtask(models.Model):
    """A part of a task with a level of its own: a place in day care may be booked where it may not be granted."""

    code = models.CharField(primary_key=True, max_length=16)  # "T-076.1"
    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="+")
    order = models.SmallIntegerField(default=0)
    title = models.CharField(max_length=160)
    title_en = models.CharField(max_length=160)
    level = models.SmallIntegerField()
    decision = models.BooleanField(default=False)  # else an expedition
    minutes = models.DecimalField(max_digits=6, decimal_places=1, null=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    source = models.CharField(max_length=160, blank=True, default="")
    by_hand = models.BooleanField(default=False)  # a loaded profile leaves it alone
    version = models.IntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(level__in=[1, 2, 3]), name="subtask_level_1_to_3"),
            models.CheckConstraint(condition=models.Q(minutes=None) | models.Q(minutes__gt=0), name="subtask_minutes"),
        ]


class Principle(models.Model):
    """The answer to one of the seven principles of allocation for a task; no row: nobody has answered yet."""

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="+")
    number = models.SmallIntegerField()  # 1 to 7 (001 l.1957-1969)
    holds = models.BooleanField(null=True)  # null: considered, not known
    note = models.CharField(max_length=300, blank=True, default="")
    source = models.CharField(max_length=160, blank=True, default="")
    by_hand = models.BooleanField(default=False)
    version = models.IntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["task", "number"], name="one_answer_per_principle"),
            models.CheckConstraint(condition=models.Q(number__range=(1, 7)), name="principle_1_to_7"),
        ]


class Interface(models.Model):
    """Who answers a task at a level, to whom it is handed on, in whose hours. No row: what follows from the task."""

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="+")
    level = models.SmallIntegerField()
    group = models.ForeignKey("organisation.CompetenceGroup", on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey("organisation.Unit", null=True, on_delete=models.PROTECT, related_name="+")
    transfer_to = models.ForeignKey("organisation.Unit", null=True, on_delete=models.PROTECT, related_name="+")
    hours = models.ForeignKey("organisation.Unit", null=True, on_delete=models.PROTECT, related_name="+")
    note = models.CharField(max_length=300, blank=True, default="")
    version = models.IntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["task", "level"], name="one_interface_per_level"),
            models.CheckConstraint(condition=models.Q(level__in=[1, 2, 3]), name="interface_level_1_to_3"),
        ]


class PlannedLevel(models.Model):
    """A change of level decided for a later day; applied when that day begins."""

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="+")
    level = models.SmallIntegerField()
    legal_basis = models.CharField(max_length=300, blank=True, default="")
    on = models.DateField()
    planned_by = models.CharField(max_length=80)
    applied_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(level__in=[1, 2]), name="planned_level_1_or_2"),
            models.UniqueConstraint(
                fields=["task", "on"],
                condition=models.Q(applied_at=None, withdrawn_at=None),
                name="one_planned_level_per_day",
            ),
        ]


class UnitCut(models.Model):
    """The level a co-located unit settles a task at; the cut to the P/O offices differs from centre to centre."""

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="+")
    unit = models.ForeignKey("organisation.Unit", on_delete=models.CASCADE, related_name="+")
    level = models.SmallIntegerField()
    note = models.CharField(max_length=300, blank=True, default="")
    version = models.IntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["task", "unit"], name="one_cut_per_unit"),
            models.CheckConstraint(condition=models.Q(level__in=[1, 2]), name="cut_level_1_or_2"),
        ]


class Phrase(models.Model):
    """Words that lead to a task (or out of scope: to a notice), as citizens say them."""

    task = models.ForeignKey(Task, null=True, on_delete=models.CASCADE, related_name="+")
    notice = models.CharField(max_length=20, blank=True, default="")  # emergency, private, other_authority
    text = models.CharField(max_length=200)
    language = models.CharField(max_length=2)
    weight = models.FloatField(default=1.0)
    of_card = models.BooleanField(default=False, db_default=False)  # stands in the task's card
    lexemes = ArrayField(models.CharField(max_length=60), default=list)  # made by the search, in the phrase's language

    class Meta:
        indexes = [GinIndex(fields=["lexemes"], name="phrase_lexemes")]


class SearchRow(models.Model):
    """One task's search text in one language, and the vectors made of it."""

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="+")
    language = models.CharField(max_length=2)
    vector = SearchVectorField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["task", "language"], name="one_search_row_per_language")]
        indexes = [GinIndex(fields=["vector"], name="search_row_vector")]


class Word(models.Model):
    """A word of the vocabulary with its trigrams, so that misspellings and compounds find it without an extension."""

    word = models.CharField(max_length=60)
    language = models.CharField(max_length=2)
    lexeme = models.CharField(max_length=60, default="")  # what the language's stemmer makes of it
    skeleton = models.CharField(
        max_length=60, default=""
    )  # without the differences of æ/ae/a, ø/oe/o, å/aa and double letters
    trigrams = ArrayField(models.CharField(max_length=3))  # of the skeleton
    tasks = models.IntegerField()  # in how many tasks it occurs

    class Meta:
        constraints = [models.UniqueConstraint(fields=["word", "language"], name="one_word_per_language")]
        indexes = [GinIndex(fields=["trigrams"], name="word_trigrams")]


class SearchVersion(models.Model):
    """One row that changes with the search, so that every process knows when what it remembers is old."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    version = models.UUIDField()

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="one_search_version")]


class Setting(models.Model):
    """A rule of the municipality that is a value, not a row: its name, its mail, days, seconds and targets."""

    code = models.CharField(primary_key=True, max_length=80)
    value = models.JSONField()
    by_hand = models.BooleanField(default=False, db_default=False)  # a loaded profile leaves it alone


class Question(models.Model):
    """A clarifying question of a task; its options may lead to another task or to an answer at once."""

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="+")
    code = models.CharField(max_length=40)
    order = models.SmallIntegerField()
    text = models.CharField(max_length=200)
    text_en = models.CharField(max_length=200)
    options = models.JSONField(default=list)  # [{"code","text","text_en","task"?,"answer"?}]; empty: free text
    required = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["task", "code"], name="one_question_per_code")]


class InstantAnswer(models.Model):
    """What a citizen is answered at once, on the page and by mail."""

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="+")
    code = models.CharField(max_length=40)
    subject = models.CharField(max_length=160)
    subject_en = models.CharField(max_length=160)
    body = models.TextField()
    body_en = models.TextField()
    link = models.CharField(max_length=200, blank=True, default="")
    closes = models.BooleanField(
        default=False
    )  # settles the contact; otherwise the citizen may still write or be called
    offers_call_back = models.BooleanField(default=False)
    phone_unit = models.ForeignKey("organisation.Unit", null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["task", "code"], name="one_answer_per_code")]
