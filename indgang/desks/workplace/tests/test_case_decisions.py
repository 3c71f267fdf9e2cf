"""A decision is written, held against its gates, made once, and complained of."""

import pytest

from indgang.core.cases import selectors
from indgang.core.cases.testing import case_row, entries_of
from indgang.core.organisation.testing import make_employee, viewer_of
from indgang.desks.workplace.tests.case_people import HX, REFUSAL, at_desk, bring_letters, caseworker, own_case
from indgang.foundation.letters.testing import text_of as text_of_pdf
from indgang.foundation.runtime import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def ylva():
    return caseworker()


def text_of(answer) -> str:
    return answer.content.decode()


def drafted(client, address, **facts):
    """A draft saved on the page."""
    return client.post(f"{address}/afgoerelse", {**REFUSAL, **facts}, headers=HX)


def decided(client, address, employee, case, **facts):
    """All that is lacking put right, and the decision made."""
    bring_letters()
    client.post(f"{address}/hoering", {"how": "left_out", "ground": "Borgeren gav selv oplysningerne."})
    drafted(client, address)
    row = draft_of(employee, case)
    given = {"decision": str(row.id), "version": row.version, "way": "print", **facts}
    return client.post(f"{address}/afgoerelse/traef", given, headers=HX)


def draft_of(employee, case):
    return selectors.decisions_of(viewer_of(employee), case.id, clock.now()).draft


def test_the_page_says_what_is_lacking_and_leads_there(ylva):
    _case, address = own_case(ylva)
    page = text_of(at_desk(ylva).get(f"{address}/afgoerelse"))
    assert "Parten er ikke hørt" in page and f"{address}/hoering" in page
    assert "Gem udkastet først" in page and 'id="afgoer"' not in page


def test_a_draft_is_kept_with_its_amounts_and_comes_back(ylva):
    case, address = own_case(ylva)
    client = at_desk(ylva)
    saved = drafted(client, address, **{"label-1": "Boligsikring", "amount-1": "1.234,50", "period-1": "month"})
    assert saved.status_code == 200 and "Udkastet er gemt" in text_of(saved)
    (line,) = draft_of(ylva, case).amounts
    assert (line.label, str(line.amount), line.period) == ("Boligsikring", "1234.50", "month")
    page = text_of(client.get(f"{address}/afgoerelse"))
    assert "1234,50" in page and "Indkomsten er over grænsen." in page


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"label-1": "Boligsikring", "amount-1": "mange"}, "Beløb 1: skriv beløbet som 1.234,50."),
        ({"label-2": "", "amount-2": "12"}, "Beløb 2: skriv, hvad beløbet er for."),
        ({"result": ""}, "Vælg, hvad der er afgjort."),
        ({"appeal_weeks": "99"}, "Skriv højst 52 uger."),
        ({"valid_from": "i morgen"}, "Skriv datoen som 24-12-2026."),
    ],
)
def test_what_cannot_be_read_is_named_and_nothing_is_lost(ylva, typed, said):
    case, address = own_case(ylva)
    client = at_desk(ylva)
    refused = drafted(client, address, **typed)
    assert refused.status_code == 422 and said in text_of(refused)
    without_scripts = client.post(f"{address}/afgoerelse", {**REFUSAL, **typed})
    assert without_scripts.status_code == 422 and REFUSAL["reasons"] in text_of(without_scripts)
    assert draft_of(ylva, case) is None


def test_two_who_write_on_one_draft_do_not_write_over_each_other(ylva):
    case, address = own_case(ylva)
    client = at_desk(ylva)
    drafted(client, address)
    version = draft_of(ylva, case).version
    bodil = at_desk(caseworker("Bodil Bolig"))
    assert drafted(bodil, address, version=version, reasons="Bodils ord").status_code == 200
    late = drafted(client, address, version=version, reasons="Ylvas ord")
    assert late.status_code == 409 and "Bodil Bolig" in text_of(late)
    assert draft_of(ylva, case).reasons == "Bodils ord"


def test_the_letter_is_seen_before_it_goes(ylva):
    bring_letters()
    _case, address = own_case(ylva)
    client = at_desk(ylva)
    drafted(client, address)
    letter = client.get(f"{address}/afgoerelse/brev")
    assert letter["Content-Type"] == "application/pdf" and letter["X-Content-Type-Options"] == "nosniff"
    assert "Du får ikke mere i boligsikring." in text_of_pdf(letter.content)


def test_the_decision_is_made_its_letter_goes_and_the_page_says_so(ylva):
    case, address = own_case(ylva)
    client = at_desk(ylva)
    assert decided(client, address, ylva, case)["HX-Redirect"] == f"{address}?afgjort=1"
    assert case_row(case.id).progress == "decided"
    page = text_of(client.get(f"{address}?afgjort=1"))
    assert "Sagen er afgjort, og brevet er på vej." in page and "Afslået" in page and "Se brevet" in page
    assert "Afslut sagen" in page and 'id="vis-klage"' in page


