"""People, competences and hours: each service works, refuses, and leaves its event."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

import pytest

from indgang.core.organisation import errors, selectors, services
from indgang.core.organisation.models import ChangedDay, ClosingDay, Competence, Employee, OpeningHours, StaffNotice
from indgang.core.organisation.testing import (
    make_administration,
    make_agent,
    make_course,
    make_employee,
    make_group,
    make_manager,
    make_security_leader,
    make_specialist,
    make_stranger,
    make_training,
    make_unit,
    viewer_of,
)
from indgang.core.organisation.values import Forward, WeeklyHours
from indgang.foundation.access import services as access
from indgang.foundation.access.errors import ExclusiveRoles, NotFound, UsernameTaken
from indgang.foundation.access.testing import recorded
from indgang.foundation.access.values import PUBLIC, Viewer, program, system

AT = datetime(2026, 3, 3, 10, tzinfo=UTC)
DAY = date(2026, 3, 3)
TOWN = system("profile")
WEEKDAYS = [WeeklyHours(day, time(8), time(18)) for day in range(5)]
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def quick_hash(settings) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def take_on(viewer: Viewer, **facts: Any) -> Employee:
    given = {
        "name": "Bo Ny",
        "title": "Medarbejder",
        "unit_code": "kontaktcenter",
        "username": "bo",
        "password": "et-langt-kodeord-7",
        "roles": ["agent"],
    }
    return services.create_employee(**(given | facts), viewer=viewer, at=AT)


def competence(viewer: Viewer, agnes: Employee, **facts: Any) -> Competence:
    given = {"group": "moving", "proficiency": 4, "level": 2, "valid_from": DAY}
    return services.set_competence(employee_id=agnes.pk, **(given | facts), viewer=viewer, at=AT)


def hours(viewer: Viewer, week: Any = WEEKDAYS, **facts: Any) -> None:
    given = {"unit": "kontaktcenter", "channel": "phone", "valid_from": DAY}
    services.set_week(**(given | facts), rows=week, viewer=viewer, at=AT)


def counter(viewer: Viewer, **facts: Any) -> Any:
    given = {"code": "S1", "name": "Skranke 1", "premises": "Sal A", "unit_code": "kontaktcenter", "valid_from": DAY}
    return services.assign_counter(**(given | facts), viewer=viewer, at=AT)


def training(viewer: Viewer, agnes: Employee, passed_on: date = DAY) -> Any:
    make_course("pas")
    return services.record_training(employee_id=agnes.pk, course="pas", passed_on=passed_on, viewer=viewer, at=AT)


def substitute(viewer: Viewer, agnes: Employee, substitute_id: int | None = None) -> Any:
    other = substitute_id or make_employee("Vikar Vest").pk
    return services.set_substitute(employee_id=agnes.pk, substitute_id=other, valid_from=DAY, viewer=viewer, at=AT)


def known_competence(agnes: Employee) -> int:
    return Competence.objects.get(employee=agnes).pk


def notice(agnes: Employee) -> int:
    return StaffNotice.objects.create(kind="left", employee=agnes, unit=agnes.unit, created_at=AT).pk


def changed_day(viewer: Viewer, **facts: Any) -> None:
    given: dict[str, Any] = {"unit_code": "kontaktcenter", "day": DAY, "hours": [], "reason": "Kursus"}
    services.change_day(**(given | facts), viewer=viewer, at=AT)


def restored_day(viewer: Viewer) -> None:
    ChangedDay.objects.create(unit=make_unit(), day=DAY, reason="Kursus")
    services.restore_day(unit_code="kontaktcenter", day=DAY, viewer=viewer, at=AT)


def closing_day(viewer: Viewer, month: int = 5, day: int = 1) -> ClosingDay:
    return services.put_closing_day(
        month=month, day=day, name="1. maj", name_en="May Day", valid_from=DAY, viewer=viewer, at=AT
    )


@dataclass(frozen=True)
class Case:
    """One service: whose duty it is, how it works, what the rules refuse, and the event it leaves."""

    verb: str
    works: Callable[[Viewer, Employee], Any]
    refused_by_rule: Callable[[Viewer, Employee], Any]
    refusal: type[Exception]
    town: bool = False  # the municipality's own, not the manager's


CASES = {
    "put_administration": Case(
        "organisation.administration_put",
        lambda v, a: services.put_administration(code="SUF", name="Sundhed", viewer=v, at=AT),
        lambda v, a: services.put_administration(code="SUF", name="Sundhed", viewer=PUBLIC, at=AT),
        NotFound,
        town=True,
    ),
    "put_unit": Case(
        "organisation.unit_put",
        lambda v, a: services.put_unit(code="vest", name="Vest", kind="centre", administration="ØKF", viewer=v, at=AT),
        lambda v, a: services.put_unit(code="vest", name="Vest", kind="centre", administration="?", viewer=v, at=AT),
        errors.UnknownAdministration,
        town=True,
    ),
    "put_group": Case(
        "organisation.group_put",
        lambda v, a: services.put_group(code="tax", name="Skat", viewer=v, at=AT),
        lambda v, a: services.put_group(code="tax", name="Skat", viewer=PUBLIC, at=AT),
        NotFound,
        town=True,
    ),
    "create_employee": Case(
        "organisation.employee_created",
        lambda v, a: take_on(v),
        lambda v, a: take_on(v, name=" "),
        errors.NameMissing,
    ),
    "change_employee": Case(
        "organisation.employee_altered",
        lambda v, a: services.change_employee(employee_id=a.pk, title="Vejleder", viewer=v, at=AT),
        lambda v, a: services.change_employee(employee_id=a.pk, title="Vejleder", version=7, viewer=v, at=AT),
        errors.Stale,
    ),
    "record_leave": Case(
        "organisation.employment_ended",
        lambda v, a: services.record_leave(employee_id=a.pk, last_day=DAY, viewer=v, at=AT),
        lambda v, a: services.record_leave(employee_id=0, last_day=DAY, viewer=v, at=AT),
        NotFound,
    ),
    "set_substitute": Case(
        "organisation.substitute_set",
        lambda v, a: substitute(v, a),
        lambda v, a: substitute(v, a, a.pk),
        errors.BadSubstitute,
    ),
    "end_substitute": Case(
        "organisation.substitute_ended",
        lambda v, a: services.end_substitute(substitution_id=substitute(v, a).pk, last_day=DAY, viewer=v, at=AT),
        lambda v, a: services.end_substitute(substitution_id=0, last_day=DAY, viewer=v, at=AT),
        NotFound,
    ),
    "settle_notice": Case(
        "organisation.notice_settled",
        lambda v, a: services.settle_notice(notice_id=notice(a), viewer=v, at=AT),
        lambda v, a: services.settle_notice(notice_id=0, viewer=v, at=AT),
        NotFound,
    ),
    "record_training": Case(
        "organisation.training_recorded",
        lambda v, a: training(v, a),
        lambda v, a: training(v, a, date(2027, 1, 1)),
        errors.InTheFuture,
    ),
    "withdraw_training": Case(
        "organisation.training_withdrawn",
        lambda v, a: services.withdraw_training(training_id=make_training(a).pk, viewer=v, at=AT),
        lambda v, a: services.withdraw_training(training_id=0, viewer=v, at=AT),
        NotFound,
    ),
    "put_course": Case(
        "organisation.course_put",
        lambda v, a: services.put_course(code="pas", name="Pas", viewer=v, at=AT),
        lambda v, a: services.put_course(code="pas", name=" ", viewer=v, at=AT),
        errors.NameMissing,
        town=True,
    ),
    "require_course": Case(
        "organisation.group_put",
        lambda v, a: services.require_course(group="moving", course=make_course().code, viewer=v, at=AT),
        lambda v, a: services.require_course(group="moving", course="findes-ikke", viewer=v, at=AT),
        errors.UnknownCourse,
        town=True,
    ),
    "assign_counter": Case(
        "organisation.counter_assigned",
        lambda v, a: counter(v),
        lambda v, a: counter(v, valid_to=date(2026, 1, 1)),
        errors.BadPeriod,
    ),
    "end_counter": Case(
        "organisation.counter_ended",
        lambda v, a: services.end_counter(counter_id=counter(v).pk, last_day=DAY, viewer=v, at=AT),
        lambda v, a: services.end_counter(counter_id=counter(v).pk, last_day=DAY, version=7, viewer=v, at=AT),
        errors.Stale,
    ),
    "choose_plan": Case(
        "organisation.plan_put",
        lambda v, a: (
            make_unit("nord", variant="plan 2005")
            and services.choose_plan(variant="plan 2005", valid_from=DAY, viewer=v, at=AT)
        ),
        lambda v, a: services.choose_plan(variant="plan 2099", valid_from=DAY, viewer=v, at=AT),
        errors.UnknownPlan,
        town=True,
    ),
    "put_succession": Case(
        "organisation.succession_put",
        lambda v, a: services.put_succession(
            former="ØKF", successor=make_administration("OK").code, day=DAY, viewer=v, at=AT
        ),
        lambda v, a: services.put_succession(former="ØKF", successor="?", day=DAY, viewer=v, at=AT),
        errors.UnknownAdministration,
        town=True,
    ),
    "invite": Case(
        "organisation.invited",
        lambda v, a: services.invite(employee_id=without_password(a).pk, viewer=v, at=AT),
        lambda v, a: services.invite(employee_id=a.pk, viewer=v, at=AT),
        errors.AlreadyLogsIn,
    ),
    "set_competence": Case(
        "organisation.competence_set",
        lambda v, a: competence(v, a),
        lambda v, a: competence(v, a, proficiency=6),
        errors.BadCompetence,
    ),
    "end_competence": Case(
        "organisation.competence_ended",
        lambda v, a: services.end_competence(competence_id=known_competence(a), last_day=DAY, viewer=v, at=AT),
        lambda v, a: services.end_competence(competence_id=0, last_day=DAY, viewer=v, at=AT),
        NotFound,
    ),
    "set_forwarding": Case(
        "organisation.forwarding_set",
        lambda v, a: forwarding(v),
        lambda v, a: forwarding(v, phone=""),
        errors.ForwardingIncomplete,
    ),
    "set_week": Case(
        "organisation.opening_hours_set",
        lambda v, a: hours(v),
        lambda v, a: hours(v, [WeeklyHours(0, time(18), time(8))]),
        errors.BadHours,
    ),
    "change_day": Case(
        "organisation.day_changed",
        lambda v, a: changed_day(v),
        lambda v, a: changed_day(v, hours=[(time(9), time(12)), (time(11), time(13))]),
        errors.BadHours,
    ),
    "restore_day": Case(
        "organisation.day_restored",
        lambda v, a: restored_day(v),
        lambda v, a: services.restore_day(unit_code="kontaktcenter", day=DAY, viewer=v, at=AT),
        NotFound,
    ),
    "put_closing_day": Case(
        "organisation.closing_day_put",
        lambda v, a: closing_day(v),
        lambda v, a: closing_day(v, month=2, day=30),
        errors.BadDay,
        town=True,
    ),
}


def forwarding(viewer, phone="00 00 00 99"):
    row = Forward("Døgnvagten", "The night service", phone, DAY)
    services.set_forwarding(unit_code="kontaktcenter", channel="phone", rows=[row], viewer=viewer, at=AT)


def without_password(employee):
    employee.account.set_unusable_password()
    employee.account.save(update_fields=["password"])
    return employee


each_service = pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())


def duty(case: Case) -> Viewer:
    """The viewer whose duty it is."""
    return viewer_of(make_employee("Ditte Direktør", roles=["executive"], groups={}) if case.town else make_manager())


@each_service
def test_it_works_and_leaves_its_event(case) -> None:
    agnes, viewer = make_agent(), duty(case)
    case.works(viewer, agnes)
    assert [actor for actor, _ in recorded(case.verb)] == [viewer.name]


@each_service
def test_the_rules_refuse_it(case) -> None:
    agnes, viewer = make_agent(), duty(case)
    with pytest.raises(case.refusal):
        case.refused_by_rule(viewer, agnes)
    assert recorded(case.verb) == []


@each_service
@pytest.mark.parametrize(
    "persona",
    [make_agent, make_specialist, make_security_leader, make_stranger, lambda: make_manager(make_unit("vest"))],
)
def test_nobody_else_may(case, persona) -> None:
    agnes = make_agent()
    for viewer in (viewer_of(persona()), PUBLIC, program("kiosk")):
        with pytest.raises(NotFound):
            case.works(viewer, agnes)
    assert recorded(case.verb) == []


@each_service
def test_a_process_may(case) -> None:
    agnes = make_agent()
    case.works(TOWN, agnes)
    assert recorded(case.verb)[0][0] == "system:profile"


def test_every_service_is_tested_here() -> None:
    processes_only = {"let_go", "load_profile", "sync_rows"}
    by_link_only = {"accept_invitation"}  # tested in desks/administration/tests/test_inviting.py
    assert set(services.__all__) - processes_only - by_link_only == set(CASES)


def test_no_event_names_a_person() -> None:
    make_unit()
    bo = take_on(TOWN, mail="bo@kommune.example")
    services.change_employee(employee_id=bo.pk, name="Bo Gammel", viewer=TOWN, at=AT)
    told = str([recorded(case.verb) for case in CASES.values()])
    assert "Bo" not in told and "@" not in told and "name" in told


def test_the_same_again_changes_nothing_and_leaves_no_event() -> None:
    for _ in range(2):
        services.put_group(code="tax", name="Skat", viewer=TOWN, at=AT)
    assert len(recorded("organisation.group_put")) == 1
    services.put_group(code="tax", name="Skat og afgift", viewer=TOWN, at=AT)
    assert recorded("organisation.group_put")[1][1] == {"fields": ["name"]}


def test_a_new_employee_can_work_and_a_taken_name_takes_nobody_on() -> None:
    make_unit()
    make_group("moving")
    bo = take_on(TOWN)
    assert viewer_of(bo).has_role("agent") and bo.employer_id == "ØKF"
    with pytest.raises(UsernameTaken):
        take_on(TOWN)
    with pytest.raises(ExclusiveRoles):
        take_on(TOWN, username="ib", roles=["job_centre", "benefit_office"])
    assert Employee.objects.count() == 1


@pytest.mark.parametrize("role", ["security_leader", "executive", "operator", "manager"])
def test_a_manager_takes_nobody_on_into_a_role_that_gives_rights(role) -> None:
    manager = viewer_of(make_manager())
    with pytest.raises(errors.RoleOfLeader, match="gives af sikkerhedslederen"):
        take_on(manager, roles=["agent", role])
    assert take_on(TOWN, roles=[role])


def test_a_manager_moves_nobody_into_a_unit_they_do_not_lead() -> None:
    agnes, manager = make_agent(), viewer_of(make_manager())
    make_unit("vest")
    with pytest.raises(NotFound):
        services.change_employee(employee_id=agnes.pk, unit_code="vest", viewer=manager, at=AT)


def test_who_has_left_is_nobody_at_once() -> None:
    agnes = make_agent()
    services.record_leave(employee_id=agnes.pk, last_day=date(2026, 3, 1), viewer=TOWN, at=AT)
    assert selectors.viewer_of_account(agnes.account_id, AT) is None
    assert access.account_of(agnes.account_id) is None


def test_new_hours_end_the_old_ones_the_day_before() -> None:
    make_unit()
    hours(TOWN, valid_from=date(2026, 1, 1))
    hours(TOWN, [WeeklyHours(0, time(10), time(12))])
    assert set(OpeningHours.objects.filter(opens=time(8)).values_list("valid_to", flat=True)) == {date(2026, 3, 2)}
    hours(TOWN, [WeeklyHours(0, time(11), time(12))])
    assert not OpeningHours.objects.filter(opens=time(10)).exists()
