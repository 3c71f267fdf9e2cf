from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("contacts", "0003_desk_in_full")]
    operations = [
        migrations.AddField("material", "in_use", models.BooleanField(db_default=True, default=True)),
        migrations.AddField("material", "version", models.IntegerField(db_default=1, default=1)),
        migrations.AddField("material", "by_hand", models.BooleanField(db_default=False, default=False)),
    ]
