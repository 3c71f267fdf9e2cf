"""Who decides what: a decision above the own level is refused, and the way to who may make it is at hand."""

import pytest
from django.test import Client

from indgang.core.catalogue.testing import make_task
from indgang.core.contacts.testing import contact_row, make_contact
from indgang.core.organisation.testing import make_employee, make_group
from indgang.core.routing.testing import item_of, item_row, make_available
from indgang.foundation.access import services as access
from indgang.foundation.access.values import system
from indgang.foundation.runtime import clock

pytestmark = pytest.mark.django_db
SETUP = system("test")
DECIDED = "decided:2"


@pytest.fixture(autouse=True)
def moving():
    """A decision of another administration than the contact centre's."""
    make_group("general")
    make_task("T-076", title="Meld flytning", group="moving", administration="KSR", level=2, decision=True)


def holding(employee):
    """The employee has a contact about moving in hand: browser, contact, the item's address."""
    contact = make_contact("Jeg flytter", tasks=["T-076"])
    make_available(employee.pk, clock.now())
    client = Client()
    client.force_login(employee.account)
    client.post("/arbejdsplads/naeste")
    return client, contact, f"/arbejdsplads/{item_of(contact.id).id}"


def ends(client, contact, address, result, **headers):
    form = {"result-T-076": result, "outcome": "", "note": "Alt er oplyst", "version": contact_row(contact.id).version}
    return client.post(f"{address}/afslut", form, headers=headers)


@pytest.mark.req("law.levels")
@pytest.mark.parametrize("level", [2, 3])
@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}])
def test_a_decision_above_the_own_level_is_refused_with_why_and_a_way_to_hand_it_on(level, headers):
    client, contact, address = holding(make_employee(groups={"moving": (3, 1)}))
    assert f"decided:{level}" not in client.get(f"{address}/afslut").content.decode()
    answer = ends(client, contact, address, f"decided:{level}", **headers)
    page = answer.content.decode()
    assert answer.status_code == 403
    assert f"på niveau {level}" in page and f'href="{address}/overdrag"' in page and "Giv videre" in page
    assert ("Alt er oplyst" in page) is not bool(headers)  # in the dialog it stands there still
    assert item_row(item_of(contact.id).id).state == "active"
    assert client.get(f"{address}/overdrag").status_code == 200
    assert ends(client, contact, address, "informed:1").status_code == 302


@pytest.mark.req("kc.inquiry.noauth")
def test_an_agent_guides_at_once_and_decides_only_with_right_competence_and_dispensation():
    new = make_employee("Nora Ny", groups={"moving": (3, 1)}, authorised=False)
    client, contact, address = holding(new)
    assert "informed:1" in client.get(f"{address}/afslut").content.decode()
    assert ends(client, contact, address, DECIDED).status_code == 403
    assert ends(client, contact, address, "informed:1").status_code == 302
    half = make_employee("Hans Halv", groups={"moving": (3, 1)})
    access.grant(account=half.account_id, group="moving", level=2, valid_from=clock.today(), valid_to=None,
                 viewer=SETUP, at=clock.now())  # fmt: skip
    client, contact, address = holding(half)
    assert ends(client, contact, address, DECIDED).status_code == 403  # a right without the competence
    whole = make_employee("Hanne Hel", groups={"moving": (3, 2)})
    access.set_switch(code="dispensation", on=False, viewer=SETUP, at=clock.now())
    client, contact, address = holding(whole)
    assert ends(client, contact, address, DECIDED).status_code == 403  # the task is another administration's
    access.set_switch(code="dispensation", on=True, viewer=SETUP, at=clock.now())
    assert ends(client, contact, address, DECIDED).status_code == 302
