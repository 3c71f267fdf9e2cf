from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("citizens", "0003_representation_needs_and_businesses"),
    ]

    operations = [
        migrations.AddField(
            model_name="person",
            name="died",
            field=models.DateField(null=True),
        ),
    ]
