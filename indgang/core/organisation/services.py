"""What one can do with the municipality: its units, employees, competences and opening hours."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.db.models import Q

from indgang.core.organisation import errors
from indgang.core.organisation.duties import (
    administration_row,
    check_period,
    check_roles,
    group_row,
    keep,
    manager_row,
    require_manager_of,
    require_town,
    unit_row,
)
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
from indgang.core.organisation.profile_rows import load_profile as load_profile
from indgang.core.organisation.profile_rows import sync_rows as sync_rows
from indgang.core.organisation.values import WeeklyHours
from indgang.foundation.access import services as access
from indgang.foundation.access.errors import NotFound
from indgang.foundation.access.values import Viewer
from indgang.foundation.journal import services as journal
from indgang.foundation.runtime import clock
from indgang.foundation.runtime.services import sort_key

_CARD = ("name", "title", "mail", "phone", "languages", "overflow")


@transaction.atomic
def put_administration(
    *, code: str, name: str, today: str = "", external: bool = False, viewer: Viewer, at: datetime
) -> Administration:
    """Enter an administration, or bring it to these facts; the same again changes nothing."""
    require_town(viewer)
    facts: dict[str, object] = {"name": name, "today": today, "external": external}
    return keep(Administration, "administration", {"code": code}, facts, viewer, at)


@transaction.atomic
def put_unit(
    *, code: str, name: str, kind: str, administration: str, viewer: Viewer, at: datetime, **details: str
) -> Unit:
    """Enter a unit, or bring it to these facts. Details: the other columns of the table."""
    require_town(viewer)
    facts: dict[str, object] = {"name": name, "kind": kind, "administration": administration_row(administration)}
    return keep(Unit, "unit", {"code": code}, facts | details, viewer, at)


@transaction.atomic
def put_group(*, code: str, name: str, viewer: Viewer, at: datetime) -> CompetenceGroup:
    """Enter a competence group, or bring it to this name."""
    require_town(viewer)
    return keep(CompetenceGroup, "group", {"code": code}, {"name": name}, viewer, at)


@transaction.atomic
def create_employee(
    *,
    name: str,
    title: str,
    unit_code: str,
    username: str,
    password: str,
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
    """Take on an employee with a login. The employer is the unit's administration, unless the person is seconded."""
    unit = unit_row(unit_code)
    require_manager_of(viewer, unit.pk)
    check_roles(viewer, roles)
    if not name.strip():
        raise errors.NameMissing
    # The login is part of taking on; what it may do beyond its roles is the security leader's to give.
    account = access.create_account(username, password, roles, at, demo, viewer=access.SETUP)
    row = Employee.objects.create(
        account=account,
        name=name.strip(),
        sort_key=sort_key(name),
        unit=unit,
        employer=administration_row(employer) if employer else unit.administration,
        manager=manager_row(manager_id),
        title=title,
        languages=list(languages),
        mail=mail,
        phone=phone,
        overflow=overflow,
    )
    facts: dict[str, object] = {"unit": unit.code, "employer": row.employer_id, "roles": list(account.roles)}
    journal.record("organisation.employee_created", at=at, viewer_name=viewer.name, subject=row, data=facts)
    return row


@transaction.atomic
def alter_employee(
    *,
    employee_id: int,
    viewer: Viewer,
    at: datetime,
    unit_code: str | None = None,
    manager_id: int | None = None,
    **changes: object,
) -> Employee:
    """Change what stands on the card (name, title, mail, phone, languages, overflow), the unit or the manager."""
    row = _employee(employee_id, viewer)
    unknown = set(changes) - set(_CARD)
    if unknown:
        raise TypeError(f"no such fields of an employee: {sorted(unknown)}")
    fields = [field for field in _CARD if field in changes and getattr(row, field) != changes[field]]
    if "name" in fields and not str(changes["name"]).strip():
        raise errors.NameMissing
    for field in fields:
        setattr(row, field, changes[field])
    row.sort_key = sort_key(row.name)
    if unit_code is not None and unit_code != row.unit.code:
        row.unit = unit_row(unit_code)
        require_manager_of(viewer, row.unit_id)
        fields.append("unit")
    if manager_id is not None and manager_id != row.manager_id:
        row.manager = manager_row(manager_id)
        fields.append("manager")
    if fields:
        row.save()
        journal.record(
            "organisation.employee_altered", at=at, viewer_name=viewer.name, subject=row, data={"fields": fields}
        )
    return row


@transaction.atomic
def end_employment(*, employee_id: int, last_day: date, viewer: Viewer, at: datetime) -> Employee:
    """The employee is in force up to and with that day; if it is past, the login closes at once."""
    row = _employee(employee_id, viewer)
    row.valid_to = last_day
    row.save(update_fields=["valid_to"])
    journal.record(
        "organisation.employment_ended",
        at=at,
        viewer_name=viewer.name,
        subject=row,
        data={"last_day": last_day.isoformat()},
    )
    if last_day < clock.local(at).date():
        access.deactivate(account=row.account_id, viewer=access.SETUP, at=at)
    return row


