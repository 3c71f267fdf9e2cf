"""The registers of a demo know the demo town's own people, with the same ties, from the same generator."""

from datetime import UTC, date, datetime

import pytest

from indgang.core.citizens import register_town, services
from indgang.core.citizens.models import Person, Representation
from indgang.foundation.registers import selectors as registers
from indgang.foundation.registers.testing import TownStore

AT = datetime(2026, 3, 3, 9, tzinfo=UTC)
SEED, MANY = 2005, 600


@pytest.mark.django_db
def test_registers_and_citizens_know_the_same_people(settings, tmp_path) -> None:
    settings.DATA = tmp_path
    services.generate(MANY, SEED, AT)
    assert not registers.is_filled()
    assert services.fill_registers(MANY, SEED, AT) == MANY
    store = TownStore(tmp_path / "simulators" / "cpr")
    for row in Person.objects.select_related("spouse"):
        theirs = store.person(row.cpr)
        assert (theirs["name"], theirs["street"], theirs["house"], theirs["postcode"]) == (
            row.name, row.street, row.house, row.postcode,
        )  # fmt: skip
        assert (theirs["born"], theirs["protected_until"]) == (str(row.born), str(row.protected_until or ""))
        if row.spouse is not None:
            assert theirs["spouse"] == row.spouse.cpr and store.person(row.spouse.cpr)["spouse"] == row.cpr
    ties = Representation.objects.select_related("representative", "citizen")
    for tie in ties.filter(role="parent"):
        assert tie.citizen.cpr in store.person(tie.representative.cpr)["children"]
    for tie in ties.filter(role="guardian"):
        assert store.person(tie.citizen.cpr)["guardian"]
    assert ties.filter(role="guardian").exists() and registers.is_filled()
    assert services.fill_registers(MANY, SEED, AT) == 0  # nobody twice, and what happened to them stays


def test_a_longer_town_begins_with_the_same_people() -> None:
    short, long = (list(register_town.town(count, 7, date(2027, 1, 1))) for count in (50, 200))
    assert [one.cpr for one in long[:50]] == [one.cpr for one in short]
