"""Access to documents in a caseworker's browser: taken in, covered, packed, answered; every page without script."""

import io
import re
import zipfile
from datetime import date, timedelta

import pytest

from indgang.core.cases import services
from indgang.core.cases.testing import access_items, access_request, make_case
from indgang.core.catalogue import selectors as catalogue
from indgang.core.catalogue.testing import make_task
from indgang.core.citizens.testing import make_person
from indgang.core.organisation.testing import make_employee, viewer_of
from indgang.desks.workplace.tests.case_people import at_desk, bring_letters, caseworker, own_case
from indgang.foundation.letters import services as letters
from indgang.foundation.letters.testing import make_letter, text_of
from indgang.foundation.letters.values import Paragraph
from indgang.foundation.runtime import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def ylva():
    return caseworker()


@pytest.fixture
def browser(ylva):
    return at_desk(ylva)


@pytest.fixture
def case(ylva):
    if "T-098" not in catalogue.codes():
        make_task("T-098", title="Aktindsigt", title_en="Access to documents", group="general", administration="MFF")
    bring_letters()
    case, _ = own_case(ylva, person=make_person("Karla Kunstig").id)
    paper = letters.typeset(make_letter(Paragraph("Bodil Baggaard har klaget over støj."), title="Klage fra naboen"))
    services.add_document(
        case_id=case.id, title="Klage fra naboen", kind="in", name="klage.pdf", content=paper,
        claimed_type="application/pdf", viewer=viewer_of(ylva), at=clock.now(),
    )  # fmt: skip
    return case


@pytest.fixture
def asked(browser, case):
    """The address of a request about that case, with its items."""
    facts = {"law": "party", "number": case.number, "about": "case", "who": "citizen", "asked_for": "Min sag"}
    answer = browser.post("/arbejdsplads/aktindsigt/ny", facts)
    assert answer.status_code == 302
    browser.post(f"{answer['Location']}/forslag")
    return answer["Location"]


def asked_now(asked):
    return access_request(asked.rpartition("/")[2])


def item_of(asked):
    (item,) = access_items(asked.rpartition("/")[2])
    return item


def test_a_request_is_taken_in_from_a_case_and_stands_in_the_list(browser, case, asked):
    seen = browser.get("/arbejdsplads/aktindsigt").content.decode()
    assert asked.rpartition("/")[2] in seen
    page = browser.get(asked).content.decode()
    assert "Klage fra naboen" in page
    assert "Forvaltningsloven § 9" in page
    assert "Min sag" in page


def test_what_lacks_is_said_and_what_was_typed_comes_back(browser, case):
    answer = browser.post("/arbejdsplads/aktindsigt/ny", {"law": "public", "who": "other", "about": "case",
                                                          "asked_for": "Alt om støj"})  # fmt: skip
    assert answer.status_code == 422
    said = answer.content.decode()
    assert "Skriv nummeret på den sag" in said
    assert "Skriv, hvem der beder om aktindsigt" in said
    assert "Alt om støj" in said


