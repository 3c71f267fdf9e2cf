from datetime import date

from django.db import migrations, models

CLOSING_DAYS = [
    (6, 5, "Grundlovsdag", "Constitution Day"),
    (12, 24, "Juleaftensdag", "Christmas Eve"),
    (12, 31, "Nytårsaftensdag", "New Year's Eve"),
]


def add_closing_days(apps, schema_editor):
    closing_day = apps.get_model("organisation", "ClosingDay")
    for month, day, name, name_en in CLOSING_DAYS:
        closing_day.objects.create(month=month, day=day, name=name, name_en=name_en, valid_from=date(2000, 1, 1))


class Migration(migrations.Migration):
    dependencies = [("organisation", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="ClosingDay",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("month", models.SmallIntegerField()),
                ("day", models.SmallIntegerField()),
                ("name", models.CharField(max_length=80)),
                ("name_en", models.CharField(max_length=80)),
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(null=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("month", "day", "valid_from"), name="one_closing_day"),
                    models.CheckConstraint(
                        condition=models.Q(("day__range", (1, 31)), ("month__range", (1, 12))),
                        name="closing_day_is_a_date",
                    ),
                ]
            },
        ),
        migrations.RunPython(add_closing_days, migrations.RunPython.noop),
    ]
