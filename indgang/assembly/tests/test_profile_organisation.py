"""The demo municipality's places and people: one centre per address, one owner per unit and task, both plans."""

from datetime import UTC, date, datetime, time

import pytest

from indgang.assembly import profiles
from indgang.core.catalogue import selectors as catalogue
from indgang.core.organisation import selectors as organisation
from indgang.core.organisation import services
from indgang.core.organisation.values import WeeklyHours
from indgang.foundation.access import selectors as access
from indgang.foundation.access import services as access_services
from indgang.foundation.access.values import Actor, HeldRoles, Viewer, system

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
IN_2005 = datetime(2005, 6, 1, 9, tzinfo=UTC)
TOWN = system("profile")


@pytest.fixture
def town(db):
    profiles.load("copenhagen", at=AT)


@pytest.mark.req("org.7", "org.2006")
def test_the_administrations_of_2005_and_2006_stand_in_the_register_by_date(town) -> None:
    def codes(at: datetime) -> set[str]:
        return {one.code for one in organisation.administrations_at(at)}

    assert codes(IN_2005) == {"ØKF", "KFF", "UUF", "SUF", "FAF", "BTF", "MFF"}
    assert codes(AT) == {"ØKF", "KFF", "SUO", "SOC", "BIF", "TMF", "BUF"}


@pytest.mark.req("org.2006", "org.transition")
def test_every_task_and_unit_has_exactly_one_owner_before_and_after_2006(town) -> None:
    before, after = organisation.owners(IN_2005), organisation.owners(AT)
    standing = {one.code for one in organisation.administrations_at(AT)}
    for card in catalogue.tasks(at=AT, language="da"):
        then, now = before.of(card.administration), after.of(card.administration, card.follow_up)
        assert then is not None and then.code == card.administration
        assert now is not None and (now.code in standing or now.external or now.code == "KI"), card.code
    ydelse, job = organisation.unit("YDELSE"), organisation.unit("JC-NORD")
    assert after.of("FAF", ydelse.id).code == after.of("FAF", job.id).code == "BIF"
    assert after.of("FAF", organisation.unit("PLADS").id).code == "BUF"


@pytest.mark.req("org.onelead")
def test_the_contact_centre_and_the_centres_lie_under_one_administration(town) -> None:
    units = [organisation.unit("KC"), *organisation.units("centre", AT)]
    assert {unit.administration for unit in units} == {"ØKF"}


@pytest.mark.req("org.units", "org.ydelsecount", "org.units.plan")
def test_the_overview_of_units_is_in_the_register_with_its_numbers(town) -> None:
    rows = organisation.unit_counts()
    assert len(rows) == 97 and {row.model for row in rows} >= {"2005_today", "2006_proposal", "2006_recommendation"}
    today = {row.administration for row in organisation.unit_counts("2005_today")}
    assert today == {"ØKF", "KFF", "UUF", "SUF", "FAF", "BTF", "MFF"}
    assert [row.count for row in organisation.unit_counts("2006_proposal") if row.name == "ydelseskontor"] == [1]
    assert sum(organisation.entrances(AT).values()) == len(organisation.units(at=AT))


@pytest.mark.req("org.jobcentre", "org.ydelse")
def test_job_centres_and_the_benefit_office_are_units_of_their_own(town) -> None:
    assert len(organisation.units("job_centre", AT)) == 4 and len(organisation.units("benefit_office", AT)) == 1
    assert organisation.exclusive_conflicts(AT) == []


@pytest.mark.req("kc.uniformhours", "wish.hours")
def test_opening_hours_are_uniform_and_longer_than_before(town) -> None:
    def weekly(code: str, day: date) -> set[str]:
        return str(organisation.hours_per_week(code, "counter", day))

    now = {weekly(unit.code, AT.date()) for unit in organisation.units("centre", AT)}
    assert now == {"40.0"}
    assert organisation.hours_per_week("KC", "phone", AT.date()) == 50
    assert weekly("BS-INDREBY", date(2006, 3, 6)) == "44.0"  # with the Saturdays of 2004-2006


def test_hours_and_days_set_by_hand_outlive_another_load(town) -> None:
    week = [WeeklyHours(0, time(7), time(20))]
    services.set_week(unit="KC", channel="phone", rows=week, valid_from=date(2026, 3, 2), viewer=TOWN, at=AT)
    services.restore_day(unit_code="DOEGN", day=date(2026, 12, 24), viewer=TOWN, at=AT)
    services.change_day(unit_code=None, day=date(2026, 5, 4), hours=[], reason="Flytning", viewer=TOWN, at=AT)
    assert profiles.load("copenhagen", at=AT).changed == 0
    assert organisation.hours_per_week("KC", "phone", date(2026, 3, 2)) == 13
    assert organisation.hours_per_week("KC", "phone", date(2026, 2, 23)) == 50
    assert not organisation.opening("DOEGN", "phone", datetime(2026, 12, 24, 12, tzinfo=UTC)).open
    assert not organisation.opening("BS-VALBY", "counter", datetime(2026, 5, 4, 10, tzinfo=UTC)).open


def test_every_centre_is_asked_whether_it_is_open_in_four_statements(town, django_assert_num_queries) -> None:
    codes = [unit.code for unit in organisation.units(at=AT)]
    with django_assert_num_queries(4):
        found = organisation.opening_many([*codes, "findes-ikke"], "counter", AT)
    assert set(found) == set(codes)
    assert all(found[code] == organisation.opening(code, "counter", AT) for code in codes[:3])


def test_a_card_changed_by_hand_stays_when_the_profile_is_loaded_again(town) -> None:
    agnes = organisation.employees("Agnes Agent")[0]
    services.change_employee(
        employee_id=agnes.id, title="Rejsende agent", unit_code="BACK", manager_id=None, viewer=TOWN, at=AT
    )
    assert profiles.load("copenhagen", at=AT).changed == 0
    kept = organisation.employee(agnes.id)
    assert (kept.title, kept.unit_name, kept.manager_id) == ("Rejsende agent", "Back office-enheden", None)


def test_roles_and_rights_changed_by_hand_stay_when_the_profile_is_loaded_again(town) -> None:
    leader = Viewer(kind="staff", name="employee:0", actor=Actor(0, 0, 0, "ØKF", frozenset({"security_leader"}), ()))
    account = organisation.staff(AT, q="agnes.agent")[0].actor.account
    access_services.set_roles(account=account, roles=["clerk", "cashier"], viewer=leader, at=AT)
    (right,) = access.held_rights(leader, account, AT.date(), group="moving")
    access_services.revoke(authorisation_id=right.id, viewer=leader, at=AT)
    assert profiles.load("copenhagen", at=AT).changed == 0
    assert access.held_roles(leader, account) == HeldRoles(("cashier", "clerk"), by_hand=True)
    assert access.held_rights(leader, account, AT.date(), group="moving") == []
    access_services.set_roles(account=account, roles=["clerk"], viewer=leader, at=AT, by_hand=False)
    assert profiles.load("copenhagen", at=AT).changed == 1
    assert access.held_roles(leader, account) == HeldRoles(("agent",), by_hand=False)
