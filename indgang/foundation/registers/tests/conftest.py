from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from indgang.foundation.registers.testing import RegisterProcess, registers


@pytest.fixture(scope="module")
def running(tmp_path_factory) -> Iterator[dict[str, RegisterProcess]]:
    folder: Path = tmp_path_factory.mktemp("outside")
    with registers(folder) as found:
        yield found


@pytest.fixture
def cpr(running) -> Iterator[RegisterProcess]:
    running["cpr"].behave("ok")
    yield running["cpr"]
    running["cpr"].behave("ok")


@pytest.fixture
def income(running) -> Iterator[RegisterProcess]:
    running["income"].behave("ok")
    yield running["income"]
    running["income"].behave("ok")


@pytest.fixture
def at() -> datetime:
    return datetime(2026, 3, 3, 9, 0, tzinfo=UTC)
