"""Opening a person: purpose, access log, masks."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from uuid import UUID, uuid4

import pytest
from django.db import connections

from indgang.core.citizens import errors, selectors, services
from indgang.core.citizens.testing import make_person
from indgang.core.organisation.testing import make_agent, make_specialist, make_stranger, viewer_of
from indgang.foundation.access.errors import NotFound
from indgang.foundation.access.services import looks_at
from indgang.foundation.access.values import PUBLIC, Purpose
from indgang.foundation.journal import selectors as journal

AT = datetime(2026, 3, 3, 9, 0, tzinfo=UTC)
REASON = Purpose("reason", "follow_up")
pytestmark = pytest.mark.django_db


def test_a_person_is_shown_with_a_masked_cpr_number_after_the_look_is_logged() -> None:
    person = make_person(mail="bente@borger.example", phone="00 00 12 34")
    card = selectors.person(viewer_of(make_agent(), AT), person.id, purpose=REASON, at=AT)
    assert (card.name, card.street, card.place) == ("Bente Birkelund", "Lanternens Allé 4, 2. th", "2500 Valby")
    assert card.cpr == "020290-••••" and person.cpr not in repr(card)
    assert (card.mails, card.phones) == (("bente@borger.example",), ("00001234",))
    assert [look.kind for look in looks_at(person.id)] == ["person"]


def test_a_protected_name_and_address_are_masked_field_by_field() -> None:
    person = make_person(
        "Hemmelig Hyben", mail="h@borger.example", phone="00 00 12 34", protected_until=date(2026, 3, 3)
    )
    card = selectors.person(viewer_of(make_agent(), AT), person.id, purpose=REASON, at=AT)
    assert card.protected
    assert card.masked == ("name", "street", "place", "mails", "phones", "household", "businesses")
    assert not [secret for secret in ("Hyben", "Lanternens", "Valby", "h@borger", "00001234") if secret in repr(card)]


def test_a_caseworker_whose_work_needs_it_sees_the_protected_address() -> None:
    person = make_person("Hemmelig Hyben", protected_until=date(2026, 3, 3))
    card = selectors.person(viewer_of(make_specialist(), AT), person.id, purpose=REASON, at=AT)
    assert (card.name, card.masked, card.protected) == ("Hemmelig Hyben", (), True)


def test_protection_lapses_the_day_after() -> None:
    person = make_person(protected_until=date(2026, 3, 2))
    assert not selectors.person(viewer_of(make_agent(), AT), person.id, purpose=REASON, at=AT).protected


def test_missing_and_forbidden_answer_alike() -> None:
    person = make_person()
    for viewer, key in (
        (viewer_of(make_agent(), AT), uuid4()),
        (viewer_of(make_stranger(), AT), person.id),
        (PUBLIC, person.id),
    ):
        with pytest.raises(NotFound):
            selectors.person(viewer, key, purpose=REASON, at=AT)


def test_a_purpose_that_does_not_hold_opens_nothing_and_is_logged_as_refused() -> None:
    person = make_person()
    with pytest.raises(NotFound):
        selectors.person(viewer_of(make_agent(), AT), person.id, purpose=Purpose("contact", str(uuid4())), at=AT)
    assert [look.outcome for look in looks_at(person.id)] == ["refused"]


@pytest.mark.parametrize("q", ["bente", "BIRK bente", "020290-0000", "bente@borger.example", "+45 00001234"])
def test_a_person_is_found_by_name_cpr_mail_or_phone_and_every_hit_is_logged(q: str) -> None:
    person = make_person(cpr="0202900000", mail="bente@borger.example", phone="00001234")
    make_person("Åse Ærlig", cpr="0202900001")
    [hit] = selectors.find(viewer_of(make_agent(), AT), q, AT)
    assert (hit.id, hit.name, hit.cpr) == (person.id, "Bente Birkelund", "020290-••••")
    assert [look.kind for look in looks_at(person.id)] == ["search"]


def test_hits_stand_in_danish_order_and_aa_is_å() -> None:
    for name in ("Åse Aaberg", "Ærlig Åberg", "Zenia Aaberg"):
        make_person(name)
    found = selectors.find(viewer_of(make_agent(), AT), "åberg", AT)
    assert [hit.name for hit in found] == ["Zenia Aaberg", "Ærlig Åberg", "Åse Aaberg"]


def test_a_protected_person_is_found_without_name_and_place() -> None:
    make_person("Hemmelig Hyben", cpr="0202905555", protected_until=date(2030, 1, 1))
    [hit] = selectors.find(viewer_of(make_agent(), AT), "020290-5555", AT)
    assert (hit.name, hit.place, hit.protected) == ("Beskyttet", "", True)


@pytest.mark.parametrize("q", ["", "be", "\x00\x00\x00"])
def test_a_search_for_almost_nothing_is_refused(q: str) -> None:
    with pytest.raises(errors.TooShortSearch):
        selectors.find(viewer_of(make_agent(), AT), q, AT)


@pytest.mark.parametrize("q", ["'; drop", "& | ! :*", "%%%", "()()"])
def test_signs_in_a_search_find_nobody(q: str) -> None:
    assert selectors.find(viewer_of(make_agent(), AT), q, AT) == []


def test_somebody_unknown_is_kept_as_provisional_with_an_event_that_does_not_name_them() -> None:
    person = services.register_provisional("Bente  Birk\x00elund", "Bente@Borger.example", "+4500001234", AT)
    assert (person.name, person.provisional) == ("Bente Birkelund", True)
    assert selectors.by_mail("bente@borger.example") == selectors.by_phone("00 00 12 34") == [person.id]
    [event] = journal.events_of_citizen(person.id)
    assert "Bente" not in repr(event)


def test_a_wrong_cpr_number_is_refused_and_a_known_one_is_the_same_person() -> None:
    with pytest.raises(errors.WrongCpr):
        services.register_provisional("Bente", "", "", AT, cpr="990290-1234")
    first = services.register_provisional("Bente", "", "", AT, cpr="020290-1234")
    assert services.register_provisional("Bente B", "", "", AT, cpr="0202901234").id == first.id


@pytest.mark.django_db(transaction=True)
def test_two_who_name_the_same_new_cpr_number_at_once_are_one_person() -> None:
    def register(_: int) -> UUID:
        try:
            return services.register_provisional("Bente", "", "", AT, cpr="020290-1234").id
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        assert len(set(pool.map(register, range(4)))) == 1
