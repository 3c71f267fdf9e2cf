"""Writes a profile's rows: units, hours, groups, employees and their rights. Rows are already checked by the loader."""

import secrets
from calendar import isleap
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Model, ProtectedError, QuerySet

from indgang.core.organisation.models import (
    Administration,
    ChangedDay,
    ClosingDay,
    Competence,
    CompetenceGroup,
    Employee,
    OpeningHours,
    Unit,
)
from indgang.foundation.access import selectors as rights
from indgang.foundation.access import services as access
from indgang.foundation.access.values import system
from indgang.foundation.journal import services as journal
from indgang.foundation.runtime import clock
from indgang.foundation.runtime.services import sort_key

Row = Mapping[str, Any]
ProfileRows = Mapping[str, list[dict[str, Any]]]
LOADER = system("profile")
YEARS_AHEAD = 11  # a unit's own hours on a day of every year are written as that many single days


def sync_rows(
    rows: Iterable[Row], present: QuerySet[Any], *, key: tuple[str, ...], last_day: date | None = None
) -> int:
    """Make the rows present exactly these; returns how many changed.

    A row no longer there ends with `last_day`, or without one is removed; what something else points at is kept.
    """
    model, found = present.model, {tuple(getattr(row, name) for name in key): row for row in present}
    created, updated = [], []
    fields: set[str] = set()
    for row in rows:
        fields.update(row.keys() - set(key))
        known = found.pop(tuple(row[name] for name in key), None)
        if known is None:
            created.append(model(**row))
        elif any(getattr(known, name) != value for name, value in row.items()):
            for name, value in row.items():
                setattr(known, name, value)
            updated.append(known)
    model._default_manager.bulk_create(created, batch_size=1000)
    if updated:
        model._default_manager.bulk_update(updated, sorted(fields), batch_size=500)
    gone = _end(found.values(), last_day) if last_day else _remove(found.values())
    return len(created) + len(updated) + gone


def _end(rows: Iterable[Any], last_day: date) -> int:
    ended = [row for row in rows if row.valid_to is None or row.valid_to > last_day]
    for row in ended:
        row.valid_to = last_day
        row.save(update_fields=["valid_to"])
    return len(ended)


def _remove(rows: Iterable[Model]) -> int:
    removed = 0
    for row in rows:
        try:
            row.delete()
            removed += 1
        except ProtectedError:
            continue  # somebody still stands on it
    return removed


@transaction.atomic
def load_profile(rows: ProfileRows, *, at: datetime, password: str | None) -> dict[str, int]:
    """Bring the organisation to what the profile says; returns the changes per kind, one journal event for each.

    New employees log in with `password` (a demo town); None: nobody can log in before they get a password of their own.
    """
    changes = _places(rows) | _days(rows, at) | _people(rows, at, password)
    for kind, count in changes.items():
        if count:
            journal.record(
                "organisation.profile_loaded",
                at=at,
                viewer_name=LOADER.name,
                subject=f"organisation.{kind}",
                data={"kind": kind, "changes": count},
            )
    return changes


def _places(rows: ProfileRows) -> dict[str, int]:
    return {
        "administrations": sync_rows(rows["administrations"], Administration.objects.all(), key=("code",)),
        "groups": sync_rows(rows["groups"], CompetenceGroup.objects.all(), key=("code",)),
        "units": sync_rows(
            ({**_without(row, "administration"), "administration_id": row["administration"]} for row in rows["units"]),
            Unit.objects.all(),
            key=("code",),
        ),
    }


def _days(rows: ProfileRows, at: datetime) -> dict[str, int]:
    units = dict(Unit.objects.values_list("code", "pk"))
    hours = [{**_without(row, "unit"), "unit_id": units[row["unit"]]} for row in rows["opening_hours"]]
    years = range(clock.local(at).year - 1, clock.local(at).year + YEARS_AHEAD)
    changed, yearly = [], []
    for row in rows["changed_days"]:
        if row["year"] or row["unit"] or row["opens"]:
            facts = {name: row[name] for name in ("opens", "closes", "reason")} | {"unit_id": units.get(row["unit"])}
            changed += [{**facts, "day": day} for day in _dates(row, [row["year"]] if row["year"] else years)]
        else:
            names = {"name": row["reason"], "name_en": row["reason"], "valid_from": date(2000, 1, 1)}
            yearly.append({"month": row["month"], "day": row["day"], **names})
    return {
        "opening_hours": sync_rows(
            hours, OpeningHours.objects.all(), key=("unit_id", "channel", "weekday", "opens", "valid_from")
        ),
        "changed_days": sync_rows(changed, _brought_days(rows, changed, units), key=("unit_id", "day", "opens")),
        "closing_days": sync_rows(yearly, ClosingDay.objects.all(), key=("month", "day", "valid_from")),
    }


def _brought_days(rows: ProfileRows, changed: list[dict[str, Any]], units: Mapping[str, int]) -> QuerySet[ChangedDay]:
    """The single days this or an earlier profile brought; those a manager set are left alone."""
    brought = {(row["unit_id"], row["day"]) for row in changed}
    brought |= {(units.get(row["unit"]), date.fromisoformat(row["day"])) for row in rows["former_days"]}
    present = ChangedDay.objects.values_list("pk", "unit_id", "day")
    return ChangedDay.objects.filter(pk__in=[pk for pk, unit, day in present if (unit, day) in brought])


