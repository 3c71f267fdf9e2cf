"""Employees: taking on, changing, leaving, and who takes over meanwhile. One manager each."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Literal

from django.db import transaction
from django.db.models import Q

from indgang.core.organisation import competences, errors, separation
from indgang.core.organisation.duties import (
    administration_row,
    check_period,
    check_roles,
    check_version,
    employee_row,
    manager_row,
    require_manager_of,
    unit_row,
)
from indgang.core.organisation.models import Employee, StaffNotice, Substitution
from indgang.core.organisation.values import NoticeKind
from indgang.foundation.access import services as access
from indgang.foundation.access.errors import NotFound
from indgang.foundation.access.values import Viewer
from indgang.foundation.journal import services as journal
from indgang.foundation.journal.values import JournalLine
from indgang.foundation.runtime import clock
from indgang.foundation.runtime.services import sort_key

_CARD = ("name", "title", "mail", "phone", "languages", "overflow")
_PROFILE = "system:profile"  # brings roles and units in one load, in this order


@transaction.atomic
def create_employee(
    *,
    name: str,
    title: str,
    unit_code: str,
    username: str,
    password: str | None,
    roles: Sequence[str],
    viewer: Viewer,
    at: datetime,
    employer: str | None = None,
    manager_id: int | None = None,
    languages: Sequence[str] = ("da",),
    mail: str = "",
    phone: str = "",
    overflow: bool = False,
    demo: bool = False,
) -> Employee:
    """Take on an employee with a login, closed until it has a password. The employer is the unit's administration,
    unless the person is seconded."""
    unit = unit_row(unit_code)
    require_manager_of(viewer, unit.pk)
    check_roles(viewer, roles)
    if not name.strip():
        raise errors.NameMissing
    # The login is part of taking on; what it may do beyond its roles is the security leader's to give.
    account = access.create_account(username, password, roles, at, demo, viewer=access.SETUP)
    row = Employee(
        account=account,
        name=name.strip(),
        unit=unit,
        employer=administration_row(employer) if employer else unit.administration,
        manager=manager_row(manager_id, clock.local(at).date()),
        title=title,
        languages=list(languages),
        mail=mail,
        phone=phone,
        overflow=overflow,
    )
    _keys(row)
    separation.check_person(row, at)
    row.save()
    facts: dict[str, object] = {"unit": unit.code, "employer": row.employer_id, "roles": list(account.roles)}
    journal.record("organisation.employee_created", at=at, viewer_name=viewer.name, subject=row, data=facts)
    if viewer.is_staff:  # what comes with the set-up is nobody's news
        StaffNotice.objects.create(kind=NoticeKind.HIRED, employee=row, unit=unit, created_at=at)
    return row


@transaction.atomic
def change_employee(
    *,
    employee_id: int,
    viewer: Viewer,
    at: datetime,
    version: int | None = None,
    unit_code: str | None = None,
    employer: str | None = None,
    manager_id: int | Literal["same"] | None = "same",
    **card: object,
) -> Employee:
    """Change what stands on the card (name, title, mail, phone, languages, overflow), unit, employer or manager.

    Raises Stale if somebody changed the card meanwhile, ManagerLoop, Separated or SeparateLeadership.
    """
    row = employee_row(employee_id, viewer)
    check_version(row, version)
    fields = _write_card(row, card)
    if unit_code is not None and unit_code != row.unit.code:
        row.unit = unit_row(unit_code)
        require_manager_of(viewer, row.unit_id)
        fields.append("unit")
    if employer is not None and employer != row.employer_id:
        row.employer = administration_row(employer)
        fields.append("employer")
    if manager_id != "same" and manager_id != row.manager_id:
        row.manager = manager_row(manager_id, clock.local(at).date())
        _refuse_loop(row)
        fields.append("manager")
    if not fields:
        return row
    if {"unit", "manager"} & set(fields):
        separation.check_person(row, at)
    row.version += 1
    row.by_hand = sorted({*row.by_hand, *fields})
    row.save()
    journal.record(
        "organisation.employee_altered", at=at, viewer_name=viewer.name, subject=row, data={"fields": fields}
    )
    competences.review([row.pk], viewer.name, at)
    return row


@transaction.atomic
def record_leave(*, employee_id: int, last_day: date | None, viewer: Viewer, at: datetime) -> Employee:
    """The employee works up to and with that day (None: stays after all). Once it is past, the login closes and the
    event "employee.left" tells those who hold their work."""
    row = employee_row(employee_id, viewer)
    if row.left_at is not None:
        raise errors.HasLeft
    row.valid_to = last_day
    row.version += 1
    row.save(update_fields=["valid_to", "version"])
    facts: dict[str, object] = {"last_day": last_day.isoformat() if last_day else None}
    journal.record("organisation.employment_ended", at=at, viewer_name=viewer.name, subject=row, data=facts)
    if last_day is not None and last_day < clock.local(at).date():
        _leave(row, viewer.name, at)
    return row


@transaction.atomic
def let_go(*, at: datetime) -> int:
    """Everybody whose last day is past leaves now; how many did."""
    day = clock.local(at).date()
    rows = Employee.objects.select_for_update(of=("self",)).select_related("unit", "account", "manager")
    gone = list(rows.filter(valid_to__lt=day, left_at=None).order_by("pk"))
    for row in gone:
        _leave(row, access.SETUP.name, at)
    return len(gone)


@transaction.atomic
def set_substitute(
    *,
    employee_id: int,
    substitute_id: int,
    valid_from: date,
    valid_to: date | None = None,
    viewer: Viewer,
    at: datetime,
) -> Substitution:
    """Who takes over the employee's work in a period; the manager decides, or the employee for themselves.

    Raises HasLeft, BadSubstitute, BadPeriod, SeparateSubstitute.
    """
    row = _own_or_managed(employee_id, viewer)
    check_period(valid_from, valid_to)
    other = Employee.objects.filter(Q(valid_to=None) | Q(valid_to__gte=valid_from), pk=substitute_id).first()
    if other is None:
        raise errors.HasLeft
    known = Substitution.objects.filter(Q(valid_to=None) | Q(valid_to__gte=valid_from), employee=row, substitute=other)
    if valid_to is not None:
        known = known.filter(valid_from__lte=valid_to)
    if other.pk == row.pk or known.exists():
        raise errors.BadSubstitute
    separation.check_substitute(row, other, at)
    made = Substitution.objects.create(employee=row, substitute=other, valid_from=valid_from, valid_to=valid_to)
    facts: dict[str, object] = {"substitute": other.pk, "from": valid_from.isoformat()}
    facts |= {"to": valid_to.isoformat() if valid_to else None}
    journal.record("organisation.substitute_set", at=at, viewer_name=viewer.name, subject=row, data=facts)
    return made


@transaction.atomic
def end_substitute(*, substitution_id: int, last_day: date, viewer: Viewer, at: datetime) -> None:
    """The substitute stands in up to and with that day; a last day before the first: never."""
    known = Substitution.objects.select_for_update().filter(pk=substitution_id).first()
    if known is None:
        raise NotFound
    row = _own_or_managed(known.employee_id, viewer)
    known.valid_to = last_day
    if last_day < known.valid_from:
        known.delete()
    else:
        known.save(update_fields=["valid_to"])
    facts: dict[str, object] = {"substitute": known.substitute_id, "last_day": last_day.isoformat()}
    journal.record("organisation.substitute_ended", at=at, viewer_name=viewer.name, subject=row, data=facts)


@transaction.atomic
def settle_notice(*, notice_id: int, viewer: Viewer, at: datetime) -> None:
    """A manager, of a new employee the security leader, has dealt with what they were told."""
    notice = StaffNotice.objects.select_for_update().filter(pk=notice_id, settled_at=None).first()
    if notice is None:
        raise NotFound
    if notice.kind == NoticeKind.HIRED:
        access.require_leader(viewer)
    elif not (viewer.actor is not None and viewer.actor.employee == notice.manager_id):
        require_manager_of(viewer, notice.unit_id)
    notice.settled_at, notice.settled_by = at, viewer.name
    notice.save(update_fields=["settled_at", "settled_by"])
    subject = f"organisation.employee:{notice.employee_id}"
    facts: dict[str, object] = {"kind": notice.kind}
    journal.record("organisation.notice_settled", at=at, viewer_name=viewer.name, subject=subject, data=facts)


def hear_of_rights(line: JournalLine) -> None:
    """Access changed roles or the separation: refuse a person on both sides, and review which competences count."""
    if line.verb == "access.switch_set":
        competences.review(None, line.actor, line.at)
        return
    account = int(line.subject.partition(":")[2])
    row = Employee.objects.select_related("unit", "account", "manager").filter(account=account).first()
    if row is not None:
        if line.actor != _PROFILE:
            separation.check_person(row, line.at)
        competences.review([row.pk], line.actor, line.at)


def _leave(row: Employee, actor: str, at: datetime) -> None:
    row.left_at = at
    row.save(update_fields=["left_at"])
    if row.account.is_active:
        access.deactivate(account=row.account_id, viewer=access.SETUP, at=at)
    led = Employee.objects.filter(manager=row.pk, left_at=None)
    kinds = [NoticeKind.LEFT] + ([NoticeKind.WITHOUT_MANAGER] if led.exists() else [])
    led.update(manager=row.manager)  # until they get one of their own, the leader's leader leads them
    for kind in kinds:
        StaffNotice.objects.create(kind=kind, employee=row, unit=row.unit, manager_id=row.manager_id, created_at=at)
    journal.record("employee.left", at=at, viewer_name=actor, subject=row, data={"employee": row.pk})


def _write_card(row: Employee, card: dict[str, object]) -> list[str]:
    """Bring the card's own fields to these values; the names of those that changed."""
    unknown = set(card) - set(_CARD)
    if unknown:
        raise TypeError(f"no such fields of an employee: {sorted(unknown)}")
    fields = [field for field in _CARD if field in card and getattr(row, field) != card[field]]
    if "name" in fields and not str(card["name"]).strip():
        raise errors.NameMissing
    for field in fields:
        setattr(row, field, card[field])
    _keys(row)
    return fields


def _keys(row: Employee) -> None:
    row.sort_key = sort_key(row.name)[:160]
    row.search_key = search_key(row.name, row.title)[:400]


def search_key(name: str, title: str) -> str:
    """Every word of name and title, each behind the mark that begins a word."""
    return f"0{sort_key(name)}0{sort_key(title)}"


def _refuse_loop(row: Employee) -> None:
    above, seen = row.manager, {row.pk}
    while above is not None:
        if above.pk in seen:
            raise errors.ManagerLoop
        seen.add(above.pk)
        above = above.manager


def _own_or_managed(employee_id: int, viewer: Viewer) -> Employee:
    if viewer.actor is not None and viewer.actor.employee == employee_id:
        row = Employee.objects.select_for_update(of=("self",)).filter(pk=employee_id).first()
        if row is not None:
            return row
    return employee_row(employee_id, viewer)
