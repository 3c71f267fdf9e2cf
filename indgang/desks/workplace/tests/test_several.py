"""Several contacts at once: seen before, then all of them or none; and lists that show only what opens."""

from datetime import timedelta

import pytest
from django.test import Client

from indgang.core.contacts.testing import contact_row, make_contact, messages_of
from indgang.core.organisation.testing import make_employee, make_hours, make_unit, viewer_of
from indgang.core.routing import selectors as routing
from indgang.core.routing.testing import item_of
from indgang.desks.workplace import moments
from indgang.foundation.runtime import clock

pytestmark = pytest.mark.django_db
HX = {"HX-Request": "true"}


@pytest.fixture
def both(taken):
    """Two contacts in Agnes's hands."""
    client, first, _address = taken
    second = make_contact("Også Valby", tasks=["T-076"])
    assert client.post("/arbejdsplads/naeste").url.endswith(str(item_of(second.id).id))
    return client, [first, second], [str(item_of(one.id).id) for one in (first, second)]


def test_several_are_given_on_with_one_note_after_a_preview(both):
    client, contacts, items = both
    preview = client.get("/arbejdsplads/mine/giv-flere", {"item": items}, headers=HX).content.decode()
    assert "2 henvendelser er valgt" in preview and "Også Valby" in preview
    facts = {"item": items, "to": "group:tax", "body": "Det er skat."}
    assert client.post("/arbejdsplads/mine/giv-flere", facts).url == "/arbejdsplads/mine?givet=2"
    assert all(item_of(one.id).group == "tax" for one in contacts)
    assert all(any("Det er skat." in m.body for m in messages_of(one.id)) for one in contacts)


def test_none_is_given_on_when_one_cannot_be(both):
    client, contacts, items = both
    strange = make_contact("En andens", tasks=["T-076"])
    facts = {"item": [*items, str(item_of(strange.id).id)], "to": "group:tax", "body": "Det er skat."}
    assert client.post("/arbejdsplads/mine/giv-flere", facts).status_code == 404
    assert not any(contact_row(one.id).handed_over for one in contacts)
    unit = make_unit("BOLIG", kind="office", name="Boliganvisningen")
    make_hours(unit, "mail", weekdays=[(clock.today().weekday() + 2) % 7])
    closed = {"item": items, "to": f"unit:{unit.pk}", "body": "Bolig."}
    assert client.post("/arbejdsplads/mine/giv-flere", closed, headers=HX).status_code == 409
    assert not any(contact_row(one.id).handed_over for one in contacts)


def test_several_are_put_off_until_one_moment(both):
    client, contacts, items = both
    assert "Udskyd alle 2" in client.get("/arbejdsplads/mine/udskyd-flere", {"item": items}).content.decode()
    assert client.post("/arbejdsplads/mine/udskyd-flere", {"item": items, "until": "tomorrow"}).status_code == 302
    assert {item_of(one.id).state for one in contacts} == {"parked"}


def test_a_preview_of_nothing_says_what_to_do(both):
    client, _contacts, _items = both
    assert "Ingen er valgt" in client.get("/arbejdsplads/mine/giv-flere").content.decode()


def test_nothing_comes_back_while_the_unit_is_closed(agnes):
    make_hours(agnes.unit, "phone", weekdays=[0])
    friday = clock.now() + timedelta(days=4 - clock.today().weekday())
    for one in moments.usual(viewer_of(agnes), friday):
        assert (clock.local(one.at).weekday(), clock.local(one.at).hour) == (0, 8)


def test_every_row_of_every_list_opens_for_who_sees_it_and_no_list_counts_more(both):
    client, _contacts, _items = both
    unit = make_unit("CENTER", kind="office", name="Center Nord")
    for number, tasks in enumerate((["T-076"], ["T-080"], [], ["T-076", "T-080"])):
        make_contact(f"Nummer {number}", tasks=tasks)
    make_employee("Torben Toldskat", unit=unit, groups={"tax": (5, 3)})
    for place, count in (("koe", None), ("mine", 2), ("henvendelser", None)):
        page = client.get(f"/arbejdsplads/{place}").content.decode()
        rows = rows_of(page)
        assert rows, place
        for address in rows:
            assert client.get(address, follow=True).status_code == 200, (place, address)
        if count is not None or place == "henvendelser":
            assert f"({count or len(rows)})" in page


@pytest.mark.parametrize("groups", [{"moving": (3, 1)}, {"tax": (5, 3)}, {"general": (1, 1)}, {}])
def test_whatever_one_may_do_the_lists_show_what_opens(both, groups):
    make_contact("Uden opgave", tasks=[])
    make_contact("Flytning", tasks=["T-080"])
    somebody = make_employee("Sanne Somebody", groups=groups)
    client = Client()
    client.force_login(somebody.account)
    for place in ("koe", "mine", "henvendelser"):
        for address in rows_of(client.get(f"/arbejdsplads/{place}").content.decode()):
            assert client.get(address, follow=True).status_code == 200, (place, address)
    assert len(routing.queue(viewer_of(somebody), 200)) == len(
        rows_of(client.get("/arbejdsplads/koe").content.decode())
    )


def rows_of(page: str) -> list[str]:
    """Where the rows of the table lead."""
    table = page.partition("<tbody>")[2].partition("</tbody>")[0]
    return [part.partition('"')[0] for part in table.split('<a href="')[1:]]
