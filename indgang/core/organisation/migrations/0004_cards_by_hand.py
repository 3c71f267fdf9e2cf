import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("organisation", "0003_people_places_and_hours")]
    operations = [
        migrations.AddField(
            "employee",
            "by_hand",
            django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=20), db_default=[], default=list, size=None
            ),
        ),
    ]
