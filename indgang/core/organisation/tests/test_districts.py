"""Which centre serves an address, under both plans; and who owned what when."""

from datetime import UTC, date, datetime

import pytest

from indgang.core.organisation import selectors
from indgang.core.organisation.models import Administration, Succession
from indgang.core.organisation.testing import make_administration, make_plan, make_street, make_unit

AT = datetime(2026, 3, 3, 10, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture
def town():
    make_plan("plan 2005")
    make_unit("BS-VALBY", kind="centre", district="Valby")
    make_unit("LC-VALBY", kind="local_centre", district="Valby")
    make_unit("BS-BAKKEBYEN", kind="centre", district="Bakkebyen", variant="decision 2006")
    make_street("Spurvens Vej", road="0001", last=80, district="Valby")
    make_street("Spurvens Vej", road="0001", first=81, last=199, district="Valby", district_2006="Bakkebyen")
    make_street("Spurvens Vænge", road="0002", district="Valby", postcode="2700", city="Brønshøj")


def centre(**where) -> str:
    found = selectors.centre_of_address(**where, at=AT)
    return found.code if found else ""


@pytest.mark.req("goal.near")
def test_an_address_leads_to_the_centre_of_its_district(town) -> None:
    assert centre(street="Spurvens Vej", house="12, 3. tv") == "BS-VALBY"
    assert centre(street="spurvens vej", house="12B", postcode="2500") == "BS-VALBY"
    assert centre(address_id="09990001_12B") == "BS-VALBY"
    assert centre(street="Spurvens Vej", house="999") == "" and centre(address_id="findes ikke") == ""
    assert centre(street="Spurvens", house="12") == ""  # the whole name, or it may be another street


def test_under_the_other_plan_the_same_address_may_have_another_centre(town) -> None:
    assert centre(street="Spurvens Vej", house="90") == "BS-VALBY"
    make_plan("decision 2006", date(2026, 1, 1))
    assert centre(street="Spurvens Vej", house="90") == "BS-BAKKEBYEN"
    assert centre(street="Spurvens Vej", house="12") == "BS-VALBY"


@pytest.mark.req("org.district")
def test_all_units_of_an_address_lie_in_the_same_geography(town) -> None:
    assert [unit.code for unit in selectors.units_of_district("Valby", AT)] == ["BS-VALBY", "LC-VALBY"]


def test_addresses_are_suggested_while_one_writes(town) -> None:
    assert [row.text for row in selectors.addresses("spur", at=AT)] == [
        "Spurvens Vej, 2500 Valby",
        "Spurvens Vænge, 2700 Brønshøj",
    ]
    assert [row.id for row in selectors.addresses("spurvens vej 12b", at=AT)] == ["09990001_12B"]
    assert [row.text for row in selectors.addresses("Spurvens V 12, 2700", at=AT)] == [
        "Spurvens Vænge 12, 2700 Brønshøj"
    ]
    for nothing in ("", "   ", "%", "12", "ukendt vej 3", "'; drop", "Spurvens Vej 12 3. tv 4000", "x" * 300):
        assert selectors.addresses(nothing, at=AT) == []


def test_units_at_a_moment_are_those_of_the_living_plan(town) -> None:
    make_unit("gammel", kind="centre", valid_to=date(2025, 12, 31))
    assert [unit.code for unit in selectors.units("centre", AT)] == ["BS-VALBY"]
    assert len(selectors.units("centre")) == 3


@pytest.mark.req("org.2006")
def test_a_unit_goes_to_its_own_successor_and_the_rest_to_the_general_one() -> None:
    old, new, jobs = make_administration("FAF"), make_administration("SOC"), make_administration("BIF")
    Administration.objects.filter(pk="FAF").update(valid_to=date(2005, 12, 31))
    Administration.objects.filter(pk__in=["SOC", "BIF"]).update(valid_from=date(2006, 1, 1))
    ydelse = make_unit("YDELSE", kind="benefit_office", administration="FAF")
    bolig = make_unit("BOLIG", kind="office", administration="FAF")
    for unit, successor in ((None, new), (ydelse, jobs)):
        Succession.objects.create(former=old, successor=successor, unit=unit, day=date(2006, 1, 1))
    then = datetime(2005, 6, 1, tzinfo=UTC)
    assert selectors.administration_of("FAF", AT, unit_id=ydelse.pk).code == "BIF"
    assert selectors.administration_of("FAF", AT, unit_id=bolig.pk).code == "SOC"
    assert selectors.administration_of("FAF", then, unit_id=ydelse.pk).code == "FAF"
    assert [one.code for one in selectors.administrations_at(then)] == ["FAF"]
    assert [one.code for one in selectors.administrations_at(AT)] == ["BIF", "SOC"]
    assert selectors.entrances(AT) == {"BIF": 1, "SOC": 1}
