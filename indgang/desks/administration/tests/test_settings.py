"""Switches, keys, figures, targets, reply rules and standard replies: changed, seen in the history, undone."""

from datetime import timedelta

import pytest

from indgang.core.catalogue import selectors as catalogue
from indgang.core.catalogue.testing import make_setting, make_task
from indgang.core.organisation import selectors as organisation
from indgang.core.organisation.testing import make_employee, make_group
from indgang.core.routing import selectors as routing
from indgang.desks.administration.models import Change
from indgang.desks.administration.testing import at_desk
from indgang.foundation.access import selectors as access
from indgang.foundation.access.values import system
from indgang.foundation.runtime import clock

pytestmark = pytest.mark.django_db


def undo(browser) -> None:
    newest = Change.objects.latest("id")
    assert browser.post(f"/administration/aendringer/{newest.pk}/fortryd").status_code == 302


def test_the_security_leader_turns_the_dispensation_off_and_back():
    sigurd = at_desk("security_leader")
    sigurd.post("/administration/omskiftere/saet", {"kode": "dispensation", "til": "nej"})
    assert not access.switch_is_on("dispensation", clock.now())
    assert "Slået fra" in sigurd.get("/administration/aendringer").content.decode()
    undo(sigurd)
    assert access.switch_is_on("dispensation", clock.now())


def test_the_dispensation_is_narrowed_to_tasks_from_a_later_day_and_the_plan_is_withdrawn():
    make_task("T-901", group="moving", level=2)
    sigurd, page, later = at_desk("security_leader"), "/administration/omskiftere", clock.now() + timedelta(days=40)
    form = {"kode": "dispensation", "til": "ja", "opgaver": "T-901", "fra": clock.local(later).date().isoformat()}
    sigurd.post(f"{page}/saet", form)
    assert access.switches(clock.now()).dispensation is True
    assert access.switches(later).dispensation == frozenset({"T-901"})
    assert "Slået til for T-901" in sigurd.get(page).content.decode()
    undo(sigurd)
    assert access.switches(later).dispensation is True
    sigurd.post(f"{page}/saet", form | {"til": "nej"})
    moment = sigurd.get(page).context["rows"][0].later[0][0]
    sigurd.post(f"{page}/saet", {"kode": "dispensation", "traek": moment})
    assert access.switches(later).dispensation is True
    assert sigurd.post(f"{page}/saet", form | {"opgaver": "T-999"}).status_code == 422
    assert sigurd.post(f"{page}/saet", form | {"fra": "2020-01-01"}).status_code == 422


def test_a_leader_sees_the_switches_but_turns_none():
    leader = at_desk("manager")
    assert "Sikkerhedslederen slår dem til og fra" in leader.get("/administration/omskiftere").content.decode()
    assert leader.post("/administration/omskiftere/saet", {"kode": "dispensation", "til": "nej"}).status_code == 404


def test_a_key_is_shown_once_and_closed_for_good():
    drude = at_desk("operator")
    shown = drude.post("/administration/noegler/ny", {"navn": "ESDH"}).content.decode()
    key = shown.split("data-key>")[1].split("<")[0]
    assert access.viewer_of_key(key) == (None, "ESDH")
    assert key not in drude.get("/administration/noegler").content.decode()
    assert drude.post("/administration/noegler/ny", {"navn": "ESDH"}).status_code == 422
    number = access.keys(system("test"))[0].id
    drude.post("/administration/noegler/luk", {"noegle": number})
    assert access.viewer_of_key(key) is None
    assert "1 lukket nøgle" in drude.get("/administration/noegler").content.decode()


def test_a_service_target_is_set_and_taken_back():
    make_group("moving", "Flytning")
    leader = at_desk("manager")
    form = {"medie": "phone", "gruppe": "moving", "procent": "85", "tid": "1", "enhed": "minutter"}
    leader.post("/administration/servicemaal/saet", form)
    (target,) = routing.targets(clock.now())
    assert (target.seconds, target.share) == (60, 0.85)
    assert "inden for 60 sekunder" in leader.get("/administration/servicemaal").content.decode()
    undo(leader)
    assert routing.targets(clock.now()) == []


def offer_lasts() -> float:
    return next(row.value for row in routing.rules(clock.now()).rows if row.code == "offer_seconds.mail")


