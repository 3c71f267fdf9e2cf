import django.db.models.deletion
from django.db import migrations, models

from indgang.foundation.runtime.sorting import sort_key


def fill_search_keys(apps, schema_editor):
    for row in apps.get_model("organisation", "Employee").objects.all():
        row.search_key = f"0{sort_key(row.name)}0{sort_key(row.title)}"
        row.save(update_fields=["search_key"])


def mark_hours_set_by_people(apps, schema_editor):
    """A profile always says where its hours come from; hours without a source were set by a manager."""
    apps.get_model("organisation", "OpeningHours").objects.filter(source="").update(origin="hand")


class Migration(migrations.Migration):
    dependencies = [
        ("organisation", "0002_closing_days"),
    ]

    operations = [
        migrations.CreateModel(
            name="Counter",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=40)),
                ("name", models.CharField(max_length=120)),
                ("premises", models.CharField(max_length=120)),
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(null=True)),
                ("version", models.IntegerField(db_default=1, default=1)),
            ],
        ),
        migrations.CreateModel(
            name="Course",
            fields=[
                ("code", models.CharField(max_length=40, primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=120)),
                ("months", models.SmallIntegerField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="LivingPlan",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("variant", models.CharField(max_length=40)),
                ("valid_from", models.DateField(unique=True)),
                (
                    "origin",
                    models.CharField(
                        choices=[("profile", "Profilen"), ("hand", "En medarbejder")], default="hand", max_length=8
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="StaffNotice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=20)),
                ("created_at", models.DateTimeField()),
                ("settled_at", models.DateTimeField(null=True)),
                ("settled_by", models.CharField(blank=True, default="", max_length=80)),
            ],
        ),
        migrations.CreateModel(
            name="StreetRange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("municipality", models.CharField(max_length=4)),
                ("road", models.CharField(max_length=4)),
                ("street", models.CharField(max_length=60)),
                ("street_key", models.CharField(db_index=True, max_length=90)),
                ("postcode", models.CharField(max_length=4)),
                ("city", models.CharField(max_length=40)),
                ("first", models.IntegerField()),
                ("last", models.IntegerField()),
                ("district", models.CharField(max_length=60)),
                ("district_2006", models.CharField(max_length=60)),
            ],
        ),
        migrations.CreateModel(
            name="Substitution",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Succession",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField()),
                ("source", models.CharField(blank=True, default="", max_length=120)),
            ],
        ),
        migrations.CreateModel(
            name="Training",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("passed_on", models.DateField()),
                ("valid_to", models.DateField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="UnitCount",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("model", models.CharField(max_length=24)),
                ("code", models.CharField(max_length=12, unique=True)),
                ("administration", models.CharField(max_length=60)),
                ("name", models.CharField(max_length=120)),
                ("reach", models.CharField(blank=True, default="", max_length=40)),
                ("count", models.IntegerField(null=True)),
                ("employees", models.DecimalField(decimal_places=1, max_digits=7, null=True)),
                ("source", models.CharField(blank=True, default="", max_length=120)),
            ],
        ),
        migrations.RemoveConstraint(
            model_name="competence",
            name="one_competence_per_group",
        ),
        migrations.AddField(
            model_name="administration",
            name="part_of",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="organisation.administration",
            ),
        ),
        migrations.AddField(
            model_name="administration",
            name="valid_from",
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name="administration",
            name="valid_to",
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name="changedday",
            name="origin",
            field=models.CharField(
                choices=[("profile", "Profilen"), ("hand", "En medarbejder")],
                db_default="profile",
                default="profile",
                max_length=8,
            ),
        ),
        migrations.AddField(
            model_name="changedday",
            name="removed",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AddField(
            model_name="changedday",
            name="version",
            field=models.IntegerField(db_default=1, default=1),
        ),
        migrations.AddField(
            model_name="closingday",
            name="origin",
            field=models.CharField(
                choices=[("profile", "Profilen"), ("hand", "En medarbejder")],
                db_default="profile",
                default="profile",
                max_length=8,
            ),
        ),
        migrations.AddField(
            model_name="closingday",
            name="version",
            field=models.IntegerField(db_default=1, default=1),
        ),
        migrations.AddField(
            model_name="competence",
            name="held_back",
            field=models.CharField(
                blank=True,
                choices=[
                    ("course", "Kurset er ikke bestået"),
                    ("separation", "Jobcenter og ydelseskontor udelukker hinanden"),
                ],
                db_default="",
                default="",
                max_length=12,
            ),
        ),
        migrations.AddField(
            model_name="competence",
            name="origin",
            field=models.CharField(
                choices=[("profile", "Profilen"), ("hand", "En medarbejder")],
                db_default="profile",
                default="profile",
                max_length=8,
            ),
        ),
        migrations.AddField(
            model_name="competencegroup",
            name="side",
            field=models.CharField(
                blank=True,
                choices=[("job_centre", "Jobcenter"), ("benefit_office", "Ydelseskontor")],
                db_default="",
                default="",
                max_length=16,
            ),
        ),
        migrations.AddField(
            model_name="employee",
            name="left_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="employee",
            name="search_key",
            field=models.CharField(db_default="", default="", max_length=400),
        ),
        migrations.AddField(
            model_name="employee",
            name="version",
            field=models.IntegerField(db_default=1, default=1),
        ),
        migrations.AddField(
            model_name="openinghours",
            name="origin",
            field=models.CharField(
                choices=[("profile", "Profilen"), ("hand", "En medarbejder")],
                db_default="profile",
                default="profile",
                max_length=8,
            ),
        ),
        migrations.AddField(
            model_name="unit",
            name="hours_version",
            field=models.IntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name="unit",
            name="valid_from",
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name="unit",
            name="valid_to",
            field=models.DateField(null=True),
        ),
        migrations.AddConstraint(
            model_name="competence",
            constraint=models.UniqueConstraint(
                fields=("employee", "group", "valid_from"), name="one_competence_per_group_and_day"
            ),
        ),
        migrations.AddField(
            model_name="counter",
            name="unit",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="organisation.unit"
            ),
        ),
        migrations.AddField(
            model_name="competencegroup",
            name="course",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisation.course"
            ),
        ),
        migrations.AddField(
            model_name="staffnotice",
            name="employee",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="organisation.employee"
            ),
        ),
        migrations.AddField(
            model_name="staffnotice",
            name="manager",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="organisation.employee"
            ),
        ),
        migrations.AddField(
            model_name="staffnotice",
            name="unit",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="organisation.unit"
            ),
        ),
        migrations.AddConstraint(
            model_name="streetrange",
            constraint=models.UniqueConstraint(fields=("municipality", "road", "first"), name="one_street_range"),
        ),
        migrations.AddConstraint(
            model_name="streetrange",
            constraint=models.CheckConstraint(
                condition=models.Q(("first__gte", 1), ("last__gte", models.F("first"))), name="street_range_is_a_range"
            ),
        ),
        migrations.AddField(
            model_name="substitution",
            name="employee",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="organisation.employee"
            ),
        ),
        migrations.AddField(
            model_name="substitution",
            name="substitute",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="organisation.employee"
            ),
        ),
        migrations.AddField(
            model_name="succession",
            name="former",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisation.administration"
            ),
        ),
        migrations.AddField(
            model_name="succession",
            name="successor",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisation.administration"
            ),
        ),
        migrations.AddField(
            model_name="succession",
            name="unit",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="organisation.unit"
            ),
        ),
        migrations.AddField(
            model_name="training",
            name="course",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisation.course"
            ),
        ),
        migrations.AddField(
            model_name="training",
            name="employee",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="organisation.employee"
            ),
        ),
        migrations.AddIndex(
            model_name="staffnotice",
            index=models.Index(condition=models.Q(("settled_at", None)), fields=["unit"], name="open_staff_notices"),
        ),
        migrations.AddConstraint(
            model_name="succession",
            constraint=models.UniqueConstraint(
                fields=("former", "unit", "day"), name="one_successor", nulls_distinct=False
            ),
        ),
        migrations.AddConstraint(
            model_name="training",
            constraint=models.UniqueConstraint(fields=("employee", "course", "passed_on"), name="one_pass_per_day"),
        ),
        migrations.RunPython(fill_search_keys, migrations.RunPython.noop),
        migrations.RunPython(mark_hours_set_by_people, migrations.RunPython.noop),
    ]
