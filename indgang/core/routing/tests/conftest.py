"""The moment at which these tests play."""

from datetime import UTC, datetime

import pytest


@pytest.fixture
def now() -> datetime:
    """A Monday morning."""
    return datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
