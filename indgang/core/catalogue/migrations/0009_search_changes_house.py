"""The version of the search and the model in use are kept by every process until one of these changes."""

from django.db import migrations

from indgang.foundation.runtime.services import watched


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0008_changes_house"), ("runtime", "0003_house_changes")]
    operations = [
        watched("catalogue_searchversion"),
        watched("catalogue_triagemodel"),
    ]
