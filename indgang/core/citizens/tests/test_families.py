"""The demo town's families: who lives together, who acts for whom, who needs what."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest

from indgang.core.citizens import people, selectors, services
from indgang.core.citizens.models import Business, BusinessContact, Person, Representation
from indgang.core.citizens.testing import make_person, make_special_group
from indgang.core.citizens.values import HOME, comes_of_age, normal_cvr
from indgang.core.organisation.testing import make_employee, make_specialist, viewer_of
from indgang.foundation.access.values import Purpose, Role

AT = datetime(2026, 3, 3, 9, 0, tzinfo=UTC)
TOWN = list(people.invent(5_000, seed=7))
KNOWN = {one.id: one for one in TOWN}
CHILDREN = [one for one in TOWN if one.born > date(2008, 3, 1)]
TIES = [tie for one in TOWN for tie in one.bonds.ties]


def test_nearly_every_child_lives_with_somebody_who_has_custody() -> None:
    custody = {tie.citizen: tie for tie in TIES if tie.role == "parent"}
    assert sum(child.id in custody for child in CHILDREN) > 0.95 * len(CHILDREN)
    for child in CHILDREN:
        if tie := custody.get(child.id):
            parent = KNOWN[tie.representative]
            assert parent.household == child.household and parent.born < child.born - timedelta(days=18 * 365)
            assert tie.valid_to == comes_of_age(child.born) - timedelta(days=1)


def test_no_child_lives_alone_and_nobody_has_more_than_two_parents() -> None:
    assert all(child.household for child in CHILDREN)
    assert max(Counter(tie.citizen for tie in TIES if tie.role == "parent").values()) == 2


def test_a_tie_never_points_at_somebody_who_comes_later() -> None:
    place = {one.id: number for number, one in enumerate(TOWN)}
    for number, one in enumerate(TOWN):
        for tie in one.bonds.ties:
            assert max(place[tie.representative], place[tie.citizen]) == number
        assert one.bonds.spouse is None or place[one.bonds.spouse] == number - 1


def test_some_act_for_old_people_by_attorney_or_as_guardians() -> None:
    roles = Counter(tie.role for tie in TIES)
    assert roles["attorney"] > 50 and roles["guardian"] > 2
    assert {tie.scope_tasks for tie in TIES if tie.role == "attorney"} == {(), ("T-076",)}


def test_one_family_lives_in_another_municipality() -> None:
    away = [one for one in TOWN if one.municipality != HOME]
    assert 3 <= len(away) <= 10 and {one.postcode for one in away} == {"0099"}


def test_some_need_an_interpreter_and_some_have_special_needs_and_an_adviser() -> None:
    assert all(one.bonds.interpreter in {"", one.language} for one in TOWN)
    assert 40 < sum(bool(one.bonds.interpreter) for one in TOWN) < 200
    special = [one for one in TOWN if one.bonds.special is not None]
    assert 150 < len(special) < 350 and sum(one.bonds.adviser is not None for one in special) > 0.4 * len(special)
    assert {one in CHILDREN for one in special if one.bonds.special == 0} == {True}


def test_businesses_have_numbers_given_to_nobody() -> None:
    firms = [one.bonds.firm for one in TOWN if one.bonds.firm]
    assert len(firms) > 30 and len({firm.cvr for firm in firms}) == len(firms)
    assert all(firm.cvr.startswith("9") and normal_cvr(firm.cvr) for firm in firms)


@pytest.mark.django_db
def test_generating_writes_households_ties_needs_and_businesses_once() -> None:
    make_special_group("young_special", "Børn og unge")
    make_special_group("homeless")
    make_employee("Rosa Rådgiver", roles=[Role.ADVISER])
    for count in (300, 600, 600):
        services.generate(count, 7, AT)
    town = TOWN[:600]
    assert Person.objects.exclude(household=None).count() == sum(one.household is not None for one in town)
    assert Representation.objects.count() == sum(len(one.bonds.ties) for one in town)
    assert Person.objects.exclude(adviser=None).count() == sum(one.bonds.adviser is not None for one in town)
    assert Business.objects.count() == BusinessContact.objects.count() == sum(bool(one.bonds.firm) for one in town)
    mother = next(
        tie.representative for tie in TIES if tie.role == "parent" and KNOWN[tie.citizen].bonds.special is None
    )
    rows = selectors.household(
        viewer_of(make_specialist(), AT), mother, purpose=Purpose("reason", "citizen_present"), at=AT
    )
    assert "child" in {row.relation for row in rows}


@pytest.mark.django_db
def test_somebody_who_has_an_invented_cpr_number_already_keeps_it() -> None:
    married = next(number for number, one in enumerate(TOWN) if one.bonds.spouse)
    make_person("Bente Birkelund", cpr=TOWN[married - 1].cpr)
    assert services.generate(married + 1, 7, AT) == married
    assert Person.objects.get(id=TOWN[married].id).spouse_id is None
