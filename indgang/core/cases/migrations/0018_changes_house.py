"""How cases of a task are handled is kept by every process until it changes."""

from django.db import migrations

from indgang.foundation.runtime.services import watched


class Migration(migrations.Migration):
    dependencies = [("cases", "0017_open_cases"), ("runtime", "0003_house_changes")]
    operations = [watched("cases_casesetting")]
