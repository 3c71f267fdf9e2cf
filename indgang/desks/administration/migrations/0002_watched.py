from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("administration", "0001_changes"),
    ]

    operations = [
        migrations.CreateModel(
            name="Watched",
            fields=[
                ("code", models.CharField(max_length=60, primary_key=True, serialize=False)),
                ("state", models.CharField(max_length=10)),
                ("since", models.DateTimeField()),
                ("seen_at", models.DateTimeField()),
            ],
        ),
    ]
