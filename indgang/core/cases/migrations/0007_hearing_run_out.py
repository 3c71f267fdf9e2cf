from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0006_letter_words"),
    ]

    operations = [
        migrations.AddField(
            model_name="decision",
            name="edited_by",
            field=models.BigIntegerField(null=True),
        ),
        migrations.AddField(
            model_name="hearing",
            name="run_out_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddIndex(
            model_name="hearing",
            index=models.Index(
                condition=models.Q(
                    ("answered_at__isnull", True), ("cancelled_at__isnull", True), ("run_out_at__isnull", True)
                ),
                fields=["answer_by"],
                name="hearing_running",
            ),
        ),
    ]
