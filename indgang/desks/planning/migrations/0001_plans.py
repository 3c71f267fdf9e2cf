from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="CapacityMonth",
            fields=[
                ("month", models.CharField(max_length=7, primary_key=True, serialize=False)),
                ("tasks", models.IntegerField()),
                ("printed_year", models.IntegerField(null=True)),
                ("printed_utilisation", models.DecimalField(decimal_places=2, max_digits=6, null=True)),
                ("printed_index", models.IntegerField(null=True)),
                ("source", models.CharField(blank=True, default="", max_length=120)),
            ],
        ),
        migrations.CreateModel(
            name="CostRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("case", models.CharField(max_length=40)),
                ("section", models.CharField(max_length=40)),
                ("line", models.CharField(max_length=160)),
                ("bearer", models.CharField(blank=True, default="", max_length=120)),
                ("year", models.SmallIntegerField()),
                ("thousand_dkk", models.DecimalField(decimal_places=2, max_digits=12)),
                ("price_level", models.SmallIntegerField()),
                ("account", models.CharField(blank=True, default="", max_length=40)),
                ("printed", models.BooleanField(default=False)),
                ("source", models.CharField(blank=True, default="", max_length=120)),
                ("note", models.CharField(blank=True, default="", max_length=300)),
                ("order", models.IntegerField()),
            ],
        ),
        migrations.CreateModel(
            name="CountSet",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=120)),
                ("channel", models.CharField(max_length=14)),
                ("minutes", models.SmallIntegerField(default=30)),
                ("content", models.BinaryField()),
                ("first", models.DateField()),
                ("last", models.DateField()),
                ("total", models.FloatField()),
                ("notes", models.JSONField(default=list)),
                ("own", models.BooleanField(default=False)),
                ("added_at", models.DateTimeField()),
                ("added_by", models.CharField(max_length=80)),
            ],
            options={
                "indexes": [models.Index(fields=["-added_at"], name="count_sets_newest")],
            },
        ),
        migrations.CreateModel(
            name="PlanRun",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("kind", models.CharField(max_length=12)),
                ("name", models.CharField(max_length=160)),
                ("input", models.JSONField()),
                ("state", models.CharField(default="queued", max_length=10)),
                ("progress", models.SmallIntegerField(default=0)),
                ("result", models.JSONField(null=True)),
                ("error", models.CharField(blank=True, default="", max_length=400)),
                ("error_facts", models.JSONField(default=dict)),
                ("error_code", models.CharField(blank=True, default="", max_length=8)),
                ("started_by", models.CharField(max_length=80)),
                ("asked_at", models.DateTimeField()),
                ("begun_at", models.DateTimeField(null=True)),
                ("heard_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("attempt", models.SmallIntegerField(default=0)),
                ("version", models.IntegerField(default=1)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["-asked_at"], name="plan_runs_newest"),
                    models.Index(
                        condition=models.Q(("state__in", ["queued", "running"])),
                        fields=["asked_at"],
                        name="plan_runs_open",
                    ),
                ],
            },
        ),
    ]
