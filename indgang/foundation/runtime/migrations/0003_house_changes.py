"""Marks that tell every process of a change of the house; which rows there are is never the same twice."""

from django.db import migrations, models

CHANGED = """
CREATE FUNCTION runtime_house_changed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    own bigint;
BEGIN
    INSERT INTO runtime_housechange (mark) VALUES (gen_random_uuid()) RETURNING id INTO own;
    DELETE FROM runtime_housechange WHERE id IN (
        SELECT id FROM runtime_housechange WHERE id < own - 8 ORDER BY id LIMIT 20 FOR UPDATE SKIP LOCKED
    );
    RETURN NULL;
END $$;
INSERT INTO runtime_housechange (mark) VALUES (gen_random_uuid());
"""


class Migration(migrations.Migration):
    dependencies = [("runtime", "0002_cache_table")]
    operations = [
        migrations.CreateModel(
            name="HouseChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("mark", models.UUIDField()),
            ],
        ),
        migrations.RunSQL(CHANGED, "DROP FUNCTION runtime_house_changed"),
    ]