def _dates(row: Row, years: Iterable[int]) -> list[date]:
    """The day in each of the years; 29 February only where there is one."""
    leap = (row["month"], row["day"]) == (2, 29)
    return [date(year, row["month"], row["day"]) for year in years if not leap or isleap(year)]


def _people(rows: ProfileRows, at: datetime, password: str | None) -> dict[str, int]:
    """Employees the profile does not name are left alone unless an earlier load brought them."""
    today = clock.local(at).date()
    last_day = today - timedelta(days=1)
    roles, accounts = _accounts(rows["employees"], at, password)
    units = dict(Unit.objects.values_list("code", "pk"))
    employees = [_employee(row, accounts, units) for row in rows["employees"]]
    brought = {row["username"] for row in rows["employees"]} | {row["username"] for row in rows["former_employees"]}
    ours = Employee.objects.filter(account__username__in=brought)
    changed = sync_rows(employees, ours, key=("account_id",), last_day=last_day)
    ids = dict(ours.values_list("account__username", "pk"))
    return {
        "employees": changed + roles + _managers(rows["employees"], ids),
        "competences": _competences(rows["competences"], ids, today),
        "authorisations": _authorisations(rows["authorisations"], accounts, at),
    }


def _accounts(rows: list[dict[str, Any]], at: datetime, password: str | None) -> tuple[int, dict[str, int]]:
    present = {
        name: (account, list(roles))
        for name, account, roles in Employee.objects.values_list("account__username", "account_id", "account__roles")
    }
    changed, accounts = 0, {}
    for row in rows:
        name, roles = row["username"], sorted(row["roles"])
        if name not in present:
            unknown = password or secrets.token_urlsafe(32)  # without a demo nobody knows it
            account = access.create_account(name, unknown, roles, at, password is not None, viewer=LOADER)
            accounts[name] = account.pk
            continue
        accounts[name], held = present[name]
        if sorted(held) != roles:
            access.set_roles(account=accounts[name], roles=roles, viewer=LOADER, at=at)
            changed += 1
    return changed, accounts


def _employee(row: Row, accounts: Mapping[str, int], units: Mapping[str, int]) -> dict[str, Any]:
    facts = {name: row[name] for name in ("name", "title", "languages", "overflow", "mail", "phone")}
    return {
        **facts,
        "account_id": accounts[row["username"]],
        "sort_key": sort_key(row["name"]),
        "unit_id": units[row["unit"]],
        "employer_id": row["employer"],
        "valid_to": None,
    }


def _managers(rows: list[dict[str, Any]], ids: Mapping[str, int]) -> int:
    present = dict(Employee.objects.values_list("pk", "manager_id"))
    changed = [(ids[row["username"]], ids.get(row["manager"])) for row in rows]
    changed = [(employee, manager) for employee, manager in changed if present[employee] != manager]
    for employee, manager in changed:
        Employee.objects.filter(pk=employee).update(manager=manager)
    return len(changed)


def _competences(rows: list[dict[str, Any]], ids: Mapping[str, int], today: date) -> int:
    ours = Competence.objects.filter(employee__in=ids.values())
    since = {(row.employee_id, row.group_id): row.valid_from for row in ours}
    wanted = [
        {
            "employee_id": ids[row["username"]],
            "group_id": row["group"],
            "proficiency": row["proficiency"],
            "level": row["level"],
            "valid_from": since.get((ids[row["username"]], row["group"]), today),
            "valid_to": None,
        }
        for row in rows
    ]
    return sync_rows(wanted, ours, key=("employee_id", "group_id"), last_day=today - timedelta(days=1))


def _authorisations(rows: list[dict[str, Any]], accounts: Mapping[str, int], at: datetime) -> int:
    """Give what is missing, withdraw what the profile gave and no longer names; rights given by people stay."""
    today, changed = clock.local(at).date(), 0
    wanted: dict[int, list[Row]] = {account: [] for account in accounts.values()}
    for row in rows:
        wanted[accounts[row["username"]]].append(row)
    for account, named in wanted.items():
        given = [
            right
            for right in rights.authorisations(LOADER, account)
            if right.granted_by == LOADER.name and (right.valid_to is None or right.valid_to >= today)
        ]
        for told in named:
            same = next((right for right in given if _same(told, right)), None)
            if same is not None:
                given.remove(same)
            elif told["valid_to"] is None or told["valid_to"] >= today:
                _grant(account, told, today, at)
                changed += 1
        for right in given:
            last_day = today - timedelta(days=1)
            access.withdraw(authorisation_id=right.id, last_day=last_day, viewer=LOADER, at=at)
            changed += 1
    return changed


def _same(row: Row, right: Any) -> bool:
    told = (row["task"], row["group"], row["level"], row["valid_to"])
    same_start = row["valid_from"] in (None, right.valid_from)
    return same_start and told == (right.task, right.group, right.level, right.valid_to)


def _grant(account: int, row: Row, today: date, at: datetime) -> None:
    access.grant(
        account=account,
        task=row["task"],
        group=row["group"],
        level=row["level"],
        valid_from=row["valid_from"] or today,
        valid_to=row["valid_to"],
        viewer=LOADER,
        at=at,
    )


def _without(row: Row, *names: str) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name not in names}
