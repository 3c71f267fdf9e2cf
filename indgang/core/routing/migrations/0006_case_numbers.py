from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("routing", "0005_expected_waits")]

    operations = [
        migrations.AlterField(
            model_name="workitem",
            name="reference",
            field=models.CharField(blank=True, default="", max_length=20),
        ),
    ]
