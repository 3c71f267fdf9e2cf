"""A citizen writes what they need and gets an answer, a receipt or a call; nothing typed is lost."""

import re
from datetime import UTC, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from indgang.core.catalogue.testing import make_answer, make_question, make_task
from indgang.core.contacts.testing import contact_row
from indgang.entrances.webform import services
from indgang.entrances.webform.models import InquiryDraft
from indgang.foundation.journal import selectors as journal
from indgang.foundation.runtime import clock

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)


@pytest.fixture
def moving():
    make_task("T-076", title="Meld flytning", words=["flytte", "flytter", "flytning", "ny adresse"])
    make_answer("T-076", "link", body="Meld flytning på nettet.")


@pytest.fixture
def citizen() -> Client:
    return Client()


def write(citizen: Client, text: str) -> str:
    """Page one sent; the token of the form."""
    answer = citizen.post("/kontakt", {"tekst": text})
    assert answer.status_code == 302, answer.content
    return re.match(r"/kontakt/([^/]+)/emne", answer.url).group(1)


def fill_in(citizen: Client, token: str, page: str, **facts: object) -> str:
    """A page sent; the address it leads to."""
    answer = citizen.post(f"/kontakt/{token}/{page}", facts)
    assert answer.status_code == 302, answer.content.decode()
    return answer.url


def draft(token: str) -> InquiryDraft:
    return services.open_draft(token, at=clock.now())


@pytest.mark.req("wf.autoreply")
def test_who_moves_gets_the_answer_and_the_mail_at_once(citizen, moving):
    token = write(citizen, "jeg flytter til Valby på lørdag")
    assert "Meld flytning" in citizen.get(f"/kontakt/{token}/emne").content.decode()
    assert fill_in(citizen, token, "emne", task="T-076").endswith("/svar")
    assert "Meld flytning på nettet." in citizen.get(f"/kontakt/{token}/svar").content.decode()
    fill_in(citizen, token, "svar", way="answer")
    fill_in(citizen, token, "kontaktoplysninger", way="answer", mail="bo@borger.example")
    assert fill_in(citizen, token, "se-igennem").endswith("/kvittering")
    assert "Svaret er på vej" in citizen.get(f"/kontakt/{token}/kvittering").content.decode()
    verbs = [line.verb for line in journal.events_of_contact(draft(token).contact)]
    assert "contact.received" in verbs
    assert "contact.closed" in verbs
    (parcel,) = journal.outbox()
    assert parcel.transport == "mail"


@pytest.mark.req("wf.daycare")
def test_who_has_a_wrong_day_care_place_chooses_a_call_back(citizen):
    make_task("T-029", title="Plads i dagtilbud", words=["vuggestue", "plads", "forkert plads"])
    make_answer("T-029", "ring", subject="Tal med Pladsanvisningen", link="", closes=False, offers_call_back=True)
    token = write(citizen, "vi har fået en forkert plads i vuggestuen")
    fill_in(citizen, token, "emne", task="T-029")
    page = citizen.get(f"/kontakt/{token}/svar").content.decode()
    assert "Bliv ringet op" in page
    fill_in(citizen, token, "svar", way="call_back")
    fill_in(citizen, token, "kontaktoplysninger", way="call_back", phone="00 00 12 34", call_when="efter kl. 15")
    fill_in(citizen, token, "se-igennem")
    (line,) = [x for x in journal.events_of_contact(draft(token).contact) if x.verb == "contact.received"]
    assert line.data["tasks"] == ["T-029"]
    contact = contact_row(draft(token).contact)
    assert (contact.call_back, contact.call_back_when, contact.inquirer_phone) == (True, "efter kl. 15", "00001234")


def test_a_message_without_a_fitting_task_reaches_an_employee(citizen, moving):
    token = write(citizen, "det er vedrørende min sag")
    fill_in(citizen, token, "emne", task="")
    fill_in(citizen, token, "kontaktoplysninger", way="message", mail="bo@borger.example", name="Bo Borger")
    fill_in(citizen, token, "se-igennem")
    assert draft(token).reference


