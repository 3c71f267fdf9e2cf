"""Job centre and benefit office exclude each other: in roles, competences, leadership and rooms."""

from datetime import UTC, date, datetime

import pytest

from indgang.core.organisation import errors, selectors, services
from indgang.core.organisation.models import Employee
from indgang.core.organisation.testing import make_employee, make_group, make_unit, viewer_of
from indgang.foundation.access import services as access
from indgang.foundation.access.errors import ExclusiveRoles
from indgang.foundation.access.values import SwitchCode, system
from indgang.foundation.runtime import clock

AT = datetime(2026, 3, 3, 10, tzinfo=UTC)
DAY = date(2026, 3, 3)
TOWN = system("setup")
pytestmark = pytest.mark.django_db


@pytest.fixture
def offices():
    make_group("jobs", side="job_centre")
    make_group("benefits", side="benefit_office")
    return make_unit("JC", kind="job_centre"), make_unit("YDELSE", kind="benefit_office")


def switch(on: bool, at: datetime = AT) -> None:
    access.set_switch(SwitchCode.SEPARATION, on, TOWN, at)


def teach(employee: Employee, group: str, level: int) -> None:
    services.set_competence(
        employee_id=employee.pk, group=group, proficiency=3, level=level, valid_from=DAY, viewer=TOWN, at=AT
    )


@pytest.mark.req("org.ydelse")
@pytest.mark.req("org.employment")
def test_who_works_at_the_job_centre_cannot_decide_benefits(offices) -> None:
    jonas = make_employee("Jonas Job", unit=offices[0], roles=["job_centre"], groups={"jobs": (3, 3)})
    with pytest.raises(errors.Separated):
        teach(jonas, "benefits", 2)
    teach(jonas, "benefits", 1)  # to inform is everybody's work


def test_nobody_stands_in_for_a_colleague_of_the_other_side(offices) -> None:
    jonas = make_employee("Jonas Job", unit=offices[0], roles=["job_centre"], groups={})
    yrsa = make_employee("Yrsa Ydelse", unit=offices[1], roles=["benefit_office"], groups={})
    wanted = {"employee_id": jonas.pk, "substitute_id": yrsa.pk, "valid_from": DAY, "viewer": viewer_of(jonas)}
    with pytest.raises(errors.SeparateSubstitute):
        services.set_substitute(**wanted, at=AT)
    switch(on=False)
    services.set_substitute(**wanted, at=AT)


def test_nobody_decides_on_both_sides(offices) -> None:
    clerk = make_employee("Karl Skranke", roles=["clerk"], groups={"jobs": (3, 2)})
    with pytest.raises(errors.Separated):
        teach(clerk, "benefits", 3)


def test_nobody_works_on_one_side_with_the_role_of_the_other(offices) -> None:
    jonas = make_employee("Jonas Job", unit=offices[0], roles=["job_centre"], groups={})
    with pytest.raises(errors.Separated):
        services.change_employee(employee_id=jonas.pk, unit_code="YDELSE", viewer=TOWN, at=AT)
    with pytest.raises(errors.Separated):
        access.set_roles(account=jonas.account_id, roles=["benefit_office"], viewer=TOWN, at=AT)


def test_each_side_has_its_own_leadership(offices) -> None:
    leder = make_employee("Lena Leder", unit=offices[0], roles=["manager"], groups={})
    ylva = make_employee("Ylva Ydelse", unit=offices[1], roles=["benefit_office"], groups={})
    with pytest.raises(errors.SeparateLeadership):
        services.change_employee(employee_id=ylva.pk, manager_id=leder.pk, viewer=TOWN, at=AT)
    both = make_employee("Bente Begge", roles=["manager"], groups={})
    make_employee("Jonas Job", unit=offices[0], roles=["job_centre"], groups={}, manager=both)
    with pytest.raises(errors.SeparateLeadership):
        services.change_employee(employee_id=ylva.pk, manager_id=both.pk, viewer=TOWN, at=AT)