def test_a_figure_of_routing_is_changed_within_its_bounds():
    leader = at_desk("manager")
    leader.post("/administration/fordeling/gem", {"vaerdi-offer_seconds.mail": "45"})
    assert offer_lasts() == 45
    refused = leader.post("/administration/fordeling/gem", {"vaerdi-offer_seconds.mail": "100000"})
    assert refused.status_code == 422
    undo(leader)
    assert offer_lasts() == 20


def test_a_reply_rule_is_changed_and_put_back():
    make_setting("contacts.reopen_days", 14)
    edith = at_desk("editor")
    edith.post("/administration/svarregler/gem", {"kode": "contacts.reopen_days", "vaerdi": "30"})
    assert catalogue.setting("reopen_days") == 30
    none = {"kode": "contacts.reopen_days", "vaerdi": "0"}
    assert edith.post("/administration/svarregler/gem", none).status_code == 422
    undo(edith)
    assert catalogue.setting("reopen_days") == 14


def test_a_receipt_without_its_reference_is_refused():
    make_setting("receipt.body_da", "Nummer {reference}")
    answer = at_desk("editor").post("/administration/svarregler/gem", {"kode": "receipt.body_da", "vaerdi": "Hej"})
    assert answer.status_code == 422
    assert catalogue.setting("receipt.body_da") == "Nummer {reference}"


def test_a_standard_reply_is_written_seen_changed_and_put_back():
    edith = at_desk("editor")
    typed = {"titel": "Tak", "tekst": "Kære {navn}", "opgave": ""}
    seen = edith.post("/administration/standardsvar/da/ny/gem", typed | {"goer": "vis"}).content.decode()
    assert "Kære Karla Kunde" in seen and not Change.objects.exists()
    edith.post("/administration/standardsvar/da/ny/gem", typed | {"goer": "gem"})
    edith.post("/administration/standardsvar/da/tak/gem", typed | {"tekst": "Hej {navn}", "goer": "gem"})
    assert "Hej {navn}" in edith.get("/administration/standardsvar/da/tak").content.decode()
    undo(edith)
    assert "Kære {navn}" in edith.get("/administration/standardsvar/da/tak").content.decode()
    wrong = edith.post("/administration/standardsvar/da/tak/gem", typed | {"tekst": "{cpr}", "goer": "gem"})
    assert wrong.status_code == 422


def test_an_employee_is_changed_and_put_back():
    leader = at_desk("manager")
    agnes = make_employee("Agnes Agent")
    card = organisation.employee(agnes.pk)
    form = {"navn": "Agnes Andersen", "titel": card.title, "enhed": "kontaktcenter", "sprog": "da"}
    form["arbejdsgiver"] = card.employer
    leader.post(f"/administration/medarbejdere/{agnes.pk}/kort", form)
    assert organisation.employee(agnes.pk).name == "Agnes Andersen"
    undo(leader)
    assert organisation.employee(agnes.pk).name == "Agnes Agent"
    bo = make_employee("Bo Byggesag")
    leader.post(f"/administration/medarbejdere/{agnes.pk}/stedfortraeder", {"stedfortraeder": bo.pk})
    assert organisation.substitutes_of(agnes.pk, clock.now()) == [bo.pk]
    undo(leader)
    assert organisation.substitutes_of(agnes.pk, clock.now()) == []


def test_how_long_a_complaint_is_away_before_somebody_asks_is_changed_seen_and_put_back():
    make_setting("cases.appeal_follow_days", 60)
    karen = at_desk("manager")
    assert "spørger vi til den" in karen.get("/administration/sagsregler").content.decode()
    change = {"kode": "cases.appeal_follow_days", "vaerdi": "40"}
    for wrong in ("0", "201", "1,5", "tres", "", "9" * 30):
        assert karen.post("/administration/sagsregler/gem", change | {"vaerdi": wrong}).status_code == 422
    assert karen.post("/administration/sagsregler/gem", change | {"kode": "contacts.reopen_days"}).status_code == 422
    assert karen.post("/administration/sagsregler/gem", change).status_code == 302
    assert catalogue.setting("cases.appeal_follow_days") == 40
    assert "60 → 40" in karen.get("/administration/sagsregler").content.decode()
    undo(karen)
    assert catalogue.setting("cases.appeal_follow_days") == 60
    assert at_desk("agent").get("/administration/sagsregler").status_code == 404
