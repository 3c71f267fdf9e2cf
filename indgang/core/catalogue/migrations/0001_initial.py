import django.contrib.postgres.fields
import django.contrib.postgres.search
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("organisation", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="LifeSituation",
            fields=[
                ("code", models.CharField(max_length=20, primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=80)),
                ("name_en", models.CharField(max_length=80)),
                ("order", models.SmallIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name="Task",
            fields=[
                ("code", models.CharField(max_length=12, primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=160)),
                ("title", models.CharField(max_length=160)),
                ("title_en", models.CharField(max_length=160)),
                ("level", models.SmallIntegerField()),
                ("placed", models.CharField(max_length=12)),
                ("in_info_list", models.BooleanField()),
                ("is_new", models.BooleanField()),
                ("decision", models.BooleanField(default=False)),
                ("summary", models.TextField(blank=True, default="")),
                ("summary_en", models.TextField(blank=True, default="")),
                ("answer_hours", models.DecimalField(decimal_places=2, max_digits=6)),
                ("owner_today", models.CharField(blank=True, default="", max_length=200)),
                ("historic", models.BooleanField(default=False)),
                ("replaced_by", models.CharField(blank=True, default="", max_length=200)),
                ("frequent", models.BooleanField(default=False)),
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(null=True)),
                ("source", models.CharField(blank=True, default="", max_length=200)),
                (
                    "administration",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisation.administration"
                    ),
                ),
                (
                    "follow_up",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisation.unit"
                    ),
                ),
                (
                    "group",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisation.competencegroup"
                    ),
                ),
                ("life_situations", models.ManyToManyField(related_name="+", to="catalogue.lifesituation")),
            ],
        ),
        migrations.CreateModel(
            name="SearchRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("language", models.CharField(max_length=2)),
                ("vector", django.contrib.postgres.search.SearchVectorField()),
                (
                    "task",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="catalogue.task"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Question",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=40)),
                ("order", models.SmallIntegerField()),
                ("text", models.CharField(max_length=200)),
                ("text_en", models.CharField(max_length=200)),
                ("options", models.JSONField(default=list)),
                ("required", models.BooleanField(default=False)),
                (
                    "task",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="catalogue.task"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Phrase",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("notice", models.CharField(blank=True, default="", max_length=20)),
                ("text", models.CharField(max_length=200)),
                ("language", models.CharField(max_length=2)),
                ("weight", models.FloatField(default=1.0)),
                (
                    "task",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="catalogue.task"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="InstantAnswer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=40)),
                ("subject", models.CharField(max_length=160)),
                ("subject_en", models.CharField(max_length=160)),
                ("body", models.TextField()),
                ("body_en", models.TextField()),
                ("link", models.CharField(blank=True, default="", max_length=200)),
                ("closes", models.BooleanField(default=False)),
                ("offers_call_back", models.BooleanField(default=False)),
                (
                    "phone_unit",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisation.unit"
                    ),
                ),
                (
                    "task",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="catalogue.task"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Word",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("word", models.CharField(max_length=60)),
                ("language", models.CharField(max_length=2)),
                (
                    "trigrams",
                    django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=3), size=None),
                ),
                ("tasks", models.IntegerField()),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("word", "language"), name="one_word_per_language")],
            },
        ),
        migrations.AddConstraint(
            model_name="task",
            constraint=models.CheckConstraint(condition=models.Q(("level__in", [1, 2, 3])), name="task_level_1_to_3"),
        ),
        migrations.AddConstraint(
            model_name="searchrow",
            constraint=models.UniqueConstraint(fields=("task", "language"), name="one_search_row_per_language"),
        ),
        migrations.AddConstraint(
            model_name="question",
            constraint=models.UniqueConstraint(fields=("task", "code"), name="one_question_per_code"),
        ),
        migrations.AddConstraint(
            model_name="instantanswer",
            constraint=models.UniqueConstraint(fields=("task", "code"), name="one_answer_per_code"),
        ),
    ]
