"""Fixtures of the whole project; see tests/plugin.py."""

from collections.abc import Iterator

import pytest
from django.utils import translation

from indgang.core.routing import keeping
from indgang.foundation.runtime import clock
from tests.plugin import django_db_setup

__all__ = ["django_db_setup"]


@pytest.fixture(autouse=True)
def _as_at_the_start() -> Iterator[None]:
    """A page in English, a moved clock or another figure is the business of its own test only."""
    translation.deactivate()
    clock.forget()
    keeping.forget()
    yield
    translation.deactivate()
    clock.forget()
