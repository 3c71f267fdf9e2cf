"""Who may do what is kept by every process until one of these changes."""

from django.db import migrations

from indgang.foundation.runtime.services import watched


class Migration(migrations.Migration):
    dependencies = [("access", "0005_citizen_link"), ("runtime", "0003_house_changes")]
    operations = [
        watched("access_account", "username", "password", "roles", "roles_by_hand", "is_active", "demo", "epoch"),
        watched("access_authorisation"),
        watched("access_switch"),
    ]
