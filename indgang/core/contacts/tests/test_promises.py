"""Hand-overs are never blank: who, by when, and back to whoever made them when nothing happens."""

from datetime import UTC, datetime, timedelta

import pytest

from indgang.core.contacts import errors, selectors, services
from indgang.core.contacts.testing import contact_row, events_of, make_contact, make_opened
from indgang.core.contacts.values import Given
from indgang.core.organisation.testing import make_employee, make_unit, viewer_of
from indgang.foundation.access.values import Viewer

AT = datetime(2026, 3, 3, 9, 0, tzinfo=UTC)
LATER = AT + timedelta(days=2)
pytestmark = pytest.mark.django_db


@pytest.fixture
def agnes() -> Viewer:
    return viewer_of(make_employee(groups={"general": (3, 1)}), AT)


@pytest.fixture
def tax():
    return make_unit("skat", name="Skattecentret", kind="office")


def hand_over(contact, viewer: Viewer, unit, **facts):
    given = {"note": "Skat", "to_text": unit.name, "to": Given(unit=unit.pk), **facts}
    return services.hand_over(contact_id=contact.id, viewer=viewer, at=AT, **given)


def verbs(contact) -> list[str]:
    return [event.verb for event in events_of(contact)]


@pytest.mark.req("law.noblank")
def test_a_hand_over_nobody_takes_comes_back_to_who_made_it(agnes: Viewer, tax) -> None:
    contact = make_opened(agnes, at=AT)
    hand_over(contact, agnes, tax, by_when=AT + timedelta(hours=4))
    shown = selectors.contact(agnes, contact.id, AT).promise
    assert (shown.to_text, shown.by_when) == ("Skattecentret", AT + timedelta(hours=4))
    assert services.keep_promises(AT + timedelta(hours=3)) == 0
    assert [row.contact for row in selectors.promises_due(LATER)] == [contact.id]
    assert services.keep_promises(LATER) == 1
    event = events_of(contact)[-1]
    assert (event.verb, event.data["employee"]) == ("contact.promise_broken", agnes.actor.employee)
    assert services.keep_promises(LATER) == 0


@pytest.mark.req("law.noblank")
def test_the_citizen_sees_with_whom_it_is_and_until_when(agnes: Viewer, tax) -> None:
    contact = make_contact(at=AT)
    hand_over(contact, agnes, tax, by_when=LATER)
    page = selectors.by_secret(contact_row(contact.id).secret)
    assert (page.with_whom, page.handed_on_until) == ("Skattecentret", LATER)


def test_the_citizen_reads_the_unit_not_the_employee(agnes: Viewer, tax) -> None:
    tage = make_employee("Tage Skat", unit=tax)
    contact = make_contact(at=AT)
    hand_over(contact, agnes, tax, to_text="Tage Skat", to=Given(employee=tage.pk), by_when=LATER)
    assert selectors.by_secret(contact_row(contact.id).secret).with_whom == "Skattecentret"


def test_without_a_time_it_is_when_the_answer_is_due(agnes: Viewer, tax) -> None:
    contact = make_contact(expected_answer_by=LATER, at=AT)
    hand_over(contact, agnes, tax)
    assert selectors.contact(agnes, contact.id, AT).promise.by_when == LATER


def test_it_comes_back_to_whom_it_says(agnes: Viewer, tax) -> None:
    other = make_employee("Bo Anden")
    contact = make_opened(agnes, at=AT)
    hand_over(contact, agnes, tax, by_when=LATER, back_to=other.pk)
    services.keep_promises(LATER)
    assert events_of(contact)[-1].data["employee"] == other.pk


