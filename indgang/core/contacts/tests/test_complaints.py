"""Suggestions and complaints: taken in with a receipt, followed up by a time."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from indgang.core.contacts import errors, selectors, services
from indgang.core.contacts.testing import contact_row, events_of, make_contact, messages_of
from indgang.core.organisation.testing import make_employee, make_unit, viewer_of
from indgang.foundation.access.errors import NotFound
from indgang.foundation.access.values import PUBLIC, Viewer

AT = datetime(2026, 3, 3, 9, 0, tzinfo=UTC)
LATER = AT + timedelta(days=15)
pytestmark = pytest.mark.django_db


@pytest.fixture
def agnes() -> Viewer:
    return viewer_of(make_employee(groups={"general": (3, 1)}), AT)


@pytest.fixture
def roads():
    return make_unit("vejpark", name="Vej og Park", kind="office")


def take_in(contact, viewer: Viewer, unit, **facts):
    given = {"kind": "complaint", "about_unit": unit.pk, "text": "Hullet er der stadig", **facts}
    return services.take_in_complaint(contact_id=contact.id, viewer=viewer, at=AT, **given)


def test_the_citizen_gets_a_receipt_that_says_who_answers_and_when(agnes: Viewer, roads) -> None:
    contact = make_contact(at=AT)
    take_in(contact, agnes, roads, follow_up_by=LATER)
    (receipt,) = [message for message in messages_of(contact.id) if message.automatic]
    assert "Vej og Park" in receipt.body and "18. marts 2026" in receipt.body
    assert contact_row(contact.id).complaint == "complaint"


def test_the_unit_sees_it_on_its_list_until_it_has_answered(agnes: Viewer, roads) -> None:
    contact = make_contact(at=AT)
    made = take_in(contact, agnes, roads)
    vera = viewer_of(make_employee("Vera Vej", unit=roads), AT)
    (row,) = selectors.complaints(vera, at=AT).rows
    assert (row.unit_name, row.text, row.overdue) == ("Vej og Park", "Hullet er der stadig", False)
    assert selectors.contact(vera, contact.id, AT).complaint.id == made.id
    services.answer_complaint(complaint_id=made.id, note="Hullet er lukket", viewer=vera, at=AT)
    services.answer_complaint(complaint_id=made.id, note="igen", viewer=vera, at=AT)
    assert selectors.complaints(vera, at=AT).rows == ()
    assert [one.state for one in selectors.complaints(vera, "answered", at=AT).rows] == ["answered"]
    assert [e.verb for e in events_of(contact)].count("contact.complaint_answered") == 1


def test_others_do_not_see_it(agnes: Viewer, roads) -> None:
    made = take_in(make_contact(at=AT), agnes, roads)
    other = viewer_of(make_employee("Bo Anden", unit=make_unit("andet", kind="office")), AT)
    assert selectors.complaints(other, at=AT).rows == ()
    with pytest.raises(errors.ComplaintUnknown):
        services.answer_complaint(complaint_id=made.id, note="x", viewer=other, at=AT)
    with pytest.raises(errors.ComplaintUnknown):
        services.answer_complaint(complaint_id=uuid4(), note="x", viewer=other, at=AT)
    with pytest.raises(NotFound):
        selectors.complaints(PUBLIC, at=AT)


def test_one_nobody_answers_in_time_comes_back_once_to_who_took_it_in(agnes: Viewer, roads) -> None:
    contact = make_contact(at=AT)
    take_in(contact, agnes, roads)
    services.close(contact_id=contact.id, outcome="suggestion", tasks=(), viewer=agnes, at=AT)
    assert services.keep_promises(LATER) == 1
    event = events_of(contact)[-1]
    assert (event.verb, event.data["kind"]) == ("contact.promise_broken", "complaint")
    assert contact_row(contact.id).state == "open"
    assert services.keep_promises(LATER) == 0
    assert selectors.complaints(agnes, at=LATER).rows[0].overdue


def test_many_are_paged_the_next_due_first(agnes: Viewer, roads) -> None:
    contact = make_contact(mail="", at=AT)
    for day in range(55, 0, -1):
        take_in(contact, agnes, roads, follow_up_by=AT + timedelta(days=day))
    first = selectors.complaints(agnes, at=AT)
    second = selectors.complaints(agnes, cursor=first.cursor, at=AT)
    due = [row.follow_up_by for row in (*first.rows, *second.rows)]
    assert (len(first.rows), len(second.rows), second.cursor) == (50, 5, "")
    assert due == sorted(due)
    with pytest.raises(errors.WrongCursor):
        selectors.complaints(agnes, cursor="x", at=AT)


@pytest.mark.parametrize(
    ("facts", "refusal"),
    [
        ({"kind": "ros"}, errors.UnknownKind),
        ({"text": " "}, errors.EmptyMessage),
        ({"about_unit": 999_999}, errors.UnknownUnit),
        ({"follow_up_by": AT}, errors.PastMoment),
    ],
)
def test_what_cannot_be_followed_up_is_refused(agnes: Viewer, roads, facts: dict, refusal: type) -> None:
    with pytest.raises(refusal):
        take_in(make_contact(at=AT), agnes, roads, **facts)
