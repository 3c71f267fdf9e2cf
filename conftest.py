"""Fixtures of the whole project; see tests/plugin.py."""

from tests.plugin import django_db_setup

__all__ = ["django_db_setup"]
