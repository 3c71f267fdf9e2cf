"""The words of titles by task, unit and handler, so that a search goes past what the searcher may not see.

A million titles take nine seconds.
"""

import django.contrib.postgres.indexes
from django.db import migrations
from django.db.models import F, Func

FUNCTION = """
CREATE FUNCTION cases_title_words(title text, task text, unit bigint, handler bigint) RETURNS tsvector
LANGUAGE sql IMMUTABLE COST 10000 AS $$
    SELECT array_to_tsvector(ARRAY(
        SELECT place || word
        FROM unnest(ARRAY['t' || task || ':', 'u' || unit::text || ':', 'h' || handler::text || ':']) place,
            unnest(tsvector_to_array(to_tsvector('pg_catalog.danish', title))) word
        WHERE place IS NOT NULL
    ))
$$
"""


class Migration(migrations.Migration):
    dependencies = [("cases", "0018_changes_house")]
    operations = [
        migrations.RunSQL(FUNCTION, "DROP FUNCTION cases_title_words"),
        migrations.AddIndex(
            model_name="case",
            index=django.contrib.postgres.indexes.GinIndex(
                Func(F("title"), F("task"), F("unit"), F("handler"), function="cases_title_words"),
                name="case_own_words",
                fastupdate=False,
            ),
        ),
        # no statistics: weighing each word of each task would take longer than to search
        migrations.RunSQL("ALTER INDEX case_own_words ALTER COLUMN 1 SET STATISTICS 0", migrations.RunSQL.noop),
    ]
