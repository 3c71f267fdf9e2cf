"""Searching inside documents at the desk: the words around it, the case, the day; by right, and logged."""

import pytest

from indgang.core.cases import services
from indgang.core.organisation.testing import make_employee, viewer_of
from indgang.desks.workplace.tests.case_people import at_desk, caseworker, own_case
from indgang.foundation.access.selectors import looks_at
from indgang.foundation.runtime import clock

pytestmark = pytest.mark.django_db
HERE = "/arbejdsplads/sager/dokumenter"


@pytest.fixture
def ylva():
    return caseworker()


@pytest.fixture
def case(ylva, settings, tmp_path):
    settings.FILES_ROOT = tmp_path / "files"
    settings.SCANNER_URL = ""
    case, _ = own_case(ylva)
    for number in range(22):
        put(case, ylva, f"Skimmelsvamp i badeværelset, brev {number}", f"Brev nr. {number}")
    services.read_documents(clock.now())
    return case


def put(case, employee, text, title):
    services.add_document(case_id=case.id, title=title, kind="in", name="brev.txt", content=text.encode(),
                          viewer=viewer_of(employee), at=clock.now())  # fmt: skip


def page(client, **asked):
    answer = client.get(HERE, asked)
    return answer.status_code, answer.content.decode()


def test_the_list_of_cases_leads_there_and_the_words_are_shown_with_case_and_day(ylva, case):
    client = at_desk(ylva)
    assert HERE in client.get("/arbejdsplads/sager").content.decode()
    status, shown = page(client, q="skimmelsvampen")
    assert status == 200 and "Brev nr. 21" in shown and case.number in shown
    assert "<mark>Skimmelsvamp</mark> i badeværelset, brev 21" in shown
    assert any(look.actor == f"employee:{ylva.pk}" and look.kind == "document_excerpt"
               for look in looks_at(case.person_id))  # fmt: skip


def test_the_next_ones_follow(ylva, case):
    client = at_desk(ylva)
    first = client.get(HERE, {"q": "skimmelsvamp"})
    rest = client.get(HERE, {"q": "skimmelsvamp", "side": first.context["found"].cursor})
    titles = [hit.document.title for hit in (*first.context["found"].rows, *rest.context["found"].rows)]
    assert titles == [f"Brev nr. {number}" for number in range(21, -1, -1)]


@pytest.mark.parametrize(
    ("typed", "status", "said"),
    [
        ("", 200, "Her søges i titler"),
        ("findesikke", 200, "Ingen dokumenter passer på det"),
        ("og i", 422, "Skriv mindst et ord"),
        ("!!!", 422, "Skriv mindst et ord"),
        ("a" * 121, 422, "højst 120 tegn"),
    ],
)
def test_what_cannot_be_searched_for_is_said(ylva, case, typed, status, said):
    answered, shown = page(at_desk(ylva), q=typed)
    assert answered == status and said in shown


def test_a_cpr_number_does_not_stay_in_the_address(ylva):
    client = at_desk(ylva)
    sent = client.get(HERE, {"q": "010101-1234 brev"})
    assert sent.status_code == 302 and "1234" not in sent["Location"]
    told = client.get(sent["Location"])
    assert told.status_code == 422 and "Søg ikke efter CPR-numre her" in told.content.decode()


def test_a_page_that_is_no_page_is_said(ylva, case):
    status, shown = page(at_desk(ylva), q="skimmelsvamp", side="qq")
    assert status == 422 and 'class="alert alert-error"' in shown and "skimmelsvamp" in shown


def test_a_number_leads_to_its_case(ylva, case):
    assert f"/arbejdsplads/sag/{case.number}" in page(at_desk(ylva), q=case.number)[1]


def test_a_stranger_finds_nothing_of_it(case):
    stranger = make_employee("Bo Byggesag", roles=["caseworker"])
    status, shown = page(at_desk(stranger), q="skimmelsvamp")
    assert status == 200 and "Ingen dokumenter passer på det" in shown and "badeværelset" not in shown
