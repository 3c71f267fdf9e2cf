"""Fixtures of the whole project; see tests/plugin.py."""

from collections.abc import Iterator

import pytest
from django.utils import translation

from indgang.foundation.runtime import clock
from tests.plugin import django_db_setup

__all__ = ["django_db_setup"]


@pytest.fixture(autouse=True)
def _as_at_the_start() -> Iterator[None]:
    """A page in English or a moved clock is the business of its own test only."""
    translation.deactivate()
    clock.forget()
    yield
    translation.deactivate()
    clock.forget()
