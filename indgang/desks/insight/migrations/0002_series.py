from django.db import migrations, models

READER = "insight.facts"


def count_anew(apps, schema_editor):
    """Facts get their unit, and the task group that was chosen later: the job counts them again from the journal."""
    apps.get_model("insight", "DailyFact").objects.all().delete()
    apps.get_model("journal", "ReaderPosition").objects.filter(reader=READER).delete()


class Migration(migrations.Migration):
    dependencies = [("insight", "0001_daily_facts"), ("journal", "0002_event_table")]

    operations = [
        migrations.CreateModel(
            name="Series",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("channel", models.CharField(max_length=14)),
                ("group", models.CharField(blank=True, default="", max_length=40)),
                ("unit", models.CharField(blank=True, default="", max_length=40)),
                ("first", models.DateField()),
                ("last", models.DateField()),
                ("contacts", models.IntegerField(default=0)),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("channel", "group", "unit"), name="one_series")],
            },
        ),
        migrations.RunPython(count_anew, migrations.RunPython.noop),
    ]
