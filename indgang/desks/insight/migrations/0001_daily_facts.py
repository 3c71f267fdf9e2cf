from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="DailyFact",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField()),
                ("slot", models.SmallIntegerField()),
                ("channel", models.CharField(max_length=14)),
                ("group", models.CharField(blank=True, default="", max_length=40)),
                ("unit", models.CharField(blank=True, default="", max_length=40)),
                ("contacts", models.IntegerField(default=0)),
                ("finished", models.IntegerField(default=0)),
                ("handling_seconds", models.BigIntegerField(default=0)),
            ],
            options={
                "indexes": [models.Index(fields=["channel", "day"], name="facts_of_channel")],
                "constraints": [
                    models.UniqueConstraint(fields=("day", "slot", "channel", "group", "unit"), name="one_daily_fact")
                ],
            },
        ),
    ]
