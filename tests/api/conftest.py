"""The journeys' started system, for the JSON interface."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.journeys import system as systems
from tests.journeys.system import System


@pytest.fixture(scope="session")
def town() -> Iterator[System]:
    with systems.shared() as started:
        yield started


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(str(item.fspath)).is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.journey)
            item.add_marker(pytest.mark.xdist_group("town"))
            item.add_marker(pytest.mark.timeout(1200))
