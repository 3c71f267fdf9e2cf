import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0004_roles_by_hand"),
    ]

    operations = [
        migrations.CreateModel(
            name="CitizenLink",
            fields=[
                (
                    "account",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="access.account",
                    ),
                ),
                ("citizen", models.UUIDField(unique=True)),
                ("linked_by", models.CharField(max_length=80)),
                ("linked_at", models.DateTimeField()),
            ],
        ),
    ]
