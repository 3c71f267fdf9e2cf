from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Event",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
                ("actor", models.CharField(max_length=80)),
                ("verb", models.CharField(max_length=60)),
                ("subject", models.CharField(max_length=80)),
                ("citizen", models.UUIDField(null=True)),
                ("contact", models.UUIDField(null=True)),
                ("case", models.UUIDField(null=True)),
                ("purpose", models.CharField(max_length=120, null=True)),
                ("data", models.JSONField(default=dict)),
                ("position", models.BigIntegerField(editable=False)),
            ],
            options={
                "db_table": "journal_event",
                "managed": False,
            },
        ),
        migrations.CreateModel(
            name="ReaderPosition",
            fields=[
                ("reader", models.CharField(max_length=60, primary_key=True, serialize=False)),
                ("position", models.BigIntegerField(default=0)),
                ("event", models.UUIDField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Seal",
            fields=[
                ("number", models.BigIntegerField(primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
                ("first_position", models.BigIntegerField()),
                ("last_position", models.BigIntegerField()),
                ("events", models.IntegerField()),
                ("fingerprints", models.BinaryField()),
                ("previous", models.CharField(max_length=64)),
                ("digest", models.CharField(max_length=64)),
            ],
        ),
        migrations.CreateModel(
            name="OutboxParcel",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("transport", models.CharField(max_length=40)),
                ("key", models.CharField(max_length=120)),
                ("payload", models.JSONField()),
                ("subject", models.CharField(max_length=80)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting"),
                            ("sending", "Sending"),
                            ("sent", "Sent"),
                            ("attention", "Attention"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="waiting",
                        max_length=12,
                    ),
                ),
                ("attempts", models.IntegerField(default=0)),
                ("due_at", models.DateTimeField()),
                ("leased_until", models.DateTimeField(null=True)),
                ("created_at", models.DateTimeField()),
                ("sent_at", models.DateTimeField(null=True)),
                ("error", models.CharField(blank=True, default="", max_length=300)),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("state__in", ["waiting", "sending"])), fields=["due_at"], name="outbox_due"
                    ),
                    models.Index(
                        condition=models.Q(("state", "attention")), fields=["created_at"], name="outbox_attention"
                    ),
                ],
                "constraints": [models.UniqueConstraint(fields=("transport", "key"), name="outbox_one_parcel_per_key")],
            },
        ),
    ]
