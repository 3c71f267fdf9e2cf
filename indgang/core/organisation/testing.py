"""Builders for tests: a municipality of a few rows, and the personas who always mean the same."""

import itertools
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time

from indgang.core.organisation.models import (
    Administration,
    ClosingDay,
    Competence,
    CompetenceGroup,
    Course,
    Employee,
    LivingPlan,
    OpeningHours,
    StreetRange,
    Substitution,
    Training,
)
from indgang.core.organisation.models import Unit as Unit
from indgang.core.organisation.people import search_key
from indgang.core.organisation.selectors import viewer_of_account
from indgang.foundation.access.testing import PASSWORD, make_account, make_authorisation
from indgang.foundation.access.values import Role, Viewer
from indgang.foundation.runtime import clock
from indgang.foundation.runtime.services import sort_key

_number = itertools.count(1)
ALWAYS = date(2000, 1, 1)


def make_administration(code: str = "ØKF", name: str = "", **facts: object) -> Administration:
    """An administration; the same code is the same row."""
    return Administration.objects.get_or_create(code=code, defaults={"name": name or f"Forvaltningen {code}", **facts})[
        0
    ]


def make_unit(
    code: str = "kontaktcenter", *, kind: str = "contact_centre", administration: str = "ØKF", **facts: object
) -> Unit:
    """A unit; the same code is the same row."""
    defaults = {"name": code.capitalize(), "kind": kind, "administration": make_administration(administration), **facts}
    return Unit.objects.get_or_create(code=code, defaults=defaults)[0]


def make_group(code: str = "moving", name: str = "", *, side: str = "", course: str = "") -> CompetenceGroup:
    """A competence group, perhaps of one side of employment or with a course to pass; the same code is the same row."""
    facts = {"name": name or code.capitalize(), "side": side, "course": make_course(course) if course else None}
    return CompetenceGroup.objects.get_or_create(code=code, defaults=facts)[0]


def make_course(code: str = "pas", name: str = "", months: int | None = None) -> Course:
    """A course; the same code is the same row."""
    return Course.objects.get_or_create(code=code, defaults={"name": name or f"Kursus i {code}", "months": months})[0]


def make_training(employee: Employee, course: str = "pas", passed_on: date = date(2025, 1, 6)) -> Training:
    """A course this employee has passed."""
    return Training.objects.get_or_create(employee=employee, course=make_course(course), passed_on=passed_on)[0]


def make_substitute(employee: Employee, substitute: Employee, valid_to: date | None = None) -> Substitution:
    """Who takes over from the employee."""
    return Substitution.objects.create(employee=employee, substitute=substitute, valid_from=ALWAYS, valid_to=valid_to)


def make_plan(variant: str = "plan 2005", valid_from: date = ALWAYS) -> LivingPlan:
    """The variant of the plan the municipality lives by."""
    return LivingPlan.objects.update_or_create(valid_from=valid_from, defaults={"variant": variant})[0]


def make_street(
    street: str = "Spurvens Vej",
    *,
    district: str = "Valby",
    district_2006: str = "",
    postcode: str = "2500",
    city: str = "Valby",
    first: int = 1,
    last: int = 149,
    road: str | None = None,
) -> StreetRange:
    """House numbers of a street that lie in one district."""
    return StreetRange.objects.create(
        municipality="0999",
        road=road or f"{next(_number):04}",
        street=street,
        street_key=sort_key(street),
        postcode=postcode,
        city=city,
        first=first,
        last=last,
        district=district,
        district_2006=district_2006 or district,
    )


def make_employee(
    name: str = "Agnes Agent",
    *,
    unit: Unit | None = None,
    groups: Mapping[str, tuple[int, int]] | None = None,
    roles: Sequence[str] = ("agent",),
    username: str | None = None,
    password: str = PASSWORD,
    languages: Sequence[str] = ("da",),
    overflow: bool = False,
    employer: str | None = None,
    manager: Employee | None = None,
    title: str = "Medarbejder",
    authorised: bool = True,
) -> Employee:
    """An employee with these competences {group: (proficiency, level)} and, if `authorised`, those rights."""
    number = next(_number)
    place = unit or make_unit()
    account = make_account(username or f"medarbejder{number}", password=password, roles=roles)
    row = Employee.objects.create(
        account=account,
        name=name,
        sort_key=sort_key(name),
        search_key=search_key(name, title),
        unit=place,
        employer=make_administration(employer) if employer else place.administration,
        manager=manager,
        title=title,
        languages=list(languages),
        mail=f"medarbejder{number}@kommune.example",
        phone="00 00 00 00",
        overflow=overflow,
    )
    for code, (proficiency, level) in ({"moving": (3, 1)} if groups is None else groups).items():
        group = make_group(code)
        Competence.objects.create(employee=row, group=group, proficiency=proficiency, level=level, valid_from=ALWAYS)
        if authorised:
            make_authorisation(account, group=code, level=level)
    return row


def viewer_of(employee: Employee, at: datetime | None = None) -> Viewer:
    """The viewer this employee is now."""
    viewer = viewer_of_account(employee.account_id, at or clock.now())
    assert viewer is not None
    return viewer


def make_hours(
    unit: Unit,
    channel: str = "phone",
    *,
    weekdays: Sequence[int] = range(5),
    opens: time = time(8),
    closes: time = time(18),
    valid_from: date = ALWAYS,
    valid_to: date | None = None,
) -> list[OpeningHours]:
    """The same hours on each of the weekdays."""
    return [
        OpeningHours.objects.create(
            unit=unit,
            channel=channel,
            weekday=weekday,
            opens=opens,
            closes=closes,
            valid_from=valid_from,
            valid_to=valid_to,
        )
        for weekday in weekdays
    ]


def make_closing_days() -> None:
    """Grundlovsdag, 24 and 31 December, as a municipality has them."""
    for month, day, name, english in (
        (6, 5, "Grundlovsdag", "Constitution Day"),
        (12, 24, "Juleaftensdag", "Christmas Eve"),
        (12, 31, "Nytårsaftensdag", "New Year's Eve"),
    ):
        ClosingDay.objects.get_or_create(
            month=month, day=day, valid_from=ALWAYS, defaults={"name": name, "name_en": english}
        )


def make_agent() -> Employee:
    """An agent of the contact centre who informs about moving."""
    return make_employee("Agnes Agent")


def make_specialist() -> Employee:
    """A caseworker of the owning administration who settles moving with discretion."""
    office = make_unit("folkeregister", kind="office", administration="KSR")
    return make_employee("Sofus Specialist", unit=office, roles=[Role.CASEWORKER], groups={"moving": (5, 3)})


def make_manager(unit: Unit | None = None) -> Employee:
    """The manager of a unit."""
    return make_employee("Marie Leder", unit=unit, roles=[Role.MANAGER], groups={})


def make_security_leader() -> Employee:
    """Who gives authorisations."""
    return make_employee("Sigurd Sikker", roles=[Role.SECURITY_LEADER], groups={})


def make_stranger() -> Employee:
    """An employee without any right."""
    return make_employee("Frida Fremmed", unit=make_unit("andetsteds", kind="office"), roles=[], groups={})