@pytest.mark.parametrize("how", ["taken", "answered", "closed"])
def test_where_somebody_went_on_the_promise_is_kept(agnes: Viewer, tax, how: str) -> None:
    tage = viewer_of(make_employee("Tage Skat", unit=tax), AT)
    contact = make_contact(at=AT)
    hand_over(contact, agnes, tax, by_when=LATER)
    soon = AT + timedelta(hours=1)
    if how == "taken":
        services.start_work(contact_id=contact.id, employee_id=tage.actor.employee, viewer=tage, at=soon)
    elif how == "answered":
        services.reply(contact_id=contact.id, body="Svar", viewer=tage, at=soon)
    else:
        services.close(contact_id=contact.id, outcome="informed", tasks=(), viewer=tage, at=soon)
    assert services.keep_promises(LATER) == 0
    assert verbs(contact)[-1] == "contact.promise_kept"


def test_handed_on_again_only_the_last_promise_counts(agnes: Viewer, tax) -> None:
    contact = make_opened(agnes, at=AT)
    hand_over(contact, agnes, tax, by_when=AT + timedelta(hours=1))
    hand_over(contact, agnes, make_unit("pas", kind="office"), by_when=LATER)
    assert services.keep_promises(AT + timedelta(hours=2)) == 0
    assert services.keep_promises(LATER) == 1


def test_nobody_is_sent_on_without_recipient_or_into_the_past(agnes: Viewer, tax) -> None:
    contact = make_opened(agnes, at=AT)
    with pytest.raises(errors.RecipientMissing):
        hand_over(contact, agnes, tax, to_text=" ")
    with pytest.raises(errors.PastMoment):
        hand_over(contact, agnes, tax, by_when=AT)


@pytest.mark.req("law.noblank")
def test_another_authority_is_asked_on_the_citizens_behalf_and_it_comes_back(agnes: Viewer) -> None:
    contact = make_contact(at=AT)
    services.refer(
        contact_id=contact.id, authority="Udbetaling Danmark", note="Vi har bedt dem ringe til Bente", by_when=LATER,
        viewer=agnes, at=AT,
    )  # fmt: skip
    assert contact_row(contact.id).state == "waiting"
    assert selectors.by_secret(contact_row(contact.id).secret).with_whom == "Udbetaling Danmark"
    services.keep_promises(LATER)
    assert contact_row(contact.id).state == "open"
    assert events_of(contact)[-1].data["employee"] == agnes.actor.employee


def test_a_referral_needs_a_name_and_words(agnes: Viewer) -> None:
    contact = make_contact(at=AT)
    with pytest.raises(errors.EmptyMessage):
        services.refer(contact_id=contact.id, authority="Udbetaling Danmark", note=" ", viewer=agnes, at=AT)
    with pytest.raises(errors.RecipientMissing):
        services.refer(contact_id=contact.id, authority=" ", note="Sendt", viewer=agnes, at=AT)


@pytest.mark.parametrize("put_aside", [services.wait_for_citizen, services.snooze])
def test_what_waits_with_an_end_goes_back_to_work_then(agnes: Viewer, put_aside) -> None:
    contact = make_opened(agnes, at=AT)
    put_aside(contact_id=contact.id, until=LATER, viewer=agnes, at=AT)
    assert events_of(contact)[-1].data["until"] == LATER.isoformat()
    assert services.wake_due(AT + timedelta(hours=1)) == 0
    assert services.wake_due(LATER) == 1
    assert (contact_row(contact.id).state, verbs(contact)[-1]) == ("open", "contact.woken")
    assert services.wake_due(LATER) == 0


def test_a_contact_that_was_taken_up_again_is_not_woken(agnes: Viewer) -> None:
    contact = make_opened(agnes, at=AT)
    services.snooze(contact_id=contact.id, until=LATER, viewer=agnes, at=AT)
    services.start_work(contact_id=contact.id, employee_id=agnes.actor.employee, viewer=agnes, at=AT)
    assert services.wake_due(LATER) == 0
    assert "contact.woken" not in verbs(contact)


def test_waiting_until_yesterday_is_refused(agnes: Viewer) -> None:
    contact = make_opened(agnes, at=AT)
    with pytest.raises(errors.PastMoment):
        services.snooze(contact_id=contact.id, until=AT - timedelta(days=1), viewer=agnes, at=AT)
