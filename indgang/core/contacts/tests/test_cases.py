"""Contacts on cases: the journal, the files, the duty to note what was said, and the status page."""

from datetime import timedelta

import pytest
from django.urls import reverse

from indgang.core.cases import selectors as cases
from indgang.core.cases import services as case_services
from indgang.core.cases.errors import FactsNoteMissing
from indgang.core.cases.testing import case_row, entries_of, make_case, steps_of
from indgang.core.catalogue import selectors as catalogue
from indgang.core.citizens.testing import make_person
from indgang.core.contacts import services
from indgang.core.contacts.testing import contact_row, make_contact, make_opened
from indgang.core.contacts.values import NewMessage, Upload
from indgang.core.organisation.testing import make_employee, make_unit, viewer_of
from indgang.foundation.access.errors import NotFound
from indgang.foundation.access.values import Purpose, system
from indgang.foundation.runtime import clock

pytestmark = pytest.mark.django_db
TESTER = system("test")
LEASE = Upload("lejekontrakt.pdf", "application/pdf", b"%PDF-1.4 lejekontrakt")


@pytest.fixture
def clerk(db):
    centre = make_unit("valby", kind="centre")
    return make_employee("Fatima Forklar", unit=centre, roles=["clerk"], groups={"housing_benefit": (4, 2)})


@pytest.fixture
def office(db):
    return make_unit("familieydelser", kind="office", administration="FAF")


@pytest.fixture
def at():
    return clock.now()


def contact_of(person, **facts):
    """Somebody wrote about housing benefit."""
    if "T-022" not in catalogue.codes():
        make_case()
    return make_contact("Min husleje er steget", tasks=["T-022"], person=person, **facts)


@pytest.mark.req("esdh.all")
def test_a_contact_that_raises_a_case_stands_in_its_journal_with_its_files(at, office):
    person = make_person().id
    contact = contact_of(person, subject="Højere husleje", uploads=[LEASE], at=at - timedelta(hours=2))
    case = make_case(person=person, contact=contact.id, unit=office, at=at)
    (entry,) = [row for row in entries_of(case.id) if row.kind == "contact"]
    assert (entry.kind, entry.channel, entry.theme, entry.at, entry.contact) == (
        "contact", "mail", "Højere husleje", contact.received_at, contact.id,
    )  # fmt: skip
    documents = cases.documents_of(TESTER, case.id, at=at)
    assert [document.title for document in documents] == ["lejekontrakt.pdf"]


@pytest.mark.parametrize("channel", ["phone", "counter", "mail", "webform", "letter"])
def test_every_channel_is_journalised_with_employee_and_time(at, clerk, office, channel):
    viewer = viewer_of(clerk)
    case = make_case(unit=office, at=at)
    contact = make_opened(viewer, channel=channel, subject="Om lejen", person=case.person_id, at=at)
    case_services.link_contact(case_id=case.id, contact_id=contact.id, viewer=viewer, at=at)
    case_services.link_contact(case_id=case.id, contact_id=contact.id, viewer=viewer, at=at)
    (entry,) = entries_of(case.id)
    assert (entry.channel, entry.theme, entry.employee, entry.author) == (
        channel, "Om lejen", clerk.pk, f"employee:{clerk.pk}",
    )  # fmt: skip


def test_a_contact_one_may_not_read_is_linked_to_nothing(at, clerk, office):
    case = make_case(unit=office, at=at)
    other = make_contact("Noget helt andet", unit=None, at=at)
    with pytest.raises(NotFound):
        case_services.link_contact(case_id=case.id, contact_id=other.id, viewer=viewer_of(clerk), at=at)
    assert entries_of(case.id) == []


def test_a_case_is_not_opened_for_a_contact_one_may_not_read(at, clerk):
    make_case(at=at)
    other = make_contact("Noget helt andet", at=at)
    with pytest.raises(NotFound):
        make_case(contact=other.id, viewer=viewer_of(clerk), at=at)


def test_what_the_citizen_writes_later_is_on_the_case_and_asks_to_be_read(at, office):
    person = make_person().id
    contact = contact_of(person, at=at)
    case = make_case(person=person, contact=contact.id, unit=office, at=at)
    case_services.set_waiting(case_id=case.id, waiting="citizen", viewer=TESTER, at=at)
    for _ in range(2):
        services.receive_message(
            contact_id=contact.id, message=NewMessage("Her er den", "mail", subject="Kontrakt", uploads=(LEASE,)),
            viewer=TESTER, at=at + timedelta(minutes=5),
        )  # fmt: skip
    assert case_row(case.id).waiting == ""
    answers = [step for step in steps_of(case.id) if step.kind == "answer"]
    assert [step.subject_id for step in answers] == [contact.id]
    assert [entry.theme for entry in entries_of(case.id) if entry.kind == "contact"][-2:] == ["Kontrakt", "Kontrakt"]
    assert len(cases.documents_of(TESTER, case.id, at=at)) == 1  # the same file is one document


def test_a_message_so_late_that_it_is_a_new_contact_is_on_the_case_as_well(at, office):
    person = make_person().id
    contact = contact_of(person, at=at)
    case = make_case(person=person, contact=contact.id, unit=office, at=at)
    services.close(contact_id=contact.id, outcome="informed", tasks=(), viewer=TESTER, at=at)
    later = services.receive_message(
        contact_id=contact.id, message=NewMessage("Hvordan går det?", "mail"), viewer=TESTER, at=at + timedelta(days=60)
    )
    assert later.contact_id != contact.id
    assert later.contact_id in {entry.contact for entry in entries_of(case.id)}


