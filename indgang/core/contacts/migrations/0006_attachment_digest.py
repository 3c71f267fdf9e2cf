"""The sweep of files asks which of them a message names; the index is made while others write."""

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ("contacts", "0005_words"),
    ]

    operations = [
        AddIndexConcurrently(
            model_name="attachment",
            index=models.Index(fields=["digest"], name="attachment_digest"),
        ),
    ]
