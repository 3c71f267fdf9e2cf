"""Whether this installation can serve: the database, its migrations, the disk and the probes of the modules."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.conf import settings
from django.db import Error, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _

from indgang.foundation.runtime.errors import DomainError

Probe = Callable[[], str]
ENOUGH_DISK = 200 * 1024 * 1024
_probes: dict[str, Probe] = {}
_migrated = False


@dataclass(frozen=True)
class Check:
    """One thing looked at; the sentence is empty when it is fine."""

    name: str
    sentence: str
    needed: bool = False  # without it nothing works

    @property
    def fine(self) -> bool:
        return not self.sentence


def register_health_probe(name: str, probe: Probe) -> None:
    """Ask this probe at every readiness check; it returns "" when fine, else a sentence without personal data."""
    if name in _probes:
        raise ValueError(f"The health probe {name} is registered twice.")
    _probes[name] = probe


def probe_names() -> list[str]:
    return sorted(_probes)


def checks() -> list[Check]:
    """Everything that must be fine to serve; without a database nothing else is asked."""
    database = Check("database", _database(), needed=True)
    if not database.fine:
        return [database]
    return [database, Check("migrations", _migrations(), needed=True), Check("disk", _disk()), *_probed()]


def state(found: list[Check]) -> str:
    """ready, degraded (a probe complains: one bounced mail must not close the house) or unavailable."""
    if all(check.fine for check in found):
        return "ready"
    return "unavailable" if any(check.needed and not check.fine for check in found) else "degraded"


def _database() -> str:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Error:
        return _("Databasen svarer ikke.")
    return ""


def _migrations() -> str:
    global _migrated
    if not _migrated:
        executor = MigrationExecutor(connection)
        _migrated = not executor.migration_plan(executor.loader.graph.leaf_nodes())
    return "" if _migrated else _("Databasen mangler migreringer.")


def _disk() -> str:
    free = shutil.disk_usage(settings.DATA).free
    return "" if free >= ENOUGH_DISK else _("Disken er næsten fuld.")


def _probed() -> Iterator[Check]:
    for name, probe in sorted(_probes.items()):
        try:
            yield Check(name, probe())
        except (Error, DomainError, OSError) as error:
            yield Check(name, type(error).__name__)
