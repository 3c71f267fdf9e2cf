"""Letters of a case from its page: written, seen, sent, sent again, recalled; what they tell of."""

from datetime import date, timedelta

import pytest

from indgang.core.cases import selectors, services
from indgang.core.cases.testing import TESTER, case_row, events_of_case, steps_of
from indgang.core.organisation.testing import make_employee, viewer_of
from indgang.desks.workplace.tests.case_people import HX, REFUSAL, at_desk, bring_letters, caseworker, own_case
from indgang.foundation.journal import services as journal
from indgang.foundation.letters.testing import text_of as text_of_pdf
from indgang.foundation.registers.testing import simulated_printer
from indgang.foundation.runtime import clock

pytestmark = pytest.mark.django_db
TODAY = date.today()
SOON = (TODAY + timedelta(days=14)).isoformat()
WANTED = {"mangler-oplysninger": "Lønseddel\nLejekontrakt", "mangler-frist": SOON, "mangler-foelge": "Du får afslag."}


@pytest.fixture
def ylva():
    bring_letters()
    return caseworker()


@pytest.fixture
def printer(tmp_path):
    with simulated_printer(tmp_path) as outside:
        yield outside


def text_of(answer) -> str:
    return answer.content.decode()


def of(employee, case):
    return selectors.decisions_of(viewer_of(employee), case.id, clock.now())


def asked(client, address, **facts):
    """The letter that asks for what is missing, by post unless told otherwise."""
    given = {**WANTED, "way": "print", **facts}
    return client.post(f"{address}/brev?skabelon=mangler&sprog=da", given)


def decided(client, address, employee, case):
    client.post(f"{address}/hoering", {"how": "left_out", "ground": "Borgeren gav selv oplysningerne."})
    client.post(f"{address}/afgoerelse", REFUSAL, headers=HX)
    row = of(employee, case).draft
    client.post(f"{address}/afgoerelse/traef", {"decision": str(row.id), "version": row.version, "way": "print"})
    return of(employee, case).decisions[0]


def test_the_letters_one_can_send_are_listed_in_both_languages(ylva):
    _case, address = own_case(ylva)
    client = at_desk(ylva)
    assert "Send et brev" in text_of(client.get(address))
    danish, english = text_of(client.get(f"{address}/brev")), text_of(client.get(f"{address}/brev?sprog=en"))
    assert "Vi mangler oplysninger fra dig" in danish and "We need information from you" in english
    assert "{{" not in danish and "Vi vil høre dig" not in danish  # a hearing has a page of its own


def test_a_letter_asks_for_what_its_template_needs_goes_and_the_case_waits(ylva):
    case, address = own_case(ylva)
    client = at_desk(ylva)
    page = text_of(client.get(f"{address}/brev?skabelon=mangler&sprog=da"))
    assert "Det, der mangler: ét på hver linje" in page and 'name="mangler-frist"' in page
    answer = asked(client, address, wait="on")
    assert answer.url == f"{address}?brev=sendt"
    page = text_of(client.get(answer.url))
    assert "Brevet er på vej" in page and "På vej til trykkeriet" in page
    assert case_row(case.id).waiting == "citizen"


def test_the_letter_is_seen_first_and_nothing_is_sent(ylva):
    case, address = own_case(ylva)
    letter = asked(at_desk(ylva), address, see="1")
    assert letter["Content-Type"] == "application/pdf" and letter["X-Content-Type-Options"] == "nosniff"
    assert "Lejekontrakt" in text_of_pdf(letter.content) and of(ylva, case).letters == ()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"mangler-oplysninger": ""}, "Udfyld feltet: det, der mangler: ét på hver linje."),
        ({"mangler-frist": "i morgen"}, "Skriv datoen som 24-12-2026."),
        ({"mangler-frist": "2020-01-01", "wait": "on"}, "Vælg en dag efter i dag."),
        ({"way": "due"}, "Vælg, hvordan brevet sendes."),
        ({"way": "mail"}, "Parten har ingen mailadresse"),
    ],
)
def test_what_is_wrong_stands_at_its_field_and_the_words_are_kept(ylva, typed, said):
    case, address = own_case(ylva)
    refused = asked(at_desk(ylva), address, **typed)
    page = text_of(refused)
    assert refused.status_code == 422 and said in page and "Intet er sendt" in page
    assert "form-error-message" in page and "Du får afslag." in page and of(ylva, case).letters == ()


