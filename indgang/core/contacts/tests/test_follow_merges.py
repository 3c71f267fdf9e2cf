"""Contacts follow their person when two become one, and exactly those go back."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest

from indgang.core.citizens.testing import make_person, make_representation
from indgang.core.contacts import services
from indgang.core.contacts.testing import contact_row, make_contact
from indgang.foundation.access.values import system
from indgang.foundation.journal import services as journal

AT = datetime(2026, 3, 3, 9, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def tell(verb: str, gone, stays, merge: str) -> None:
    journal.record(
        verb, at=AT, viewer_name="system:test", subject=stays, citizen=stays.id,
        data={"from": str(gone.id), "into": str(stays.id), "merge": merge},
    )  # fmt: skip


@pytest.fixture
def pair():
    return make_person("Bente Foreløbig"), make_person("Bente Birkelund")


def test_contacts_follow_and_exactly_those_go_back(pair) -> None:
    gone, stays = pair
    moved, own = make_contact(person=gone.id, at=AT), make_contact(person=stays.id, at=AT)
    merge = str(uuid4())
    tell("citizen.merged", gone, stays, merge)
    assert {contact_row(c.id).person_id for c in (moved, own)} == {stays.id}
    tell("citizen.merge_undone", gone, stays, merge)
    assert (contact_row(moved.id).person_id, contact_row(own.id).person_id) == (gone.id, stays.id)


def test_a_contact_tied_to_another_person_since_stays_there(pair) -> None:
    gone, stays = pair
    third = make_person("Tredje")
    contact = make_contact(person=gone.id, at=AT)
    tell("citizen.merged", gone, stays, "m1")
    services.set_person(contact_id=contact.id, person_id=third.id, viewer=system("test"), at=AT)
    tell("citizen.merge_undone", gone, stays, "m1")
    assert contact_row(contact.id).person_id == third.id


def test_who_was_spoken_for_follows_too(pair) -> None:
    gone, stays = pair
    mother = make_person("Mor")
    make_representation(mother, gone)
    contact = make_contact(person=mother.id, at=AT)
    services.set_tags(contact_id=contact.id, representing=gone.id, viewer=system("test"), at=AT)
    tell("citizen.merged", gone, stays, "m2")
    assert contact_row(contact.id).representing_id == stays.id
    tell("citizen.merge_undone", gone, stays, "m2")
    assert contact_row(contact.id).representing_id == gone.id
