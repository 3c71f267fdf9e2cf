"""Django's PostgreSQL, with news sent once per transaction and statements that stay prepared."""
