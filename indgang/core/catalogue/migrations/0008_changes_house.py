"""Tasks and settings are kept by every process until one of these changes."""

from django.db import migrations

from indgang.foundation.runtime.services import watched


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0007_sections_without_pending"), ("runtime", "0003_house_changes")]
    operations = [
        watched("catalogue_task"),
        watched("catalogue_task_life_situations"),
        watched("catalogue_question"),
        watched("catalogue_instantanswer"),
        watched("catalogue_setting"),
    ]
