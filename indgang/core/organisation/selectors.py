"""What one can ask about units, employees, their competences and opening hours."""

import json
from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection
from django.db.models import Count, OuterRef, Q
from django.db.models.functions import JSONObject

from indgang.core.organisation.actors import StaffRow as StaffRow
from indgang.core.organisation.actors import staff as staff
from indgang.core.organisation.districts import address as address
from indgang.core.organisation.districts import addresses as addresses
from indgang.core.organisation.districts import centre_of_address as centre_of_address
from indgang.core.organisation.districts import district_of as district_of
from indgang.core.organisation.districts import districts as districts
from indgang.core.organisation.districts import plan as plan
from indgang.core.organisation.districts import standing, unit_card
from indgang.core.organisation.districts import units_of_district as units_of_district
from indgang.core.organisation.forwarding import forwarded as forwarded
from indgang.core.organisation.forwarding import forwarding_plan as forwarding_plan
from indgang.core.organisation.inviting import invitation_of as invitation_of
from indgang.core.organisation.inviting import invited as invited
from indgang.core.organisation.models import Administration, Competence, CompetenceGroup, Employee, Unit
from indgang.core.organisation.opening import add_opening_hours as add_opening_hours
from indgang.core.organisation.opening import days_from as days_from
from indgang.core.organisation.opening import hours_of_week as hours_of_week
from indgang.core.organisation.opening import hours_per_week as hours_per_week
from indgang.core.organisation.opening import opening as opening
from indgang.core.organisation.opening import opening_many as opening_many
from indgang.core.organisation.opening import weeks_of as weeks_of
from indgang.core.organisation.people_reading import card_where, cards, in_force, in_force_on
from indgang.core.organisation.people_reading import colleague as colleague
from indgang.core.organisation.people_reading import counters as counters
from indgang.core.organisation.people_reading import courses as courses
from indgang.core.organisation.people_reading import directory as directory
from indgang.core.organisation.people_reading import employees_of_manager as employees_of_manager
from indgang.core.organisation.people_reading import exclusive_conflicts as exclusive_conflicts
from indgang.core.organisation.people_reading import notices as notices
from indgang.core.organisation.people_reading import profile as profile
from indgang.core.organisation.people_reading import standing_in as standing_in
from indgang.core.organisation.people_reading import substitutes_of as substitutes_of
from indgang.core.organisation.plans import ChangedDayRow as ChangedDayRow
from indgang.core.organisation.plans import ClosingDayRow as ClosingDayRow
from indgang.core.organisation.plans import HoursPeriod as HoursPeriod
from indgang.core.organisation.plans import changed_days as changed_days
from indgang.core.organisation.plans import closing_days as closing_days
from indgang.core.organisation.plans import competences as competences
from indgang.core.organisation.plans import hours_plan as hours_plan
from indgang.core.organisation.plans import hours_plans as hours_plans
from indgang.core.organisation.plans import planned_channels as planned_channels
from indgang.core.organisation.register import administration_of as administration_of
from indgang.core.organisation.register import administrations_at as administrations_at
from indgang.core.organisation.register import entrances as entrances
from indgang.core.organisation.register import owners as owners
from indgang.core.organisation.register import unit_counts as unit_counts
from indgang.core.organisation.values import AgentFacts, EmployeeCard, UnitCard
from indgang.core.organisation.values import CompetenceRow as CompetenceRow
from indgang.foundation.access import policy
from indgang.foundation.access import selectors as access
from indgang.foundation.access.values import Actor, Role, SwitchCode, Viewer
from indgang.foundation.runtime import clock
from indgang.foundation.runtime.services import lasting, sort_key

VIEWER = (Path(__file__).parent / "sql" / "viewer.sql").read_text()
_UNIT_ORDER = ("kind", "code")


def viewer_of_account(account_id: int, at: datetime) -> Viewer | None:
    """The staff viewer of an account; None where nobody in force has it or the account is closed."""
    actor = _actor(account_id, clock.local(at).date())
    if actor is None:
        return None
    rules = access.switches(at)
    return Viewer(
        kind="staff",
        name=f"employee:{actor.employee}",
        actor=actor,
        at=at,
        dispensation=rules.dispensation,
        separation=rules[SwitchCode.SEPARATION],
        account=account_id,
    )


def employee(employee_id: int) -> EmployeeCard | None:
    """The employee, also one who has left (old work still names them)."""
    return card_where(Q(pk=employee_id))


def names(employee_ids: Iterable[int]) -> dict[int, str]:
    """The names of these employees in one statement, also of those who have left."""
    wanted, known = set(employee_ids), _names_read()
    missing = wanted - known.keys()
    if missing:
        known |= dict(Employee.objects.filter(pk__in=missing).values_list("pk", "name"))
    return {employee: known[employee] for employee in wanted if employee in known}


def employee_of_account(account_id: int) -> EmployeeCard | None:
    """The employee behind a login."""
    return card_where(Q(account=account_id))


def logins(at: datetime) -> list[tuple[int, str, list[str]]]:
    """Account, username and roles of everybody in force who can log in."""
    rows = in_force(at).filter(account__is_active=True).order_by("pk")
    return list(rows.values_list("account_id", "account__username", "account__roles"))


def employees(q: str = "", unit: int | str | None = None, at: datetime | None = None) -> list[EmployeeCard]:
    """Employees in force whose name holds q, in Danish order; unit by id or code."""
    rows = in_force(at or clock.now())
    if q.strip():
        rows = rows.filter(sort_key__contains=sort_key(q.strip()))
    if unit is not None:
        rows = rows.filter(_by_key(unit, "unit__"))
    return cards(rows)


