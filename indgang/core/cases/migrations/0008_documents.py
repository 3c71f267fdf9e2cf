import django.contrib.postgres.indexes
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0007_hearing_run_out"),
        ("organisation", "0006_forwarding"),
    ]

    operations = [
        migrations.CreateModel(
            name="EarlierNote",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField()),
                ("theme", models.CharField(max_length=160)),
                ("body", models.TextField(blank=True, default="")),
                ("oral_facts", models.BooleanField(default=False)),
            ],
        ),
        migrations.RemoveIndex(
            model_name="documentversion",
            name="version_words",
        ),
        migrations.AddField(
            model_name="documentversion",
            name="scan_found",
            field=models.CharField(blank=True, default="", max_length=100),
        ),
        migrations.AddField(
            model_name="documentversion",
            name="tries",
            field=models.SmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="journalentry",
            name="version",
            field=models.IntegerField(default=1),
        ),
        migrations.AlterField(
            model_name="document",
            name="scan",
            field=models.CharField(
                choices=[
                    ("clean", "Undersøgt"),
                    ("own", "Lavet her"),
                    ("not_scanned", "Ikke undersøgt for virus"),
                    ("refused", "Afvist"),
                ],
                default="not_scanned",
                max_length=11,
            ),
        ),
        migrations.AddIndex(
            model_name="documentversion",
            index=django.contrib.postgres.indexes.GinIndex(fastupdate=False, fields=["words"], name="version_words"),
        ),
        migrations.AddIndex(
            model_name="editing",
            index=models.Index(fields=["seen_at"], name="editing_seen"),
        ),
        migrations.AddField(
            model_name="earliernote",
            name="entry",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="cases.journalentry"
            ),
        ),
    ]
