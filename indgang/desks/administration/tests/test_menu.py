"""Who finds the desk, and what is on its menu."""

import pytest

from indgang.core.organisation.testing import make_group
from indgang.desks.administration.menu import MENU, _stands
from indgang.desks.administration.testing import at_desk

pytestmark = pytest.mark.django_db
ROLES = ["manager", "executive", "security_leader", "editor", "operator", "task_owner", "programme"]


@pytest.mark.req("org.devorg")
@pytest.mark.parametrize("role", ROLES)
def test_each_role_opens_every_page_of_its_own_menu(role):
    make_group("moving")
    browser, opened = at_desk(role), 0
    for section in MENU:
        for entry in filter(lambda entry: _stands(entry.path), section.entries):
            answer = browser.get(entry.path)
            assert answer.status_code == (200 if role in entry.roles else 404), entry.path
            opened += answer.status_code == 200
    assert opened > 1


def test_an_agent_finds_nothing_there():
    browser = at_desk("agent")
    assert {browser.get(entry.path).status_code for section in MENU for entry in section.entries} == {404}
