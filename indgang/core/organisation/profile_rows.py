"""Writes a profile's rows: places and hours, employees and their rights. Rows are already checked by the loader."""

import secrets
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from indgang.core.organisation import competences, profile_places
from indgang.core.organisation.models import Competence, Employee, Training, Unit
from indgang.core.organisation.people import search_key
from indgang.core.organisation.profile_places import ProfileRows
from indgang.core.organisation.syncing import Row
from indgang.core.organisation.syncing import sync_rows as sync_rows
from indgang.core.organisation.values import Origin
from indgang.foundation.access import selectors as rights
from indgang.foundation.access import services as access
from indgang.foundation.access.values import system
from indgang.foundation.journal import services as journal
from indgang.foundation.runtime import clock
from indgang.foundation.runtime.services import sort_key

LOADER = system("profile")
_FIELDS = {"name": ("name", "sort_key", "search_key"), "unit": ("unit_id",), "employer": ("employer_id",)}
_FIELDS |= {"title": ("title", "search_key")}


@transaction.atomic
def load_profile(rows: ProfileRows, *, at: datetime, password: str | None) -> dict[str, int]:
    """Bring the organisation to what the profile says; returns the changes per kind, one journal event for each.

    New employees log in with `password` (a demo town); None: nobody can log in before they get a password of their own.
    """
    changes = profile_places.places(rows) | profile_places.days(rows, at) | _people(rows, at, password)
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


def _people(rows: ProfileRows, at: datetime, password: str | None) -> dict[str, int]:
    """Employees the profile does not name are left alone unless an earlier load brought them."""
    today = clock.local(at).date()
    last_day = today - timedelta(days=1)
    left = set(Employee.objects.exclude(left_at=None).values_list("account__username", flat=True))
    present = [row for row in rows["employees"] if row["username"] not in left]  # who has left comes back by hand only
    roles, accounts = _accounts(present, at, password)
    units = dict(Unit.objects.values_list("code", "pk"))
    staying = dict(Employee.objects.filter(valid_to__gte=today).values_list("account_id", "valid_to"))
    employees = [_employee(row, accounts, units, staying) for row in present]
    _keep_hand(employees)
    brought = {row["username"] for row in present} | {row["username"] for row in rows["former_employees"]} - left
    ours = Employee.objects.filter(account__username__in=brought)
    changed = sync_rows(employees, ours, key=("account_id",), last_day=last_day)
    ids = dict(ours.values_list("account__username", "pk"))
    changes = {
        "employees": changed + roles + _managers(present, ids),
        "competences": _competences([row for row in rows["competences"] if row["username"] in ids], ids, today),
        "trainings": _trainings(rows.get("trainings", []), ids),
        "authorisations": _authorisations(
            [row for row in rows["authorisations"] if row["username"] in accounts], accounts, at
        ),
    }
    competences.review(None, LOADER.name, at)
    return changes


def _accounts(rows: list[dict[str, Any]], at: datetime, password: str | None) -> tuple[int, dict[str, int]]:
    present = dict(Employee.objects.values_list("account__username", "account_id"))
    changed, accounts = 0, {}
    for row in rows:
        name, roles = row["username"], sorted(row["roles"])
        if name not in present:
            unknown = password or secrets.token_urlsafe(32)  # without a demo nobody knows it
            account = access.create_account(name, unknown, roles, at, password is not None, viewer=LOADER)
            accounts[name] = account.pk
            continue
        accounts[name] = present[name]
        changed += access.bring_roles(account=accounts[name], roles=roles, viewer=LOADER, at=at)
    return changed, accounts


def _employee(
    row: Row, accounts: Mapping[str, int], units: Mapping[str, int], staying: Mapping[int, date | None]
) -> dict[str, Any]:
    facts = {name: row[name] for name in ("name", "title", "languages", "overflow", "mail", "phone")}
    return {
        **facts,
        "account_id": accounts[row["username"]],
        "sort_key": sort_key(row["name"]),
        "search_key": search_key(row["name"], row["title"]),
        "unit_id": units[row["unit"]],
        "employer_id": row["employer"],
        "valid_to": staying.get(accounts[row["username"]]),  # a last day somebody has set stands
    }


def _keep_hand(rows: list[dict[str, Any]]) -> None:
    """Put what people have changed on the cards in place of what the profile says."""
    kept = {row.account_id: row for row in Employee.objects.exclude(by_hand=[])}
    for told in rows:
        known = kept.get(told["account_id"])
        for name in known.by_hand if known else ():
            for field in _FIELDS.get(name, (name,)):
                if field in told:
                    told[field] = getattr(known, field)


def _managers(rows: list[dict[str, Any]], ids: Mapping[str, int]) -> int:
    present = dict(Employee.objects.values_list("pk", "manager_id"))
    changed = [(ids[row["username"]], ids.get(row["manager"])) for row in rows]
    decided = set(Employee.objects.filter(by_hand__contains=["manager"]).values_list("pk", flat=True))
    changed = [(one, manager) for one, manager in changed if present[one] != manager and one not in decided]
    for employee, manager in changed:
        Employee.objects.filter(pk=employee).update(manager=manager)
    return len(changed)


def _competences(rows: list[dict[str, Any]], ids: Mapping[str, int], today: date) -> int:
    """What a person has set or ended is left alone."""
    told = set(Competence.objects.filter(origin=Origin.HAND).values_list("employee_id", "group_id"))
    ours = Competence.objects.filter(employee__in=ids.values(), origin=Origin.PROFILE)
    ours = ours.exclude(pk__in=[row.pk for row in ours if (row.employee_id, row.group_id) in told])
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
        if (ids[row["username"]], row["group"]) not in told
    ]
    return sync_rows(wanted, ours, key=("employee_id", "group_id"), last_day=today - timedelta(days=1))


def _trainings(rows: list[dict[str, Any]], ids: Mapping[str, int]) -> int:
    """Courses the profile says are passed; those people recorded stay."""
    known = set(Training.objects.values_list("employee_id", "course_id", "passed_on"))
    wanted = {(ids[row["username"]], row["course"], row["passed_on"]) for row in rows if row["username"] in ids}
    Training.objects.bulk_create(
        Training(employee_id=employee, course_id=course, passed_on=day) for employee, course, day in wanted - known
    )
    return len(wanted - known)


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
