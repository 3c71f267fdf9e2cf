"""One started system for the short drills; `make drill` plays the long ones."""

from collections.abc import Iterator

import pytest

from indgang.assembly import drill_system
from indgang.assembly.drill_system import System


@pytest.fixture(scope="session")
def system() -> Iterator[System]:
    with drill_system.started() as running:
        yield running
