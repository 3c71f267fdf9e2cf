"""Builders for tests of the desk."""

from django.test import Client

from indgang.core.organisation.testing import make_employee, make_unit


def at_desk(*roles: str, name: str = "Lea Leder", unit: str = "kontaktcenter") -> Client:
    """The browser of an employee with these roles in that unit."""
    employee = make_employee(name, roles=list(roles), unit=make_unit(unit), groups={})
    client = Client()
    client.force_login(employee.account)
    return client
