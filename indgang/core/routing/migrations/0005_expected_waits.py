from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("routing", "0004_lists_by_hand"),
    ]

    operations = [
        migrations.CreateModel(
            name="ExpectedWait",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("medium", models.CharField(max_length=14)),
                ("group", models.CharField(blank=True, default="", max_length=40)),
                ("weekday", models.SmallIntegerField()),
                ("half_hour", models.SmallIntegerField()),
                ("counted", models.IntegerField()),
                ("median", models.IntegerField()),
                ("most", models.IntegerField()),
                ("made_at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("medium", "weekday", "half_hour", "group"), name="one_wait_a_half_hour"
                    )
                ],
            },
        ),
    ]
