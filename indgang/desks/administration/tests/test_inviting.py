"""Hired by invitation: a mail with a link that works once, for a while and for one person, until work comes."""

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client

from indgang.core.organisation import selectors as organisation
from indgang.core.organisation import services
from indgang.core.organisation.errors import AlreadyLogsIn, InvitationGone, MailMissing
from indgang.core.organisation.testing import make_employee, make_group, viewer_of
from indgang.core.routing import services as routing
from indgang.core.routing.testing import make_available, make_item, offers_of
from indgang.desks.administration.testing import at_desk
from indgang.foundation.access import services as access
from indgang.foundation.access.values import PUBLIC
from indgang.foundation.journal import services as journal
from indgang.foundation.registers.testing import Outside, email_to, simulated_mail_server
from indgang.foundation.runtime import clock

pytestmark = pytest.mark.django_db(transaction=True)
PEOPLE, PASSWORD = "/administration/medarbejdere", "en lang kurv med æbler"
FORM = {
    "navn": "Nora Ny",
    "titel": "Agent",
    "enhed": "kontaktcenter",
    "brugernavn": "nora.ny",
    "rolle": "agent",
    "mail": "nora@kommune.example",
    "adgang": "invitation",
}


@pytest.fixture
def outside(tmp_path: Path, settings) -> Iterator[Outside]:
    with simulated_mail_server(tmp_path / "outside") as server:
        settings.EMAIL = email_to(server.smtp_port)
        yield server


def invited(outside: Outside):
    """A leader's browser, the new employee, and the link of the mail that was sent."""
    leader = at_desk("manager")
    shown = leader.post(f"{PEOPLE}/ny/ansaet", FORM)
    assert "data-key" not in shown.content.decode()
    (nora,) = organisation.employees("Nora Ny")
    return leader, nora, newest_link(outside)


def newest_link(outside: Outside) -> str:
    journal.deliver_due(clock.now())
    raw = outside.raw(outside.mails()[-1]["id"]).decode().replace("=\r\n", "").replace("=\n", "")
    return re.findall(r"/velkommen/[0-9a-f-]+", raw)[-1]


def test_who_is_invited_chooses_a_password_logs_in_and_gets_work(outside, client):
    _, nora, link = invited(outside)
    assert "Velkommen, Nora Ny" in client.get(link).content.decode()
    assert client.post(link, {"password": PASSWORD, "again": "noget andet her"}).status_code == 422
    assert client.post(link, {"password": "kort", "again": "kort"}).status_code == 422
    assert client.post(link, {"password": PASSWORD, "again": PASSWORD}).url == "/log-ind"
    client.post("/log-ind", {"username": "nora.ny", "password": PASSWORD})
    assert "_auth_user_id" in client.session
    make_group("moving")
    lene = make_employee("Lene Leder", roles=["manager"], groups={})
    services.set_competence(
        employee_id=nora.id,
        group="moving",
        proficiency=2,
        level=1,
        valid_from=clock.today(),
        viewer=viewer_of(lene),
        at=clock.now(),
    )
    make_available(nora.id, clock.now())
    item = make_item(at=clock.now())
    routing.dispatch_once(clock.now())
    assert offers_of(item.id)[0].agent_id == nora.id


def test_the_link_works_once_and_looking_does_not_use_it_up(outside, client):
    _, _, link = invited(outside)
    for _ in range(3):
        assert client.get(link).status_code == 200
    client.post(link, {"password": PASSWORD, "again": PASSWORD})
    assert Client().get(link).status_code == 410
    assert Client().post(link, {"password": PASSWORD + "2", "again": PASSWORD + "2"}).status_code == 410


def test_a_newer_invitation_takes_over_and_the_link_runs_out(outside, client):
    leader, nora, link = invited(outside)
    leader.post(f"{PEOPLE}/{nora.id}/inviter")
    newer = newest_link(outside)
    assert newer != link
    assert (client.get(link).status_code, client.get(newer).status_code) == (410, 200)
    with pytest.raises(InvitationGone):
        organisation.invited(newer.rpartition("/")[2], PUBLIC, clock.now() + timedelta(days=3, seconds=1))
    assert client.get(f"{newer[:-1]}{'0' if newer[-1] != '0' else '1'}").status_code == 410
    assert client.get("/velkommen/hvad-som-helst").status_code == 410


def test_nobody_else_uses_it(outside):
    leader, _, link = invited(outside)
    assert leader.get(link).status_code == 409
    assert leader.post(link, {"password": PASSWORD, "again": PASSWORD}).status_code == 409


def test_a_password_given_in_another_way_closes_the_link(outside, client):
    _, _, link = invited(outside)
    ((account, _name, _roles),) = [one for one in organisation.logins(clock.now()) if one[1] == "nora.ny"]
    access.set_password(account=account, password=PASSWORD, viewer=access.SETUP, at=clock.now())
    assert client.get(link).status_code == 410
    assert client.post(link, {"password": PASSWORD + "2", "again": PASSWORD + "2"}).status_code == 410


def test_only_who_has_a_mail_and_no_password_is_invited(outside):
    leader, nora, link = invited(outside)
    lene = viewer_of(make_employee("Lene Leder", roles=["manager"], groups={}))
    Client().post(link, {"password": PASSWORD, "again": PASSWORD})
    with pytest.raises(AlreadyLogsIn):
        services.invite(employee_id=nora.id, viewer=lene, at=clock.now())
    assert leader.post(f"{PEOPLE}/ny/ansaet", FORM | {"brugernavn": "ny.to", "mail": ""}).status_code == 422
    assert len(organisation.employees("Nora Ny")) == 1
    with pytest.raises(MailMissing):
        services.change_employee(employee_id=nora.id, mail="", viewer=lene, at=clock.now())
        services.invite(employee_id=nora.id, viewer=lene, at=clock.now())
