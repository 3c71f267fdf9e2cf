from datetime import UTC, datetime

import pytest

from indgang.core.organisation.testing import make_employee, make_unit, viewer_of

NOON = datetime(2026, 3, 2, 11, 0, tzinfo=UTC)  # a Monday


@pytest.fixture
def at():
    return NOON


@pytest.fixture
def office(db):
    """The unit of the administration that owns housing benefit."""
    return make_unit("familieydelser", kind="office", administration="FAF")


@pytest.fixture
def filippa(office):
    """A caseworker of the owning unit."""
    return make_employee(
        "Filippa Falk", unit=office, roles=["caseworker"], groups={"housing_benefit": (5, 3)}, username="filippa"
    )


@pytest.fixture
def clerk(db):
    """A clerk of a centre, who may decide housing benefit by its rules."""
    centre = make_unit("valby", kind="centre")
    return make_employee("Fatima Forklar", unit=centre, roles=["clerk"], groups={"housing_benefit": (4, 2)})


@pytest.fixture
def guide(db):
    """An agent of the contact centre, who informs about housing benefit."""
    return make_employee("Esben Ekspedit", roles=["agent"], groups={"housing_benefit": (3, 1)})


@pytest.fixture
def stranger(db):
    """Somebody of another unit who knows other things."""
    other = make_unit("andetsteds", kind="office", administration="BTF")
    return make_employee("Bo Byggesag", unit=other, roles=["caseworker"], groups={"building": (5, 3)})


@pytest.fixture
def seen_by():
    return viewer_of