def units(kind: str | None = None, at: datetime | None = None, *, variant: str | None = None) -> list[UnitCard]:
    """The units of one kind or one variant of the plan; at a moment: those that stand then under the living plan."""
    return list(_units(kind, clock.local(at).date() if at is not None and variant is None else None, variant))


def unit(key: int | str) -> UnitCard | None:
    """A unit by its id or code."""
    row = Unit.objects.filter(_by_key(key)).first()
    return unit_card(row) if row else None


def groups() -> list[tuple[str, str]]:
    """The competence groups, code and name, by name."""
    return list(_groups())


def administrations() -> list[tuple[str, str]]:
    """The administrations and outside authorities, code and name, by name."""
    return list(_administrations())


def agent_facts(employee_ids: Iterable[int] | None, at: datetime) -> list[AgentFacts]:
    """What routing must know about these employees (None: everybody in force), in two queries however many they are."""
    asked = None if employee_ids is None else frozenset(employee_ids)
    return list(_agent_facts(asked, clock.local(at).date()))


@lasting("organisation_employee", "organisation_competence", "access_account", "access_authorisation")
def _agent_facts(employee_ids: frozenset[int] | None, day: date) -> tuple[AgentFacts, ...]:
    known = _known(day).filter(employee=OuterRef("pk"))
    rows: Any = in_force_on(day).filter(account__is_active=True).order_by("pk")
    if employee_ids is not None:
        rows = rows.filter(pk__in=employee_ids)
    rows = rows.annotate(
        known=ArraySubquery(known.values(row=JSONObject(group="group_id", proficiency="proficiency", level="level")))
    ).values("pk", "unit_id", "employer_id", "languages", "overflow", "account_id", "account__roles", "known")
    found = list(rows)
    accounts = None if employee_ids is None else [row["account_id"] for row in found]
    rights = access.rights_of(accounts, day)
    return tuple(_facts(row, rights.get(row["account_id"], ())) for row in found)


def groups_known(unit_ids: Iterable[int], at: datetime) -> dict[str, int]:
    """By competence group, how many people of these units know it; groups nobody there knows are left out."""
    there = in_force(at).filter(account__is_active=True, unit__in=list(unit_ids))
    rows = (
        _known(clock.local(at).date())
        .filter(employee__in=there)
        .values("group_id")
        .annotate(people=Count("employee", distinct=True))
    )
    return dict(rows.values_list("group_id", "people"))


def _facts(row: dict[str, Any], rights: tuple[Any, ...]) -> AgentFacts:
    actor = Actor(
        account=row["account_id"],
        employee=row["pk"],
        unit=row["unit_id"],
        employer=row["employer_id"],
        roles=frozenset(row["account__roles"]),
        rights=rights,
        competences={one["group"]: one["level"] for one in row["known"]},
    )
    return AgentFacts(
        employee=actor.employee,
        unit=actor.unit,
        languages=tuple(row["languages"]),
        overflow=row["overflow"],
        competences={
            one["group"]: (one["proficiency"], policy.effective_level(actor, one["group"])) for one in row["known"]
        },
        roles=actor.roles,
        tasks={right.task: right.level for right in rights if right.task},
        known=policy.known_levels(actor),
        employer=actor.employer,
    )


def _known(day: date) -> Any:
    return Competence.objects.filter(Q(valid_to=None) | Q(valid_to__gte=day), valid_from__lte=day, held_back="")


@lasting("organisation_employee", "organisation_competence", "access_account", "access_authorisation")
def _actor(account_id: int, day: date) -> Actor | None:
    with connection.cursor() as cursor:
        cursor.execute(VIEWER, {"account": account_id, "day": day})
        row = cursor.fetchone()
    if row is None:
        return None
    employee_id, unit_id, employer, roles, known, led = row
    return Actor(
        account=account_id,
        employee=employee_id,
        unit=unit_id,
        employer=employer,
        roles=frozenset(roles),
        rights=access.rights_of([account_id], day).get(account_id, ()),
        competences=json.loads(known),
        units=frozenset({unit_id, *led} if Role.MANAGER in roles else {unit_id}),
    )


@lasting("organisation_employee")
def _names_read() -> dict[int, str]:
    return {}  # filled as people are asked for


@lasting("organisation_administration")
def _administrations() -> tuple[tuple[str, str], ...]:
    rows = Administration.objects.values_list("code", "name")
    return tuple(sorted(rows, key=lambda pair: sort_key(pair[1])))


@lasting("organisation_competencegroup")
def _groups() -> tuple[tuple[str, str], ...]:
    return tuple(sorted(CompetenceGroup.objects.values_list("code", "name"), key=lambda pair: sort_key(pair[1])))


@lasting("organisation_unit", "organisation_livingplan")
def _units(kind: str | None, day: date | None, variant: str | None) -> tuple[UnitCard, ...]:
    rows = Unit.objects.order_by(*_UNIT_ORDER)
    if day is not None:
        rows = rows.filter(standing(day))
    if kind is not None:
        rows = rows.filter(kind=kind)
    if variant is not None:
        rows = rows.filter(variant__in=["", variant])
    return tuple(unit_card(row) for row in rows)


def _by_key(key: int | str, prefix: str = "") -> Q:
    return Q(**{f"{prefix}pk": key}) if isinstance(key, int) else Q(**{f"{prefix}code": key})
