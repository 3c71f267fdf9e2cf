"""Reading about employees: cards, what one knows and can learn next, substitutes, and what managers are told."""

from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path
from typing import Any, NamedTuple

from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection
from django.db.models import F, OuterRef, Q, QuerySet
from django.db.models.functions import JSONObject

from indgang.core.organisation import separation
from indgang.core.organisation.districts import standing, unit_card
from indgang.core.organisation.models import (
    Competence,
    CompetenceGroup,
    Counter,
    Course,
    Employee,
    StaffNotice,
    Substitution,
    Training,
    Unit,
)
from indgang.core.organisation.opening import opening_many
from indgang.core.organisation.plans import competence_row
from indgang.core.organisation.values import (
    Channel,
    Colleague,
    Conflict,
    CounterRow,
    CourseRow,
    DirectoryRow,
    EmployeeCard,
    EmployeeProfile,
    HeldBack,
    NoticeKind,
    NoticeRow,
    Opening,
    TrainingRow,
    UnitCard,
)
from indgang.foundation.access.values import Role, Viewer
from indgang.foundation.runtime import clock
from indgang.foundation.runtime.services import lasting, sort_key

_UNREACHED = Opening(False, None, None, "")
_DIRECTORY = (Path(__file__).parent / "sql" / "directory.sql").read_text()


class _Place(NamedTuple):
    """A unit, with the words of its name and its code as they are searched."""

    card: UnitCard
    name: str
    code: str


def in_force(at: datetime) -> "QuerySet[Employee]":
    """Those who work here on the day of that moment."""
    return in_force_on(clock.local(at).date())


def in_force_on(day: date) -> "QuerySet[Employee]":
    """Those who work here on that day."""
    return Employee.objects.filter(Q(valid_to=None) | Q(valid_to__gte=day))


def card_where(condition: Q) -> EmployeeCard | None:
    """One employee with their trainings, in one statement."""
    passed = Training.objects.filter(employee=OuterRef("pk")).order_by("-passed_on")
    rows: Any = Employee.objects.select_related("unit", "manager", "employer").filter(condition)
    row = rows.annotate(
        passed=ArraySubquery(
            passed.values(
                row=JSONObject(id="pk", course="course_id", name="course__name", passed_on="passed_on", to="valid_to")
            )
        )
    ).first()
    return card(row, tuple(_training(one) for one in row.passed)) if row else None


@lasting("organisation_employee", "organisation_unit")
def colleague(employee_id: int) -> Colleague | None:
    """How one calls an employee, also one who has left."""
    row = (
        Employee.objects.filter(pk=employee_id)
        .values_list("pk", "name", "title", "unit__name", "phone", "mail")
        .first()
    )
    return Colleague(*row) if row else None


def card(row: Employee, trainings: tuple[TrainingRow, ...] = ()) -> EmployeeCard:
    """The employee as colleagues see them; unit, manager and employer are read already."""
    return EmployeeCard(
        row.pk,
        row.name,
        row.title,
        row.unit_id,
        row.unit.name,
        row.employer_id,
        row.mail,
        row.phone,
        tuple(row.languages),
        manager_id=row.manager_id,
        manager_name=row.manager.name if row.manager else "",
        employer_name=row.employer.name,
        seconded=row.employer.external or row.employer_id != row.unit.administration_id,
        overflow=row.overflow,
        valid_to=row.valid_to,
        version=row.version,
        trainings=trainings,
    )


def cards(rows: "QuerySet[Employee]") -> list[EmployeeCard]:
    """Cards in Danish order, in one statement."""
    return [card(row) for row in rows.select_related("unit", "manager", "employer").order_by("sort_key", "pk")]


def employees_of_manager(employee_id: int, at: datetime | None = None) -> list[EmployeeCard]:
    """The people in force whom this employee leads."""
    return cards(in_force(at or clock.now()).filter(manager=employee_id))


