import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("catalogue", "0007_sections_without_pending"),
        ("citizens", "0003_representation_needs_and_businesses"),
        ("organisation", "0006_forwarding"),
    ]

    operations = [
        migrations.CreateModel(
            name="CaseSetting",
            fields=[
                (
                    "task",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="catalogue.task",
                    ),
                ),
                ("answer_working_days", models.SmallIntegerField(null=True)),
                ("legal_basis", models.CharField(blank=True, default="", max_length=300)),
                ("appeal_body", models.CharField(blank=True, default="", max_length=160)),
                ("appeal_weeks", models.SmallIntegerField(null=True)),
                ("appeal_resort", models.BooleanField(default=True)),
                ("hearing_days", models.SmallIntegerField(default=14)),
                (
                    "sensitivity",
                    models.CharField(
                        choices=[
                            ("ordinary", "Ikke fortrolige oplysninger"),
                            ("confidential", "Fortrolige personoplysninger"),
                            ("sensitive", "Følsomme personoplysninger"),
                        ],
                        default="confidential",
                        max_length=12,
                    ),
                ),
                (
                    "retention",
                    models.CharField(choices=[("B", "Bevares"), ("K", "Kasseres")], default="K", max_length=1),
                ),
                ("retention_years", models.SmallIntegerField(default=5)),
                (
                    "affects",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=12), default=list, size=None
                    ),
                ),
                ("income_dependent", models.BooleanField(default=False)),
                ("by_hand", models.BooleanField(default=False)),
                ("version", models.IntegerField(default=1)),
            ],
        ),
        migrations.CreateModel(
            name="DiscardRun",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
                ("made_by", models.CharField(max_length=80)),
                ("cut_off", models.DateField()),
                ("state", models.CharField(default="reported", max_length=10)),
                ("approved_by", models.CharField(blank=True, default="", max_length=80)),
                ("approved_at", models.DateTimeField(null=True)),
                ("done_at", models.DateTimeField(null=True)),
                ("version", models.IntegerField(default=1)),
            ],
        ),
        migrations.CreateModel(
            name="AccessRequest",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("number", models.CharField(max_length=20, unique=True)),
                (
                    "law",
                    models.CharField(
                        choices=[
                            ("party", "Forvaltningsloven § 9 (part)"),
                            ("public", "Offentlighedsloven § 7"),
                            ("own", "Offentlighedsloven § 8 (egenacces)"),
                            ("gdpr", "Databeskyttelsesforordningen art. 15"),
                        ],
                        max_length=6,
                    ),
                ),
                ("requester", models.CharField(max_length=160)),
                ("requester_mail", models.CharField(blank=True, default="", max_length=254)),
                ("is_party", models.BooleanField(default=False)),
                ("contact", models.UUIDField(null=True)),
                ("asked_for", models.TextField(blank=True, default="")),
                ("received_at", models.DateTimeField()),
                ("due_at", models.DateTimeField()),
                ("held_until", models.DateTimeField(null=True)),
                ("held_ground", models.CharField(blank=True, default="", max_length=300)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("received", "Modtaget"),
                            ("prepared", "Udvalgt"),
                            ("answered", "Besvaret"),
                            ("withdrawn", "Trukket tilbage"),
                        ],
                        default="received",
                        max_length=9,
                    ),
                ),
                ("package", models.CharField(blank=True, default="", max_length=64)),
                ("package_pages", models.IntegerField(null=True)),
                ("answered_at", models.DateTimeField(null=True)),
                ("answered_by", models.BigIntegerField(null=True)),
                ("version", models.IntegerField(default=1)),
                (
                    "handler",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="organisation.employee",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="citizens.person"
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
            name="AccessItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("order", models.SmallIntegerField()),
                ("document", models.UUIDField(null=True)),
                ("document_version", models.SmallIntegerField(null=True)),
                ("entry", models.UUIDField(null=True)),
                ("title", models.CharField(max_length=200)),
                (
                    "proposed",
                    models.CharField(
                        choices=[("full", "Udleveres"), ("redacted", "Udleveres overstreget"), ("refused", "Undtages")],
                        max_length=8,
                    ),
                ),
                ("proposed_why", models.CharField(blank=True, default="", max_length=200)),
                (
                    "choice",
                    models.CharField(
                        choices=[("full", "Udleveres"), ("redacted", "Udleveres overstreget"), ("refused", "Undtages")],
                        max_length=8,
                    ),
                ),
                ("ground", models.CharField(blank=True, default="", max_length=200)),
                ("boxes", models.JSONField(default=list)),
                ("redacted", models.CharField(blank=True, default="", max_length=64)),
                ("version", models.IntegerField(default=1)),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="cases.accessrequest"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Case",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("number", models.CharField(max_length=20, unique=True)),
                ("title", models.CharField(max_length=255)),
                (
                    "progress",
                    models.CharField(
                        choices=[
                            ("opened", "Opstået"),
                            ("informed", "Oplyst"),
                            ("decided", "Afgjort"),
                            ("closed", "Afsluttet"),
                        ],
                        default="opened",
                        max_length=8,
                    ),
                ),
                (
                    "waiting",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("citizen", "Venter på borgeren"),
                            ("hearing", "I partshøring"),
                            ("opinion", "Venter på en udtalelse"),
                            ("authority", "Venter på en anden myndighed"),
                        ],
                        default="",
                        max_length=10,
                    ),
                ),
                ("waiting_until", models.DateTimeField(null=True)),
                (
                    "raised_by",
                    models.CharField(
                        choices=[
                            ("application", "Ansøgning"),
                            ("notice", "Oplysning fra borgeren"),
                            ("authority", "Myndigheden selv"),
                            ("complaint", "Klage"),
                        ],
                        default="application",
                        max_length=12,
                    ),
                ),
                (
                    "sensitivity",
                    models.CharField(
                        choices=[
                            ("ordinary", "Ikke fortrolige oplysninger"),
                            ("confidential", "Fortrolige personoplysninger"),
                            ("sensitive", "Følsomme personoplysninger"),
                        ],
                        default="confidential",
                        max_length=12,
                    ),
                ),
                ("legal_basis", models.CharField(blank=True, default="", max_length=300)),
                ("kle", models.CharField(blank=True, default="", max_length=8)),
                ("facet", models.CharField(blank=True, default="", max_length=3)),
                (
                    "retention",
                    models.CharField(choices=[("B", "Bevares"), ("K", "Kasseres")], default="K", max_length=1),
                ),
                ("retention_years", models.SmallIntegerField(default=5)),
                ("archived_at", models.DateTimeField(null=True)),
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
                ("level", models.SmallIntegerField(default=2)),
                ("contact", models.UUIDField(null=True)),
                ("opened_at", models.DateTimeField()),
                ("deadline", models.DateTimeField(null=True)),
                ("decided_at", models.DateTimeField(null=True)),
                ("closed_at", models.DateTimeField(null=True)),
                ("reopened", models.SmallIntegerField(default=0)),
                ("version", models.IntegerField(default=1)),
                (
                    "administration",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisation.administration",
                    ),
                ),
                (
                    "handler",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="organisation.employee",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="citizens.person",
                    ),
                ),
                (
                    "task",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="catalogue.task",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisation.unit",
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="accessrequest",
            name="case",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="cases.case"
            ),
        ),
        migrations.CreateModel(
            name="CaseHandler",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid_from", models.DateTimeField()),
                ("valid_to", models.DateTimeField(null=True)),
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
        migrations.AddIndex(
            model_name="case",
            index=models.Index(condition=models.Q(("course__isnull", False)), fields=["course"], name="case_course"),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(
                condition=models.Q(("closed_at__isnull", False)), fields=["closed_at"], name="case_closed"
            ),
        ),
        migrations.AddIndex(
            model_name="deadline",
            index=models.Index(
                condition=models.Q(("cancelled_at__isnull", True), ("met_at__isnull", True)),
                fields=["due_at"],
                name="deadline_running",
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "decided")), fields=("case",), name="one_decision_in_force"
            ),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "draft")), fields=("case",), name="one_decision_in_draft"
            ),
        ),
        migrations.AddIndex(
            model_name="document",
            index=models.Index(fields=["case", "-dated"], name="document_case"),
        ),
        migrations.AddIndex(
            model_name="document",
            index=models.Index(
                condition=models.Q(("contact__isnull", False)), fields=["contact"], name="document_contact"
            ),
        ),
        migrations.AddIndex(
            model_name="documentversion",
            index=django.contrib.postgres.indexes.GinIndex(fields=["words"], name="version_words"),
        ),
        migrations.AddIndex(
            model_name="documentversion",
            index=models.Index(condition=models.Q(("read_at__isnull", True)), fields=["at"], name="version_unread"),
        ),
        migrations.AddConstraint(
            model_name="documentversion",
            constraint=models.UniqueConstraint(fields=("document", "number"), name="one_version_of_a_number"),
        ),
        migrations.AddConstraint(
            model_name="editing",
            constraint=models.UniqueConstraint(fields=("case", "part", "employee"), name="one_editing_each"),
        ),
        migrations.AddIndex(
            model_name="forwarding",
            index=models.Index(
                condition=models.Q(("answered_at__isnull", True)), fields=["expected_by"], name="forwarding_open"
            ),
        ),
        migrations.AddIndex(
            model_name="journalentry",
            index=models.Index(fields=["case", "-at"], name="entry_case"),
        ),
        migrations.AddIndex(
            model_name="journalentry",
            index=models.Index(
                condition=models.Q(("contact__isnull", False)), fields=["contact"], name="entry_contact"
            ),
        ),
        migrations.AddIndex(
            model_name="journalentry",
            index=django.contrib.postgres.indexes.GinIndex(
                django.contrib.postgres.search.SearchVector("theme", "body", config="danish"), name="entry_words"
            ),
        ),
        migrations.AddIndex(
            model_name="notice",
            index=models.Index(
                condition=models.Q(("handled_at__isnull", True)), fields=["react_by"], name="notice_open"
            ),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.UniqueConstraint(fields=("case", "event"), name="one_notice_per_event_and_case"),
        ),
        migrations.AddConstraint(
            model_name="party",
            constraint=models.UniqueConstraint(
                condition=models.Q(("role", "primary"), ("valid_to__isnull", True)),
                fields=("case",),
                name="one_primary_party",
            ),
        ),
        migrations.AddIndex(
            model_name="step",
            index=models.Index(
                condition=models.Q(("done_at__isnull", True), ("withdrawn", False)),
                fields=["case", "order"],
                name="step_open",
            ),
        ),
        migrations.AddIndex(
            model_name="step",
            index=models.Index(
                condition=models.Q(("done_at__isnull", True), ("withdrawn", False)),
                fields=["employee"],
                name="step_employee",
            ),
        ),
        migrations.RunSQL("CREATE SEQUENCE cases_number", "DROP SEQUENCE cases_number"),
    ]
