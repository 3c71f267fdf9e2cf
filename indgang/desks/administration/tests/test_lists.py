"""Pause reasons, service points, relief groups and materials: written, changed, put back, and kept from the profile."""

import pytest

from indgang.core.catalogue.testing import make_task
from indgang.core.contacts import selectors as contacts
from indgang.core.contacts import services as contact_services
from indgang.core.organisation.testing import make_group, make_unit
from indgang.core.routing import selectors as routing
from indgang.core.routing import services as routing_services
from indgang.desks.administration.models import Change
from indgang.desks.administration.testing import at_desk
from indgang.foundation.runtime import clock

pytestmark = pytest.mark.django_db
LISTS, MATERIALS = "/administration/fordeling/lister", "/administration/materialer"


def undo(browser) -> None:
    newest = Change.objects.latest("id")
    assert browser.post(f"/administration/aendringer/{newest.pk}/fortryd").status_code == 302


def pauses() -> dict[str, str]:
    return {row.code: row.title for row in routing.pause_cards(clock.now())}


def test_a_reason_for_a_pause_is_written_changed_and_kept_when_the_profile_is_loaded_again():
    profile = {"pause_reasons": [{"code": "frokost", "title": "Frokost", "title_en": "Lunch", "order": 1}]}
    routing_services.load_profile(profile, at=clock.now())
    leader = at_desk("manager")
    form = {"kode": "frokost", "navn": "Spisepause", "engelsk": "Lunch", "plads": "1"}
    leader.post(f"{LISTS}/pause", form)
    leader.post(f"{LISTS}/pause", {"kode": "ny", "navn": "Frisk luft", "engelsk": "Fresh air"})
    assert pauses() == {"frokost": "Spisepause", "frisk-luft": "Frisk luft"}
    routing_services.load_profile(profile, at=clock.now())
    assert pauses() == {"frokost": "Spisepause", "frisk-luft": "Frisk luft"}
    leader.post(f"{LISTS}/pause", {"kode": "frisk-luft", "goer": "fjern"})
    assert pauses() == {"frokost": "Spisepause"}
    undo(leader)
    assert "frisk-luft" in pauses()
    assert leader.post(f"{LISTS}/pause", form | {"engelsk": ""}).status_code == 422


def test_a_service_point_is_written_and_who_saw_an_older_one_is_stopped():
    make_group("moving", "Flytning")
    leader = at_desk("manager")
    form = {"kode": "ny", "navn": "Flytteskranken", "engelsk": "Moving counter", "kanal": "counter", "gruppe": "moving"}
    leader.post(f"{LISTS}/sted", form)
    (point,) = routing.point_cards(clock.now())
    assert (point.groups, point.media) == (("moving",), ("counter",))
    seen = leader.get(f"{LISTS}?ret=sted:{point.code}").context["version"]
    leader.post(f"{LISTS}/sted", form | {"kode": point.code, "navn": "Skranken"})
    stale = leader.post(f"{LISTS}/sted", form | {"kode": point.code, "navn": "Luge 1", "version": seen})
    assert stale.status_code == 409
    undo(leader)
    assert routing.point_cards(clock.now())[0].name == "Flytteskranken"
    wrong = leader.post(f"{LISTS}/sted", form | {"kode": point.code, "kanal": "pigeon"})
    assert wrong.status_code == 422


def test_a_relief_group_is_written_and_ended():
    make_unit("register")
    leader = at_desk("manager")
    form = {"kode": "ny", "navn": "Registret aflaster", "enhed": "register", "venter": "8"}
    form |= {"telefon": "15", "skriftligt": "60", "andel": "40"}
    leader.post(f"{LISTS}/aflastning", form)
    (group,) = routing.relief_groups(clock.now())
    assert (group.threshold, group.share) == (8, 0.4)
    leader.post(f"{LISTS}/aflastning", {"kode": group.code, "goer": "fjern"})
    assert routing.relief_groups(clock.now()) == []
    assert leader.post(f"{LISTS}/aflastning", form | {"andel": "0"}).status_code == 422


def test_a_material_is_written_sent_from_the_list_and_kept_from_the_profile():
    make_task("T-076", group="moving")
    row = {"code": "flyt", "kind": "form", "title": "Flytning", "title_en": "Move", "link": "https://a.example/x"}
    profile = {"materials": [{**row, "tasks": [], "source": ""}]}
    contact_services.load_profile(profile, at=clock.now())
    edith = at_desk("editor")
    form = {"kode": "flyt", "slags": "form", "navn": "Meld flytning", "engelsk": "Report a move"}
    form |= {"link": "https://a.example/y", "opgaver": "T-076"}
    edith.post(f"{MATERIALS}/gem", form)
    contact_services.load_profile(profile, at=clock.now())
    assert [row.title for row in contacts.materials("T-076")] == ["Meld flytning"]
    edith.post(f"{MATERIALS}/gem", {"kode": "flyt", "goer": "fjern"})
    contact_services.load_profile(profile, at=clock.now())
    assert contacts.materials() == []
    undo(edith)
    assert [row.code for row in contacts.materials()] == ["flyt"]
    assert edith.post(f"{MATERIALS}/gem", form | {"link": "javascript:alert(1)"}).status_code == 422
    assert "Meld flytning" in edith.get(f"{MATERIALS}?ret=flyt").content.decode()


def test_nobody_else_finds_the_lists():
    agent = at_desk("agent")
    assert agent.get(LISTS).status_code == 404
    assert agent.post(f"{LISTS}/pause", {"kode": "ny"}).status_code == 404
    assert agent.post(f"{MATERIALS}/gem", {"kode": "ny"}).status_code == 404