def profile(viewer: Viewer, employee_id: int, at: datetime) -> EmployeeProfile | None:
    """What an employee knows, has learned and can do next; for themselves and for who leads them."""
    shown = card_where(Q(pk=employee_id))
    if shown is None or not _may_see_profile(viewer, shown):
        return None
    day = clock.local(at).date()
    known = (
        Competence.objects.filter(employee=employee_id).select_related("group__course").order_by("group", "valid_from")
    )
    current = [row for row in known if row.valid_to is None or row.valid_to >= day]
    waiting = [row for row in current if row.held_back == HeldBack.COURSE and row.group.course is not None]
    steps = [(row.group.course.code, row.group.course.name, row.group.name) for row in waiting if row.group.course]
    steps += _further(shown, {row.group_id for row in current})
    return EmployeeProfile(
        shown, tuple(competence_row(row) for row in known), substitutions(employee_id, day), tuple(steps)
    )


def substitutions(employee_id: int, day: date) -> tuple[tuple[int, str, date, date | None], ...]:
    """Who takes over now or later: id of the row, name, first and last day."""
    rows = Substitution.objects.filter(Q(valid_to=None) | Q(valid_to__gte=day), employee=employee_id)
    return tuple(rows.order_by("valid_from", "pk").values_list("pk", "substitute__name", "valid_from", "valid_to"))


def substitutes_of(employee_id: int, at: datetime) -> list[int]:
    """Who takes over from the employee today, those named first first; who has left themselves stands in for nobody."""
    return list(_all_substitutes(clock.local(at).date()).get(employee_id, ()))


def standing_in(at: datetime) -> dict[int, frozenset[int]]:
    """The same for everybody who has a substitute today, in one statement."""
    return dict(_all_standing_in(clock.local(at).date()))


@lasting("organisation_substitution", "organisation_employee")
def _all_standing_in(day: date) -> dict[int, frozenset[int]]:
    return {employee: frozenset(people) for employee, people in _all_substitutes(day).items()}


@lasting("organisation_substitution", "organisation_employee")
def _all_substitutes(day: date) -> dict[int, tuple[int, ...]]:
    found: dict[int, tuple[int, ...]] = {}
    rows = _standing_in(day).order_by("valid_from", "pk")
    for employee, substitute in rows.values_list("employee_id", "substitute_id"):
        found[employee] = (*found.get(employee, ()), substitute)
    return found


def _standing_in(day: date) -> QuerySet[Substitution]:
    rows = Substitution.objects.filter(Q(valid_to=None) | Q(valid_to__gte=day), valid_from__lte=day)
    return rows.filter(Q(substitute__valid_to=None) | Q(substitute__valid_to__gte=day))


def courses() -> list[CourseRow]:
    """The courses and the groups that ask for them, by name."""
    asked: dict[str, list[str]] = {}
    for code, course in CompetenceGroup.objects.exclude(course=None).order_by("code").values_list("code", "course_id"):
        asked.setdefault(str(course), []).append(code)
    rows = [CourseRow(row.code, row.name, row.months, tuple(asked.get(row.code, ()))) for row in Course.objects.all()]
    return sorted(rows, key=lambda row: sort_key(row.name))


def notices(viewer: Viewer, at: datetime) -> list[NoticeRow]:
    """What this manager must look at, oldest first; directors and processes see every unit's, the security leader who
    is new."""
    rows = StaffNotice.objects.filter(settled_at=None, created_at__lte=at).select_related("employee")
    if viewer.has_role(Role.SECURITY_LEADER):
        rows = rows.filter(kind=NoticeKind.HIRED)
    elif not viewer.is_process:
        rows = rows.exclude(kind=NoticeKind.HIRED)
    if not (viewer.is_process or viewer.has_role(Role.EXECUTIVE, Role.SECURITY_LEADER)):
        if viewer.actor is None or not viewer.has_role(Role.MANAGER):
            return []
        rows = rows.filter(Q(unit__in=viewer.actor.units) | Q(manager=viewer.actor.employee))
    return [
        NoticeRow(row.pk, row.kind, row.employee_id, row.employee.name, row.unit_id, row.created_at)
        for row in rows.order_by("created_at", "pk")
    ]


def exclusive_conflicts(at: datetime) -> list[Conflict]:
    """Where job centre and benefit office are not kept apart today, also while the rule is off."""
    return separation.conflicts(at, clock.local(at).date())