def test_a_second_click_on_send_finds_the_case_changed_and_sends_nothing_more(ylva):
    case, address = own_case(ylva)
    client, version = at_desk(ylva), case_row(case.id).version
    asked(client, address, version=version)
    late = asked(client, address, version=version)
    assert late.status_code == 409 and "Du får afslag." in text_of(late)
    assert len(of(ylva, case).letters) == 1


def test_a_letter_that_waits_is_recalled_and_goes_again_once(ylva):
    case, address = own_case(ylva)
    client = at_desk(ylva)
    asked(client, address)
    (letter,) = of(ylva, case).letters
    assert "Træk brevet tilbage" in text_of(client.get(address))
    assert client.post(f"{address}/brev/{letter.id}/tilbage").url == f"{address}?brev=tilbage"
    assert "Trukket tilbage" in text_of(client.get(address))
    assert "Send brevet igen" in text_of(client.get(f"{address}/brev/{letter.id}/igen", headers=HX))
    again = client.post(f"{address}/brev/{letter.id}/igen", {"way": "counter"}, headers=HX)
    assert again["HX-Redirect"] == f"{address}?brev=sendt"
    twice = client.post(f"{address}/brev/{letter.id}/igen", {"way": "print"}, headers=HX)
    assert twice.status_code == 409 and "sendt igen" in text_of(twice) and twice["HX-Retarget"] == "#dialog"
    assert sorted(row.state for row in of(ylva, case).letters) == ["handed", "recalled"]


def test_a_letter_the_printer_refused_says_why_and_goes_to_another_address(ylva, printer):
    case, address = own_case(ylva)
    client = at_desk(ylva)
    asked(client, address)
    printer.behave("refuse", count=1)
    journal.deliver_due(clock.now())
    (letter,) = of(ylva, case).letters
    page = text_of(client.get(address))
    assert "Kunne ikke sendes" in page and "Trykkeriet svarede 422." in page and "Send igen" in page
    where = "Bente Birkelund\nc/o Hansen\n2500 Valby"
    client.post(f"{address}/brev/{letter.id}/igen", {"way": "print", "address": where})
    journal.deliver_due(clock.now())
    assert [order["address"].split("\n")[1] for order in printer.orders()] == ["c/o Hansen"]
    assert not [step for step in steps_of(case.id) if "kunne ikke sendes" in step.title and not step.done_at]


def test_the_citizen_hears_of_a_new_day_and_the_deadline_moves_with_the_letter(ylva):
    case, address = own_case(ylva, deadline=clock.now() + timedelta(days=5))
    client = at_desk(ylva)
    assert "Fortæl borgeren en ny dag" in text_of(client.get(address))
    facts = {"day": SOON, "reason": "Vi venter på en udtalelse.", "language": "da", "way": "print"}
    seen = client.post(f"{address}/ny-svarfrist", {**facts, "see": "1"})
    assert "Vi venter på en udtalelse." in text_of_pdf(seen.content) and of(ylva, case).letters == ()
    assert client.post(f"{address}/ny-svarfrist", {**facts, "reason": ""}).status_code == 422
    client.post(f"{address}/ny-svarfrist", facts)
    assert clock.local(case_row(case.id).deadline).date().isoformat() == SOON
    assert len(of(ylva, case).letters) == 1


def test_where_no_answer_is_promised_there_is_no_new_day(ylva):
    case, address = own_case(ylva)
    for row in selectors.case(viewer_of(ylva), case.id, at=clock.now()).deadlines:
        services.meet_deadline(deadline_id=row.id, viewer=TESTER, at=clock.now())
    client = at_desk(ylva)
    assert client.get(f"{address}/ny-svarfrist").url == f"{address}/svarfrist"
    late = client.post(f"{address}/ny-svarfrist", {"day": SOON, "reason": "Vi venter på udlejer.", "way": "print"})
    assert late.status_code == 409 and "Vi venter på udlejer." in text_of(late)
    assert "tager længere tid" not in text_of(client.get(f"{address}/brev"))


