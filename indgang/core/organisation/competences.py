"""What employees know, in which period, and the courses a competence asks for."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q

from indgang.core.organisation import errors, separation
from indgang.core.organisation.duties import (
    check_period,
    course_row,
    employee_row,
    group_row,
    keep,
    require_town,
)
from indgang.core.organisation.models import (
    Competence,
    CompetenceGroup,
    Course,
    Employee,
    StaffNotice,
    Training,
)
from indgang.core.organisation.values import HeldBack, NoticeKind, Origin
from indgang.foundation.access.errors import NotFound
from indgang.foundation.access.values import Viewer
from indgang.foundation.journal import services as journal
from indgang.foundation.runtime import clock

EVERYBODY = "organisation.competence:all"


@transaction.atomic
def put_course(*, code: str, name: str, months: int | None = None, viewer: Viewer, at: datetime) -> Course:
    """Enter a course, or bring it to these facts; months: how long a pass holds (None: for good)."""
    require_town(viewer)
    if not name.strip():
        raise errors.NameMissing
    return keep(Course, "course", {"code": code}, {"name": name, "months": months}, viewer, at)


@transaction.atomic
def require_course(*, group: str, course: str, viewer: Viewer, at: datetime) -> CompetenceGroup:
    """From now on the group's competences count only for those who passed the course; "": for everybody."""
    require_town(viewer)
    facts: dict[str, object] = {"course": course_row(course) if course else None}
    row = keep(CompetenceGroup, "group", {"code": group_row(group).code}, facts, viewer, at)
    review(None, viewer.name, at)
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
    """What the employee knows of a group from that day: how well (1 to 5) and up to which level (1 to 3).

    What held before ends the day before and stays as history. It counts once the group's course is passed.
    """
    row = employee_row(employee_id, viewer)
    if proficiency not in range(1, 6) or level not in range(1, 4):
        raise errors.BadCompetence
    check_period(valid_from, valid_to)
    about = group_row(group)
    separation.check_competence(row, about.side, level, valid_from, valid_to, at)
    _make_room(row, about, valid_from, valid_to)
    facts: dict[str, Any] = {"proficiency": proficiency, "level": level}
    known, _ = Competence.objects.update_or_create(
        employee=row,
        group=about,
        valid_from=valid_from,
        defaults={**facts, "valid_to": valid_to, "origin": Origin.HAND},
    )
    period = {"from": valid_from.isoformat(), "to": valid_to.isoformat() if valid_to else None}
    journal.record(
        "organisation.competence_set",
        at=at,
        viewer_name=viewer.name,
        subject=row,
        data={"group": group, **facts, **period},
    )
    review([row.pk], viewer.name, at)
    known.refresh_from_db(fields=["held_back"])
    return known


@transaction.atomic
def end_competence(*, competence_id: int, last_day: date, viewer: Viewer, at: datetime) -> Competence:
    """The competence holds up to and with that day; a last day before its first takes it away altogether."""
    known = Competence.objects.select_for_update().filter(pk=competence_id).first()
    if known is None:
        raise NotFound
    row = employee_row(known.employee_id, viewer)
    known.valid_to, known.origin = last_day, Origin.HAND
    if last_day < known.valid_from:
        known.delete()
    else:
        known.save(update_fields=["valid_to", "origin"])
    facts: dict[str, object] = {"group": known.group_id, "last_day": last_day.isoformat()}
    journal.record("organisation.competence_ended", at=at, viewer_name=viewer.name, subject=row, data=facts)
    return known


@transaction.atomic
def record_training(
    *,
    employee_id: int,
    course: str,
    passed_on: date,
    valid_to: date | None = None,
    viewer: Viewer,
    at: datetime,
) -> Training:
    """The employee passed a course; competences that waited for it count at once. Without a last day the course's own
    months decide how long the pass holds."""
    row, taken = employee_row(employee_id, viewer), course_row(course)
    if passed_on > clock.local(at).date():
        raise errors.InTheFuture
    last = valid_to or _last_day(passed_on, taken.months)
    check_period(passed_on, last)
    passed, _ = Training.objects.update_or_create(
        employee=row, course=taken, passed_on=passed_on, defaults={"valid_to": last}
    )
    facts: dict[str, object] = {"course": course, "passed_on": passed_on.isoformat()}
    journal.record("organisation.training_recorded", at=at, viewer_name=viewer.name, subject=row, data=facts)
    review([row.pk], viewer.name, at)
    return passed


