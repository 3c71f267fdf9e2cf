"""A sent mail can be taken back for a while: it is either sent or undone, never both, never neither."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier
from uuid import UUID, uuid4

import pytest
from django.db import connections

from indgang.core.contacts import errors, selectors, services
from indgang.core.contacts.testing import contact_row, events_of, make_contact, messages_of
from indgang.core.organisation.testing import make_employee, viewer_of
from indgang.foundation.access.values import Viewer
from indgang.foundation.journal import services as journal
from indgang.foundation.journal.selectors import outbox

AT = datetime(2026, 3, 3, 9, 0, tzinfo=UTC)
SOON = AT + timedelta(seconds=25)
pytestmark = pytest.mark.django_db


@pytest.fixture
def agnes() -> Viewer:
    return viewer_of(make_employee(groups={"general": (3, 1)}), AT)


def answer(contact, viewer: Viewer, seconds: int = 20):
    return services.reply(contact_id=contact.id, body="Svaret", undo_seconds=seconds, viewer=viewer, at=AT)


def undo(contact, message_id: UUID, viewer: Viewer, at: datetime = AT) -> str:
    return services.undo_reply(contact_id=contact.id, message_id=message_id, viewer=viewer, at=at)


def states() -> list[str]:
    return [parcel.state for parcel in outbox()]


def test_a_mail_leaves_only_when_its_time_to_undo_is_over(agnes: Viewer) -> None:
    contact = make_contact(at=AT)
    answer(contact, agnes)
    journal.deliver_due(AT + timedelta(seconds=19))
    assert states() == ["waiting"]


def test_an_undone_answer_is_gone_and_its_text_is_the_draft_again(agnes: Viewer) -> None:
    contact = make_contact(at=AT)
    message = answer(contact, agnes)
    assert undo(contact, message.id, agnes) == "Svaret"
    page = selectors.contact(agnes, contact.id, AT)
    assert [m.direction for m in page.messages] == ["in"]
    assert page.drafts["reply"].text == "Svaret"
    assert states() == ["withdrawn"]
    assert "contact.reply_undone" in [event.verb for event in events_of(contact)]


def test_the_page_says_until_when_it_can_be_undone(agnes: Viewer) -> None:
    contact = make_contact(at=AT)
    message = answer(contact, agnes)
    shown = {row.id: row.undo_until for row in selectors.contact(agnes, contact.id, AT).messages}
    assert shown[message.id] == AT + timedelta(seconds=20)


def test_the_writer_does_not_see_an_answer_that_may_still_be_taken_back(agnes: Viewer) -> None:
    contact = make_contact(at=AT)
    message = answer(contact, agnes)
    secret = contact_row(contact.id).secret
    assert [m.own for m in selectors.by_secret(secret).messages] == [True]
    services.record_delivery(message_id=message.id, delivery="sent", at=SOON)
    assert [m.own for m in selectors.by_secret(secret).messages] == [True, False]


def test_a_contact_closed_with_the_answer_is_open_again(agnes: Viewer) -> None:
    contact = make_contact(at=AT)
    message = answer(contact, agnes)
    services.close(contact_id=contact.id, outcome="informed", tasks=(), viewer=agnes, at=AT)
    undo(contact, message.id, agnes)
    assert contact_row(contact.id).state == "open"


def test_what_has_left_cannot_be_undone(agnes: Viewer) -> None:
    contact = make_contact(at=AT)
    message = answer(contact, agnes)
    journal.deliver_due(SOON)
    with pytest.raises(errors.TooLate):
        undo(contact, message.id, agnes, SOON)
    assert len(messages_of(contact.id)) == 2


def test_without_time_to_undo_it_is_too_late_at_once(agnes: Viewer) -> None:
    contact = make_contact(at=AT)
    with pytest.raises(errors.TooLate):
        undo(contact, answer(contact, agnes, 0).id, agnes)


def test_nobody_takes_back_what_another_wrote(agnes: Viewer) -> None:
    contact = make_contact(at=AT)
    message = answer(contact, agnes)
    other = viewer_of(make_employee("Bo Anden", groups={"general": (3, 1)}), AT)
    for viewer, key in ((other, message.id), (agnes, uuid4())):
        with pytest.raises(errors.UnknownMessage):
            undo(contact, key, viewer)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("_", range(6))
def test_a_worker_and_an_undo_at_the_same_moment_leave_exactly_one_of_sent_and_undone(_: int) -> None:
    agnes = viewer_of(make_employee(groups={"general": (3, 1)}), AT)
    contact = make_contact(at=AT)
    message = answer(contact, agnes)
    both = Barrier(2)

    def deliver() -> bool:
        both.wait()
        done = bool(journal.deliver_due(SOON))
        connections.close_all()
        return done

    def take_back() -> bool:
        both.wait()
        try:
            undo(contact, message.id, agnes, SOON)
        except errors.TooLate:
            return False
        finally:
            connections.close_all()
        return True

    with ThreadPoolExecutor(2) as pool:
        sent, undone = pool.submit(deliver), pool.submit(take_back)
        assert sent.result(30) != undone.result(30)
    assert (len(messages_of(contact.id)) == 1) is undone.result()
