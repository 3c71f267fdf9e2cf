import django.contrib.postgres.search
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="CaseObject",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("address", "Adresse"),
                            ("vehicle", "Køretøj"),
                            ("child", "Barn"),
                            ("property", "Ejendom"),
                            ("other", "Andet"),
                        ],
                        max_length=8,
                    ),
                ),
                ("label", models.CharField(max_length=200)),
                ("reference", models.CharField(blank=True, default="", max_length=80)),
                (
                    "case",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="cases.case"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="CaseRelation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("parent", "Oversag"),
                            ("precedent", "Præcedens"),
                            ("complaint", "Klage over"),
                            ("other", "Se også"),
                        ],
                        max_length=9,
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="cases.case"),
                ),
                (
                    "other",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="cases.case"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Course",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("life_event", models.CharField(blank=True, default="", max_length=20)),
                ("title", models.CharField(max_length=160)),
                ("opened_at", models.DateTimeField()),
                ("closed_at", models.DateTimeField(null=True)),
                ("version", models.IntegerField(default=1)),
                (
                    "person",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="citizens.person"
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="case",
            name="course",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="cases.course",
            ),
        ),
        migrations.CreateModel(
            name="Deadline",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("answer", "Svarfrist"),
                            ("hearing", "Høringsfrist"),
                            ("opinion", "Frist for udtalelse"),
                            ("hand_over", "Frist for overdraget sag"),
                            ("access", "Frist for aktindsigt"),
                            ("complaint", "Klagefrist"),
                            ("forwarded", "Svar fra anden myndighed"),
                            ("step", "Frist for trin"),
                        ],
                        max_length=9,
                    ),
                ),
                ("due_at", models.DateTimeField()),
                ("first_due_at", models.DateTimeField()),
                ("ground", models.CharField(blank=True, default="", max_length=300)),
                ("subject_id", models.UUIDField(null=True)),
                ("met_at", models.DateTimeField(null=True)),
                ("warned_at", models.DateTimeField(null=True)),
                ("cancelled_at", models.DateTimeField(null=True)),
                ("version", models.IntegerField(default=1)),
                (
                    "case",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="cases.case"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Decision",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Under udarbejdelse"),
                            ("decided", "Truffet"),
                            ("replaced", "Erstattet"),
                            ("revoked", "Tilbagekaldt"),
                        ],
                        default="draft",
                        max_length=8,
                    ),
                ),
                ("level", models.SmallIntegerField(default=2)),
                (
                    "result",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("granted", "Imødekommet"),
                            ("partly", "Delvist imødekommet"),
                            ("refused", "Afslået"),
                            ("other", "Anden afgørelse"),
                        ],
                        default="",
                        max_length=8,
                    ),
                ),
                ("facts", models.TextField(blank=True, default="")),
                ("reasons", models.TextField(blank=True, default="")),
                ("legal_basis", models.CharField(blank=True, default="", max_length=300)),
                ("to_do", models.TextField(blank=True, default="")),
                ("amounts", models.JSONField(default=list)),
                ("valid_from", models.DateField(null=True)),
                ("appeal_body", models.CharField(blank=True, default="", max_length=160)),
                ("appeal_by", models.DateField(null=True)),
                ("document", models.UUIDField(null=True)),
                ("sent_by", models.CharField(blank=True, default="", max_length=8)),
                ("decided_at", models.DateTimeField(null=True)),
                ("decided_by", models.BigIntegerField(null=True)),
                ("created_at", models.DateTimeField()),
                ("created_by", models.BigIntegerField(null=True)),
                ("version", models.IntegerField(default=1)),
                (
                    "case",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="cases.case"),
                ),
                (
                    "replaces",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="cases.decision"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="DiscardRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("case_number", models.CharField(max_length=20)),
                ("case_id", models.UUIDField()),
                ("goes", models.BooleanField()),
                ("why", models.CharField(max_length=60)),
                ("deleted_at", models.DateTimeField(null=True)),
                ("files", models.IntegerField(default=0)),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="cases.discardrun"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Disclosure",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("direction", models.CharField(max_length=8)),
                ("other", models.CharField(max_length=160)),
                ("register", models.CharField(blank=True, default="", max_length=40)),
                ("what", models.CharField(max_length=300)),
                ("ground", models.CharField(max_length=300)),
                ("consent", models.BooleanField(default=False)),
                ("at", models.DateTimeField()),
                ("employee", models.BigIntegerField(null=True)),
                (
                    "case",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="cases.case"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Document",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("title", models.CharField(max_length=200)),
                (
                    "kind",
                    models.CharField(
                        choices=[("in", "Indgående"), ("out", "Udgående"), ("internal", "Internt")], max_length=8
                    ),
                ),
                ("dated", models.DateTimeField()),
                ("channel", models.CharField(blank=True, default="", max_length=14)),
                ("contact", models.UUIDField(null=True)),
                ("internal", models.BooleanField(default=False)),
                ("internal_ground", models.CharField(blank=True, default="", max_length=200)),
                ("other_parties", models.BooleanField(default=False)),
                (
                    "scan",
                    models.CharField(
                        choices=[
                            ("clean", "Undersøgt"),
                            ("not_scanned", "Ikke undersøgt for virus"),
                            ("refused", "Afvist"),
                        ],
                        default="not_scanned",
                        max_length=11,
                    ),
                ),
                ("current", models.SmallIntegerField(default=1)),
                ("final", models.BooleanField(default=False)),
                ("employee", models.BigIntegerField(null=True)),
                ("author", models.CharField(max_length=80)),
                ("version", models.IntegerField(default=1)),
                (
                    "case",
                    models.ForeignKey(
                        db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="cases.case"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="DocumentVersion",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("number", models.SmallIntegerField()),
                ("name", models.CharField(max_length=200)),
                ("media_type", models.CharField(max_length=100)),
                ("size", models.BigIntegerField()),
                ("digest", models.CharField(db_index=True, max_length=64)),
                ("pages", models.IntegerField(null=True)),
                ("damaged", models.CharField(blank=True, default="", max_length=200)),
                ("read_at", models.DateTimeField(null=True)),
                ("words", django.contrib.postgres.search.SearchVectorField(null=True)),
                ("at", models.DateTimeField()),
                ("employee", models.BigIntegerField(null=True)),
                ("author", models.CharField(max_length=80)),
                ("note", models.CharField(blank=True, default="", max_length=200)),
                (
                    "document",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="cases.document",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Editing",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("part", models.CharField(max_length=60)),
                ("seen_at", models.DateTimeField()),
                ("typing", models.BooleanField(default=False)),
                ("text", models.TextField(blank=True, default="")),
                (
                    "case",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="cases.case"),
                ),
                (
                    "employee",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="organisation.employee"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Forwarding",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("contact", models.UUIDField(null=True)),
                ("authority", models.CharField(max_length=160)),
                ("kind", models.CharField(default="case", max_length=20)),
                ("what", models.CharField(max_length=200)),
                ("to_mail", models.CharField(blank=True, default="", max_length=254)),
                ("reference", models.CharField(blank=True, default="", max_length=60)),
                ("state", models.CharField(default="sent", max_length=10)),
                ("received_at", models.DateTimeField(null=True)),
                ("sent_at", models.DateTimeField(null=True)),
                ("expected_by", models.DateTimeField(null=True)),
                ("answered_at", models.DateTimeField(null=True)),
                ("answer", models.CharField(blank=True, default="", max_length=300)),
                ("employee", models.BigIntegerField(null=True)),
                ("version", models.IntegerField(default=1)),
                (
                    "case",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="cases.case"
                    ),
                ),
            ],
        ),
    ]
