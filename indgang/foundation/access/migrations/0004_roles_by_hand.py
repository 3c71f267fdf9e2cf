from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0003_key_last_used"),
    ]

    operations = [
        migrations.AddField(
            model_name="account",
            name="roles_by_hand",
            field=models.BooleanField(db_default=False, default=False),
        ),
    ]
