import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("organisation", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="AgentState",
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
                (
                    "mode",
                    models.CharField(
                        choices=[
                            ("offline", "Logget af"),
                            ("available", "Klar"),
                            ("reserved", "Har et tilbud"),
                            ("busy", "I gang"),
                            ("wrap_up", "Efterbehandling"),
                            ("pause", "Pause"),
                            ("unreachable", "Svarer ikke"),
                        ],
                        default="offline",
                        max_length=11,
                    ),
                ),
                ("reason", models.CharField(blank=True, default="", max_length=60)),
                ("since", models.DateTimeField()),
                ("idle_since", models.DateTimeField()),
                ("capacity", models.JSONField(default=dict)),
                ("seen_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="WorkItem",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("subject", models.CharField(max_length=80)),
                ("contact", models.UUIDField(db_index=True, null=True)),
                ("medium", models.CharField(max_length=14)),
                ("task", models.CharField(blank=True, default="", max_length=12)),
                ("group", models.CharField(max_length=40)),
                ("level", models.SmallIntegerField(default=1)),
                ("language", models.CharField(default="da", max_length=5)),
                ("interruptible", models.BooleanField(default=True)),
                ("priority", models.SmallIntegerField(default=0)),
                ("created_at", models.DateTimeField()),
                ("waiting_since", models.DateTimeField()),
                ("due_at", models.DateTimeField()),
                ("not_before", models.DateTimeField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Venter"),
                            ("offered", "Tilbudt"),
                            ("active", "I gang"),
                            ("parked", "Venter på borgeren"),
                            ("done", "Afsluttet"),
                        ],
                        default="waiting",
                        max_length=8,
                    ),
                ),
                (
                    "excluded",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), default=list, size=None
                    ),
                ),
                ("hops", models.SmallIntegerField(default=0)),
                ("done_at", models.DateTimeField(null=True)),
                ("version", models.IntegerField(default=1)),
                (
                    "agent",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisation.employee",
                    ),
                ),
                (
                    "employee",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisation.employee",
                    ),
                ),
                (
                    "preferred",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="organisation.employee",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisation.unit"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Offer",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "result",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("accepted", "Taget"),
                            ("declined", "Afvist"),
                            ("expired", "Udløbet"),
                            ("withdrawn", "Trukket tilbage"),
                        ],
                        default="",
                        max_length=10,
                    ),
                ),
                ("explanation", models.JSONField()),
                (
                    "agent",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="organisation.employee"
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="routing.workitem"
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="workitem",
            index=models.Index(condition=models.Q(("state", "waiting")), fields=["due_at"], name="item_waiting"),
        ),
        migrations.AddIndex(
            model_name="workitem",
            index=models.Index(
                condition=models.Q(("state__in", ["offered", "active"])), fields=["agent"], name="item_of_agent"
            ),
        ),
        migrations.AddConstraint(
            model_name="workitem",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "done"), _negated=True),
                fields=("subject",),
                name="one_open_item_per_subject",
            ),
        ),
        migrations.AddIndex(
            model_name="offer",
            index=models.Index(condition=models.Q(("result", "")), fields=["expires_at"], name="offer_expiry"),
        ),
        migrations.AddConstraint(
            model_name="offer",
            constraint=models.UniqueConstraint(
                condition=models.Q(("result", "")), fields=("agent",), name="one_live_offer_per_agent"
            ),
        ),
        migrations.AddConstraint(
            model_name="offer",
            constraint=models.UniqueConstraint(
                condition=models.Q(("result", "")), fields=("item",), name="one_live_offer_per_item"
            ),
        ),
    ]