@transaction.atomic
def withdraw_training(*, training_id: int, viewer: Viewer, at: datetime) -> None:
    """The course was recorded by mistake; competences that stood on it wait again."""
    passed = Training.objects.select_for_update().filter(pk=training_id).first()
    if passed is None:
        raise NotFound
    row = employee_row(passed.employee_id, viewer)
    facts: dict[str, object] = {"course": passed.course_id, "passed_on": passed.passed_on.isoformat()}
    passed.delete()
    journal.record("organisation.training_withdrawn", at=at, viewer_name=viewer.name, subject=row, data=facts)
    review([row.pk], viewer.name, at)


def review(employee_ids: Iterable[int] | None, viewer_name: str, at: datetime) -> int:
    """Hold back competences without their course or against the separation, let the others count; how many changed.

    Kept on the row, so that reading who may do what asks no further question.
    """
    day = clock.local(at).date()
    rows = Competence.objects.filter(Q(valid_to=None) | Q(valid_to__gte=day)).select_related(
        "group", "employee__unit", "employee__account"
    )
    passes = Training.objects.filter(Q(valid_to=None) | Q(valid_to__gte=day), passed_on__lte=day)
    if employee_ids is not None:
        wanted = list(employee_ids)
        rows, passes = rows.filter(employee__in=wanted), passes.filter(employee__in=wanted)
    passed, known = set(passes.values_list("employee_id", "course_id")), list(rows)
    kept_apart = separation.holds(at)
    both = _deciding(known) if kept_apart else {}
    changed = []
    for row in known:
        why = _why_held(row, passed, both)
        if why != row.held_back:
            _tell_expiry(row, why, at)
            row.held_back = why
            changed.append(row)
    if changed:
        Competence.objects.bulk_update(changed, ["held_back"], batch_size=500)
        held = sum(bool(row.held_back) for row in changed)
        facts: dict[str, object] = {"held": held, "counting": len(changed) - held}
        journal.record(
            "organisation.competences_reviewed", at=at, viewer_name=viewer_name, subject=EVERYBODY, data=facts
        )
    return len(changed)


def _why_held(row: Competence, passed: set[tuple[int, str]], both: dict[int, frozenset[str]]) -> str:
    if row.group.course_id and (row.employee_id, row.group.course_id) not in passed:
        return HeldBack.COURSE.value
    decides = row.group.side and row.level >= separation.DECIDES
    if decides and both.get(row.employee_id, frozenset()) >= separation.SIDES:
        own = separation.side_of(row.employee)
        return "" if own == {row.group.side} else HeldBack.SEPARATION.value
    return ""


def _deciding(known: Iterable[Competence]) -> dict[int, frozenset[str]]:
    """Per employee the sides they stand on or decide on."""
    found: dict[int, set[str]] = {}
    for row in known:
        held = found.setdefault(row.employee_id, set(separation.side_of(row.employee)))
        if row.group.side and row.level >= separation.DECIDES:
            held.add(row.group.side)
    return {employee: frozenset(held) for employee, held in found.items()}


def _tell_expiry(row: Competence, why: str, at: datetime) -> None:
    """A competence that counted and now lacks its course: the manager is told, once while it is open."""
    if (
        why == HeldBack.COURSE
        and Training.objects.filter(employee=row.employee_id, course=row.group.course_id).exists()
    ):
        StaffNotice.objects.get_or_create(
            kind=NoticeKind.COURSE_EXPIRED,
            employee=row.employee,
            settled_at=None,
            defaults={"unit": row.employee.unit, "manager_id": row.employee.manager_id, "created_at": at},
        )


def _make_room(row: Employee, group: CompetenceGroup, valid_from: date, valid_to: date | None) -> None:
    """End the period before; a later one stays, if the new one ends before it begins."""
    known = Competence.objects.filter(employee=row, group=group).exclude(valid_from=valid_from)
    later = known.filter(valid_from__gt=valid_from).order_by("valid_from").first()
    if later is not None and (valid_to is None or valid_to >= later.valid_from):
        raise errors.CompetenceOverlaps(day=f"{later.valid_from:%d.%m.%Y}")
    before = known.filter(Q(valid_to=None) | Q(valid_to__gte=valid_from), valid_from__lt=valid_from)
    before.update(valid_to=valid_from - timedelta(days=1), origin=Origin.HAND)


def _last_day(passed_on: date, months: int | None) -> date | None:
    if months is None:
        return None
    year, month = divmod(passed_on.year * 12 + passed_on.month - 1 + months, 12)
    return date(year, month + 1, 1) + timedelta(days=passed_on.day - 2)
