import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("organisation", "0006_forwarding"),
        ("routing", "0006_case_numbers"),
    ]

    operations = [
        migrations.CreateModel(
            name="PlannedShift",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("day", models.DateField()),
                ("starts_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField()),
                ("break_from", models.DateTimeField(null=True)),
                ("break_to", models.DateTimeField(null=True)),
                ("name", models.CharField(max_length=80)),
                ("roster", models.UUIDField(db_index=True)),
                ("published_at", models.DateTimeField()),
                (
                    "employee",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="organisation.employee",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="organisation.unit",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=["employee", "day", "starts_at"], name="one_shift_at_a_time"),
                    models.CheckConstraint(
                        condition=models.Q(("ends_at__gt", models.F("starts_at"))), name="shift_ends_after_start"
                    ),
                ],
            },
        ),
    ]
