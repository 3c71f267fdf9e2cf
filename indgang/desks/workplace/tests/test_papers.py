"""Papers for other authorities at the desk: taken in with a receipt, sent on, followed, answered."""

from datetime import timedelta

import pytest

from indgang.core.cases import selectors, services
from indgang.core.cases.testing import entries_of, events_of_case, parties_of
from indgang.core.catalogue.testing import make_task
from indgang.core.citizens.testing import make_person
from indgang.core.organisation.testing import make_employee, make_unit, viewer_of
from indgang.desks.workplace.tests.case_people import at_desk, caseworker, own_case
from indgang.foundation.access.selectors import looks_at
from indgang.foundation.letters.testing import text_of
from indgang.foundation.runtime import clock
from indgang.foundation.runtime.services import open_file

pytestmark = pytest.mark.django_db
HERE = "/arbejdsplads/papirer"


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.FILES_ROOT = tmp_path / "files"


@pytest.fixture
def ylva():
    made = caseworker()
    make_task("T-112", title="Skat", title_en="Tax", group="housing_benefit", administration="FAF")
    return made


@pytest.fixture
def bente():
    return make_person("Bente Birkelund", street="Spurvens Vej", house="12", postcode="2500", city="Valby")


def today(days=0):
    return (clock.local(clock.now()) + timedelta(days=days)).date().isoformat()


def typed(person=None, **facts):
    given = {"authority": "Skatteforvaltningen", "kind": "return", "what": "Selvangivelse, tre ark", "task": "T-112",
             "received_on": today(), "receipt": "counter", "language": "da"}  # fmt: skip
    return given | ({"person": str(person.id)} if person else {}) | facts


def body(answer):
    return answer.content.decode()


def rows(employee, tab="her"):
    return selectors.papers(viewer_of(employee), tab=tab, at=clock.now()).rows


def take_in(employee, person, **facts):
    assert at_desk(employee).post(f"{HERE}/ny", typed(person, **facts)).status_code == 302
    return rows(employee)[0]


@pytest.mark.req("ext.tax.receive")
def test_a_tax_return_is_registered_receipted_sent_on_and_followed_to_its_answer(ylva, bente):
    client = at_desk(ylva)
    assert client.post(f"{HERE}/ny", typed(bente, received_on=today(-2))).status_code == 302
    (one,) = rows(ylva)
    listed = body(client.get(HERE))
    for said in ("Skatteforvaltningen", "Selvangivelse, tre ark", one.case.number, "Bente Birkelund", "Kvittering"):
        assert said in listed
    assert clock.local(one.row.received_at).date().isoformat() == today(-2)
    version = selectors.document(viewer_of(ylva), one.receipt, at=clock.now()).versions[0]
    with open_file(version.digest) as file:
        receipt = text_of(file.read())
    assert "Selvangivelse, tre ark" in receipt and "Skatteforvaltningen" in receipt and one.case.number in receipt

    assert client.get(f"{HERE}/{one.row.id}/videre").status_code == 200
    sent = client.post(f"{HERE}/{one.row.id}/videre", {"way": "other", "means": "Internt bud", "sent_on": today(-1),
                                                       "day": today(14)})  # fmt: skip
    assert sent.status_code == 302 and rows(ylva) == ()
    (one,) = rows(ylva, "sendt")
    assert (one.row.means, clock.local(one.row.sent_at).date().isoformat()) == ("Internt bud", today(-1))
    assert "Internt bud" in body(client.get(f"{HERE}?vis=sendt"))

    answer = client.post(f"{HERE}/{one.row.id}/svar", {"state": "answered", "answer": "Modtaget og registreret"})
    assert answer.status_code == 302 and rows(ylva, "sendt") == ()
    assert "Modtaget og registreret" in body(client.get(f"{HERE}?vis=slut"))
    themes = [entry.theme for entry in entries_of(one.case.id)]
    assert {"Modtaget til Skatteforvaltningen", "Sendt til Skatteforvaltningen"} <= set(themes)
    verbs = [event.verb for event in events_of_case(one.case.id)]
    assert {"case.received_for_other", "case.paper_receipted", "case.forwarded", "case.forward_status"} <= set(verbs)


def test_what_is_past_its_day_is_said_and_is_work(ylva, bente):
    one = take_in(ylva, bente)
    later = one.row.expected_by + timedelta(days=1)
    assert services.remind_forwarded(later) == 1
    page = selectors.papers(viewer_of(ylva), tab="over", at=later)
    assert [row.row.id for row in page.rows] == [one.row.id] and page.late == 1 and page.rows[0].row.overdue
    assert selectors.papers(viewer_of(ylva), tab="over", at=clock.now()).rows == ()


def test_the_citizen_is_found_on_the_way_and_what_was_typed_stays(ylva, bente):
    client = at_desk(ylva)
    found = client.post(f"{HERE}/ny", typed(find="1", q="Birkelund"))
    assert found.status_code == 200
    assert str(bente.id) in body(found) and "Selvangivelse, tre ark" in body(found)
    none = body(client.post(f"{HERE}/ny", typed(find="1", q="Findesikke")))
    assert "Ingen borger passer på det" in none and "Selvangivelse, tre ark" in none
    assert "mindst tre tegn" in body(client.post(f"{HERE}/ny", typed(find="1", q="B")))


