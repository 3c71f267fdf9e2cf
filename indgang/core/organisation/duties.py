"""Whose duty a change is, and the rows a change stands on."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, TypeVar

from django.db.models import Model

from indgang.core.organisation import errors
from indgang.core.organisation.models import Administration, CompetenceGroup, Course, Employee, Unit
from indgang.foundation.access.errors import NotFound
from indgang.foundation.access.values import KEEPERS, Role, Viewer
from indgang.foundation.journal import services as journal

Row = TypeVar("Row", bound=Model)


def require_town(viewer: Viewer) -> None:
    """The municipality's own rows are the directors' and the profile loader's."""
    if not (viewer.is_process or viewer.has_role(Role.EXECUTIVE)):
        raise NotFound


def require_manager_of(viewer: Viewer, unit_id: int) -> None:
    """People and hours are the manager's of that unit."""
    manages = viewer.actor is not None and unit_id in viewer.actor.units and viewer.has_role(Role.MANAGER)
    if not (viewer.is_process or manages):
        raise NotFound


def check_roles(viewer: Viewer, roles: Sequence[str]) -> None:
    """A manager takes people on, but not into roles that give rights, lead people or run the service."""
    kept = sorted(KEEPERS.intersection(roles))
    if kept and not viewer.is_process:
        raise errors.RoleOfLeader(role=Role(kept[0]).label)


def keep(
    model: type[Row], what: str, key: Mapping[str, object], facts: Mapping[str, object], viewer: Viewer, at: datetime
) -> Row:
    """Bring the row with that key to these facts; an event names the fields that changed, none when nothing did."""
    rows: Any = model._default_manager
    row: Row | None = rows.select_for_update().filter(**key).first()
    fields = sorted(facts) if row is None else sorted(name for name in facts if getattr(row, name) != facts[name])
    if row is not None and not fields:
        return row
    row = row or model(**key)
    for name in fields:
        setattr(row, name, facts[name])
    row.save()
    journal.record(
        f"organisation.{what}_put", at=at, viewer_name=viewer.name, subject=row, data={"fields": list(fields)}
    )
    return row


def unit_row(code: str) -> Unit:
    """The unit, or UnknownUnit."""
    row = Unit.objects.select_related("administration").filter(code=code).first()
    if row is None:
        raise errors.UnknownUnit(unit=code)
    return row


def administration_row(code: str) -> Administration:
    """The administration, or UnknownAdministration."""
    row = Administration.objects.filter(code=code).first()
    if row is None:
        raise errors.UnknownAdministration(administration=code)
    return row


def group_row(code: str) -> CompetenceGroup:
    """The competence group, or UnknownGroup."""
    row = CompetenceGroup.objects.filter(code=code).first()
    if row is None:
        raise errors.UnknownGroup(group=code)
    return row


def course_row(code: str) -> Course:
    """The course, or UnknownCourse."""
    row = Course.objects.filter(code=code).first()
    if row is None:
        raise errors.UnknownCourse(course=code)
    return row


def employee_row(employee_id: int, viewer: Viewer) -> Employee:
    """The employee, locked, for their manager; everybody else finds nobody."""
    rows = Employee.objects.select_for_update(of=("self",)).select_related("unit", "account", "manager")
    row = rows.filter(pk=employee_id).first()
    if row is None:
        raise NotFound
    require_manager_of(viewer, row.unit_id)
    return row


def manager_row(employee_id: int | None, day: date) -> Employee | None:
    """The manager, if one is named, or UnknownManager; who has left leads nobody."""
    if employee_id is None:
        return None
    row = Employee.objects.select_related("unit", "account").filter(pk=employee_id).first()
    if row is None or (row.valid_to is not None and row.valid_to < day):
        raise errors.UnknownManager
    return row


def check_version(row: Any, version: int | None) -> None:
    """Raise Stale if somebody changed the row meanwhile; None: whoever writes has not read before."""
    if version is not None and row.version != version:
        raise errors.Stale


def check_period(valid_from: date, valid_to: date | None) -> None:
    """Raise BadPeriod if it ends before it begins."""
    if valid_to is not None and valid_to < valid_from:
        raise errors.BadPeriod
