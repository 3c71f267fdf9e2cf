"""Which work a viewer may see: what they may act on, and what is theirs."""

from dataclasses import replace
from datetime import datetime

from django.db.models import Q, QuerySet

from indgang.core.catalogue import selectors as catalogue
from indgang.core.routing.models import WorkItem
from indgang.core.routing.values import ItemState
from indgang.foundation.access import policy
from indgang.foundation.access import selectors as access
from indgang.foundation.access.errors import NotFound
from indgang.foundation.access.values import TaskNeed, Viewer


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
    for rule in rights.rules:
        if rule.level == policy.INFORM:
            given = Q(group__in=rule.groups) | Q(task__in=rule.tasks)
            mine |= Q(given, level=rule.level, group__in=rule.competent)
    if any(rule.level > policy.INFORM and (rule.groups or rule.tasks) for rule in rights.rules):
        mine |= _decided(rights)
    return WorkItem.objects.filter(mine)


def _decided(rights: policy.TasksFilter) -> Q:
    """What is decided: there it counts whose task it is, so the rights are asked about each kind of it that is open."""
    rows = WorkItem.objects.exclude(state=ItemState.DONE).filter(level__gt=policy.INFORM)
    kinds = list(rows.order_by().values_list("task", "group", "level").distinct())
    needs = {(need.task, need.level): need for need in catalogue.needs({task for task, *_ in kinds}, policy.LEVELS)}
    found = Q(pk__in=[])
    for task, group, level in kinds:
        need = needs.get((task, level)) or TaskNeed(task, group, "", level, decision=True)
        if policy.shows(rights, replace(need, group=group), level):
            found |= Q(task=task, group=group, level=level)
    return found
