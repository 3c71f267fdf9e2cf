"""A form of a case sent twice in the same moment does its work once, and both clicks lead to where it was done."""

from datetime import timedelta

import pytest
from django.test import Client

from indgang.core.cases import selectors
from indgang.core.cases.testing import case_row, entries_of
from indgang.core.catalogue.testing import make_task
from indgang.core.citizens.testing import make_person
from indgang.core.contacts.testing import make_contact
from indgang.core.organisation.testing import make_employee, make_group, make_unit, viewer_of
from indgang.core.routing.testing import item_of, make_available
from indgang.desks.workplace.tests.case_people import (
    HX,
    REFUSAL,
    at_desk,
    bring_letters,
    caseworker,
    own_case,
    the_office,
)
from indgang.desks.workplace.tests.forms_read import form_to
from indgang.desks.workplace.tests.test_case_races import at_once
from indgang.foundation.runtime import clock

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.kernel]


@pytest.fixture
def ylva():
    return caseworker()


def twice(client, page, action, headers=None, **words):
    """The form of that page filled in and sent twice at once; where both were led, which must be the same place."""
    sent = form_to(client.get(page), action).sent(**words)
    assert "once" in sent, "the form has no key"
    answers = at_once(*[lambda: client.post(action, sent, headers=headers) for _ in range(2)])
    led = {answer.headers.get("HX-Redirect") or answer.headers.get("Location") for answer in answers}
    assert len(led) == 1 and None not in led, [answer.content.decode()[-500:] for answer in answers]
    return led.pop()


def shared(employee, case):
    return selectors.shared_of(viewer_of(employee), case.id, clock.now())


def decided_on(employee, case):
    return selectors.decisions_of(viewer_of(employee), case.id, clock.now())


def in_a_week() -> str:
    return clock.local(clock.now() + timedelta(days=7)).date().isoformat()


@pytest.mark.parametrize("headers", [None, HX], ids=["a page", "a dialog"])
def test_one_note(ylva, headers):
    case, address = own_case(ylva)
    led = twice(at_desk(ylva), address, f"{address}/notat", headers, theme="Indkomst", body="Ny indkomst fra maj.")
    assert led == address
    assert [entry.theme for entry in entries_of(case.id)] == ["Indkomst"]


@pytest.mark.parametrize("first", [None, HX], ids=["page", "dialog"])
def test_each_click_is_led_on_the_way_its_browser_follows(ylva, first):
    case, address = own_case(ylva)
    client = at_desk(ylva)
    sent = form_to(client.get(address), f"{address}/notat").sent(theme="Indkomst", body="Ny indkomst fra maj.")
    for headers in (first, HX if first is None else None):
        answer = client.post(f"{address}/notat", sent, headers=headers)
        name, status = ("HX-Redirect", 200) if headers else ("Location", 302)
        assert answer.headers[name] == address and (answer.status_code == status or answer.status_code == 204)
    assert len(entries_of(case.id)) == 1


def test_one_hearing(ylva):
    case, address = own_case(ylva)
    form = f"{address}/hoering"
    twice(at_desk(ylva), form, form, how="left_out", ground="Borgeren gav selv oplysningerne.")
    assert len(decided_on(ylva, case).hearings) == 1


def test_one_question_to_a_specialist(ylva):
    other = make_unit("lovkontoret", kind="office", administration="FAF")
    sofus = make_employee("Sofus Specialist", unit=other, roles=["caseworker"], groups={"housing_benefit": (5, 3)})
    case, address = own_case(ylva)
    form = f"{address}/specialist"
    twice(at_desk(ylva), form, form, to=f"employee:{sofus.pk}", question="Er det omfattet?", day=in_a_week())
    assert len(shared(ylva, case).opinions) == 1


