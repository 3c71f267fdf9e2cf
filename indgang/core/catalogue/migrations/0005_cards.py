import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("catalogue", "0004_settings_by_hand"),
    ]

    operations = [
        migrations.CreateModel(
            name="Authority",
            fields=[
                ("code", models.CharField(max_length=40, primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=120)),
                ("what", models.CharField(max_length=400)),
                ("opening", models.CharField(blank=True, default="", max_length=200)),
                ("phone", models.CharField(blank=True, default="", max_length=80)),
                ("link", models.CharField(blank=True, default="", max_length=200)),
                (
                    "tasks",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=12), default=list, size=None
                    ),
                ),
                ("source", models.CharField(blank=True, default="", max_length=160)),
            ],
        ),
        migrations.CreateModel(
            name="CheckedLink",
            fields=[
                ("address", models.CharField(max_length=500, primary_key=True, serialize=False)),
                ("checked_at", models.DateTimeField()),
                ("fault", models.CharField(blank=True, default="", max_length=200)),
            ],
        ),
        migrations.CreateModel(
            name="Law",
            fields=[
                ("code", models.CharField(max_length=40, primary_key=True, serialize=False)),
                ("title", models.CharField(max_length=200, unique=True)),
                ("eli", models.CharField(blank=True, default="", max_length=120)),
                ("version", models.CharField(blank=True, default="", max_length=120)),
                ("checked_on", models.DateField(null=True)),
                ("replaced_by", models.CharField(blank=True, default="", max_length=200)),
                ("source", models.CharField(blank=True, default="", max_length=160)),
            ],
        ),
        migrations.AddField(
            model_name="phrase",
            name="of_card",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.CreateModel(
            name="CardVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.IntegerField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Kladde"),
                            ("submitted", "Sendt til godkendelse"),
                            ("approved", "Godkendt, udgives senere"),
                            ("published", "Udgivet"),
                            ("superseded", "Afløst"),
                            ("returned", "Sendt tilbage"),
                            ("conflict", "Profilens fil, ikke taget i brug"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "origin",
                    models.CharField(
                        choices=[
                            ("profile", "Indlæst fra profilen"),
                            ("hand", "Skrevet i portalen"),
                            ("import", "Læst ind fra filer"),
                            ("roll_back", "Rullet tilbage"),
                        ],
                        max_length=10,
                    ),
                ),
                ("text", models.TextField()),
                ("why", models.CharField(blank=True, default="", max_length=300)),
                ("author", models.CharField(max_length=80)),
                ("at", models.DateTimeField()),
                ("submitted_by", models.CharField(blank=True, default="", max_length=80)),
                ("submitted_at", models.DateTimeField(null=True)),
                ("reviewer", models.CharField(blank=True, default="", max_length=80)),
                ("reviewed_at", models.DateTimeField(null=True)),
                ("reason", models.CharField(blank=True, default="", max_length=300)),
                ("publish_on", models.DateField(null=True)),
                ("published_at", models.DateTimeField(null=True)),
                (
                    "task",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="catalogue.task"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Card",
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
                ("reviewed", models.CharField(blank=True, default="", max_length=160)),
                ("review_by", models.DateField(null=True)),
                ("reminded_for", models.DateField(null=True)),
                ("blanks", models.IntegerField(default=0)),
                ("words", models.IntegerField(default=0)),
                ("attention", models.CharField(blank=True, default="", max_length=300)),
                ("profile_digest", models.CharField(blank=True, default="", max_length=64)),
                (
                    "published",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="catalogue.cardversion",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Rate",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=80)),
                ("label", models.CharField(max_length=160)),
                ("amount", models.DecimalField(decimal_places=2, max_digits=12, null=True)),
                ("unit", models.CharField(max_length=20)),
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(null=True)),
                ("source", models.CharField(blank=True, default="", max_length=200)),
                ("estimated", models.BooleanField(default=False)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("code", "valid_from"), name="one_rate_per_day"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_to", None), ("valid_to__gte", models.F("valid_from")), _connector="OR"
                        ),
                        name="rate_period",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CardSection",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("anchor", models.CharField(max_length=20)),
                ("language", models.CharField(default="da", max_length=2)),
                ("order", models.SmallIntegerField()),
                ("title", models.CharField(max_length=80)),
                ("text", models.TextField()),
                ("public", models.BooleanField()),
                ("vector", django.contrib.postgres.search.SearchVectorField(null=True)),
                (
                    "task",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="catalogue.task"
                    ),
                ),
            ],
            options={
                "indexes": [django.contrib.postgres.indexes.GinIndex(fields=["vector"], name="card_section_vector")],
                "constraints": [
                    models.UniqueConstraint(fields=("task", "anchor", "language"), name="one_section_per_card")
                ],
            },
        ),
        migrations.AddIndex(
            model_name="cardversion",
            index=models.Index(fields=["published_at"], name="card_version_published"),
        ),
        migrations.AddIndex(
            model_name="cardversion",
            index=models.Index(
                condition=models.Q(("state", "approved")), fields=["publish_on"], name="card_version_waiting"
            ),
        ),
        migrations.AddConstraint(
            model_name="cardversion",
            constraint=models.UniqueConstraint(fields=("task", "number"), name="one_card_version"),
        ),
        migrations.AddConstraint(
            model_name="cardversion",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "published")), fields=("task",), name="one_published_card_version"
            ),
        ),
    ]
