"""Every refusal says what is wrong, in the reader's language and form, and loses nothing."""

import pytest
from django.test import Client

from indgang.foundation.web.uploads import LONGEST_REQUEST

pytestmark = [pytest.mark.django_db, pytest.mark.urls("indgang.foundation.web.tests.routes")]


@pytest.fixture
def guest() -> Client:
    return Client(raise_request_exception=False)


def test_a_refusal_of_the_service_is_a_page_with_its_sentence_and_code(guest):
    response = guest.post("/fejl/gammel", {"svar": "Kære borger, det er i orden."})
    page = response.content.decode()
    assert response.status_code == 409
    assert "Nogen har ændret sagen imens." in page
    assert "X9" in page


def test_what_was_typed_is_given_back_with_a_refusal(guest):
    page = guest.post(
        "/fejl/gammel?fra=liste", {"svar": "Kære borger, <b>det</b> er i orden.", "version": "3"}
    ).content.decode()
    assert 'action="/fejl/gammel?fra=liste"' in page
    assert "Kære borger, &lt;b&gt;det&lt;/b&gt; er i orden.</textarea>" in page
    assert '<input type="hidden" name="version" value="3">' in page


def test_another_sites_form_is_not_given_back(guest):
    page = guest.post("/fejl/gammel", {"svar": "Send alle pengene."}, HTTP_SEC_FETCH_SITE="cross-site").content.decode()
    assert "Send alle pengene" not in page


def test_htmx_gets_a_fragment_for_the_message_place(guest):
    response = guest.post("/fejl/gammel", HTTP_HX_REQUEST="true")
    assert response.status_code == 409
    assert response["HX-Retarget"] == "#meddelelse"
    assert "<html" not in response.content.decode()


def test_programs_get_problem_json_in_their_language(guest):
    response = guest.get("/api/v1/stale", HTTP_ACCEPT_LANGUAGE="en")
    body = response.json()
    assert response["Content-Type"] == "application/problem+json"
    assert (body["status"], body["code"], body["title"]) == (409, "X9", "It could not be done")
    assert body["errors"] == [{"field": "version", "message": "Nogen har ændret sagen imens."}]


def test_without_a_database_the_page_says_try_again_and_keeps_the_text(guest):
    response = guest.post(
        "/fejl/database", {"tekst": "Min bil er væk, og jeg er bange.", "adgangskode": "hemmelig nøgle"}
    )
    page = response.content.decode()
    assert response.status_code == 503
    assert response["Retry-After"] == "5"
    assert "Min bil er væk, og jeg er bange." in page
    assert "hemmelig nøgle" not in page
    assert 'type="password"' in page


def test_files_that_were_not_received_are_named(guest):
    from django.core.files.uploadedfile import SimpleUploadedFile

    page = guest.post(
        "/fejl/database", {"tekst": "a b", "bilag": SimpleUploadedFile("lejekontrakt.pdf", b"hemmelig tekst")}
    ).content.decode()
    assert "lejekontrakt.pdf" in page
    assert "hemmelig tekst" not in page


def test_our_own_fault_gets_a_code_to_say_and_shows_nothing_of_the_inside(guest):
    for address in ("/fejl/vores", "/api/v1/broken"):
        response = guest.get(address)
        text = response.content.decode()
        assert response.status_code == 500
        assert "KeyError" not in text and "secret" not in text and "Traceback" not in text


def test_missing_and_forbidden_pages_look_alike(guest):
    missing, forbidden = guest.get("/findes-ikke"), guest.get("/fejl/adgang")
    assert missing.status_code == forbidden.status_code == 404
    assert "Vi kan ikke finde siden" in missing.content.decode()


def test_the_wrong_method_says_which_is_right(guest):
    response = guest.get("/fejl/kun-post")
    assert (response.status_code, response["Allow"]) == (405, "POST")
    assert guest.delete("/api/v1/wishes").headers["Content-Type"] == "application/problem+json"


def test_a_form_without_its_token_is_refused_in_danish():
    response = Client(enforce_csrf_checks=True).post("/sprog", {"language": "en"})
    assert response.status_code == 403
    assert "W403" in response.content.decode()


def test_too_much_at_once_says_how_long_to_wait(guest):
    answers = [guest.get("/fejl/graense") for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert 1 <= int(answers[2]["Retry-After"]) <= 60


def test_too_large_is_said(guest, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100
    response = guest.post("/api/v1/wishes", "x" * 500, content_type="application/json")
    assert (response.status_code, response.json()["code"]) == (413, "W413")


def test_nul_characters_are_refused_at_the_door(guest):
    assert guest.get("/fejl/graense?q=a%00b").status_code == 400
    assert guest.get("/findes%00ikke").status_code == 400


def test_a_full_disk_is_said_in_words_and_keeps_the_text(guest):
    response = guest.post("/fejl/disk", {"tekst": "Min bil er væk, og jeg er bange."})
    page = response.content.decode()
    assert response.status_code == 507
    assert "ikke plads" in page and "Min bil er væk, og jeg er bange." in page


def test_a_request_longer_than_we_read_is_refused_before_it_is_written_to_the_disk(guest):
    for length in (str(LONGEST_REQUEST + 1), "9" * 5000):
        response = guest.post("/fejl/gammel", {"svar": "x"}, CONTENT_LENGTH=length)
        assert response.status_code == 413 and "fylder for meget" in response.content.decode()
