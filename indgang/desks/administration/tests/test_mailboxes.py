"""The register of older mail addresses at the administration desk."""

import pytest
from django.test import Client

from indgang.core.organisation.testing import make_employee, make_unit
from indgang.desks.administration import changes
from indgang.desks.administration.mailboxes_settings import MAILBOX
from indgang.foundation.runtime import clock

pytestmark = pytest.mark.django_db
HERE = "/administration/postkasser"
OLD = "vej@indgang.example"


def login(client: Client, role: str) -> None:
    employee = make_employee(f"Lis {role}", roles=[role], username=f"lis-{role.replace('_', '-')}")
    client.force_login(employee.account)


def save(client: Client, **facts: str):
    form = {"adresse": OLD, "behandling": "kept", "enhed": "vejpark", "note": "Aftalt", **facts}
    return client.post(f"{HERE}/gem", form)


@pytest.fixture
def leader(client: Client) -> Client:
    make_unit("vejpark", name="Vej og Park", kind="office")
    login(client, "manager")
    return client


def test_an_address_is_added_changed_and_taken_off(leader: Client) -> None:
    assert save(leader).status_code == 302
    page = leader.get(HERE).content.decode()
    assert OLD in page and "Vej og Park" in page
    now = changes.read_setting(MAILBOX, OLD, clock.now())
    assert save(leader, behandling="replaced", enhed="", version=now.version).status_code == 302
    assert changes.read_setting(MAILBOX, OLD, clock.now()).value["treatment"] == "replaced"
    assert save(leader, goer="fjern").status_code == 302
    assert changes.read_setting(MAILBOX, OLD, clock.now()).value is None


def test_a_change_somebody_else_has_made_since_is_not_overwritten(leader: Client) -> None:
    save(leader)
    seen = changes.read_setting(MAILBOX, OLD, clock.now()).version
    save(leader, note="Ny aftale", version=seen)
    assert save(leader, note="Min", version=seen).status_code == 409
    assert changes.read_setting(MAILBOX, OLD, clock.now()).value["note"] == "Ny aftale"


def test_an_address_that_is_there_already_is_not_added_again(leader: Client) -> None:
    unseen = changes.read_setting(MAILBOX, "", clock.now()).version
    assert save(leader, version=unseen).status_code == 302
    assert save(leader, version=unseen, note="Igen").status_code == 409


def test_an_address_that_is_not_ours_is_refused_with_a_sentence(leader: Client) -> None:
    answer = save(leader, adresse="vej@andre.example")
    assert answer.status_code == 422 and "indgang.example" in answer.content.decode()


def test_others_find_nothing_here(client: Client) -> None:
    login(client, "agent")
    assert client.get(HERE).status_code == 404
    assert save(client).status_code == 404
