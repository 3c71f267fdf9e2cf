from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("catalogue", "0003_depth"),
    ]

    operations = [
        migrations.AddField(
            model_name="setting",
            name="by_hand",
            field=models.BooleanField(db_default=False, default=False),
        ),
    ]