def test_what_was_said_is_noted_before_the_contact_ends(at, clerk, office):
    """The duty to note (offentlighedsloven § 13) where a decision will come."""
    viewer = viewer_of(clerk)
    case = make_case(unit=office, at=at)
    contact = make_opened(viewer, channel="phone", tasks=["T-022"], person=case.person_id, at=at)
    case_services.link_contact(case_id=case.id, contact_id=contact.id, viewer=viewer, at=at)
    with pytest.raises(FactsNoteMissing) as refused:
        services.close(contact_id=contact.id, outcome="informed", tasks=(), viewer=viewer, at=at)
    assert case.number in str(refused.value)
    assert contact_row(contact.id).state != "closed"
    services.close(
        contact_id=contact.id, outcome="informed", tasks=(), note="Huslejen er 6.200 kr.", viewer=viewer, at=at
    )
    note = entries_of(case.id)[-1]
    assert (note.kind, note.body, note.oral_facts, note.channel) == ("note", "Huslejen er 6.200 kr.", True, "phone")


def test_a_note_written_on_the_case_is_enough(at, clerk, office):
    viewer = viewer_of(clerk)
    case = make_case(unit=office, at=at)
    contact = make_opened(viewer, channel="counter", tasks=["T-022"], person=case.person_id, at=at)
    case_services.link_contact(case_id=case.id, contact_id=contact.id, viewer=viewer, at=at)
    case_services.add_note(
        case_id=case.id, theme="Leje", body="Set", oral_facts=True, contact=contact.id, viewer=viewer, at=at
    )
    assert services.close(contact_id=contact.id, outcome="informed", tasks=(), viewer=viewer, at=at).state == "closed"


@pytest.mark.parametrize(("channel", "progress"), [("mail", "opened"), ("phone", "decided")])
def test_what_is_written_down_or_decided_already_needs_no_note(at, clerk, office, channel, progress):
    viewer = viewer_of(clerk)
    case = make_case(unit=office, progress=progress, at=at)
    contact = make_opened(viewer, channel=channel, tasks=["T-022"], person=case.person_id, at=at)
    case_services.link_contact(case_id=case.id, contact_id=contact.id, viewer=viewer, at=at)
    assert services.close(contact_id=contact.id, outcome="informed", tasks=(), viewer=viewer, at=at).state == "closed"


def test_a_contact_of_no_case_ends_without_a_note(at, clerk):
    make_case(at=at)
    viewer = viewer_of(clerk)
    contact = make_opened(viewer, channel="phone", tasks=["T-022"], at=at)
    assert services.close(contact_id=contact.id, outcome="informed", tasks=(), viewer=viewer, at=at).state == "closed"


def test_the_contact_in_hand_opens_the_case(at, clerk, office):
    """Who may see the case opens it for the contact they have with its citizen, and for nobody else's."""
    viewer = viewer_of(clerk)
    case, other = make_case(unit=office, at=at), make_case(unit=office, at=at)
    contact = make_opened(viewer, tasks=["T-022"], person=case.person_id, at=at)
    why = Purpose("contact", str(contact.id))
    assert cases.case(viewer, case.number, purpose=why, at=at).number == case.number
    with pytest.raises(NotFound):
        cases.case(viewer, other.number, purpose=why, at=at)


def test_the_status_page_says_how_far_the_case_is(client, at, office):
    person = make_person().id
    contact = contact_of(person, at=at)
    case = make_case(
        person=person, contact=contact.id, unit=office, deadline=at + timedelta(days=30), title="Fru Hemmelig", at=at
    )
    page = client.get(reverse("contacts:status", args=[contact_row(contact.id).secret])).content.decode()
    for said in ("Boligsikring", "Vi har oprettet", "Sagen venter på en sagsbehandler", "Familieydelser", case.number):
        assert said in page
    assert "Fru Hemmelig" not in page


@pytest.mark.parametrize(
    ("progress", "waiting", "said"),
    [
        ("opened", "citizen", "Vi venter på svar fra dig"),
        ("opened", "hearing", "Vi har sendt dig sagens oplysninger"),
        ("informed", "opinion", "udtalelse fra en fagperson"),
        ("informed", "authority", "en anden myndighed"),
        ("informed", "", "afgør sagen"),
        ("decided", "", "Du får den i et brev"),
        ("closed", "", "Sagen er afsluttet"),
    ],
)
def test_the_next_step_is_said_in_the_citizens_words(at, progress, waiting, said):
    person = make_person().id
    contact = contact_of(person, at=at)
    case = make_case(person=person, contact=contact.id, at=at)
    if waiting:
        case_services.set_waiting(case_id=case.id, waiting=waiting, viewer=TESTER, at=at)
    type(case).objects.filter(id=case.id).update(progress=progress)
    assert said in cases.progress_of_contact(contact.id)[0].next_step


def test_what_a_sensitive_case_is_about_is_not_told_to_who_has_the_link(at):
    person = make_person().id
    contact = contact_of(person, at=at)
    make_case(person=person, contact=contact.id, sensitivity="sensitive", at=at)
    assert [row.title for row in cases.progress_of_contact(contact.id)] == ["Din sag"]
