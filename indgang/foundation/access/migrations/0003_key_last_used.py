from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("access", "0002_security_desk"),
    ]

    operations = [
        migrations.AddField(
            model_name="apikey",
            name="last_used_at",
            field=models.DateTimeField(null=True),
        ),
    ]
