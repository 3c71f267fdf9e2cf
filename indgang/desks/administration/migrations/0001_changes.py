import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Change",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
                ("by", models.CharField(max_length=80)),
                ("setting", models.CharField(max_length=60)),
                ("subject", models.CharField(max_length=120)),
                ("before", models.JSONField(null=True)),
                ("after", models.JSONField(null=True)),
                ("batch", models.UUIDField(null=True)),
                (
                    "undoes",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="undone_by",
                        to="administration.change",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["-at"], name="change_newest"),
                    models.Index(fields=["setting", "subject", "-at"], name="change_of_setting"),
                ],
            },
        ),
    ]