def test_sending_twice_is_one_contact(citizen, moving):
    token = write(citizen, "jeg flytter")
    fill_in(citizen, token, "emne", task="")
    fill_in(citizen, token, "kontaktoplysninger", way="message", mail="bo@borger.example")
    fill_in(citizen, token, "se-igennem")
    first = draft(token).contact
    fill_in(citizen, token, "se-igennem")
    assert draft(token).contact == first
    assert len(journal.outbox()) == 1


def test_a_wrong_field_keeps_what_was_typed_and_the_file(citizen, moving):
    token = write(citizen, "jeg flytter")
    fill_in(citizen, token, "emne", task="")
    file = SimpleUploadedFile("brev.txt", b"hej", content_type="text/plain")
    answer = citizen.post(f"/kontakt/{token}/kontaktoplysninger", {"way": "message", "mail": "bo@", "files": file})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Skriv en mailadresse" in page
    assert 'value="bo@"' in page
    assert "brev.txt" in page


def test_too_large_files_are_refused_with_a_sentence(citizen, moving, settings):
    token = write(citizen, "jeg flytter")
    fill_in(citizen, token, "emne", task="")
    large = SimpleUploadedFile("stor.bin", b"x" * (26 * 1024 * 1024))
    answer = citizen.post(f"/kontakt/{token}/kontaktoplysninger", {"way": "message", "files": large})
    assert answer.status_code == 413
    assert "25 MB" in answer.content.decode()


@pytest.mark.parametrize("text", ["", "   ", "\x00", "x" * 20_001])
def test_empty_or_unreadable_words_are_asked_for_again(citizen, text):
    assert citizen.post("/kontakt", {"tekst": text}).status_code == 422


def test_a_robot_that_fills_every_field_gets_no_further(citizen):
    answer = citizen.post("/kontakt", {"tekst": "køb billige ure", "hjemmeside": "http://spam.example"})
    assert answer.status_code == 422
    assert "køb billige ure" in answer.content.decode()
    assert InquiryDraft.objects.count() == 0


@pytest.mark.parametrize("page", ["emne", "spoergsmaal", "svar", "kontaktoplysninger", "se-igennem", "kvittering"])
def test_an_unknown_form_is_not_found(citizen, page):
    assert citizen.get(f"/kontakt/ukendt/{page}").status_code == 404


@pytest.mark.parametrize("page", ["spoergsmaal", "svar", "kontaktoplysninger", "se-igennem", "kvittering"])
def test_a_page_too_early_leads_to_the_first_that_is_missing(citizen, moving, page):
    token = write(citizen, "jeg flytter")
    assert citizen.get(f"/kontakt/{token}/{page}").url.endswith("/emne")


def test_an_answer_can_lead_to_another_task(citizen, moving):
    make_task("T-080", title="Ind- og udrejse", words=["udlandet"])
    make_task("T-083", title="Tom bolig", words=["tom bolig"])
    options = [{"code": "ud", "text": "Til udlandet", "task": "T-080"}, {"code": "dk", "text": "I Danmark"}]
    make_question("T-083", "hvor", text="Hvor flytter du hen?", options=options)
    token = write(citizen, "jeg flytter")
    assert fill_in(citizen, token, "emne", task="T-083").endswith("/spoergsmaal")
    assert citizen.post(f"/kontakt/{token}/spoergsmaal", {"hvor": "andet"}).status_code == 422
    fill_in(citizen, token, "spoergsmaal", hvor="ud")
    assert draft(token).task == "T-080"


def test_forms_that_were_not_sent_are_forgotten(citizen, moving):
    write(citizen, "jeg flytter")
    InquiryDraft.objects.update(started_at=datetime(2020, 1, 1, tzinfo=UTC))
    assert services.forget_old(clock.now()) == 1


@pytest.mark.parametrize("place", ["²", "9" * 5000, "-1", "x", ""])
def test_a_file_that_is_not_there_cannot_be_taken_out(citizen, moving, place):
    token = write(citizen, "jeg flytter på lørdag")
    assert fill_in(citizen, token, "kontaktoplysninger", remove=place).endswith("/kontaktoplysninger")
