from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("organisation", "0002_closing_days"),
        ("routing", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="agentstate",
            name="misses",
            field=models.SmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="agentstate",
            name="version",
            field=models.IntegerField(default=1),
        ),
        migrations.AddField(
            model_name="agentstate",
            name="wrap_up_until",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="offer",
            name="reason",
            field=models.CharField(blank=True, default="", max_length=60),
        ),
        migrations.AddField(
            model_name="workitem",
            name="failed",
            field=models.SmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="workitem",
            name="parked_until",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="workitem",
            name="reference",
            field=models.CharField(blank=True, default="", max_length=12),
        ),
        migrations.AddField(
            model_name="workitem",
            name="resting",
            field=models.JSONField(default=dict),
        ),
        migrations.AddField(
            model_name="workitem",
            name="title",
            field=models.CharField(blank=True, default="", max_length=200),
        ),
        migrations.AddIndex(
            model_name="workitem",
            index=models.Index(condition=models.Q(("state", "parked")), fields=["parked_until"], name="item_parked"),
        ),
    ]
