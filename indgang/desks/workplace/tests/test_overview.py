"""The overview of a citizen: everything of all administrations by right, every source with how good its answer is."""

from datetime import timedelta
from pathlib import Path

import pytest

from indgang.core.cases import services as cases
from indgang.core.cases.testing import TESTER, make_case, make_setting
from indgang.core.cases.values import DecisionText
from indgang.core.catalogue.testing import make_task
from indgang.core.citizens import selectors as citizens
from indgang.core.citizens.testing import make_person
from indgang.core.contacts import services as contacts
from indgang.core.contacts.testing import make_contact
from indgang.core.organisation.testing import make_employee, make_group, make_unit, viewer_of
from indgang.core.routing.testing import item_of, make_available
from indgang.desks.workplace.tests.case_people import HX, at_desk, bring_letters, caseworker, own_case, the_office
from indgang.foundation.access.services import looks_at
from indgang.foundation.access.values import Purpose
from indgang.foundation.registers import services as register_services
from indgang.foundation.registers.testing import BENTE, look_sources, registers
from indgang.foundation.runtime import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def outside(tmp_path: Path):
    with registers(tmp_path) as running:
        yield running


@pytest.fixture
def ylva():
    return caseworker()


@pytest.fixture
def bente():
    return make_person("Bente Birkelund", cpr=BENTE)


@pytest.fixture
def case(ylva, bente):
    made, _address = own_case(ylva, person=bente.id, title="Boligsikring efter flytning")
    make_setting(affects=["moved", "died"], income_dependent=True)
    return made


def address(person, case=None):
    return f"/arbejdsplads/borger/{person.id}" + (f"?sag={case.number}" if case else "")


def seen(client, person, case=None):
    answer = client.get(address(person, case))
    assert answer.status_code == 200
    return answer.content.decode()


def states(page):
    return {part.split('"')[0]: part.split('data-state="')[1].split('"')[0] for part in page.split('data-source="')[1:]}


def decide(case, employee):
    viewer, at = viewer_of(employee), clock.now()
    bring_letters()
    text = DecisionText(result="granted", summary="Du får mere.", reasons="Indkomsten er faldet.",
                        legal_basis="Boligstøtteloven § 21")  # fmt: skip
    cases.leave_out_hearing(case_id=case.id, ground="Borgeren får ret.", viewer=viewer, at=at)
    draft = cases.draft_decision(case_id=case.id, text=text, viewer=viewer, at=at)
    cases.decide(decision_id=draft.id, viewer=viewer, at=at)


@pytest.mark.req("esdh.overview")
def test_one_page_has_cases_days_papers_decisions_contacts_and_registers(ylva, bente, case, outside):
    at = clock.now()
    cases.set_deadline(case_id=case.id, kind="step", due_at=at + timedelta(days=9), viewer=TESTER, at=at)
    cases.add_own_document(case_id=case.id, title="Lejekontrakten", content=b"%PDF-1.4 x", name="lejekontrakt.pdf",
                           media_type="application/pdf", viewer=TESTER, at=at)  # fmt: skip
    decide(case, ylva)
    contact = make_contact("Jeg venter på svar", tasks=[])
    contacts.set_person(contact_id=contact.id, person_id=bente.id, viewer=TESTER, at=at)
    page = seen(at_desk(ylva), bente, case)
    for part in ("Bente Birkelund", "Boligsikring efter flytning", case.number, "Frist for trin", "Lejekontrakten",
                 "Imødekommet", "Lanternens Allé", "Løn, forventet i året"):  # fmt: skip
        assert part in page
    assert states(page) == {"contacts": "fresh", "cases": "fresh", "cpr": "fresh", "income": "fresh"}
    assert "ikke fuldstændigt" not in page


def test_of_a_case_one_may_not_see_only_whom_to_ask_and_of_a_sensitive_one_nothing(ylva, bente, case, outside):
    make_group("building")
    make_task("T-018", title="Byggesag", group="building", administration="BTF")
    place = make_unit("byg", name="Byggesager", kind="office", administration="BTF", phone="00 00 00 33")
    make_case("T-018", unit=place, person=bente.id, title="Ny altan på Lanternens Allé")
    make_case("T-018", unit=place, person=bente.id, title="Skjult anliggende", sensitivity="sensitive")
    page = seen(at_desk(ylva), bente, case)
    assert "Byggesager" in page and "00 00 00 33" in page and page.count("hidden-case") == 1
    assert "Ny altan" not in page and "Skjult anliggende" not in page


def test_without_a_purpose_a_reason_is_asked_for_and_counted_and_the_refused_look_is_logged(bente, case, outside):
    stranger = make_employee("Esben Ekspedit", roles=["agent"], groups={"housing_benefit": (3, 1)})
    client = at_desk(stranger)
    asked = client.get(address(bente, case))
    assert asked.status_code == 403 and "Hvorfor skal du se borgeren?" in asked.content.decode()
    assert "Birkelund" not in asked.content.decode() and look_sources(bente.id)[-1][2] == "refused"
    assert client.get(address(bente)).status_code == 403
    assert client.post(f"{address(bente)}/hvorfor", {"reason": "x"}).status_code == 422
    assert client.post(f"{address(bente)}/hvorfor", {"reason": "citizen_present"}).url == address(bente)
    assert "Bente Birkelund" in seen(client, bente)
    looks = [look for look in looks_at(bente.id) if look.outcome == "shown"]
    assert {look.purpose for look in looks} == {"reason:citizen_present"}
    assert all(look.flagged for look in looks)


