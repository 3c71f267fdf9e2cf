import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0002_journal_and_documents")]

    operations = [
        migrations.CreateModel(
            name="JournalEntry",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("note", "Notat"),
                            ("contact", "Henvendelse"),
                            ("document", "Dokument"),
                            ("hearing", "Partshøring"),
                            ("decision", "Afgørelse"),
                            ("opinion", "Udtalelse"),
                            ("hand_over", "Overdragelse"),
                            ("disclosed", "Videregivet oplysning"),
                            ("obtained", "Indhentet oplysning"),
                            ("forwarded", "Sendt til anden myndighed"),
                            ("notice", "Advis"),
                            ("deadline", "Frist"),
                            ("access", "Aktindsigt"),
                        ],
                        max_length=10,
                    ),
                ),
                ("theme", models.CharField(max_length=160)),
                ("body", models.TextField(blank=True, default="")),
                ("oral_facts", models.BooleanField(default=False)),
                ("channel", models.CharField(blank=True, default="", max_length=14)),
                ("contact", models.UUIDField(null=True)),
                ("document", models.UUIDField(null=True)),
                ("subject_id", models.UUIDField(null=True)),
                ("employee", models.BigIntegerField(null=True)),
                ("author", models.CharField(max_length=80)),
                ("internal", models.BooleanField(default=False)),
                ("internal_ground", models.CharField(blank=True, default="", max_length=200)),
                (
                    "case",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="cases.case"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Notice",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("kind", models.CharField(max_length=24)),
                ("source", models.CharField(max_length=60)),
                ("event", models.UUIDField(null=True)),
                ("at", models.DateTimeField()),
                ("react_by", models.DateTimeField()),
                ("handled_at", models.DateTimeField(null=True)),
                ("handled_by", models.BigIntegerField(null=True)),
                ("reaction", models.CharField(blank=True, default="", max_length=300)),
                ("version", models.IntegerField(default=1)),
                (
                    "case",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="cases.case"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="NoticeRule",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=24)),
                ("working_days", models.SmallIntegerField(default=3)),
                ("words", models.CharField(max_length=160)),
                ("words_en", models.CharField(blank=True, default="", max_length=160)),
                ("by_hand", models.BooleanField(default=False)),
                ("version", models.IntegerField(default=1)),
                (
                    "task",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="catalogue.task"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Opinion",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("question", models.TextField()),
                ("asked_by", models.BigIntegerField(null=True)),
                ("asked_at", models.DateTimeField()),
                ("answer_by", models.DateTimeField()),
                ("answer", models.TextField(blank=True, default="")),
                ("answered_by", models.BigIntegerField(null=True)),
                ("answered_at", models.DateTimeField(null=True)),
                ("withdrawn_at", models.DateTimeField(null=True)),
                ("version", models.IntegerField(default=1)),
                (
                    "case",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="cases.case"),
                ),
                (
                    "employee",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="organisation.employee",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisation.unit"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Party",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("business", models.BigIntegerField(null=True)),
                ("name", models.CharField(blank=True, default="", max_length=160)),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("primary", "Primær part"),
                            ("secondary", "Anden part"),
                            ("payee", "Ydelsesmodtager"),
                            ("representative", "Partsrepræsentant"),
                            ("authority", "Myndighed"),
                        ],
                        max_length=14,
                    ),
                ),
                ("valid_from", models.DateTimeField()),
                ("valid_to", models.DateTimeField(null=True)),
                (
                    "case",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="cases.case"),
                ),
                (
                    "person",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="citizens.person"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Hearing",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("facts", models.TextField(blank=True, default="")),
                ("left_out_ground", models.CharField(blank=True, default="", max_length=300)),
                ("sent_at", models.DateTimeField(null=True)),
                ("answer_by", models.DateTimeField(null=True)),
                ("answered_at", models.DateTimeField(null=True)),
                ("answer", models.TextField(blank=True, default="")),
                ("oral", models.BooleanField(default=False)),
                ("document", models.UUIDField(null=True)),
                ("cancelled_at", models.DateTimeField(null=True)),
                ("employee", models.BigIntegerField(null=True)),
                ("version", models.IntegerField(default=1)),
                (
                    "case",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="cases.case"),
                ),
                (
                    "party",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="cases.party"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ProgressChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "progress",
                    models.CharField(
                        choices=[
                            ("opened", "Opstået"),
                            ("informed", "Oplyst"),
                            ("decided", "Afgjort"),
                            ("closed", "Afsluttet"),
                        ],
                        max_length=8,
                    ),
                ),
                ("at", models.DateTimeField()),
                ("employee", models.BigIntegerField(null=True)),
                ("ground", models.CharField(blank=True, default="", max_length=300)),
                (
                    "case",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="cases.case"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Step",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("handle", "Behandl sagen"),
                            ("task", "Opgave på sagen"),
                            ("opinion", "Giv en udtalelse"),
                            ("answer", "Borgeren har svaret"),
                            ("notice", "Tag stilling til en hændelse"),
                            ("deadline", "Frist nærmer sig"),
                            ("complaint", "Behandl klagen"),
                            ("return", "Svar fra anden myndighed"),
                            ("access", "Besvar aktindsigt"),
                        ],
                        max_length=9,
                    ),
                ),
                ("title", models.CharField(max_length=160)),
                ("order", models.SmallIntegerField(default=0)),
                ("group", models.CharField(blank=True, default="", max_length=40)),
                ("level", models.SmallIntegerField(default=2)),
                ("created_at", models.DateTimeField()),
                ("not_before", models.DateTimeField(null=True)),
                ("due_at", models.DateTimeField(null=True)),
                ("started_at", models.DateTimeField(null=True)),
                ("done_at", models.DateTimeField(null=True)),
                ("done_by", models.BigIntegerField(null=True)),
                ("withdrawn", models.BooleanField(default=False)),
                ("subject_id", models.UUIDField(null=True)),
                ("version", models.IntegerField(default=1)),
                (
                    "case",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="cases.case"),
                ),
                (
                    "employee",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="organisation.employee",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisation.unit"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="StepTemplate",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("life_event", models.CharField(blank=True, default="", max_length=20)),
                ("order", models.SmallIntegerField(default=0)),
                ("title", models.CharField(max_length=160)),
                ("title_en", models.CharField(blank=True, default="", max_length=160)),
                ("level", models.SmallIntegerField(default=2)),
                ("working_days", models.SmallIntegerField(null=True)),
                ("by_hand", models.BooleanField(default=False)),
                ("version", models.IntegerField(default=1)),
                (
                    "task",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="catalogue.task"
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="accessrequest",
            index=models.Index(
                condition=models.Q(("answered_at__isnull", True)), fields=["due_at"], name="access_open"
            ),
        ),
        migrations.AddConstraint(
            model_name="caserelation",
            constraint=models.UniqueConstraint(fields=("case", "other", "kind"), name="one_relation_of_a_kind"),
        ),
        migrations.AddIndex(
            model_name="course",
            index=models.Index(fields=["person", "-opened_at"], name="course_person"),
        ),
        migrations.AddIndex(
            model_name="case",
            index=django.contrib.postgres.indexes.GinIndex(
                django.contrib.postgres.search.SearchVector("title", config="danish"), name="case_words"
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(fields=["person", "-opened_at"], name="case_person"),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(("progress", "closed"), _negated=True),
                fields=["unit", "deadline"],
                name="case_unit_open",
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(("progress", "closed"), _negated=True),
                fields=["handler", "deadline"],
                name="case_handler_open",
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(fields=["task", "-opened_at"], name="case_task"),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(fields=["administration", "-opened_at"], name="case_administration"),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(("progress__in", ["opened", "informed"])), fields=["deadline"], name="case_deadline"
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(("waiting_until__isnull", False)), fields=["waiting_until"], name="case_waiting"
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(condition=models.Q(("contact__isnull", False)), fields=["contact"], name="case_contact"),
        ),
    ]
