from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("planning", "0003_staff")]

    operations = [
        migrations.AlterField(
            model_name="centrefigure",
            name="lacks",
            field=models.TextField(null=True),
        ),
    ]