@pytest.mark.parametrize("direction", ["given", "obtained"])
def test_facts_are_given_and_obtained_once(ylva, direction):
    case, address = own_case(ylva)
    form = f"{address}/oplysninger-fra-andre"
    twice(
        at_desk(ylva), form, form, direction=direction, register="elsewhere", other="Boligselskabet",
        what="Husstandens størrelse", ground="Forvaltningslovens § 28", found="To voksne",
    )  # fmt: skip
    assert len(shared(ylva, case).disclosures) == 1


def test_one_decision_and_one_complaint(ylva):
    bring_letters()
    case, address = own_case(ylva)
    client = at_desk(ylva)
    client.post(f"{address}/hoering", {"how": "left_out", "ground": "Borgeren gav selv oplysningerne."})
    client.post(f"{address}/afgoerelse", REFUSAL)
    decide = f"{address}/afgoerelse/traef"
    assert twice(client, f"{address}/afgoerelse", decide, HX, way="print") == f"{address}?afgjort=1"
    form = f"{address}/klage"
    led = twice(client, form, form, words="Jeg er ikke enig.", day=clock.local(clock.now()).date().isoformat())
    number = led.partition("klage=")[2]
    assert [case_row(row.case).number for row in decided_on(ylva, case).complaints] == [number]


def test_a_draft_that_is_saved_twice_is_saved(ylva):
    case, address = own_case(ylva)
    client = at_desk(ylva)
    client.post(f"{address}/afgoerelse", REFUSAL)
    action = f"{address}/afgoerelse"
    sent = form_to(client.get(action), action).sent(reasons="Andre ord.")
    answers = at_once(*[lambda: client.post(action, sent, headers=HX) for _ in range(2)])
    assert [answer.status_code for answer in answers] == [200, 200], answers[-1].content.decode()[-600:]
    assert decided_on(ylva, case).draft.reasons == "Andre ord."


def test_one_request_for_documents(ylva):
    make_task("T-098", title="Aktindsigt", title_en="Access to documents", group="general", administration="MFF")
    case, _ = own_case(ylva)
    form = "/arbejdsplads/aktindsigt/ny"
    led = twice(at_desk(ylva), f"{form}?sag={case.number}", form, law="party", number=case.number, asked_for="Min sag")
    rows = selectors.access_requests(viewer_of(ylva), settled=False, mine=False, at=clock.now())
    assert [f"/arbejdsplads/aktindsigt/{row.number}" for row in rows] == [led]


def test_one_case_of_a_contact():
    the_office()
    make_group("general")
    make_task("T-022", title="Boligsikring", group="housing_benefit", administration="FAF", decision=True)
    esben = make_employee("Esben Ekspedit", roles=["agent"], groups={"housing_benefit": (3, 1)})
    contact = make_contact("Min indkomst er ændret", tasks=["T-022"], person=make_person().id)
    make_available(esben.pk, clock.now())
    client = Client()
    client.force_login(esben.account)
    client.post("/arbejdsplads/naeste")
    form = f"/arbejdsplads/{item_of(contact.id).id}/sag"
    led = twice(client, form, form, task="T-022", raised_by="application")
    assert [f"/arbejdsplads/sag/{row.number}" for row in selectors.cases_of_contact(contact.id)] == [led]


def test_the_same_words_on_a_page_that_is_opened_again_are_a_new_note(ylva):
    case, address = own_case(ylva)
    for _ in range(2):
        twice(at_desk(ylva), address, f"{address}/notat", theme="Ringet op", body="Intet svar.")
    assert len(entries_of(case.id)) == 2


def test_a_refused_form_is_looked_at_anew_and_other_words_from_it_count(ylva):
    case, address = own_case(ylva)
    client = at_desk(ylva)
    sent = form_to(client.get(address), f"{address}/notat").sent(theme="", body="Ny indkomst.")
    assert [client.post(f"{address}/notat", sent).status_code for _ in range(2)] == [422, 422]
    for theme in ("Indkomst", "Indkomst", "Løn"):
        assert client.post(f"{address}/notat", {**sent, "theme": theme}).status_code == 302
    assert sorted(entry.theme for entry in entries_of(case.id)) == ["Indkomst", "Løn"]
