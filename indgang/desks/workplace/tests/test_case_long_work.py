"""Work that takes its time, or is done case by case, holds no transaction meanwhile, also where its form is kept from a
second click: what one transaction takes back must not have lost its files already."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError, connection

from indgang.core.cases import selectors, services
from indgang.core.cases.testing import access_items, make_case
from indgang.core.catalogue.testing import make_task
from indgang.core.citizens.testing import make_person
from indgang.core.organisation.testing import make_employee, viewer_of
from indgang.desks.workplace.tests.case_people import at_desk, bring_letters, caseworker, own_case
from indgang.desks.workplace.tests.forms_read import form_to
from indgang.foundation.access.values import system
from indgang.foundation.letters import services as letters
from indgang.foundation.letters.testing import make_letter
from indgang.foundation.letters.values import Paragraph
from indgang.foundation.runtime import clock

pytestmark = pytest.mark.django_db(transaction=True)
LEADER = system("test")


@pytest.fixture
def ylva():
    return caseworker()


@pytest.fixture
def document(ylva):
    """A paper on a case, and the address of the case."""
    make_task("T-098", title="Aktindsigt", title_en="Access to documents", group="general", administration="MFF")
    bring_letters()
    case, address = own_case(ylva, person=make_person("Karla Kunstig").id)
    row = services.add_document(
        case_id=case.id, title="Klage fra naboen", kind="in", name="klage.pdf", content=_pdf(),
        claimed_type="application/pdf", viewer=viewer_of(ylva), at=clock.now(),
    )  # fmt: skip
    return row, case, address


def _pdf() -> bytes:
    return letters.typeset(make_letter(Paragraph("Bodil Baggaard har klaget over støj."), title="Klage fra naboen"))


def held(client, page, action, **words) -> list[bool]:
    """Whether a transaction was open at each question about cases, while a form of that page did its work."""
    seen = []

    def look(execute, sql, params, many, context):
        if 'FROM "cases_' in sql:
            seen.append(connection.in_atomic_block)
        return execute(sql, params, many, context)

    sent = form_to(client.get(page), action).sent(**words)
    assert "once" in sent, "the form has no key"
    with connection.execute_wrapper(look):
        answer = client.post(action, sent)
    assert answer.status_code == 302, answer.content.decode()[-900:]
    return seen


def test_no_transaction_is_held_while_papers_are_searched_and_covered(ylva, document):
    client, (_, case, _) = at_desk(ylva), document
    facts = {"law": "party", "number": case.number, "about": "case", "who": "citizen", "asked_for": "Min sag"}
    asked = client.post("/arbejdsplads/aktindsigt/ny", facts)["Location"]
    assert False in held(client, asked, f"{asked}/forslag")
    item = next(item for item in access_items(asked.rpartition("/")[2]) if item.title == "Klage fra naboen")
    page = f"{asked}/emne/{item.pk}"
    assert False in held(client, page, f"{page}/daek", ground="Forvaltningsloven § 15 b", words="Baggaard")


def test_no_transaction_is_held_while_a_newer_file_is_taken_in(ylva, document):
    row, _, address = document
    page = f"{address}/dokumenter/{row.id}"
    action = f"{address}/dokumenter/{row.id}/udgave"
    file = SimpleUploadedFile("ny.pdf", _pdf(), content_type="application/pdf")
    assert False in held(at_desk(ylva), page, action, files=file)


def test_deleting_that_breaks_off_keeps_what_it_did_and_goes_on_where_it_was(ylva):
    """Files go last: were the cases' rows put back by then, their papers would be gone."""
    drude = make_employee("Drude Drift", roles=["operator"])
    sigurd = make_employee("Sigurd Sikker", roles=["security_leader"])
    then = clock.now() - timedelta(days=8 * 365)
    case = make_case(at=then)
    services.close_case(case_id=case.id, ground="Trukket tilbage", viewer=LEADER, at=then)
    services.mark_archived(numbers=[case.number], viewer=viewer_of(drude), at=clock.now())
    run = services.report_discard(cut_off=date(2026, 1, 1), viewer=viewer_of(drude), at=clock.now())
    services.approve_discard(run_id=run.id, viewer=viewer_of(sigurd), at=clock.now(), version=run.version)
    page = f"/arbejdsplads/kassation/{run.id}"
    client = at_desk(sigurd)
    sent = form_to(client.get(page), f"{page}/slet").sent()

    def cut(execute, sql, params, many, context):
        if sql.startswith('UPDATE "cases_discardrun"'):
            raise OperationalError("the line is cut")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(cut):
        assert client.post(f"{page}/slet", sent).status_code == 503
    kept = selectors.discard_report(viewer_of(sigurd), run.id)
    assert (kept.state, kept.deleted) == ("approved", 1)
    assert client.post(f"{page}/slet", sent).status_code == 302
    assert selectors.discard_report(viewer_of(sigurd), run.id).state == "done"
