"""The leader's live view: queues and people now, moved with one click, and why work went to whom."""

from datetime import timedelta

import pytest
from django.test import Client

from indgang.core.organisation.testing import make_employee, make_unit
from indgang.core.routing import services as work
from indgang.core.routing.testing import agent_row, item_row, make_available, make_item, make_point
from indgang.foundation.runtime import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def leader(client: Client):
    employee = make_employee("Lene Leder", roles=["manager"], groups={})
    client.force_login(employee.account)
    return client


def test_queues_and_people_are_on_one_page(leader):
    agent = make_employee()
    make_available(agent.pk, clock.now())
    make_item(at=clock.now() - timedelta(hours=2))
    page = leader.get("/ledelse").content.decode()
    assert "Agnes Agent" in page
    assert "Moving" in page
    assert "120 min." in page or "2 t. 0 min." in page
    part = leader.get("/ledelse/nu").content.decode()
    assert "<h1" not in part
    assert "Agnes Agent" in part


@pytest.mark.req("kc.flex")
def test_one_click_moves_somebody_and_several_go_together(leader):
    agents = [make_employee(name) for name in ("Agnes Agent", "Bo Bedst")]
    make_point("skranke", media=["counter"])
    leader.post("/ledelse/flyt", {"en": f"{agents[0].pk}:skranke"})
    assert agent_row(agents[0].pk).service_point_id == "skranke"
    versions = {f"set-{a.pk}": agent_row(a.pk).point_version if a is agents[0] else 1 for a in agents}
    leader.post("/ledelse/flyt", {"valgt": [a.pk for a in agents], "til": "", **versions})
    assert agent_row(agents[0].pk).service_point_id is None
    page = leader.post("/ledelse/flyt", {}, follow=True).content.decode()
    assert "Vælg mindst én medarbejder" in page


def test_who_was_moved_meanwhile_is_not_moved_again(leader):
    agent = make_employee()
    make_point("skranke", media=["counter"])
    make_point("telefon", media=["phone"])
    leader.post("/ledelse/flyt", {"en": f"{agent.pk}:telefon", f"set-{agent.pk}": "1"})
    old = {"en": f"{agent.pk}:skranke", f"set-{agent.pk}": "1"}
    page = leader.post("/ledelse/flyt", old, follow=True).content.decode()
    assert "Agnes Agent er lige flyttet til Telefon af en anden" in page
    assert agent_row(agent.pk).service_point_id == "telefon"


def test_somebody_who_forgot_is_signed_off(leader):
    agent, at = make_employee(), clock.now()
    make_available(agent.pk, at)
    item = make_item(at=at, state="active", agent_id=agent.pk)
    page = leader.post(f"/ledelse/log-af/{agent.pk}", follow=True).content.decode()
    assert "1 henvendelse er tilbage i køen" in page
    assert (agent_row(agent.pk).mode, item_row(item.id).state) == ("offline", "waiting")


def test_the_page_of_an_item_says_why_it_went_to_whom(leader):
    agent, at = make_employee(), clock.now()
    make_available(agent.pk, at)
    item = make_item(at=at, title="Meld flytning")
    work.dispatch_once(at)
    page = leader.get(f"/ledelse/hvorfor/{item.id}").content.decode()
    assert "Havde den højeste kompetence (3)" in page
    assert leader.get("/ledelse/hvorfor/00000000-0000-0000-0000-000000000007").status_code == 404


def test_nobody_else_sees_or_moves_people(leader, client):
    stranger = make_employee("Frida Fremmed", unit=make_unit("ANDEN", kind="centre"))
    assert leader.post("/ledelse/flyt", {"en": f"{stranger.pk}:"}, follow=True).status_code == 200
    assert "Frida Fremmed" not in leader.get("/ledelse").content.decode()
    assert leader.post(f"/ledelse/log-af/{stranger.pk}").status_code == 404
    client.force_login(make_employee().account)
    for path in ("/ledelse", "/ledelse/nu"):
        assert client.get(path).status_code == 404
