"""What a page costs does not follow how much was said, nor how long the citizen's timeline is."""

from contextlib import ExitStack

import pytest
from django.db import connections
from django.test import Client
from django.test.utils import CaptureQueriesContext

from indgang.core.catalogue.testing import make_task
from indgang.core.citizens.testing import make_person
from indgang.core.contacts import services as contacts
from indgang.core.contacts.testing import make_contact
from indgang.core.contacts.values import NewMessage
from indgang.core.organisation.testing import make_employee, make_group, viewer_of
from indgang.core.routing.testing import item_of, make_available
from indgang.foundation.access.values import system
from indgang.foundation.runtime import clock

pytestmark = pytest.mark.django_db
MOST = 21  # login and rights 4, own work 5, contact 4, citizen 3, tasks 5; less is better


def statements(client: Client, address: str) -> int:
    """How many statements a page takes, those of the access log among them; the clock is read once a second."""
    with ExitStack() as stack:
        seen = [stack.enter_context(CaptureQueriesContext(connections[alias])) for alias in connections]
        assert client.get(address).status_code == 200
    return sum("runtime_clockoffset" not in query["sql"] for one in seen for query in one.captured_queries)


def fewest(client: Client, address: str) -> int:
    """Without what a process reads once in a while only."""
    return min(statements(client, address) for _ in range(3))


@pytest.fixture
def agnes():
    make_group("general")
    for code in ("T-076", "T-080", "T-081"):
        make_task(code, title=f"Opgave {code}", group="moving")
    return make_employee("Agnes Agent", groups={"moving": (3, 1)})


def test_a_longer_talk_and_timeline_take_no_more_statements(agnes):
    person = make_person().id
    make_contact(tasks=["T-080"], person=person)
    contact = make_contact(tasks=["T-076"], person=person)
    make_available(agnes.pk, clock.now())
    client = Client()
    client.force_login(agnes.account)
    while item_of(contact.id).agent_id != agnes.pk:
        assert client.post("/arbejdsplads/naeste").status_code == 302
    address = f"/arbejdsplads/{item_of(contact.id).id}"
    viewer, at = viewer_of(agnes), clock.now()
    contacts.reply(contact_id=contact.id, body="Hvornår flytter du?", viewer=viewer, at=at)
    make_contact("Noget andet", tasks=["T-081"], person=person)
    before = fewest(client, address)
    for _ in range(4):
        contacts.receive_message(
            contact_id=contact.id, message=NewMessage("På lørdag.", "mail"), viewer=system("test"), at=at
        )
        contacts.reply(contact_id=contact.id, body="Tak.", viewer=viewer, at=at)
        make_contact("Og en ting til", tasks=["T-081", "T-080"], person=person)
    after = fewest(client, address)
    assert after == before
    assert before <= MOST, "the page of a contact has grown"
