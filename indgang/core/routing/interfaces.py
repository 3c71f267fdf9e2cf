"""Who answers a task at which level: the one place that asks the catalogue's interfaces table."""

from indgang.core.catalogue import selectors as catalogue
from indgang.core.routing.values import Destination

GENERAL = catalogue.GENERAL
CONTACT_CENTRE = "contact_centre"


def destination(task: str, level: int) -> Destination:
    """By the interfaces table: the group that answers at this level, in a unit of its own where one is named. An
    unknown need stays with the contact centre."""
    if not task:
        return Destination(GENERAL, None, level)
    found = catalogue.interface(task, level)
    return Destination(found.group, found.unit, level)
