import django.contrib.postgres.fields
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
    ]
