import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("organisation", "0002_closing_days"),
        ("routing", "0002_work_in_hand"),
    ]

    operations = [
        migrations.CreateModel(
            name="PauseReason",
            fields=[
                ("code", models.CharField(max_length=40, primary_key=True, serialize=False)),
                ("title", models.CharField(max_length=80)),
                ("title_en", models.CharField(max_length=80)),
                ("order", models.SmallIntegerField(default=0)),
                ("valid_to", models.DateField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="ReliefGroup",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(max_length=40)),
                ("name", models.CharField(max_length=80)),
                (
                    "units",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), default=list, size=None
                    ),
                ),
                (
                    "groups",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40), default=list, size=None
                    ),
                ),
                (
                    "media",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=14), default=list, size=None
                    ),
                ),
                ("threshold", models.IntegerField()),
                ("live_after", models.FloatField()),
                ("written_after", models.FloatField()),
                ("share", models.FloatField()),
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(null=True)),
                ("version", models.IntegerField(default=1)),
            ],
        ),
        migrations.CreateModel(
            name="RuleSet",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid_from", models.DateTimeField(db_index=True)),
                ("figures", models.JSONField()),
                ("profile", models.JSONField(default=dict)),
                ("changed_by", models.CharField(max_length=60)),
                ("changed_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="ServicePoint",
            fields=[
                ("code", models.CharField(max_length=40, primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=80)),
                ("name_en", models.CharField(max_length=80)),
                (
                    "groups",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40), default=list, size=None
                    ),
                ),
                (
                    "media",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=14), default=list, size=None
                    ),
                ),
                ("order", models.SmallIntegerField(default=0)),
                ("valid_to", models.DateField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="ServiceTarget",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("group", models.CharField(blank=True, default="", max_length=40)),
                ("task", models.CharField(blank=True, default="", max_length=12)),
                ("medium", models.CharField(max_length=14)),
                ("seconds", models.IntegerField(null=True)),
                ("share", models.FloatField()),
                ("valid_from", models.DateField()),
                ("valid_to", models.DateField(null=True)),
                ("version", models.IntegerField(default=1)),
            ],
        ),
        migrations.AddField(
            model_name="agentstate",
            name="point_version",
            field=models.IntegerField(db_default=1, default=1),
        ),
        migrations.AddField(
            model_name="offer",
            name="waited",
            field=models.IntegerField(null=True),
        ),
        migrations.AddField(
            model_name="workitem",
            name="handed_by",
            field=models.BigIntegerField(null=True),
        ),
        migrations.AddField(
            model_name="workitem",
            name="handed_from",
            field=models.JSONField(null=True),
        ),
        migrations.AddField(
            model_name="workitem",
            name="returned_from",
            field=models.BigIntegerField(null=True),
        ),
        migrations.AddIndex(
            model_name="offer",
            index=models.Index(condition=models.Q(("result", "accepted")), fields=["ended_at"], name="offer_accepted"),
        ),
        migrations.AddIndex(
            model_name="workitem",
            index=models.Index(condition=models.Q(("state", "done")), fields=["done_at"], name="item_done"),
        ),
        migrations.AddConstraint(
            model_name="reliefgroup",
            constraint=models.UniqueConstraint(fields=("code", "valid_from"), name="one_relief_group_a_day"),
        ),
        migrations.AddConstraint(
            model_name="reliefgroup",
            constraint=models.CheckConstraint(
                condition=models.Q(("share__gt", 0), ("share__lte", 1)), name="relief_share_is_a_share"
            ),
        ),
        migrations.AddField(
            model_name="servicepoint",
            name="unit",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="organisation.unit"
            ),
        ),
        migrations.AddField(
            model_name="agentstate",
            name="service_point",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="routing.servicepoint"
            ),
        ),
        migrations.AddConstraint(
            model_name="servicetarget",
            constraint=models.UniqueConstraint(
                fields=("group", "task", "medium", "valid_from"), name="one_target_a_day"
            ),
        ),
        migrations.AddConstraint(
            model_name="servicetarget",
            constraint=models.CheckConstraint(
                condition=models.Q(("share__gt", 0), ("share__lte", 1)), name="target_share_is_a_share"
            ),
        ),
    ]