def test_who_stands_in_no_register_gets_a_receipt_at_the_address_that_is_typed(ylva):
    facts = typed(brought_by="Firmaet Frem", receipt="print", address="Firmaet Frem\nSpurvens Vej 1\n2500 Valby")
    assert at_desk(ylva).post(f"{HERE}/ny", facts).status_code == 302
    (one,) = rows(ylva)
    assert one.brought_by == "Firmaet Frem" and one.case.person is None
    assert [(party.role, party.name) for party in parties_of(one.case.id)] == [("primary", "Firmaet Frem")]


def test_the_same_form_sent_twice_is_one_paper(ylva, bente):
    client = at_desk(ylva)
    facts = typed(bente, key="01a202f2-3fde-738c-bec0-1480c23d8cd0", receipt="none")
    assert [client.post(f"{HERE}/ny", facts).status_code for _ in range(2)] == [302, 302]
    assert len(rows(ylva)) == 1 and rows(ylva)[0].receipt is None


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"authority": ""}, "hvilken myndighed det er til"),
        ({"what": ""}, "hvad der er afleveret"),
        ({"what": "Skema 010101-1234"}, "ligner et CPR-nummer"),
        ({"task": ""}, "hvilken opgave"),
        ({"task": "T-999"}, "Vælg"),
        ({"received_on": "2020-01-01"}, "inden for det sidste år"),
        ({"received_on": "x"}, "24-12-2026"),
        ({"receipt": "carrier-pigeon"}, "Vælg"),
        ({"person": "00000000-0000-0000-0000-000000000009"}, "findes ikke"),
        ({"person": ""}, "hvem der afleverede"),
        ({"person": "", "brought_by": "Firmaet Frem", "receipt": "print"}, "adresse"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_lost_or_registered(ylva, bente, wrong, said):
    answer = at_desk(ylva).post(f"{HERE}/ny", typed(bente, what="Mine tre ark") | wrong)
    assert 400 <= answer.status_code < 500
    assert said in body(answer)
    assert "what" in wrong or "Mine tre ark" in body(answer)
    assert rows(ylva) == ()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"means": ""}, "hvordan det blev afleveret"),
        ({"way": "letter"}, "adresse"),
        ({"way": "mail", "to_mail": ""}, "Mailadressen"),
        ({"way": ""}, "skal udfyldes"),
        ({"sent_on": "2020-01-01"}, "kan ikke bruges"),
        ({"day": "2020-01-01"}, "ikke er gået"),
    ],
)
def test_a_way_that_cannot_be_taken_is_said(ylva, bente, wrong, said):
    one = take_in(ylva, bente)
    answer = at_desk(ylva).post(f"{HERE}/{one.row.id}/videre", {"way": "other", "means": "Bud"} | wrong)
    assert 400 <= answer.status_code < 500
    assert said in body(answer) or "alert-error" in body(answer)
    assert rows(ylva)[0].row.state == "received"


def test_two_who_send_it_on_the_second_is_told(ylva, bente):
    one = take_in(ylva, bente)
    client, facts = at_desk(ylva), {"way": "other", "means": "Bud", "version": one.row.version}
    assert client.post(f"{HERE}/{one.row.id}/videre", facts).status_code == 302
    again = client.post(f"{HERE}/{one.row.id}/videre", facts)
    assert again.status_code == 409 and "alert-error" in body(again)


def test_a_stranger_sees_none_and_everybody_shown_is_in_the_log(ylva, bente):
    one = take_in(ylva, bente)
    stranger = make_employee("Bo Byggesag", unit=make_unit("byggesager"), roles=["caseworker"])
    client = at_desk(stranger)
    assert "Ingen papirer ligger her" in body(client.get(HERE))
    for what in ("videre", "svar"):
        assert client.get(f"{HERE}/{one.row.id}/{what}").status_code == 404
        assert client.post(f"{HERE}/{one.row.id}/{what}", {"way": "other", "means": "x"}).status_code == 404
    assert client.post(f"{HERE}/ny", typed(bente)).status_code == 422  # not one of their tasks
    at_desk(ylva).get(HERE)
    assert f"employee:{ylva.pk}" in {look.actor for look in looks_at(bente.id)}
    assert f"employee:{stranger.pk}" not in {look.actor for look in looks_at(bente.id)}


def test_the_list_of_cases_and_the_overview_of_the_citizen_lead_there(ylva, bente):
    case, _ = own_case(ylva, person=bente.id)
    client = at_desk(ylva)
    assert HERE in body(client.get("/arbejdsplads/sager"))
    overview = body(client.get(f"/arbejdsplads/borger/{bente.id}?sag={case.number}"))
    assert f"{HERE}/ny?sag={case.number}&amp;borger={bente.id}" in overview
    form = body(client.get(f"{HERE}/ny?sag={case.number}&borger={bente.id}"))
    assert "Bente Birkelund" in form and str(bente.id) in form
