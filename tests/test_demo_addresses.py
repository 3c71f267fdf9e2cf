"""Every address an invented citizen can have lies in exactly one district of each plan, with exactly one centre."""

import csv
from collections import Counter
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from indgang.assembly import profiles
from indgang.core.citizens.people import invent
from indgang.core.organisation import selectors as organisation
from indgang.core.organisation import services
from indgang.foundation.access.values import system

PROFILE = Path(__file__).resolve().parents[1] / "profiles" / "copenhagen"
AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
ELSEWHERE = "0099"  # people of the neighbouring municipality


def people(count: int):
    return [one for one in invent(count, 1) if one.postcode != ELSEWHERE]


@pytest.mark.req("org.district")
def test_every_address_lies_in_one_range_and_every_district_has_one_centre():
    with (PROFILE / "streets.csv").open() as sheet:
        rows = list(csv.DictReader(sheet))
    with (PROFILE / "units.csv").open() as sheet:
        centres = [row for row in csv.DictReader(sheet) if row["kind"] == "centre"]
    lies = Counter(
        (row["street"], row["postcode"], number)
        for row in rows
        for number in range(int(row["first"]), int(row["last"]) + 1)
    )
    assert set(lies.values()) == {1}
    homes = {(one.street, one.postcode, int(one.house.split(",")[0])) for one in people(20_000)}
    assert homes - set(lies) == set()
    for variant, column, count in (("plan 2005", "district", 8), ("decision 2006", "district_2006", 10)):
        served = Counter(row["district"] for row in centres if row["variant"] in ("", variant))
        assert served == Counter({row[column] for row in rows}) and len(served) == count


@pytest.mark.django_db
@pytest.mark.req("org.district", "org.8bydele", "goal.near")
def test_citizens_of_all_districts_find_their_centre_under_both_plans():
    profiles.load("copenhagen", at=AT)

    def found() -> set[str]:
        homes = people(300)
        units = [
            organisation.centre_of_address(street=one.street, house=one.house, postcode=one.postcode, at=AT)
            for one in homes
        ]
        return {unit.name if unit else "" for unit in units}

    assert len(organisation.districts(AT)) == len(organisation.units("centre", AT)) == 8
    assert found() == {unit.name for unit in organisation.units("centre", AT)}
    plan = {"variant": "decision 2006", "valid_from": date(2026, 1, 1)}
    services.choose_plan(**plan, viewer=system("profile"), at=AT)
    assert len(organisation.districts(AT)) == len(organisation.units("centre", AT)) == 10
    assert found() == {unit.name for unit in organisation.units("centre", AT)}
