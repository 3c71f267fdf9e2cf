import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("catalogue", "0005_cards"),
    ]

    operations = [
        migrations.CreateModel(
            name="TriageModel",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("of_search", models.UUIDField()),
                ("made_at", models.DateTimeField()),
                ("examples", models.IntegerField()),
                ("held_back", models.IntegerField()),
                ("right", models.IntegerField()),
                ("right_by_words", models.IntegerField()),
                ("used", models.BooleanField()),
                ("packed", models.BinaryField()),
            ],
        ),
        migrations.CreateModel(
            name="ConceptWord",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("concept", models.CharField(max_length=40)),
                ("word", models.CharField(max_length=60)),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("concept", "word"), name="a_word_once_per_concept")],
            },
        ),
        migrations.CreateModel(
            name="Saying",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("notice", models.CharField(blank=True, default="", max_length=20)),
                ("text", models.CharField(max_length=600)),
                ("language", models.CharField(max_length=2)),
                (
                    "task",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="catalogue.task"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Correction",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("contact", models.UUIDField()),
                ("suggested", models.CharField(blank=True, default="", max_length=12)),
                (
                    "seen",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.IntegerField(), default=list, size=None
                    ),
                ),
                ("made_at", models.DateTimeField()),
                (
                    "task",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="catalogue.task"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("contact", "task"), name="one_correction_per_task")],
            },
        ),
    ]
