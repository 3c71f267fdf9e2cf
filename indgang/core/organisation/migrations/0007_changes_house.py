"""Units, people and hours are kept by every process until one of these changes."""

from django.db import migrations

from indgang.foundation.runtime.services import watched


class Migration(migrations.Migration):
    dependencies = [("organisation", "0006_forwarding"), ("runtime", "0003_house_changes")]
    operations = [
        watched("organisation_administration"),
        watched("organisation_livingplan"),
        watched("organisation_unit"),
        watched("organisation_openinghours"),
        watched("organisation_changedday"),
        watched("organisation_closingday"),
        watched("organisation_competencegroup"),
        watched("organisation_employee"),
        watched("organisation_competence"),
        watched("organisation_substitution"),
    ]
