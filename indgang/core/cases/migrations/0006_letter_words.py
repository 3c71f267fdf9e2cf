from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0005_letters_and_complaints"),
    ]

    operations = [
        migrations.AddField(
            model_name="decision",
            name="appeal_limits",
            field=models.CharField(blank=True, default="", max_length=300),
        ),
        migrations.AddField(
            model_name="decision",
            name="summary",
            field=models.CharField(blank=True, default="", max_length=300),
        ),
        migrations.AddField(
            model_name="hearing",
            name="meaning",
            field=models.TextField(blank=True, default=""),
        ),
        migrations.AddField(
            model_name="hearing",
            name="source",
            field=models.CharField(blank=True, default="", max_length=200),
        ),
    ]
