"""The event table: partitioned by month of its time-ordered id, positions given by the database, partitions made by the owner."""

from django.db import migrations

FORWARD = """
CREATE TABLE journal_epoch (id smallint PRIMARY KEY DEFAULT 1 CHECK (id = 1), base bigint NOT NULL);
INSERT INTO journal_epoch (base) VALUES (0);

-- Transaction ids start again in a restored cluster; the base keeps positions growing.
CREATE FUNCTION journal_position() RETURNS bigint LANGUAGE sql STABLE SET search_path = public, pg_catalog AS
$$ SELECT base + pg_current_xact_id()::text::bigint FROM journal_epoch $$;

-- Every position below has ended: nothing can still appear there.
CREATE FUNCTION journal_horizon() RETURNS bigint LANGUAGE sql STABLE SET search_path = public, pg_catalog AS
$$ SELECT base + pg_snapshot_xmin(pg_current_snapshot())::text::bigint FROM journal_epoch $$;

CREATE TABLE journal_event (
    id uuid PRIMARY KEY,
    at timestamptz NOT NULL,
    actor varchar(80) NOT NULL,
    verb varchar(60) NOT NULL,
    subject varchar(80) NOT NULL,
    citizen uuid,
    contact uuid,
    "case" uuid,
    purpose varchar(120),
    data jsonb NOT NULL DEFAULT '{}',
    position bigint NOT NULL DEFAULT journal_position()
) PARTITION BY RANGE (id);
CREATE INDEX journal_event_position ON journal_event (position, id);
CREATE INDEX journal_event_contact ON journal_event (contact, position) WHERE contact IS NOT NULL;
CREATE INDEX journal_event_citizen ON journal_event (citizen, position) WHERE citizen IS NOT NULL;
CREATE INDEX journal_event_subject ON journal_event (subject, position);
CREATE TABLE journal_event_default PARTITION OF journal_event DEFAULT;

CREATE FUNCTION journal_month_bound(month date) RETURNS uuid LANGUAGE sql IMMUTABLE AS
$$ SELECT (lpad(to_hex((extract(epoch FROM month::timestamp AT TIME ZONE 'UTC') * 1000)::bigint), 12, '0')
           || repeat('0', 20))::uuid $$;

-- Run as the owner whoever calls it: the app role asks for partitions but never owns one.
CREATE FUNCTION journal_make_partitions(first date, months int) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    month date := date_trunc('month', first)::date;
    name text;
    made int := 0;
BEGIN
    FOR i IN 1..LEAST(months, 24) LOOP
        name := 'journal_event_' || to_char(month, 'YYYY_MM');
        IF to_regclass(name) IS NULL THEN
            BEGIN
                EXECUTE format('CREATE TABLE %I PARTITION OF journal_event FOR VALUES FROM (%L) TO (%L)', name,
                               journal_month_bound(month), journal_month_bound((month + interval '1 month')::date));
                made := made + 1;
            EXCEPTION WHEN check_violation THEN
                NULL;  -- rows of that month stand in the default partition already and stay there
            END;
        END IF;
        month := (month + interval '1 month')::date;
    END LOOP;
    RETURN made;
END $$;
SELECT journal_make_partitions(date_trunc('month', now())::date, 4);

-- After a restore into a new cluster, run by the owner.
CREATE FUNCTION journal_new_epoch() RETURNS bigint LANGUAGE sql SET search_path = public, pg_temp AS
$$ UPDATE journal_epoch SET base = GREATEST(base, (SELECT COALESCE(max(position), 0) FROM journal_event)) + 1000
   RETURNING base $$;
REVOKE EXECUTE ON FUNCTION journal_new_epoch() FROM PUBLIC;
"""
BACKWARD = """
DROP TABLE journal_event;
DROP FUNCTION journal_make_partitions(date, int);
DROP FUNCTION journal_new_epoch();
DROP FUNCTION journal_month_bound(date);
DROP FUNCTION journal_horizon();
DROP FUNCTION journal_position();
DROP TABLE journal_epoch;
"""


class Migration(migrations.Migration):
    dependencies = [("journal", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