@transaction.atomic
def set_competence(
    *,
    employee_id: int,
    group: str,
    proficiency: int,
    level: int,
    valid_from: date,
    valid_to: date | None = None,
    viewer: Viewer,
    at: datetime,
) -> Competence:
    """What the employee knows of a group from that day: how well (1 to 5) and up to which level (1 to 3)."""
    row = _employee(employee_id, viewer)
    if proficiency not in range(1, 6) or level not in range(1, 4):
        raise errors.BadCompetence
    check_period(valid_from, valid_to)
    facts: dict[str, object] = {"proficiency": proficiency, "level": level}
    known, _ = Competence.objects.update_or_create(
        employee=row,
        group=group_row(group),
        defaults={**facts, "valid_from": valid_from, "valid_to": valid_to},
    )
    journal.record(
        "organisation.competence_set", at=at, viewer_name=viewer.name, subject=row, data={"group": group, **facts}
    )
    return known


@transaction.atomic
def remove_competence(*, employee_id: int, group: str, viewer: Viewer, at: datetime) -> None:
    """The employee does not know the group any more."""
    row = _employee(employee_id, viewer)
    if not Competence.objects.filter(employee=row, group=group).delete()[0]:
        raise NotFound
    journal.record(
        "organisation.competence_removed", at=at, viewer_name=viewer.name, subject=row, data={"group": group}
    )


@transaction.atomic
def set_opening_hours(
    *,
    unit_code: str,
    channel: str,
    hours: Sequence[WeeklyHours],
    valid_from: date,
    viewer: Viewer,
    at: datetime,
    valid_to: date | None = None,
    source: str = "",
) -> None:
    """The week of a channel from that day; what held before ends the day before and stays as history."""
    unit = unit_row(unit_code)
    require_manager_of(viewer, unit.pk)
    check_period(valid_from, valid_to)
    _check_hours(hours)
    rows = OpeningHours.objects.filter(unit=unit, channel=channel)
    rows.filter(valid_from__gte=valid_from).filter(
        Q() if valid_to is None else Q(valid_to__lte=valid_to, valid_to__isnull=False)
    ).delete()
    rows.filter(valid_from__lt=valid_from).filter(Q(valid_to=None) | Q(valid_to__gte=valid_from)).update(
        valid_to=valid_from - timedelta(days=1)
    )
    OpeningHours.objects.bulk_create(
        OpeningHours(
            unit=unit,
            channel=channel,
            weekday=one.weekday,
            opens=one.opens,
            closes=one.closes,
            valid_from=valid_from,
            valid_to=valid_to,
            source=source,
        )
        for one in hours
    )
    facts: dict[str, object] = {"channel": channel, "from": valid_from.isoformat(), "intervals": len(hours)}
    journal.record("organisation.opening_hours_set", at=at, viewer_name=viewer.name, subject=unit, data=facts)


@transaction.atomic
def change_day(
    *,
    unit_code: str | None,
    day: date,
    hours: Sequence[tuple[time, time]],
    reason: str,
    viewer: Viewer,
    at: datetime,
) -> None:
    """Other hours on one date (none: closed), for one unit or, by the municipality itself, for all."""
    unit = unit_row(unit_code) if unit_code is not None else None
    if unit is None:
        require_town(viewer)
    else:
        require_manager_of(viewer, unit.pk)
    _check_hours([WeeklyHours(day.weekday(), opens, closes) for opens, closes in hours])
    ChangedDay.objects.filter(unit=unit, day=day).delete()
    for opens, closes in hours:
        ChangedDay.objects.create(unit=unit, day=day, opens=opens, closes=closes, reason=reason)
    if not hours:
        ChangedDay.objects.create(unit=unit, day=day, reason=reason)
    subject = unit if unit is not None else "organisation.unit:all"
    facts: dict[str, object] = {"day": day.isoformat(), "intervals": len(hours)}
    journal.record("organisation.day_changed", at=at, viewer_name=viewer.name, subject=subject, data=facts)


@transaction.atomic
def restore_day(*, unit_code: str | None, day: date, viewer: Viewer, at: datetime) -> None:
    """The date has the week's hours again."""
    unit = unit_row(unit_code) if unit_code is not None else None
    if unit is None:
        require_town(viewer)
    else:
        require_manager_of(viewer, unit.pk)
    if not ChangedDay.objects.filter(unit=unit, day=day).delete()[0]:
        raise NotFound
    subject = unit if unit is not None else "organisation.unit:all"
    journal.record(
        "organisation.day_restored", at=at, viewer_name=viewer.name, subject=subject, data={"day": day.isoformat()}
    )


@transaction.atomic
def put_closing_day(
    *, month: int, day: int, name: str, name_en: str, valid_from: date, viewer: Viewer, at: datetime
) -> ClosingDay:
    """A day of every year from that date on which the municipality is closed."""
    require_town(viewer)
    try:
        date(2024, month, day)  # a leap year: 29 February may be one
    except ValueError:
        raise errors.BadDay from None
    key: dict[str, object] = {"month": month, "day": day, "valid_from": valid_from}
    return keep(ClosingDay, "closing_day", key, {"name": name, "name_en": name_en}, viewer, at)


def _employee(employee_id: int, viewer: Viewer) -> Employee:
    row = Employee.objects.select_for_update(of=("self",)).select_related("unit").filter(pk=employee_id).first()
    if row is None:
        raise NotFound
    require_manager_of(viewer, row.unit_id)
    return row


def _check_hours(hours: Sequence[WeeklyHours]) -> None:
    last: WeeklyHours | None = None
    for one in sorted(hours, key=lambda row: (row.weekday, row.opens)):
        overlaps = last is not None and last.weekday == one.weekday and one.opens < last.closes
        if one.opens >= one.closes or overlaps or one.weekday not in range(7):
            raise errors.BadHours(opens=f"{one.opens:%H.%M}", closes=f"{one.closes:%H.%M}")
        last = one
