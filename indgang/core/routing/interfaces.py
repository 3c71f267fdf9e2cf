"""Who answers a task at which level: the one place that asks the catalogue."""

from indgang.core.catalogue import selectors as catalogue
from indgang.core.routing.values import Destination

GENERAL = catalogue.GENERAL
DISCRETION = 3


def destination(task: str, level: int) -> Destination:
    """Levels 1 and 2 are answered by whoever has the task's competence up to that level; discretion is the specialists'
    of the unit that follows the task up, so that professional work stays with professionals."""
    need = catalogue.need(task, level)
    unit = catalogue.task(task).follow_up if task and level >= DISCRETION else None  # type: ignore[union-attr]
    return Destination(need.group, unit, level)
