import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("catalogue", "0002_search_words"),
        ("organisation", "0002_closing_days"),
    ]

    operations = [
        migrations.CreateModel(
            name="Interface",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("level", models.SmallIntegerField()),
                ("note", models.CharField(blank=True, default="", max_length=300)),
                ("version", models.IntegerField(default=1)),
            ],
        ),
        migrations.CreateModel(
            name="LifeEvent",
            fields=[
                ("code", models.CharField(max_length=20, primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=80)),
                ("name_en", models.CharField(max_length=80)),
                ("order", models.SmallIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name="LifeEventTask",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("order", models.SmallIntegerField(default=0)),
                ("words", models.CharField(max_length=120)),
                ("words_en", models.CharField(max_length=120)),
            ],
        ),
        migrations.CreateModel(
            name="PlannedLevel",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("level", models.SmallIntegerField()),
                ("legal_basis", models.CharField(blank=True, default="", max_length=300)),
                ("on", models.DateField()),
                ("planned_by", models.CharField(max_length=80)),
                ("applied_at", models.DateTimeField(null=True)),
                ("withdrawn_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Principle",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.SmallIntegerField()),
                ("holds", models.BooleanField(null=True)),
                ("note", models.CharField(blank=True, default="", max_length=300)),
                ("source", models.CharField(blank=True, default="", max_length=160)),
                ("by_hand", models.BooleanField(default=False)),
                ("version", models.IntegerField(default=1)),
            ],
        ),
        migrations.CreateModel(
            name="Subtask",
            fields=[
                ("code", models.CharField(max_length=16, primary_key=True, serialize=False)),
                ("order", models.SmallIntegerField(default=0)),
                ("title", models.CharField(max_length=160)),
                ("title_en", models.CharField(max_length=160)),
                ("level", models.SmallIntegerField()),
                ("decision", models.BooleanField(default=False)),
                ("minutes", models.DecimalField(decimal_places=1, max_digits=6, null=True)),
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(null=True)),
                ("source", models.CharField(blank=True, default="", max_length=160)),
                ("by_hand", models.BooleanField(default=False)),
                ("version", models.IntegerField(default=1)),
            ],
        ),
        migrations.CreateModel(
            name="UnitCut",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("level", models.SmallIntegerField()),
                ("note", models.CharField(blank=True, default="", max_length=300)),
                ("version", models.IntegerField(default=1)),
            ],
        ),
        migrations.AddField(
            model_name="task",
            name="authority",
            field=models.CharField(blank=True, default="", max_length=120),
        ),
        migrations.AddField(
            model_name="task",
            name="by_hand",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=40), default=list, size=None
            ),
        ),
        migrations.AddField(
            model_name="task",
            name="central",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="task",
            name="central_until",
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name="task",
            name="legal_basis",
            field=models.CharField(blank=True, default="", max_length=300),
        ),
        migrations.AddField(
            model_name="task",
            name="minutes",
            field=models.DecimalField(decimal_places=1, max_digits=6, null=True),
        ),
        migrations.AddField(
            model_name="task",
            name="minutes_source",
            field=models.CharField(blank=True, default="", max_length=160),
        ),
        migrations.AddField(
            model_name="task",
            name="not_placed_reason",
            field=models.CharField(
                blank=True,
                choices=[
                    ("discretion", "Kræver fagligt skøn"),
                    ("small_function", "Lille central funktion, der ikke kan deles"),
                    ("more_entrances", "Ville give borgerne flere indgange (beskæftigelse)"),
                    ("unknown", "Ikke oplyst"),
                ],
                default="",
                max_length=20,
            ),
        ),
        migrations.AddField(
            model_name="task",
            name="version",
            field=models.IntegerField(default=1),
        ),
        migrations.AddField(
            model_name="task",
            name="volume",
            field=models.IntegerField(null=True),
        ),
        migrations.AddField(
            model_name="task",
            name="volume_source",
            field=models.CharField(blank=True, default="", max_length=160),
        ),
        migrations.AddConstraint(
            model_name="task",
            constraint=models.CheckConstraint(
                condition=models.Q(("volume", None), ("volume__gte", 0), _connector="OR"), name="task_volume"
            ),
        ),
        migrations.AddConstraint(
            model_name="task",
            constraint=models.CheckConstraint(
                condition=models.Q(("minutes", None), ("minutes__gt", 0), _connector="OR"), name="task_minutes"
            ),
        ),
        migrations.AddField(
            model_name="interface",
            name="group",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisation.competencegroup"
            ),
        ),
        migrations.AddField(
            model_name="interface",
            name="hours",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisation.unit"
            ),
        ),
        migrations.AddField(
            model_name="interface",
            name="task",
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="catalogue.task"),
        ),
        migrations.AddField(
            model_name="interface",
            name="transfer_to",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisation.unit"
            ),
        ),
        migrations.AddField(
            model_name="interface",
            name="unit",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisation.unit"
            ),
        ),
        migrations.AddField(
            model_name="lifeevent",
            name="situation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="catalogue.lifesituation"
            ),
        ),
        migrations.AddField(
            model_name="lifeeventtask",
            name="event",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="catalogue.lifeevent"
            ),
        ),
        migrations.AddField(
            model_name="lifeeventtask",
            name="task",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="catalogue.task"),
        ),
        migrations.AddField(
            model_name="plannedlevel",
            name="task",
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="catalogue.task"),
        ),
        migrations.AddField(
            model_name="principle",
            name="task",
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="catalogue.task"),
        ),
        migrations.AddField(
            model_name="subtask",
            name="task",
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="catalogue.task"),
        ),
        migrations.AddField(
            model_name="unitcut",
            name="task",
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="catalogue.task"),
        ),
        migrations.AddField(
            model_name="unitcut",
            name="unit",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="organisation.unit"
            ),
        ),
        migrations.AddConstraint(
            model_name="interface",
            constraint=models.UniqueConstraint(fields=("task", "level"), name="one_interface_per_level"),
        ),
        migrations.AddConstraint(
            model_name="interface",
            constraint=models.CheckConstraint(
                condition=models.Q(("level__in", [1, 2, 3])), name="interface_level_1_to_3"
            ),
        ),
        migrations.AddConstraint(
            model_name="lifeeventtask",
            constraint=models.UniqueConstraint(fields=("event", "task"), name="a_task_once_per_event"),
        ),
        migrations.AddConstraint(
            model_name="plannedlevel",
            constraint=models.CheckConstraint(condition=models.Q(("level__in", [1, 2])), name="planned_level_1_or_2"),
        ),
        migrations.AddConstraint(
            model_name="plannedlevel",
            constraint=models.UniqueConstraint(
                condition=models.Q(("applied_at", None), ("withdrawn_at", None)),
                fields=("task", "on"),
                name="one_planned_level_per_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="principle",
            constraint=models.UniqueConstraint(fields=("task", "number"), name="one_answer_per_principle"),
        ),
        migrations.AddConstraint(
            model_name="principle",
            constraint=models.CheckConstraint(condition=models.Q(("number__range", (1, 7))), name="principle_1_to_7"),
        ),
        migrations.AddConstraint(
            model_name="subtask",
            constraint=models.CheckConstraint(
                condition=models.Q(("level__in", [1, 2, 3])), name="subtask_level_1_to_3"
            ),
        ),
        migrations.AddConstraint(
            model_name="subtask",
            constraint=models.CheckConstraint(
                condition=models.Q(("minutes", None), ("minutes__gt", 0), _connector="OR"), name="subtask_minutes"
            ),
        ),
        migrations.AddConstraint(
            model_name="unitcut",
            constraint=models.UniqueConstraint(fields=("task", "unit"), name="one_cut_per_unit"),
        ),
        migrations.AddConstraint(
            model_name="unitcut",
            constraint=models.CheckConstraint(condition=models.Q(("level__in", [1, 2])), name="cut_level_1_or_2"),
        ),
    ]
