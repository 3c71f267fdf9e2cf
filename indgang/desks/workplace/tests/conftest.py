"""A contact about moving in Agnes's hands, for every test of the desk that begins there."""

import pytest
from django.test import Client

from indgang.core.catalogue.testing import make_task
from indgang.core.contacts.testing import make_contact
from indgang.core.organisation.testing import make_employee, make_group
from indgang.core.routing.testing import item_of, make_available
from indgang.foundation.runtime import clock


@pytest.fixture
def agnes():
    make_group("general")
    make_group("tax")
    make_task("T-076", title="Meld flytning", group="moving")
    make_task("T-080", title="Ind- og udrejse", group="moving")
    return make_employee("Agnes Agent", groups={"moving": (3, 2)})


@pytest.fixture
def taken(agnes):
    """Her browser, the contact, the item's address."""
    contact = make_contact("Jeg flytter til Valby", tasks=["T-076"], mail="karla@borger.example")
    make_available(agnes.pk, clock.now())
    client = Client()
    client.force_login(agnes.account)
    assert client.post("/arbejdsplads/naeste").status_code == 302
    return client, contact, f"/arbejdsplads/{item_of(contact.id).id}"
