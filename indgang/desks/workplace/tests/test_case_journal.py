"""What is written and put on a case: notes that come back after a crash, documents, who else is here."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from indgang.core.cases import selectors
from indgang.core.cases.testing import entries_of
from indgang.core.organisation.testing import viewer_of
from indgang.desks.workplace.tests.case_people import HX, at_desk, caseworker, own_case
from indgang.foundation.letters.services import typeset
from indgang.foundation.letters.testing import make_letter
from indgang.foundation.letters.values import Paragraph
from indgang.foundation.runtime import clock

pytestmark = pytest.mark.django_db
NOTE = {"theme": "Indkomst", "body": "Borgeren oplyser ny indkomst fra 1. maj.", "oral_facts": "on"}


@pytest.fixture
def ylva():
    return caseworker()


def text_of(answer) -> str:
    return answer.content.decode()


def a_pdf() -> SimpleUploadedFile:
    return SimpleUploadedFile(
        "lejekontrakt.pdf", typeset(make_letter(Paragraph("Huslejen er 5.200 kr. om måneden."))), "application/pdf"
    )


def documents_of(employee, case):
    return selectors.documents_of(viewer_of(employee), case.id, clock.now())


def test_a_note_of_what_was_said_stands_in_the_journal(ylva):
    case, address = own_case(ylva)
    client = at_desk(ylva)
    assert client.post(f"{address}/notat", NOTE, headers=HX)["HX-Redirect"] == address
    page = text_of(client.get(address))
    assert "Borgeren oplyser ny indkomst" in page and "mundtlige oplysninger" in page
    assert entries_of(case.id)[-1].oral_facts


@pytest.mark.parametrize(
    ("missing", "said"), [("theme", "hvad notatet handler om"), ("body", "Skriv notatet, før du gemmer")]
)
def test_a_note_that_lacks_something_says_what(ylva, missing, said):
    case, address = own_case(ylva)
    refused = at_desk(ylva).post(f"{address}/notat", {**NOTE, missing: ""}, headers=HX)
    assert refused.status_code == 422 and said in text_of(refused)
    assert entries_of(case.id) == []


def test_an_internal_note_needs_its_ground(ylva):
    case, address = own_case(ylva)
    client = at_desk(ylva)
    assert client.post(f"{address}/notat", {**NOTE, "internal": "on"}, headers=HX).status_code == 422
    client.post(f"{address}/notat", {**NOTE, "internal": "on", "internal_ground": "Overvejelser før afgørelsen"})
    assert "Overvejelser før afgørelsen" in text_of(client.get(address))
    assert entries_of(case.id)[-1].internal


def test_its_author_puts_a_note_right_the_same_day(ylva):
    case, address = own_case(ylva)
    client = at_desk(ylva)
    client.post(f"{address}/notat", NOTE)
    entry = entries_of(case.id)[-1]
    assert NOTE["body"] in text_of(client.get(f"{address}/notat/{entry.id}", headers=HX))
    client.post(f"{address}/notat/{entry.id}", {**NOTE, "body": "Fra 1. juni.", "version": entry.version})
    page = text_of(client.get(address))
    assert "Fra 1. juni." in page and "rettet" in page
    bodil = at_desk(caseworker("Bodil Bolig"))
    assert bodil.get(f"{address}/notat/{entry.id}", headers=HX).status_code == 404


@pytest.mark.req("esdh.addresses")
def test_what_was_typed_is_there_again_after_a_crash_and_gone_when_it_is_saved(ylva):
    _case, address = own_case(ylva)
    client = at_desk(ylva)
    assert "gemt" in text_of(client.post(f"{address}/kladde", {"field": "note.body", "body": "Halvt skrevet"}))
    page = text_of(at_desk(ylva).get(address))
    assert "Halvt skrevet" in page and 'id="note-felt" open' in page
    client.post(f"{address}/notat", NOTE)
    assert "Halvt skrevet" not in text_of(client.get(address))


@pytest.mark.req("esdh.addresses")
def test_others_see_who_is_here_and_who_writes(ylva):
    _case, address = own_case(ylva)
    bodil = at_desk(caseworker("Bodil Bolig"))
    assert bodil.post(f"{address}/her").status_code == 200
    assert "Bodil Bolig ser også på sagen" in text_of(at_desk(ylva).post(f"{address}/her"))
    bodil.post(f"{address}/kladde", {"field": "note.body", "body": "Jeg"})
    assert "Bodil Bolig skriver her" in text_of(at_desk(ylva).post(f"{address}/her"))


def test_the_journal_is_searched_filtered_and_read_page_by_page(ylva):
    _case, address = own_case(ylva)
    client = at_desk(ylva)
    for number in range(45):
        client.post(f"{address}/notat", {**NOTE, "theme": f"Notat nr. {number}", "body": "Lejekontrakten mangler"})
    first = text_of(client.get(address))
    assert "Notat nr. 44" in first and "Notat nr. 3<" not in first
    older = first.split('class="journal-more"')[1].split('hx-get="')[1].split('"')[0].replace("&amp;", "&")
    assert "Notat nr. 3<" in text_of(client.get(older, headers=HX))
    assert "Notat nr. 7<" in text_of(client.get(f"{address}/journal?q=7", headers=HX))
    assert "Intet i sagen passer på det" in text_of(client.get(f"{address}/journal?q=qqxzy", headers=HX))
    assert "Intet i sagen passer på det" in text_of(client.get(f"{address}/journal?vis=dokumenter", headers=HX))


def test_a_file_is_put_on_the_case_shown_page_by_page_and_downloaded(ylva):
    case, address = own_case(ylva)
    client = at_desk(ylva)
    facts = {"files": a_pdf(), "kind": "in", "title": "Lejekontrakt"}
    assert client.post(f"{address}/dokumenter", facts, headers=HX)["HX-Redirect"] == address
    assert "Lejekontrakt" in text_of(client.get(address))
    (row,) = documents_of(ylva, case)
    page = text_of(client.get(f"{address}/dokumenter/{row.id}"))
    assert "Side 1 af dokumentet" in page and "Ikke undersøgt for virus" in page
    image = page.split('<img src="')[1].split('"')[0].replace("&amp;", "&")
    assert client.get(image)["Content-Type"] == "image/png"
    file = client.get(f"/dokumenter/{row.id}/v/1")
    assert file["X-Content-Type-Options"] == "nosniff" and "attachment" in file["Content-Disposition"]


def test_without_a_file_nothing_is_put_on(ylva):
    case, address = own_case(ylva)
    refused = at_desk(ylva).post(f"{address}/dokumenter", {"kind": "in"}, headers=HX)
    assert refused.status_code == 422 and "Vælg mindst en fil" in text_of(refused)
    assert documents_of(ylva, case) == ()


def test_a_program_is_refused_and_several_files_have_their_own_names(ylva):
    case, address = own_case(ylva)
    client = at_desk(ylva)
    program = SimpleUploadedFile("tegning.exe", b"MZ\x90\x00" + b"x" * 400, "application/octet-stream")
    refused = client.post(f"{address}/dokumenter", {"files": program, "kind": "in"}, headers=HX)
    assert 400 <= refused.status_code < 500 and "tegning.exe" in text_of(refused)
    client.post(f"{address}/dokumenter", {"files": [a_pdf(), a_pdf()], "kind": "in", "title": "Ét navn"})
    assert [row.title for row in documents_of(ylva, case)] == ["lejekontrakt.pdf", "lejekontrakt.pdf"]


def test_a_newer_version_stands_beside_the_older_one(ylva):
    case, address = own_case(ylva)
    client = at_desk(ylva)
    client.post(f"{address}/dokumenter", {"files": a_pdf(), "kind": "in"})
    (row,) = documents_of(ylva, case)
    facts = {"files": a_pdf(), "note": "Underskrevet", "version": row.version}
    assert client.post(f"{address}/dokumenter/{row.id}/udgave", facts).status_code == 302
    page = text_of(client.get(f"{address}/dokumenter/{row.id}"))
    assert "Udgave 2" in page and "Udgave 1" in page and "Underskrevet" in page
    stale = client.post(f"{address}/dokumenter/{row.id}/udgave", {**facts, "files": a_pdf()}, headers=HX)
    assert stale.status_code == 409


def test_a_document_is_marked_internal_with_its_ground(ylva):
    case, address = own_case(ylva)
    client = at_desk(ylva)
    client.post(f"{address}/dokumenter", {"files": a_pdf(), "kind": "in"})
    (row,) = documents_of(ylva, case)
    facts = {"internal": "on", "internal_ground": "", "version": row.version}
    assert client.post(f"{address}/dokumenter/{row.id}/internt", facts, headers=HX).status_code == 422
    client.post(f"{address}/dokumenter/{row.id}/internt", {**facts, "internal_ground": "Arbejdspapir"})
    assert "Arbejdspapir" in text_of(client.get(f"{address}/dokumenter/{row.id}"))


def test_a_document_of_another_case_is_not_there(ylva):
    case, address = own_case(ylva)
    _other, there = own_case(ylva)
    client = at_desk(ylva)
    client.post(f"{address}/dokumenter", {"files": a_pdf(), "kind": "in"})
    (row,) = documents_of(ylva, case)
    assert client.get(f"{there}/dokumenter/{row.id}").status_code == 404
