import django.contrib.postgres.fields
import django.contrib.postgres.indexes
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("catalogue", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="SearchVersion",
            fields=[
                ("id", models.SmallIntegerField(default=1, primary_key=True, serialize=False)),
                ("version", models.UUIDField()),
            ],
        ),
        migrations.CreateModel(
            name="Setting",
            fields=[
                ("code", models.CharField(max_length=80, primary_key=True, serialize=False)),
                ("value", models.JSONField()),
            ],
        ),
        migrations.AddField(
            model_name="phrase",
            name="lexemes",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=60), default=list, size=None
            ),
        ),
        migrations.AddField(
            model_name="word",
            name="lexeme",
            field=models.CharField(default="", max_length=60),
        ),
        migrations.AddField(
            model_name="word",
            name="skeleton",
            field=models.CharField(default="", max_length=60),
        ),
        migrations.AddIndex(
            model_name="phrase",
            index=django.contrib.postgres.indexes.GinIndex(fields=["lexemes"], name="phrase_lexemes"),
        ),
        migrations.AddIndex(
            model_name="searchrow",
            index=django.contrib.postgres.indexes.GinIndex(fields=["vector"], name="search_row_vector"),
        ),
        migrations.AddIndex(
            model_name="word",
            index=django.contrib.postgres.indexes.GinIndex(fields=["trigrams"], name="word_trigrams"),
        ),
        migrations.AddConstraint(
            model_name="searchversion",
            constraint=models.CheckConstraint(condition=models.Q(("id", 1)), name="one_search_version"),
        ),
    ]
