"""What the app role may do; set in one transaction after every migration, so that nothing is ever open too wide."""

from typing import Any
from urllib.parse import unquote, urlsplit

from django.apps import apps
from django.db import connection, transaction
from psycopg import sql

READ_ONLY = ("django_migrations",)


def grant_app_role(app_url: str) -> None:
    """As the owner: give the app role its rights on every table; modules name their stricter ones on their AppConfig.

    `insert_only` tables can be read and added to; `read_only` ones read; `insert_columns` names the columns that may be
    given at an insert. Partitions get no rights of their own: they are reached through their parent only.
    """
    role = sql.Identifier(unquote(urlsplit(app_url).username or ""))
    with transaction.atomic(), connection.cursor() as cursor:
        run = _runner(cursor, role)
        run("GRANT USAGE ON SCHEMA public TO {role}")
        run("GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}")
        run("GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}")
        run("GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA public TO {role}")
        run("REVOKE EXECUTE ON FUNCTION journal_new_epoch() FROM {role}")
        for table in _named("insert_only"):
            run("REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM {role}", table=sql.Identifier(table))
        for table in [*READ_ONLY, *_named("read_only")]:
            run("REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON {table} FROM {role}", table=sql.Identifier(table))
        for table, columns in _insert_columns():
            run("REVOKE INSERT ON {table} FROM {role}", table=sql.Identifier(table))
            names = sql.SQL(", ").join(map(sql.Identifier, columns))
            run("GRANT INSERT ({names}) ON {table} TO {role}", table=sql.Identifier(table), names=names)
        cursor.execute("SELECT c.relname FROM pg_class c WHERE c.relispartition AND c.relkind = 'r'")
        for (table,) in cursor.fetchall():
            run("REVOKE ALL ON {table} FROM {role}", table=sql.Identifier(table))


def _runner(cursor: Any, role: sql.Identifier) -> Any:
    def run(statement: str, **parts: sql.Composable) -> None:
        cursor.execute(sql.SQL(statement).format(role=role, **parts))

    return run


def _named(attribute: str) -> list[str]:
    return [table for config in apps.get_app_configs() for table in getattr(config, attribute, ())]


def _insert_columns() -> list[tuple[str, tuple[str, ...]]]:
    return [
        (table, columns)
        for config in apps.get_app_configs()
        for table, columns in getattr(config, "insert_columns", {}).items()
    ]
