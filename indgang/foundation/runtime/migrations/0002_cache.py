"""The table of the cache: counts that must hold over all processes live in the database."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("runtime", "0001_initial")]

    operations = [
        migrations.RunSQL(
            """
            CREATE TABLE runtime_cache (
                cache_key varchar(255) PRIMARY KEY,
                value text NOT NULL,
                expires timestamptz NOT NULL
            );
            CREATE INDEX runtime_cache_expires ON runtime_cache (expires);
            """,
            "DROP TABLE runtime_cache",
        )
    ]
