"""Taking on an employee, what leaders are told, and who serves at which counter."""

import pytest

from indgang.core.organisation import selectors as organisation
from indgang.core.organisation.testing import make_employee, make_unit
from indgang.desks.administration.models import Change
from indgang.desks.administration.testing import at_desk
from indgang.foundation.runtime import clock

pytestmark = pytest.mark.django_db
PEOPLE, COUNTERS = "/administration/medarbejdere", "/administration/skranker"
FORM = {"navn": "Nora Ny", "titel": "Agent", "enhed": "kontaktcenter", "brugernavn": "nora.ny", "rolle": "agent"}


def test_a_leader_takes_somebody_on_who_logs_in_with_the_password_shown_once(client):
    leader = at_desk("manager")
    shown = leader.post(f"{PEOPLE}/ny/ansaet", FORM).content.decode()
    password = shown.split("data-key>")[1].split("<")[0]
    assert password not in leader.get(f"{PEOPLE}/ny").content.decode()
    client.post("/log-ind", {"username": "nora.ny", "password": password})
    assert "_auth_user_id" in client.session
    assert [card.title for card in organisation.employees("Nora Ny")] == ["Agent"]


def test_the_security_leader_is_told_of_who_is_new_and_settles_it():
    at_desk("manager").post(f"{PEOPLE}/ny/ansaet", FORM)
    sigrid = at_desk("security_leader", name="Sigrid Sikker")
    page = "/administration/opmaerksomhed"
    assert "Nora Ny" in sigrid.get(page).content.decode()
    (row,) = [one for kind in sigrid.get(page).context["kinds"] if kind.code == "nyansatte" for one in kind.rows]
    sigrid.post(f"{PEOPLE}/besked/{row.notice}")
    assert "Nora Ny" not in sigrid.get(page).content.decode()


def test_a_leader_gives_no_role_of_the_security_leader_and_hires_for_their_own_units_only():
    leader = at_desk("manager")
    assert leader.post(f"{PEOPLE}/ny/ansaet", FORM | {"rolle": "security_leader"}).status_code == 409
    make_unit("skat", kind="office")
    assert leader.post(f"{PEOPLE}/ny/ansaet", FORM | {"enhed": "skat"}).status_code == 404
    assert leader.post(f"{PEOPLE}/ny/ansaet", FORM | {"brugernavn": ""}).status_code == 422
    assert at_desk("agent").post(f"{PEOPLE}/ny/ansaet", FORM).status_code == 404
    assert organisation.employees("Nora Ny") == []


def test_a_counter_is_given_a_unit_closed_and_put_back():
    leader = at_desk("manager")
    form = {"kode": "1", "navn": "Skranke 1", "lokale": "Forhallen", "enhed": "kontaktcenter"}
    leader.post(f"{COUNTERS}/gem", form)
    assert [row.premises for row in organisation.counters(clock.now())] == ["Forhallen"]
    leader.post(f"{COUNTERS}/gem", {"kode": "1", "enhed": "kontaktcenter", "goer": "fjern"})
    assert organisation.counters(clock.now()) == []
    newest = Change.objects.latest("id")
    leader.post(f"/administration/aendringer/{newest.pk}/fortryd")
    assert [row.name for row in organisation.counters(clock.now())] == ["Skranke 1"]
    assert "Forhallen" in leader.get(COUNTERS).content.decode()


def test_a_leader_settles_what_they_were_told():
    leader = at_desk("manager")
    boss = make_employee("Bo Boss")
    kai = make_employee("Kai Kollega")
    card = organisation.employee(kai.pk)
    form = {"navn": card.name, "enhed": "kontaktcenter", "arbejdsgiver": card.employer, "leder": boss.pk}
    leader.post(f"{PEOPLE}/{kai.pk}/kort", form | {"sidste": "2020-01-01"})
    (row, _words), *_more = leader.get(PEOPLE).context["notices"]
    assert row.name == "Kai Kollega"
    leader.post(f"{PEOPLE}/besked/{row.id}")
    assert leader.get(PEOPLE).context["notices"] == []