@pytest.mark.req("org.nosharedcounter")
def test_the_two_share_no_counter_and_no_room_but_may_share_a_building(offices) -> None:
    def counter(code: str, unit: str, premises: str, valid_to: date | None = None) -> None:
        services.assign_counter(
            code=code, name="", premises=premises, unit_code=unit, valid_from=DAY, valid_to=valid_to, viewer=TOWN, at=AT
        )

    counter("J1", "JC", "Demogade 41, stuen")
    with pytest.raises(errors.SharedCounter, match="Jc er allerede i Demogade 41, stuen"):
        counter("Y1", "YDELSE", "demogade 41, Stuen")
    with pytest.raises(errors.SharedCounter):
        counter("J1", "YDELSE", "Demogade 41, 1. sal")
    counter("Y1", "YDELSE", "Demogade 41, 1. sal")
    assert [row.unit_code for row in selectors.counters(AT)] == ["JC", "YDELSE"]
    assert selectors.exclusive_conflicts(AT) == []


def test_the_separation_can_be_switched_off_and_on_again_and_conflicts_are_listed(offices) -> None:
    now = clock.now()
    switch(False, now)
    clerk = make_employee("Karl Skranke", roles=["clerk"], groups={"jobs": (3, 2)})
    make_group("benefits")
    services.set_competence(
        employee_id=clerk.pk, group="benefits", proficiency=3, level=2, valid_from=DAY, viewer=TOWN, at=now
    )
    assert set(selectors.agent_facts([clerk.pk], now)[0].competences) == {"jobs", "benefits"}
    switch(True, now)
    assert selectors.agent_facts([clerk.pk], now)[0].competences == {}
    actor = viewer_of(clerk).actor
    assert actor is not None and actor.competences == {}
    assert [(one.kind, one.employee_id) for one in selectors.exclusive_conflicts(now)] == [("competence", clerk.pk)]
    switch(False, now)
    assert set(selectors.agent_facts([clerk.pk], now)[0].competences) == {"jobs", "benefits"}


def test_on_the_other_side_only_the_other_sides_competence_waits(offices) -> None:
    now = clock.now()
    switch(False, now)
    jonas = make_employee(
        "Jonas Job", unit=offices[0], roles=["job_centre"], groups={"jobs": (3, 2), "benefits": (3, 2)}
    )
    switch(True, now)
    assert set(selectors.agent_facts([jonas.pk], now)[0].competences) == {"jobs"}


def test_conflicts_of_roles_units_leaders_and_rooms_are_found(offices) -> None:
    switch(False)
    leder = make_employee("Lena Leder", unit=offices[0], roles=["manager"], groups={})
    make_employee("Anna Begge", roles=["job_centre"], groups={}, unit=offices[1])
    make_employee("Ylva Ydelse", roles=["benefit_office"], groups={}, unit=offices[1], manager=leder)
    for code, unit in (("J1", "JC"), ("Y1", "YDELSE")):
        services.assign_counter(
            code=code, name="", premises="Sal A", unit_code=unit, valid_from=DAY, viewer=TOWN, at=AT
        )
    found = [(one.kind, one.name) for one in selectors.exclusive_conflicts(AT)]
    assert found == [("unit", "Anna Begge"), ("manager", "Ylva Ydelse"), ("counter", "Sal A")]


def test_while_the_rule_is_off_one_person_may_have_both_roles(offices) -> None:
    anna = make_employee("Anna Begge", roles=["job_centre"], groups={})
    with pytest.raises(ExclusiveRoles):
        access.set_roles(account=anna.account_id, roles=["job_centre", "benefit_office"], viewer=TOWN, at=AT)
    switch(False)
    access.set_roles(account=anna.account_id, roles=["job_centre", "benefit_office"], viewer=TOWN, at=AT)
    assert [one.kind for one in selectors.exclusive_conflicts(AT)] == ["roles"]