def test_numbers_and_words_cover_without_script_and_the_package_is_clean(browser, asked):
    item = item_of(asked)
    page = browser.get(f"{asked}/emne/{item.pk}").content.decode()
    assert "Dæk det, der ikke må læses" in page
    image = browser.get(f"{asked}/emne/{item.pk}/side/1.png")
    assert image.content.startswith(b"\x89PNG")
    answer = browser.post(
        f"{asked}/emne/{item.pk}/daek",
        {"version": item.version, "ground": "Forvaltningsloven § 15 b", "words": "Bodil Baggaard",
         "box-page": ["1", ""], "box-left": ["10", ""], "box-top": ["90", ""], "box-right": ["30,5", ""],
         "box-bottom": ["95", ""], "box-ground": ["", ""]},
    )  # fmt: skip
    assert answer.status_code == 302, answer.content.decode()
    request = asked_now(asked)
    assert browser.post(f"{asked}/pakke", {"version": request.version}).status_code == 302
    assert "Venter på tur" in browser.get(asked).content.decode()
    assert "Venter på tur" in browser.get(f"{asked}/pakke/tilstand", headers={"HX-Request": "true"}).content.decode()
    assert services.pack_ordered(clock.now()) == 1
    there = browser.get(f"{asked}/pakke/tilstand", headers={"HX-Request": "true"})
    assert there.headers["HX-Redirect"] == asked
    zipped = b"".join(browser.get(f"{asked}/pakke.zip").streaming_content)
    with zipfile.ZipFile(io.BytesIO(zipped)) as archive:
        (name,) = archive.namelist()
        said = text_of(archive.read(name))
    assert "støj" in said
    assert "Bodil" not in said
    facts = {"version": asked_now(asked).version, "way": "counter", "reasons": "Andres forhold.",
             "appeal_body": "Ankestyrelsen", "appeal_by": "2099-01-01", "appeal_way": "Ydelsesvej 1",
             "appeal_what": "Vi ser på sagen igen."}  # fmt: skip
    assert browser.post(f"{asked}/svar/brev", facts).content.startswith(b"%PDF")
    sent = browser.post(f"{asked}/svar", facts)
    assert sent.status_code == 302, re.findall(r'alert-text">(.*?)<', sent.content.decode())
    assert asked_now(asked).state == "answered"
    assert "Svaret er sendt" in browser.get(sent["Location"]).content.decode()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"box-left": "x"}, "kan ikke læses"),
        ({"box-page": "99"}, "99"),
        ({"box-right": "5"}, "kan ikke dækkes"),
        ({"ground": ""}, "Skriv den regel"),
    ],
)
def test_a_box_that_cannot_be_read_is_said_and_stays_in_its_line(browser, asked, typed, said):
    item = item_of(asked)
    facts = {"version": item.version, "ground": "§ 15 b", "words": "", "box-page": "1", "box-left": "10",
             "box-top": "10",
             "box-right": "20", "box-bottom": "20", "box-ground": "eget ord"}  # fmt: skip
    answer = browser.post(f"{asked}/emne/{item.pk}/daek", facts | typed)
    assert 400 <= answer.status_code < 500
    page = answer.content.decode()
    assert said in page
    assert 'value="eget ord"' in page


def test_two_who_work_on_the_same_line_the_second_is_told(browser, asked):
    item = item_of(asked)
    choice = {"version": item.version, "choice": "refused", "ground": "Forvaltningsloven § 12"}
    assert browser.post(f"{asked}/emne/{item.pk}/valg", choice).status_code == 302
    again = browser.post(f"{asked}/emne/{item.pk}/valg", choice)
    assert again.status_code == 409
    assert "er ændret, siden du åbnede den" in again.content.decode()


def test_the_package_says_what_is_lacking(browser, asked):
    item = item_of(asked)
    browser.post(f"{asked}/emne/{item.pk}/valg", {"version": item.version, "choice": "redacted", "ground": "§ 15 b"})
    answer = browser.post(f"{asked}/pakke", {"version": asked_now(asked).version})
    assert answer.status_code == 422
    assert "dæk det, der ikke må læses" in answer.content.decode()


def test_the_letter_that_it_takes_longer_is_sent_from_its_page(browser, asked):
    assert "Svaret kommer senest" in browser.get(f"{asked}/fristbrev").content.decode()
    bad = browser.post(f"{asked}/fristbrev", {"until": "2020-01-01", "ground": "Travlt", "way": "counter"})
    assert bad.status_code == 422
    until = (clock.now() + timedelta(days=60)).date().isoformat()
    far = browser.post(f"{asked}/fristbrev", {"until": "2099-01-01", "ground": "Travlt", "way": "counter"})
    assert far.status_code == 422
    assert "inden for et år" in far.content.decode()
    sent = browser.post(f"{asked}/fristbrev", {"until": until, "ground": "Travlt", "way": "counter"})
    assert sent.status_code == 302
    assert "Travlt" in browser.get(asked).content.decode()