def test_a_decision_whose_party_was_not_heard_is_not_made(ylva):
    bring_letters()
    case, address = own_case(ylva)
    client = at_desk(ylva)
    drafted(client, address)
    row = draft_of(ylva, case)
    given = {"decision": str(row.id), "version": row.version, "way": "print"}
    refused = client.post(f"{address}/afgoerelse/traef", given, headers=HX)
    assert refused.status_code == 409 and "Parten er ikke hørt" in text_of(refused)
    assert case_row(case.id).progress == "opened"


def test_who_may_not_settle_the_task_finds_no_decision_to_make(ylva):
    _case, address = own_case(ylva)
    guide = make_employee("Esben Ekspedit", roles=["agent"], groups={"housing_benefit": (3, 1)})
    client = at_desk(guide)
    client.post(f"{address}/hvorfor", {"reason": "citizen_present"})
    assert client.get(f"{address}/afgoerelse").status_code == 404
    assert 400 <= drafted(client, address).status_code < 500


def test_a_party_heard_in_the_talk_is_heard(ylva):
    case, address = own_case(ylva)
    client = at_desk(ylva)
    told = {"how": "oral", "facts": "Din indkomst er steget.", "answer": ""}
    assert client.post(f"{address}/hoering", told, headers=HX).status_code == 422
    client.post(f"{address}/hoering", {**told, "answer": "Ja, det passer."})
    assert "Ja, det passer." in text_of(client.get(address))
    assert entries_of(case.id)[-1].oral_facts
    assert "Parten er hørt" in text_of(client.get(f"{address}/afgoerelse"))


def test_a_party_heard_by_letter_is_waited_for_and_its_answer_written(ylva):
    bring_letters()
    case, address = own_case(ylva)
    client = at_desk(ylva)
    facts = {"how": "letter", "facts": "Din indkomst er steget.", "day": "", "way": "print"}
    assert client.post(f"{address}/hoering", facts, headers=HX).status_code == 422
    day = clock.local(clock.now()).date().replace(year=clock.local(clock.now()).year + 1, day=1)
    client.post(f"{address}/hoering", {**facts, "day": day.isoformat()})
    assert case_row(case.id).waiting == "hearing"
    (row,) = selectors.decisions_of(viewer_of(ylva), case.id, clock.now()).hearings
    client.post(f"{address}/hoering/{row.id}/svar", {"answer": "Det er ikke rigtigt."})
    assert case_row(case.id).waiting == "" and "Det er ikke rigtigt." in text_of(client.get(address))


@pytest.mark.req("law.resort")
def test_a_complaint_goes_to_the_administration_that_owns_the_decision(ylva):
    case, address = own_case(ylva)
    decided(at_desk(ylva), address, ylva, case)
    guide = make_employee("Esben Ekspedit", roles=["agent"], groups={"housing_benefit": (3, 1)})
    client = at_desk(guide)
    client.post(f"{address}/hvorfor", {"reason": "complaint"})
    today = clock.local(clock.now()).date().isoformat()
    assert "vis-klage" in text_of(client.get(address))
    assert client.post(f"{address}/klage", {"words": "", "day": today}, headers=HX).status_code == 422
    answer = client.post(f"{address}/klage", {"words": "Jeg er ikke enig.", "day": today})
    number = answer.url.partition("klage=")[2]
    made = selectors.reached(viewer_of(ylva), number, clock.now())
    assert made.administration == "FAF" and made.raised_by == "complaint"
    assert number in text_of(client.get(answer.url))


def test_the_owner_looks_again_and_the_decision_is_taken_up(ylva):
    case, address = own_case(ylva)
    client = at_desk(ylva)
    decided(client, address, ylva, case)
    today = clock.local(clock.now()).date().isoformat()
    number = client.post(f"{address}/klage", {"words": "Jeg er ikke enig.", "day": today}).url.partition("klage=")[2]
    there = f"/arbejdsplads/sag/{number}"
    assert "Vurdér afgørelsen igen" in text_of(client.get(there))
    (row,) = selectors.complaints_of(viewer_of(ylva), case.id, clock.now())
    facts = {"outcome": "changed", "ground": "Borgeren har ret.", "way": "print"}
    assert client.post(f"{there}/klage/{row.id}/vurdering", facts).url == there
    assert case_row(case.id).progress == "informed" and draft_of(ylva, case) is not None


def test_a_decided_case_is_taken_up_again_with_its_words_as_the_new_draft(ylva):
    case, address = own_case(ylva)
    client = at_desk(ylva)
    decided(client, address, ylva, case)
    client.post(f"{address}/genoptag", {"ground": "Nye oplysninger"})
    assert draft_of(ylva, case).reasons == REFUSAL["reasons"]