def test_a_decision_is_revoked_with_its_ground_in_a_letter(ylva):
    case, address = own_case(ylva)
    client = at_desk(ylva)
    row = decided(client, address, ylva, case)
    there = f"{address}/afgoerelse/{row.id}/tilbagekald"
    assert there in text_of(client.get(address)) and "Tilbagekald, og send brevet" in text_of(client.get(there))
    assert client.post(there, {"ground": "", "way": "print"}, headers=HX).status_code == 422
    stale = client.post(there, {"ground": "Forkert indkomst.", "way": "print", "version": row.version + 1})
    assert stale.status_code == 409 and "Forkert indkomst." in text_of(stale)
    client.post(there, {"ground": "Forkert indkomst.", "way": "print", "version": row.version})
    assert [one.state for one in of(ylva, case).decisions] == ["revoked"] and len(of(ylva, case).letters) == 2
    assert case_row(case.id).progress == "informed"
    late = client.post(there, {"ground": "Forkert indkomst.", "way": "print"})
    assert late.status_code in {404, 409}


def test_a_party_gets_more_time_and_the_case_waits_as_long(ylva):
    case, address = own_case(ylva)
    client = at_desk(ylva)
    facts = {"how": "letter", "facts": "Din indkomst er steget.", "way": "print"}
    client.post(f"{address}/hoering", {**facts, "day": (TODAY + timedelta(days=7)).isoformat()})
    (row,) = of(ylva, case).hearings
    there = f"{address}/hoering/{row.id}/mere-tid"
    assert there in text_of(client.get(address)) and client.get(there, headers=HX).status_code == 200
    wrong = client.post(there, {"day": TODAY.isoformat(), "ground": "Ferie."}, headers=HX)
    assert wrong.status_code == 422 and "Svarfristen kan ikke være" in text_of(wrong) and "Ferie." in text_of(wrong)
    client.post(there, {"day": SOON, "ground": "Parten er bortrejst."})
    assert clock.local(of(ylva, case).hearings[0].answer_by).date().isoformat() == SOON
    assert clock.local(case_row(case.id).waiting_until).date().isoformat() == SOON


def test_who_only_may_read_the_case_sends_nothing(ylva):
    _case, address = own_case(ylva)
    guide = make_employee("Esben Ekspedit", roles=["agent"], groups={"housing_benefit": (3, 1)})
    client = at_desk(guide)
    client.post(f"{address}/hvorfor", {"reason": "citizen_present"})
    assert "vis-brev" not in text_of(client.get(address))
    assert client.get(f"{address}/brev").status_code == 404 and asked(client, address).status_code == 404


def test_what_was_typed_of_a_letter_is_thrown_away_by_who_typed_it_and_that_is_noted(ylva):
    case, address = own_case(ylva)
    client, other = at_desk(ylva), at_desk(caseworker("Bodil Bolig"))
    there = f"{address}/brev?skabelon=mangler&sprog=da"
    for browser, words in ((client, "Ylvas ord"), (other, "Bodils ord")):
        browser.post(f"{address}/kladde", {"field": "letter.mangler-oplysninger", "body": words})
    assert "Ylvas ord" in text_of(client.get(there)) and "Kassér udkastet" in text_of(client.get(there))
    assert client.post(there, {"drop": "1"}).url == f"{address}?brev=kasseret"
    assert "Udkastet til brevet er kasseret." in text_of(client.get(f"{address}?brev=kasseret"))
    assert "Ylvas ord" not in text_of(client.get(there)) and "Bodils ord" in text_of(other.get(there))
    said = [line for line in events_of_case(case.id) if line.verb == "case.letter_dropped"]
    assert [(line.actor, line.data["fields"]) for line in said] == [(f"employee:{ylva.pk}", ["mangler-oplysninger"])]
    client.post(there, {"drop": "1"})
    assert len([line for line in events_of_case(case.id) if line.verb == "case.letter_dropped"]) == 1


def test_a_letter_that_was_sent_is_no_draft_and_who_may_not_write_drops_none(ylva):
    case, address = own_case(ylva)
    client = at_desk(ylva)
    client.post(f"{address}/kladde", {"field": "letter.mangler-oplysninger", "body": "Ylvas ord"})
    guide = at_desk(make_employee("Esben Ekspedit", roles=["agent"], groups={"housing_benefit": (3, 1)}))
    guide.post(f"{address}/hvorfor", {"reason": "citizen_present"})
    assert guide.post(f"{address}/brev", {"drop": "1"}).status_code == 404
    asked(client, address)
    client.post(f"{address}/brev", {"drop": "1"})
    assert len(of(ylva, case).letters) == 1
    assert not [line for line in events_of_case(case.id) if line.verb == "case.letter_dropped"]
