"""Another employee on the same contact is seen."""

from datetime import UTC, datetime, timedelta

import pytest

from indgang.core.contacts import selectors, services
from indgang.core.contacts.testing import events_of, make_contact
from indgang.core.organisation.testing import make_employee, make_stranger, viewer_of
from indgang.foundation.access.errors import NotFound
from indgang.foundation.access.values import Viewer

AT = datetime(2026, 3, 3, 9, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture
def agnes() -> Viewer:
    return viewer_of(make_employee(groups={"general": (3, 1)}), AT)


@pytest.fixture
def bo() -> Viewer:
    return viewer_of(make_employee("Bo Anden", groups={"general": (3, 1)}), AT)


def be_there(contact, viewer: Viewer, at: datetime = AT, typing: bool = False) -> None:
    services.be_present(contact_id=contact.id, employee_id=viewer.actor.employee, typing=typing, viewer=viewer, at=at)


def seen_by(viewer: Viewer, contact, at: datetime = AT) -> list[tuple[str, bool]]:
    return [tuple(one) for one in selectors.contact(viewer, contact.id, at).present]


def test_colleagues_see_who_else_is_there_and_types_but_not_themselves(agnes: Viewer, bo: Viewer) -> None:
    contact = make_contact(at=AT)
    be_there(contact, agnes), be_there(contact, bo, typing=True)
    assert seen_by(agnes, contact) == [("Bo Anden", True)]
    assert len(seen_by(bo, contact)) == 1


def test_who_has_stopped_typing_or_gone_is_not_shown_as_there(agnes: Viewer, bo: Viewer) -> None:
    contact = make_contact(at=AT)
    be_there(contact, bo, typing=True)
    assert seen_by(agnes, contact, AT + timedelta(seconds=20)) == [("Bo Anden", False)]
    assert seen_by(agnes, contact, AT + timedelta(minutes=1)) == []
    be_there(contact, bo)
    services.leave(contact_id=contact.id, employee_id=bo.actor.employee, at=AT)
    assert seen_by(agnes, contact) == []


def test_a_heartbeat_is_no_event_and_old_ones_go(agnes: Viewer) -> None:
    contact = make_contact(at=AT)
    before = len(events_of(contact))
    be_there(contact, agnes), be_there(contact, agnes)
    assert len(events_of(contact)) == before
    assert services.forget_presence(AT + timedelta(hours=2)) == 1


def test_who_may_not_read_a_contact_cannot_be_there() -> None:
    with pytest.raises(NotFound):
        be_there(make_contact(at=AT), viewer_of(make_stranger(), AT))


def test_the_heartbeat_of_who_has_the_contact_is_one_statement(agnes: Viewer, django_assert_num_queries) -> None:
    contact = make_contact(at=AT)
    services.start_work(contact_id=contact.id, employee_id=agnes.actor.employee, viewer=agnes, at=AT)
    be_there(contact, agnes)
    with django_assert_num_queries(1):
        be_there(contact, agnes, AT + timedelta(seconds=20))
