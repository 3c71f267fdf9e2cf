"""A CPR number does not leave by plain mail without somebody saying so."""

from datetime import UTC, datetime

import pytest

from indgang.core.contacts import errors, selectors, services
from indgang.core.contacts.testing import events_of, make_contact
from indgang.core.organisation.testing import make_employee, viewer_of
from indgang.foundation.access.values import Viewer

AT = datetime(2026, 3, 3, 9, 0, tzinfo=UTC)
TEXT = "Dit nummer 010190-0001 er rettet"
pytestmark = pytest.mark.django_db


@pytest.fixture
def agnes() -> Viewer:
    return viewer_of(make_employee(groups={"general": (3, 1)}), AT)


def test_it_is_refused_with_the_safe_way_and_the_text_is_kept(agnes: Viewer) -> None:
    contact = make_contact(at=AT)
    with pytest.raises(errors.CprInMail) as refusal:
        services.reply(contact_id=contact.id, body=TEXT, viewer=agnes, at=AT)
    assert "brev" in str(refusal.value) and refusal.value.field == "confirmed"
    assert selectors.contact(agnes, contact.id, AT).drafts["reply"].text == TEXT


def test_confirmed_it_leaves_and_the_journal_says_so_without_the_number(agnes: Viewer) -> None:
    contact = make_contact(at=AT)
    services.reply(contact_id=contact.id, body=TEXT, confirmed=True, viewer=agnes, at=AT)
    event = events_of(contact)[-1]
    assert event.data["cpr_confirmed"] is True
    assert "0001" not in str(event.data)


def test_a_confirmation_without_a_number_says_nothing(agnes: Viewer) -> None:
    contact = make_contact(at=AT)
    services.reply(contact_id=contact.id, body="Uden nummer", confirmed=True, viewer=agnes, at=AT)
    assert "cpr_confirmed" not in events_of(contact)[-1].data


def test_what_is_said_at_the_counter_may_hold_it(agnes: Viewer) -> None:
    contact = make_contact(channel="counter", mail="", at=AT)
    assert services.reply(contact_id=contact.id, body=TEXT, medium="counter", viewer=agnes, at=AT)