def test_every_source_of_the_page_is_in_the_access_log(ylva, bente, case, outside):
    seen(at_desk(ylva), bente, case)
    looks = look_sources(bente.id)
    assert {("cpr", "register", "shown"), ("income", "register", "shown"), ("indgang", "cases", "shown"),
            ("indgang", "timeline", "shown"), ("indgang", "person", "shown")} <= set(looks)  # fmt: skip


@pytest.mark.req("wp.any.operation")
def test_a_register_that_hangs_is_said_so_and_everything_else_is_there(ylva, bente, case, outside):
    outside["income"].behave("hang")
    client = at_desk(ylva)
    page = seen(client, bente, case)
    assert states(page)["income"] == "away" and states(page)["cpr"] == "fresh"
    assert "Overblikket er ikke fuldstændigt." in page and "Indkomstregistret" in page and "Intet svar" in page
    assert "spørg borgeren" in page and "Boligsikring efter flytning" in page
    outside["income"].behave("ok")
    again = client.get(f"/arbejdsplads/borger/{bente.id}/register/income?sag={case.number}", headers=HX)
    assert again.status_code == 200 and "Løn, forventet i året" in again.content.decode()


def test_an_earlier_answer_is_shown_as_earlier_with_its_time(ylva, bente, case, outside):
    client, before = at_desk(ylva), clock.now() - timedelta(hours=2)
    subject = citizens.register_subject(viewer_of(ylva), bente.id)
    register_services.ask("income", subject, viewer_of(ylva), Purpose("case", case.number), before)
    outside["income"].kill()
    page = seen(client, bente, case)
    assert states(page)["income"] == "stale" and "2 timer gamle" in page and "Løn, forventet i året" in page
    assert "Overblikket er ikke fuldstændigt." in page


def test_registers_that_are_not_connected_are_no_silence(ylva, bente, case, settings):
    settings.REGISTERS = {}
    page = seen(at_desk(ylva), bente, case)
    assert states(page)["cpr"] == "away" and "ikke tilsluttet" in page


def test_income_is_asked_only_for_those_whose_tasks_need_it(bente, outside):
    make_group("building")
    make_task("T-018", title="Byggesag", group="building", administration="BTF")
    place = make_unit("byg", name="Byggesager", kind="office", administration="BTF")
    builder = make_employee("Bo Byggesag", unit=place, roles=["caseworker"], groups={"building": (5, 3)})
    made = make_case("T-018", unit=place, handler=builder.pk, person=bente.id)
    page = seen(at_desk(builder), bente, made)
    assert states(page)["income"] == "not_asked" and "income" not in {source for source, *_ in look_sources(bente.id)}
    answer = at_desk(builder).get(f"/arbejdsplads/borger/{bente.id}/register/income?sag={made.number}", headers=HX)
    assert "Ikke spurgt" in answer.content.decode()


@pytest.mark.req("esdh.askwhat")
def test_what_else_may_change_comes_from_the_citizens_own_cases(ylva, bente, case):
    page = seen(at_desk(ylva), bente, case)
    part = page.split('id="beroert-navn"')[1].split("</section>")[0]
    assert "Boligsikring efter flytning" in part and "hvor borgeren bor" in part and "indkomsten" in part
    make_setting(affects=[], income_dependent=False)
    part = seen(at_desk(ylva), bente, case).split('id="beroert-navn"')[1].split("</section>")[0]
    assert "Boligsikring efter flytning" not in part


@pytest.mark.req("esdh.bsneeds")
@pytest.mark.parametrize("channel", ["phone", "counter", "letter", "mail"])
def test_from_a_contact_of_any_channel_it_is_one_step(agnes, bente, channel):
    client, at = at_desk(agnes), clock.now()
    contact = make_contact("Jeg flytter til Valby", tasks=["T-076"], channel=channel)
    contacts.set_person(contact_id=contact.id, person_id=bente.id, viewer=TESTER, at=at)
    make_available(agnes.pk, at)
    assert client.post("/arbejdsplads/naeste").status_code == 302
    page = client.get(f"/arbejdsplads/{item_of(contact.id).id}").content.decode()
    link = f"/arbejdsplads/borger/{bente.id}?henvendelse={contact.id}"
    assert f'id="vis-borger" href="{link}"' in page and 'aria-keyshortcuts="c"' in page
    shown = client.get(link)
    assert shown.status_code == 200 and "Bente Birkelund" in shown.content.decode()
    assert f"/arbejdsplads/henvendelser/{contact.id}" in shown.content.decode()


def test_from_the_case_it_is_one_step(ylva, bente, case):
    page = at_desk(ylva).get(f"/arbejdsplads/sag/{case.number}").content.decode()
    assert f'id="vis-borger" href="{address(bente, case)}"' in page


def test_nobody_and_nonsense_are_not_found_and_a_visitor_logs_in(ylva, bente, client):
    desk = at_desk(ylva)
    assert desk.get("/arbejdsplads/borger/00000000-0000-4000-8000-000000000000").status_code == 404
    assert desk.get(f"{address(bente)}?henvendelse=noget").status_code == 403
    assert desk.get(f"{address(bente)}/register/cpr").status_code == 404
    assert client.get(address(bente)).status_code == 302
    the_office()


def test_a_register_there_is_not_is_not_found_and_without_javascript_the_page_itself_comes(ylva, bente, case):
    client = at_desk(ylva)
    assert client.get(f"/arbejdsplads/borger/{bente.id}/register/moon?sag={case.number}", headers=HX).status_code == 404
    plain = client.get(f"/arbejdsplads/borger/{bente.id}/register/cpr?sag={case.number}")
    assert plain.url == address(bente, case)
