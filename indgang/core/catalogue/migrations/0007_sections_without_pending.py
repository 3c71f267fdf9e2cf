import django.contrib.postgres.indexes
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("catalogue", "0006_learned"),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="cardsection",
            name="card_section_vector",
        ),
        migrations.AddIndex(
            model_name="cardsection",
            index=django.contrib.postgres.indexes.GinIndex(
                fastupdate=False, fields=["vector"], name="card_section_vector"
            ),
        ),
    ]
