"""The facts that rights are made from, of everybody at once."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from indgang.core.organisation.models import Competence, Employee
from indgang.foundation.access import selectors as access
from indgang.foundation.access.values import Actor
from indgang.foundation.runtime import clock
from indgang.foundation.runtime.services import sort_key


@dataclass(frozen=True)
class StaffRow:
    """An employee as the security leader sees them: who it is, and what rights are made from."""

    employee: int
    name: str
    title: str
    unit: str
    username: str
    active: bool
    actor: Actor


def staff(at: datetime, *, q: str = "", accounts: Iterable[int] | None = None) -> list[StaffRow]:
    """Employees in force in Danish order, those whose name or user name holds q, or exactly those with the accounts
    (also who has left), in three statements however many they are."""
    day = clock.local(at).date()
    rows = Employee.objects.select_related("account", "unit").order_by("sort_key", "pk")
    if accounts is not None:
        rows = rows.filter(account__in=list(accounts))
    else:
        rows = rows.filter(Q(valid_to=None) | Q(valid_to__gte=day))
    if q.strip():
        rows = rows.filter(Q(sort_key__contains=sort_key(q.strip())) | Q(account__username__icontains=q.strip()))
    found = list(rows)
    rights = access.rights_of([row.account_id for row in found], day)
    known = _known([row.pk for row in found], at)
    return [
        StaffRow(
            row.pk,
            row.name,
            row.title,
            row.unit.name,
            row.account.username,
            row.account.is_active,
            Actor(
                account=row.account_id,
                employee=row.pk,
                unit=row.unit_id,
                employer=row.employer_id,
                roles=frozenset(row.account.roles),
                rights=rights.get(row.account_id, ()),
                competences=known.get(row.pk, {}),
            ),
        )
        for row in found
    ]


def _known(employees: list[int], at: datetime) -> dict[int, dict[str, int]]:
    day = clock.local(at).date()
    rows = Competence.objects.filter(Q(valid_to=None) | Q(valid_to__gte=day), valid_from__lte=day, held_back="")
    known: dict[int, dict[str, int]] = {}
    for employee, group, level in rows.filter(employee__in=employees).values_list("employee_id", "group_id", "level"):
        known.setdefault(employee, {})[group] = level
    return known
