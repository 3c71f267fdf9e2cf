"""Call-backs: asked for, tried, reached or given up."""

from datetime import UTC, datetime, timedelta

import pytest

from indgang.core.contacts import errors, selectors, services
from indgang.core.contacts.testing import contact_row, events_of, make_contact, make_opened, messages_of
from indgang.core.organisation.testing import make_employee, make_unit, viewer_of
from indgang.foundation.access.values import Viewer

AT = datetime(2026, 3, 3, 9, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
pytestmark = pytest.mark.django_db


@pytest.fixture
def agnes() -> Viewer:
    return viewer_of(make_employee(groups={"general": (3, 1)}), AT)


def ask(contact, viewer: Viewer, **facts):
    return services.request_call_back(contact_id=contact.id, viewer=viewer, at=AT, **{"phone": "00 00 00 12", **facts})


def tried(contact, viewer: Viewer, result: str = "no_answer", **facts):
    return services.record_call_back(contact_id=contact.id, result=result, viewer=viewer, at=AT, **facts)


def verbs(contact) -> list[str]:
    return [event.verb for event in events_of(contact)]


@pytest.mark.req("kc.callback")
def test_a_call_back_has_number_window_and_unit_and_its_result_is_kept(agnes: Viewer) -> None:
    unit = make_unit("skat", kind="office")
    contact = make_opened(agnes, at=AT)
    ask(contact, agnes, not_before=AT + HOUR, not_after=AT + 3 * HOUR, unit=unit.pk, note="Vil høre om sit barn")
    event = events_of(contact)[-1]
    assert event.verb == "contact.call_back_requested"
    assert event.data["unit"] == unit.pk
    assert (
        event.data["not_before"] == (AT + HOUR).isoformat() and event.data["not_after"] == (AT + 3 * HOUR).isoformat()
    )
    row = tried(contact, agnes, "reached", note="Talte om barnet")
    assert (row.state, row.tries) == ("reached", 1)
    page = selectors.contact(agnes, contact.id, AT)
    assert page.call_back.state == "reached"
    assert [m.body for m in page.messages] == ["Vil høre om sit barn", "Talte om barnet"]
    assert (verbs(contact)[-1], events_of(contact)[-1].data["result"]) == ("contact.call_back_done", "reached")


def test_it_is_given_up_after_as_many_tries_as_the_municipality_says(agnes: Viewer) -> None:
    contact = make_contact(mail="bente@borger.example", at=AT)
    ask(contact, agnes)
    assert [tried(contact, agnes).state for _ in range(3)] == ["requested", "requested", "gave_up"]
    assert verbs(contact).count("contact.call_back_tried") == 2
    assert events_of(contact)[-2].data["result"] == "gave_up"
    told = messages_of(contact.id)[-1]
    assert told.automatic and "00000012" in told.body


def test_the_next_try_has_its_time(agnes: Viewer) -> None:
    contact = make_opened(agnes, at=AT)
    ask(contact, agnes)
    row = tried(contact, agnes, next_try=AT + HOUR)
    assert (row.not_before, row.tries_left) == (AT + HOUR, 2)
    with pytest.raises(errors.WrongWindow):
        tried(contact, agnes, next_try=AT - HOUR)


def test_who_asked_in_the_form_to_be_called_has_a_call_back_already(agnes: Viewer) -> None:
    from indgang.core.contacts.values import Inquirer, NewMessage

    contact = services.receive_contact(
        channel="webform", message=NewMessage("Ring", "webform"), inquirer=Inquirer(phone="00000013"), tasks=(),
        call_back=True, viewer=agnes, at=AT,
    )  # fmt: skip
    assert selectors.contact(agnes, contact.id, AT).call_back.phone == "00000013"
    assert tried(contact, agnes, "reached").state == "reached"


@pytest.mark.parametrize("phone", ["", "12", "ring til mig"])
def test_a_number_nobody_can_call_is_refused(agnes: Viewer, phone: str) -> None:
    contact = make_opened(agnes, phone="", at=AT)
    with pytest.raises(errors.WrongPhone):
        ask(contact, agnes, phone=phone)


def test_a_window_that_ends_before_it_begins_is_refused(agnes: Viewer) -> None:
    contact = make_opened(agnes, at=AT)
    with pytest.raises(errors.WrongWindow):
        ask(contact, agnes, not_before=AT + HOUR, not_after=AT + HOUR)
    with pytest.raises(errors.WrongWindow):
        ask(contact, agnes, not_after=AT - HOUR)


def test_the_same_person_is_not_promised_two_calls_at_once(agnes: Viewer) -> None:
    contact = make_opened(agnes, at=AT)
    ask(contact, agnes)
    with pytest.raises(errors.CallBackOpen):
        ask(contact, agnes)


def test_results_need_a_call_back_and_a_known_word(agnes: Viewer) -> None:
    contact = make_opened(agnes, at=AT)
    with pytest.raises(errors.NoCallBack):
        tried(contact, agnes)
    with pytest.raises(errors.UnknownResult):
        tried(contact, agnes, "måske")
    with pytest.raises(errors.UnknownUnit):
        ask(contact, agnes, unit=999_999)
    assert not contact_row(contact.id).call_back
