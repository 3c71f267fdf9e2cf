"""What stopped is seen and sent again; the health page tells what stands still since when."""

from datetime import timedelta

import pytest

from indgang.core.citizens.testing import make_person
from indgang.core.contacts.services import hand_over, set_person
from indgang.core.contacts.testing import make_contact
from indgang.core.organisation.testing import make_employee, viewer_of
from indgang.desks.administration import attention, health
from indgang.desks.administration.loose_ties import open_ties
from indgang.desks.administration.testing import at_desk
from indgang.foundation.access.values import system
from indgang.foundation.journal import selectors as journal
from indgang.foundation.journal.testing import make_parcel
from indgang.foundation.journal.values import OutboxState
from indgang.foundation.runtime import clock

pytestmark = pytest.mark.django_db
PAGE = "/administration/opmaerksomhed"


@pytest.fixture
def stopped():
    return make_parcel(state=OutboxState.ATTENTION, error="Adressen findes ikke", at=clock.now())


def test_a_parcel_that_stopped_is_seen_and_sent_again(stopped):
    drude = at_desk("operator")
    assert "Adressen findes ikke" in drude.get(PAGE).content.decode()
    drude.post(f"{PAGE}/{stopped}/igen")
    assert [row.id for row in journal.outbox(OutboxState.WAITING)] == [stopped]
    assert "Adressen findes ikke" not in drude.get("/administration").content.decode()


def test_a_parcel_that_shall_not_leave_is_withdrawn(stopped):
    drude = at_desk("operator")
    drude.post(f"{PAGE}/{stopped}/traek-tilbage")
    assert [row.id for row in journal.outbox(OutboxState.WITHDRAWN)] == [stopped]
    assert drude.post(f"{PAGE}/{stopped}/igen").status_code == 409


def test_all_that_stopped_are_sent_again_at_once(stopped):
    other = make_parcel(state=OutboxState.ATTENTION, error="Intet svar", at=clock.now())
    at_desk("operator").post(f"{PAGE}/igen", {"valgt": [stopped, other]})
    assert journal.attention_count() == 0


def test_the_health_page_remembers_since_when_something_stands_still(stopped):
    since = clock.now() - timedelta(hours=3)
    health.note(since)
    outbox = next(part for part in health.look(clock.now()) if part.code == "probe.journal")
    assert (outbox.state, outbox.since) == (health.MIND, since)
    assert health.note(clock.now()) == 0
    assert "se på" in at_desk("operator").get("/administration/drift").content.decode()


def test_a_citizen_chosen_without_a_match_is_seen_by_the_security_leader_and_settled():
    agnes = make_employee("Agnes Agent", groups={"general": (3, 1)})
    contact = make_contact("Hej", mail="en@helt-anden.example")
    person = make_person("Bente Borger")
    set_person(contact_id=contact.id, person_id=person.id, viewer=viewer_of(agnes), at=clock.now())
    sigrid = at_desk("security_leader", name="Sigrid Sikker")
    page = sigrid.get("/administration/opmaerksomhed").content.decode()
    assert "Borgere valgt uden match" in page and "Agnes Agent" in page and "Bente" not in page
    (tie,) = open_ties()
    assert at_desk("manager").post(f"/administration/opmaerksomhed/tilknytning/{tie.id}").status_code == 404
    sigrid.post(f"/administration/opmaerksomhed/tilknytning/{tie.id}")
    assert open_ties() == []


def test_a_broken_promise_leads_to_its_contact():
    agnes = viewer_of(make_employee("Agnes Agent", groups={"general": (3, 1)}))
    contact, at = make_contact("Hej"), clock.now()
    hand_over(
        contact_id=contact.id, note="Se lige", to_text="Skat", by_when=at + timedelta(hours=1), viewer=agnes, at=at
    )
    rows = attention._promises(system("test"), at + timedelta(hours=2))
    assert [row.link for row in rows] == [f"/arbejdsplads/henvendelser/{contact.id}"]
