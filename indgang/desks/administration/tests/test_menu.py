"""Who finds the desk, and what is on its menu."""

import pytest
from django.test import Client

from indgang.core.organisation.testing import make_employee


def at_desk(*roles: str) -> Client:
    make_employee("Lea Leder", roles=list(roles), username="lea.leder", password="en-lang-adgangskode")
    client = Client()
    assert client.login(username="lea.leder", password="en-lang-adgangskode")
    return client


@pytest.mark.django_db
def test_a_leader_finds_the_desk():
    assert at_desk("manager").get("/administration").status_code == 200


@pytest.mark.django_db
def test_an_agent_finds_nothing_there():
    assert at_desk("agent").get("/administration").status_code == 404
