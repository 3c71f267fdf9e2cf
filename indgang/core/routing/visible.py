"""Which work a viewer may see: what they may act on."""

from datetime import datetime

from django.db.models import Q, QuerySet

from indgang.core.routing.models import WorkItem
from indgang.foundation.access import selectors as access
from indgang.foundation.access.errors import NotFound
from indgang.foundation.access.values import Viewer

_LEVELS = (1, 2, 3)


def visible(viewer: Viewer, at: datetime) -> QuerySet[WorkItem]:
    """The items of this viewer's lists; raises NotFound for who has none."""
    if viewer.kind == "system":
        return WorkItem.objects.all()
    scope = access.scope_of(viewer, at)
    if scope is None or viewer.actor is None:
        raise NotFound
    me = viewer.actor.employee
    rights = scope.tasks_filter
    mine = Q(agent=me) | Q(employee=me) | Q(preferred=me) | Q(unit__in=rights.units)
    for level in _LEVELS:
        groups = [group for group, reached in rights.groups.items() if reached >= level]
        tasks = [task for task, reached in rights.tasks.items() if reached >= level]
        mine |= Q(level=level) & (Q(group__in=groups) | Q(task__in=tasks))
    return WorkItem.objects.filter(mine)
