from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Condition",
            fields=[
                ("source", models.CharField(max_length=40, primary_key=True, serialize=False)),
                ("failures", models.IntegerField(default=0)),
                ("fault", models.CharField(blank=True, default="", max_length=40)),
                ("failing_since", models.DateTimeField(null=True)),
                ("failed_at", models.DateTimeField(null=True)),
                ("answered_at", models.DateTimeField(null=True)),
                ("paused_until", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Position",
            fields=[
                ("source", models.CharField(max_length=20, primary_key=True, serialize=False)),
                ("change", models.BigIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name="Remembered",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("source", models.CharField(max_length=20)),
                ("person", models.UUIDField()),
                ("facts", models.JSONField()),
                ("as_of", models.DateTimeField()),
                ("expires_at", models.DateTimeField(db_index=True)),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("person", "source"), name="one_remembered_answer")],
            },
        ),
    ]
