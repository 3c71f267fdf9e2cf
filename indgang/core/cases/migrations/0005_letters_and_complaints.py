import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0004_indexes"),
    ]

    operations = [
        migrations.CreateModel(
            name="CaseLetter",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("kind", models.CharField(max_length=12)),
                ("title", models.CharField(max_length=200)),
                ("document", models.UUIDField()),
                ("digest", models.CharField(max_length=64)),
                (
                    "way",
                    models.CharField(
                        choices=[
                            ("print", "Med posten"),
                            ("mail", "Med posten, og en mail siger, at det kommer"),
                            ("counter", "Udleveret ved skranken"),
                        ],
                        max_length=8,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "På vej til trykkeriet"),
                            ("sent", "Sendt"),
                            ("handed", "Udleveret"),
                            ("failed", "Kunne ikke sendes"),
                            ("recalled", "Trukket tilbage"),
                        ],
                        default="waiting",
                        max_length=8,
                    ),
                ),
                (
                    "notice",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("waiting", "På vej til trykkeriet"),
                            ("sent", "Sendt"),
                            ("handed", "Udleveret"),
                            ("failed", "Kunne ikke sendes"),
                            ("recalled", "Trukket tilbage"),
                        ],
                        default="",
                        max_length=8,
                    ),
                ),
                ("failure", models.CharField(blank=True, default="", max_length=200)),
                ("language", models.CharField(default="da", max_length=2)),
                ("subject_id", models.UUIDField(null=True)),
                ("made_at", models.DateTimeField()),
                ("settled_at", models.DateTimeField(null=True)),
                ("employee", models.BigIntegerField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Complaint",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("contact", models.UUIDField(null=True)),
                ("words", models.TextField()),
                ("received_on", models.DateField()),
                ("late", models.BooleanField(default=False)),
                ("late_ground", models.CharField(blank=True, default="", max_length=300)),
                ("deadline_rule", models.CharField(blank=True, default="", max_length=300)),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("changed", "Afgørelsen tages op igen"),
                            ("sent_on", "Sendt til klageinstansen"),
                            ("dropped", "Klagen er trukket tilbage"),
                        ],
                        default="",
                        max_length=8,
                    ),
                ),
                ("outcome_ground", models.TextField(blank=True, default="")),
                ("settled_at", models.DateTimeField(null=True)),
                ("settled_by", models.BigIntegerField(null=True)),
                ("sent_on_to", models.CharField(blank=True, default="", max_length=160)),
                ("taken_in_by", models.BigIntegerField(null=True)),
                ("version", models.IntegerField(default=1)),
            ],
        ),
        migrations.AddField(
            model_name="casesetting",
            name="complaint_rule",
            field=models.CharField(blank=True, default="", max_length=300),
        ),
        migrations.AddField(
            model_name="casesetting",
            name="complaint_working_days",
            field=models.SmallIntegerField(null=True),
        ),
        migrations.AddField(
            model_name="decision",
            name="appeal_rule",
            field=models.CharField(blank=True, default="", max_length=300),
        ),
        migrations.AddField(
            model_name="decision",
            name="appeal_weeks",
            field=models.SmallIntegerField(null=True),
        ),
        migrations.AddField(
            model_name="decision",
            name="ground",
            field=models.CharField(blank=True, default="", max_length=300),
        ),
        migrations.AddField(
            model_name="decision",
            name="language",
            field=models.CharField(default="da", max_length=2),
        ),
        migrations.AddField(
            model_name="decision",
            name="no_appeal",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="decision",
            name="opinion_ground",
            field=models.CharField(blank=True, default="", max_length=300),
        ),
        migrations.AddField(
            model_name="hearing",
            name="note",
            field=models.CharField(blank=True, default="", max_length=300),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state", "draft"),
                    models.Q(("decided_at__isnull", False), ("document__isnull", False)),
                    _connector="OR",
                ),
                name="no_decision_without_its_letter",
            ),
        ),
        migrations.AddField(
            model_name="caseletter",
            name="case",
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="cases.case"),
        ),
        migrations.AddField(
            model_name="caseletter",
            name="party",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="cases.party"
            ),
        ),
        migrations.AddField(
            model_name="complaint",
            name="case",
            field=models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="cases.case"),
        ),
        migrations.AddField(
            model_name="complaint",
            name="decision",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.decision"),
        ),
        migrations.AddField(
            model_name="complaint",
            name="over",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="cases.case"),
        ),
        migrations.AddIndex(
            model_name="caseletter",
            index=models.Index(fields=["case", "-made_at"], name="letter_case"),
        ),
        migrations.AddIndex(
            model_name="caseletter",
            index=models.Index(
                condition=models.Q(("subject_id__isnull", False)), fields=["subject_id"], name="letter_subject"
            ),
        ),
        migrations.AddIndex(
            model_name="caseletter",
            index=models.Index(condition=models.Q(("state", "failed")), fields=["settled_at"], name="letter_failed"),
        ),
        migrations.AddConstraint(
            model_name="complaint",
            constraint=models.UniqueConstraint(
                condition=models.Q(("settled_at__isnull", True)),
                fields=("decision",),
                name="one_open_complaint_over_a_decision",
            ),
        ),
    ]
