import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("organisation", "0006_forwarding"),
        ("planning", "0002_own_figures"),
    ]

    operations = [
        migrations.CreateModel(
            name="CalendarLink",
            fields=[
                (
                    "employee",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="organisation.employee",
                    ),
                ),
                ("salt", models.CharField(max_length=43)),
                ("made_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="StaffTerms",
            fields=[
                (
                    "employee",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="organisation.employee",
                    ),
                ),
                ("hours", models.FloatField(null=True)),
                ("least_hours", models.FloatField(default=0)),
                ("earliest", models.SmallIntegerField(default=0)),
                ("latest", models.SmallIntegerField(default=1440)),
                (
                    "absent",
                    django.contrib.postgres.fields.ArrayField(base_field=models.DateField(), default=list, size=None),
                ),
                (
                    "wishes",
                    django.contrib.postgres.fields.ArrayField(base_field=models.DateField(), default=list, size=None),
                ),
                ("version", models.IntegerField(default=1)),
                ("kept_at", models.DateTimeField()),
                ("kept_by", models.CharField(max_length=80)),
            ],
        ),
    ]