def test_a_stranger_gets_no_page_of_it(asked, case):
    stranger = at_desk(make_employee("Bo Byggesag", roles=["caseworker"]))
    item = item_of(asked)
    for address in (
        asked,
        f"{asked}/emne/{item.pk}",
        f"{asked}/pakke.zip",
        f"{asked}/svar",
        f"{asked}/emne/{item.pk}/side/1.png",
    ):
        assert stranger.get(address).status_code == 404
    assert stranger.get(f"/arbejdsplads/sag/{case.number}/sag.zip").status_code == 404


def test_an_item_of_another_request_does_not_open_under_this_number(browser, ylva, asked):
    other = make_case(unit=ylva.unit, handler=ylva.pk, person=make_person().id)
    facts = {"law": "party", "number": other.number, "about": "case", "who": "citizen"}
    second = browser.post("/arbejdsplads/aktindsigt/ny", facts)["Location"]
    assert browser.get(f"{second}/emne/{item_of(asked).pk}").status_code == 404


def test_the_whole_case_is_fetched_as_a_zip(browser, case):
    answer = browser.get(f"/arbejdsplads/sag/{case.number}/sag.zip")
    with zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content))) as archive:
        assert {"index.json", "SHA256SUMS"} <= set(archive.namelist())


def test_everything_about_a_citizen_is_one_request(browser, case):
    facts = {"law": "gdpr", "number": case.number, "about": "all", "who": "citizen"}
    asked = browser.post("/arbejdsplads/aktindsigt/ny", facts)["Location"]
    assert browser.post(f"{asked}/forslag").status_code == 302
    page = browser.get(asked).content.decode()
    assert "Opslag i dine oplysninger" in page
    assert "Klage fra naboen" in page


def test_a_list_of_what_may_be_deleted_is_approved_by_somebody_else(case):
    drude = at_desk(make_employee("Drude Drift", roles=["operator"]))
    sigurd = at_desk(make_employee("Sigurd Sikker", roles=["security_leader"]))
    made = drude.post("/arbejdsplads/kassation", {"cut_off": date(2026, 1, 1).isoformat()})
    assert made.status_code == 302
    assert "En anden skal godkende den" in drude.get(made["Location"]).content.decode()
    refused = drude.post(f"{made['Location']}/godkend", {"version": "1"})
    assert refused.status_code == 403
    assert sigurd.post(f"{made['Location']}/godkend", {"version": "1"}).status_code == 302
    assert sigurd.post(f"{made['Location']}/slet").status_code == 302
    assert "Slettet" in drude.get("/arbejdsplads/kassation").content.decode()
    assert at_desk(caseworker("Yrsa Ydelse")).get("/arbejdsplads/kassation").status_code == 404


@pytest.mark.parametrize("number", ["2026-999999-9", "x", "\x00"])
def test_a_case_nobody_finds_is_said_beside_its_field_and_nothing_is_lost(browser, case, number):
    facts = {"law": "party", "number": number, "about": "case", "who": "citizen", "asked_for": "Alt om støj"}
    answer = browser.post("/arbejdsplads/aktindsigt/ny", facts)
    assert answer.status_code == 422
    assert "Alt om støj" in answer.content.decode()


@pytest.mark.parametrize("number", ["%00", "x", "%C2%B2"])
def test_an_odd_number_in_the_address_is_no_request(browser, case, number):
    assert browser.get(f"/arbejdsplads/aktindsigt/{number}").status_code in {400, 404}


def test_an_odd_version_approves_nothing(case):
    drude = at_desk(make_employee("Drude Drift", roles=["operator"]))
    made = drude.post("/arbejdsplads/kassation", {"cut_off": "2026-01-01"})
    assert drude.post(f"{made['Location']}/godkend", {"version": "²"}).status_code == 404
