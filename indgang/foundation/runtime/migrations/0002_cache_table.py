"""The table of Django's database cache: what must count over all processes never lives in one of them."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("runtime", "0001_initial")]
    operations = [
        migrations.RunSQL(
            "CREATE TABLE runtime_cache (cache_key varchar(255) PRIMARY KEY, value text NOT NULL, "
            "expires timestamptz NOT NULL); CREATE INDEX runtime_cache_expires ON runtime_cache (expires);",
            "DROP TABLE runtime_cache",
        )
    ]
