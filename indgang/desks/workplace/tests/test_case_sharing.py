"""What goes to others on a case: a question to a specialist, a matter to an authority, facts given and obtained."""

from datetime import timedelta

import pytest

from indgang.core.cases import selectors
from indgang.core.cases.testing import case_row, make_case
from indgang.core.organisation.testing import make_employee, make_unit, viewer_of
from indgang.desks.workplace.tests.case_people import HX, at_desk, caseworker, own_case, the_office
from indgang.foundation.runtime import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def ylva():
    return caseworker()


@pytest.fixture
def sofus():
    """A specialist of another unit."""
    other = make_unit("lovkontoret", kind="office", administration="FAF")
    return make_employee("Sofus Specialist", unit=other, roles=["caseworker"], groups={"housing_benefit": (5, 3)})


def text_of(answer) -> str:
    return answer.content.decode()


def in_a_week() -> str:
    return clock.local(clock.now() + timedelta(days=7)).date().isoformat()


def shared(employee, case):
    return selectors.shared_of(viewer_of(employee), case.id, clock.now())


@pytest.mark.req("esdh.specialist")
def test_a_specialist_is_asked_answers_and_the_case_stays(ylva, sofus):
    case, address = own_case(ylva)
    client = at_desk(ylva)
    facts = {"to": f"employee:{sofus.pk}", "question": "", "day": in_a_week()}
    assert client.post(f"{address}/specialist", facts, headers=HX).status_code == 422
    client.post(f"{address}/specialist", {**facts, "question": "Er lejemålet omfattet?"})
    (row,) = shared(ylva, case).opinions
    assert case_row(case.id).handler_id == ylva.pk and "Sofus Specialist" in text_of(client.get(address))
    asked = text_of(at_desk(sofus).get(address))
    assert "Du er spurgt:" in asked and "Er lejemålet omfattet?" in asked
    there = at_desk(sofus)
    assert there.post(f"{address}/udtalelse/{row.id}", {"answer": ""}, headers=HX).status_code == 422
    there.post(f"{address}/udtalelse/{row.id}", {"answer": "Ja, efter § 10."})
    assert "Ja, efter § 10." in text_of(client.get(address))


def test_a_question_is_taken_back(ylva, sofus):
    case, address = own_case(ylva)
    client = at_desk(ylva)
    client.post(
        f"{address}/specialist", {"to": f"employee:{sofus.pk}", "question": "Er det omfattet?", "day": in_a_week()}
    )
    (row,) = shared(ylva, case).opinions
    client.post(f"{address}/udtalelse/{row.id}/tilbage", {"ground": "Fundet selv"})
    assert shared(ylva, case).opinions[0].withdrawn_at is not None


def test_something_goes_to_another_authority_and_is_followed(ylva):
    case, address = own_case(ylva)
    client = at_desk(ylva)
    facts = {"authority": "Udbetaling Danmark", "kind": "paper", "what": "Lejekontrakt", "way": "other"}
    assert client.post(f"{address}/videresend", {**facts, "authority": ""}, headers=HX).status_code == 422
    client.post(f"{address}/videresend", {**facts, "day": in_a_week()})
    assert "Udbetaling Danmark" in text_of(client.get(address))
    (row,) = shared(ylva, case).forwardings
    client.post(f"{address}/videresend/{row.id}", {"state": "answered", "answer": "Taget imod", "reference": "A-7"})
    assert shared(ylva, case).forwardings[0].state == "answered"


def test_facts_go_on_only_with_a_right(ylva):
    case, address = own_case(ylva)
    client = at_desk(ylva)
    facts = {"direction": "given", "other": "Boligselskabet", "what": "Husstandens størrelse", "ground": ""}
    refused = client.post(f"{address}/oplysninger-fra-andre", facts, headers=HX)
    assert refused.status_code == 422 and "Skriv reglen" in text_of(refused)
    client.post(f"{address}/oplysninger-fra-andre", {**facts, "ground": "Forvaltningslovens § 28"})
    assert [row.other for row in shared(ylva, case).disclosures] == ["Boligselskabet"]
    assert "Boligselskabet" in text_of(client.get(address))


def test_facts_are_obtained_only_where_the_citizen_has_applied(ylva):
    told = {
        "direction": "obtained", "register": "elsewhere", "other": "Arbejdsgiveren", "what": "Løn i oktober",
        "found": "18.000 kr.", "ground": "Retssikkerhedslovens § 11 a",
    }  # fmt: skip
    case, address = own_case(ylva)
    client = at_desk(ylva)
    client.post(f"{address}/oplysninger-fra-andre", told)
    assert "18.000 kr." in text_of(client.get(address))
    other = make_case(unit=the_office(), handler=ylva.pk, raised_by="authority")
    there = f"/arbejdsplads/sag/{other.number}/oplysninger-fra-andre"
    assert 400 <= client.post(there, told, headers=HX).status_code < 500
    assert shared(ylva, other).disclosures == () and len(shared(ylva, case).disclosures) == 1


@pytest.mark.parametrize("dialog", ["specialist", "videresend", "oplysninger-fra-andre"])
def test_every_dialog_is_a_page_of_its_own_without_scripts(ylva, dialog):
    _case, address = own_case(ylva)
    assert 'method="post"' in text_of(at_desk(ylva).get(f"{address}/{dialog}"))