def counters(at: datetime, unit_code: str | None = None) -> list[CounterRow]:
    """The counters in use now or later."""
    day = clock.local(at).date()
    rows = Counter.objects.filter(Q(valid_to=None) | Q(valid_to__gte=day)).select_related("unit")
    if unit_code is not None:
        rows = rows.filter(unit__code=unit_code)
    return [
        CounterRow(
            row.pk,
            row.code,
            row.name,
            row.premises,
            row.unit.code,
            row.unit.name,
            row.valid_from,
            row.valid_to,
            row.version,
        )
        for row in rows.order_by("unit__code", "code", "valid_from")
    ]


def directory(q: str, at: datetime, *, limit: int = 50) -> list[DirectoryRow]:
    """People and units whose words begin with those of q, in Danish order, each with whether they can be reached now.

    Who has left and units no longer standing are left out. An employee is reached while their unit's phone is open.
    """
    words, day = [sort_key(word) for word in q.split() if sort_key(word)], clock.local(at).date()
    places = _places(day)
    found = [place.card for place in places if _begins(place.name + place.code, words)]
    chosen = _people(words, places, day, limit)
    open_now = opening_many({row.code for row in found} | {row[1] for row in chosen}, Channel.PHONE, at)
    rows = [_unit_row(row, open_now) for row in found] + [_employee_row(row, open_now) for row in chosen]
    return sorted(rows, key=lambda row: (sort_key(row.name), row.kind, row.id))[:limit]


@lasting("organisation_unit", "organisation_livingplan")
def _places(day: date) -> tuple[_Place, ...]:
    cards = map(unit_card, Unit.objects.filter(standing(day)))
    return tuple(_Place(card, f"0{sort_key(card.name)}", f"0{sort_key(card.code)}") for card in cards)


def _people(words: list[str], places: Iterable[_Place], day: date, most: int) -> list[tuple[Any, ...]]:
    """The lines of sql/directory.sql."""
    asked: dict[str, Any] = {"day": day, "most": most}
    for number, word in enumerate(words):
        asked[f"word{number}"] = f"0{word}"
        asked[f"near{number}"] = [place.card.id for place in places if _begins(place.name, [word])]
    one = " AND (strpos(e.search_key, %(word{n})s) > 0 OR e.unit_id = ANY(%(near{n})s::bigint[]))"
    conditions = "".join(one.replace("{n}", str(number)) for number in range(len(words)))
    with connection.cursor() as cursor:
        cursor.execute(_DIRECTORY.replace("{words}", conditions), asked)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


def _begins(key: str, words: Iterable[str]) -> bool:
    return all(f"0{word}" in key for word in words)


def _unit_row(row: UnitCard, open_now: dict[str, Opening]) -> DirectoryRow:
    reach = open_now.get(row.code, _UNREACHED)
    return DirectoryRow("unit", row.id, row.code, row.name, "", row.id, row.name, row.phone, row.mail, reach)


def _employee_row(row: tuple[Any, ...], open_now: dict[str, Opening]) -> DirectoryRow:
    key, code, name, title, unit_id, unit_name, phone, mail = row
    reach = open_now.get(code, _UNREACHED)
    return DirectoryRow("employee", key, code, name, title, unit_id, unit_name, phone, mail, reach)


def _may_see_profile(viewer: Viewer, shown: EmployeeCard) -> bool:
    own = viewer.actor is not None and viewer.actor.employee == shown.id
    leads = viewer.actor is not None and viewer.has_role(Role.MANAGER) and shown.unit_id in viewer.actor.units
    return own or leads or viewer.is_process


def _further(shown: EmployeeCard, known: set[str]) -> list[tuple[str, str, str]]:
    """Courses not taken that open a group the colleagues of the unit work with."""
    taken = {row.course for row in shown.trainings}
    rows = Competence.objects.filter(employee__unit=shown.unit_id).exclude(group__course=None).exclude(group__in=known)
    rows = rows.exclude(group__course__in=taken)
    steps = (
        rows.values_list("group__course_id", "group__course__name", "group__name").distinct().order_by(F("group__name"))
    )
    return list(steps)


def _training(told: dict[str, Any]) -> TrainingRow:
    last = date.fromisoformat(told["to"]) if told["to"] else None
    return TrainingRow(told["id"], told["course"], told["name"], date.fromisoformat(told["passed_on"]), last)
