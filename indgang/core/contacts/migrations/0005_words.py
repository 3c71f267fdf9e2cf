"""Lists find words by an index. It is made while others write: a table of a million rows is not locked for it."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.operations import AddIndexConcurrently
from django.contrib.postgres.search import SearchVector
from django.db import migrations


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ("contacts", "0004_materials_by_hand"),
    ]

    operations = [
        AddIndexConcurrently(
            model_name="contact",
            index=GinIndex(SearchVector("inquirer_name", "subject", config="simple"), name="contact_words"),
        ),
    ]
